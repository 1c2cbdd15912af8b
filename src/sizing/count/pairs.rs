//! Records and bytes by step of time and key.

use super::places::Places;

/// What came with a key in one step of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The place of the step among the cells of a timeline.
    pub cell: u32,
    /// Records.
    pub records: u32,
    /// The first half of the MD5 of the key, by which it is known here.
    pub hash: u64,
    /// Bytes of the records, keys included.
    pub bytes: u64,
}

/// All pairs of step and key.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    places: Places,
    pairs: Vec<Pair>,
}

impl Pairs {
    /// Adds to a pair; says whether it is new.
    #[inline]
    pub fn add(&mut self, new: Pair) -> Novelty {
        if self.places.is_full(self.pairs.len()) {
            self.make_room();
        }
        let pairs = &self.pairs;
        let is_it = |entry: u32| {
            let pair = &pairs[entry as usize];
            pair.hash == new.hash && pair.cell == new.cell
        };
        match self.places.find(mixed(&new), is_it) {
            Ok(entry) => {
                let pair = &mut self.pairs[entry as usize];
                pair.records = pair.records.saturating_add(new.records);
                pair.bytes += new.bytes;
                Novelty::Known
            }
            Err(place) => {
                let entry = u32::try_from(self.pairs.len()).expect("fewer than 2^32 pairs");
                self.places.put(place, entry);
                self.pairs.push(new);
                Novelty::New
            }
        }
    }

    /// All of them, in no order that means anything.
    pub fn all(&self) -> &[Pair] {
        &self.pairs
    }

    /// Takes all of them out.
    pub fn take(&mut self) -> Vec<Pair> {
        self.places = Places::default();
        std::mem::take(&mut self.pairs)
    }

    /// Keeps those of some cells.
    pub fn retain(&mut self, keep: impl Fn(&Pair) -> bool) {
        self.pairs.retain(keep);
        self.make_room();
    }

    fn make_room(&mut self) {
        self.places.rebuild(self.pairs.iter().map(mixed));
    }
}

/// Whether a key was seen in a step before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Novelty {
    /// It was not.
    New,
    /// It was.
    Known,
}

/// A hash of step and key: the key's own is uniform already.
#[inline]
fn mixed(pair: &Pair) -> u64 {
    let mixed = pair.hash ^ u64::from(pair.cell).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}
