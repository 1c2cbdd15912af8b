//! A shard's log: sealed segments that are shared, and one that is open.
//!
//! Appending is one store of 22 bytes. How many records an answer of 10 MiB holds is a binary
//! search over running totals, so a read costs the same whatever it returns. Trimming drops whole
//! segments. Cloning a log shares every segment; the open one is copied when it is next written.

use super::record::{Carried, NewRecord, StoredRecord};
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
}

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
        Self { sealed: Rc::default(), open, horizon: 0, expired_bytes: 0 }
    }
}

impl Log {
    /// Appends a record and returns its ordinal. `now` and `index` never go back.
    #[inline]
    pub fn append(&mut self, now: Instant, index: u64, record: &NewRecord) -> u64 {
        if !self.open.has_room(now, index, record) {
            self.seal();
        }
        Rc::make_mut(&mut self.open).append(now, index, record)
    }

    /// Drops every record that arrived at `expiry` or before, and says which.
    pub fn trim(&mut self, expiry: Instant) -> Span {
        let from = self.horizon;
        let before = self.expired_bytes;
        let horizon = self.ordinal_after(expiry).max(from);
        if horizon > from {
            self.expired_bytes = self.bytes_before(horizon);
            self.horizon = horizon;
            if horizon == self.tip() {
                self.seal();
            }
            self.drop_sealed_before(horizon);
        }
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
        let until = until.clamp(from, self.tip());
        let start_bytes = self.bytes_before(from);
        let last = self.ordinal_of_bytes(from, start_bytes.saturating_add(bytes));
        let end = last.max(from + 1).min(from.saturating_add(records)).min(until);
        Span { ordinals: from..end, bytes: self.bytes_before(end) - start_bytes }
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

    /// How many heap bytes the log keeps, to the byte of what it asked for.
    pub fn heap_bytes(&self) -> usize {
        let sealed: usize = self.sealed.iter().map(|segment| segment.heap_bytes()).sum();
        sealed + self.sealed.capacity() * size_of::<Rc<Segment>>() + self.open.heap_bytes()
    }

    /// Bytes carried by a record, made again by whoever made it or as they were stored.
    pub fn carried(&self, ordinal: u64) -> Option<Carried<'_>> {
        self.record(ordinal).map(|record| record.carried)
    }

    fn seal(&mut self) {
        let fresh = Segment::starting_at(self.open.end(), self.open.bytes_end());
        let mut full = std::mem::replace(&mut self.open, Rc::new(fresh));
        if !full.is_empty() {
            Rc::make_mut(&mut full).shrink();
            Rc::make_mut(&mut self.sealed).push_back(full);
        }
    }

    fn drop_sealed_before(&mut self, horizon: u64) {
        let gone = self.sealed.partition_point(|segment| segment.end() <= horizon);
        if gone > 0 {
            Rc::make_mut(&mut self.sealed).drain(..gone);
        }
    }

    fn segment(&self, ordinal: u64) -> &Segment {
        self.segment_where(|segment| segment.first() <= ordinal)
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

    /// The end of the longest run from `from` whose running total stays within `total`.
    fn ordinal_of_bytes(&self, from: u64, total: u64) -> u64 {
        self.segment_where(|segment| segment.first() <= from || segment.bytes_start() <= total)
            .ordinal_of_bytes(total)
    }
}
