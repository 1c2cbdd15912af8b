//! `SubscribeToShard`: opens a subscription that pushes a shard's records for five minutes.

use crate::api::Operation;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "SubscribeToShard",
    doc: "Opens a subscription that pushes a shard's records for five minutes.",
    input: Shape::new(
        "SubscribeToShard",
        &[
            params::CONSUMER_ARN_REQUIRED,
            Param::required("ShardId", params::NAME),
            Param::required("StartingPosition", Kind::Structure(&STARTING_POSITION)),
        ],
    ),
    pages: None,
    call: None,
};

const STARTING_POSITION: Shape = Shape::new(
    "StartingPosition",
    &[
        Param::required("Type", Kind::Choice(&POSITION_TYPE)),
        Param::optional("SequenceNumber", params::SEQUENCE_NUMBER),
        Param::optional("Timestamp", Kind::Timestamp),
    ],
);

const POSITION_TYPE: Choice = Choice::new(&[
    "AT_SEQUENCE_NUMBER",
    "AFTER_SEQUENCE_NUMBER",
    "TRIM_HORIZON",
    "LATEST",
    "AT_TIMESTAMP",
]);
