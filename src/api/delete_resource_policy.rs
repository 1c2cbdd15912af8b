//! `DeleteResourcePolicy`: takes the policy of a stream or consumer away.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Takes the policy of a stream or consumer away.",
    pages: None,
    operation: Operation {
        name: "DeleteResourcePolicy",
        plane: Plane::Control,
        resource: Resource::Named,
        input: Shape::new("DeleteResourcePolicy", &[params::RESOURCE_ARN]),
        call: Some(delete_resource_policy),
    },
};

/// Where none is set, the real service refuses with status 400; which exception and which words
/// are not recorded.
fn delete_resource_policy(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    if sim.request(|service, _| service.delete_resource_policy(resource)) {
        return Ok(Fields::new());
    }
    let arn = input.text("ResourceARN").unwrap_or_default();
    let words = format!("No resource policy found for resource ARN {arn}.");
    Err(ApiError::new("ResourceNotFoundException", words))
}
