//! `RegisterStreamConsumer`: registers a consumer with read throughput of its own.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "RegisterStreamConsumer",
    doc: "Registers an enhanced fan-out consumer with read throughput of its own.",
    input: Shape::new(
        "RegisterStreamConsumer",
        &[
            params::STREAM_ARN_REQUIRED,
            Param::required("ConsumerName", params::NAME),
            Param::optional("Tags", params::TAG_MAP),
        ],
    ),
    pages: None,
    call: None,
};
