//! `DisableEnhancedMonitoring`: switches shard-level metrics off.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DisableEnhancedMonitoring",
    doc: "Switches shard-level metrics off.",
    input: Shape::new(
        "DisableEnhancedMonitoring",
        &[
            params::STREAM_NAME,
            Param::required("ShardLevelMetrics", params::METRICS),
            params::STREAM_ARN,
        ],
    ),
    pages: None,
    call: None,
};
