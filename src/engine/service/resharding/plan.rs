//! Plans of splits and merges: plain arithmetic on the borders between open shards.

use crate::engine::service::hash_key::{HashKey, HashKeyRange};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

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
        let entry = |range: &HashKeyRange| Reverse((u128::MAX - range.width(), range.start.0));
        let mut widest: BinaryHeap<Ranked> = open.iter().map(entry).collect();
        let mut steps = Vec::new();
        while widest.len() < target as usize {
            let Reverse((narrow, start)) = widest.pop().expect("a stream has an open shard");
            let (start, end) = (HashKey(start), HashKey(start + (u128::MAX - narrow)));
            let border = HashKeyRange { start, end }.midpoint();
            widest.push(entry(&HashKeyRange { start, end: HashKey(border.0 - 1) }));
            widest.push(entry(&HashKeyRange { start: border, end }));
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

/// What comes first in a plan: the least of a rank and a hash key.
type Ranked = Reverse<(u128, u128)>;

/// Splits at the borders of `target` even shards that are missing, then merges away all others.
fn even_borders(open: &[HashKeyRange], target: u32) -> Vec<Step> {
    let mut present = open.iter().skip(1).map(|range| range.start).peekable();
    let (mut steps, mut strays) = (Vec::new(), Vec::new());
    for shard in 1..target {
        let wanted = border(shard, target);
        while let Some(stray) = present.next_if(|at| at.0 < wanted.saturating_sub(ROUNDING)) {
            strays.push(Step::Merge(stray));
        }
        if present.next_if(|at| at.0 <= wanted.saturating_add(ROUNDING)).is_none() {
            steps.push(Step::Split(HashKey(wanted)));
        }
    }
    steps.extend(strays.into_iter().chain(present.map(Step::Merge)));
    steps
}

/// Merges down to `target` shards, the smallest adjacent pair first and the lowest of equal ones.
fn merges(open: &[HashKeyRange], target: u32) -> Vec<Step> {
    // Where each range ends by now; `None` once it is a part of the one below it.
    let mut ends: Vec<Option<u128>> = open.iter().map(|range| Some(range.end.0)).collect();
    // Pairs by what both are wide together, then by where the lower one starts.
    let pair = |lower: usize, end: u128| {
        let start = open[lower].start.0;
        Reverse((end - start, start))
    };
    let mut pairs: BinaryHeap<Ranked> =
        open.iter().skip(1).enumerate().map(|(lower, upper)| pair(lower, upper.end.0)).collect();
    let (mut left, mut steps) = (open.len(), Vec::new());
    while left > target as usize {
        let Reverse((width, start)) = pairs.pop().expect("two shards or more make a pair");
        let lower = open.partition_point(|range| range.start.0 < start);
        let above = |below: usize| (below + 1..open.len()).find(|&range| ends[range].is_some());
        let Some(upper) = above(lower) else { continue };
        // One of a pair that was merged meanwhile is gone, or ends elsewhere.
        if ends[lower].is_none() || ends[upper] != Some(start + width) {
            continue;
        }
        let next = above(upper);
        steps.push(Step::Merge(open[upper].start));
        (ends[lower], ends[upper], left) = (ends[upper], None, left - 1);
        if let Some(below) = (0..lower).rev().find(|&range| ends[range].is_some()) {
            pairs.push(pair(below, start + width));
        }
        if let Some(end) = next.and_then(|next| ends[next]) {
            pairs.push(pair(lower, end));
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
    use std::collections::BTreeSet;

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
