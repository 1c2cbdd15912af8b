//! `TagResource`: sets tags of a stream or consumer.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "TagResource",
    doc: "Sets tags of a stream or consumer.",
    input: Shape::new(
        "TagResource",
        &[Param::required("Tags", params::TAG_MAP), params::RESOURCE_ARN],
    ),
    pages: None,
    call: None,
};
