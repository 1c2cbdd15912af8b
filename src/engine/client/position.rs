//! Where a consumer is in a shard.

use crate::engine::service::iterator::{ShardIterator, StartingPosition};
use crate::engine::service::sequence_number::SequenceNumber;
use crate::engine::time::{Instant, whole_micros};
use std::ops::Range;
use std::time::Duration;

/// Where a consumer begins to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// At the oldest records.
    TrimHorizon,
    /// With records that come after it began.
    Latest,
    /// With records that arrived then or later.
    AtTimestamp(Instant),
}

/// From where a shard is read on when there is no iterator (or it has expired).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Resume {
    From(Start),
    After(SequenceNumber),
}

impl Resume {
    /// As a request says it.
    pub fn position(self) -> StartingPosition {
        match self {
            Self::From(Start::TrimHorizon) => StartingPosition::TrimHorizon,
            Self::From(Start::Latest) => StartingPosition::Latest,
            Self::From(Start::AtTimestamp(timestamp)) => StartingPosition::AtTimestamp(timestamp),
            Self::After(number) => StartingPosition::AfterSequenceNumber(number.to_string()),
        }
    }
}

/// A consumer's position in one shard.
///
/// Records are *read* when the service hands them out, *received* a little later, and *processed*
/// one after the other from then on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    pub(super) resume: Resume,
    pub(super) iterator: Option<ShardIterator>,
    /// The ordinal of the next record to read; `None` before the first request was answered.
    next: Option<u64>,
    /// The first record of the batch that is being worked on, or was last.
    batch_first: u64,
    /// When the batch was received.
    received: Instant,
    /// When the last record of the batch is processed.
    done: Instant,
    has_ended: bool,
}

impl Position {
    /// Before anything was read.
    pub(super) fn at(resume: Resume) -> Self {
        let long_ago = Instant::default();
        Self {
            resume,
            iterator: None,
            next: None,
            batch_first: 0,
            received: long_ago,
            done: long_ago,
            has_ended: false,
        }
    }

    /// In a shard whose parents were read to their ends: at its very first record, so that those
    /// that expire before its turn comes count as lost.
    pub(super) fn of_child() -> Self {
        Self { next: Some(0), ..Self::at(Resume::From(Start::TrimHorizon)) }
    }

    /// The ordinal of the next record to read; `None` before the first request was answered.
    pub fn next_ordinal(&self) -> Option<u64> {
        self.next
    }

    /// The ordinal of the first record that is not processed at a moment; `None` before the first
    /// request was answered.
    pub fn processed(&self, at: Instant) -> Option<u64> {
        let next = self.next?;
        if at >= self.done {
            return Some(next);
        }
        let (since, whole) =
            (whole_micros(at - self.received), whole_micros(self.done - self.received));
        let batch = u128::from(next - self.batch_first);
        let part = batch * u128::from(since) / u128::from(whole.max(1));
        Some(self.batch_first + u64::try_from(part).expect("a part of a batch"))
    }

    /// Whether the shard is closed and was read to its end.
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// When the last record that was read is processed.
    pub(super) fn done(&self) -> Instant {
        self.done
    }

    /// Takes an iterator; the first one says where reading begins.
    pub(super) fn begin_at(&mut self, iterator: ShardIterator) {
        self.iterator = Some(iterator);
        self.begin(iterator.next, iterator.issued);
    }

    /// Reading begins, or goes on, before a record.
    pub(super) fn begin(&mut self, next: u64, now: Instant) {
        self.next.get_or_insert(next);
        if self.resume == Resume::From(Start::Latest) {
            // Asked again later, "latest" would skip what has come since.
            self.resume = Resume::From(Start::AtTimestamp(now));
        }
    }

    /// Takes records that were read and are received at `received`, and says how many expired
    /// unread before them.
    pub(super) fn take(
        &mut self,
        ordinals: &Range<u64>,
        received: Instant,
        processing: Duration,
    ) -> u64 {
        let lost = ordinals.start.saturating_sub(self.next.unwrap_or(ordinals.start));
        let count = ordinals.end - ordinals.start;
        if count > 0 {
            // What is not done of earlier batches becomes part of this one.
            let late = self.done > received;
            let first = if late { self.processed(received) } else { None };
            self.batch_first = first.unwrap_or(ordinals.start);
            let work = processing.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
            (self.received, self.done) = (received, received.max(self.done) + work);
        }
        self.next = Some(ordinals.end);
        lost
    }

    /// Nothing more will come: the shard is closed, or its records up to `tip` have expired unread.
    /// Says how many have.
    pub(super) fn end_at(&mut self, tip: u64) -> u64 {
        let lost = tip.saturating_sub(self.next.unwrap_or(tip));
        (self.next, self.has_ended, self.iterator) = (Some(tip), true, None);
        lost
    }
}
