//! `MergeShards`: merges two neighbouring shards into one.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Merges two neighbouring shards into one.",
    pages: None,
    operation: Operation {
        name: "MergeShards",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "MergeShards",
            members: &[
                params::STREAM_NAME,
                Param::required("ShardToMerge", params::NAME),
                Param::required("AdjacentShardToMerge", params::NAME),
                params::STREAM_ARN,
            ],
            checked: &["ShardToMerge", "AdjacentShardToMerge", "StreamName"],
        },
        call: Some(merge_shards),
    },
};

fn merge_shards(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let shard = input::shard_id(sim, &name, input, "ShardToMerge")?;
    let adjacent = input::shard_id(sim, &name, input, "AdjacentShardToMerge")?;
    let merged = sim.request(|service, now| service.merge_shards(now, &name, shard, adjacent));
    merged.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
