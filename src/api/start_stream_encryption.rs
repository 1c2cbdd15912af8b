//! `StartStreamEncryption`: encrypts the records a stream accepts from now on.

use crate::api::Operation;
use crate::api::model::Shape;
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "StartStreamEncryption",
    doc: "Encrypts the records a stream accepts from now on.",
    input: Shape::new(
        "StartStreamEncryption",
        &[params::STREAM_NAME, params::ENCRYPTION_TYPE, params::KEY_ID, params::STREAM_ARN],
    ),
    pages: None,
    call: None,
};
