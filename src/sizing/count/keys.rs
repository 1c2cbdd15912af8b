//! Records and bytes by key: exact up to a number of keys, and within bounds beyond.

use super::distinct::Distinct;
use super::places::{AHEAD, Places};
use super::weight;
use crate::sizing::turns::{Alone, Pause, at_once, each, reserve};

/// Distinct keys up to which every key is counted exactly.
pub const EXACT_KEYS: usize = 1_000_000;
/// Bytes of key texts that are kept, so that the hottest can be named.
const TEXT_BYTES: usize = 32 << 20;

/// What came with a key.
#[derive(Clone, Copy, Debug)]
pub struct KeyCount {
    /// The MD5 of the key: where it falls in the key space.
    hash: [u64; 2],
    /// Bytes of its records, keys included.
    pub bytes: u64,
    /// The most that may be missing, as a [`weight`]: what was seen before the key was counted.
    pub missed: u64,
    /// Its records.
    pub records: u32,
    /// Where its text begins.
    text: u32,
}

/// Counts by key.
///
/// Beyond [`EXACT_KEYS`] the lighter half is forgotten, again and again (lossy counting, Manku and
/// Motwani 2002, with counts given up when there is no room instead of at intervals): whatever was
/// forgotten weighed no more than a bound, which every key that is new afterwards carries as what
/// it may have had before.
#[derive(Clone, Debug)]
pub struct Keys {
    /// How many are kept when there is time to forget others.
    limit: usize,
    places: Places,
    counts: Vec<KeyCount>,
    texts: Vec<u8>,
    /// The most that a key that is not there may weigh.
    bound: u64,
    /// Once keys were forgotten, an estimate of how many there are.
    distinct: Option<Distinct>,
}

/// Bytes of key texts that may come before there is time again.
const PIECE: usize = 1 << 17;
const NO_TEXT: u32 = u32::MAX;

impl KeyCount {
    /// The MD5 of the key.
    pub fn hash(&self) -> u128 {
        u128::from(self.hash[0]) << 64 | u128::from(self.hash[1])
    }

    /// How much of a shard it takes.
    pub fn weight(&self) -> u64 {
        weight(self.records.into(), self.bytes)
    }
}

impl Keys {
    /// Without any key, exact up to so many.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            places: Places::default(),
            counts: Vec::new(),
            texts: Vec::new(),
            bound: 0,
            distinct: None,
        }
    }

    /// Counts a record of a key.
    pub fn count(&mut self, hash: u128, key: &[u8], bytes: u64) {
        let hash = halves(hash);
        if let Some(distinct) = &mut self.distinct {
            distinct.see(hash[0]);
        }
        if self.places.is_full(self.counts.len()) {
            at_once(self.make_room(1, &Alone));
        }
        let counts = &self.counts;
        match self.places.find(hash[0], |entry| counts[entry as usize].hash == hash) {
            Ok(entry) => {
                let count = &mut self.counts[entry as usize];
                count.records = count.records.saturating_add(1);
                count.bytes += bytes;
            }
            Err(place) => {
                let entry = u32::try_from(self.counts.len()).expect("fewer than 2^32 keys");
                self.places.put(place, entry);
                let (text, missed) = (self.keep_text(key), self.bound);
                self.counts.push(KeyCount { hash, bytes, missed, records: 1, text });
            }
        }
    }

    /// Does what had better be done before more comes: forgets if there are too many keys, and
    /// makes room.
    pub async fn prepare(&mut self, pause: &impl Pause) {
        if self.counts.len() > self.limit {
            self.forget(pause).await;
        }
        if self.places.is_nearly_full(self.counts.len()) {
            self.make_room(AHEAD, pause).await;
        }
        if self.counts.len() > AHEAD {
            reserve(&mut self.counts, AHEAD, pause).await;
            reserve(&mut self.texts, PIECE, pause).await;
        }
    }

    /// Whether every key was counted from its first record on.
    pub fn are_exact(&self) -> bool {
        self.distinct.is_none()
    }

    /// How many distinct keys there are, or an estimate.
    pub fn distinct(&self) -> u64 {
        match &self.distinct {
            Some(distinct) => distinct.estimate(),
            None => self.counts.len() as u64,
        }
    }

    /// The most that a key may weigh which is not among the counted.
    pub fn bound(&self) -> u64 {
        self.bound
    }

    /// All that are counted, in no order that means anything.
    pub fn counts(&self) -> &[KeyCount] {
        &self.counts
    }

    /// The so many heaviest, heaviest first.
    pub async fn hottest(&self, most: usize, pause: &impl Pause) -> Vec<KeyCount> {
        let order = |count: &KeyCount| (u64::MAX - count.weight(), count.hash());
        let (mut hottest, mut last) = (Vec::new(), None);
        each(self.counts.iter(), pause, |count| {
            if last.is_some_and(|last| order(count) > last) {
                return;
            }
            hottest.push(*count);
            if hottest.len() == 2 * most {
                hottest.sort_unstable_by_key(order);
                hottest.truncate(most);
                last = hottest.last().map(order);
            }
        })
        .await;
        hottest.sort_unstable_by_key(order);
        hottest.truncate(most);
        hottest
    }

    /// The text of a key, if it was kept.
    pub fn text(&self, count: &KeyCount) -> Option<&str> {
        std::str::from_utf8(text_at(&self.texts, count.text)?).ok()
    }

    fn keep_text(&mut self, key: &[u8]) -> u32 {
        let length = u16::try_from(key.len()).expect("a key has at most 256 characters");
        if self.texts.len() + key.len() + 2 > TEXT_BYTES {
            return NO_TEXT;
        }
        let at = u32::try_from(self.texts.len()).expect("at most 32 MiB");
        self.texts.extend_from_slice(&length.to_le_bytes());
        self.texts.extend_from_slice(key);
        at
    }

    /// Room for so many more.
    async fn make_room(&mut self, more: usize, pause: &impl Pause) {
        self.places.rebuild(self.counts.iter().map(|count| count.hash[0]), more, pause).await;
    }

    /// Forgets the lighter half, and raises the bound to the heaviest of them.
    async fn forget(&mut self, pause: &impl Pause) {
        let distinct = self.distinct.get_or_insert_default();
        let reach = |count: &KeyCount| count.weight() + count.missed;
        let mut reaches = Vec::with_capacity(self.counts.len());
        each(self.counts.iter(), pause, |count| {
            distinct.see(count.hash[0]);
            reaches.push(reach(count));
        })
        .await;
        let half = reaches.len() / 2;
        let (_, median, _) = reaches.select_nth_unstable(half);
        self.bound = self.bound.max(*median);
        pause.after(half).await;
        let (counts, texts) = (std::mem::take(&mut self.counts), std::mem::take(&mut self.texts));
        self.counts.reserve_exact(half + AHEAD);
        let bound = self.bound;
        each(counts.iter().filter(|count| reach(count) > bound), pause, |count| {
            let mut count = *count;
            if let Some(text) = text_at(&texts, count.text) {
                count.text = self.keep_text(text);
            }
            self.counts.push(count);
        })
        .await;
        self.make_room(AHEAD, pause).await;
    }
}

/// The text that begins at a place, with its length before it.
fn text_at(texts: &[u8], at: u32) -> Option<&[u8]> {
    let (length, rest) = texts.get(at as usize..)?.split_first_chunk()?;
    rest.get(..usize::from(u16::from_le_bytes(*length)))
}

#[expect(clippy::cast_possible_truncation, reason = "it is cut in two")]
fn halves(hash: u128) -> [u64; 2] {
    [(hash >> 64) as u64, hash as u64]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;
    use crate::engine::service::hash_key::HashKey;
    use std::collections::BTreeMap;

    #[test]
    fn beyond_the_limit_every_count_is_within_its_bounds() {
        let (mut luck, mut keys) = (Rng::seeded(5), Keys::new(2_000));
        let mut exact = BTreeMap::<String, (u64, u64)>::new();
        for number in 0..240_000_u64 {
            // A third are one of 16 keys, the rest mostly come once.
            let key = match luck.below(3) {
                0 => format!("hot-{}", luck.below(16)),
                _ => format!("{}", luck.below(4_000_000)),
            };
            let bytes = 100 + number % 50;
            keys.count(HashKey::of(&key).0, key.as_bytes(), bytes);
            at_once(keys.prepare(&Alone));
            let count = exact.entry(key).or_default();
            *count = (count.0 + 1, count.1 + bytes);
        }
        assert!(!keys.are_exact());
        let counted: BTreeMap<u128, KeyCount> =
            keys.counts().iter().map(|count| (count.hash(), *count)).collect();
        for (key, (records, bytes)) in &exact {
            let whole = weight(*records, *bytes);
            match counted.get(&HashKey::of(key).0) {
                Some(count) => {
                    assert!(count.weight() <= whole && whole <= count.weight() + count.missed);
                    assert_eq!(keys.text(count), Some(key.as_str()));
                }
                None => assert!(whole <= keys.bound(), "{key}"),
            }
        }
        // Those that are hot from the beginning are exact, and first.
        let hottest = at_once(keys.hottest(16, &Alone));
        for count in &hottest {
            let key = keys.text(count).unwrap();
            assert_eq!(exact[key], (u64::from(count.records), count.bytes), "{key}");
            assert!(key.starts_with("hot-"));
        }
        assert!(hottest.is_sorted_by_key(|count| u64::MAX - count.weight()));
        let off = keys.distinct().abs_diff(exact.len() as u64);
        assert!(off * 40 < exact.len() as u64, "{} of {}", keys.distinct(), exact.len());
    }
}
