//! `StopStreamEncryption`: stops encrypting new records; stored ones stay as they are.

use crate::api::Operation;
use crate::api::model::Shape;
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "StopStreamEncryption",
    doc: "Stops encrypting new records; stored ones stay as they are.",
    input: Shape::new(
        "StopStreamEncryption",
        &[params::STREAM_NAME, params::ENCRYPTION_TYPE, params::KEY_ID, params::STREAM_ARN],
    ),
    pages: None,
    call: None,
};
