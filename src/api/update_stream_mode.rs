//! `UpdateStreamMode`: switches a stream between provisioned and on demand.

use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "UpdateStreamMode",
    doc: "Switches a stream between provisioned and on demand.",
    input: Shape::new(
        "UpdateStreamMode",
        &[
            params::STREAM_ARN_REQUIRED,
            Param::required("StreamModeDetails", Kind::Structure(&params::STREAM_MODE_DETAILS)),
            Param::optional("WarmThroughputMiBps", params::MIB_PER_SECOND),
        ],
    ),
    pages: None,
    call: None,
};
