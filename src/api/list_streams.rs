//! `ListStreams`: lists the account's streams in the order of their names.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::model::{Pages, Param, Shape, Token};
use crate::api::next_token::NextToken;
use crate::api::params;
use crate::api::value::{Fields, Value};
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::stream::Stream;

pub(super) const ROW: Row = Row {
    doc: "Lists the account's streams in the order of their names.",
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "Limit",
        implied: &[],
        results: &[&["StreamNames"], &["StreamSummaries"]],
        rest: &[],
    }),
    operation: Operation {
        name: "ListStreams",
        plane: Plane::Control,
        resource: Resource::Any,
        input: Shape {
            name: "ListStreams",
            members: &[
                Param::optional("Limit", params::PAGE_LENGTH),
                Param::optional("ExclusiveStartStreamName", params::NAME),
                params::NEXT_TOKEN,
            ],
            checked: &["Limit", "ExclusiveStartStreamName"],
        },
        call: Some(list_streams),
    },
};

/// Streams of a page, whatever was asked for.
const PAGE_MAX: usize = 100;

fn list_streams(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let secret = sim.service().secret();
    let after = match input.text("NextToken") {
        None => input.text("ExclusiveStartStreamName").unwrap_or_default().to_owned(),
        Some(token) => {
            let token = NextToken::open(token, "ListStreams", sim.now(), secret);
            token.map_err(|refusal| words::refused(sim, refusal))?.after
        }
    };
    let streams = sim.service().streams().filter(|stream| *stream.name.as_str() > *after);
    let length = answer::page_length(input.integer("Limit"), PAGE_MAX);
    let (streams, has_more) = answer::page(streams, length);
    let next = streams.last().filter(|_| has_more).map(|last| {
        let token = NextToken { list: "ListStreams".to_owned(), after: last.name.to_string() };
        token.seal(sim.now(), secret)
    });
    let summary = |stream| summary(sim, stream);
    let name = |stream: &&Stream| Value::Text(stream.name.to_string());
    Ok(Fields::new()
        .with("StreamNames", streams.iter().map(name).collect::<Vec<_>>())
        .with("HasMoreStreams", has_more)
        .with_some("NextToken", next)
        .with("StreamSummaries", streams.into_iter().map(summary).collect::<Vec<_>>()))
}

fn summary(sim: &Simulation, stream: &Stream) -> Value {
    Fields::new()
        .with("StreamName", stream.name.to_string())
        .with("StreamARN", stream.name.arn(sim.account()))
        .with("StreamStatus", answer::status(stream))
        .with("StreamModeDetails", answer::mode_details(stream))
        .with("StreamCreationTimestamp", stream.created)
        .into()
}
