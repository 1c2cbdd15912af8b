//! `ListTagsForStream`: lists a stream's tags in the order of their keys.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Lists a stream's tags in the order of their keys.",
    pages: None,
    operation: Operation {
        name: "ListTagsForStream",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "ListTagsForStream",
            members: &[
                params::STREAM_NAME,
                Param::optional("ExclusiveStartTagKey", params::TAG_KEY),
                Param::optional("Limit", Kind::Integer { min: Some(1), max: Some(50) }),
                params::STREAM_ARN,
            ],
            checked: &["Limit", "ExclusiveStartTagKey", "StreamName"],
        },
        call: Some(list_tags_for_stream),
    },
};

/// Tags of a page, whatever was asked for: as many as a stream can have.
const PAGE_MAX: usize = 50;

fn list_tags_for_stream(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::stream(sim, input)?;
    let length = answer::page_length(input.integer("Limit"), PAGE_MAX);
    let after = input.text("ExclusiveStartTagKey");
    let tags = stream.tags.0.iter().filter(|(key, _)| after.is_none_or(|after| &***key > after));
    let (tags, has_more) = answer::page(tags, length);
    Ok(Fields::new().with("Tags", answer::tags(tags)).with("HasMoreTags", has_more))
}
