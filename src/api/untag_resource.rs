//! `UntagResource`: removes tags of a stream or consumer.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "UntagResource",
    doc: "Removes tags of a stream or consumer.",
    input: Shape::new(
        "UntagResource",
        &[Param::required("TagKeys", params::TAG_KEY_LIST), params::RESOURCE_ARN],
    ),
    pages: None,
    call: None,
};
