//! `UpdateMaxRecordSize`: sets how large a record of a stream may be.

use crate::api::Operation;
use crate::api::model::{Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "UpdateMaxRecordSize",
    doc: "Sets how large a record of a stream may be.",
    input: Shape::new(
        "UpdateMaxRecordSize",
        &[params::STREAM_ARN, Param::required("MaxRecordSizeInKiB", params::RECORD_KIB)],
    ),
    pages: None,
};
