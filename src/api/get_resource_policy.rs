//! `GetResourcePolicy`: reads the policy of a stream or consumer.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Reads the policy of a stream or consumer.",
    pages: None,
    operation: Operation {
        name: "GetResourcePolicy",
        plane: Plane::Control,
        resource: Resource::Named,
        input: Shape::new("GetResourcePolicy", &[params::RESOURCE_ARN]),
        call: Some(get_resource_policy),
    },
};

/// Where none is set, the real service answers with an empty document.
fn get_resource_policy(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    let policy = sim.service().resource_policy(resource);
    Ok(Fields::new().with("Policy", policy.map_or("{}", |policy| &*policy.text).to_owned()))
}
