//! Few records that stand for many: always the same ones while time passes, so that nothing
//! flickers.

use crate::engine::service::log::Log;
use crate::engine::service::record::StoredRecord;
use crate::engine::time::Instant;

/// Every how manieth of `count` records is looked at, so that it is about `most` of them: a power
/// of two, so that those of a larger step are among those of a smaller one.
pub fn step_of(count: u64, most: u64) -> u64 {
    count.div_ceil(most.max(1)).next_power_of_two()
}

/// The records since an instant whose ordinals are multiples of a step.
pub fn thinned(log: &Log, since: Instant, step: u64) -> impl Iterator<Item = StoredRecord<'_>> {
    thinned_ordinals(log, since, step).filter_map(|ordinal| log.record(ordinal))
}

/// Their ordinals.
pub fn thinned_ordinals(log: &Log, since: Instant, step: u64) -> impl Iterator<Item = u64> {
    let first = log.ordinal_at(since).next_multiple_of(step);
    (first..log.tip()).step_by(usize::try_from(step).unwrap_or(usize::MAX))
}
