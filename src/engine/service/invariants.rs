//! What always holds. Checked after every task in debug builds and tests.

use super::Service;
use super::fan_out::ConsumerStatus;
use super::hash_key::HashKey;
use super::limits::GET_RECORDS_BYTES;
use super::names::ShardId;
use super::shard::Shard;
use super::stream::Stream;
use crate::engine::refusal::Bucket;
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;

impl Service {
    /// Panics if anything that always holds does not: a bug.
    pub fn check(&self) {
        assert!(self.touched.is_empty(), "no call is being answered");
        for stream in self.streams() {
            assert_eq!(self.stream_id(&stream.name), Ok(stream.id), "a name stands for its stream");
            check_ranges(stream);
            check_lineage(stream);
            check_subscriptions(stream);
            stream.shards().iter().for_each(check_shard);
        }
    }

    /// Panics if a bucket holds more than it can, or owes more than an answer can weigh.
    pub fn check_buckets(&self, now: Instant) {
        let shards = self.streams().flat_map(Stream::shards);
        for shard in shards {
            for bucket in [Bucket::WriteRecords, Bucket::WriteBytes, Bucket::ReadCalls] {
                assert_eq!(shard.buckets.of(bucket).debt(now), 0, "{bucket:?} is never in debt");
            }
            let debt = shard.buckets.read_bytes.debt(now);
            assert!(debt <= GET_RECORDS_BYTES.value, "an answer weighs 10 MiB at most");
        }
    }
}

/// The open shards' ranges tile the key space.
fn check_ranges(stream: &Stream) {
    let mut next = Some(HashKey(0));
    for shard in stream.open_shards() {
        assert_eq!(Some(shard.range.start), next, "ranges leave no gap and do not overlap");
        next = shard.range.end.0.checked_add(1).map(HashKey);
    }
    let whole = next.is_none() || stream.open_shard_count() == 0;
    assert!(whole, "the last range ends where the key space ends");
}

/// The children of a closed shard own what it owned, and know it as their parent.
fn check_lineage(stream: &Stream) {
    let all = stream.shards();
    let of = |id: ShardId| &all[id.0 as usize];
    for shard in all {
        assert_eq!(shard.is_open(), shard.children.is_empty(), "a shard closes for its children");
        let Some((first, last)) = shard.children.first().zip(shard.children.last()) else {
            continue;
        };
        let (start, end) = (of(*first).range.start, of(*last).range.end);
        assert!(start <= shard.range.start && shard.range.end <= end, "children cover a parent");
        for &child in &shard.children {
            let child = of(child);
            let is_parent = child.parent == Some(shard.id);
            assert!(is_parent || child.adjacent_parent == Some(shard.id), "links go both ways");
            assert_eq!(Some(child.opened), shard.closed(), "one closes when the other opens");
            assert!(child.epoch_secs > shard.epoch_secs, "sequence numbers rise from parents on");
        }
    }
}

/// Each shard knows how many subscriptions wait for its records.
fn check_subscriptions(stream: &Stream) {
    let mut waiting: SortedMap<ShardId, u32> = SortedMap::default();
    for (shard, consumer, subscription) in stream.consumers.subscriptions() {
        let status = stream.consumers.get(consumer).map(|consumer| consumer.status);
        assert_eq!(status, Some(ConsumerStatus::Active), "only active consumers subscribe");
        *waiting.or_default(shard) += u32::from(subscription.is_waiting());
    }
    for shard in stream.shards() {
        let counted = waiting.get(&shard.id).copied().unwrap_or(0);
        assert_eq!(counted, shard.subscriptions, "a shard wakes all who wait for its records");
    }
}

/// What was accepted is retained or has expired, and nothing else.
fn check_shard(shard: &Shard) {
    let log = &shard.log;
    assert!(log.horizon() <= log.tip(), "the trim horizon is not beyond the tip");
    assert_eq!(log.arrival(log.tip()), None, "nothing lies beyond the tip");
    if log.horizon() < log.tip() {
        let oldest = log.record(log.horizon()).expect("the trim horizon is a record");
        let newest = log.record(log.tip() - 1).expect("the record before the tip is there");
        assert!(oldest.arrival <= newest.arrival, "records lie in the order of their arrival");
        assert!(oldest.index <= newest.index, "sequence numbers rise");
    }
}
