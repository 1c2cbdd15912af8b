//! Which open shard owns which hash key.

use super::hash_key::HashKey;
use super::names::ShardId;

/// The open shards by the start of their ranges, which tile the key space.
///
/// Three lists side by side: among thousands of shards the search waits for memory, and upper
/// halves of starts, eight to a cache line, nearly always tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Owners {
    /// The upper 64 bits of where each range starts.
    uppers: Vec<u64>,
    /// The lower 64 bits.
    lowers: Vec<u64>,
    ids: Vec<ShardId>,
}

impl Owners {
    /// The shards in the order of their ranges.
    pub fn ids(&self) -> &[ShardId] {
        &self.ids
    }

    /// Gives a shard the hash keys from `start` on, up to the next start.
    pub fn insert(&mut self, start: HashKey, id: ShardId) {
        let place = self.after(start, 0);
        let (upper, lower) = halves(start);
        self.uppers.insert(place, upper);
        self.lowers.insert(place, lower);
        self.ids.insert(place, id);
    }

    /// Takes away what starts there.
    pub fn remove(&mut self, start: HashKey) {
        let place = self.after(start, 0) - 1;
        self.uppers.remove(place);
        self.lowers.remove(place);
        self.ids.remove(place);
    }

    /// The owner of a hash key.
    #[inline]
    pub fn of(&self, key: HashKey) -> ShardId {
        let (upper, _) = halves(key);
        let starts = &self.uppers[..];
        // Ranges are mostly even, so the key's own size is a good guess; then look around there.
        // Its first 32 bits do: wasm multiplies more than 64 in software.
        let wide = (upper >> 32) * starts.len() as u64;
        let place = usize::try_from(wide >> 32).expect("below the number of shards");
        let is_after = |next: &u64| upper < *next;
        if starts[place] < upper && starts.get(place + 1).is_none_or(is_after) {
            return self.ids[place];
        }
        self.ids[self.after(key, place) - 1]
    }

    /// The first place whose range starts after a hash key, looked for from a guess on. Where a
    /// border shares the key's upper half, the lower ones decide.
    fn after(&self, key: HashKey, guess: usize) -> usize {
        let starts_after = |place: usize| (self.uppers[place], self.lowers[place]) > halves(key);
        first_near(guess, self.ids.len(), starts_after)
    }
}

/// The first place below `len` for which a question is true that stays true from there on; `len` if
/// there is none. Asks as many places as the guess is binary digits off, twice: thousands of shards
/// may crowd where the guess expects a few.
fn first_near(guess: usize, len: usize, is_beyond: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high, mut step) = (guess, guess, 1);
    while low > 0 && is_beyond(low - 1) {
        high = low - 1;
        low = high.saturating_sub(step);
        step *= 2;
    }
    step = 1;
    while high < len && !is_beyond(high) {
        low = high + 1;
        high = (low + step).min(len);
        step *= 2;
    }
    while low < high {
        let middle = low.midpoint(high);
        if is_beyond(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// The upper and the lower 64 bits of a hash key.
#[inline]
fn halves(key: HashKey) -> (u64, u64) {
    let half = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).expect("64 bits");
    (half(key.0 >> 64), half(key.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    #[test]
    fn every_key_has_the_owner_that_starts_last_before_it() {
        let mut luck = Rng::seeded(1);
        let mut key = || HashKey(u128::from(luck.next_u64()) << 64 | u128::from(luck.next_u64()));
        let mut starts: Vec<HashKey> = (0..200).map(|_| key()).collect();
        // Borders that share their upper half, and both ends of the key space.
        let close = starts[0].0 & !0xff;
        starts.extend((0..9).map(|step| HashKey(close + step * 7)));
        starts.extend([HashKey(0), HashKey(1), HashKey::MAX]);
        let mut owners = Owners::default();
        for (number, start) in (0..).zip(&starts) {
            owners.insert(*start, ShardId(number));
        }
        for _ in 0..50 {
            owners.remove(starts[1]);
            starts.remove(1);
        }
        let owner = |key: HashKey| {
            let before = starts.iter().filter(|start| **start <= key).max();
            starts.iter().position(|start| Some(start) == before).unwrap()
        };
        let near =
            starts.iter().flat_map(|start| [start.0.saturating_sub(1), start.0, start.0 | 1]);
        let keys = near.map(HashKey).chain((0..1_000).map(|_| key())).collect::<Vec<_>>();
        let mut numbers: Vec<u32> = (0..u32::try_from(starts.len()).unwrap() + 50).collect();
        numbers.drain(1..51);
        for key in keys {
            assert_eq!(owners.of(key), ShardId(numbers[owner(key)]), "{key}");
        }
    }

    #[test]
    fn a_search_asks_few_places_however_far_off_its_guess_is() {
        let len = 10_000_usize;
        let guesses = [0, 1, 2, 17, 4_999, 9_998, 9_999];
        for guess in guesses {
            for place in (0..=len).step_by(7).chain(guesses).chain([len]) {
                let asked = std::cell::Cell::new(0);
                let found = first_near(guess, len, |at| {
                    asked.set(asked.get() + 1);
                    at >= place
                });
                assert_eq!(found, place, "from {guess}");
                let digits = guess.abs_diff(place).checked_ilog2().map_or(0, |log| log + 1);
                assert!(asked.get() <= 2 * digits + 2, "{} from {guess} to {place}", asked.get());
            }
        }
    }
}
