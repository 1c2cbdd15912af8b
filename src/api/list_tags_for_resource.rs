//! `ListTagsForResource`: lists the tags of a stream or consumer.

use crate::api::authorization::Resource;
use crate::api::model::Shape;
use crate::api::params;
use crate::api::{ApiError, Operation, Plane, Row};

pub(super) const ROW: Row = Row {
    doc: "Lists the tags of a stream or consumer.",
    pages: None,
    operation: Operation {
        name: "ListTagsForResource",
        plane: Plane::Control,
        resource: Resource::Named,
        input: Shape::new("ListTagsForResource", &[params::RESOURCE_ARN]),
        call: Some(list_tags_for_resource),
    },
};

fn list_tags_for_resource(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    Ok(Fields::new().with("Tags", answer::tags(sim.service().tags(resource).0.iter())))
}
use crate::api::answer;
use crate::api::input;
use crate::api::value::Fields;
use crate::engine::Simulation;
