//! `MergeShards`: merges two neighbouring shards into one.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "MergeShards",
    doc: "Merges two neighbouring shards into one.",
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
    pages: None,
    call: None,
};
