//! `PutRecords`: writes up to 500 records; each is accepted or refused by itself.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Kind, Param, Shape};
use crate::api::params;
use crate::api::put;
use crate::api::value::{Fields, Value};
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::service::names::StreamId;
use crate::engine::service::stream::Stream;
use crate::engine::service::write::Outcome;

pub(super) const ROW: Row = Row {
    doc: "Writes up to 500 records; each is accepted or refused by itself.",
    pages: None,
    operation: Operation {
        name: "PutRecords",
        plane: Plane::Data,
        resource: Resource::Stream,
        input: Shape {
            name: "PutRecords",
            members: &[
                Param::required(
                    "Records",
                    Kind::List { min: 1, max: 500, of: &Kind::Structure(&ENTRY) },
                ),
                params::STREAM_NAME,
                params::STREAM_ARN,
                params::DRY_RUN,
            ],
            checked: &["Records", "StreamName"],
        },
        call: Some(put_records),
    },
};

fn put_records(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::usable_stream(sim, input)?;
    let id = stream.id;
    let entries = || {
        input.list("Records").iter().filter_map(|entry| match entry {
            Value::Fields(entry) => Some(entry),
            _ => None,
        })
    };
    put::check_keys(stream, entries().zip(1..))?;
    let entries = entries().map(put::Entry::read).collect::<Result<Vec<_>, _>>()?;
    let outcomes = store(sim, id, &entries)?;
    let stream = sim.service().stream(id).expect("it has just been written");
    let results = outcomes.iter().map(|outcome| result(sim, stream, outcome));
    let encrypted = stream.encryption.key_id.is_some();
    Ok(Fields::new()
        .with("FailedRecordCount", failed(&outcomes))
        .with("Records", results.collect::<Vec<_>>())
        .with_some("EncryptionType", encrypted.then_some("KMS")))
}

/// Puts records that nothing speaks against, into a stream that was found.
pub fn store(
    sim: &mut Simulation,
    id: StreamId,
    entries: &[put::Entry],
) -> Result<Vec<Outcome>, ApiError> {
    let puts: Vec<_> = entries.iter().map(put::Entry::put).collect();
    let mut outcomes = Vec::with_capacity(puts.len());
    let stored = sim.request(|service, now| {
        service.put_records(now, ActorId::PERSON, id, &puts, &mut outcomes)
    });
    stored.map_err(|refusal| words::refused(sim, refusal))?;
    Ok(outcomes)
}

/// How many records were refused.
pub fn failed(outcomes: &[Outcome]) -> u32 {
    let is_failed = |outcome: &&Outcome| matches!(outcome, Outcome::Throttled { .. });
    u32::try_from(outcomes.iter().filter(is_failed).count()).expect("at most 500")
}

/// What is said of a record that was refused.
pub fn refused(error: ApiError) -> Fields {
    Fields::new().with("ErrorCode", error.code).with("ErrorMessage", error.message)
}

fn result(sim: &Simulation, stream: &Stream, outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Accepted { shard, index } => {
            let number = stream.shards()[shard.0 as usize].sequence_number(*index, sim.now());
            Fields::new()
                .with("SequenceNumber", number.to_string())
                .with("ShardId", shard.to_string())
        }
        Outcome::Throttled { shard, .. } => refused(words::throttled(sim, &stream.name, *shard)),
    }
    .into()
}

const ENTRY: Shape = Shape {
    name: "PutRecordsRequestEntry",
    members: &[
        Param::required("Data", params::DATA),
        Param::optional("ExplicitHashKey", params::HASH_KEY),
        Param::optional("PartitionKey", params::PARTITION_KEY),
    ],
    checked: &["PartitionKey", "ExplicitHashKey", "Data"],
};
