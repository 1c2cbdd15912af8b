//! `GetRecords`: reads records of one shard from a position on.

use crate::api::answer;
use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::record;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::refusal::Refusal;
use crate::engine::service::iterator::ShardIterator;
use crate::engine::service::read::Got;

pub(super) const ROW: Row = Row {
    doc: "Reads records of one shard from a position on.",
    pages: None,
    operation: Operation {
        name: "GetRecords",
        plane: Plane::Data,
        resource: Resource::Stream,
        input: Shape {
            name: "GetRecords",
            members: &[
                Param::required("ShardIterator", Kind::Text { min: 1, max: 512, pattern: None }),
                Param::optional("Limit", params::PAGE_LENGTH),
                params::STREAM_ARN,
                params::DRY_RUN,
            ],
            checked: &["Limit", "ShardIterator"],
        },
        call: Some(get_records),
    },
};

fn get_records(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let got = get(sim, input)?;
    let stream = sim.service().stream(got.stream).expect("it has just been read");
    let records = record::records(sim, stream, got.shard, got.span.ordinals.clone());
    Ok(with_place(Fields::new().with("Records", records), sim, &got))
}

/// Reads on from an iterator; the records are those of the answer's ordinals.
pub fn get(sim: &mut Simulation, input: &Fields) -> Result<Got, ApiError> {
    let token = input.text("ShardIterator").unwrap_or_default();
    let iterator = ShardIterator::from_token(token, sim.service().secret());
    let iterator = iterator.ok_or_else(|| words::refused(sim, Refusal::InvalidIterator))?;
    if input.text("StreamARN").is_some() && input::stream(sim, input)?.id != iterator.stream {
        return Err(words::refused(sim, Refusal::InvalidIterator));
    }
    let limit = input.integer("Limit").and_then(|limit| u64::try_from(limit).ok());
    sim.request(|service, now| service.get_records(now, ActorId::PERSON, iterator, limit))
        .map_err(|refusal| words::refused_read(sim, refusal))
}

/// What an answer says besides its records: where to go on.
pub fn with_place(fields: Fields, sim: &Simulation, got: &Got) -> Fields {
    let stream = sim.service().stream(got.stream).expect("it has just been read");
    let next = got.next.as_ref();
    let next = next.map(|next| next.token(stream.name.as_str(), sim.service().secret()));
    let behind = i64::try_from(got.millis_behind_latest).expect("less than the age of the world");
    let children = answer::child_shards(stream, &got.child_shards);
    fields
        .with_some("NextShardIterator", next)
        .with("MillisBehindLatest", behind)
        .with_some("ChildShards", (!children.is_empty()).then_some(children))
}
