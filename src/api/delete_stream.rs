//! `DeleteStream`: deletes a stream with its shards and their records.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::lifecycle::RegisteredConsumers;

pub(super) const ROW: Row = Row {
    doc: "Deletes a stream with its shards and their records.",
    pages: None,
    operation: Operation {
        name: "DeleteStream",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "DeleteStream",
            &[
                params::STREAM_NAME,
                Param::optional("EnforceConsumerDeletion", Kind::Boolean),
                params::STREAM_ARN,
            ],
        ),
        call: Some(delete_stream),
    },
};

fn delete_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let registered = if input.flag("EnforceConsumerDeletion") {
        RegisteredConsumers::Remove
    } else {
        RegisteredConsumers::Keep
    };
    let deleted = sim.request(|service, now| service.delete_stream(now, &name, registered));
    deleted.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
