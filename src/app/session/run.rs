//! The run as the scrubber shows it, and the marks of its branches.

use super::Session;
use super::course::{Sign, draw};
use shardlab::engine::time::{Instant, whole_micros};
use std::rc::Rc;

/// A run as the scrubber shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How long after its beginning this is, in milliseconds.
    pub position_millis: u64,
    /// How long it is, in milliseconds, rounded up.
    pub total_millis: u64,
    /// Where lines were entered, shards refused, shards were closed, records expired and were
    /// lost: paths of a drawing.
    pub paths: [String; 5],
    /// The names of its branches.
    pub branches: Rc<[Rc<str>]>,
    /// Which of them this is.
    pub branch: usize,
}

impl Session {
    /// The run as the scrubber shows it.
    pub fn run(&self) -> Run {
        let total = self.reached() - self.begun;
        let course = if self.journal.is_in_the_past() {
            &self.courses[self.journal.current()]
        } else {
            &self.past.course
        };
        let branches = self.journal.branches();
        let branch = &branches[self.journal.current()];
        let lines = branch.entries.iter().map(|entry| (whole_micros(entry.at - self.begun), 0));
        let path = |sign| course.path(sign, total);
        let [refusals, reshards, expiries, losses] =
            [Sign::Refusal, Sign::Reshard, Sign::Expiry, Sign::Loss].map(path);
        Run {
            position_millis: whole_micros(self.elapsed()) / 1_000,
            total_millis: whole_micros(total).div_ceil(1_000),
            paths: [draw(lines, total), refusals, reshards, expiries, losses],
            branches: branches.iter().map(|branch| branch.name.as_str().into()).collect(),
            branch: self.journal.current(),
        }
    }

    /// How far the current branch was run.
    pub(super) fn reached(&self) -> Instant {
        self.journal.branches()[self.journal.current()].reached
    }

    /// Keeps the marks of a run whose end is left.
    pub(super) fn remember_course(&mut self) {
        if !self.journal.is_in_the_past() {
            self.courses[self.journal.current()] = self.past.course.clone();
        }
    }

    /// Gives new branches what they share with those that they left.
    pub(super) fn follow_branches(&mut self) {
        for branch in &self.journal.branches()[self.snapshots.len()..] {
            let shared = branch.left.map(|(parent, at)| self.snapshots[parent].before(at));
            self.snapshots.push(shared.unwrap_or_default());
            self.courses.push(self.past.course.clone());
        }
    }
}
