//! `ListTagsForResource`: lists the tags of a stream or consumer.

use crate::api::Operation;
use crate::api::model::Shape;
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsForResource",
    doc: "Lists the tags of a stream or consumer.",
    input: Shape::new("ListTagsForResource", &[params::RESOURCE_ARN]),
    pages: None,
    call: None,
};
