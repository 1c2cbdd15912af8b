//! `SubscribeToShard`: opens a subscription that pushes a shard's records for five minutes.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::params;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::service::fan_out::PipeId;
use crate::engine::service::iterator::StartingPosition;

pub(super) const ROW: Row = Row {
    doc: "Opens a subscription that pushes a shard's records for five minutes.",
    pages: None,
    operation: Operation {
        name: "SubscribeToShard",
        plane: Plane::Data,
        resource: Resource::Consumer,
        input: Shape::new(
            "SubscribeToShard",
            &[
                params::CONSUMER_ARN_REQUIRED,
                Param::required("ShardId", params::NAME),
                Param::required("StartingPosition", Kind::Structure(&STARTING_POSITION)),
                params::DRY_RUN,
            ],
        ),
        call: Some(subscribe_to_shard),
    },
};

/// Opens the subscription and answers what comes before its first event: nothing.
fn subscribe_to_shard(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let (stream, consumer) = input::consumer(sim, input)?;
    let shard = input::shard_id(sim, &stream.name, input, "ShardId")?;
    let pipe = PipeId { stream: stream.id, shard, consumer: consumer.id };
    let position = position(input.fields("StartingPosition").unwrap_or(&Fields::new()))?;
    let subscribed = sim
        .request(|service, now| service.subscribe_to_shard(now, ActorId::PERSON, pipe, &position));
    subscribed.map(|_| Fields::new()).map_err(|refusal| words::refused_read(sim, refusal))
}

fn position(input: &Fields) -> Result<StartingPosition, ApiError> {
    let number = || match input.text("SequenceNumber") {
        Some(number) => Ok(number.to_owned()),
        None => Err(words::invalid_argument(
            "SequenceNumber must be specified for a starting position of this type.",
        )),
    };
    match input.text("Type") {
        Some("AT_SEQUENCE_NUMBER") => number().map(StartingPosition::AtSequenceNumber),
        Some("AFTER_SEQUENCE_NUMBER") => number().map(StartingPosition::AfterSequenceNumber),
        Some("TRIM_HORIZON") => Ok(StartingPosition::TrimHorizon),
        Some("LATEST") => Ok(StartingPosition::Latest),
        _ => match input.timestamp("Timestamp") {
            Some(at) => Ok(StartingPosition::AtTimestamp(at)),
            None => Err(words::invalid_argument(
                "Timestamp must be specified for a starting position of this type.",
            )),
        },
    }
}

const STARTING_POSITION: Shape = Shape::new(
    "StartingPosition",
    &[
        Param::required("Type", Kind::Choice(&POSITION_TYPE)),
        Param::optional("SequenceNumber", params::SEQUENCE_NUMBER),
        Param::optional("Timestamp", Kind::Timestamp),
    ],
);

const POSITION_TYPE: Choice = Choice::new(&[
    "AT_SEQUENCE_NUMBER",
    "AFTER_SEQUENCE_NUMBER",
    "TRIM_HORIZON",
    "LATEST",
    "AT_TIMESTAMP",
]);
