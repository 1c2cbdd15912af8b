//! `UpdateShardCount`: splits and merges a stream's shards until it has so many of equal size.

use crate::api::Operation;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "UpdateShardCount",
    doc: "Splits and merges a stream's shards until it has so many of equal size.",
    input: Shape::new(
        "UpdateShardCount",
        &[
            params::STREAM_NAME,
            Param::required("TargetShardCount", params::SHARD_COUNT),
            Param::required("ScalingType", Kind::Choice(&Choice::new(&["UNIFORM_SCALING"]))),
            params::STREAM_ARN,
        ],
    ),
    pages: None,
    call: None,
};
