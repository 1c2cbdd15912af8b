//! Structures that several answers share, in the order of the model.

use crate::api::value::{Fields, Value};
use crate::engine::Simulation;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::hash_key::HashKeyRange;
use crate::engine::service::names::ShardId;
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
    let metrics: Vec<Value> = metrics(stream).collect();
    vec![Fields::new().with("ShardLevelMetrics", metrics).into()]
}

/// The shard-level metrics that are on.
pub fn metrics(stream: &Stream) -> impl Iterator<Item = Value> {
    stream.monitoring.shard_metrics.iter().map(|metric| Value::Text(format!("{metric:?}")))
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
    u32::from(!stream.consumers.is_empty())
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
