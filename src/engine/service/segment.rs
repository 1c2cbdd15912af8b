//! A run of records of one shard: 22 bytes a record, side by side.

use super::partition_key::KeyId;
use super::payload::{Counted, Payload};
use super::record::{Carried, EncryptionType, Key, Put, StoredRecord};
use crate::engine::actor::ActorId;
use crate::engine::time::Instant;
use std::ops::Range;
use std::rc::Rc;

/// Up to [`Segment::ROWS`] records. What is the same for all is kept once; a row holds differences.
/// What an append needs comes first, in one cache line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Segment {
    rows: Vec<Row>,
    base_arrival: Instant,
    base_index: u64,
    first: u64,
    /// Bytes of all records: the last row has them too, but that row is seldom in the cache.
    bytes: u32,
    base_bytes: u64,
    /// Texts of keys that are in no table: two bytes of length, then the text.
    texts: Vec<u8>,
    /// Data that nobody can make again.
    stored: Vec<Rc<[u8]>>,
    /// Of all records, once the segment is sealed.
    payload: Counted,
}

/// One record. Packed, because four bytes of padding would be a fifth of a stream's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C, packed(2))]
struct Row {
    /// Microseconds since the segment's first arrival.
    arrival: u32,
    /// Steps since the segment's first sequence index.
    index: u32,
    /// Bytes of the segment's records up to and with this one.
    bytes_end: u32,
    /// Two bits of kind, then a number: see `key_column`.
    key: u32,
    /// The maker's number of the record, or the place in `stored`.
    number: u32,
    /// The maker, or `STORED`; the top bit marks a record stored under encryption.
    source: u16,
}

/// Rows that are looked through before all others.
const LAST_ROWS: usize = 64;

const STORED: u16 = 0x7fff;
const ENCRYPTED: u16 = 0x8000;
const KEY_TEXT: u32 = 1 << 30;
const KEY_MADE: u32 = 2 << 30;
const KEY_NUMBER: u32 = KEY_TEXT - 1;

impl Segment {
    /// Records of a full segment: enough that the list of segments stays short, few enough that
    /// copying an open one after a checkpoint goes unnoticed.
    pub const ROWS: usize = 4_096;

    /// An empty segment whose first record will be `first`.
    pub fn starting_at(first: u64, base_bytes: u64) -> Self {
        Self {
            first,
            base_bytes,
            base_arrival: Instant::default(),
            base_index: 0,
            bytes: 0,
            rows: Vec::new(),
            texts: Vec::new(),
            stored: Vec::new(),
            payload: Counted::default(),
        }
    }

    /// Whether a record can still be expressed as a row of this segment.
    pub fn has_room(&self, now: Instant, index: u64, put: &Put) -> bool {
        let fits = |wide: u64| u32::try_from(wide).is_ok();
        self.is_empty()
            || self.rows.len() < Self::ROWS
                && fits(now.micros() - self.base_arrival.micros())
                && fits(index - self.base_index)
                && self.bytes.checked_add(put.size).is_some()
    }

    /// Appends a record if it [has room](Self::has_room); otherwise `None`, and nothing is changed.
    #[inline]
    pub fn append(
        &mut self,
        now: Instant,
        index: u64,
        put: &Put,
        under: EncryptionType,
    ) -> Option<()> {
        if self.rows.is_empty() {
            (self.base_arrival, self.base_index) = (now, index);
        } else if self.rows.len() >= Self::ROWS {
            return None;
        }
        let arrival = u32::try_from(now.micros() - self.base_arrival.micros()).ok()?;
        let steps = u32::try_from(index - self.base_index).ok()?;
        self.bytes = self.bytes.checked_add(put.size)?;
        let key = self.key_column(&put.key);
        let (number, source) = self.source_column(&put.carried);
        self.rows.push(Row {
            arrival,
            index: steps,
            bytes_end: self.bytes,
            key,
            number,
            source: source | if under.is_kms() { ENCRYPTED } else { 0 },
        });
        Some(())
    }

    /// Gives back the room that a sealed segment no longer needs.
    pub fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.texts.shrink_to_fit();
        self.stored.shrink_to_fit();
    }

    /// What this segment was before the record `end` was appended, and those after it.
    #[must_use]
    pub fn until(&self, end: u64) -> Self {
        let (kept, gone) = self.rows.split_at(self.place(end));
        let is_text = |row: &&Row| row.key & (KEY_TEXT | KEY_MADE) == KEY_TEXT;
        let text = gone.iter().find(is_text).map(|row| (row.key & KEY_NUMBER) as usize);
        let is_stored = |row: &&Row| row.source & !ENCRYPTED == STORED;
        let stored = gone.iter().find(is_stored).map(|row| row.number as usize);
        let has_rows = !kept.is_empty();
        Self {
            rows: kept.to_vec(),
            base_arrival: if has_rows { self.base_arrival } else { Instant::default() },
            base_index: if has_rows { self.base_index } else { 0 },
            bytes: kept.last().map_or(0, |row| row.bytes_end),
            first: self.first,
            base_bytes: self.base_bytes,
            texts: self.texts[..text.unwrap_or(self.texts.len())].to_vec(),
            stored: self.stored[..stored.unwrap_or(self.stored.len())].to_vec(),
            payload: Counted::default(),
        }
    }

    /// Whether no record was appended yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The ordinal of the first record.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The ordinal after the last record.
    #[inline]
    pub fn end(&self) -> u64 {
        self.first + self.rows.len() as u64
    }

    /// When the first record arrived.
    pub fn first_arrival(&self) -> Option<Instant> {
        (!self.is_empty()).then_some(self.base_arrival)
    }

    /// The sequence index of the first record.
    pub fn first_index(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.base_index)
    }

    /// The running total of bytes before the first record.
    pub fn bytes_start(&self) -> u64 {
        self.base_bytes
    }

    /// The running total of bytes after the last record.
    pub fn bytes_end(&self) -> u64 {
        self.base_bytes + u64::from(self.bytes)
    }

    /// The running total of bytes before a record, or after the last one.
    pub fn bytes_before(&self, ordinal: u64) -> u64 {
        match self.place(ordinal) {
            0 => self.base_bytes,
            place => self.base_bytes + u64::from(self.rows[place - 1].bytes_end),
        }
    }

    /// When a record arrived.
    pub fn arrival(&self, ordinal: u64) -> Instant {
        self.arrival_of(&self.rows[self.place(ordinal)])
    }

    /// A record of this segment.
    pub fn record(&self, ordinal: u64) -> StoredRecord<'_> {
        let place = self.place(ordinal);
        let row = self.rows[place];
        let before = if place == 0 { 0 } else { self.rows[place - 1].bytes_end };
        StoredRecord {
            ordinal,
            index: self.base_index + u64::from(row.index),
            arrival: self.arrival_of(&row),
            size: row.bytes_end - before,
            encryption: if row.source & ENCRYPTED == 0 {
                EncryptionType::None
            } else {
                EncryptionType::Kms
            },
            key: self.key(row.key),
            carried: self.carried(&row),
        }
    }

    /// What the records of a range of ordinals are billed as, those outside of here left out. About
    /// a nanosecond a record.
    pub fn payload(&self, ordinals: Range<u64>) -> Payload {
        let place = |ordinal: u64| self.place(ordinal.clamp(self.first, self.end()));
        let (from, until) = (place(ordinals.start), place(ordinals.end));
        let mut sum = Payload::default();
        let mut before = if from == 0 { 0 } else { self.rows[from - 1].bytes_end };
        for row in self.rows.get(from..until).unwrap_or_default() {
            let end = row.bytes_end;
            sum += Payload::of(end - before);
            before = end;
        }
        sum
    }

    /// What all records of a segment that is sealed are billed as, counted once.
    pub fn sealed_payload(&self) -> Payload {
        *self.payload.0.get_or_init(|| self.payload(self.first..self.end()))
    }

    /// The first ordinal that arrived after `instant`.
    pub fn ordinal_after(&self, instant: Instant) -> u64 {
        // Pushes ask for what came in the last milliseconds, which lies in the cache.
        let last = self.rows.len().saturating_sub(LAST_ROWS);
        let earlier = |row: &Row| self.arrival_of(row) <= instant;
        if self.rows.get(last).is_some_and(earlier) {
            let place = last + self.rows[last..].partition_point(earlier);
            return self.first + place as u64;
        }
        self.ordinal_where(earlier)
    }

    /// The first ordinal whose sequence index is `index` or above.
    pub fn ordinal_of_index(&self, index: u64) -> u64 {
        self.ordinal_where(|row| self.base_index + u64::from(row.index) < index)
    }

    /// The first ordinal whose record ends beyond a running total.
    pub fn ordinal_of_bytes(&self, total: u64) -> u64 {
        self.ordinal_where(|row| self.base_bytes + u64::from(row.bytes_end) <= total)
    }

    /// Bytes of a row.
    pub const ROW_BYTES: u64 = size_of::<Row>() as u64;

    /// Heap bytes asked for, payloads included.
    pub fn heap_bytes(&self) -> usize {
        let payloads: usize = self.stored.iter().map(|bytes| bytes.len()).sum();
        size_of::<Self>()
            + self.rows.capacity() * size_of::<Row>()
            + self.texts.capacity()
            + self.stored.capacity() * size_of::<Rc<[u8]>>()
            + payloads
    }

    fn ordinal_where(&self, earlier: impl Fn(&Row) -> bool) -> u64 {
        self.first + self.rows.partition_point(earlier) as u64
    }

    fn place(&self, ordinal: u64) -> usize {
        usize::try_from(ordinal - self.first).expect("an ordinal of this segment")
    }

    fn arrival_of(&self, row: &Row) -> Instant {
        Instant::from_micros(self.base_arrival.micros() + u64::from(row.arrival))
    }

    #[inline]
    fn key_column(&mut self, key: &Key) -> u32 {
        match *key {
            Key::Known(KeyId(id)) => id,
            Key::Made => KEY_MADE,
            Key::Text(text) => {
                let at = u32::try_from(self.texts.len()).expect("a segment's keys fit 2^30 bytes");
                let length = u16::try_from(text.len()).expect("256 characters fit 2^16 bytes");
                self.texts.extend_from_slice(&length.to_le_bytes());
                self.texts.extend_from_slice(text.as_bytes());
                KEY_TEXT | at
            }
        }
    }

    fn key(&self, column: u32) -> Key<'_> {
        if column & KEY_MADE != 0 {
            return Key::Made;
        }
        if column & KEY_TEXT == 0 {
            return Key::Known(KeyId(column));
        }
        let at = (column & KEY_NUMBER) as usize;
        let length = usize::from(u16::from_le_bytes([self.texts[at], self.texts[at + 1]]));
        let text = std::str::from_utf8(&self.texts[at + 2..at + 2 + length]);
        Key::Text(text.expect("a key was stored whole"))
    }

    #[inline]
    fn source_column(&mut self, carried: &Carried) -> (u32, u16) {
        match *carried {
            Carried::Made { maker: ActorId(maker), number } => (number, maker),
            Carried::Stored(bytes) => {
                let place = u32::try_from(self.stored.len()).expect("at most a row each");
                self.stored.push(Rc::clone(bytes));
                (place, STORED)
            }
        }
    }

    fn carried(&self, row: &Row) -> Carried<'_> {
        match row.source & !ENCRYPTED {
            STORED => Carried::Stored(&self.stored[row.number as usize]),
            maker => Carried::Made { maker: ActorId(maker), number: row.number },
        }
    }
}
