//! Records as consumers get them.

use std::borrow::Cow;
use std::ops::Range;

use crate::api::value::{Fields, Value};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::service::names::ShardId;
use crate::engine::service::record::{Carried, Key, StoredRecord};
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;
use crate::engine::time::Instant;

/// The records of a shard at these ordinals, with their bytes.
pub fn records(
    sim: &Simulation,
    stream: &Stream,
    shard: ShardId,
    ordinals: Range<u64>,
) -> Vec<Value> {
    let shard = &stream.shards()[shard.0 as usize];
    shard.log.records(ordinals).map(|stored| record(sim, shard, &stored)).collect()
}

/// Who makes a record's bytes again, and by which number.
fn made(stored: &StoredRecord) -> Option<(ActorId, u32)> {
    match stored.carried {
        Carried::Made { maker, number } => Some((maker, number)),
        Carried::Stored(_) => None,
    }
}

/// The partition key of a record; empty if it has none.
pub fn key<'a>(sim: &'a Simulation, stored: &StoredRecord<'a>) -> Cow<'a, str> {
    match stored.key {
        Key::Known(id) => sim.service().known_keys().text(id).into(),
        Key::Text(text) => text.into(),
        Key::Made => {
            let (maker, number) = made(stored).expect("a key is made again with its data");
            sim.clients().key_text(maker, number).expect("producers stay").into()
        }
    }
}

/// The bytes of a record.
pub fn data<'a>(sim: &Simulation, stored: &StoredRecord<'a>) -> Cow<'a, [u8]> {
    match stored.carried {
        Carried::Stored(bytes) => Cow::Borrowed(bytes),
        Carried::Made { maker, number } => {
            sim.clients().bytes(maker, number).expect("a producer makes its records again").into()
        }
    }
}

fn record(sim: &Simulation, shard: &Shard, stored: &StoredRecord) -> Value {
    let number = shard.sequence_number(stored.index, stored.arrival);
    let (key, data) = (key(sim, stored), data(sim, stored));
    Fields::new()
        .with("SequenceNumber", number.to_string())
        .with("ApproximateArrivalTimestamp", Instant::from_millis(stored.arrival.millis()))
        .with("Data", Value::Blob(data.into_owned()))
        .with_some("PartitionKey", (!key.is_empty()).then(|| key.into_owned()))
        .with_some("EncryptionType", stored.encryption.is_kms().then_some("KMS"))
        .into()
}
