//! The part of a file that is replayed: whole rows around its peak, as `lab replay` reads them.

use super::findings::Findings;
use super::form::{Encoding, Form, Header, Shape};
use super::survey::Choice;
use super::text::cut::{Cutter, Piece};
use super::text::decode::Decoder;
use super::text::json::{self, Found, Member};
use super::text::{cells, moment::moment};
use crate::engine::client::dataset::timestamp;
use crate::engine::service::limits::{KIB, PARTITION_KEY_CHARS};
use crate::engine::time::Instant;
use std::io::Write;

/// A second pass over a file that keeps the rows of a stretch of its time.
///
/// Rows stay as they are wherever `lab replay` can read them. Those of logs, of other delimiters,
/// and those whose times it does not know are written as CSV anew: key, time and row.
///
/// ```
/// use shardlab::sizing::{Choice, Excerpt, sniff};
///
/// let log = b"10.0.0.1 - - [20/Nov/2026:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n";
/// let form = sniff(log).expect("it is a log");
/// let mut excerpt = Excerpt::new(&form, Choice::of(&form), None, 1 << 20);
/// excerpt.feed(log);
/// let part = excerpt.finish();
/// assert_eq!((part.rows, part.key.as_deref()), (1, Some("key")));
/// let text = String::from_utf8(part.bytes).expect("UTF-8");
/// assert!(text.starts_with("key,time,row\n10.0.0.1,1795176000.000000,\"10.0.0.1 - -"), "{text}");
/// ```
#[derive(Debug)]
pub struct Excerpt {
    decoder: Decoder,
    cutter: Cutter,
    taker: Taker,
}

/// What is replayed of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// UTF-8: CSV with a header, or NDJSON.
    pub bytes: Vec<u8>,
    /// Its rows.
    pub rows: u64,
    /// What its key column is called, if there is one.
    pub key: Option<String>,
    /// What its time column is called, if there is one.
    pub time: Option<String>,
    /// Whether rows were written anew.
    pub is_rewritten: bool,
}

#[derive(Debug)]
struct Taker {
    shape: Shape,
    header: Header,
    width: u32,
    key: Option<u32>,
    time: Option<u32>,
    names: [Option<String>; 2],
    members: Vec<Member>,
    is_rewritten: bool,
    stretch: Option<[Instant; 2]>,
    bytes_max: usize,
    is_full: bool,
    rows: u64,
    out: Vec<u8>,
}

/// Whether `lab replay` reads a file of a form as it is: with these columns, whose names stand in
/// the first row.
pub fn is_replayable(form: &Form, choice: Choice) -> bool {
    let is_there = form.header == Header::Present || form.shape == Shape::Ndjson;
    is_there && form.encoding == Encoding::Utf8 && keeps_rows(form, choice)
}

/// Whether `lab replay` can read its rows.
fn keeps_rows(form: &Form, choice: Choice) -> bool {
    let column = |place: u32| form.columns.get(place as usize);
    let time = choice.time.and_then(column);
    let is_known = |sample: &String| timestamp(sample) == moment(sample.as_bytes());
    if !time.is_none_or(|time| time.samples.iter().all(is_known)) {
        return false;
    }
    let key = choice.key.and_then(column);
    if !key.into_iter().chain(time).all(|column| is_plain(&column.name)) {
        return false;
    }
    let Shape::Csv { delimiter } = form.shape else { return form.shape == Shape::Ndjson };
    // A replay guesses the delimiter: none may be as frequent among the names of the columns.
    let others = [b',', b';', b'\t'];
    let names = || form.columns.iter().flat_map(|column| column.name.bytes());
    let count = |wanted: u8| names().filter(|byte| *byte == wanted).count();
    let own = form.columns.len() - 1 + count(delimiter);
    let is_clear = |other: &u8| *other == delimiter || count(*other) < own.max(1);
    others.contains(&delimiter) && others.iter().all(is_clear)
}

/// Whether a name can stand in a line and in a header without more ado.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['"', '\'', '\n', '\r', '\\', '$', '`'])
}

/// The times from and before which rows are replayed: as much around the busiest second as has up
/// to `bytes_max` bytes; `None` for a file whose rows all do, or that has no times.
pub fn around_peak(findings: &Findings, bytes_max: u64) -> Option<[Instant; 2]> {
    let time = findings.facts.time.as_ref()?;
    if findings.facts.total.bytes <= bytes_max {
        return None;
    }
    let steps: Vec<(Instant, u64)> =
        findings.steps().map(|(at, load, _)| (at, load.bytes)).collect();
    let peak = steps.partition_point(|(at, _)| *at < time.peak_second.at);
    let (mut first, mut next) = (peak, (peak + 1).min(steps.len()));
    let mut bytes = steps.get(peak).map_or(0, |(_, bytes)| *bytes);
    loop {
        let before = first.checked_sub(1).map(|place| (steps[peak].0 - steps[place].0, place));
        let after = steps.get(next).map(|(at, _)| (*at - steps[peak].0, next));
        // The nearer one, if it still fits; else the other one's turn has not come either.
        let Some((_, place)) = before.into_iter().chain(after).min() else { break };
        if bytes + steps[place].1 > bytes_max {
            break;
        }
        bytes += steps[place].1;
        if place < first { first = place } else { next = place + 1 }
    }
    let step = std::time::Duration::from_secs(time.step_secs.into());
    Some([steps.get(first)?.0, steps.get(next.checked_sub(1)?)?.0 + step])
}

impl Excerpt {
    /// Before the first byte of a file. Rows from the first and before the second instant are
    /// kept, or all of them, until there are `bytes_max` bytes.
    pub fn new(
        form: &Form,
        choice: Choice,
        stretch: Option<[Instant; 2]>,
        bytes_max: usize,
    ) -> Self {
        let name = |place: Option<u32>| {
            form.columns.get(place? as usize).map(|column| column.name.clone())
        };
        let names = [name(choice.key), name(choice.time)];
        let is_rewritten = !keeps_rows(form, choice);
        let row_bytes_max = u64::from(choice.record_kib_max) * KIB;
        let row_bytes_max = usize::try_from(row_bytes_max).expect("10 MiB at most");
        let member = |name: &String| Member { name: name.clone(), ..Member::default() };
        let mut taker = Taker {
            shape: form.shape,
            header: form.header,
            width: u32::try_from(form.columns.len()).unwrap_or(u32::MAX),
            key: choice.key,
            time: choice.time,
            members: names.iter().flatten().map(member).collect(),
            names,
            is_rewritten,
            stretch,
            bytes_max,
            is_full: false,
            rows: 0,
            out: Vec::new(),
        };
        taker.begin(form);
        let decoder = Decoder::new(form.encoding);
        Self { decoder, cutter: Cutter::new(form.shape, row_bytes_max), taker }
    }

    /// Takes the next bytes in.
    pub fn feed(&mut self, chunk: &[u8]) {
        let Self { decoder, cutter, taker } = self;
        decoder.decode(chunk, cutter.text());
        cutter.cut(&mut |piece| taker.take(piece));
    }

    /// Whether nothing more fits.
    pub fn is_full(&self) -> bool {
        self.taker.is_full
    }

    /// What was kept.
    pub fn finish(mut self) -> Part {
        let Self { decoder, cutter, taker } = &mut self;
        decoder.finish(cutter.text());
        cutter.cut(&mut |piece| taker.take(piece));
        cutter.finish(&mut |piece| taker.take(piece));
        let Taker { out, rows, names: [key, time], is_rewritten, .. } = self.taker;
        if !is_rewritten {
            return Part { bytes: out, rows, key, time, is_rewritten };
        }
        let [key, time] =
            [key.map(|_| REWRITTEN[0].to_owned()), time.map(|_| REWRITTEN[1].to_owned())];
        Part { bytes: out, rows, key, time, is_rewritten }
    }
}

/// Columns of rows that are written anew.
const REWRITTEN: [&str; 3] = ["key", "time", "row"];

impl Taker {
    /// Writes the names of the columns.
    fn begin(&mut self, form: &Form) {
        let names: Vec<&str> = form.columns.iter().map(|column| &*column.name).collect();
        match form.shape {
            _ if self.is_rewritten => self.line(&REWRITTEN, b','),
            Shape::Csv { delimiter } => self.line(&names, delimiter),
            Shape::Ndjson | Shape::Plain => {}
        }
    }

    fn line(&mut self, cells: &[&str], delimiter: u8) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.out.push(delimiter);
            }
            let is_bare = |byte: u8| byte != delimiter && !matches!(byte, b'"' | b'\r' | b'\n');
            if cell.bytes().all(is_bare) {
                self.out.extend_from_slice(cell.as_bytes());
            } else {
                // Writing to memory cannot fail.
                let _ = write!(self.out, "\"{}\"", cell.replace('"', "\"\""));
            }
        }
        self.out.push(b'\n');
    }

    fn take(&mut self, piece: Piece) {
        let Piece::Row(_, row) = piece else { return };
        if self.is_full || row.trim_ascii().is_empty() {
            return;
        }
        if self.header == Header::Present {
            self.header = Header::Absent;
            return;
        }
        let Some((key, at)) = std::str::from_utf8(row).ok().and_then(|row| self.read(row)) else {
            return;
        };
        let is_within =
            |[from, until]: [Instant; 2]| at.is_some_and(|at| (from..until).contains(&at));
        if !self.stretch.is_none_or(is_within) {
            return;
        }
        let before = self.out.len();
        if self.is_rewritten {
            let time = at.map_or_else(String::new, |at| {
                format!("{}.{:06}", at.secs(), at.micros() % 1_000_000)
            });
            let row = String::from_utf8_lossy(row).into_owned();
            self.line(&[key.as_deref().unwrap_or_default(), &time, &row], b',');
        } else {
            self.out.extend_from_slice(row);
            self.out.push(b'\n');
        }
        if self.out.len() > self.bytes_max {
            self.out.truncate(before);
            self.is_full = true;
        } else {
            self.rows += 1;
        }
    }

    /// The key and the time of a row; `None` if it lacks one of those that are asked for.
    fn read(&mut self, row: &str) -> Option<(Option<String>, Option<Instant>)> {
        let (mut key, mut time) = (None, None);
        if self.shape == Shape::Ndjson {
            json::read(row, &mut self.members)?;
            let mut members = self.members.iter();
            let mut said = || members.next().filter(|member| member.found == Found::Yes);
            if self.key.is_some() {
                key = said().map(|member| member.value.clone());
            }
            if self.time.is_some() {
                time = said().map(|member| member.value.clone().into_bytes());
            }
        } else {
            let (shape, wanted) = (self.shape, [self.key, self.time]);
            let count = cells::cells(shape, row.as_bytes(), &mut |place, cell| {
                let said = |cell| cells::said(shape, cell, &mut Vec::new()).to_vec();
                if Some(place) == wanted[0] {
                    key = String::from_utf8(said(cell)).ok();
                }
                if Some(place) == wanted[1] {
                    time = Some(said(cell));
                }
            });
            if shape != Shape::Plain && count != self.width {
                return None;
            }
        }
        let is_key = |key: &String| {
            !key.is_empty() && key.chars().count() as u64 <= PARTITION_KEY_CHARS.value
        };
        let key = key.filter(is_key);
        let at = time.as_deref().and_then(moment);
        let is_whole = key.is_some() == self.key.is_some() && at.is_some() == self.time.is_some();
        is_whole.then_some((key, at))
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Excerpt, Part, around_peak};
    use crate::engine::client::dataset::Dataset;
    use crate::sizing::{Survey, sniff};
    use std::fmt::Write;

    fn part(file: &[u8], bytes_max: usize) -> (Part, Dataset) {
        let form = sniff(file).unwrap();
        let choice = Choice::of(&form);
        let mut survey = Survey::new(&form, choice);
        survey.feed(file);
        let stretch = around_peak(&survey.finish(), bytes_max as u64);
        let mut excerpt = Excerpt::new(&form, choice, stretch, bytes_max + 100);
        file.chunks(7).for_each(|chunk| excerpt.feed(chunk));
        let part = excerpt.finish();
        let data = Dataset::read(std::str::from_utf8(&part.bytes).unwrap()).unwrap();
        assert_eq!((u64::from(data.len()), data.malformed_lines().len()), (part.rows, 0));
        for column in part.key.iter().chain(&part.time) {
            assert!(data.columns().contains(column), "{column}");
        }
        (part, data)
    }

    #[test]
    fn rows_around_the_peak_stay_as_they_are() {
        let mut file = "user,at\n".to_owned();
        for second in 0..100_u32 {
            for row in 0..=(if second == 40 { 9 } else { 0 }) {
                writeln!(file, "u{row},17000000{second:02}").unwrap();
            }
        }
        let (part, data) = part(file.as_bytes(), 400);
        let text = String::from_utf8(part.bytes).unwrap();
        assert!(file.contains(text.strip_prefix("user,at\n").unwrap()));
        assert_eq!((part.key.as_deref(), part.time.as_deref()), (Some("user"), Some("at")));
        let second = |row: u32| data.cells(row, &["at"])[0].clone().unwrap()[8..].to_owned();
        assert!(data.len() > 20 && data.len() < 40, "{}", data.len());
        let (first, last) = (second(0), second(data.len() - 1));
        assert!(first.as_str() < "38" && last.as_str() > "42", "{first} to {last}");
    }

    #[test]
    fn what_a_replay_cannot_read_is_written_anew() {
        let log = "10.0.0.1 - - [20/Nov/2026:12:00:00 +0000] \"GET /a,b HTTP/1.1\" 200 5\n\
                   10.0.0.2 - - [20/Nov/2026:12:00:01 +0000] \"GET / HTTP/1.1\" 200 5\nbroken\n";
        let (log, data) = part(log.as_bytes(), 1 << 20);
        assert_eq!((log.rows, log.time.as_deref()), (2, Some("time")));
        assert_eq!(data.cells(0, &["key"]), [Some("10.0.0.1".to_owned())]);
        assert!(data.cells(0, &["row"])[0].as_ref().unwrap().contains("\"GET /a,b HTTP/1.1\""));

        let text = "user|at\n\"a|b\"|1700000000\nc|1700000001\n";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (piped, data) = part(&[&[0xff, 0xfe][..], &wide].concat(), 1 << 20);
        assert_eq!(piped.rows, 2);
        assert_eq!(data.cells(0, &["key"]), [Some("a|b".to_owned())]);
        assert_eq!(data.cells(0, &["row"]), [Some("\"a|b\"|1700000000".to_owned())]);
    }

    #[test]
    fn objects_that_lack_a_key_are_left_out_and_columns_get_names() {
        let lines = "{\"at\":1700000000}\n{\"user\":\"a\",\"at\":1700000000}\nx\n\
                     {\"user\":\"b\",\"at\":1700000001}\n";
        let (objects, _) = part(lines.as_bytes(), 1 << 20);
        assert_eq!((objects.rows, objects.key.as_deref()), (2, Some("user")));
        let (bare, _) = part(b"ann,1700000000\nbob,1700000000\nann,1700000001\n", 1 << 20);
        assert_eq!((bare.rows, bare.key.as_deref()), (3, Some("1")));
        assert!(bare.bytes.starts_with(b"1,2\nann,1700000000\n"));
    }
}
