//! How far a shard's lane has grown: children grow out of their parents, and what is gone shrinks,
//! within a second of the viewer.

use super::view::{Motion, View};
use crate::engine::service::shard::{Phase, Shard};
use crate::engine::service::stream::Stream;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// Fully grown, in thousandths.
pub const WHOLE: i32 = 1_000;

/// How lanes grow at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    now: Instant,
    /// How long it takes in simulated time.
    time: Duration,
}

impl Growth {
    /// How lanes grow in a view. Nothing does for viewers who want less motion.
    pub fn of(view: &View, now: Instant) -> Self {
        let time = if view.motion == Motion::Smooth { view.second() } else { Duration::ZERO };
        Self { now, time }
    }

    /// How far a shard's lane has grown, in thousandths; 0 for a shard that is not shown.
    pub fn of_shard(&self, stream: &Stream, shard: &Shard) -> i32 {
        match shard.phase {
            Phase::Expired { closed } => {
                let gone = closed + stream.retention();
                // A longer retention does not bring it back.
                if gone > self.now { 0 } else { WHOLE - self.eased(gone) }
            }
            _ if shard.parent.is_none() => WHOLE,
            _ => self.eased(shard.opened),
        }
    }

    /// How much of the time has passed since an instant: fast at first, then slower.
    fn eased(&self, since: Instant) -> i32 {
        let passed = self.now.since(since);
        if passed >= self.time {
            return WHOLE;
        }
        let part = whole_micros(passed) * u64::from(WHOLE.unsigned_abs()) / whole_micros(self.time);
        let left = WHOLE - i32::try_from(part).unwrap_or(WHOLE);
        WHOLE - left * left / WHOLE
    }
}
