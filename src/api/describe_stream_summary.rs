//! `DescribeStreamSummary`: describes a stream without its shards.

use crate::api::authorization::Resource;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::{ApiError, Operation, Plane, Row};

pub(super) const ROW: Row = Row {
    doc: "Describes a stream without its shards.",
    pages: None,
    operation: Operation {
        name: "DescribeStreamSummary",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new("DescribeStreamSummary", &[params::STREAM_NAME, params::STREAM_ARN]),
        call: Some(describe_stream_summary),
    },
};

fn describe_stream_summary(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::stream(sim, input)?;
    let summary = Fields::new()
        .with("StreamName", stream.name.to_string())
        .with("StreamARN", stream.name.arn(sim.account()))
        .with("StreamStatus", answer::status(stream))
        .with("StreamModeDetails", answer::mode_details(stream))
        .with("RetentionPeriodHours", stream.retention_hours)
        .with("StreamCreationTimestamp", stream.created)
        .with("EnhancedMonitoring", answer::enhanced_monitoring(stream));
    let summary = answer::with_encryption(summary, stream)
        .with("OpenShardCount", stream.open_shard_count())
        .with("ConsumerCount", answer::consumer_count(stream))
        .with_some("WarmThroughput", stream.warm_throughput().map(answer::warm_throughput))
        .with("MaxRecordSizeInKiB", stream.max_record_kib)
        .with_some("RecordDistributionStrategy", answer::distribution(stream));
    Ok(Fields::new().with("StreamDescriptionSummary", summary))
}
use crate::api::answer;
use crate::api::input;
use crate::api::value::Fields;
use crate::engine::Simulation;
