//! Parameters that several operations share.

use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::pattern::Pattern;

/// A name of a stream, shard or consumer.
pub const NAME: Kind = Kind::Text { min: 1, max: 128, pattern: Some(Pattern::Name) };
/// A key of a tag.
pub const TAG_KEY: Kind = Kind::Text { min: 1, max: 128, pattern: None };
/// What decides a record's shard.
pub const PARTITION_KEY: Kind = Kind::Text { min: 1, max: 256, pattern: None };
/// A position in a shard.
pub const SEQUENCE_NUMBER: Kind =
    Kind::Text { min: 0, max: u32::MAX, pattern: Some(Pattern::SequenceNumber) };
/// A position in the key space.
pub const HASH_KEY: Kind = Kind::Text { min: 0, max: u32::MAX, pattern: Some(Pattern::HashKey) };
/// The bytes of a record, before base64.
pub const DATA: Kind = Kind::Blob { max: 10_485_760 };
/// A count of items a page may have; the service sends fewer if it has its own bound.
pub const PAGE_LENGTH: Kind = Kind::Integer { min: Some(1), max: Some(10_000) };
/// A count of shards.
pub const SHARD_COUNT: Kind = Kind::Integer { min: Some(1), max: None };
/// Throughput kept ready for an on-demand stream.
pub const MIB_PER_SECOND: Kind = Kind::Integer { min: Some(0), max: None };
/// How large a record of the stream may be.
pub const RECORD_KIB: Kind = Kind::Integer { min: Some(1_024), max: Some(10_240) };
/// Who chooses the shards of records.
pub const DISTRIBUTION: Kind = Kind::Choice(&DISTRIBUTIONS);
/// Hours; the model has no bounds, the service checks them itself.
pub const HOURS: Kind = Kind::Integer { min: None, max: None };
/// Tags to set.
pub const TAG_MAP: Kind = Kind::Map { min: 1, max: 200, keys: (1, 128), values: (0, 256) };
/// Keys of tags to remove.
pub const TAG_KEY_LIST: Kind = Kind::List { min: 1, max: 50, of: &TAG_KEY };
/// Shard-level metrics to switch on or off.
pub const METRICS: Kind = Kind::List { min: 1, max: 7, of: &Kind::Choice(&METRIC) };

const RESOURCE: Kind = Kind::Text { min: 1, max: 2_048, pattern: Some(Pattern::ResourceArn) };
const STREAM: Kind = Kind::Text { min: 1, max: 2_048, pattern: Some(Pattern::StreamArn) };
const CONSUMER: Kind = Kind::Text { min: 1, max: 2_048, pattern: Some(Pattern::ConsumerArn) };

/// The stream by its name; `StreamARN` may stand for it.
pub const STREAM_NAME: Param = Param::optional("StreamName", NAME);
/// The stream by its ARN.
pub const STREAM_ARN: Param = Param::optional("StreamARN", STREAM);
/// The stream where it has to be told by ARN.
pub const STREAM_ARN_REQUIRED: Param = Param::required("StreamARN", STREAM);
/// The consumer by its ARN.
pub const CONSUMER_ARN: Param = Param::optional("ConsumerARN", CONSUMER);
/// The consumer where it has to be told by ARN.
pub const CONSUMER_ARN_REQUIRED: Param = Param::required("ConsumerARN", CONSUMER);
/// Whatever carries the tags.
pub const RESOURCE_ARN: Param = Param::required("ResourceARN", RESOURCE);
/// Where the page before ended.
pub const NEXT_TOKEN: Param =
    Param::optional("NextToken", Kind::Text { min: 1, max: 1_048_576, pattern: None });
/// Whether the request is only to be checked.
pub const DRY_RUN: Param = Param::optional("DryRun", Kind::Boolean);
/// Tells one stream from an earlier one of the same name.
pub const STREAM_CREATION_TIMESTAMP: Param =
    Param::optional("StreamCreationTimestamp", Kind::Timestamp);
/// The kind of encryption.
pub const ENCRYPTION_TYPE: Param = Param::required("EncryptionType", Kind::Choice(&ENCRYPTION));
/// The key of KMS.
pub const KEY_ID: Param =
    Param::required("KeyId", Kind::Text { min: 1, max: 2_048, pattern: None });

/// Provisioned or on demand.
pub const STREAM_MODE_DETAILS: Shape =
    Shape::new("StreamModeDetails", &[Param::required("StreamMode", Kind::Choice(&STREAM_MODE))]);

const STREAM_MODE: Choice = Choice::new(&["PROVISIONED", "ON_DEMAND"]);
const DISTRIBUTIONS: Choice = Choice::new(&["AUTO", "USER_PARTITION_KEY"]);
const ENCRYPTION: Choice = Choice::new(&["NONE", "KMS"]);
const METRIC: Choice = Choice::new(&[
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
    "ALL",
]);
