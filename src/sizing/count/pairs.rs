//! Records and bytes by step of time and key.

use super::places::{AHEAD, Places};
use crate::sizing::turns::{Alone, Pause, at_once, each, reserve};

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
    entries: Vec<Pair>,
    /// The places that pairs of one step lie among, a power of two less one: a few times as many as
    /// the most keys that a step has. Files mostly go from step to step, so that what is looked at
    /// lies side by side.
    window: u64,
    /// What it had better be.
    wanted: u64,
}

/// A window of the first steps, less one.
const WINDOW: u64 = 0xff;

impl Pairs {
    /// Adds to a pair; says whether it is new.
    #[inline]
    pub fn add(&mut self, new: Pair) -> Novelty {
        if self.places.is_full(self.entries.len()) {
            at_once(self.make_room(1, &Alone));
        }
        let window = self.window;
        let entries = &self.entries;
        let is_it = |entry: u32| {
            let pair = &entries[entry as usize];
            pair.hash == new.hash && pair.cell == new.cell
        };
        match self.places.find(mixed(&new, window), is_it) {
            Ok(entry) => {
                let pair = &mut self.entries[entry as usize];
                pair.records = pair.records.saturating_add(new.records);
                pair.bytes += new.bytes;
                Novelty::Known
            }
            Err(place) => {
                let entry = u32::try_from(self.entries.len()).expect("fewer than 2^32 pairs");
                self.places.put(place, entry);
                self.entries.push(new);
                Novelty::New
            }
        }
    }

    /// All of them, in no order that means anything.
    pub fn all(&self) -> &[Pair] {
        &self.entries
    }

    /// Keeps those of some cells.
    pub async fn retain(&mut self, keep: impl Fn(&Pair) -> bool, pause: &impl Pause) {
        let mut kept = Vec::with_capacity(self.entries.len());
        each(self.entries.iter().filter(|pair| keep(pair)), pause, |pair| kept.push(*pair)).await;
        self.entries = kept;
        self.make_room(AHEAD, pause).await;
    }

    /// Wants room for a step that has so many keys by now. If there are few pairs it gets it at
    /// once, else when there is time.
    #[inline]
    pub fn widen(&mut self, keys: u32) {
        if 4 * u64::from(keys) > self.wanted {
            self.wanted = 8 * u64::from(keys).next_power_of_two() - 1;
            if self.entries.len() < AHEAD {
                at_once(self.make_room(1, &Alone));
            }
        }
    }

    /// Does what had better be done before more comes.
    pub async fn prepare(&mut self, pause: &impl Pause) {
        if self.wanted > self.window || self.places.is_nearly_full(self.entries.len()) {
            self.make_room(AHEAD, pause).await;
        }
        if self.entries.len() > AHEAD {
            reserve(&mut self.entries, AHEAD, pause).await;
        }
    }

    /// Room for so many more.
    pub async fn make_room(&mut self, more: usize, pause: &impl Pause) {
        let window = self.wanted.max(WINDOW);
        (self.window, self.wanted) = (window, window);
        let hashes = self.entries.iter().map(|pair| mixed(pair, window));
        self.places.rebuild(hashes, more, pause).await;
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

/// A hash of step and key, within the window of the step: the key's own is uniform already.
#[inline]
fn mixed(pair: &Pair, window: u64) -> u64 {
    let cell = u64::from(pair.cell);
    let mixed = pair.hash ^ cell.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (cell * (window + 1)).wrapping_add((mixed ^ mixed >> 32) & window)
}
