//! `AddTagsToStream`: sets tags of a stream.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::tags::Tagged;

pub(super) const ROW: Row = Row {
    doc: "Sets tags of a stream.",
    pages: None,
    operation: Operation {
        name: "AddTagsToStream",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "AddTagsToStream",
            members: &[
                params::STREAM_NAME,
                Param::required("Tags", params::TAG_MAP),
                params::STREAM_ARN,
            ],
            checked: &["Tags", "StreamName"],
        },
        call: Some(add_tags_to_stream),
    },
};

fn add_tags_to_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = Tagged::Stream(input::stream(sim, input)?.id);
    let tags = input::tags(sim, input)?;
    let added = sim.request(|service, _| service.add_tags(stream, &tags));
    added.map(|()| Fields::new()).map_err(|refusal| words::refused(sim, refusal))
}
