//! Branches: where a line was entered in the past, what had come after it goes on beside it.

use super::checkpoints::Checkpoints;
use super::{Entry, Journal};
use crate::engine::time::Instant;

/// One course of events.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its name: `main`, or the name given to it.
    pub name: String,
    /// The branch that it left, and when; `None` for the first.
    pub left: Option<(usize, Instant)>,
    /// Its lines from the very start, those before it left included.
    pub entries: Vec<Entry>,
    /// How far it was run.
    pub reached: Instant,
    pub(super) checkpoints: Checkpoints,
}

impl Journal {
    /// Begins a new branch now, in which what was entered later has not happened.
    pub fn branch(&mut self, name: &str) {
        self.branch_at(self.world.simulation().now(), name);
    }

    /// Begins a new branch without the last line, and goes to the last checkpoint until that line's
    /// instant, which is returned; [`advance_within`](Self::advance_within) leads there. `None` if
    /// no line was entered by now.
    pub fn branch_without_last(&mut self, name: &str) -> Option<Instant> {
        let last = self.seen.checked_sub(1)?;
        let at = self.branches[self.current].entries[last].at;
        self.seen = last;
        self.branch_at(at, name);
        self.rewind(self.current, at);
        Some(at)
    }

    /// Gives a branch another name.
    ///
    /// # Panics
    ///
    /// If there is no such branch.
    pub fn rename(&mut self, branch: usize, name: &str) {
        name.clone_into(&mut self.branches[branch].name);
    }

    /// All branches, in order of their beginning.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Which branch this is.
    pub fn current(&self) -> usize {
        self.current
    }

    /// Goes to the end of another branch.
    ///
    /// # Panics
    ///
    /// If there is no such branch.
    pub fn switch(&mut self, branch: usize) {
        let to = self.branches[branch].reached;
        self.rewind(branch, to);
        self.seek(to);
    }

    fn branch_at(&mut self, at: Instant, name: &str) {
        self.leave(at);
        name.clone_into(&mut self.branches[self.current].name);
    }

    /// Begins a branch at an instant, in the lines that have been entered by now.
    pub(super) fn leave(&mut self, at: Instant) {
        let old = &self.branches[self.current];
        let fresh = Branch {
            name: format!("branch {}", self.branches.len()),
            left: Some((self.current, at)),
            entries: old.entries[..self.seen].to_vec(),
            reached: at,
            checkpoints: old.checkpoints.until(at, self.seen),
        };
        self.branches.push(fresh);
        self.current = self.branches.len() - 1;
    }
}
