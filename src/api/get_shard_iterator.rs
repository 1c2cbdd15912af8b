//! `GetShardIterator`: gets a position in a shard to read from; it lives five minutes.

use crate::api::Operation;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "GetShardIterator",
    doc: "Gets a position in a shard to read from; it lives five minutes.",
    input: Shape {
        name: "GetShardIterator",
        members: &[
            params::STREAM_NAME,
            Param::required("ShardId", params::NAME),
            Param::required("ShardIteratorType", Kind::Choice(&ITERATOR_TYPE)),
            Param::optional("StartingSequenceNumber", params::SEQUENCE_NUMBER),
            Param::optional("Timestamp", Kind::Timestamp),
            params::STREAM_ARN,
        ],
        checked: &["ShardId", "ShardIteratorType", "StartingSequenceNumber", "StreamName"],
    },
    pages: None,
};

const ITERATOR_TYPE: Choice = Choice {
    words: &[
        "AT_SEQUENCE_NUMBER",
        "AFTER_SEQUENCE_NUMBER",
        "TRIM_HORIZON",
        "LATEST",
        "AT_TIMESTAMP",
    ],
    said: &[
        "AFTER_SEQUENCE_NUMBER",
        "LATEST",
        "AT_TIMESTAMP",
        "AT_SEQUENCE_NUMBER",
        "TRIM_HORIZON",
    ],
};
