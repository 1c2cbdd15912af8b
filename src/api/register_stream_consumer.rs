//! `RegisterStreamConsumer`: registers a consumer with read throughput of its own.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::tags::Tags;

pub(super) const ROW: Row = Row {
    doc: "Registers an enhanced fan-out consumer with read throughput of its own.",
    pages: None,
    operation: Operation {
        name: "RegisterStreamConsumer",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "RegisterStreamConsumer",
            &[
                params::STREAM_ARN_REQUIRED,
                Param::required("ConsumerName", params::NAME),
                Param::optional("Tags", params::TAG_MAP),
            ],
        ),
        call: Some(register_stream_consumer),
    },
};

fn register_stream_consumer(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::stream_name(sim, input)?;
    let name = input::consumer_name(input);
    let tags = match input.member("Tags") {
        Some(_) => input::tags(sim, input)?,
        None => Tags::default(),
    };
    let registered = sim
        .request(|service, now| service.register_stream_consumer(now, &stream, name.clone(), tags));
    registered.map_err(|refusal| words::refused(sim, refusal))?;
    let consumer = sim.service().consumer_named(&stream, &name);
    let Ok((stream, consumer)) = consumer else { unreachable!("it has just been registered") };
    Ok(Fields::new().with("Consumer", answer::consumer(sim, &stream.name, consumer)))
}
