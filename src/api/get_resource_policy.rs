//! `GetResourcePolicy`: reads the policy of a stream or consumer.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane};
use crate::engine::Simulation;

pub(super) const OPERATION: Operation = Operation {
    name: "GetResourcePolicy",
    doc: "Reads the policy of a stream or consumer.",
    plane: Plane::Control,
    resource: Resource::Named,
    input: Shape::new("GetResourcePolicy", &[params::RESOURCE_ARN]),
    pages: None,
    call: Some(get_resource_policy),
};

/// Where none is set, the real service answers with an empty document.
fn get_resource_policy(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    let policy = sim.service().resource_policy(resource);
    Ok(Fields::new().with("Policy", policy.map_or("{}", |policy| &*policy.text).to_owned()))
}
