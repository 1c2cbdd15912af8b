//! `DescribeLimits`: tells the account's shard and on-demand stream quotas and their use.

use crate::api::authorization::Resource;
use crate::api::model::Shape;
use crate::api::{ApiError, Operation, Plane, Row};

pub(super) const ROW: Row = Row {
    doc: "Tells the account's shard and on-demand stream quotas and their use.",
    pages: None,
    operation: Operation {
        name: "DescribeLimits",
        plane: Plane::Control,
        resource: Resource::Any,
        input: Shape::new("DescribeLimits", &[]),
        call: Some(describe_limits),
    },
};

#[expect(clippy::unnecessary_wraps, reason = "operations have one signature")]
fn describe_limits(sim: &mut Simulation, _input: &Fields) -> Result<Fields, ApiError> {
    let streams = sim.service().streams();
    let on_demand = streams.filter(|stream| stream.mode != CapacityMode::Provisioned).count();
    let count = |limit: u64| i64::try_from(limit).expect("limits are small");
    Ok(Fields::new()
        .with("ShardLimit", sim.service().settings().shard_quota)
        .with("OpenShardCount", answer::open_shards(sim))
        .with("OnDemandStreamCount", count(on_demand as u64))
        .with("OnDemandStreamCountLimit", count(ON_DEMAND_STREAMS.value)))
}
use crate::api::answer;
use crate::api::value::Fields;
use crate::engine::Simulation;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::limits::ON_DEMAND_STREAMS;
