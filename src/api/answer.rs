//! Structures that several answers share, in the order of the model.

use std::rc::Rc;

use crate::api::value::{Fields, Value};
use crate::engine::Simulation;
use crate::engine::service::capacity_mode::{CapacityMode, WarmThroughput};
use crate::engine::service::commitment::CommitmentStatus;
use crate::engine::service::fan_out::{Consumer, ConsumerStatus};
use crate::engine::service::hash_key::HashKeyRange;
use crate::engine::service::monitoring::{MetricsChange, ShardMetric};
use crate::engine::service::names::{ShardId, StreamName};
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::{Stream, StreamStatus};

/// A `Shard`.
pub fn shard(shard: &Shard) -> Value {
    let numbers = Fields::new()
        .with("StartingSequenceNumber", shard.starting_sequence_number().to_string())
        .with_some(
            "EndingSequenceNumber",
            shard.ending_sequence_number().map(|number| number.to_string()),
        );
    let text = |id: ShardId| id.to_string();
    Fields::new()
        .with("ShardId", shard.id.to_string())
        .with_some("ParentShardId", shard.parent.map(text))
        .with_some("AdjacentParentShardId", shard.adjacent_parent.map(text))
        .with("HashKeyRange", hash_key_range(&shard.range))
        .with("SequenceNumberRange", numbers)
        .into()
}

/// The `ChildShards` at the end of a closed shard.
pub fn child_shards(stream: &Stream, children: &[ShardId]) -> Vec<Value> {
    children
        .iter()
        .filter_map(|&child| stream.shard(child).ok())
        .map(|child| {
            let parents = child.parent.iter().chain(&child.adjacent_parent);
            let parents: Vec<Value> = parents.map(|id| Value::Text(id.to_string())).collect();
            Fields::new()
                .with("ShardId", child.id.to_string())
                .with("ParentShards", parents)
                .with("HashKeyRange", hash_key_range(&child.range))
                .into()
        })
        .collect()
}

/// `StreamModeDetails`.
pub fn mode_details(stream: &Stream) -> Fields {
    Fields::new().with(
        "StreamMode",
        match stream.mode {
            CapacityMode::Provisioned => "PROVISIONED",
            CapacityMode::OnDemand => "ON_DEMAND",
        },
    )
}

/// `RecordDistributionStrategy`, a setting that only on-demand streams have. Whether the service
/// tells a provisioned stream's is not known.
pub fn distribution(stream: &Stream) -> Option<&'static str> {
    let words = if stream.distribution.is_auto() { "AUTO" } else { "USER_PARTITION_KEY" };
    (stream.mode == CapacityMode::OnDemand).then_some(words)
}

/// `WarmThroughput`.
pub fn warm_throughput(warm: WarmThroughput) -> Fields {
    Fields::new().with("TargetMiBps", warm.target_mibps).with("CurrentMiBps", warm.current_mibps)
}

/// A stream's status.
pub fn status(stream: &Stream) -> &'static str {
    match stream.status {
        StreamStatus::Creating => "CREATING",
        StreamStatus::Active => "ACTIVE",
        StreamStatus::Updating => "UPDATING",
        StreamStatus::Deleting => "DELETING",
    }
}

/// `EnhancedMonitoring`: one entry with the metrics that are on.
pub fn enhanced_monitoring(stream: &Stream) -> Vec<Value> {
    let metrics = metrics(&stream.monitoring.shard_metrics);
    vec![Fields::new().with("ShardLevelMetrics", metrics).into()]
}

fn metrics(metrics: &[ShardMetric]) -> Vec<Value> {
    metrics.iter().map(|metric| Value::Text(metric.to_string())).collect()
}

/// What a change of the shard-level metrics answers.
pub fn metrics_change(sim: &Simulation, stream: &StreamName, change: &MetricsChange) -> Fields {
    Fields::new()
        .with("StreamName", stream.to_string())
        .with("CurrentShardLevelMetrics", metrics(&change.current))
        .with("DesiredShardLevelMetrics", metrics(&change.desired))
        .with("StreamARN", stream.arn(sim.account()))
}

/// `Tags` as a list of keys and values, in the order of their keys.
pub fn tags<'a>(tags: impl IntoIterator<Item = (&'a Rc<str>, &'a Rc<str>)>) -> Vec<Value> {
    let tag = |(key, value): (&Rc<str>, &Rc<str>)| {
        Fields::new().with("Key", key.to_string()).with("Value", value.to_string()).into()
    };
    tags.into_iter().map(tag).collect()
}

/// A `Consumer`.
pub fn consumer(sim: &Simulation, stream: &StreamName, consumer: &Consumer) -> Fields {
    let status = match consumer.status {
        ConsumerStatus::Creating => "CREATING",
        ConsumerStatus::Active => "ACTIVE",
        ConsumerStatus::Deleting => "DELETING",
    };
    Fields::new()
        .with("ConsumerName", consumer.name.to_string())
        .with("ConsumerARN", consumer.arn(sim.account(), stream))
        .with("ConsumerStatus", status)
        .with("ConsumerCreationTimestamp", consumer.created)
}

/// The account's settings: its commitment to On-demand Advantage.
pub fn account_settings(sim: &Simulation) -> Fields {
    let commitment = &sim.service().settings().commitment;
    let status = match commitment.status() {
        CommitmentStatus::Disabled => "DISABLED",
        CommitmentStatus::Enabled => "ENABLED",
        CommitmentStatus::EnabledUntilEarliestAllowedEnd => "ENABLED_UNTIL_EARLIEST_ALLOWED_END",
    };
    let commitment = Fields::new()
        .with("Status", status)
        .with_some("StartedAt", commitment.started)
        .with_some("EndedAt", commitment.ended)
        .with_some("EarliestAllowedEndAt", commitment.earliest_allowed_end());
    Fields::new().with("MinimumThroughputBillingCommitment", commitment)
}

/// `EncryptionType` and, if the stream encrypts, `KeyId`.
pub fn with_encryption(fields: Fields, stream: &Stream) -> Fields {
    match &stream.encryption.key_id {
        None => fields.with("EncryptionType", "NONE"),
        Some(key) => fields.with("EncryptionType", "KMS").with("KeyId", key.to_string()),
    }
}

/// A page of a list: what lies after `start`, at most `limit`, and whether more follows.
pub fn page<T>(items: impl Iterator<Item = T>, limit: usize) -> (Vec<T>, bool) {
    let mut items = items.fuse();
    let page: Vec<T> = items.by_ref().take(limit).collect();
    (page, items.next().is_some())
}

/// How long a page may be: what was asked for, at most `max`, which is also what nobody asked for.
pub fn page_length(asked: Option<i64>, max: usize) -> usize {
    asked.and_then(|asked| usize::try_from(asked).ok()).map_or(max, |asked| asked.min(max))
}

/// How many consumers are registered.
pub fn consumer_count(stream: &Stream) -> u32 {
    u32::try_from(stream.consumers.iter().count()).expect("at most 50 consumers")
}

fn hash_key_range(range: &HashKeyRange) -> Fields {
    Fields::new()
        .with("StartingHashKey", range.start.to_string())
        .with("EndingHashKey", range.end.to_string())
}

/// How many shards are open in all streams of a mode, or in all streams.
pub fn open_shards(sim: &Simulation) -> u32 {
    sim.service().streams().map(Stream::open_shard_count).sum()
}
