//! What has happened until an instant, and snapshots of it to go back to.

use super::course::{Course, Sign};
use shardlab::engine::event::Event;
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use std::rc::Rc;

/// The events of a run until some instant, folded.
#[derive(Clone, Debug)]
pub struct Past {
    /// For the picture and the counts.
    pub history: History,
    /// For the scrubber.
    pub course: Course,
    /// The instant of the last event.
    pub until: Instant,
}

/// The pasts of one branch that can be gone back to, oldest first. Each of them is whole: it has
/// every event of its last instant.
#[derive(Clone, Debug, Default)]
pub struct Snapshots(Vec<Rc<Past>>);

/// The most bytes that the snapshots of a branch may take.
const BYTES_MAX: u64 = 48 << 20;
/// The most snapshots of a branch: as many as a journal has checkpoints.
const COUNT_MAX: usize = 128;

impl Past {
    /// Nothing has happened.
    pub fn before(begun: Instant) -> Self {
        Self { history: History::default(), course: Course::of_run(begun), until: begun }
    }

    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        self.until = at;
        self.history.record(at, event);
        if let Some(sign) = Sign::of(event) {
            self.course.mark(at, sign);
        }
    }
}

impl Snapshots {
    /// The last one whose events all happened by `to`.
    pub fn last_until(&self, to: Instant) -> Option<&Rc<Past>> {
        let after = self.0.partition_point(|past| past.until <= to);
        after.checked_sub(1).and_then(|last| self.0.get(last))
    }

    /// Whether there is none since an instant.
    pub fn lacks_one_since(&self, instant: Instant) -> bool {
        self.0.last().is_none_or(|last| last.until < instant)
    }

    /// Keeps a whole past. `checkpoint` says from which of the journal's checkpoints an instant is
    /// reached: of several snapshots for one checkpoint, the first is enough.
    pub fn keep(&mut self, past: &Past, checkpoint: impl Fn(Instant) -> Instant) {
        self.0.push(Rc::new(past.clone()));
        if self.0.len() > COUNT_MAX {
            self.0.dedup_by_key(|past| checkpoint(past.until));
        }
        let bytes: u64 = self.0.iter().map(|past| past.history.bytes()).sum();
        if bytes > BYTES_MAX || self.0.len() > COUNT_MAX {
            let mut place = 0_usize;
            self.0.retain(|_| {
                place += 1;
                place % 2 == 1
            });
        }
    }

    /// Those that a branch shares which leaves at an instant.
    pub fn before(&self, left: Instant) -> Self {
        Self(self.0.iter().filter(|past| past.until < left).cloned().collect())
    }
}
