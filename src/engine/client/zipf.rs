//! The weights of Zipf's law, 1/k^s, in whole numbers: the same on every machine.

/// The steepest exponent, in hundredths.
pub const EXPONENT_HUNDREDTHS_MAX: u32 = 1_000;

/// Bits behind the point of logarithms.
const LOG_BITS: u32 = 40;
/// What the heaviest weighs; a hundred thousand of them still fit 64 bits.
const ONE: u64 = 1 << 46;

/// The weights of the ranks 1 to `count`: the first is the heaviest.
pub fn weights(count: u32, exponent_hundredths: u32) -> Vec<u64> {
    let weight = |rank: u32| {
        let halvings = u128::from(log2(rank)) * u128::from(exponent_hundredths) / 100;
        halved(u64::try_from(halvings).expect("at most 10 times 32 halvings"))
    };
    (1..=count).map(weight).collect()
}

/// The logarithm to base 2 of a number from 1 on, in 2^−40: squaring doubles it, and each time the
/// square reaches 2 there is one more bit.
fn log2(number: u32) -> u64 {
    let whole = number.ilog2();
    let mut mantissa = u128::from(number) << (63 - whole);
    let mut log = u64::from(whole);
    for _ in 0..LOG_BITS {
        mantissa = (mantissa * mantissa) >> 63;
        let doubled = mantissa >> 64 != 0;
        if doubled {
            mantissa >>= 1;
        }
        log = log << 1 | u64::from(doubled);
    }
    log
}

/// [`ONE`] halved so often, in 2^−40 of a halving: a product of square roots, one for each bit.
fn halved(halvings: u64) -> u64 {
    let mut weight = u128::from(ONE);
    for (bit, root) in (0..LOG_BITS).rev().zip(ROOTS) {
        if halvings >> bit & 1 == 1 {
            weight = (weight * u128::from(root)) >> 64;
        }
    }
    let whole = u32::try_from(halvings >> LOG_BITS).unwrap_or(u32::MAX);
    u64::try_from(weight).expect("at most ONE").checked_shr(whole).unwrap_or(0)
}

/// 2^(−1/2), 2^(−1/4), 2^(−1/8) … in 2^−64.
#[expect(clippy::cast_possible_truncation, reason = "roots of numbers below 2^128")]
const ROOTS: [u64; LOG_BITS as usize] = {
    let mut roots = [0; LOG_BITS as usize];
    let (mut place, mut square) = (0, 1 << 127);
    while place < roots.len() {
        let root = u128::isqrt(square);
        roots[place] = root as u64;
        square = root << 64;
        place += 1;
    }
    roots
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classic_law_gives_one_half_one_third_one_quarter() {
        let weights = weights(1_000, 100);
        for (rank, weight) in (1..).zip(&weights) {
            assert!(weight.abs_diff(ONE / rank) <= ONE / 1_000_000_000, "1/{rank}");
        }
    }

    #[test]
    fn exponents_between_are_powers_too() {
        assert_eq!(weights(3, 0), [ONE; 3]);
        let root = weights(4, 50);
        assert!(root[3].abs_diff(ONE / 2) < 1_000);
        // 3^-1.2 = 0.26758052058...
        assert!(weights(3, 120)[2].abs_diff(ONE / 1_000_000 * 267_580) < ONE / 1_000_000);
        assert_eq!(weights(100_000, 1_000)[99_999], 0);
    }
}
