//! A stream as simply as it can be said: lists, and buckets in exact numbers.

use shardlab::engine::service::hash_key::{HashKey, HashKeyRange};
use shardlab::engine::service::shard::Shard;
use shardlab::engine::time::Instant;
use std::ops::Range;
use std::time::Duration;

/// A provisioned stream.
pub struct Model {
    pub shards: Vec<ModelShard>,
    pub retention: Duration,
}

/// A shard: every record it ever took, and how many of them have expired.
pub struct ModelShard {
    range: HashKeyRange,
    open: bool,
    pub records: Vec<ModelRecord>,
    pub expired: u64,
    pub write_records: Fluid,
    pub write_bytes: Fluid,
    read_calls: Fluid,
    read_bytes: Fluid,
    pub iterator_calls: Fluid,
    call_bytes: u64,
}

/// A record.
pub struct ModelRecord {
    pub key: String,
    pub size: u32,
    pub arrival: Instant,
}

impl Model {
    pub fn of(ranges: impl Iterator<Item = HashKeyRange>) -> Self {
        let shards = ranges.map(|range| ModelShard::new(range, Instant::default())).collect();
        Self { shards, retention: Duration::from_hours(24) }
    }

    pub fn shard(&mut self, shard: u32) -> &mut ModelShard {
        &mut self.shards[shard as usize]
    }

    /// Learns of a shard that the service has opened or closed.
    pub fn adopt(&mut self, shard: &Shard) {
        if shard.id.0 as usize == self.shards.len() {
            self.shards.push(ModelShard::new(shard.range, shard.opened));
        }
        self.shard(shard.id.0).open = shard.is_open();
    }

    /// Drops what is older than the retention.
    pub fn expire(&mut self, now: Instant) {
        let expiry = now.before(self.retention);
        for shard in &mut self.shards {
            let expired = shard.records.partition_point(|record| record.arrival <= expiry) as u64;
            shard.expired = shard.expired.max(expired);
        }
    }

    pub fn owner(&self, key: HashKey) -> u32 {
        let owner = self.shards.iter().position(|shard| shard.open && shard.range.contains(key));
        u32::try_from(owner.expect("every hash key has an owner")).unwrap()
    }

    /// A new `PutRecords` call: bytes are rounded up to a KiB on its sum.
    pub fn begin_call(&mut self) {
        self.shards.iter_mut().for_each(|shard| shard.call_bytes = 0);
    }

    /// Whether a shard takes a record; it is there then.
    pub fn put(&mut self, shard: u32, record: ModelRecord) -> bool {
        let shard = self.shard(shard);
        let sum = shard.call_bytes + u64::from(record.size);
        let charge = sum.div_ceil(1_024) * 1_024 - shard.call_bytes.div_ceil(1_024) * 1_024;
        let now = record.arrival;
        if shard.write_records.level_millionths(now) < 1_000_000
            || shard.write_bytes.level_millionths(now) < i128::from(charge) * 1_000_000
        {
            return false;
        }
        assert!(shard.write_records.take(now, 1) && shard.write_bytes.take(now, charge));
        shard.call_bytes = sum;
        shard.records.push(record);
        true
    }
}

impl ModelShard {
    fn new(range: HashKeyRange, now: Instant) -> Self {
        Self {
            range,
            open: true,
            records: Vec::new(),
            expired: 0,
            write_records: Fluid::new(1_000, 1_000, now),
            write_bytes: Fluid::new(10 << 20, 1 << 20, now),
            read_calls: Fluid::new(5, 5, now),
            read_bytes: Fluid::new(2 << 20, 2 << 20, now),
            iterator_calls: Fluid::new(5, 5, now),
            call_bytes: 0,
        }
    }

    /// The ordinals that `GetRecords` answers with; `None` if it refuses.
    pub fn get(&mut self, now: Instant, from: u64, limit: u64) -> Option<Range<u64>> {
        if self.read_bytes.level_millionths(now) < 0 || !self.read_calls.take(now, 1) {
            return None;
        }
        let start = from.max(self.expired);
        let (mut end, mut bytes) = (start, 0);
        for record in &self.records[usize::try_from(start).unwrap()..] {
            let more = bytes + u64::from(record.size);
            if end - start == limit.min(10_000) || (end > start && more > 10 << 20) {
                break;
            }
            (end, bytes) = (end + 1, more);
        }
        self.read_bytes.overdraw(now, bytes);
        Some(start..end)
    }
}

/// A bucket in millionths of tokens, without a limit on their number.
pub struct Fluid {
    millionths: i128,
    at: Instant,
    capacity: u64,
    rate: u64,
}

impl Fluid {
    fn new(capacity: u64, rate: u64, now: Instant) -> Self {
        Self { millionths: i128::from(capacity) * 1_000_000, at: now, capacity, rate }
    }

    pub fn level(&self, now: Instant) -> u64 {
        u64::try_from(self.level_millionths(now) / 1_000_000).unwrap_or(0)
    }

    fn level_millionths(&self, now: Instant) -> i128 {
        let refilled = i128::from(now.micros() - self.at.micros()) * i128::from(self.rate);
        (self.millionths + refilled).min(i128::from(self.capacity) * 1_000_000)
    }

    /// Takes tokens if they are there.
    pub fn take(&mut self, now: Instant, tokens: u64) -> bool {
        let left = self.level_millionths(now) - i128::from(tokens) * 1_000_000;
        if left >= 0 {
            (self.millionths, self.at) = (left, now);
        }
        left >= 0
    }

    /// Takes bytes that were answered; more than there are become a debt of all of them.
    fn overdraw(&mut self, now: Instant, tokens: u64) {
        let (level, asked) = (self.level_millionths(now), i128::from(tokens) * 1_000_000);
        self.millionths = if asked <= level { level - asked } else { -asked };
        self.at = now;
    }
}
