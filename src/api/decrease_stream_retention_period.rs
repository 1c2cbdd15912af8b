//! `DecreaseStreamRetentionPeriod`: keeps records shorter, down to 24 hours; older ones are gone at once.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DecreaseStreamRetentionPeriod",
    doc: "Keeps records shorter, down to 24 hours; older ones are gone at once.",
    input: Shape {
        name: "DecreaseStreamRetentionPeriod",
        members: &[
            params::STREAM_NAME,
            Param::required("RetentionPeriodHours", params::HOURS),
            params::STREAM_ARN,
        ],
        checked: &["RetentionPeriodHours", "StreamName"],
    },
    pages: None,
};
