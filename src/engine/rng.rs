//! Chance from a seed: a small generator that can be forked by name.

/// A deterministic generator of 64-bit numbers (xoshiro256**, seeded by splitmix64).
///
/// Each actor forks its own by name, so that a new actor leaves the luck of the others alone.
///
/// ```
/// use shardlab::engine::rng::Rng;
///
/// let root = Rng::seeded(7);
/// let (mut alice, mut bob) = (root.fork("producer/alice"), root.fork("producer/bob"));
/// assert_ne!(alice.next_u64(), bob.next_u64());
/// assert!(alice.below(6) < 6);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// The generator of a seed; every seed is good, zero too.
    pub fn seeded(seed: u64) -> Self {
        let mut word = seed;
        Self { state: [(); 4].map(|()| split_mix(&mut word)) }
    }

    /// A generator of its own for `name`. It follows from the state that it is forked from, so fork
    /// from a root that is never drawn from.
    #[must_use]
    pub fn fork(&self, name: &str) -> Self {
        let mut hash = self.state[0] ^ self.state[3].rotate_left(17);
        for &byte in name.as_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self::seeded(hash ^ self.state[1])
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// An even draw from `0..bound`; `bound` is not zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "a draw needs at least one outcome");
        // Multiply and keep the high half; redraw the few low halves that would favor some outcome.
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the low half is what is asked for"
            )]
            let low = product as u64;
            if low >= bound || low >= bound.wrapping_neg() % bound {
                return u64::try_from(product >> 64).expect("the high half has 64 bits");
            }
        }
    }

    /// True in `parts` of a million draws.
    pub fn one_in_a_million(&mut self, parts: u32) -> bool {
        self.below(1_000_000) < u64::from(parts)
    }
}

/// One step of splitmix64: turns a counter into well-mixed bits. Also the way a synthetic record's
/// bytes are made again from its number.
pub fn split_mix(word: &mut u64) -> u64 {
    *word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*word ^ (*word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut rng = Rng::seeded(7);
        let drawn: Vec<u64> = (0..3).map(|_| rng.below(1_000_000)).collect();
        assert_eq!(drawn, [700_576, 278_751, 839_627]);
    }

    #[test]
    fn draws_stay_below_their_bound_and_reach_all_of_it() {
        let mut rng = Rng::seeded(1);
        let mut seen = [0_u32; 5];
        for _ in 0..1_000 {
            seen[usize::try_from(rng.below(5)).expect("small")] += 1;
        }
        assert!(seen.iter().all(|&count| (150..250).contains(&count)), "{seen:?}");
    }
}
