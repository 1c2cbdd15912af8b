//! `StopStreamEncryption`: stops encrypting new records; stored ones stay as they are.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane};
use crate::engine::Simulation;

pub(super) const OPERATION: Operation = Operation {
    name: "StopStreamEncryption",
    doc: "Stops encrypting new records; stored ones stay as they are.",
    plane: Plane::Control,
    resource: Resource::Stream,
    input: Shape::new(
        "StopStreamEncryption",
        &[params::STREAM_NAME, params::ENCRYPTION_TYPE, params::KEY_ID, params::STREAM_ARN],
    ),
    pages: None,
    call: Some(stop_stream_encryption),
};

fn stop_stream_encryption(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    input::check_kms(input)?;
    let name = input::stream_name(sim, input)?;
    let stopped = sim.request(|service, now| service.stop_stream_encryption(now, &name));
    stopped.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
