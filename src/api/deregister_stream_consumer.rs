//! `DeregisterStreamConsumer`: deregisters an enhanced fan-out consumer.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DeregisterStreamConsumer",
    doc: "Deregisters an enhanced fan-out consumer.",
    input: Shape::new(
        "DeregisterStreamConsumer",
        &[params::STREAM_ARN, Param::optional("ConsumerName", params::NAME), params::CONSUMER_ARN],
    ),
    pages: None,
    call: None,
};
