//! `DescribeStreamSummary`: describes a stream without its shards.

use crate::api::Operation;
use crate::api::model::Shape;
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DescribeStreamSummary",
    doc: "Describes a stream without its shards.",
    input: Shape::new("DescribeStreamSummary", &[params::STREAM_NAME, params::STREAM_ARN]),
    pages: None,
};
