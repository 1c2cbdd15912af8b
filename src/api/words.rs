//! What refusals say: AWS's exceptions and AWS's words, as far as anyone has recorded them.
//!
//! Read first: <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Operations.html>.

mod date;

use crate::api::ApiError;
use crate::engine::Simulation;
use crate::engine::refusal::{DailyCall, Refusal, Throttle};
use crate::engine::service::account::Account;
use crate::engine::service::limits;
use crate::engine::service::names::{ConsumerName, ShardId, StreamName};
use crate::engine::time::Instant;
pub use date::java_date;

/// A refusal of the service in AWS's words.
pub fn refused(sim: &Simulation, refusal: Refusal) -> ApiError {
    let (code, message) = words(sim, refusal);
    let status = if code == INTERNAL { 500 } else { 400 };
    ApiError { code, message, status }
}

/// The same where records are read, which has words of its own for a shard that is not there.
pub fn refused_read(sim: &Simulation, refusal: Refusal) -> ApiError {
    let account = sim.account().id();
    match refusal {
        Refusal::ShardNotFound { stream, shard } => ApiError::new(
            NOT_FOUND,
            format!("Shard {shard} in stream {stream} under account {account} does not exist"),
        ),
        other => refused(sim, other),
    }
}

/// The refusal of a record or a call that did not fit.
pub fn throttled(sim: &Simulation, stream: &StreamName, shard: ShardId) -> ApiError {
    let account = sim.account().id();
    ApiError::new(
        "ProvisionedThroughputExceededException",
        format!("Rate exceeded for shard {shard} in stream {stream} under account {account}."),
    )
}

/// The refusal of an argument, in AWS's words or, where nobody has recorded them, in our own.
pub fn invalid_argument(message: impl Into<String>) -> ApiError {
    ApiError::new(INVALID, message)
}

/// The refusal of a stream that is not there.
pub fn stream_not_found(name: &str, account: &str) -> ApiError {
    ApiError::new(NOT_FOUND, format!("Stream {name} under account {account} not found."))
}

/// The refusal of a shard whose name cannot be a shard's.
pub fn could_not_find_shard(sim: &Simulation, shard: &str, stream: &StreamName) -> ApiError {
    let account = sim.account().id();
    ApiError::new(
        NOT_FOUND,
        format!("Could not find shard {shard} in stream {stream} under account {account}."),
    )
}

const NOT_FOUND: &str = "ResourceNotFoundException";
const IN_USE: &str = "ResourceInUseException";
const LIMIT: &str = "LimitExceededException";
const INVALID: &str = "InvalidArgumentException";
/// As recorded: without the `Exception` that the model's name has, and without words.
const INTERNAL: &str = "InternalFailure";
const VALIDATION: &str = "ValidationException";

#[expect(clippy::too_many_lines, reason = "one arm a refusal: the compiler lists what is missing")]
fn words(sim: &Simulation, refusal: Refusal) -> (&'static str, String) {
    let account = sim.account().id();
    match refusal {
        Refusal::Throttled(throttle) => throttle_words(sim, throttle),
        Refusal::StreamNotFound(stream) => {
            (NOT_FOUND, format!("{} not found.", of(account, &stream)))
        }
        Refusal::StreamExists(stream) => {
            (IN_USE, format!("{} already exists.", of(account, &stream)))
        }
        Refusal::StreamNotActive { stream, status } => {
            (IN_USE, format!("{} not ACTIVE, instead in state {status}", of(account, &stream)))
        }
        Refusal::ShardNotFound { stream, shard } => {
            (NOT_FOUND, could_not_find_shard(sim, &shard.to_string(), &stream).message)
        }
        // As emulators answer; no recording of the real service is at hand.
        Refusal::ShardNotOpen { stream, shard } => (
            IN_USE,
            format!(
                "Shard {shard} in {} has already been merged or split, and thus is not eligible \
                 for merging or splitting.",
                in_stream(account, &stream)
            ),
        ),
        Refusal::ShardLimit { current, limit, additional } => {
            (LIMIT, shard_limit(sim.account(), current, limit, additional))
        }
        Refusal::TooManyCreating => (LIMIT, too_many_creating()),
        Refusal::TooManyOnDemand => (LIMIT, too_many_on_demand(sim.account())),
        Refusal::RateExceeded(Some(stream)) => {
            (LIMIT, format!("Rate exceeded for {}.", in_stream(account, &stream)))
        }
        Refusal::RateExceeded(None) => (LIMIT, format!("Rate exceeded for account {account}.")),
        Refusal::RecordTooLarge { size, max } => (VALIDATION, record_too_large(size, max)),
        Refusal::RecordsTooLarge => (INVALID, "Records size exceeds 10 MB limit".to_owned()),
        Refusal::InvalidIterator => (INVALID, "Invalid ShardIterator.".to_owned()),
        Refusal::ExpiredIterator { created, now } => {
            ("ExpiredIteratorException", expired_iterator(created, now))
        }
        Refusal::InvalidSequenceNumber { number, stream, shard, foreign } => {
            let why = if foreign { " because it did not come from this stream" } else { "" };
            (INVALID, invalid_sequence_number(account, &number, &stream, shard, why))
        }
        Refusal::SequenceNumberZero => (INTERNAL, String::new()),
        Refusal::WrongShardOfSequenceNumber { encoded, asked } => (
            INVALID,
            format!(
                "Invalid StartingSequenceNumber. It encodes {encoded}, while it was used in a call \
                 to a shard with {asked}"
            ),
        ),
        Refusal::TimestampInFuture { timestamp, now } => (INVALID, in_future(timestamp, now)),
        Refusal::InvalidSplit { stream, shard, at, range } => (
            INVALID,
            format!(
                "NewStartingHashKey {at} used in SplitShard() on shard {shard} in {} is not both \
                 greater than one plus the shard's StartingHashKey {} and less than the shard's \
                 EndingHashKey {}.",
                in_stream(account, &stream),
                range.start,
                range.end
            ),
        ),
        Refusal::NotAdjacent { stream, shard, adjacent } => (
            INVALID,
            format!(
                "Shards {shard} and {adjacent} in {} are not an adjacent pair of shards eligible \
                 for merging",
                in_stream(account, &stream)
            ),
        ),
        Refusal::ScalesTooFar { open, target } => (LIMIT, scales_too_far(open, target)),
        Refusal::TooManyShards { target } => (LIMIT, too_many_shards(target)),
        Refusal::TooOftenADay { stream, call } => (LIMIT, too_often_a_day(account, &stream, call)),
        Refusal::OnDemandOnly(stream) => (VALIDATION, wrong_mode(account, &stream, "On-Demand")),
        Refusal::ProvisionedOnly(stream) => {
            (VALIDATION, wrong_mode(account, &stream, "Provisioned"))
        }
        Refusal::RetentionTooShort { hours } => (INVALID, retention_too_short(hours)),
        Refusal::RetentionTooLong { hours } => (INVALID, retention_too_long(hours)),
        Refusal::RetentionNotLonger { stream, hours, current } => (
            INVALID,
            format!(
                "Requested retention period ({hours} hours) for stream {stream} can not be shorter \
                 than existing retention period ({current} hours). Use DecreaseRetentionPeriod API."
            ),
        ),
        Refusal::RetentionNotShorter { stream, hours, current } => (
            INVALID,
            format!(
                "Requested retention period ({hours} hours) for stream {stream} can not be longer \
                 than existing retention period ({current} hours). Use IncreaseRetentionPeriod API."
            ),
        ),
        Refusal::TooManyTags(stream) => (INVALID, too_many_tags(account, &stream)),
        Refusal::InvalidTag => (INVALID, INVALID_TAG.to_owned()),
        Refusal::ConsumerNotFound(consumer) => {
            (NOT_FOUND, format!("Consumer {consumer}, account {account} not found."))
        }
        Refusal::ConsumerExists { stream, consumer } => (
            IN_USE,
            format!("Consumer {consumer} under {} already exists.", in_stream(account, &stream)),
        ),
        Refusal::ConsumerNotActive { stream, consumer, created } => {
            (IN_USE, consumer_not_active(account, &stream, &consumer, created))
        }
        Refusal::TooManyConsumers(stream) => (
            LIMIT,
            format!("{} has as many registered consumers as it may have.", of(account, &stream)),
        ),
        Refusal::TooManyRegistering(stream) => (
            LIMIT,
            format!(
                "{} has {} consumers in status CREATING, which is as many as it may have.",
                of(account, &stream),
                limits::CONSUMERS_REGISTERING.value
            ),
        ),
        Refusal::ConsumersRegistered(stream) => {
            (IN_USE, format!("{} has registered consumers.", of(account, &stream)))
        }
        Refusal::SubscriptionActive { consumer, shard } => (
            IN_USE,
            format!("Another active subscription exists for this consumer: {consumer} on {shard}"),
        ),
        Refusal::SubscribesTooOften { consumer, shard } => {
            (LIMIT, format!("Rate exceeded for consumer {consumer} and shard {shard}."))
        }
        Refusal::InvalidNextToken => (INVALID, "NextToken is invalid.".to_owned()),
        Refusal::ExpiredNextToken => {
            ("ExpiredNextTokenException", "The provided NextToken has expired.".to_owned())
        }
        Refusal::NeedsAdvantage => (VALIDATION, NEEDS_ADVANTAGE.to_owned()),
        Refusal::InvalidArgument(message) => (INVALID, message),
    }
}

const INVALID_TAG: &str = "Some tags contain invalid characters. Valid characters: Unicode \
                           letters, digits, white space, _ . / = + - % @.";
const NEEDS_ADVANTAGE: &str = "WarmThroughputMiBps needs MinimumThroughputBillingCommitment to be \
                               ENABLED for the account: see UpdateAccountSettings.";

/// `Stream orders under account 123456789012`.
fn of(account: &str, stream: &StreamName) -> String {
    format!("Stream {stream} under account {account}")
}

/// `stream orders under account 123456789012`.
fn in_stream(account: &str, stream: &StreamName) -> String {
    format!("stream {stream} under account {account}")
}

fn throttle_words(sim: &Simulation, throttle: Throttle) -> (&'static str, String) {
    let stream = sim.service().stream(throttle.stream).expect("it refused just now");
    let error = throttled(sim, &stream.name, throttle.shard);
    (error.code, error.message)
}

fn shard_limit(account: &Account, current: u64, limit: u64, additional: u64) -> String {
    let (id, region) = (account.id(), account.region());
    format!(
        "This request would exceed the shard limit for the account {id} in {region}. \
         Current shard count for the account: {current}. Limit: {limit}. Number of additional \
         shards that would have resulted from this request: {additional}. Refer to the AWS Service \
         Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for \
         current limits and how to request higher limits."
    )
}

fn too_many_creating() -> String {
    format!(
        "This request would have exceed the limit on the number of streams that can \
         simultaneously be in CREATING or DELETING. Limit: {}",
        limits::STREAMS_CREATING.value
    )
}

fn too_many_on_demand(account: &Account) -> String {
    let (id, region) = (account.id(), account.region());
    format!(
        "This request would exceed the limit of {} on-demand streams for the account {id} \
         in {region}.",
        limits::ON_DEMAND_STREAMS.value
    )
}

/// As recorded when the model's own limit was 1 MiB; nobody has recorded today's words.
fn record_too_large(size: u64, max: u64) -> String {
    format!(
        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim={size} cap={size}]' \
         at 'data' failed to satisfy constraint: Member must have length less than or equal to \
         {max}"
    )
}

fn expired_iterator(created: Instant, now: Instant) -> String {
    format!(
        "Iterator expired. The iterator was created at time {} while right now it is {} which is \
         further in the future than the tolerated delay of {} milliseconds.",
        java_date(created),
        java_date(now),
        limits::ITERATOR_LIFE.value * 1_000
    )
}

fn invalid_sequence_number(
    account: &str,
    number: &str,
    stream: &StreamName,
    shard: Option<ShardId>,
    why: &str,
) -> String {
    let stream = in_stream(account, stream);
    match shard {
        Some(shard) => format!(
            "StartingSequenceNumber {number} used in GetShardIterator on shard {shard} in {stream} \
             is invalid{why}."
        ),
        None => format!(
            "ExclusiveMinimumSequenceNumber {number} used in PutRecord on {stream} is invalid{why}."
        ),
    }
}

fn in_future(timestamp: Instant, now: Instant) -> String {
    let (timestamp, now) = (timestamp.millis(), now.millis());
    format!(
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. \
         timestampInMillis: {timestamp}, currentTimestampInMillis: {now}"
    )
}

fn scales_too_far(open: u32, target: u32) -> String {
    let bound = if target > open { "up over double" } else { "down below half" };
    format!(
        "UpdateShardCount cannot scale {bound} your current open shard count. Current open shard \
         count: {open} Target shard count: {target}"
    )
}

fn too_many_shards(target: u32) -> String {
    let max = limits::UPDATE_SHARD_COUNT_SHARDS.value;
    format!("UpdateShardCount cannot scale beyond {max} shards. Target shard count: {target}")
}

fn too_often_a_day(account: &str, stream: &StreamName, call: DailyCall) -> String {
    let (what, times) = match call {
        DailyCall::UpdateStreamMode => {
            return "You cannot update the capacity mode of your data stream more than twice within \
                    24 hours."
                .to_owned();
        }
        DailyCall::UpdateShardCount => ("UpdateShardCount", limits::UPDATE_SHARD_COUNT_CALLS.value),
        DailyCall::StartStreamEncryption => {
            ("StartStreamEncryption", limits::ENCRYPTION_CALLS.value)
        }
        DailyCall::StopStreamEncryption => ("StopStreamEncryption", limits::ENCRYPTION_CALLS.value),
    };
    format!(
        "{what} can be called at most {times} times within 24 hours on {}.",
        in_stream(account, stream)
    )
}

fn wrong_mode(account: &str, stream: &StreamName, mode: &str) -> String {
    format!("Request is invalid. {} is in {mode} mode.", of(account, stream))
}

fn retention_too_short(hours: i64) -> String {
    format!(
        "Minimum allowed retention period is {} hours. Requested retention period ({hours} hours) \
         is too short.",
        limits::RETENTION_HOURS_MIN.value
    )
}

fn retention_too_long(hours: i64) -> String {
    format!(
        "Maximum allowed retention period is {} hours. Requested retention period ({hours} hours) \
         is too long.",
        limits::RETENTION_HOURS_MAX.value
    )
}

fn too_many_tags(account: &str, stream: &StreamName) -> String {
    format!(
        "Failed to add tags to {} because a given stream cannot have more than {} tags associated \
         with it.",
        in_stream(account, stream),
        limits::TAGS.value
    )
}

fn consumer_not_active(
    account: &str,
    stream: &StreamName,
    consumer: &ConsumerName,
    created: Instant,
) -> String {
    format!(
        "Consumer {consumer} with creation timestamp {} under stream: {stream} , account \
         {account} is not in ACTIVE status.",
        created.secs()
    )
}
