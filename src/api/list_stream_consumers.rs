//! `ListStreamConsumers`: lists a stream's registered consumers.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Pages, Param, Shape, Token};
use crate::api::next_token::NextToken;
use crate::api::params;
use crate::api::value::{Fields, Value};
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Lists a stream's registered consumers.",
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "MaxResults",
        implied: &[],
        results: &[&["Consumers"]],
        rest: &[],
    }),
    operation: Operation {
        name: "ListStreamConsumers",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "ListStreamConsumers",
            &[
                params::STREAM_ARN_REQUIRED,
                params::NEXT_TOKEN,
                Param::optional("MaxResults", params::PAGE_LENGTH),
                params::STREAM_CREATION_TIMESTAMP,
            ],
        ),
        call: Some(list_stream_consumers),
    },
};

/// Consumers of a page, whatever was asked for.
const PAGE_MAX: usize = 100;

fn list_stream_consumers(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::stream(sim, input)?;
    input::check_creation(sim, stream, input)?;
    let list = format!("ListStreamConsumers {}", stream.name);
    let secret = sim.service().secret();
    let after: Option<u32> = match input.text("NextToken") {
        None => None,
        Some(token) => {
            let token = NextToken::open(token, &list, sim.now(), secret);
            token.map_err(|refusal| words::refused(sim, refusal))?.after.parse().ok()
        }
    };
    let consumers = stream.consumers.iter();
    let consumers = consumers.filter(|consumer| after.is_none_or(|after| consumer.id.0 > after));
    let length = answer::page_length(input.integer("MaxResults"), PAGE_MAX);
    let (consumers, has_more) = answer::page(consumers, length);
    let next = consumers
        .last()
        .filter(|_| has_more)
        .map(|last| NextToken { list, after: last.id.0.to_string() }.seal(sim.now(), secret));
    let consumers = consumers.into_iter();
    let consumers =
        consumers.map(|found| Value::Fields(answer::consumer(sim, &stream.name, found)));
    Ok(Fields::new().with("Consumers", consumers.collect::<Vec<_>>()).with_some("NextToken", next))
}
