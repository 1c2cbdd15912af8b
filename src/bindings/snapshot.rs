//! A world as scripts see it: names, states and counts, without the records.

use super::{count, millis};
use crate::api::value::{Fields, Value};
use crate::engine::Simulation;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::fan_out::ConsumerStatus;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::{Stream, StreamStatus};

/// The world as it is now.
pub fn of(sim: &Simulation) -> Fields {
    let streams = sim.service().streams().map(|stream| view(sim, stream).into());
    Fields::new()
        .with("now", millis(sim.now()))
        .with("accountId", sim.account().id().to_owned())
        .with("region", sim.account().region().to_owned())
        .with("streams", streams.collect::<Vec<Value>>())
}

/// Whether a stream or a consumer is being created, changed or deleted.
pub fn is_changing(sim: &Simulation) -> bool {
    sim.service().streams().any(|stream| {
        let mut consumers = stream.consumers.iter();
        stream.status != StreamStatus::Active
            || consumers.any(|consumer| consumer.status != ConsumerStatus::Active)
    })
}

fn view(sim: &Simulation, stream: &Stream) -> Fields {
    let consumers = stream.consumers.iter().map(|consumer| {
        let fields = Fields::new()
            .with("name", consumer.name.to_string())
            .with("arn", consumer.arn(sim.account(), &stream.name))
            .with("status", consumer.status.to_string());
        fields.into()
    });
    let shards = stream.shards().iter().filter(|shard| !shard.is_expired());
    let mode = match stream.mode {
        CapacityMode::Provisioned => "PROVISIONED",
        CapacityMode::OnDemand => "ON_DEMAND",
    };
    Fields::with_room(8)
        .with("name", stream.name.to_string())
        .with("arn", stream.name.arn(sim.account()))
        .with("status", stream.status.to_string())
        .with("mode", mode)
        .with("created", millis(stream.created))
        .with("retentionHours", stream.retention_hours)
        .with("shards", shards.map(|shard| shard_view(shard).into()).collect::<Vec<Value>>())
        .with("consumers", consumers.collect::<Vec<Value>>())
}

/// A shard: `put` counts the records ever put, `records` those that are retained.
fn shard_view(shard: &Shard) -> Fields {
    Fields::with_room(8)
        .with("id", shard.id.to_string())
        .with("isOpen", shard.is_open())
        .with_some("parent", shard.parent.map(|parent| parent.to_string()))
        .with_some("adjacentParent", shard.adjacent_parent.map(|parent| parent.to_string()))
        .with("startingHashKey", shard.range.start.to_string())
        .with("endingHashKey", shard.range.end.to_string())
        .with("put", count(shard.log.tip()))
        .with("records", count(shard.log.tip() - shard.log.horizon()))
}
