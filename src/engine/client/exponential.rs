//! Exponential gaps by whole numbers: what makes arrivals a Poisson process.
//!
//! The logarithm of the standard library differs between machines in its last bit, so there is a
//! table of our own. An even draw U from 0..1 is written as m · 2^−k with m from ½..1; then
//! −ln U = k · ln 2 − ln m, the count k of leading zeros has exactly the right chances, and only
//! −ln m needs the table.

use crate::engine::rng::Rng;

/// A mean gap, in the units of [`draw`].
pub const ONE: u64 = 1 << 32;

const BITS: u32 = 8;
const STEPS: usize = 1 << BITS;
/// −ln m for m = ½, ½ + 1/512, … 1, in units of 2^−32. Straight lines between them are off by
/// two millionths of a mean at most.
const MINUS_LN: [u64; STEPS + 1] = table();
const LN_2: u64 = MINUS_LN[0];

/// A gap whose mean is [`ONE`].
#[inline]
pub fn draw(luck: &mut Rng) -> u64 {
    let word = luck.next_u64();
    let zeros = (word | 1).leading_zeros();
    // The bits after the first one are even whatever came before them.
    let mantissa = (word << zeros << 1) >> 32;
    let step = (mantissa >> (32 - BITS)) as usize;
    let part = mantissa & ((1 << (32 - BITS)) - 1);
    let (above, below) = (MINUS_LN[step], MINUS_LN[step + 1]);
    u64::from(zeros) * LN_2 + above - (((above - below) * part) >> (32 - BITS))
}

const fn table() -> [u64; STEPS + 1] {
    let mut table = [0; STEPS + 1];
    let mut step = 0;
    while step <= STEPS {
        table[step] = ln_ratio(2 * STEPS as u128, (STEPS + step) as u128);
        step += 1;
    }
    table
}

/// ln(a/b) for b ≤ a ≤ 2b in units of 2^−32, by ln(a/b) = 2 (z + z³/3 + z⁵/5 + …) with
/// z = (a − b)/(a + b), which is at most 1/3.
#[expect(clippy::cast_possible_truncation, reason = "at most ln 2, which fits 32 bits")]
const fn ln_ratio(a: u128, b: u128) -> u64 {
    let z = ((a - b) << 60) / (a + b);
    let (mut power, mut sum, mut odd) = (z, 0, 1);
    while power > 0 {
        sum += power / odd;
        power = (((power * z) >> 60) * z) >> 60;
        odd += 2;
    }
    // Twice the sum, from 60 bits down to 32, rounded.
    ((sum + (1 << 26)) >> 27) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_logarithms_of_the_textbook() {
        // ln 2 = 0.693147180559945, ln(512/384) = 0.287682072451781, in units of 2^-32.
        assert_eq!(LN_2, 2_977_044_472);
        assert_eq!(MINUS_LN[128], 1_235_585_093);
        assert_eq!(MINUS_LN[STEPS], 0);
    }

    #[test]
    fn gaps_have_the_mean_and_the_tail_of_the_exponential() {
        let mut luck = Rng::seeded(1);
        let draws: Vec<u64> = (0..100_000).map(|_| draw(&mut luck)).collect();
        let mean = draws.iter().sum::<u64>() / 100_000;
        assert!(mean.abs_diff(ONE) < ONE / 100, "{mean}");
        // e^-1 = 36.8 % are longer than the mean, e^-5 = 0.67 % than five.
        let longer = |than: u64| draws.iter().filter(|&&gap| gap > than).count();
        assert!((36_000..37_600).contains(&longer(ONE)), "{}", longer(ONE));
        assert!((600..750).contains(&longer(5 * ONE)), "{}", longer(5 * ONE));
    }
}
