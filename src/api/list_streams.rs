//! `ListStreams`: lists the account's streams in the order of their names.

use crate::api::Operation;
use crate::api::model::{Pages, Param, Shape, Token};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "ListStreams",
    doc: "Lists the account's streams in the order of their names.",
    input: Shape {
        name: "ListStreams",
        members: &[
            Param::optional("Limit", params::PAGE_LENGTH),
            Param::optional("ExclusiveStartStreamName", params::NAME),
            params::NEXT_TOKEN,
        ],
        checked: &["Limit", "ExclusiveStartStreamName"],
    },
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "Limit",
        results: &[&["StreamNames"], &["StreamSummaries"]],
        rest: &[],
    }),
};
