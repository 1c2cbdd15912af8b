//! One pass over a file, in chunks that may be cut anywhere.

mod rows;

use super::count::keys::{EXACT_KEYS, Keys};
use super::count::timeline::{Bounds, Timeline};
use super::findings::{
    BAD_LINES, BUCKETS, BadRows, Facts, Findings, KeyFindings, Load, REASONS, Reason, TimeFindings,
};
use super::form::{Form, Header, Shape};
use super::text::cut::{Cutter, Piece};
use super::text::decode::Decoder;
use super::text::json::Member;
use super::turns::{Alone, Pause, at_once};
use crate::engine::service::limits::{KIB, MAX_RECORD_KIB_DEFAULT};
use crate::engine::service::payload::Payload;
use crate::engine::time::Instant;

/// Bytes of a file between two pauses, and so many bytes before what had better be done in time is
/// done: about a millisecond of work.
const PIECE: u64 = 64 << 10;

/// What the viewer has chosen to make of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The place of the column with the partition key; without one, each record has a key of its
    /// own.
    pub key: Option<u32>,
    /// The place of the column with the time; without one, rates have to be asked for.
    pub time: Option<u32>,
    /// The most KiB of a record with its key, as the stream is to allow: 1,024 to 10,240.
    pub record_kib_max: u32,
}

impl Choice {
    /// What was guessed.
    pub fn of(form: &Form) -> Self {
        Self { key: form.key, time: form.time, record_kib_max: MAX_RECORD_KIB_DEFAULT }
    }
}

/// How far a survey has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that it was fed.
    pub bytes: u64,
    /// Rows that can be put.
    pub records: u64,
    /// Rows that cannot be put.
    pub bad: u64,
    /// Distinct keys.
    pub keys: u64,
}

/// One pass over a file.
///
/// It holds no more of the file than one row. What it counts takes 250 MiB at most, for a million
/// keys over months; for a file of 100 MB it is mostly less than 100.
#[derive(Clone, Debug)]
pub struct Survey {
    decoder: Decoder,
    cutter: Cutter,
    rows: Rows,
}

/// What is made of rows.
#[derive(Clone, Debug)]
struct Rows {
    shape: Shape,
    /// Whether the first row is still to come and names the columns.
    header: Header,
    /// Cells of a row of CSV.
    width: u32,
    key: Option<u32>,
    time: Option<u32>,
    record_bytes_max: u64,
    /// Of NDJSON, the members that are needed.
    members: Vec<Member>,
    room: Vec<u8>,
    progress: Progress,
    total: Load,
    largest: u64,
    payload: Payload,
    bad: [(u64, [u64; BAD_LINES]); REASONS],
    keys: Keys,
    space: Vec<Load>,
    timeline: Timeline,
    span: Option<(Instant, Instant)>,
}

impl Survey {
    /// Before the first byte of a file of a form.
    pub fn new(form: &Form, choice: Choice) -> Self {
        let record_bytes_max = u64::from(choice.record_kib_max) * KIB;
        let row_bytes_max = usize::try_from(record_bytes_max).expect("10 MiB at most");
        let there = |place: Option<u32>| place.filter(|place| *place < width(form));
        let (key, time) = (there(choice.key), there(choice.time));
        Self {
            decoder: Decoder::new(form.encoding),
            cutter: Cutter::new(form.shape, row_bytes_max),
            rows: Rows {
                shape: form.shape,
                header: form.header,
                width: width(form),
                key,
                time,
                record_bytes_max,
                members: rows::members(form, key, time),
                room: Vec::new(),
                progress: Progress::default(),
                total: Load::default(),
                largest: 0,
                payload: Payload::default(),
                bad: [(0, [0; BAD_LINES]); REASONS],
                keys: Keys::new(EXACT_KEYS),
                space: vec![Load::default(); BUCKETS],
                timeline: Timeline::new(Bounds::default()),
                span: None,
            },
        }
    }

    /// Takes the next bytes in, at once.
    pub fn feed(&mut self, chunk: &[u8]) {
        at_once(self.feed_in_turns(chunk, &Alone));
    }

    /// Takes the next bytes in, with pauses after every 64 KiB at most.
    ///
    /// What takes long is done there, wherever the file is cut: so the answer is always the same.
    pub async fn feed_in_turns(&mut self, mut chunk: &[u8], pause: &impl Pause) {
        let Self { decoder, cutter, rows } = self;
        while !chunk.is_empty() {
            let room = PIECE - rows.progress.bytes % PIECE;
            let room = usize::try_from(room).map_or(chunk.len(), |room| room.min(chunk.len()));
            let (piece, rest) = chunk.split_at(room);
            decoder.decode(piece, cutter.text());
            cutter.cut(&mut |piece| rows.take(piece));
            rows.progress.bytes += piece.len() as u64;
            if rows.progress.bytes.is_multiple_of(PIECE) {
                pause.after(piece.len()).await;
                rows.keys.prepare(pause).await;
                rows.timeline.prepare(pause).await;
            }
            chunk = rest;
        }
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        Progress { keys: self.rows.keys.distinct(), ..self.rows.progress }
    }

    /// What was found, once all bytes were fed, or as many as the viewer wanted to wait for.
    pub fn finish(self) -> Findings {
        at_once(self.finish_in_turns(&Alone))
    }

    /// The same, with pauses.
    pub async fn finish_in_turns(mut self, pause: &impl Pause) -> Findings {
        let Self { decoder, cutter, rows } = &mut self;
        decoder.finish(cutter.text());
        cutter.cut(&mut |piece| rows.take(piece));
        cutter.finish(&mut |piece| rows.take(piece));
        let (lines, line_ends) = (self.cutter.lines(), self.cutter.ends());
        let rows = self.rows;
        let keys = match rows.key {
            Some(_) => Some(KeyFindings::of(&rows.keys, rows.space, pause).await),
            None => None,
        };
        let time = match rows.span {
            Some((first, last)) => Some(TimeFindings::of(&rows.timeline, first, last, pause).await),
            None => None,
        };
        let bad = Reason::ALL.into_iter().zip(rows.bad).filter(|(_, (rows, _))| *rows > 0);
        let bad = bad.map(|(reason, (rows, lines))| {
            let named = lines.into_iter().filter(|line| *line > 0);
            BadRows { reason, rows, lines: named.collect() }
        });
        let facts = Facts {
            file_bytes: rows.progress.bytes,
            lines,
            line_ends,
            total: rows.total,
            largest: rows.largest,
            payload: rows.payload,
            bad: bad.collect(),
            keys,
            time,
        };
        Findings { facts, timeline: rows.timeline, counted: rows.keys }
    }
}

fn width(form: &Form) -> u32 {
    u32::try_from(form.columns.len()).unwrap_or(u32::MAX)
}

impl Rows {
    fn take(&mut self, piece: Piece) {
        let (line, outcome) = match piece {
            Piece::Row(_, row) if row.trim_ascii().is_empty() => return,
            Piece::Row(..) if self.header == Header::Present => {
                self.header = Header::Absent;
                return;
            }
            Piece::Row(line, row) => (line, self.row(row)),
            Piece::TooLong(line) => (line, Err(Reason::Size)),
            Piece::BadQuotes(line) => (line, Err(Reason::Quotes)),
        };
        if let Err(reason) = outcome {
            self.progress.bad += 1;
            let (rows, lines) = &mut self.bad[reason as usize];
            *rows += 1;
            if let Some(free) = lines.iter_mut().find(|named| **named == 0) {
                *free = line;
            }
        }
    }
}
