//! `PutResourcePolicy`: gives a stream or consumer a policy.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::policy::{self, Attached};
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Gives a stream or consumer a policy, instead of the one it may have.",
    pages: None,
    operation: Operation {
        name: "PutResourcePolicy",
        plane: Plane::Control,
        resource: Resource::Named,
        input: Shape::new(
            "PutResourcePolicy",
            &[
                params::RESOURCE_ARN,
                Param::required("Policy", Kind::Text { min: 0, max: u32::MAX, pattern: None }),
            ],
        ),
        call: Some(put_resource_policy),
    },
};

fn put_resource_policy(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    // AWS's words about a document that it cannot read are not recorded; these are ours.
    let policy = policy::read(input.text("Policy").unwrap_or_default(), Attached::Resource)
        .map_err(|why| words::invalid_argument(format!("Invalid policy: {why}.")))?;
    sim.request(|service, _| service.put_resource_policy(resource, policy));
    Ok(Fields::new())
}
