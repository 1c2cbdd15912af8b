//! What requests name: streams and shards that have to be found first.

use crate::api::ApiError;
use crate::api::authorization::stream_of_token;
use crate::api::validation::clamped;
use crate::api::value::Fields;
use crate::api::words;
use crate::engine::Simulation;
use crate::engine::find::find;
use crate::engine::refusal::Refusal;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::distribution::Distribution;
use crate::engine::service::fan_out::Consumer;
use crate::engine::service::monitoring::ShardMetric;
use crate::engine::service::names::{ConsumerName, ShardId, StreamId, StreamName};
use crate::engine::service::stream::{Stream, StreamStatus};
use crate::engine::service::tags::{Tagged, Tags};

/// The stream that a request is about, in whatever way it says so, if it exists: a page's token
/// and an iterator say so too.
pub fn named_stream(sim: &Simulation, input: &Fields) -> Option<StreamId> {
    let arn = || ["StreamARN", "ConsumerARN", "ResourceARN"].iter().find_map(|arn| input.text(arn));
    let name = match input.text("StreamName") {
        Some(name) => StreamName::new(name),
        None => match arn() {
            Some(arn) => StreamName::from_arn(sim.account(), arn),
            None => return stream_of_token(sim, input),
        },
    };
    sim.service().stream_id(&name?).ok()
}

/// The stream that a request names, by name, by ARN or by both.
pub fn stream_name(sim: &Simulation, input: &Fields) -> Result<StreamName, ApiError> {
    match (input.text("StreamName"), input.text("StreamARN")) {
        (None, None) => {
            Err(words::invalid_argument("Either StreamName or StreamARN must be specified."))
        }
        (Some(name), None) => Ok(checked(name)),
        (name, Some(arn)) => {
            let of_arn =
                StreamName::from_arn(sim.account(), arn).ok_or_else(|| elsewhere(sim, arn))?;
            if name.is_some_and(|name| name != of_arn.as_str()) {
                return Err(words::invalid_argument(
                    "StreamName and StreamARN name different streams.",
                ));
            }
            Ok(of_arn)
        }
    }
}

/// The stream that a request names, if it exists in whatever status.
pub fn stream<'a>(sim: &'a Simulation, input: &Fields) -> Result<&'a Stream, ApiError> {
    let name = stream_name(sim, input)?;
    sim.service().stream_named(&name).map_err(|refusal| words::refused(sim, refusal))
}

/// The stream that a request names, if records can be put and got; one that is being created is
/// not found yet.
pub fn usable_stream<'a>(sim: &'a Simulation, input: &Fields) -> Result<&'a Stream, ApiError> {
    let stream = stream(sim, input)?;
    match stream.status {
        StreamStatus::Active | StreamStatus::Updating => Ok(stream),
        StreamStatus::Creating | StreamStatus::Deleting => {
            Err(words::refused(sim, Refusal::StreamNotFound(stream.name.clone())))
        }
    }
}

/// The shard called `member`, which need not exist.
pub fn shard_id(
    sim: &Simulation,
    stream: &StreamName,
    input: &Fields,
    member: &str,
) -> Result<ShardId, ApiError> {
    let text = input.text(member).unwrap_or_default();
    ShardId::parse(text).ok_or_else(|| words::could_not_find_shard(sim, text, stream))
}

/// The capacity mode that a request names.
pub fn mode(input: &Fields) -> Option<CapacityMode> {
    match input.fields("StreamModeDetails")?.text("StreamMode") {
        Some("PROVISIONED") => Some(CapacityMode::Provisioned),
        _ => Some(CapacityMode::OnDemand),
    }
}

/// Who shall choose the shards of records.
pub fn distribution(input: &Fields) -> Distribution {
    match input.text("RecordDistributionStrategy") {
        Some("AUTO") => Distribution::AUTO,
        _ => Distribution::UserPartitionKey,
    }
}

/// A whole number that validation has let through: not negative, at most 2^31 − 1.
pub fn count(input: &Fields, member: &str) -> Option<u32> {
    input.integer(member).and_then(|number| u32::try_from(clamped(number)).ok())
}

/// Refuses a stream that was created at another time than the request says.
pub fn check_creation(sim: &Simulation, stream: &Stream, input: &Fields) -> Result<(), ApiError> {
    match input.timestamp("StreamCreationTimestamp") {
        Some(created) if created.secs() != stream.created.secs() => {
            Err(words::stream_not_found(stream.name.as_str(), sim.account().id()))
        }
        _ => Ok(()),
    }
}

/// Refuses any encryption but that of KMS: the model knows `NONE`, which nothing can be set to.
pub fn check_kms(input: &Fields) -> Result<(), ApiError> {
    match input.text("EncryptionType") {
        Some("KMS") => Ok(()),
        _ => Err(words::invalid_argument("EncryptionType must be KMS.")),
    }
}

/// The shard-level metrics that a request names; `ALL` stands for every one.
pub fn metrics(input: &Fields) -> Vec<ShardMetric> {
    let named: Option<Vec<_>> = input.texts("ShardLevelMetrics").map(ShardMetric::named).collect();
    named.unwrap_or_else(|| ShardMetric::ALL.to_vec())
}

/// The tags of a request.
pub fn tags(sim: &Simulation, input: &Fields) -> Result<Tags, ApiError> {
    let tags = input.map("Tags").iter().map(|(key, value)| (key.as_str(), value.as_str()));
    Tags::checked(tags).map_err(|refusal| words::refused(sim, refusal))
}

/// What a request's `ResourceARN` names: a stream, or a registered consumer.
pub fn tagged(sim: &Simulation, input: &Fields) -> Result<Tagged, ApiError> {
    let arn = input.text("ResourceARN").unwrap_or_default();
    if find(arn, "/consumer/").is_some() {
        let found = sim.service().consumer_of_arn(arn);
        let (stream, consumer) = found.map_err(|refusal| words::refused(sim, refusal))?;
        return Ok(Tagged::Consumer(stream.id, consumer.id));
    }
    let name = StreamName::from_arn(sim.account(), arn).ok_or_else(|| elsewhere(sim, arn))?;
    let id = sim.service().stream_id(&name);
    id.map(Tagged::Stream).map_err(|refusal| words::refused(sim, refusal))
}

/// The registered consumer that a request names, by its ARN or by its stream and name.
pub fn consumer<'a>(
    sim: &'a Simulation,
    input: &Fields,
) -> Result<(&'a Stream, &'a Consumer), ApiError> {
    let found = match (input.text("ConsumerARN"), input.text("ConsumerName")) {
        (Some(arn), _) => sim.service().consumer_of_arn(arn),
        (None, Some(_)) if input.text("StreamARN").is_some() => {
            let stream = stream_name(sim, input)?;
            sim.service().consumer_named(&stream, &consumer_name(input))
        }
        _ => {
            return Err(words::invalid_argument(
                "Either ConsumerARN or both StreamARN and ConsumerName must be specified.",
            ));
        }
    };
    found.map_err(|refusal| words::refused(sim, refusal))
}

/// A consumer's name that validation has let through.
pub fn consumer_name(input: &Fields) -> ConsumerName {
    let name = ConsumerName::new(input.text("ConsumerName").unwrap_or_default());
    name.expect("the pattern of the model is that of names")
}

/// A name that validation has let through.
pub fn checked(name: &str) -> StreamName {
    StreamName::new(name).expect("the pattern of the model is that of names")
}

/// A stream of another account or Region, which is never found here.
fn elsewhere(sim: &Simulation, arn: &str) -> ApiError {
    let account = arn.split(':').nth(4).filter(|account| !account.is_empty());
    let name = arn.rsplit('/').next().unwrap_or(arn);
    words::stream_not_found(name, account.unwrap_or(sim.account().id()))
}
