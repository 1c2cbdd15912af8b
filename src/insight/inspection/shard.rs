//! A shard: what it owns, what it holds, how full its buckets are, and whose keys fill it.

use super::{Inspection, Label, Value, World};
use crate::engine::refusal::Bucket;
use crate::engine::service::metrics::{Metric, Scope};
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::shard::Shard;
use crate::insight::history::Mark;
use crate::insight::receipt::keys::KeyShare;
use crate::insight::subject::Subject;
use std::time::Duration;

/// The buckets in the order in which they are told.
const BUCKETS: [Bucket; 5] = [
    Bucket::WriteRecords,
    Bucket::WriteBytes,
    Bucket::ReadCalls,
    Bucket::ReadBytes,
    Bucket::IteratorCalls,
];
/// How far back keys and refusals are counted.
const WINDOW: Duration = Duration::from_secs(30);

pub(super) fn inspect(world: World, stream: StreamId, id: ShardId) -> Option<Inspection> {
    let service = world.simulation.service();
    let (owner, shard) = (service.stream(stream)?, service.shard(stream, id)?);
    let mut found = Inspection::titled(format!("{} {id}", owner.name));
    found.relate(&owner.name, Subject::Stream(stream));
    tell_range(&mut found, shard);
    tell_log(&mut found, (stream, id), shard);
    tell_load(&mut found, world, (stream, id), shard);
    let since = world.simulation.now().before(WINDOW);
    let by_key = KeyShare::of_shard(world.simulation, shard, Bucket::WriteRecords, since);
    let part = |weight: u64| weight * 1_000 / by_key.total.max(1);
    found.keys = by_key.heaviest.into_iter().map(|(key, weight)| (key, part(weight))).collect();
    for consumer in world.simulation.clients().consumers() {
        if consumer.positions().any(|(of, _)| of == id) && consumer.stream() == Some(stream) {
            found.relate(&consumer.name(), Subject::Client(consumer.id()));
        }
    }
    Some(found)
}

fn tell_range(found: &mut Inspection, shard: &Shard) {
    found.text(Label::KeyRange, &format!("{} – {}", shard.range.start, shard.range.end));
    // The upper 64 bits are finer than a thousandth of a percent.
    let part = ((shard.range.width().saturating_sub(1) >> 64) * 100_000) >> 64;
    let part = u64::try_from(part).unwrap_or(u64::MAX) + 1;
    found.text(Label::PartOfKeys, &format!("{}.{:03} %", part / 1_000, part % 1_000));
    found.fact(Label::Opened, Value::At(shard.opened));
    if let Some(closed) = shard.closed() {
        found.fact(Label::Closed, Value::At(closed));
    }
    let parents = shard.parent.iter().chain(&shard.adjacent_parent);
    let names = |ids: Vec<String>| ids.join(", ");
    let parents = names(parents.map(ToString::to_string).collect());
    let children = names(shard.children.iter().map(ToString::to_string).collect());
    for (label, text) in [(Label::Parents, parents), (Label::Children, children)] {
        if !text.is_empty() {
            found.text(label, &text);
        }
    }
}

fn tell_log(found: &mut Inspection, (stream, shard_id): (StreamId, ShardId), shard: &Shard) {
    let log = &shard.log;
    found.count(Label::Retained, log.tip() - log.horizon());
    found.fact(Label::RetainedBytes, Value::Bytes(log.retained_bytes()));
    let ends =
        [(Label::FirstNumber, log.horizon()), (Label::LastNumber, log.tip().wrapping_sub(1))];
    for (label, ordinal) in ends {
        let Some(record) = log.record(ordinal) else { continue };
        let number = shard.sequence_number(record.index, record.arrival);
        found.text(label, &number);
        found.relate(&number, Subject::Record { stream, shard: shard_id, ordinal });
    }
}

fn tell_load(
    found: &mut Inspection,
    world: World,
    (stream, id): (StreamId, ShardId),
    shard: &Shard,
) {
    let now = world.simulation.now();
    for bucket in BUCKETS {
        let held = shard.buckets.of(bucket);
        let (level, debt) = (held.level(now), held.debt(now));
        let value = if debt > 0 {
            Value::Text(format!("−{debt}"))
        } else {
            Value::Of(level, held.capacity())
        };
        found.fact(Label::Level(bucket), value);
    }
    let scope = Scope::Shard(stream, id);
    let second = |metric| {
        let from = now.before(Duration::from_secs(2));
        let seconds = world.history.seconds.series(now, from, scope, metric);
        seconds.last().map_or(0, |(_, statistic)| statistic.sum)
    };
    found.count(Label::IncomingRecords, second(Metric::IncomingRecords));
    found.fact(Label::IncomingBytes, Value::Bytes(second(Metric::IncomingBytes)));
    let refused = world.history.timeline(stream, id, Mark::WriteRefused);
    found.count(Label::Refused, refused.map_or(0, |line| line.sum(now, WINDOW)));
}
