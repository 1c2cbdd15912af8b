//! A shard: a range of hash keys, a log, and the buckets that limit it.

use super::account::Settings;
use super::hash_key::HashKeyRange;
use super::limits::{
    SHARD_ITERATOR_CALLS, SHARD_READ_BYTES, SHARD_READ_CALLS, SHARD_WRITE_BYTES,
    SHARD_WRITE_RECORDS,
};
use super::log::Log;
use super::names::ShardId;
use super::sequence_number::{LAST_INDEX, SequenceNumber};
use super::token_bucket::TokenBucket;
use crate::engine::refusal::Bucket;
use crate::engine::schedule::Ticket;
use crate::engine::time::Instant;
use std::mem::offset_of;
use std::time::Duration;

/// How far the seconds in a sequence number lie before the record's arrival. Decoded from public
/// records: between 0.57 and 2.47 s in all of 22 samples; a whole second, rounded down, stays
/// inside.
pub const SEQUENCE_TIME_LAG: Duration = Duration::from_secs(1);

/// A shard that no call being answered has touched. Said of each, rather than found out from what
/// an earlier call has left: then the processor guesses right, and need not wait for one shard's
/// memory before it asks for the next one's.
pub(super) const UNTOUCHED: u32 = u32::MAX;

/// A shard of a stream.
///
/// What a put touches lies together, in a pair of cache lines and the one of its row: among
/// thousands of shards, fetching them is most of what a put costs. So the buckets of puts end the
/// buckets, the log begins with its tail, and what comes before them fills a pair of lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[repr(C, align(128))]
pub struct Shard {
    /// The hash keys that it owns, or owned.
    pub range: HashKeyRange,
    /// The seconds in its sequence numbers that say when its epoch began.
    pub epoch_secs: u64,
    /// When it began to take records.
    pub opened: Instant,
    /// Its number.
    pub id: ShardId,
    /// Its limits.
    pub buckets: Buckets,
    /// The trim that is planned for it.
    pub(super) trim_ticket: Option<Ticket>,
    /// Its place among the shards that the call being answered has touched, or [`UNTOUCHED`].
    pub(super) touched: u32,
    /// How many subscriptions wait for its records, with no push planned.
    pub(super) subscriptions: u32,
    /// Its records.
    pub log: Log,
    /// The shard that was split, or the first of the two that were merged, to make this one.
    pub parent: Option<ShardId>,
    /// The second of the two that were merged to make this one.
    pub adjacent_parent: Option<ShardId>,
    /// The shards made of this one when it closed, by rising number.
    pub children: Vec<ShardId>,
    /// Whether it takes records.
    pub phase: Phase,
}

/// Bytes of the two cache lines that processors fetch together.
const PAIR: usize = 128;
const _: () = {
    let writes = offset_of!(Shard, buckets) + offset_of!(Buckets, write_records);
    assert!(align_of::<Shard>() == PAIR && writes == PAIR, "what a put touches begins a pair");
};

/// The life of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// It takes records and can be read.
    Open,
    /// It can only be read.
    Closed {
        /// Since when.
        at: Instant,
    },
    /// Its records are gone; nobody lists it any more.
    Expired {
        /// When it closed.
        closed: Instant,
    },
}

/// The buckets of a shard, each with its own limit; those of puts last, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Buckets {
    /// `GetRecords` calls.
    pub read_calls: TokenBucket,
    /// Bytes read by `GetRecords`; may be in debt.
    pub read_bytes: TokenBucket,
    /// `GetShardIterator` calls.
    pub iterator_calls: TokenBucket,
    /// Records written.
    pub write_records: TokenBucket,
    /// Bytes written.
    pub write_bytes: TokenBucket,
}

impl Buckets {
    /// Full buckets.
    pub fn full(now: Instant, settings: &Settings) -> Self {
        let second = |limit| settings.bucket(limit, now);
        let burst = settings.write_burst_bytes;
        Self {
            write_records: second(SHARD_WRITE_RECORDS),
            write_bytes: settings.burst_bucket(burst, SHARD_WRITE_BYTES, now),
            read_calls: second(SHARD_READ_CALLS),
            read_bytes: second(SHARD_READ_BYTES),
            iterator_calls: second(SHARD_ITERATOR_CALLS),
        }
    }

    /// The bucket of a kind.
    pub fn of(&self, bucket: Bucket) -> &TokenBucket {
        match bucket {
            Bucket::WriteRecords => &self.write_records,
            Bucket::WriteBytes => &self.write_bytes,
            Bucket::ReadCalls => &self.read_calls,
            Bucket::ReadBytes => &self.read_bytes,
            Bucket::IteratorCalls => &self.iterator_calls,
        }
    }
}

impl Shard {
    /// An open shard without parents. Its epoch begins at `epoch_secs`.
    pub fn open(
        id: ShardId,
        range: HashKeyRange,
        epoch_secs: u64,
        now: Instant,
        settings: &Settings,
    ) -> Self {
        Self {
            id,
            range,
            parent: None,
            adjacent_parent: None,
            children: Vec::new(),
            epoch_secs,
            opened: now,
            phase: Phase::Open,
            log: Log::default(),
            buckets: Buckets::full(now, settings),
            trim_ticket: None,
            subscriptions: 0,
            touched: UNTOUCHED,
        }
    }

    /// Whether it takes records.
    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Whether nobody lists it any more.
    pub fn is_expired(&self) -> bool {
        matches!(self.phase, Phase::Expired { .. })
    }

    /// When it stopped taking records; `None` while it is open.
    pub fn closed(&self) -> Option<Instant> {
        match self.phase {
            Phase::Open => None,
            Phase::Closed { at } | Phase::Expired { closed: at } => Some(at),
        }
    }

    /// The sequence number of a record of this shard.
    #[inline]
    pub fn sequence_number(&self, index: u64, arrival: Instant) -> SequenceNumber {
        let time_secs = self.sequence_secs(arrival);
        SequenceNumber { epoch_secs: self.epoch_secs, index, time_secs, shard: self.id.0 }
    }

    /// The number before its first record.
    pub fn starting_sequence_number(&self) -> SequenceNumber {
        let (epoch_secs, time_secs) = (self.epoch_secs, self.epoch_secs);
        SequenceNumber { epoch_secs, index: 0, time_secs, shard: self.id.0 }
    }

    /// The number after its last record; `None` while it is open.
    pub fn ending_sequence_number(&self) -> Option<SequenceNumber> {
        self.closed().map(|closed| self.sequence_number(LAST_INDEX, closed))
    }

    /// The seconds that a sequence number of a given arrival shows.
    pub fn sequence_secs(&self, arrival: Instant) -> u64 {
        arrival.before(SEQUENCE_TIME_LAG).secs().max(self.epoch_secs)
    }
}
