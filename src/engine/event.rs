//! What has happened: past tense, one per call and shard, never one per record.
//!
//! Whoever wants the records of an event reads them from the log by their ordinals. Events are
//! drained by `Simulation::poll_event`; the engine itself never reads one.

use super::actor::ActorId;
use super::refusal::Throttle;
use super::service::fan_out::{ConsumerId, ConsumerStatus, SubscriptionEnd};
use super::service::names::{ShardId, StreamId};
use super::service::stream::StreamStatus;
use super::time::Instant;

/// One thing that has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A stream has another status; `None` when it is gone.
    StreamStatusChanged {
        /// Which stream.
        stream: StreamId,
        /// Its status now.
        status: Option<StreamStatus>,
    },
    /// A registered consumer has another status; `None` when it is gone.
    ConsumerStatusChanged {
        /// Which stream.
        stream: StreamId,
        /// Which consumer.
        consumer: ConsumerId,
        /// Its status now.
        status: Option<ConsumerStatus>,
    },
    /// Records of one call were stored in one shard.
    RecordsAccepted {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Who put them.
        actor: ActorId,
        /// The ordinal of the first; the others follow it.
        first: u64,
        /// How many.
        records: u32,
        /// Bytes of data and partition keys.
        bytes: u32,
    },
    /// Records of one call were refused by one shard.
    WritesThrottled {
        /// The first refusal of them.
        throttle: Throttle,
        /// How many.
        records: u32,
        /// Bytes of data and partition keys.
        bytes: u32,
    },
    /// A `GetRecords` call was answered.
    RecordsRead {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Who reads.
        actor: ActorId,
        /// The ordinal of the first.
        first: u64,
        /// How many; zero for an empty answer.
        records: u32,
        /// Bytes of data and partition keys.
        bytes: u32,
        /// Milliseconds from the tip of the shard.
        behind_millis: u64,
    },
    /// A `GetRecords` or `GetShardIterator` call was refused by a bucket.
    ReadThrottled(Throttle),
    /// Records were pushed to a registered consumer.
    RecordsPushed {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Who receives.
        actor: ActorId,
        /// Which consumer.
        consumer: ConsumerId,
        /// The ordinal of the first.
        first: u64,
        /// How many.
        records: u32,
        /// Bytes of data and partition keys.
        bytes: u32,
        /// Milliseconds from the tip of the shard.
        behind_millis: u64,
    },
    /// A subscription was made.
    Subscribed {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Who subscribed.
        actor: ActorId,
        /// Which consumer.
        consumer: ConsumerId,
    },
    /// A subscription ended: its life was over, another took over, or nothing is left to read.
    SubscriptionEnded {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Whose it was.
        actor: ActorId,
        /// Which consumer.
        consumer: ConsumerId,
        /// Why.
        end: SubscriptionEnd,
    },
    /// Records passed their retention.
    RecordsExpired {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// The ordinal of the first.
        first: u64,
        /// How many.
        records: u64,
        /// Bytes of data and partition keys.
        bytes: u64,
    },
    /// A shard began to take records.
    ShardOpened {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
    },
    /// A shard takes no more records.
    ShardClosed {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
    },
    /// A closed shard's last record has passed its retention.
    ShardExpired {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
    },
    /// A producer's record was refused and will be sent again.
    RecordsRetried {
        /// Whose.
        actor: ActorId,
        /// How many.
        records: u32,
        /// When.
        due: Instant,
    },
    /// A producer gave records up.
    RecordsGivenUp {
        /// Whose.
        actor: ActorId,
        /// How many.
        records: u32,
    },
    /// A producer sent again what had been stored, because the answer was lost on its way.
    RecordsDuplicated {
        /// Whose.
        actor: ActorId,
        /// How many.
        records: u32,
    },
    /// Records expired before a consumer had read them.
    RecordsLost {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Who missed them.
        actor: ActorId,
        /// The ordinal of the first.
        first: u64,
        /// How many.
        records: u64,
    },
    /// A row of a data set could not be read; the others flow on.
    RowSkipped {
        /// Whose.
        actor: ActorId,
        /// The line in the file, counted from 1.
        line: u32,
    },
}
