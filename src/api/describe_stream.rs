//! `DescribeStream`: describes a stream with its shards, page by page.

use crate::api::Operation;
use crate::api::model::{Pages, Param, Shape, Token};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "DescribeStream",
    doc: "Describes a stream with its shards, page by page.",
    input: Shape {
        name: "DescribeStream",
        members: &[
            params::STREAM_NAME,
            Param::optional("Limit", params::PAGE_LENGTH),
            Param::optional("ExclusiveStartShardId", params::NAME),
            params::STREAM_ARN,
        ],
        checked: &["Limit", "ExclusiveStartShardId", "StreamName"],
    },
    pages: Some(Pages {
        input_token: "ExclusiveStartShardId",
        output_token: Token::LastOf {
            list: &["StreamDescription", "Shards"],
            member: "ShardId",
            more: &["StreamDescription", "HasMoreShards"],
        },
        limit: "Limit",
        results: &[&["StreamDescription", "Shards"]],
        rest: &[
            &["StreamDescription", "StreamARN"],
            &["StreamDescription", "StreamName"],
            &["StreamDescription", "StreamStatus"],
            &["StreamDescription", "RetentionPeriodHours"],
            &["StreamDescription", "EnhancedMonitoring"],
            &["StreamDescription", "EncryptionType"],
            &["StreamDescription", "KeyId"],
            &["StreamDescription", "StreamCreationTimestamp"],
        ],
    }),
};
