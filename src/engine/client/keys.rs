//! Which partition keys a producer puts.

use super::alias::AliasTable;
use super::error::ClientError;
use super::zipf;
use crate::engine::rng::{Rng, split_mix};
use crate::engine::service::Service;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::partition_key::{KeyId, PartitionKey};
use crate::engine::service::record::Key;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// Which partition keys a producer puts. Sets of keys are `user-1`, `user-2`, …, the same for every
/// producer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Keys {
    /// Always this one: all records of a stream in one shard.
    One(PartitionKey),
    /// `user-1` to `user-N` in turn, then from the front again.
    Sequence(u32),
    /// Each of N as likely as the others.
    Uniform(u32),
    /// Each of N as likely as 1/k^s: a few are hot, most are cold.
    Zipf {
        /// How many.
        keys: u32,
        /// s in hundredths; 100 is the classic law.
        exponent_hundredths: u32,
    },
    /// Never the same twice: 16 random hexadecimal digits.
    Unique,
}

/// The most keys of one producer: a set is learned at once and drawn from a table.
pub const KEYS_MAX: u32 = 100_000;
/// Bytes of a unique key.
pub const UNIQUE_KEY_BYTES: u32 = 16;

impl Keys {
    /// The key of a set by its place, counted from 0.
    pub fn text(place: u32) -> String {
        format!("user-{}", place + 1)
    }

    pub(super) fn check(&self) -> Result<(), ClientError> {
        match *self {
            Self::Sequence(keys) | Self::Uniform(keys) | Self::Zipf { keys, .. }
                if !(1..=KEYS_MAX).contains(&keys) =>
            {
                Err(ClientError::KeyCount { most: KEYS_MAX })
            }
            Self::Zipf { exponent_hundredths, .. }
                if exponent_hundredths > zipf::EXPONENT_HUNDREDTHS_MAX =>
            {
                Err(ClientError::Exponent { most: zipf::EXPONENT_HUNDREDTHS_MAX / 100 })
            }
            _ => Ok(()),
        }
    }
}

/// The unique key of a record: mixing bits loses none, so no two numbers share a key.
#[inline]
pub fn unique_key(salt: u64, number: u32) -> [u8; UNIQUE_KEY_BYTES as usize] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mixed = split_mix(&mut salt.wrapping_add(number.into())).to_be_bytes();
    let mut key = [0; UNIQUE_KEY_BYTES as usize];
    for (digits, byte) in key.chunks_exact_mut(2).zip(mixed) {
        digits[0] = DIGITS[usize::from(byte >> 4)];
        digits[1] = DIGITS[usize::from(byte & 0xf)];
    }
    key
}

/// Where the unique key of a record falls.
#[inline]
pub fn unique_key_hash(salt: u64, number: u32) -> HashKey {
    let key = unique_key(salt, number);
    HashKey::of(std::str::from_utf8(&key).expect("hexadecimal digits are ASCII"))
}

/// A key that the service has learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LearnedKey {
    /// Its number there.
    pub id: KeyId,
    /// Where it falls.
    pub hash: HashKey,
    /// Bytes of its text.
    pub bytes: u32,
}

/// A key that was drawn for a record.
#[derive(Clone, Copy, Debug)]
pub struct DrawnKey {
    /// The key.
    pub key: Key<'static>,
    /// Where it falls.
    pub hash: HashKey,
    /// Bytes of its text.
    pub bytes: u32,
}

impl LearnedKey {
    /// Has the service learn a key.
    pub fn of(key: &PartitionKey, service: &mut Service) -> Self {
        let bytes = u32::try_from(key.as_str().len()).expect("256 characters fit 2^32 bytes");
        let id = service.learn_key(key);
        Self { id, hash: service.known_keys().hash(id), bytes }
    }
}

impl DrawnKey {
    /// A key that the service has learned.
    #[inline]
    pub fn learned(LearnedKey { id, hash, bytes }: LearnedKey) -> Self {
        Self { key: Key::Known(id), hash, bytes }
    }

    /// The unique key of a record.
    #[inline]
    pub fn unique(salt: u64, number: u32) -> Self {
        let hash = unique_key_hash(salt, number);
        Self { key: Key::Made, hash, bytes: UNIQUE_KEY_BYTES }
    }
}

/// Keys as they are drawn: those of the set learned, the chances in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDraw {
    set: Rc<[LearnedKey]>,
    pick: Pick,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Pick {
    InTurn { next: u32 },
    Even,
    Weighted(AliasTable),
    Unique,
}

impl KeyDraw {
    /// Learns the keys and works the chances out. `keys` was checked.
    pub fn of(keys: &Keys, service: &mut Service) -> Self {
        let (count, pick) = match *keys {
            Keys::One(ref key) => {
                let set = [LearnedKey::of(key, service)].into();
                return Self { set, pick: Pick::InTurn { next: 0 } };
            }
            Keys::Sequence(count) => (count, Pick::InTurn { next: 0 }),
            Keys::Uniform(count) => (count, Pick::Even),
            Keys::Zipf { keys, exponent_hundredths } => {
                let weights = zipf::weights(keys, exponent_hundredths);
                (keys, Pick::Weighted(AliasTable::of(&weights)))
            }
            Keys::Unique => (0, Pick::Unique),
        };
        let learn = |place| {
            let key = PartitionKey::new(&Keys::text(place)).expect("a few characters");
            LearnedKey::of(&key, service)
        };
        Self { set: (0..count).map(learn).collect(), pick }
    }

    /// Draws the keys of the next records; unique keys are made of the records' numbers instead.
    pub(super) fn draw(&mut self, luck: &mut Rng, records: u32, drawn: &mut Drawn) {
        let Drawn { places, keys } = drawn;
        places.clear();
        keys.clear();
        let count = u32::try_from(self.set.len()).expect("at most KEYS_MAX");
        let even = |luck: &mut Rng| {
            let place = ((luck.next_u64() >> 32) * u64::from(count)) >> 32;
            u32::try_from(place).expect("below the count")
        };
        match &mut self.pick {
            Pick::Unique => {}
            Pick::Weighted(table) => places.extend((0..records).map(|_| table.draw(luck))),
            Pick::Even => places.extend((0..records).map(|_| even(luck))),
            Pick::InTurn { next } => places.extend((0..records).map(|_| {
                let place = *next;
                *next = if place + 1 < count { place + 1 } else { 0 };
                place
            })),
        }
        keys.extend(places.iter().map(|&place| self.set[place as usize]));
    }
}

/// Keys that were drawn: all places first, and then all keys. Out of ten thousand keys each is
/// waited for, and many at a time where nothing else stands between.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    places: Vec<u32>,
    keys: Vec<LearnedKey>,
}

impl Drawn {
    /// Draws nothing: rows have keys of their own.
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// The key of the record of a number: the one drawn at a place, counted from 0.
    #[inline]
    pub fn key(&self, place: usize, salt: u64, number: u32) -> DrawnKey {
        let unique = || DrawnKey::unique(salt, number);
        self.keys.get(place).map_or_else(unique, |&key| DrawnKey::learned(key))
    }
}

/// The set follows from what was asked for and from what the service had learned before.
impl Hash for KeyDraw {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.set.len() as u64, self.set.first(), self.set.last(), &self.pick).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::account::Settings;

    fn drawn(keys: &Keys, count: u32) -> Vec<String> {
        let (mut service, mut luck) = (Service::new(0, Settings::default()), Rng::seeded(1));
        let mut draw = KeyDraw::of(keys, &mut service);
        let mut drawn = Drawn::default();
        draw.draw(&mut luck, count, &mut drawn);
        let text = |number: u32| match drawn.key(number as usize, 5, number) {
            DrawnKey { key: Key::Known(id), bytes, .. } => {
                let text = service.known_keys().text(id).to_owned();
                assert_eq!(text.len(), bytes as usize);
                text
            }
            _ => String::from_utf8(unique_key(5, number).to_vec()).unwrap(),
        };
        (0..count).map(text).collect()
    }

    #[test]
    fn a_sequence_goes_round() {
        assert_eq!(drawn(&Keys::Sequence(3), 4), ["user-1", "user-2", "user-3", "user-1"]);
        let one = PartitionKey::new("all").unwrap();
        assert_eq!(drawn(&Keys::One(one), 2), ["all", "all"]);
    }

    #[test]
    fn zipf_has_hot_keys_and_uniform_has_none() {
        let share = |keys: &Keys| drawn(keys, 10_000).iter().filter(|key| *key == "user-1").count();
        // The first of 500 has 1/H(500) = 14.7 % of all, at an exponent of 1.
        let zipf = share(&Keys::Zipf { keys: 500, exponent_hundredths: 100 });
        assert!((1_350..1_600).contains(&zipf), "{zipf}");
        let uniform = share(&Keys::Uniform(500));
        assert!((5..40).contains(&uniform), "{uniform}");
    }

    #[test]
    fn unique_keys_are_unique() {
        let mut keys = drawn(&Keys::Unique, 10_000);
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 10_000);
    }

    #[test]
    fn keys_out_of_range_are_refused() {
        assert!(Keys::Uniform(0).check().is_err());
        assert!(Keys::Sequence(KEYS_MAX + 1).check().is_err());
        assert!(Keys::Zipf { keys: 2, exponent_hundredths: 1_001 }.check().is_err());
        assert!(Keys::Zipf { keys: KEYS_MAX, exponent_hundredths: 1_000 }.check().is_ok());
    }
}
