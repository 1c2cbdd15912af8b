//! `TagResource`: sets tags of a stream or consumer.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Sets tags of a stream or consumer.",
    pages: None,
    operation: Operation {
        name: "TagResource",
        plane: Plane::Control,
        resource: Resource::Named,
        input: Shape::new(
            "TagResource",
            &[Param::required("Tags", params::TAG_MAP), params::RESOURCE_ARN],
        ),
        call: Some(tag_resource),
    },
};

fn tag_resource(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let resource = input::tagged(sim, input)?;
    let tags = input::tags(sim, input)?;
    let added = sim.request(|service, _| service.add_tags(resource, &tags));
    added.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
