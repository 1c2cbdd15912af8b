//! `PutRecord`: writes one record to the shard its partition key belongs to.

use crate::api::authorization::Resource;
use crate::api::input;
use crate::api::model::{Param, Shape};
use crate::api::params;
use crate::api::put;
use crate::api::value::Fields;
use crate::api::words;
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::service::names::StreamId;
use crate::engine::service::write::Accepted;

pub(super) const ROW: Row = Row {
    doc: "Writes one record to the shard its partition key belongs to.",
    pages: None,
    operation: Operation {
        name: "PutRecord",
        plane: Plane::Data,
        resource: Resource::Stream,
        input: Shape {
            name: "PutRecord",
            members: &[
                params::STREAM_NAME,
                Param::required("Data", params::DATA),
                Param::optional("PartitionKey", params::PARTITION_KEY),
                Param::optional("ExplicitHashKey", params::HASH_KEY),
                Param::optional("SequenceNumberForOrdering", params::SEQUENCE_NUMBER),
                params::STREAM_ARN,
                params::DRY_RUN,
            ],
            checked: &[
                "SequenceNumberForOrdering",
                "PartitionKey",
                "ExplicitHashKey",
                "Data",
                "StreamName",
            ],
        },
        call: Some(put_record),
    },
};

fn put_record(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let stream = input::usable_stream(sim, input)?;
    put::check_keys(stream, [(input, 0)])?;
    let entry = put::Entry::read(input)?;
    put::check_ordering(sim, stream, input)?;
    let id = stream.id;
    let stored = store(sim, id, &entry)?;
    Ok(answer(&stored))
}

/// Puts a record that nothing speaks against, into a stream that was found.
pub fn store(sim: &mut Simulation, id: StreamId, entry: &put::Entry) -> Result<Accepted, ApiError> {
    let put = entry.put();
    let stored = sim.request(|service, now| service.put_record(now, ActorId::PERSON, id, &put));
    stored.map_err(|refusal| words::refused(sim, refusal))
}

/// What is said of a record that was stored.
pub fn answer(stored: &Accepted) -> Fields {
    Fields::new()
        .with("ShardId", stored.shard.to_string())
        .with("SequenceNumber", stored.sequence_number.to_string())
        .with_some("EncryptionType", stored.encryption.is_kms().then_some("KMS"))
}
