//! A world as scripts see it: names, states and counts, without the records.

use crate::engine::Simulation;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::fan_out::ConsumerStatus;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::{Stream, StreamStatus};
use serde::Serialize;

/// A world.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    now: f64,
    account_id: String,
    region: String,
    streams: Vec<StreamView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StreamView {
    name: String,
    arn: String,
    status: String,
    mode: &'static str,
    created: f64,
    retention_hours: u32,
    shards: Vec<ShardView>,
    consumers: Vec<ConsumerView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShardView {
    id: String,
    is_open: bool,
    parent: Option<String>,
    adjacent_parent: Option<String>,
    starting_hash_key: String,
    ending_hash_key: String,
    /// Records ever put.
    put: f64,
    /// Records that are retained.
    records: f64,
}

#[derive(Serialize)]
struct ConsumerView {
    name: String,
    arn: String,
    status: String,
}

/// The world as it is now.
pub fn of(sim: &Simulation) -> Snapshot {
    Snapshot {
        now: super::millis(sim.now()),
        account_id: sim.account().id().to_owned(),
        region: sim.account().region().to_owned(),
        streams: sim.service().streams().map(|stream| view(sim, stream)).collect(),
    }
}

/// Whether a stream or a consumer is being created, changed or deleted.
pub fn is_changing(sim: &Simulation) -> bool {
    sim.service().streams().any(|stream| {
        let mut consumers = stream.consumers.iter();
        stream.status != StreamStatus::Active
            || consumers.any(|consumer| consumer.status != ConsumerStatus::Active)
    })
}

fn view(sim: &Simulation, stream: &Stream) -> StreamView {
    let consumers = stream.consumers.iter().map(|consumer| ConsumerView {
        name: consumer.name.to_string(),
        arn: consumer.arn(sim.account(), &stream.name),
        status: consumer.status.to_string(),
    });
    let shards = stream.shards().iter().filter(|shard| !shard.is_expired());
    StreamView {
        name: stream.name.to_string(),
        arn: stream.name.arn(sim.account()),
        status: stream.status.to_string(),
        mode: match stream.mode {
            CapacityMode::Provisioned => "PROVISIONED",
            CapacityMode::OnDemand => "ON_DEMAND",
        },
        created: super::millis(stream.created),
        retention_hours: stream.retention_hours,
        shards: shards.map(shard_view).collect(),
        consumers: consumers.collect(),
    }
}

fn shard_view(shard: &Shard) -> ShardView {
    ShardView {
        id: shard.id.to_string(),
        is_open: shard.is_open(),
        parent: shard.parent.map(|parent| parent.to_string()),
        adjacent_parent: shard.adjacent_parent.map(|parent| parent.to_string()),
        starting_hash_key: shard.range.start.to_string(),
        ending_hash_key: shard.range.end.to_string(),
        put: super::count(shard.log.tip()),
        records: super::count(shard.log.tip() - shard.log.horizon()),
    }
}
