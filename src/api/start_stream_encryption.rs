//! `StartStreamEncryption`: encrypts the records a stream accepts from now on.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Encrypts the records a stream accepts from now on.",
    pages: None,
    operation: Operation {
        name: "StartStreamEncryption",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape::new(
            "StartStreamEncryption",
            &[params::STREAM_NAME, params::ENCRYPTION_TYPE, params::KEY_ID, params::STREAM_ARN],
        ),
        call: Some(start_stream_encryption),
    },
};

fn start_stream_encryption(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    input::check_kms(input)?;
    let name = input::stream_name(sim, input)?;
    let key = input.text("KeyId").unwrap_or_default();
    let started = sim.request(|service, now| service.start_stream_encryption(now, &name, key));
    started.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
