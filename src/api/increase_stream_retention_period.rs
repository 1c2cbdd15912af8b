//! `IncreaseStreamRetentionPeriod`: keeps records longer, up to 8760 hours.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "IncreaseStreamRetentionPeriod",
    doc: "Keeps records longer, up to 8760 hours.",
    input: Shape {
        name: "IncreaseStreamRetentionPeriod",
        members: &[
            params::STREAM_NAME,
            Param::required("RetentionPeriodHours", params::HOURS),
            params::STREAM_ARN,
        ],
        checked: &["RetentionPeriodHours", "StreamName"],
    },
    pages: None,
};
