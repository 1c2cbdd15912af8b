//! `DeleteStream`: deletes a stream with its shards and their records.

use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DeleteStream",
    doc: "Deletes a stream with its shards and their records.",
    input: Shape::new(
        "DeleteStream",
        &[
            params::STREAM_NAME,
            Param::optional("EnforceConsumerDeletion", Kind::Boolean),
            params::STREAM_ARN,
        ],
    ),
    pages: None,
};
