//! `EnableEnhancedMonitoring`: switches shard-level metrics on.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "EnableEnhancedMonitoring",
    doc: "Switches shard-level metrics on.",
    input: Shape::new(
        "EnableEnhancedMonitoring",
        &[
            params::STREAM_NAME,
            Param::required("ShardLevelMetrics", params::METRICS),
            params::STREAM_ARN,
        ],
    ),
    pages: None,
    call: None,
};
