//! Why the service refuses: values that carry what an error text and a receipt need.

use super::actor::ActorId;
use super::service::names::{ConsumerName, ShardId, StreamId, StreamName};
use super::service::stream::StreamStatus;
use super::time::Instant;

/// Why a request was refused. `api` gives each its AWS code and words, in one exhaustive `match`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No stream has this name, or it is not yet or no longer usable.
    StreamNotFound(StreamName),
    /// A stream of this name exists.
    StreamExists(StreamName),
    /// The stream is not in the status that the request needs.
    StreamNotActive {
        /// Which stream.
        stream: StreamName,
        /// What it is instead.
        status: StreamStatus,
    },
    /// The stream has no such shard.
    ShardNotFound {
        /// Which stream.
        stream: StreamName,
        /// The shard asked for.
        shard: ShardId,
    },
    /// The shard was split or merged before: it can be read, but neither split nor merged.
    ShardNotOpen {
        /// Which stream.
        stream: StreamName,
        /// The shard asked for.
        shard: ShardId,
    },
    /// A bucket of a shard does not hold what was asked for.
    Throttled(Throttle),
    /// The account would have more shards than its limit.
    ShardLimit {
        /// Shards that it has.
        current: u64,
        /// Shards that it may have.
        limit: u64,
        /// Shards that the request would have added.
        additional: u64,
    },
    /// Too many streams are being created at once.
    TooManyCreating,
    /// Too many on-demand streams.
    TooManyOnDemand,
    /// A control-plane call came too often.
    RateExceeded(Option<StreamName>),
    /// A record is larger than the stream allows.
    RecordTooLarge {
        /// Bytes of data and partition key.
        size: u64,
        /// Bytes that the stream allows.
        max: u64,
    },
    /// The records of one call are larger than a call may be, together.
    RecordsTooLarge,
    /// A token that is no shard iterator of this account.
    InvalidIterator,
    /// A shard iterator older than its life.
    ExpiredIterator {
        /// When it was issued.
        created: Instant,
        /// When it was used.
        now: Instant,
    },
    /// A sequence number that is none, used where one is needed.
    InvalidSequenceNumber {
        /// The text that was given.
        number: String,
        /// Which stream.
        stream: StreamName,
        /// Which shard; `None` for a put.
        shard: Option<ShardId>,
        /// Whether it is well formed, but of another stream.
        foreign: bool,
    },
    /// The sequence number 0, of a layout that no stream has any more, as a place to start at.
    SequenceNumberZero,
    /// A sequence number of another shard.
    WrongShardOfSequenceNumber {
        /// The shard in the number.
        encoded: ShardId,
        /// The shard asked for.
        asked: ShardId,
    },
    /// A timestamp of an iterator lies in the future.
    TimestampInFuture {
        /// The timestamp.
        timestamp: Instant,
        /// When it was asked.
        now: Instant,
    },
    /// A split that would leave a child no room: the rule is strict on both sides.
    InvalidSplit {
        /// Which stream.
        stream: StreamName,
        /// Which shard.
        shard: ShardId,
        /// The border asked for.
        at: super::service::hash_key::HashKey,
        /// What the shard owns.
        range: super::service::hash_key::HashKeyRange,
    },
    /// Two shards that do not lie side by side, or not in this order.
    NotAdjacent {
        /// Which stream.
        stream: StreamName,
        /// The shard to merge.
        shard: ShardId,
        /// The other one.
        adjacent: ShardId,
    },
    /// `UpdateShardCount` beyond double or half of the open shards.
    ScalesTooFar {
        /// Open shards.
        open: u32,
        /// Shards asked for.
        target: u32,
    },
    /// `UpdateShardCount` beyond what it can reach.
    TooManyShards {
        /// Shards asked for.
        target: u32,
    },
    /// A call that a stream allows only so often in any 24 hours.
    TooOftenADay {
        /// Which stream.
        stream: StreamName,
        /// Which call.
        call: DailyCall,
    },
    /// A call for provisioned streams on an on-demand stream.
    OnDemandOnly(StreamName),
    /// A call for on-demand streams on a provisioned stream.
    ProvisionedOnly(StreamName),
    /// A retention below the shortest.
    RetentionTooShort {
        /// Hours asked for.
        hours: i64,
    },
    /// A retention above the longest.
    RetentionTooLong {
        /// Hours asked for.
        hours: i64,
    },
    /// An increase that is none.
    RetentionNotLonger {
        /// Which stream.
        stream: StreamName,
        /// Hours asked for.
        hours: i64,
        /// Hours that it has.
        current: u32,
    },
    /// A decrease that is none.
    RetentionNotShorter {
        /// Which stream.
        stream: StreamName,
        /// Hours asked for.
        hours: i64,
        /// Hours that it has.
        current: u32,
    },
    /// More tags than a stream may have.
    TooManyTags(StreamName),
    /// A tag with characters that tags cannot have.
    InvalidTag,
    /// No consumer has this name (or ARN).
    ConsumerNotFound(String),
    /// A consumer of this name is registered.
    ConsumerExists {
        /// Which stream.
        stream: StreamName,
        /// Which consumer.
        consumer: ConsumerName,
    },
    /// The consumer is still being registered or already being removed.
    ConsumerNotActive {
        /// Which stream.
        stream: StreamName,
        /// Which consumer.
        consumer: ConsumerName,
        /// When it was registered.
        created: Instant,
    },
    /// More registered consumers than a stream may have.
    TooManyConsumers(StreamName),
    /// Too many consumers being registered at once.
    TooManyRegistering(StreamName),
    /// The stream cannot be deleted while consumers are registered.
    ConsumersRegistered(StreamName),
    /// The consumer subscribed to this shard less than 5 seconds ago.
    SubscriptionActive {
        /// Which consumer.
        consumer: ConsumerName,
        /// Which shard.
        shard: ShardId,
    },
    /// The consumer called `SubscribeToShard` for this shard less than a second ago.
    SubscribesTooOften {
        /// Which consumer.
        consumer: ConsumerName,
        /// Which shard.
        shard: ShardId,
    },
    /// A pagination token that is none, or of another list.
    InvalidNextToken,
    /// A pagination token older than its life.
    ExpiredNextToken,
    /// Warm throughput without On-demand Advantage.
    NeedsAdvantage,
    /// An argument that makes no sense, in words of our own where AWS's are not known.
    InvalidArgument(String),
}

/// Calls that a stream allows only so often in any 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DailyCall {
    /// `UpdateShardCount`, 10 a day.
    UpdateShardCount,
    /// `UpdateStreamMode`, 2 a day.
    UpdateStreamMode,
    /// `StartStreamEncryption`, 25 a day.
    StartStreamEncryption,
    /// `StopStreamEncryption`, 25 a day.
    StopStreamEncryption,
}

/// The buckets of a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Records written, 1,000 a second.
    WriteRecords,
    /// Bytes written, 1 MiB a second.
    WriteBytes,
    /// `GetRecords` calls, 5 a second.
    ReadCalls,
    /// Bytes read by `GetRecords`, 2 MiB a second.
    ReadBytes,
    /// `GetShardIterator` calls, 5 a second.
    IteratorCalls,
}

/// What a bucket looked like when it refused: the receipt's raw material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Throttle {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// Whose request.
    pub actor: ActorId,
    /// Which bucket.
    pub bucket: Bucket,
    /// Tokens asked for.
    pub asked: u32,
    /// Whole tokens that it held.
    pub level: u32,
    /// Tokens that it owed.
    pub debt: u32,
    /// When it would have fitted, had nobody else come.
    pub fits_at: Instant,
}
