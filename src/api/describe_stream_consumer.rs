//! `DescribeStreamConsumer`: describes a registered consumer.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DescribeStreamConsumer",
    doc: "Describes a registered consumer.",
    input: Shape::new(
        "DescribeStreamConsumer",
        &[params::STREAM_ARN, Param::optional("ConsumerName", params::NAME), params::CONSUMER_ARN],
    ),
    pages: None,
    call: None,
};
