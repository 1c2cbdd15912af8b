//! `UpdateShardCount`: splits and merges a stream's shards until it has so many of equal size.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Splits and merges a stream's shards until it has so many of equal size.",
    pages: None,
    operation: Operation {
        name: "UpdateShardCount",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "UpdateShardCount",
            &[
                params::STREAM_NAME,
                Param::required("TargetShardCount", params::SHARD_COUNT),
                Param::required("ScalingType", Kind::Choice(&Choice::new(&["UNIFORM_SCALING"]))),
                params::STREAM_ARN,
            ],
        ),
        call: Some(update_shard_count),
    },
};

fn update_shard_count(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let target = input::count(input, "TargetShardCount").unwrap_or_default();
    let counts = sim.request(|service, now| service.update_shard_count(now, &name, target));
    let counts = counts.map_err(|refusal| words::refused(sim, refusal))?;
    Ok(Fields::new()
        .with("StreamName", name.to_string())
        .with("CurrentShardCount", counts.current)
        .with("TargetShardCount", counts.target)
        .with("StreamARN", name.arn(sim.account())))
}
