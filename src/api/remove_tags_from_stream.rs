//! `RemoveTagsFromStream`: removes tags of a stream.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::tags::Tagged;

pub(super) const ROW: Row = Row {
    doc: "Removes tags of a stream.",
    pages: None,
    operation: Operation {
        name: "RemoveTagsFromStream",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "RemoveTagsFromStream",
            members: &[
                params::STREAM_NAME,
                Param::required("TagKeys", params::TAG_KEY_LIST),
                params::STREAM_ARN,
            ],
            checked: &["TagKeys", "StreamName"],
        },
        call: Some(remove_tags_from_stream),
    },
};

fn remove_tags_from_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = Tagged::Stream(input::stream(sim, input)?.id);
    sim.request(|service, _| service.remove_tags(stream, input.texts("TagKeys")));
    Ok(Fields::new())
}
