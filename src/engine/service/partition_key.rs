//! Partition keys, and the table of those that are used again and again.

use super::hash_key::HashKey;
use super::limits::PARTITION_KEY_CHARS;
use std::collections::BTreeMap;
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
    ids: Rc<BTreeMap<PartitionKey, KeyId>>,
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
        if let Some(&id) = self.ids.get(key) {
            return id;
        }
        let id = u32::try_from(self.keys.len()).expect("the key table has fewer than 2^32 keys");
        assert!(id < Self::CAPACITY, "the key table is full");
        let hash = HashKey::of(key.as_str());
        Rc::make_mut(&mut self.keys).push(KnownKey { hash, key: key.clone() });
        Rc::make_mut(&mut self.ids).insert(key.clone(), KeyId(id));
        KeyId(id)
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
