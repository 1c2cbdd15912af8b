//! Every published limit, once: its value, unit, scope and source.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>.

/// One published limit. Buckets, checks, `describe-limits`, tooltips and tests read it here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited, in a few words.
    pub name: &'static str,
    /// How much is allowed, in `unit`.
    pub value: u64,
    /// What `value` counts.
    pub unit: Unit,
    /// What each has a limit of its own.
    pub per: Scope,
    /// Where AWS says so.
    pub source: &'static str,
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of data and partition keys.
    Bytes,
    /// Bytes of data and partition keys, a second.
    BytesPerSecond,
    /// Calls a second.
    CallsPerSecond,
    /// Calls in any 24 hours.
    CallsPerDay,
    /// Things that may exist at once.
    Count,
    /// Hours.
    Hours,
    /// Records.
    Records,
    /// Records a second.
    RecordsPerSecond,
    /// Seconds.
    Seconds,
}

/// What each has a limit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The account in its Region.
    Account,
    /// A stream.
    Stream,
    /// A shard, shared by all who use it.
    Shard,
    /// A registered consumer on one shard.
    ConsumerAndShard,
    /// One call.
    Call,
    /// One record.
    Record,
}

pub(super) const QUOTAS: &str =
    "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html";
pub(super) const API: &str = "https://docs.aws.amazon.com/kinesis/latest/APIReference/";
const SIZING: &str = "https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html";
const LARGE_RECORDS: &str = "https://docs.aws.amazon.com/streams/latest/dev/large-records.html";

/// One binary kilobyte. AWS writes KB and MB and means these.
pub const KIB: u64 = 1_024;
/// One binary megabyte.
pub const MIB: u64 = 1_024 * KIB;

pub(super) const fn limit(
    name: &'static str,
    value: u64,
    unit: Unit,
    per: Scope,
    source: &'static str,
) -> Limit {
    Limit { name, value, unit, per, source }
}

/// Records written to one shard.
pub const SHARD_WRITE_RECORDS: Limit =
    limit("records written", 1_000, Unit::RecordsPerSecond, Scope::Shard, QUOTAS);
/// Bytes written to one shard, partition keys included, each record rounded up to a KiB.
pub const SHARD_WRITE_BYTES: Limit =
    limit("bytes written", MIB, Unit::BytesPerSecond, Scope::Shard, QUOTAS);
/// How many bytes an idle shard takes at once: the "capacity tank" since 2025-10.
pub const SHARD_WRITE_BURST_BYTES: Limit =
    limit("write burst", 10 * MIB, Unit::Bytes, Scope::Shard, LARGE_RECORDS);
/// The tank before 2025-10: one second's worth, the lesson of most study notes.
pub const SHARD_WRITE_BURST_BYTES_CLASSIC: Limit =
    limit("write burst before 2025-10", MIB, Unit::Bytes, Scope::Shard, QUOTAS);
/// `GetRecords` calls on one shard, shared by all who poll it.
pub const SHARD_READ_CALLS: Limit =
    limit("GetRecords calls", 5, Unit::CallsPerSecond, Scope::Shard, QUOTAS);
/// Bytes read from one shard by `GetRecords`, shared by all who poll it.
pub const SHARD_READ_BYTES: Limit =
    limit("bytes read", 2 * MIB, Unit::BytesPerSecond, Scope::Shard, QUOTAS);
/// `GetShardIterator` calls on one shard.
pub const SHARD_ITERATOR_CALLS: Limit =
    limit("GetShardIterator calls", 5, Unit::CallsPerSecond, Scope::Shard, API);
/// How long a shard iterator lives after it was issued, used or not.
pub const ITERATOR_LIFE: Limit =
    limit("life of a shard iterator", 300, Unit::Seconds, Scope::Call, API);
/// Records in one answer of `GetRecords`.
pub const GET_RECORDS_COUNT: Limit =
    limit("records in an answer", 10_000, Unit::Records, Scope::Call, API);
/// Bytes in one answer of `GetRecords`.
pub const GET_RECORDS_BYTES: Limit =
    limit("bytes in an answer", 10 * MIB, Unit::Bytes, Scope::Call, API);
/// Records in one `PutRecords` call.
pub const PUT_RECORDS_COUNT: Limit =
    limit("records in a PutRecords call", 500, Unit::Records, Scope::Call, API);
/// Bytes in one `PutRecords` call, partition keys included (5 MiB before 2025-10).
pub const PUT_RECORDS_BYTES: Limit =
    limit("bytes in a PutRecords call", 10 * MIB, Unit::Bytes, Scope::Call, API);
/// A record's data and partition key, in KiB, unless the stream allows more.
pub const MAX_RECORD_KIB_DEFAULT: u32 = 1_024;
/// A record's data and partition key, in KiB, in a stream that allows the most.
pub const MAX_RECORD_KIB_CEILING: u32 = 10_240;
/// Characters (not bytes) of a partition key.
pub const PARTITION_KEY_CHARS: Limit =
    limit("characters of a partition key", 256, Unit::Count, Scope::Record, API);
/// Shards of provisioned streams in the account (us-east-1; new accounts elsewhere have fewer).
pub const ACCOUNT_SHARDS: Limit =
    limit("provisioned shards", 20_000, Unit::Count, Scope::Account, QUOTAS);
/// Shards that `UpdateShardCount` can reach.
pub const UPDATE_SHARD_COUNT_SHARDS: Limit =
    limit("shards of UpdateShardCount", 10_000, Unit::Count, Scope::Stream, API);
/// `UpdateShardCount` calls on one stream.
pub const UPDATE_SHARD_COUNT_CALLS: Limit =
    limit("UpdateShardCount calls", 10, Unit::CallsPerDay, Scope::Stream, API);
/// Streams that may be in `CREATING` at once.
pub const STREAMS_CREATING: Limit =
    limit("streams being created", 5, Unit::Count, Scope::Account, API);
/// On-demand streams in the account (can be raised).
pub const ON_DEMAND_STREAMS: Limit =
    limit("on-demand streams", 50, Unit::Count, Scope::Account, QUOTAS);
/// Bytes that an on-demand stream can grow to take (us-east-1; a fiftieth of it elsewhere).
pub const ON_DEMAND_WRITE_BYTES: Limit =
    limit("on-demand write", 10_240 * MIB, Unit::BytesPerSecond, Scope::Stream, QUOTAS);
/// Bytes above which a shard of an on-demand stream is split (AWS: 500 KB/s).
pub const HOT_SHARD_BYTES: Limit =
    limit("bytes of a hot shard", 500 * KIB, Unit::BytesPerSecond, Scope::Shard, SIZING);
/// Switches of the capacity mode of one stream.
pub const MODE_SWITCHES: Limit =
    limit("capacity mode switches", 2, Unit::CallsPerDay, Scope::Stream, QUOTAS);
/// `StartStreamEncryption` calls on one stream; `StopStreamEncryption` has as many.
pub const ENCRYPTION_CALLS: Limit =
    limit("encryption changes", 25, Unit::CallsPerDay, Scope::Stream, API);
/// The shortest and the standard retention.
pub const RETENTION_HOURS_MIN: Limit =
    limit("shortest retention", 24, Unit::Hours, Scope::Stream, QUOTAS);
/// The longest retention (365 days, since 2020-11).
pub const RETENTION_HOURS_MAX: Limit =
    limit("longest retention", 8_760, Unit::Hours, Scope::Stream, QUOTAS);
/// Registered consumers of one stream.
pub const STREAM_CONSUMERS: Limit =
    limit("registered consumers", 20, Unit::Count, Scope::Stream, QUOTAS);
/// Registered consumers of one stream under On-demand Advantage (since 2025-11-20).
pub const STREAM_CONSUMERS_ADVANTAGE: Limit =
    limit("registered consumers with Advantage", 50, Unit::Count, Scope::Stream, QUOTAS);
/// Consumers of one stream that may be in `CREATING` at once.
pub const CONSUMERS_REGISTERING: Limit =
    limit("consumers being registered", 5, Unit::Count, Scope::Stream, API);
/// `SubscribeToShard` calls.
pub const SUBSCRIBE_CALLS: Limit =
    limit("SubscribeToShard calls", 1, Unit::CallsPerSecond, Scope::ConsumerAndShard, API);
/// Bytes pushed to one registered consumer from one shard.
pub const FAN_OUT_BYTES: Limit =
    limit("bytes pushed", 2 * MIB, Unit::BytesPerSecond, Scope::ConsumerAndShard, API);
/// How long a subscription lives before it must be renewed.
pub const SUBSCRIPTION_LIFE: Limit =
    limit("life of a subscription", 300, Unit::Seconds, Scope::ConsumerAndShard, API);
/// How soon a consumer that subscribes again takes its own subscription over.
pub const SUBSCRIPTION_GUARD: Limit =
    limit("guard of a subscription", 5, Unit::Seconds, Scope::ConsumerAndShard, API);
/// How long On-demand Advantage lasts at least, once it is enabled.
pub const COMMITMENT_HOURS: Limit =
    limit("shortest On-demand Advantage", 24, Unit::Hours, Scope::Account, API);
/// Tags of one stream or consumer.
pub const TAGS: Limit = limit("tags", 50, Unit::Count, Scope::Stream, API);
/// How long the `NextToken` of `ListShards` and its like lives.
pub const NEXT_TOKEN_LIFE: Limit =
    limit("life of a NextToken", 300, Unit::Seconds, Scope::Call, API);

/// The limits that are enforced call by call and record by record, for tables of them.
pub const DATA_PLANE: &[Limit] = &[
    SHARD_WRITE_RECORDS,
    SHARD_WRITE_BYTES,
    SHARD_WRITE_BURST_BYTES,
    SHARD_READ_CALLS,
    SHARD_READ_BYTES,
    SHARD_ITERATOR_CALLS,
    ITERATOR_LIFE,
    GET_RECORDS_COUNT,
    GET_RECORDS_BYTES,
    PUT_RECORDS_COUNT,
    PUT_RECORDS_BYTES,
    PARTITION_KEY_CHARS,
    SUBSCRIBE_CALLS,
    FAN_OUT_BYTES,
    SUBSCRIPTION_LIFE,
    SUBSCRIPTION_GUARD,
];
