//! Which shards to read, and in which order: a parent before its children.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html>.

use super::position::Start;
use crate::engine::service::Service;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::time::Instant;

/// The shards with which reading begins: those that hold records from the start on and have no
/// parent that does. The others follow as their parents end.
pub(super) fn first_shards(
    service: &Service,
    stream: StreamId,
    start: Start,
    now: Instant,
) -> Vec<ShardId> {
    let Some(found) = service.stream(stream) else { return Vec::new() };
    let since = match start {
        Start::TrimHorizon => Instant::default(),
        Start::AtTimestamp(timestamp) => timestamp,
        Start::Latest => now,
    };
    let holds = |id: ShardId| {
        found.shard(id).is_ok_and(|shard| shard.closed().is_none_or(|closed| closed > since))
    };
    let shards = found.shards().iter().filter(|shard| {
        let parents = [shard.parent, shard.adjacent_parent];
        holds(shard.id) && !parents.into_iter().flatten().any(holds)
    });
    shards.map(|shard| shard.id).collect()
}

/// The shards that were opened when a shard closed. Some may have expired by now: whoever reads on
/// has lost their records, and finds their children through them.
pub(super) fn children(service: &Service, stream: StreamId, closed: ShardId) -> &[ShardId] {
    let found = service.stream(stream).and_then(|found| found.shards().get(closed.0 as usize));
    found.map_or(&[], |shard| &shard.children)
}

/// The shards that closed when a shard was opened.
pub(super) fn parents(
    service: &Service,
    stream: StreamId,
    opened: ShardId,
) -> impl Iterator<Item = ShardId> {
    let found = service.stream(stream).and_then(|found| found.shards().get(opened.0 as usize));
    found.into_iter().flat_map(|shard| [shard.parent, shard.adjacent_parent]).flatten()
}

/// Whether a shard comes after one that is still to be read. `has_ended` says it of shards whose
/// reading has begun; the turn of others comes when one that they descend from ends, or never.
pub(super) fn must_wait(
    service: &Service,
    stream: StreamId,
    shard: ShardId,
    has_ended: impl Fn(ShardId) -> Option<bool>,
) -> bool {
    let mut seen = Vec::new();
    let mut ancestors: Vec<ShardId> = parents(service, stream, shard).collect();
    while let Some(ancestor) = ancestors.pop() {
        match has_ended(ancestor) {
            Some(false) => return true,
            None if !seen.contains(&ancestor) => {
                seen.push(ancestor);
                ancestors.extend(parents(service, stream, ancestor));
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::client::consumer::{ConsumerSpec, Mode};
    use crate::engine::client::fixture::{clicks, consume, name, pass, produce, steady, world};
    use crate::engine::client::keys::Keys;
    use crate::engine::event::Event;
    use crate::engine::service::partition_key::PartitionKey;

    fn split(world: &mut Simulation, shard: u32) {
        let split = world.request(|service, now| {
            let at = service.stream_named(&clicks())?.shard(ShardId(shard))?.range.midpoint();
            service.split_shard(now, &clicks(), ShardId(shard), at)
        });
        split.unwrap();
    }

    fn merge(world: &mut Simulation, lower: u32, upper: u32) {
        let merge = |service: &mut Service, now| {
            service.merge_shards(now, &clicks(), ShardId(lower), ShardId(upper))
        };
        world.request(merge).unwrap();
    }

    #[test]
    fn shards_that_expire_unread_are_lost_and_their_children_are_read() {
        for spec in [ConsumerSpec::enhanced(clicks()), ConsumerSpec::polling(clicks())] {
            let spec = ConsumerSpec { from: Start::TrimHorizon, ..spec };
            let mut world = world(1);
            pass(&mut world, 20);
            produce(&mut world, &steady(1, Keys::Unique));
            consume(&mut world, "reader", spec.clone());
            pass(&mut world, 60);
            world
                .command(|clients, service, now| {
                    clients.stop_consumer(now, service, &name("reader"))
                })
                .unwrap();
            split(&mut world, 0);
            pass(&mut world, 86_400);
            merge(&mut world, 1, 2);
            pass(&mut world, 2 * 86_400);
            consume(&mut world, "reader", spec);
            let events = pass(&mut world, 60);
            world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
            pass(&mut world, 60);
            let counters = world.clients().consumer_named(&name("reader")).unwrap().counters();
            let accepted =
                world.clients().producer_named(&name("web")).unwrap().counters().accepted;
            assert_eq!(counters.records + counters.lost, accepted);
            let mut lost = [0; 4];
            for event in events {
                if let Event::RecordsLost { shard, records, .. } = event {
                    lost[shard.0 as usize] += records;
                }
            }
            assert!(lost[1..].iter().all(|&lost| lost > 40_000), "{lost:?}");
            assert_eq!(lost.iter().sum::<u64>(), counters.lost);
        }
    }

    #[test]
    fn a_child_waits_for_a_parent_that_is_itself_not_reached_yet() {
        let mut world = world(2);
        pass(&mut world, 20);
        // Its hash lies in shard 0, in the upper half of it, and after the merge in shard 4.
        produce(&mut world, &steady(100, Keys::One(PartitionKey::new("111").unwrap())));
        let mode = Mode::Shared { every: std::time::Duration::from_secs(1), limit: Some(10) };
        let from = Start::TrimHorizon;
        consume(&mut world, "slow", ConsumerSpec { mode, from, ..ConsumerSpec::polling(clicks()) });
        let mut events = pass(&mut world, 10);
        split(&mut world, 0);
        events.extend(pass(&mut world, 10));
        merge(&mut world, 3, 1);
        events.extend(pass(&mut world, 10));
        world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
        events.extend(pass(&mut world, 600));
        let mut read: Vec<u32> = events
            .iter()
            .filter_map(|event| match event {
                Event::RecordsRead { shard, records: 1.., .. } => Some(shard.0),
                _ => None,
            })
            .collect();
        read.dedup();
        assert_eq!(read, [0, 3, 4]);
    }
}
