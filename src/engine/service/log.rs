//! A shard's log: sealed segments that are shared, and one that is open.
//!
//! Appending is one store of 22 bytes. How many records an answer of 10 MiB holds is a binary
//! search over running totals, so a read costs the same whatever it returns. Trimming drops whole
//! segments. Cloning a log shares every segment; the open one is copied when it is next written.

#[cfg(test)]
mod tests;

use super::payload::Payload;
use super::record::{EncryptionType, Put, StoredRecord};
use super::segment::Segment;
use crate::engine::time::Instant;
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

/// The records of one shard, from the trim horizon to the tip, by ordinal: the first record ever
/// written is 0, and ordinals are never used again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Log {
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

/// Segments that one trim gives back: a million records, below a millisecond.
const FREED_AT_ONCE: usize = 256;

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

impl Default for Log {
    fn default() -> Self {
        let open = Rc::new(Segment::starting_at(0, 0));
        Self {
            sealed: Rc::default(),
            open,
            horizon: 0,
            expired_bytes: 0,
            freed: Payload::default(),
        }
    }
}

impl Log {
    /// Appends a record. `now` and `index` never go back.
    #[inline]
    pub fn append(&mut self, now: Instant, index: u64, put: &Put, under: EncryptionType) {
        let open = Rc::get_mut(&mut self.open);
        if open.and_then(|open| open.append(now, index, put, under)).is_none() {
            self.append_anew(now, index, put, under);
        }
    }

    /// Appends to a segment of its own, where the open one is full or shared.
    #[cold]
    fn append_anew(&mut self, now: Instant, index: u64, put: &Put, under: EncryptionType) {
        if !self.open.has_room(now, index, put) {
            self.seal();
        }
        Rc::make_mut(&mut self.open).append(now, index, put, under).expect("there is room");
    }

    /// Drops every record that arrived at `expiry` or before, and says which.
    pub fn trim(&mut self, expiry: Instant) -> Span {
        let from = self.horizon;
        let before = self.expired_bytes;
        // Asked before every read and push, and nearly always in vain: the first record tells.
        let oldest = self.sealed.front().unwrap_or(&self.open).first_arrival();
        if oldest.is_none_or(|oldest| oldest > expiry) {
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
        self.open.end()
    }

    /// Bytes ever accepted.
    pub fn accepted_bytes(&self) -> u64 {
        self.open.bytes_end()
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
        (self.horizon..self.tip()).contains(&ordinal).then(|| self.segment(ordinal).record(ordinal))
    }

    /// When a retained record arrived.
    pub fn arrival(&self, ordinal: u64) -> Option<Instant> {
        let retained = (self.horizon..self.tip()).contains(&ordinal);
        retained.then(|| self.segment(ordinal).arrival(ordinal))
    }

    /// The records of a range, those no longer retained left out.
    pub fn records(&self, ordinals: Range<u64>) -> impl Iterator<Item = StoredRecord<'_>> {
        let from = ordinals.start.max(self.horizon);
        let end = ordinals.end.min(self.tip()).max(from);
        let mut segment = self.segment(from);
        (from..end).map(move |ordinal| {
            if ordinal >= segment.end() {
                segment = self.segment(ordinal);
            }
            segment.record(ordinal)
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
        let segment =
            self.segment_where(|segment| segment.first_index().is_some_and(|i| i <= index));
        segment.ordinal_of_index(index).max(self.horizon)
    }

    /// The bytes of all records before an ordinal of the retained range, expired ones included.
    pub fn bytes_before(&self, ordinal: u64) -> u64 {
        self.segment(ordinal).bytes_before(ordinal)
    }

    /// What all records ever accepted are billed as. Sealed segments are counted once.
    pub fn payload(&self) -> Payload {
        let mut sum = self.freed;
        for segment in self.sealed.iter() {
            sum += segment.sealed_payload();
        }
        sum += self.open.payload(0..u64::MAX);
        sum
    }

    /// What the records of a range are billed as, those no longer retained left out.
    pub fn payload_of(&self, ordinals: Range<u64>) -> Payload {
        let (from, until) = (ordinals.start.max(self.horizon), ordinals.end);
        let mut sum = Payload::default();
        for segment in self.sealed.iter().skip(self.place(from)) {
            if segment.first() >= until {
                return sum;
            }
            let is_whole = from <= segment.first() && segment.end() <= until;
            let part = || segment.payload(from..until);
            sum += if is_whole { segment.sealed_payload() } else { part() };
        }
        sum += self.open.payload(from..until);
        sum
    }

    /// How many heap bytes the log keeps, to the byte of what it asked for.
    pub fn heap_bytes(&self) -> usize {
        let sealed: usize = self.sealed.iter().map(|segment| segment.heap_bytes()).sum();
        sealed + self.sealed.capacity() * size_of::<Rc<Segment>>() + self.open.heap_bytes()
    }

    /// Heap bytes that a clone of this log will no longer share once it is written again.
    pub fn unshared_bytes(&self) -> u64 {
        self.open.heap_bytes() as u64 + self.list_bytes()
    }

    /// Heap bytes of this log that `later` does not keep as well: the list of segments, those that
    /// `later` has given back, and the open one unless it is [shared](Self::share_open).
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        let oldest = later.sealed.front().unwrap_or(&later.open).first();
        let gone = self.sealed.iter().take_while(|segment| segment.first() < oldest);
        let gone: usize = gone.map(|segment| segment.heap_bytes()).sum();
        let grown = later.segment_from(self.open.first());
        let is_shared = grown.is_some_and(|grown| Rc::ptr_eq(grown, &self.open));
        let open = if is_shared { 0 } else { self.open.heap_bytes() };
        (open + gone) as u64 + self.list_bytes()
    }

    /// Keeps the open segment no longer by itself, but what it has grown to in `later`, which this
    /// log has become; says whether that is another one. Then this log is not to be used before it
    /// is [`cut`](Self::cut) at the tip that it had.
    pub fn share_open(&mut self, later: &Self) -> bool {
        match later.segment_from(self.open.first()) {
            Some(grown) if !self.open.is_empty() && !Rc::ptr_eq(grown, &self.open) => {
                self.open = Rc::clone(grown);
                true
            }
            _ => false,
        }
    }

    /// Leaves out what the open segment has of a later log: what came after `tip`.
    pub fn cut(&mut self, tip: u64) {
        if self.open.end() > tip {
            self.open = Rc::new(self.open.until(tip));
        }
    }

    /// Whether memory of expired records is left to give back.
    pub fn has_expired_segments(&self) -> bool {
        self.sealed.front().is_some_and(|segment| segment.end() <= self.horizon)
    }

    fn seal(&mut self) {
        let fresh = Segment::starting_at(self.open.end(), self.open.bytes_end());
        let mut full = std::mem::replace(&mut self.open, Rc::new(fresh));
        if !full.is_empty() {
            Rc::make_mut(&mut full).shrink();
            Rc::make_mut(&mut self.sealed).push_back(full);
        }
    }

    /// Gives memory back, but not all at once: freeing takes far longer than expiring.
    fn free_expired(&mut self) {
        if self.has_expired_segments() {
            let horizon = self.horizon;
            let gone = self.sealed.iter().take(FREED_AT_ONCE);
            let gone = gone.take_while(|segment| segment.end() <= horizon).count();
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
        let sealed = self.sealed.get(self.place(first));
        [sealed, Some(&self.open)].into_iter().flatten().find(|segment| segment.first() == first)
    }

    fn segment(&self, ordinal: u64) -> &Segment {
        if self.open.first() <= ordinal && !self.open.is_empty() {
            return &self.open;
        }
        self.sealed.get(self.place(ordinal)).unwrap_or(&self.open)
    }

    /// The place among the sealed segments of an ordinal, or of the last one before it.
    fn place(&self, ordinal: u64) -> usize {
        let Some(oldest) = self.sealed.front() else { return 0 };
        // Most segments are full, so this is the place, or one not far before it.
        let rows = ordinal.saturating_sub(oldest.first()) / Segment::ROWS as u64;
        let last = self.sealed.len() - 1;
        let guess = usize::try_from(rows).map_or(last, |rows| rows.min(last));
        let holds = |place: usize| self.sealed[place].first() <= ordinal;
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

    /// The last segment for which a question that is true for older ones still holds, or the
    /// oldest.
    fn segment_where(&self, holds: impl Fn(&Segment) -> bool) -> &Segment {
        if !self.open.is_empty() && holds(&self.open) {
            return &self.open;
        }
        let after = self.sealed.partition_point(|segment| holds(segment));
        self.sealed.get(after.saturating_sub(1)).unwrap_or(&self.open)
    }

    /// The first ordinal that arrived after `instant`.
    fn ordinal_after(&self, instant: Instant) -> u64 {
        self.segment_where(|segment| segment.first_arrival().is_some_and(|first| first <= instant))
            .ordinal_after(instant)
    }

    /// The end of the longest run within `from..until` whose running total stays within `total`.
    fn ordinal_of_bytes(&self, from: u64, until: u64, total: u64) -> u64 {
        let (mut low, mut high) = (from, until);
        let mut segment = self.segment(low);
        while segment.end() < high && segment.bytes_end() <= total {
            low = segment.end();
            segment = self.segment(low);
        }
        high = high.min(segment.end());
        segment.ordinal_of_bytes(total).clamp(low, high)
    }
}
