//! What a visitor pastes: a shard iterator, a sequence number, or a partition key.

use super::{Inspection, Label, Value};
use crate::engine::Simulation;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::iterator::ShardIterator;
use crate::engine::service::limits::ITERATOR_LIFE;
use crate::engine::service::names::ShardId;
use crate::engine::service::sequence_number::SequenceNumber;
use crate::engine::time::Instant;
use crate::insight::subject::Subject;
use std::time::Duration;

/// What a pasted text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// A shard iterator.
    Iterator,
    /// A sequence number.
    SequenceNumber,
    /// Neither: it is taken for a partition key.
    PartitionKey,
}

/// Takes a pasted text apart; `None` for an empty one.
pub fn read_token(simulation: &Simulation, text: &str) -> Option<(Read, Inspection)> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(iterator) = ShardIterator::from_token(text, simulation.service().secret()) {
        return Some((Read::Iterator, of_iterator(simulation, &iterator)));
    }
    if let Some(number) = SequenceNumber::parse(text.trim_matches('"')) {
        return Some((Read::SequenceNumber, of_number(simulation, text, number)));
    }
    Some((Read::PartitionKey, of_key(simulation, text)))
}

fn of_iterator(simulation: &Simulation, iterator: &ShardIterator) -> Inspection {
    let mut found = Inspection::titled(iterator.shard.to_string());
    let stream = simulation.service().stream(iterator.stream);
    if let Some(stream) = stream {
        found.text(Label::Stream, &stream.name);
        found.relate(&iterator.shard, Subject::Shard(iterator.stream, iterator.shard));
    }
    found.count(Label::NextRecord, iterator.next);
    found.fact(Label::Issued, Value::At(iterator.issued));
    let life = Duration::from_secs(ITERATOR_LIFE.value);
    found.fact(Label::Expires, Value::At(iterator.issued + life));
    let shard = simulation.service().shard(iterator.stream, iterator.shard);
    if shard.is_some_and(|shard| shard.log.record(iterator.next).is_some()) {
        let (stream, shard, ordinal) = (iterator.stream, iterator.shard, iterator.next);
        found.relate(&"→", Subject::Record { stream, shard, ordinal });
    }
    found
}

fn of_number(simulation: &Simulation, text: &str, number: SequenceNumber) -> Inspection {
    let mut found = Inspection::titled(text.to_owned());
    found.count(Label::NumberVersion, 2);
    found.fact(Label::NumberEpoch, Value::At(Instant::from_secs(number.epoch_secs)));
    found.count(Label::NumberIndex, number.index);
    found.fact(Label::NumberTime, Value::At(Instant::from_secs(number.time_secs)));
    let id = ShardId(number.shard);
    found.text(Label::NumberShard, &id);
    for stream in simulation.service().streams() {
        let Ok(shard) = stream.shard(id) else { continue };
        let ordinal = shard.log.ordinal_of_index(number.index);
        let record = shard.log.record(ordinal);
        let same = |found: &SequenceNumber| *found == number;
        let is_its = record
            .map(|record| shard.sequence_number(record.index, record.arrival))
            .is_some_and(|n| same(&n));
        if is_its {
            found.relate(&stream.name, Subject::Record { stream: stream.id, shard: id, ordinal });
        }
    }
    found
}

fn of_key(simulation: &Simulation, key: &str) -> Inspection {
    let mut found = Inspection::titled(key.to_owned());
    let hash = HashKey::of(key);
    found.text(Label::HashKey, &format!("{hash} (0x{:032x})", hash.0));
    for stream in simulation.service().streams().filter(|stream| stream.open_shard_count() > 0) {
        let owner = stream.owner(hash);
        found.relate(&format!("{} {owner}", stream.name), Subject::Shard(stream.id, owner));
    }
    found
}
