//! `DescribeStream`: describes a stream with its shards, page by page.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Pages, Param, Shape, Token};
use crate::api::params;
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::names::ShardId;

pub(super) const ROW: Row = Row {
    doc: "Describes a stream with its shards, page by page.",
    pages: Some(Pages {
        input_token: "ExclusiveStartShardId",
        output_token: Token::LastOf {
            list: &["StreamDescription", "Shards"],
            member: "ShardId",
            more: &["StreamDescription", "HasMoreShards"],
        },
        limit: "Limit",
        implied: &[],
        results: &[&["StreamDescription", "Shards"]],
        rest: &[
            &["StreamDescription", "StreamARN"],
            &["StreamDescription", "StreamName"],
            &["StreamDescription", "StreamStatus"],
            &["StreamDescription", "RetentionPeriodHours"],
            &["StreamDescription", "EnhancedMonitoring"],
            &["StreamDescription", "EncryptionType"],
            &["StreamDescription", "KeyId"],
            &["StreamDescription", "StreamCreationTimestamp"],
        ],
    }),
    operation: Operation {
        name: "DescribeStream",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "DescribeStream",
            members: &[
                params::STREAM_NAME,
                Param::optional("Limit", params::PAGE_LENGTH),
                Param::optional("ExclusiveStartShardId", params::NAME),
                params::STREAM_ARN,
            ],
            checked: &["Limit", "ExclusiveStartShardId", "StreamName"],
        },
        call: Some(describe_stream),
    },
};

/// Shards of a page, whatever was asked for.
const PAGE_MAX: usize = 100;

fn describe_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::stream(sim, input)?;
    let after = match input.text("ExclusiveStartShardId") {
        Some(_) => Some(input::shard_id(sim, &stream.name, input, "ExclusiveStartShardId")?),
        None => None,
    };
    let is_listed = |id: ShardId| after.is_none_or(|after| id > after);
    let shards = stream.shards().iter().filter(|shard| !shard.is_expired() && is_listed(shard.id));
    let length = answer::page_length(input.integer("Limit"), PAGE_MAX);
    let (shards, has_more) = answer::page(shards.map(answer::shard), length);
    let description = Fields::new()
        .with("StreamName", stream.name.to_string())
        .with("StreamARN", stream.name.arn(sim.account()))
        .with("StreamStatus", answer::status(stream))
        .with("StreamModeDetails", answer::mode_details(stream))
        .with("Shards", shards)
        .with("HasMoreShards", has_more)
        .with("RetentionPeriodHours", stream.retention_hours)
        .with("StreamCreationTimestamp", stream.created)
        .with("EnhancedMonitoring", answer::enhanced_monitoring(stream));
    let description = answer::with_encryption(description, stream);
    Ok(Fields::new().with("StreamDescription", Value::Fields(description)))
}
