//! `GetRecords`: reads records of one shard from a position on.

use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "GetRecords",
    doc: "Reads records of one shard from a position on.",
    input: Shape {
        name: "GetRecords",
        members: &[
            Param::required("ShardIterator", Kind::Text { min: 1, max: 512, pattern: None }),
            Param::optional("Limit", params::PAGE_LENGTH),
            params::STREAM_ARN,
        ],
        checked: &["Limit", "ShardIterator"],
    },
    pages: None,
};
