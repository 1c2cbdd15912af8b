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

/// The children of a shard that was read to its end, each with its parents.
pub(super) fn children(
    service: &Service,
    stream: StreamId,
    ended: ShardId,
) -> Vec<(ShardId, Vec<ShardId>)> {
    let Some(found) = service.stream(stream) else { return Vec::new() };
    let children = found.shards().get(ended.0 as usize).map_or(&[][..], |shard| &shard.children);
    let readable = children.iter().filter_map(|&child| found.shard(child).ok());
    readable
        .map(|child| {
            let parents = [child.parent, child.adjacent_parent].into_iter().flatten().collect();
            (child.id, parents)
        })
        .collect()
}
