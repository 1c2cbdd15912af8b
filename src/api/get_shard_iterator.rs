//! `GetShardIterator`: gets a position in a shard to read from; it lives five minutes.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::service::iterator::StartingPosition;

pub(super) const ROW: Row = Row {
    doc: "Gets a position in a shard to read from; it lives five minutes.",
    pages: None,
    operation: Operation {
        name: "GetShardIterator",
        plane: Plane::Data,
        resource: Resource::Stream,
        input: Shape {
            name: "GetShardIterator",
            members: &[
                params::STREAM_NAME,
                Param::required("ShardId", params::NAME),
                Param::required("ShardIteratorType", Kind::Choice(&ITERATOR_TYPE)),
                Param::optional("StartingSequenceNumber", params::SEQUENCE_NUMBER),
                Param::optional("Timestamp", Kind::Timestamp),
                params::STREAM_ARN,
                params::DRY_RUN,
            ],
            checked: &["ShardId", "ShardIteratorType", "StartingSequenceNumber", "StreamName"],
        },
        call: Some(get_shard_iterator),
    },
};

fn get_shard_iterator(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::usable_stream(sim, input)?;
    let (id, name) = (stream.id, stream.name.clone());
    let shard = input::shard_id(sim, &name, input, "ShardId")?;
    let position = position(input)?;
    let iterator = sim
        .request(|service, now| service.shard_iterator(now, ActorId::PERSON, id, shard, &position));
    let iterator = iterator.map_err(|refusal| words::refused_read(sim, refusal))?;
    let token = iterator.token(name.as_str(), sim.service().secret());
    Ok(Fields::new().with("ShardIterator", token))
}

fn position(input: &Fields) -> Result<StartingPosition, ApiError> {
    let kind = input.text("ShardIteratorType").unwrap_or_default();
    let number = input.text("StartingSequenceNumber").map(str::to_owned);
    match (kind, number) {
        ("AT_SEQUENCE_NUMBER", Some(number)) => Ok(StartingPosition::AtSequenceNumber(number)),
        ("AFTER_SEQUENCE_NUMBER", Some(number)) => {
            Ok(StartingPosition::AfterSequenceNumber(number))
        }
        ("AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER", None) => {
            Err(mismatch(&format!("{kind} and no StartingSequenceNumber")))
        }
        (_, Some(_)) => Err(mismatch(&format!("{kind} and also a StartingSequenceNumber"))),
        ("TRIM_HORIZON", None) => Ok(StartingPosition::TrimHorizon),
        ("LATEST", None) => Ok(StartingPosition::Latest),
        _ => match input.timestamp("Timestamp") {
            Some(at) => Ok(StartingPosition::AtTimestamp(at)),
            None => Err(words::invalid_argument(
                "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. \
                 Current request has no timestamp parameter.",
            )),
        },
    }
}

fn mismatch(specified: &str) -> ApiError {
    words::invalid_argument(format!(
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and \
         StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. \
         Request specified {specified}."
    ))
}

const ITERATOR_TYPE: Choice = Choice {
    words: &[
        "AT_SEQUENCE_NUMBER",
        "AFTER_SEQUENCE_NUMBER",
        "TRIM_HORIZON",
        "LATEST",
        "AT_TIMESTAMP",
    ],
    said: &[
        "AFTER_SEQUENCE_NUMBER",
        "LATEST",
        "AT_TIMESTAMP",
        "AT_SEQUENCE_NUMBER",
        "TRIM_HORIZON",
    ],
};
