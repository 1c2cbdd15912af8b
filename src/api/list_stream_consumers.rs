//! `ListStreamConsumers`: lists a stream's registered consumers.

use crate::api::Operation;
use crate::api::model::{Pages, Param, Shape, Token};
use crate::api::params;

pub(super) const OPERATION: Operation = Operation {
    name: "ListStreamConsumers",
    doc: "Lists a stream's registered consumers.",
    input: Shape::new(
        "ListStreamConsumers",
        &[
            params::STREAM_ARN_REQUIRED,
            params::NEXT_TOKEN,
            Param::optional("MaxResults", params::PAGE_LENGTH),
            params::STREAM_CREATION_TIMESTAMP,
        ],
    ),
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "MaxResults",
        results: &[&["Consumers"]],
        rest: &[],
    }),
    call: None,
};
