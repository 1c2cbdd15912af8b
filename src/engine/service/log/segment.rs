//! A run of records of one shard, packed: what is the same for all is kept once, and rows hold
//! differences.

use super::packed::{Packed, Row};
use crate::engine::actor::ActorId;
use crate::engine::service::partition_key::KeyId;
use crate::engine::service::payload::{Counted, Payload};
use crate::engine::service::record::{Carried, EncryptionType, Key, StoredRecord};
use crate::engine::time::Instant;
use std::rc::Rc;

/// Records of a full segment: enough that the list of segments stays short, few enough that
/// copying an open one after a checkpoint goes unnoticed.
pub const ROWS: u32 = 4_096;

/// Where a segment begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base {
    /// When the first record arrived.
    pub arrival: Instant,
    /// The sequence index of the first record.
    pub index: u64,
    /// The ordinal of the first record.
    pub first: u64,
    /// Bytes of all records of the log before.
    pub bytes: u64,
}

/// Up to [`ROWS`] records. Of the open segment, what does not fill a block is in the log's tail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Segment {
    /// First, as this is what a full block looks for.
    pub rows: Packed,
    pub base: Base,
    /// How many records; 0 while the segment is open, as its log knows it.
    pub len: u32,
    /// Their bytes; 0 while the segment is open.
    pub bytes: u32,
    /// Texts of keys that are in no table: two bytes of length, then the text.
    texts: Vec<u8>,
    /// Data that nobody can make again.
    stored: Vec<Rc<[u8]>>,
    /// Of all records, once the segment is sealed.
    payload: Counted,
}

/// The records of a segment, those included that are in the log's tail.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub segment: &'a Segment,
    pub len: u32,
    pub bytes: u32,
    /// The last rows, which are in no block.
    pub tail: &'a [Row],
}

/// Microseconds since the segment's first arrival.
pub const ARRIVAL: usize = 0;
/// Steps since the segment's first sequence index.
pub const INDEX: usize = 1;
/// Bytes of the segment's records up to and with this one.
pub const BYTES_END: usize = 2;
/// Two bits of kind, then a number: see `key_column`.
pub const KEY: usize = 3;
/// The maker's number of the record, or the place in `stored`.
pub const NUMBER: usize = 4;
/// The maker, or `STORED`; a bit marks a record stored under encryption.
pub const SOURCE: usize = 5;

const STORED: u32 = 0x7fff;
pub const ENCRYPTED: u32 = 0x8000;
const KEY_TEXT: u32 = 1 << 30;
const KEY_MADE: u32 = 2 << 30;
const KEY_NUMBER: u32 = KEY_TEXT - 1;

impl Segment {
    /// Gives back the room that a sealed segment no longer needs.
    pub fn shrink(&mut self) {
        self.rows.shrink();
        self.texts.shrink_to_fit();
        self.stored.shrink_to_fit();
    }

    /// Whether it holds more than a part of it that was open.
    pub fn is_beyond(&self, part: Part) -> bool {
        self.len > 0
            || self.rows.len() > part.packed()
            || self.texts.len() > part.texts()
            || self.stored.len() > part.stored()
    }

    /// What it was when it was open and had no more than a part of it.
    #[must_use]
    pub fn until(&self, part: Part) -> Self {
        let mut rows = self.rows.clone();
        rows.truncate(part.packed());
        Self {
            base: self.base,
            len: 0,
            bytes: 0,
            rows,
            texts: self.texts[..part.texts()].to_vec(),
            stored: self.stored[..part.stored()].to_vec(),
            payload: Counted::default(),
        }
    }

    /// All records of a segment that is sealed.
    pub fn whole(&self) -> Part<'_> {
        Part { segment: self, len: self.len, bytes: self.bytes, tail: &[] }
    }

    /// What all records of a segment that is sealed are billed as, counted once.
    pub fn sealed_payload(&self) -> Payload {
        *self.payload.0.get_or_init(|| self.whole().payload(0, u64::MAX))
    }

    /// Heap bytes asked for, payloads included.
    pub fn heap_bytes(&self) -> usize {
        let payloads: usize = self.stored.iter().map(|bytes| bytes.len()).sum();
        self.list_bytes() + self.rows.heap_bytes() + payloads
    }

    /// Heap bytes that a segment which this one has become does not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> usize {
        self.list_bytes() + self.rows.bytes_beside(&later.rows)
    }

    fn list_bytes(&self) -> usize {
        let stored = self.stored.capacity() * size_of::<Rc<[u8]>>();
        size_of::<Self>() + self.texts.capacity() + stored
    }

    /// Keeps the text of a key; answers with its column.
    pub fn keep_text(&mut self, text: &str) -> u32 {
        let at = u32::try_from(self.texts.len()).expect("a segment's keys fit 2^30 bytes");
        let length = u16::try_from(text.len()).expect("256 characters fit 2^16 bytes");
        self.texts.extend_from_slice(&length.to_le_bytes());
        self.texts.extend_from_slice(text.as_bytes());
        KEY_TEXT | at
    }

    /// Keeps data; answers with its columns.
    pub fn keep_data(&mut self, data: &Rc<[u8]>) -> (u32, u32) {
        let place = u32::try_from(self.stored.len()).expect("at most a row each");
        self.stored.push(Rc::clone(data));
        (place, STORED)
    }

    fn key(&self, column: u32) -> Key<'_> {
        if column & KEY_MADE != 0 {
            return Key::Made;
        }
        if column & KEY_TEXT == 0 {
            return Key::Known(KeyId(column));
        }
        let at = (column & KEY_NUMBER) as usize;
        let text = std::str::from_utf8(&self.texts[at + 2..self.text_end(column)]);
        Key::Text(text.expect("a key was stored whole"))
    }

    /// Where the text of a key ends.
    fn text_end(&self, column: u32) -> usize {
        let at = (column & KEY_NUMBER) as usize;
        at + 2 + usize::from(u16::from_le_bytes([self.texts[at], self.texts[at + 1]]))
    }

    fn carried(&self, number: u32, source: u32) -> Carried<'_> {
        match u16::try_from(source & !ENCRYPTED).expect("a maker has 15 bits") {
            maker if u32::from(maker) == STORED => Carried::Stored(&self.stored[number as usize]),
            maker => Carried::Made { maker: ActorId(maker), number },
        }
    }
}

/// A key that is no text; a text is [kept](Segment::keep_text) with its segment.
#[inline]
pub fn key_column(key: &Key) -> u32 {
    match *key {
        Key::Known(KeyId(id)) => id,
        Key::Made | Key::Text(_) => KEY_MADE,
    }
}

impl<'a> Part<'a> {
    /// The ordinal of the first record.
    pub fn first(self) -> u64 {
        self.segment.base.first
    }

    /// The ordinal after the last record.
    pub fn end(self) -> u64 {
        self.first() + u64::from(self.len)
    }

    /// Where it begins, if it has a record.
    pub fn base(self) -> Option<&'a Base> {
        (self.len > 0).then_some(&self.segment.base)
    }

    /// The running total of bytes after the last record.
    pub fn bytes_end(self) -> u64 {
        self.segment.base.bytes + u64::from(self.bytes)
    }

    /// The running total of bytes before a record, or after the last one.
    pub fn bytes_before(self, ordinal: u64) -> u64 {
        self.segment.base.bytes + u64::from(self.bytes_at(self.place(ordinal)))
    }

    /// When a record arrived.
    pub fn arrival(self, ordinal: u64) -> Instant {
        self.arrival_at(self.place(ordinal))
    }

    /// The partition key of a record.
    pub fn key(self, ordinal: u64) -> Key<'a> {
        self.segment.key(self.value(self.place(ordinal), KEY))
    }

    /// The sequence index of a record, and when it arrived.
    pub fn index_and_arrival(self, ordinal: u64) -> (u64, Instant) {
        let place = self.place(ordinal);
        (self.index_at(place), self.arrival_at(place))
    }

    /// A record of this segment.
    pub fn record(self, ordinal: u64) -> StoredRecord<'a> {
        let place = self.place(ordinal);
        let [end, key, number, source] =
            [BYTES_END, KEY, NUMBER, SOURCE].map(|column| self.value(place, column));
        let encryption = [EncryptionType::None, EncryptionType::Kms];
        StoredRecord {
            ordinal,
            index: self.index_at(place),
            arrival: self.arrival_at(place),
            size: end - self.bytes_at(place),
            encryption: encryption[usize::from(source & ENCRYPTED != 0)],
            key: self.segment.key(key),
            carried: self.segment.carried(number, source),
        }
    }

    /// What the records of a range of ordinals are billed as, those outside of here left out. A few
    /// nanoseconds a record.
    pub fn payload(self, from: u64, until: u64) -> Payload {
        let place = |ordinal: u64| self.place(ordinal.clamp(self.first(), self.end()));
        let (from, until) = (place(from), place(until));
        let mut sum = Payload::default();
        let mut before = self.bytes_at(from);
        for place in from + 1..=until {
            let end = self.bytes_at(place);
            sum += Payload::of(end - before);
            before = end;
        }
        sum
    }

    /// The first ordinal that arrived after `instant`.
    pub fn ordinal_after(self, instant: Instant) -> u64 {
        self.ordinal_above(
            ARRIVAL,
            instant.micros().checked_sub(self.segment.base.arrival.micros()),
        )
    }

    /// The first ordinal whose sequence index is `index` or above.
    pub fn ordinal_of_index(self, index: u64) -> u64 {
        let above = index.checked_sub(self.segment.base.index);
        self.ordinal_above(INDEX, above.and_then(|above| above.checked_sub(1)))
    }

    /// The first ordinal whose record ends beyond a running total.
    pub fn ordinal_of_bytes(self, total: u64) -> u64 {
        self.ordinal_above(BYTES_END, total.checked_sub(self.segment.base.bytes))
    }

    /// The first ordinal whose value in a column that never falls is above `most`; `None` is below
    /// all values.
    fn ordinal_above(self, column: usize, most: Option<u64>) -> u64 {
        let Some(most) = most else { return self.first() };
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let holds = |row: &Row| row[column] <= most;
        let place = if self.tail.first().is_some_and(holds) {
            // Counts all of them, as nobody guesses the turns of a search.
            self.packed() + self.tail.iter().filter(|row| holds(row)).count()
        } else {
            self.segment.rows.up_to(self.packed(), column, most)
        };
        self.first() + place as u64
    }

    fn place(self, ordinal: u64) -> usize {
        usize::try_from(ordinal - self.first()).expect("an ordinal of this segment")
    }

    /// How many rows are in blocks.
    fn packed(self) -> usize {
        self.len as usize - self.tail.len()
    }

    fn value(self, place: usize, column: usize) -> u32 {
        match place.checked_sub(self.packed()) {
            Some(place) if !self.tail.is_empty() => self.tail[place][column],
            _ => self.segment.rows.value(place, column),
        }
    }

    fn bytes_at(self, place: usize) -> u32 {
        match place.checked_sub(1) {
            Some(last) => self.value(last, BYTES_END),
            None => 0,
        }
    }

    fn index_at(self, place: usize) -> u64 {
        self.segment.base.index + u64::from(self.value(place, INDEX))
    }

    fn arrival_at(self, place: usize) -> Instant {
        let since = u64::from(self.value(place, ARRIVAL));
        Instant::from_micros(self.segment.base.arrival.micros() + since)
    }

    /// How many bytes of texts its rows have.
    fn texts(self) -> usize {
        if self.segment.texts.is_empty() {
            return 0;
        }
        let keys = (0..self.len as usize).rev().map(|place| self.value(place, KEY));
        let last = keys.into_iter().find(|key| key & (KEY_TEXT | KEY_MADE) == KEY_TEXT);
        last.map_or(0, |key| self.segment.text_end(key))
    }

    /// How many rows have data that is kept.
    fn stored(self) -> usize {
        if self.segment.stored.is_empty() {
            return 0;
        }
        let mut places = (0..self.len as usize).rev();
        let last = places.find(|&place| self.value(place, SOURCE) & !ENCRYPTED == STORED);
        last.map_or(0, |place| self.value(place, NUMBER) as usize + 1)
    }
}
