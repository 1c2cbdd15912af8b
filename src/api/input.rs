//! What requests name: streams and shards that have to be found first.

use crate::api::ApiError;
use crate::api::value::Fields;
use crate::api::words;
use crate::engine::Simulation;
use crate::engine::refusal::Refusal;
use crate::engine::service::account::ACCOUNT_ID;
use crate::engine::service::names::{ShardId, StreamName};
use crate::engine::service::stream::{Stream, StreamStatus};

/// The stream that a request names, by name, by ARN or by both.
pub fn stream_name(input: &Fields) -> Result<StreamName, ApiError> {
    match (input.text("StreamName"), input.text("StreamARN")) {
        (None, None) => {
            Err(words::invalid_argument("Either StreamName or StreamARN must be specified."))
        }
        (Some(name), None) => Ok(checked(name)),
        (name, Some(arn)) => {
            let of_arn = StreamName::from_arn(arn).ok_or_else(|| elsewhere(arn))?;
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
    let name = stream_name(input)?;
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
pub fn shard_id(stream: &StreamName, input: &Fields, member: &str) -> Result<ShardId, ApiError> {
    let text = input.text(member).unwrap_or_default();
    ShardId::parse(text).ok_or_else(|| words::could_not_find_shard(text, stream))
}

/// A name that validation has let through.
pub fn checked(name: &str) -> StreamName {
    StreamName::new(name).expect("the pattern of the model is that of names")
}

/// A stream of another account or Region, which is never found here.
fn elsewhere(arn: &str) -> ApiError {
    let account = arn.split(':').nth(4).filter(|account| !account.is_empty());
    let name = arn.rsplit('/').next().unwrap_or(arn);
    words::stream_not_found(name, account.unwrap_or(ACCOUNT_ID))
}
