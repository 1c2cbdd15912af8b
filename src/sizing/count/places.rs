//! Where entries of a list are, by their hash: what a hash map is made of, for lists of our own.

use crate::sizing::turns::{Pause, each};

/// Places for the numbers of entries, open addressing: an entry is in the first place that was free
/// from the one on that its hash names. The hashes handed in are uniform already.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The number of an entry, or [`FREE`]; a power of two of them.
    places: Vec<u32>,
}

const FREE: u32 = u32::MAX;
const FEWEST: usize = 1 << 10;
/// Entries that are moved in a millisecond or two.
const MANY: usize = 1 << 16;
/// Entries that may come before there is time again: more than the rows of one piece of a file.
pub const AHEAD: usize = (1 << 15) + 128;

impl Places {
    /// The number of the entry that `is_it`, or else the free place for a new one.
    #[inline]
    pub fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Result<u32, usize> {
        let mask = self.places.len().wrapping_sub(1);
        let mut place = low(hash) & mask;
        loop {
            match self.places.get(place) {
                None | Some(&FREE) => return Err(place),
                Some(entry) if is_it(*entry) => return Ok(*entry),
                Some(_) => place = (place + 1) & mask,
            }
        }
    }

    /// Whether another entry needs more places first, of so many that there are.
    #[inline]
    pub fn is_full(&self, entries: usize) -> bool {
        self.places.len() < 2 * (entries + 1)
    }

    /// Whether so many entries would better get more places soon: few get them when they need them,
    /// but to move many takes long.
    pub fn is_nearly_full(&self, entries: usize) -> bool {
        entries > MANY && self.is_full(entries + AHEAD)
    }

    /// Puts the number of a new entry into the place that was found for it.
    #[inline]
    pub fn put(&mut self, place: usize, entry: u32) {
        self.places[place] = entry;
    }

    /// Gives all entries places again, of which there are enough for so many more.
    pub async fn rebuild(
        &mut self,
        hashes: impl ExactSizeIterator<Item = u64>,
        more: usize,
        pause: &impl Pause,
    ) {
        let count = (2 * (hashes.len() + more)).next_power_of_two().max(FEWEST);
        self.places.clear();
        self.places.resize(count, FREE);
        each((0..).zip(hashes), pause, |(entry, hash)| {
            let mut place = low(hash) & (count - 1);
            while self.places[place] != FREE {
                place = (place + 1) & (count - 1);
            }
            self.places[place] = entry;
        })
        .await;
    }
}

/// As many low bits as a place can have: the same in the browser, whose numbers are shorter.
#[expect(clippy::cast_possible_truncation, reason = "only low bits are made use of")]
#[inline]
fn low(hash: u64) -> usize {
    hash as u32 as usize
}
