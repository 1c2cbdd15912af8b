//! What CloudWatch keeps of many values: how many, their sum, the smallest and the largest.

/// Exact statistics of whole numbers. Averages are for whoever prints them: nothing is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Statistic {
    /// How many values; zero if there was none, and then the rest is zero too.
    pub count: u64,
    /// All of them together.
    pub sum: u64,
    /// The smallest.
    pub min: u64,
    /// The largest.
    pub max: u64,
}

impl Statistic {
    /// Takes one more value.
    #[inline]
    pub fn add(&mut self, value: u64) {
        self.merge(&Self { count: 1, sum: value, min: value, max: value });
    }

    /// Takes all the values of another.
    #[inline]
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.min = if self.count == 0 { other.min } else { self.min.min(other.min) };
        self.max = self.max.max(other.max);
        self.count += other.count;
        self.sum += other.sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_taken_one_by_one_or_together_are_the_same() {
        let of = |values: &[u64]| {
            let mut statistic = Statistic::default();
            for &value in values {
                statistic.add(value);
            }
            statistic
        };
        assert_eq!(of(&[7, 0, 3]), Statistic { count: 3, sum: 10, min: 0, max: 7 });
        let mut merged = of(&[7]);
        merged.merge(&Statistic::default());
        merged.merge(&of(&[0, 3]));
        assert_eq!(merged, of(&[7, 0, 3]));
        let mut empty = Statistic::default();
        empty.merge(&of(&[5]));
        assert_eq!(empty, of(&[5]), "nothing is not a smallest value of zero");
    }
}
