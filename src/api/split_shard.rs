//! `SplitShard`: splits a shard into two at a hash key.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "SplitShard",
    doc: "Splits a shard into two at a hash key.",
    input: Shape {
        name: "SplitShard",
        members: &[
            params::STREAM_NAME,
            Param::required("ShardToSplit", params::NAME),
            Param::required("NewStartingHashKey", params::HASH_KEY),
            params::STREAM_ARN,
        ],
        checked: &["NewStartingHashKey", "StreamName", "ShardToSplit"],
    },
    pages: None,
    call: None,
};
