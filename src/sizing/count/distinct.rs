//! How many distinct keys there are, when they are too many to be remembered.

/// An estimate of how many distinct 64-bit hashes were seen, in 16 KiB: `HyperLogLog` by Flajolet,
/// Fusy, Gandouet and Meunier (2007). Its standard error is 0.82 %. For 100,000 and more; fewer
/// are counted.
#[derive(Clone, Debug)]
pub struct Distinct {
    /// By the top of the hash, the longest run of zeros seen behind it, and one more.
    runs: Vec<u8>,
}

const BITS: u32 = 14;

impl Default for Distinct {
    fn default() -> Self {
        Self { runs: vec![0; 1 << BITS] }
    }
}

impl Distinct {
    /// Thousandths of the value by which two of three estimates are off at most: 1.04 / √16,384.
    pub const ERROR_PERMILLE: u32 = 9;

    /// Takes note of a hash.
    #[inline]
    pub fn see(&mut self, hash: u64) {
        let top = usize::try_from(hash >> (64 - BITS)).expect("14 bits");
        // A run ends with the hash at the latest.
        let run = ((hash << BITS) | 1 << (BITS - 1)).leading_zeros() + 1;
        let run = u8::try_from(run).expect("at most 51");
        self.runs[top] = self.runs[top].max(run);
    }

    /// How many there were.
    pub fn estimate(&self) -> u64 {
        // In whole numbers: Σ 2^−run in units of 2^−64, and α = 0.7213 / (1 + 1.079 / m).
        let sum: u128 = self.runs.iter().map(|run| 1_u128 << (64 - u32::from(*run))).sum();
        let registers = 1_u128 << BITS;
        let (above, below) = (721_300_u128, 1_000_000 + 1_079_000 / registers);
        let estimate = ((registers * registers * above) << 64) / (sum.max(1) * below);
        u64::try_from(estimate).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    #[test]
    fn estimates_are_off_by_two_percent_at_most() {
        let (mut luck, mut distinct) = (Rng::seeded(7), Distinct::default());
        let mut seen = 0_u64;
        for goal in [200_000_u64, 1_000_000, 3_000_000] {
            for _ in seen..goal {
                let hash = luck.next_u64();
                distinct.see(hash);
                distinct.see(hash);
            }
            seen = goal;
            let off = distinct.estimate().abs_diff(goal);
            assert!(off * 50 < goal, "{} instead of {goal}", distinct.estimate());
        }
    }
}
