//! `PutRecords`: writes up to 500 records; each is accepted or refused by itself.

use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "PutRecords",
    doc: "Writes up to 500 records; each is accepted or refused by itself.",
    input: Shape {
        name: "PutRecords",
        members: &[
            Param::required(
                "Records",
                Kind::List { min: 1, max: 500, of: &Kind::Structure(&ENTRY) },
            ),
            params::STREAM_NAME,
            params::STREAM_ARN,
        ],
        checked: &["Records", "StreamName"],
    },
    pages: None,
};

const ENTRY: Shape = Shape {
    name: "PutRecordsRequestEntry",
    members: &[
        Param::required("Data", params::DATA),
        Param::optional("ExplicitHashKey", params::HASH_KEY),
        Param::required("PartitionKey", params::PARTITION_KEY),
    ],
    checked: &["PartitionKey", "ExplicitHashKey", "Data"],
};
