//! `AddTagsToStream`: sets tags of a stream.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "AddTagsToStream",
    doc: "Sets tags of a stream.",
    input: Shape {
        name: "AddTagsToStream",
        members: &[
            params::STREAM_NAME,
            Param::required("Tags", params::TAG_MAP),
            params::STREAM_ARN,
        ],
        checked: &["Tags", "StreamName"],
    },
    pages: None,
    call: None,
};
