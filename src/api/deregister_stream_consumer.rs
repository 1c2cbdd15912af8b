//! `DeregisterStreamConsumer`: deregisters an enhanced fan-out consumer.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Deregisters an enhanced fan-out consumer.",
    pages: None,
    operation: Operation {
        name: "DeregisterStreamConsumer",
        plane: Plane::Control,
        resource: Resource::Consumer,
        input: Shape::new(
            "DeregisterStreamConsumer",
            &[
                params::STREAM_ARN,
                Param::optional("ConsumerName", params::NAME),
                params::CONSUMER_ARN,
            ],
        ),
        call: Some(deregister_stream_consumer),
    },
};

fn deregister_stream_consumer(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let (stream, consumer) = input::consumer(sim, input)?;
    let (stream, consumer) = (stream.id, consumer.id);
    sim.request(|service, now| service.deregister_stream_consumer(now, stream, consumer));
    Ok(Fields::new())
}
