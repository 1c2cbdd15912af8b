//! Partition keys, and the table of those that are used again and again.

use super::hash_key::HashKey;
use super::limits::PARTITION_KEY_CHARS;
use std::rc::Rc;

/// A partition key: 1 to 256 Unicode characters (characters, not bytes).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartitionKey(Rc<str>);

impl PartitionKey {
    /// The key of a text; `None` if it is empty or too long.
    pub fn new(text: &str) -> Option<Self> {
        let chars = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        (1..=PARTITION_KEY_CHARS.value).contains(&chars).then(|| Self(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The number of a key in the table of known keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

/// Keys that are hashed once and then put many times: the key set of a producer or a data set.
///
/// It only grows; keys that are put once are stored beside their record instead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct KnownKeys {
    keys: Rc<Vec<KnownKey>>,
    /// The keys by their hash: twice as many places as keys or more, a power of two of them. A key
    /// is in the first place that was free, from the one on that the top of its hash names.
    places: Rc<Vec<Option<KeyId>>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct KnownKey {
    hash: HashKey,
    key: PartitionKey,
}

impl KnownKeys {
    /// The most keys that a table takes: what fits a record's key column.
    pub const CAPACITY: u32 = 1 << 28;

    /// The number of a key, which is hashed if it was not known yet.
    pub fn learn(&mut self, key: &PartitionKey) -> KeyId {
        let new = KnownKey { hash: HashKey::of(key.as_str()), key: key.clone() };
        if self.places.len() < 2 * (self.keys.len() + 1) {
            self.spread();
        }
        let place = self.place(&new);
        if let Some(id) = self.places[place] {
            return id;
        }
        let id = u32::try_from(self.keys.len()).expect("the key table has fewer than 2^32 keys");
        assert!(id < Self::CAPACITY, "the key table is full");
        Rc::make_mut(&mut self.keys).push(new);
        Rc::make_mut(&mut self.places)[place] = Some(KeyId(id));
        KeyId(id)
    }

    /// Doubles the places.
    fn spread(&mut self) {
        self.places = Rc::new(vec![None; (2 * self.places.len()).max(16)]);
        for (id, key) in (0..).zip(&*Rc::clone(&self.keys)) {
            let place = self.place(key);
            Rc::make_mut(&mut self.places)[place] = Some(KeyId(id));
        }
    }

    /// Where a key is, or where it would be.
    fn place(&self, wanted: &KnownKey) -> usize {
        let mask = self.places.len() - 1;
        let top = u32::try_from(wanted.hash.0 >> 96).expect("the top of 128 bits is 32 wide");
        let mut place = top as usize & mask;
        while self.places[place].is_some_and(|id| self.entry(id) != wanted) {
            place = (place + 1) & mask;
        }
        place
    }

    /// Where a known key falls.
    #[inline]
    pub fn hash(&self, id: KeyId) -> HashKey {
        self.entry(id).hash
    }

    /// The text of a known key.
    #[inline]
    pub fn text(&self, id: KeyId) -> &str {
        self.entry(id).key.as_str()
    }

    #[inline]
    fn entry(&self, id: KeyId) -> &KnownKey {
        &self.keys[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_counts_characters_not_bytes() {
        assert!(PartitionKey::new(&"\u{1f600}".repeat(256)).is_some());
        assert!(PartitionKey::new(&"a".repeat(257)).is_none());
        assert!(PartitionKey::new("").is_none());
    }

    #[test]
    fn a_key_is_learned_once() {
        let mut keys = KnownKeys::default();
        let key = PartitionKey::new("user-1").unwrap();
        let id = keys.learn(&key);
        assert_eq!(keys.learn(&key), id);
        assert_eq!(keys.text(id), "user-1");
        assert_eq!(keys.hash(id), HashKey::of("user-1"));
    }
}
