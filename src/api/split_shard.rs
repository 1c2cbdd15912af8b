//! `SplitShard`: splits a shard into two at a hash key.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::find::find;
use crate::engine::service::hash_key::HashKey;

pub(super) const ROW: Row = Row {
    doc: "Splits a shard into two at a hash key.",
    pages: None,
    operation: Operation {
        name: "SplitShard",
        plane: Plane::Control,
        resource: Resource::Stream,
        input: Shape {
            name: "SplitShard",
            members: &[
                params::STREAM_NAME,
                Param::required("ShardToSplit", params::NAME),
                Param::required("NewStartingHashKey", params::HASH_KEY),
                params::STREAM_ARN,
            ],
            checked: &["NewStartingHashKey", "StreamName", "ShardToSplit"],
        },
        call: Some(split_shard),
    },
};

fn split_shard(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let name = input::stream_name(sim, input)?;
    let shard = input::shard_id(sim, &name, input, "ShardToSplit")?;
    let text = input.text("NewStartingHashKey").unwrap_or_default();
    // A number beyond the key space is refused like the last key, which no shard can be split at.
    let at = HashKey::parse(text).unwrap_or(HashKey::MAX);
    let split = sim.request(|service, now| service.split_shard(now, &name, shard, at));
    split.map(|()| Fields::new()).map_err(|refusal| {
        let mut error = words::refused(sim, refusal);
        let at = at.to_string();
        if let Some(place) = find(&error.message, &at) {
            error.message.replace_range(place..place + at.len(), text);
        }
        error
    })
}
