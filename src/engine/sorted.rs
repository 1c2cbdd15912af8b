//! A map in the order of its keys, in one vector, and the sort that all share.

use std::borrow::Borrow;
use std::cmp::Ordering;

/// What is found by its key: entries side by side, by rising keys.
///
/// The page downloads its code once for every pair of types, and of a `BTreeMap` that is seven
/// kilobytes each time. For a few thousand entries, of which new ones mostly have the highest key,
/// this is as fast.
///
/// ```
/// use shardlab::engine::sorted::SortedMap;
///
/// let mut ages = SortedMap::default();
/// ages.insert("Bo", 7);
/// ages.insert("Al", 5);
/// *ages.or_default("Bo") += 1;
/// assert_eq!(ages.iter().collect::<Vec<_>>(), [(&"Al", &5), (&"Bo", &8)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SortedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// Puts a value in, and gives back the one that had its key.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// The value of a key, which is put in if it is not there.
    pub fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.place(&key).unwrap_or_else(|at| {
            self.entries.insert(at, (key, V::default()));
            at
        });
        &mut self.entries[at].1
    }

    /// Takes a key out with its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key).ok()?;
        Some(self.entries.remove(at).1)
    }

    /// Keeps the entries of which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &self.entries[at].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|at| &mut self.entries[at].1)
    }

    /// Whether a key is there.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.place(key).is_ok()
    }

    /// The entries from a key on, their values to be changed.
    pub fn iter_mut_from<'a>(
        &'a mut self,
        first: &K,
    ) -> impl Iterator<Item = (&'a K, &'a mut V)> + use<'a, K, V> {
        let at = self.place(first).unwrap_or_else(|at| at);
        self.entries[at..].iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Where a key is, or where it would be.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }
}

impl<K, V> SortedMap<K, V> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries by rising keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The entries by rising keys, their values to be changed.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The keys, rising.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The values by rising keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.entries.iter().map(|(_, value)| value)
    }
}

/// Sorts ranks, each with the number of what has it.
///
/// Whoever has to sort brings it into this form: every type that is sorted is four kilobytes of
/// wasm that the page downloads.
#[inline(never)]
pub fn sort(ranks: &mut [(u64, u32)]) {
    ranks.sort_unstable();
}

/// Sorts what is seldom sorted, and shares its code between all types for that.
pub fn sort_shared<T: Ord>(items: &mut [T]) {
    let mut places = places(items.len(), &|a, b| items[a].cmp(&items[b]));
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Where the items are that belong to each place.
#[inline(never)]
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn it_holds_what_a_tree_would_hold() {
        let (mut map, mut tree) = (SortedMap::default(), BTreeMap::new());
        for value in 0_u64..2_000 {
            let key = value * value % 61;
            match value % 4 {
                0 => assert_eq!(map.remove(&key), tree.remove(&key)),
                1 => {
                    *map.or_default(key) += value;
                    *tree.entry(key).or_default() += value;
                }
                _ => assert_eq!(map.insert(key, value), tree.insert(key, value)),
            }
            assert_eq!(map.get(&key), tree.get(&key));
            assert!(map.iter_mut_from(&(value % 64)).eq(tree.range_mut(value % 64..)));
            assert!(map.iter().eq(&tree));
        }
    }
    #[test]
    fn sorting_with_shared_code_sorts() {
        for count in 0_u64..70 {
            let mut items: Vec<u64> = (0..count).map(|item| item * item * 7 % 31).collect();
            let mut plain = items.clone();
            sort_shared(&mut items);
            plain.sort_unstable();
            assert_eq!(items, plain);
        }
    }
}
