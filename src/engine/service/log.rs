//! A shard's log: sealed segments that are shared, one that is open, and the last rows.
//!
//! Appending is one store of 24 bytes into the `Tail`, which lies with its shard; every 32nd
//! packs them into the open segment. How many records an answer of 10 MiB holds is a binary search
//! over running totals, so a read costs the same whatever it returns. Trimming drops whole
//! segments. Cloning a log shares every segment; the open one is copied when it is next written.

mod packed;
mod segment;
mod tail;
#[cfg(test)]
mod tests;

use super::payload::Payload;
use super::record::{Carried, EncryptionType, Key, Put, StoredRecord};
use crate::engine::time::Instant;
use segment::{Base, ENCRYPTED, Part, ROWS, Segment, key_column};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;
use tail::Tail;

/// The records of one shard, from the trim horizon to the tip, by ordinal: the first record ever
/// written is 0, and ordinals are never used again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Log {
    /// What an append needs: first, beside what else a put needs of a shard.
    tail: Tail,
    /// Oldest first; none is empty.
    sealed: Rc<VecDeque<Rc<Segment>>>,
    open: Rc<Segment>,
    /// The ordinal of the oldest record that can still be read.
    horizon: u64,
    /// Bytes of records before the horizon.
    expired_bytes: u64,
    /// What the records are billed as whose memory was given back.
    freed: Payload,
}

/// Segments that one trim gives back: a quarter of a million records, whose sizes are counted for
/// the bill.
const FREED_AT_ONCE: usize = 64;

/// Records of a log that lie side by side, and what they weigh.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The ordinals.
    pub ordinals: Range<u64>,
    /// Bytes of data and partition keys.
    pub bytes: u64,
}

impl Span {
    /// How many records.
    pub fn count(&self) -> u64 {
        self.ordinals.end - self.ordinals.start
    }
}

impl Log {
    /// Appends a record. `now` and `index` never go back.
    #[inline]
    pub fn append(&mut self, now: Instant, index: u64, put: &Put, under: EncryptionType) {
        if !self.tail.has_room(now, index, put.size) {
            self.begin_segment(now, index);
        }
        let (number, source) = match &put.carried {
            Carried::Made { maker, number } => (*number, maker.0.into()),
            Carried::Stored(data) => Rc::make_mut(&mut self.open).keep_data(data),
        };
        let key = match &put.key {
            Key::Text(text) => Rc::make_mut(&mut self.open).keep_text(text),
            key => key_column(key),
        };
        let source = source | if under.is_kms() { ENCRYPTED } else { 0 };
        if let Some(block) = self.tail.push(now, index, put.size, [key, number, source]) {
            Rc::make_mut(&mut self.open).rows.push(block);
        }
    }

    /// Opens a segment of its own for a record for which the open one has no room.
    #[cold]
    fn begin_segment(&mut self, now: Instant, index: u64) {
        self.seal();
        self.tail.begin(now, index);
        Rc::make_mut(&mut self.open).base = self.tail.base;
    }

    /// Drops every record that arrived at `expiry` or before, and says which.
    pub fn trim(&mut self, expiry: Instant) -> Span {
        let from = self.horizon;
        let before = self.expired_bytes;
        // Asked before every read and push, and nearly always in vain: the first record tells.
        let oldest = self.oldest();
        if oldest.base().is_none_or(|oldest| oldest.arrival > expiry) {
            return Span { ordinals: from..from, bytes: 0 };
        }
        let horizon = self.ordinal_after(expiry).max(from);
        if horizon > from {
            self.expired_bytes = self.bytes_before(horizon);
            self.horizon = horizon;
            if horizon == self.tip() {
                self.seal();
            }
        }
        self.free_expired();
        Span { ordinals: from..horizon, bytes: self.expired_bytes - before }
    }

    /// The ordinal of the oldest record that can be read; the tip if there is none.
    pub fn horizon(&self) -> u64 {
        self.horizon
    }

    /// The ordinal that the next record will have; so many were ever accepted.
    #[inline]
    pub fn tip(&self) -> u64 {
        self.tail.base.first + u64::from(self.tail.len)
    }

    /// Bytes ever accepted.
    pub fn accepted_bytes(&self) -> u64 {
        self.tail.base.bytes + u64::from(self.tail.bytes)
    }

    /// Bytes that can still be read.
    pub fn retained_bytes(&self) -> u64 {
        self.accepted_bytes() - self.expired_bytes
    }

    /// What an answer holds that starts at `from` (or at the horizon, if that is later) and stops
    /// at `records`, at `bytes` or before `until`; at least one record if there is any.
    pub fn read(&self, from: u64, records: u64, bytes: u64, until: u64) -> Span {
        let from = from.max(self.horizon).min(self.tip());
        let mut end = until.clamp(from, self.tip()).min(from.saturating_add(records));
        let start_bytes = self.bytes_before(from);
        let mut end_bytes = self.bytes_before(end);
        if end_bytes - start_bytes > bytes {
            let fitting = self.ordinal_of_bytes(from, end, start_bytes + bytes);
            end = fitting.max(from + 1);
            end_bytes = self.bytes_before(end);
        }
        Span { ordinals: from..end, bytes: end_bytes - start_bytes }
    }

    /// One record; `None` outside of what is retained.
    pub fn record(&self, ordinal: u64) -> Option<StoredRecord<'_>> {
        (self.horizon..self.tip()).contains(&ordinal).then(|| self.part(ordinal).record(ordinal))
    }

    /// The partition key of a retained record.
    pub fn key(&self, ordinal: u64) -> Option<Key<'_>> {
        let retained = (self.horizon..self.tip()).contains(&ordinal);
        retained.then(|| self.part(ordinal).key(ordinal))
    }

    /// The sequence index of a retained record, and when it arrived.
    pub fn index_and_arrival(&self, ordinal: u64) -> Option<(u64, Instant)> {
        let retained = (self.horizon..self.tip()).contains(&ordinal);
        retained.then(|| self.part(ordinal).index_and_arrival(ordinal))
    }

    /// When a retained record arrived.
    pub fn arrival(&self, ordinal: u64) -> Option<Instant> {
        let retained = (self.horizon..self.tip()).contains(&ordinal);
        retained.then(|| self.part(ordinal).arrival(ordinal))
    }

    /// The records of a range, those no longer retained left out.
    pub fn records(&self, ordinals: Range<u64>) -> impl Iterator<Item = StoredRecord<'_>> {
        let from = ordinals.start.max(self.horizon);
        let end = ordinals.end.min(self.tip()).max(from);
        let mut part = self.part(from);
        (from..end).map(move |ordinal| {
            if ordinal >= part.end() {
                part = self.part(ordinal);
            }
            part.record(ordinal)
        })
    }

    /// The first ordinal that arrived at `instant` or later; the tip if none did.
    pub fn ordinal_at(&self, instant: Instant) -> u64 {
        match instant.micros().checked_sub(1) {
            Some(before) => self.ordinal_after(Instant::from_micros(before)).max(self.horizon),
            None => self.horizon,
        }
    }

    /// The first retained ordinal whose sequence index is `index` or above; the tip if none is.
    pub fn ordinal_of_index(&self, index: u64) -> u64 {
        let part = self.part_where(|base| base.index <= index);
        part.ordinal_of_index(index).max(self.horizon)
    }

    /// The bytes of all records before an ordinal of the retained range, expired ones included.
    pub fn bytes_before(&self, ordinal: u64) -> u64 {
        self.part(ordinal).bytes_before(ordinal)
    }

    /// What all records ever accepted are billed as. Sealed segments are counted once.
    pub fn payload(&self) -> Payload {
        let mut sum = self.freed;
        for segment in self.sealed.iter() {
            sum += segment.sealed_payload();
        }
        sum += self.open().payload(0, u64::MAX);
        sum
    }

    /// What the records of a range are billed as, those no longer retained left out.
    pub fn payload_of(&self, ordinals: Range<u64>) -> Payload {
        let (from, until) = (ordinals.start.max(self.horizon), ordinals.end);
        let mut sum = Payload::default();
        for segment in self.sealed.iter().skip(self.place(from)) {
            let part = segment.whole();
            if part.first() >= until {
                return sum;
            }
            let is_whole = from <= part.first() && part.end() <= until;
            let payload = || part.payload(from, until);
            sum += if is_whole { segment.sealed_payload() } else { payload() };
        }
        sum += self.open().payload(from, until);
        sum
    }

    /// How many heap bytes the log keeps, to the byte of what it asked for.
    pub fn heap_bytes(&self) -> usize {
        let sealed: usize = self.sealed.iter().map(|segment| segment.heap_bytes()).sum();
        sealed + self.sealed.capacity() * size_of::<Rc<Segment>>() + self.open.heap_bytes()
    }

    /// Heap bytes of this log that `later` does not keep as well: the list of segments, those that
    /// `later` has given back, and the open one unless it is [shared](Self::share_open).
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        let oldest = later.oldest().first();
        let gone = self.sealed.iter().take_while(|segment| segment.base.first < oldest);
        let gone: usize = gone.map(|segment| segment.heap_bytes()).sum();
        let open = match later.segment_from(self.tail.base.first) {
            Some(grown) if Rc::ptr_eq(grown, &self.open) => 0,
            Some(grown) => self.open.bytes_beside(grown),
            None => self.open.heap_bytes(),
        };
        (open + gone) as u64 + self.list_bytes()
    }

    /// Keeps the open segment no longer by itself, but what it has grown to in `later`, which this
    /// log has become; says whether that is another one. Then this log is not to be written before
    /// it is [`cut`](Self::cut).
    pub fn share_open(&mut self, later: &Self) -> bool {
        match later.segment_from(self.tail.base.first) {
            Some(grown) if self.tail.len > 0 && !Rc::ptr_eq(grown, &self.open) => {
                self.open = Rc::clone(grown);
                true
            }
            _ => false,
        }
    }

    /// Leaves out what the open segment has of a later log.
    pub fn cut(&mut self) {
        if self.open.is_beyond(self.open()) {
            self.open = Rc::new(self.open.until(self.open()));
        }
    }

    /// Whether memory of expired records is left to give back.
    pub fn has_expired_segments(&self) -> bool {
        self.sealed.front().is_some_and(|segment| segment.whole().end() <= self.horizon)
    }

    fn seal(&mut self) {
        if self.tail.len == 0 {
            return;
        }
        let mut full = std::mem::take(&mut self.open);
        let segment = Rc::make_mut(&mut full);
        if let Some(block) = self.tail.padded() {
            segment.rows.push(&block);
        }
        (segment.len, segment.bytes) = (self.tail.len, self.tail.bytes);
        segment.shrink();
        Rc::make_mut(&mut self.sealed).push_back(full);
        self.tail.turn_over();
        Rc::make_mut(&mut self.open).base = self.tail.base;
    }

    /// Gives memory back, but not all at once: freeing takes far longer than expiring.
    fn free_expired(&mut self) {
        if self.has_expired_segments() {
            let horizon = self.horizon;
            let gone = self.sealed.iter().take(FREED_AT_ONCE);
            let gone = gone.take_while(|segment| segment.whole().end() <= horizon).count();
            for segment in self.sealed.iter().take(gone) {
                self.freed += segment.sealed_payload();
            }
            Rc::make_mut(&mut self.sealed).drain(..gone);
        }
    }

    fn list_bytes(&self) -> u64 {
        (self.sealed.len() * size_of::<Rc<Segment>>()) as u64
    }

    /// The segment that begins with a record.
    fn segment_from(&self, first: u64) -> Option<&Rc<Segment>> {
        if first == self.tail.base.first {
            return Some(&self.open);
        }
        self.sealed.get(self.place(first)).filter(|segment| segment.base.first == first)
    }

    /// The records of the open segment.
    fn open(&self) -> Part<'_> {
        let Tail { len, bytes, .. } = self.tail;
        Part { segment: &self.open, len, bytes, tail: self.tail.rows() }
    }

    /// The records of the oldest segment.
    fn oldest(&self) -> Part<'_> {
        self.sealed.front().map_or_else(|| self.open(), |segment| segment.whole())
    }

    /// The records of the segment of one of them; those of the open one for the tip.
    fn part(&self, ordinal: u64) -> Part<'_> {
        if self.tail.base.first <= ordinal && self.tail.len > 0 {
            return self.open();
        }
        self.sealed.get(self.place(ordinal)).map_or_else(|| self.open(), |segment| segment.whole())
    }

    /// The place among the sealed segments of an ordinal, or of the last one before it.
    fn place(&self, ordinal: u64) -> usize {
        let Some(oldest) = self.sealed.front() else { return 0 };
        // Most segments are full, so this is the place, or one not far before it.
        let rows = ordinal.saturating_sub(oldest.base.first) / u64::from(ROWS);
        let last = self.sealed.len() - 1;
        let guess = usize::try_from(rows).map_or(last, |rows| rows.min(last));
        let holds = |place: usize| self.sealed[place].base.first <= ordinal;
        if guess == last || !holds(guess + 1) {
            return guess;
        }
        let (mut low, mut high) = (guess + 1, last + 1);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if holds(middle) { low = middle } else { high = middle }
        }
        low
    }

    /// The records of the last segment for which a question that is true for older ones still
    /// holds, or of the oldest.
    fn part_where(&self, holds: impl Fn(&Base) -> bool) -> Part<'_> {
        if self.open().base().is_some_and(&holds) {
            return self.open();
        }
        let after = self.sealed.partition_point(|segment| holds(&segment.base));
        let last = self.sealed.get(after.saturating_sub(1));
        last.map_or_else(|| self.open(), |segment| segment.whole())
    }

    /// The first ordinal that arrived after `instant`.
    fn ordinal_after(&self, instant: Instant) -> u64 {
        self.part_where(|base| base.arrival <= instant).ordinal_after(instant)
    }

    /// The end of the longest run within `from..until` whose running total stays within `total`.
    fn ordinal_of_bytes(&self, from: u64, until: u64, total: u64) -> u64 {
        let (mut low, mut high) = (from, until);
        let mut part = self.part(low);
        while part.end() < high && part.bytes_end() <= total {
            low = part.end();
            part = self.part(low);
        }
        high = high.min(part.end());
        part.ordinal_of_bytes(total).clamp(low, high)
    }
}
