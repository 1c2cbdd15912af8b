//! `ListShards`: lists a stream's shards, open and closed, until their records expire.

use crate::api::Operation;
use crate::api::model::{Choice, Kind, Pages, Param, Shape, Token};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "ListShards",
    doc: "Lists a stream's shards, open and closed, until their records expire.",
    input: Shape {
        name: "ListShards",
        members: &[
            params::STREAM_NAME,
            params::NEXT_TOKEN,
            Param::optional("ExclusiveStartShardId", params::NAME),
            Param::optional("MaxResults", params::PAGE_LENGTH),
            params::STREAM_CREATION_TIMESTAMP,
            Param::optional("ShardFilter", Kind::Structure(&SHARD_FILTER)),
            params::STREAM_ARN,
        ],
        checked: &["ExclusiveStartShardId", "MaxResults", "NextToken", "StreamName"],
    },
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "MaxResults",
        results: &[&["Shards"]],
        rest: &[],
    }),
};

const SHARD_FILTER: Shape = Shape::new(
    "ShardFilter",
    &[
        Param::required("Type", Kind::Choice(&FILTER_TYPE)),
        Param::optional("ShardId", params::NAME),
        Param::optional("Timestamp", Kind::Timestamp),
    ],
);

const FILTER_TYPE: Choice = Choice::new(&[
    "AFTER_SHARD_ID",
    "AT_TRIM_HORIZON",
    "FROM_TRIM_HORIZON",
    "AT_LATEST",
    "AT_TIMESTAMP",
    "FROM_TIMESTAMP",
]);
