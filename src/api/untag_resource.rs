//! `UntagResource`: removes tags of a stream or consumer.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Removes tags of a stream or consumer.",
    pages: None,
    operation: Operation {
        name: "UntagResource",
        plane: Plane::Control,
        resource: Resource::Named,
        input: Shape::new(
            "UntagResource",
            &[Param::required("TagKeys", params::TAG_KEY_LIST), params::RESOURCE_ARN],
        ),
        call: Some(untag_resource),
    },
};

fn untag_resource(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    sim.request(|service, _| service.remove_tags(resource, input.texts("TagKeys")));
    Ok(Fields::new())
}
