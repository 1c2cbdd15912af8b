//! `StopStreamEncryption`: stops encrypting new records; stored ones stay as they are.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Stops encrypting new records; stored ones stay as they are.",
    pages: None,
    operation: Operation {
        name: "StopStreamEncryption",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "StopStreamEncryption",
            &[params::STREAM_NAME, params::ENCRYPTION_TYPE, params::KEY_ID, params::STREAM_ARN],
        ),
        call: Some(stop_stream_encryption),
    },
};

fn stop_stream_encryption(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    input::check_kms(input)?;
    let name = input::stream_name(sim, input)?;
    let stopped = sim.request(|service, now| service.stop_stream_encryption(now, &name));
    stopped.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
