//! Which keys brought what a shard stored, and where to split it.

use crate::engine::Simulation;
use crate::engine::client::Clients;
use crate::engine::refusal::{Bucket, Throttle};
use crate::engine::service::Service;
use crate::engine::service::hash_key::{HashKey, HashKeyRange};
use crate::engine::service::record::{Carried, Key, StoredRecord};
use crate::engine::service::shard::Shard;
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use std::time::Duration;

/// Which keys brought what a shard stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyShare {
    /// Records, or bytes if these are what ran out.
    pub total: u64,
    /// How many keys there were.
    pub count: u64,
    /// The heaviest, with what each brought.
    pub heaviest: Vec<(String, u64)>,
    /// Where a split would give both halves as nearly the same as it can; `None` if everything has
    /// one key, or the shard is closed.
    pub split_at: Option<HashKey>,
}

/// Keys that are named.
const NAMED: usize = 3;
/// The most records that are looked at; more are taken every so often.
const LOOKED_AT: u64 = 4_000;

/// A key's weight, and the record that shows its text.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    sum: u64,
    ordinal: u64,
}

impl KeyShare {
    /// Of the records of the last `window` of the shard that refused a put; nothing for readers.
    pub fn of(world: &Simulation, throttle: &Throttle, now: Instant, window: Duration) -> Self {
        if !matches!(throttle.bucket, Bucket::WriteRecords | Bucket::WriteBytes) {
            return Self::default();
        }
        let shard = world.service().shard(throttle.stream, throttle.shard);
        shard.map_or_else(Self::default, |shard| {
            Self::of_shard(world, shard, throttle.bucket, now.before(window))
        })
    }

    /// Of the records that a shard stored since an instant; by bytes if these are what the bucket
    /// counts.
    pub fn of_shard(world: &Simulation, shard: &Shard, bucket: Bucket, since: Instant) -> Self {
        let weights = weigh(world, shard, shard.log.ordinal_at(since), bucket);
        let mut heaviest: Vec<(HashKey, Weight)> = Vec::new();
        for (&hash, &weight) in weights.iter() {
            let place = heaviest.partition_point(|(_, other)| other.sum >= weight.sum);
            heaviest.insert(place, (hash, weight));
            heaviest.truncate(NAMED);
        }
        let name = |(_, weight): (HashKey, Weight)| {
            let record = shard.log.record(weight.ordinal)?;
            Some((text(world.service(), world.clients(), &record), weight.sum))
        };
        Self {
            total: weights.values().map(|weight| weight.sum).sum(),
            count: weights.len() as u64,
            heaviest: heaviest.into_iter().filter_map(name).collect(),
            split_at: shard.is_open().then(|| border(&weights, &shard.range)).flatten(),
        }
    }

    /// The heaviest key and its part in percent, rounded.
    pub fn hottest(&self) -> Option<(&str, u64)> {
        let (key, sum) = self.heaviest.first()?;
        Some((key, (sum * 100 + self.total / 2) / self.total.max(1)))
    }
}

/// What each key brought since an ordinal.
fn weigh(
    world: &Simulation,
    shard: &Shard,
    first: u64,
    bucket: Bucket,
) -> SortedMap<HashKey, Weight> {
    let (log, mut weights) = (&shard.log, SortedMap::<HashKey, Weight>::default());
    let every = ((log.tip() - first) / LOOKED_AT).max(1);
    let mut ordinal = first;
    while let Some(record) = log.record(ordinal) {
        let hash = match record.key {
            Key::Known(id) => world.service().known_keys().hash(id),
            Key::Text(_) | Key::Made => {
                HashKey::of(&text(world.service(), world.clients(), &record))
            }
        };
        // A record put with an explicit hash key lies where its key does not.
        if shard.range.contains(hash) {
            let weight = weights.or_default(hash);
            weight.sum += every * if bucket == Bucket::WriteBytes { record.size.into() } else { 1 };
            weight.ordinal = ordinal;
        }
        ordinal += every;
    }
    weights
}

/// The first hash key of the upper half, where the halves weigh as nearly the same as they can.
fn border(weights: &SortedMap<HashKey, Weight>, range: &HashKeyRange) -> Option<HashKey> {
    let total: u64 = weights.values().map(|weight| weight.sum).sum();
    let (mut below, mut best) = (0_u64, None::<(u64, HashKey)>);
    for (&hash, weight) in weights.iter() {
        let apart = below.abs_diff(total - below);
        // As strict as the service.
        let is_allowed = hash.0 > range.start.0.saturating_add(1) && hash < range.end;
        if below > 0 && is_allowed && best.is_none_or(|(least, _)| apart < least) {
            best = Some((apart, hash));
        }
        below += weight.sum;
    }
    best.map(|(_, hash)| hash)
}

/// The partition key of a record, whether it is stored, known or made again.
pub fn text(service: &Service, clients: &Clients, record: &StoredRecord) -> String {
    match (record.key, record.carried) {
        (Key::Known(id), _) => service.known_keys().text(id).to_owned(),
        (Key::Text(text), _) => text.to_owned(),
        (Key::Made, Carried::Made { maker, number }) => {
            clients.key_text(maker, number).unwrap_or_default()
        }
        (Key::Made, Carried::Stored(_)) => String::new(),
    }
}
