//! `PutRecord`: writes one record to the shard its partition key belongs to.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "PutRecord",
    doc: "Writes one record to the shard its partition key belongs to.",
    input: Shape {
        name: "PutRecord",
        members: &[
            params::STREAM_NAME,
            Param::required("Data", params::DATA),
            Param::required("PartitionKey", params::PARTITION_KEY),
            Param::optional("ExplicitHashKey", params::HASH_KEY),
            Param::optional("SequenceNumberForOrdering", params::SEQUENCE_NUMBER),
            params::STREAM_ARN,
        ],
        checked: &[
            "SequenceNumberForOrdering",
            "PartitionKey",
            "ExplicitHashKey",
            "Data",
            "StreamName",
        ],
    },
    pages: None,
};
