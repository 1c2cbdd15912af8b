//! Plans of splits and merges: plain arithmetic on the borders between open shards.

use crate::engine::service::hash_key::{HashKey, HashKeyRange};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What is left to do of a resharding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// Open shards once it is done.
    pub target: u32,
    /// What to do, in order.
    pub(super) steps: VecDeque<Step>,
    /// How many steps are done at once.
    pub(super) at_once: u32,
}

/// One split or merge, named by the border that it draws or wipes out: a border stays the same
/// whatever numbers the shards beside it get on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The shard that owns this hash key is split; the key becomes the first of the upper child.
    Split(HashKey),
    /// The shard that starts at this hash key is merged with the one below it.
    Merge(HashKey),
}

/// How many rounds a plan takes at most. AWS says that scaling takes "a few minutes" whatever the
/// size, so a large plan does several steps in a round.
pub const ROUNDS_MAX: u32 = 24;

/// How far a border may lie from where it should be and still count as that border. The first
/// shards of a stream are ⌊2^128 / N⌋ wide, so rounding alone moves their borders by up to N.
const ROUNDING: u128 = 1 << 20;

impl Plan {
    /// A plan of these steps.
    pub fn of(target: u32, steps: Vec<Step>) -> Self {
        let count = u32::try_from(steps.len()).expect("a plan has fewer than 2^32 steps");
        Self { target, steps: steps.into(), at_once: count.div_ceil(ROUNDS_MAX).max(1) }
    }

    /// A plan from these open ranges, in their order, to `target` even shards.
    ///
    /// Upwards: splits at every missing border, then merges of what lies inside one target range.
    /// Downwards: merges only, the smallest adjacent pair first. AWS does not publish its way;
    /// this one leaves as many shards behind as was recorded (2 to 4: 6, 4 to 5: 15, 4 to 2: 6,
    /// 5 to 3: 7).
    pub fn uniform(open: &[HashKeyRange], target: u32) -> Self {
        let down = (target as usize) < open.len();
        Self::of(target, if down { merges(open, target) } else { even_borders(open, target) })
    }

    /// A plan that halves the widest shard, the lowest first, until there are `target`.
    pub fn halving(open: &[HashKeyRange], target: u32) -> Self {
        let mut widest: BTreeSet<_> =
            open.iter().map(|range| (u128::MAX - range.width(), range.start)).collect();
        let mut steps = Vec::new();
        while widest.len() < target as usize {
            let (narrow, start) = widest.pop_first().expect("a stream has an open shard");
            let range = HashKeyRange { start, end: HashKey(start.0 + (u128::MAX - narrow)) };
            let border = range.midpoint();
            let lower = HashKeyRange { start, end: HashKey(border.0 - 1) };
            let upper = HashKeyRange { start: border, end: range.end };
            for half in [lower, upper] {
                widest.insert((u128::MAX - half.width(), half.start));
            }
            steps.push(Step::Split(border));
        }
        Self::of(target, steps)
    }

    /// How many shards more than now are open at most while the plan is performed.
    pub fn extra_shards(&self) -> u64 {
        let splits = self.steps.iter().filter(|step| matches!(step, Step::Split(_)));
        splits.count() as u64
    }

    /// How many steps are left.
    pub fn steps_left(&self) -> u64 {
        self.steps.len() as u64
    }
}

/// Splits at the borders of `target` even shards that are missing, then merges away all others.
fn even_borders(open: &[HashKeyRange], target: u32) -> Vec<Step> {
    let mut present: BTreeSet<u128> = open.iter().skip(1).map(|range| range.start.0).collect();
    let mut steps = Vec::new();
    for shard in 1..target {
        let wanted = border(shard, target);
        let near = wanted.saturating_sub(ROUNDING)..=wanted.saturating_add(ROUNDING);
        match present.range(near).copied().next() {
            Some(there) => _ = present.remove(&there),
            None => steps.push(Step::Split(HashKey(wanted))),
        }
    }
    steps.extend(present.into_iter().map(|border| Step::Merge(HashKey(border))));
    steps
}

/// Merges down to `target` shards, the smallest adjacent pair first and the lowest of equal ones.
fn merges(open: &[HashKeyRange], target: u32) -> Vec<Step> {
    let mut ranges: BTreeMap<u128, u128> =
        open.iter().map(|range| (range.start.0, range.end.0)).collect();
    // Pairs by what both are wide together, then by where the lower one starts.
    let mut pairs: BTreeSet<(u128, u128)> =
        open.windows(2).map(|pair| (pair[1].end.0 - pair[0].start.0, pair[0].start.0)).collect();
    let mut steps = Vec::new();
    while ranges.len() > target as usize {
        let (width, start) = pairs.pop_first().expect("two shards or more make a pair");
        let end = start + width;
        let border = ranges[&start] + 1;
        steps.push(Step::Merge(HashKey(border)));
        ranges.remove(&border);
        ranges.insert(start, end);
        if let Some((&below, &below_end)) = ranges.range(..start).next_back() {
            pairs.remove(&(border - 1 - below, below));
            debug_assert_eq!(below_end + 1, start, "open ranges leave no gap");
            pairs.insert((end - below, below));
        }
        if let Some((_, &above_end)) = end.checked_add(1).and_then(|s| ranges.get_key_value(&s)) {
            pairs.remove(&(above_end - border, border));
            pairs.insert((above_end - start, start));
        }
    }
    steps
}

/// ⌊2^128 · shard / count⌋ for a border inside of the key space.
fn border(shard: u32, count: u32) -> u128 {
    let (shard, count) = (u128::from(shard), u128::from(count));
    // 2^128 = width · count + rest, with the width of one shard rounded down.
    let (mut width, mut rest) = (u128::MAX / count, u128::MAX % count + 1);
    if rest == count {
        (width, rest) = (width + 1, 0);
    }
    width * shard + rest * shard / count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn even(count: u32) -> Vec<HashKeyRange> {
        HashKeyRange::initial(count).collect()
    }

    /// The ranges that are open after a plan, and how many shards were ever there.
    fn perform(open: &[HashKeyRange], plan: &Plan) -> (Vec<HashKeyRange>, usize) {
        let mut borders: BTreeSet<u128> = open.iter().map(|range| range.start.0).collect();
        let mut shards = open.len();
        for step in &plan.steps {
            match step {
                Step::Split(at) => {
                    assert!(borders.insert(at.0), "a split draws a new border");
                    shards += 2;
                }
                Step::Merge(at) => {
                    assert!(borders.remove(&at.0), "a merge wipes out a border that is there");
                    shards += 1;
                }
            }
        }
        let starts: Vec<u128> = borders.into_iter().collect();
        let ends = starts.iter().skip(1).map(|start| start - 1).chain([u128::MAX]);
        let ranges = starts.iter().zip(ends);
        let ranges = ranges.map(|(&s, e)| HashKeyRange { start: HashKey(s), end: HashKey(e) });
        (ranges.collect(), shards)
    }

    #[test]
    fn plans_leave_as_many_shards_as_were_recorded() {
        for (from, to, shards) in [(2, 4, 6), (4, 5, 15), (4, 2, 6), (5, 3, 7), (1, 2, 3)] {
            let (after, ever) = perform(&even(from), &Plan::uniform(&even(from), to));
            assert_eq!((after.len(), ever), (to as usize, shards), "{from} to {to}");
        }
    }

    #[test]
    fn scaling_up_ends_even_to_the_rounding() {
        for (from, to) in [(1, 2), (3, 4), (7, 14), (7, 7), (9, 11), (1_000, 1_999), (4, 8)] {
            let (after, _) = perform(&even(from), &Plan::uniform(&even(from), to));
            let widths = after.iter().map(HashKeyRange::width);
            let (low, high) = (widths.clone().min().unwrap(), widths.max().unwrap());
            assert!(high - low <= 2 * ROUNDING, "{from} to {to}: {low} to {high}");
        }
        assert_eq!(Plan::uniform(&even(7), 14).steps_left(), 7, "rounding is no missing border");
        assert_eq!(Plan::uniform(&even(7), 7).steps_left(), 0);
    }

    #[test]
    fn merging_takes_the_smallest_pair_and_of_equal_ones_the_lowest() {
        let start = |shard: u32| even(4)[shard as usize].start;
        let steps = Plan::uniform(&even(4), 2).steps;
        assert_eq!(steps, [Step::Merge(start(1)), Step::Merge(start(3))]);
        let (after, _) = perform(&even(10_000), &Plan::uniform(&even(10_000), 5_000));
        assert_eq!(after.len(), 5_000);
    }

    #[test]
    fn halving_takes_the_widest_shard_first() {
        let plan = Plan::halving(&even(4), 6);
        let (first, second) = (even(4)[0].midpoint(), even(4)[1].midpoint());
        // The last of four initial shards is as wide as the others.
        assert_eq!(plan.steps, [Step::Split(first), Step::Split(second)]);
        assert_eq!(perform(&even(4), &Plan::halving(&even(4), 100)).0.len(), 100);
    }

    #[test]
    fn a_large_plan_is_done_in_few_rounds() {
        let plan = Plan::uniform(&even(1_000), 2_000);
        assert_eq!(plan.steps_left().div_ceil(plan.at_once.into()), 24);
        assert_eq!(Plan::uniform(&even(2), 4).at_once, 1);
    }
}
