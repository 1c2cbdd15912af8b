//! `DeregisterStreamConsumer`: deregisters an enhanced fan-out consumer.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane};
use crate::engine::Simulation;

pub(super) const OPERATION: Operation = Operation {
    name: "DeregisterStreamConsumer",
    doc: "Deregisters an enhanced fan-out consumer.",
    plane: Plane::Control,
    resource: Resource::Consumer,
    input: Shape::new(
        "DeregisterStreamConsumer",
        &[params::STREAM_ARN, Param::optional("ConsumerName", params::NAME), params::CONSUMER_ARN],
    ),
    pages: None,
    call: Some(deregister_stream_consumer),
};

fn deregister_stream_consumer(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let (stream, consumer) = input::consumer(sim, input)?;
    let (stream, consumer) = (stream.id, consumer.id);
    sim.request(|service, now| service.deregister_stream_consumer(now, stream, consumer));
    Ok(Fields::new())
}
