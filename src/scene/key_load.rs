//! Where a shard's last records fall in its part of the key space, and where to split it for them.

use super::hue::hash_of;
use crate::engine::Simulation;
use crate::engine::service::hash_key::{HashKey, HashKeyRange};
use crate::engine::service::shard::Shard;

/// Where a shard's last records fall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyLoad {
    /// Hash keys with the bytes of their records, by hash key, each once.
    keys: Vec<(HashKey, u64)>,
}

impl KeyLoad {
    /// Looks at so many of the last records.
    pub fn of(simulation: &Simulation, shard: &Shard, records: u64) -> Self {
        let log = &shard.log;
        let from = log.tip().saturating_sub(records).max(log.horizon());
        let seen = log.records(from..log.tip());
        let mut keys: Vec<(HashKey, u64)> =
            seen.map(|record| (hash_of(simulation, &record), record.size.into())).collect();
        keys.sort_unstable();
        keys.dedup_by(|next, one| {
            let is_same = next.0 == one.0;
            if is_same {
                one.1 += next.1;
            }
            is_same
        });
        // An explicit hash key puts a record where its key would not have.
        keys.retain(|(key, _)| shard.range.contains(*key));
        Self { keys }
    }

    /// The bytes in each of so many equal parts of a range.
    pub fn bins(&self, range: &HashKeyRange, count: u32) -> Vec<u64> {
        let mut bins = vec![0; count as usize];
        let width = range.width() / u128::from(count) + 1;
        for (key, bytes) in &self.keys {
            let bin = key.0.saturating_sub(range.start.0) / width;
            if let Some(bin) = usize::try_from(bin).ok().and_then(|bin| bins.get_mut(bin)) {
                *bin += bytes;
            }
        }
        bins
    }

    /// The percentage of the bytes below a hash key; `None` without any records.
    pub fn percent_below(&self, at: HashKey) -> Option<u64> {
        let sum = |keys: &[(HashKey, u64)]| keys.iter().map(|(_, bytes)| bytes).sum::<u64>();
        let below = self.keys.partition_point(|(key, _)| *key < at);
        (sum(&self.keys[..below]) * 100).checked_div(sum(&self.keys))
    }

    /// Where a split leaves both halves as even as it can; `None` if one key has it all. No split
    /// parts the records of one key.
    pub fn best_split(&self) -> Option<HashKey> {
        let total: u64 = self.keys.iter().map(|(_, bytes)| bytes).sum();
        let mut below = 0_u64;
        let pairs = self.keys.windows(2).map(|pair| {
            below += pair[0].1;
            // In the middle of the gap, so that keys that are still to come fall either way.
            let gap = pair[1].0.0 - pair[0].0.0;
            (below.abs_diff(total - below), HashKey(pair[1].0.0 - gap / 2))
        });
        pairs.min().map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(keys: &[(u128, u64)]) -> KeyLoad {
        KeyLoad { keys: keys.iter().map(|(key, bytes)| (HashKey(*key), *bytes)).collect() }
    }

    #[test]
    fn the_best_split_evens_the_halves_out() {
        let hot = load(&[(10, 5), (20, 60), (30, 30), (40, 30)]);
        assert_eq!(hot.best_split(), Some(HashKey(25)));
        assert_eq!(hot.percent_below(HashKey(25)), Some(52));
        assert_eq!(load(&[(10, 5)]).best_split(), None);
        assert_eq!(load(&[]).percent_below(HashKey(1)), None);
        let range = HashKeyRange { start: HashKey(10), end: HashKey(49) };
        assert_eq!(hot.bins(&range, 4), [5, 60, 30, 30]);
    }
}
