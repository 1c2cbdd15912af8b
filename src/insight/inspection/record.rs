//! A record: its key and where that falls, its sequence number taken apart, its data, who read it.

use super::{Inspection, Label, Value, encryption};
use crate::engine::Simulation;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::record::{Carried, StoredRecord};
use crate::engine::time::Instant;
use crate::insight::receipt::keys;
use crate::insight::subject::Subject;
use std::fmt::Write as _;

/// Bytes of data that are shown.
const SHOWN: usize = 1_024;

pub(super) fn inspect(
    simulation: &Simulation,
    (stream, id): (StreamId, ShardId),
    ordinal: u64,
) -> Option<Inspection> {
    let (owner, shard) =
        (simulation.service().stream(stream)?, simulation.service().shard(stream, id)?);
    let record = shard.log.record(ordinal)?;
    let number = shard.sequence_number(record.index, record.arrival);
    let mut found = Inspection::titled(number.to_string());
    let key = keys::text(simulation.service(), simulation.clients(), &record);
    let hash = HashKey::of(&key);
    found.text(Label::PartitionKey, &key);
    found.text(Label::HashKey, &format!("{hash} (0x{:032x})", hash.0));
    if !shard.range.contains(hash) {
        found.text(Label::ExplicitHashKey, &id);
    }
    found.count(Label::PlaceInShard, ordinal);
    found.text(Label::SequenceNumber, &number);
    found.count(Label::NumberVersion, 2);
    found.fact(Label::NumberEpoch, Value::At(Instant::from_secs(number.epoch_secs)));
    found.count(Label::NumberIndex, number.index);
    found.fact(Label::NumberTime, Value::At(Instant::from_secs(number.time_secs)));
    found.text(Label::NumberShard, &ShardId(number.shard));
    found.fact(Label::Arrived, Value::At(record.arrival));
    found.fact(Label::Size, Value::Bytes(record.size.into()));
    found.text(Label::Encryption, &encryption(record.encryption));
    found.fact(Label::Expires, Value::At(record.arrival + owner.retention()));
    tell_readers(&mut found, simulation, (stream, id), ordinal);
    found.data = Some(data(simulation, &record));
    found.relate(&id, Subject::Shard(stream, id));
    let neighbors = [("←", ordinal.checked_sub(1)), ("→", ordinal.checked_add(1))];
    for (name, neighbor) in neighbors {
        if let Some(ordinal) = neighbor.filter(|&at| shard.log.record(at).is_some()) {
            found.relate(&name, Subject::Record { stream, shard: id, ordinal });
        }
    }
    Some(found)
}

fn tell_readers(
    found: &mut Inspection,
    simulation: &Simulation,
    (stream, shard): (StreamId, ShardId),
    ordinal: u64,
) {
    let (mut read, mut unread) = (Vec::new(), Vec::new());
    let consumers = simulation.clients().consumers();
    for consumer in consumers.filter(|consumer| consumer.stream() == Some(stream)) {
        let Some((_, position)) = consumer.positions().find(|(of, _)| *of == shard) else {
            continue;
        };
        let is_read = position.processed(simulation.now()).is_some_and(|next| next > ordinal);
        if is_read { &mut read } else { &mut unread }.push(consumer.name().to_string());
    }
    for (label, names) in [(Label::ReadBy, read), (Label::UnreadBy, unread)] {
        if !names.is_empty() {
            found.text(label, &names.join(", "));
        }
    }
}

/// The data as text if all of what is shown is text, otherwise as hexadecimal digits.
fn data(simulation: &Simulation, record: &StoredRecord) -> String {
    let bytes = match record.carried {
        Carried::Stored(bytes) => bytes.to_vec(),
        Carried::Made { maker, number } => {
            simulation.clients().bytes(maker, number).unwrap_or_default()
        }
    };
    let shown = &bytes[..bytes.len().min(SHOWN)];
    // A cut in the middle of a character leaves text.
    let text = shown.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let is_text = text.len() + 4 > shown.len() && !text.chars().any(is_control);
    let rest = if bytes.len() > SHOWN { "…" } else { "" };
    if is_text {
        return format!("{text}{rest}");
    }
    let mut digits = String::with_capacity(2 * shown.len() + rest.len());
    for byte in shown {
        // Writing to a string succeeds.
        let _ = write!(digits, "{byte:02x}");
    }
    digits + rest
}

fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t')
}
