//! `RemoveTagsFromStream`: removes tags of a stream.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "RemoveTagsFromStream",
    doc: "Removes tags of a stream.",
    input: Shape {
        name: "RemoveTagsFromStream",
        members: &[
            params::STREAM_NAME,
            Param::required("TagKeys", params::TAG_KEY_LIST),
            params::STREAM_ARN,
        ],
        checked: &["TagKeys", "StreamName"],
    },
    pages: None,
    call: None,
};
