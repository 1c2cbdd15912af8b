//! `CreateStream`: creates a stream, provisioned with a number of shards or on demand.

use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "CreateStream",
    doc: "Creates a stream, provisioned with a number of shards or on demand.",
    input: Shape {
        name: "CreateStream",
        members: &[
            Param::required("StreamName", params::NAME),
            Param::optional("ShardCount", params::SHARD_COUNT),
            Param::optional("StreamModeDetails", Kind::Structure(&params::STREAM_MODE_DETAILS)),
            Param::optional("Tags", params::TAG_MAP),
            Param::optional("WarmThroughputMiBps", params::MIB_PER_SECOND),
            Param::optional("MaxRecordSizeInKiB", params::RECORD_KIB),
        ],
        checked: &["ShardCount", "StreamName"],
    },
    pages: None,
};
