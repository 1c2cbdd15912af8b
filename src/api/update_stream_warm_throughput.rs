//! `UpdateStreamWarmThroughput`: sets the throughput an on-demand stream keeps ready.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "UpdateStreamWarmThroughput",
    doc: "Sets the throughput an on-demand stream keeps ready.",
    input: Shape::new(
        "UpdateStreamWarmThroughput",
        &[
            params::STREAM_ARN,
            params::STREAM_NAME,
            Param::required("WarmThroughputMiBps", params::MIB_PER_SECOND),
        ],
    ),
    pages: None,
    call: None,
};
