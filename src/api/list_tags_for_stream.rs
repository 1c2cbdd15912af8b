//! `ListTagsForStream`: lists a stream's tags in the order of their keys.

use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsForStream",
    doc: "Lists a stream's tags in the order of their keys.",
    input: Shape {
        name: "ListTagsForStream",
        members: &[
            params::STREAM_NAME,
            Param::optional("ExclusiveStartTagKey", params::TAG_KEY),
            Param::optional("Limit", Kind::Integer { min: Some(1), max: Some(50) }),
            params::STREAM_ARN,
        ],
        checked: &["Limit", "ExclusiveStartTagKey", "StreamName"],
    },
    pages: None,
    call: None,
};
