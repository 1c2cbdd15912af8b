//! The passage of time: on to an instant, back to a checkpoint, and what has its turn on the way.

use super::{Journal, checkpoints, copies};
use crate::engine::time::Instant;
use std::rc::Rc;
use std::time::Duration;

impl Journal {
    /// Lets time pass until `until`, entering on the way what was entered there before.
    pub fn advance(&mut self, until: Instant) {
        self.advance_within(until, u64::MAX);
    }

    /// Lets time pass until `until`, but performs at most `tasks` tasks; says whether it got there.
    pub fn advance_within(&mut self, until: Instant, mut tasks: u64) -> bool {
        loop {
            let branch = &mut self.branches[self.current];
            let next = branch.entries.get(self.seen).filter(|entry| entry.at <= until);
            let last = self.seen.checked_sub(1).map(|last| branch.entries[last].at);
            // Lines of one instant follow each other before anything that they have planned for it.
            let beside = next.is_some_and(|entry| last == Some(entry.at));
            let before = self.world.tasks_performed();
            let budget = tasks.min(checkpoints::TASKS);
            let arrived = match next {
                _ if beside => true,
                Some(entry) => self.world.arrive_within(entry.at, budget),
                None => self.world.advance_within(until, budget),
            };
            tasks = tasks.saturating_sub(self.world.tasks_performed() - before);
            branch.reached = branch.reached.max(self.world.simulation().now());
            if let (false, true, Some(copies)) =
                (beside, branch.checkpoints.is_due(&self.world), copies::here())
            {
                (copies.keep)(&mut branch.checkpoints, &self.world, self.seen);
            }
            match next {
                None if arrived => return true,
                Some(entry) if arrived => {
                    let output = self.world.enter_again(&entry.line);
                    if self.untold > 0 && self.seen + self.untold >= branch.entries.len() {
                        self.untold -= 1;
                        let entry = &mut branch.entries[self.seen];
                        entry.status = output.status;
                        self.heard.push((entry.clone(), output));
                    }
                    self.seen += 1;
                }
                _ if tasks == 0 => return false,
                _ => {}
            }
        }
    }

    /// Goes to an instant, past or future, of the current branch; not before its beginning.
    pub fn seek(&mut self, to: Instant) {
        if to < self.world.simulation().now() {
            self.rewind(self.current, to);
        }
        let to = to.max(self.simulation().now());
        while !self.advance_within(to, checkpoints::TASKS) {
            self.drop_news();
        }
        self.drop_news();
    }

    /// Goes to the last checkpoint of a branch until an instant, from where
    /// [`advance_within`](Self::advance_within) leads to that very instant: the first half of a
    /// seek, for whoever has a budget for the second.
    ///
    /// # Panics
    ///
    /// If there is no such branch.
    pub fn rewind(&mut self, branch: usize, to: Instant) {
        self.current = branch;
        (self.world, self.seen) = self.branches[branch].checkpoints.last_until(to);
        self.unkept.clear();
        for (name, bytes) in &self.files {
            self.world.add_file(name.as_str(), Rc::clone(bytes));
        }
    }

    /// The instant of the last checkpoint of the current branch until `to`.
    pub fn last_checkpoint(&self, to: Instant) -> Instant {
        self.branches[self.current].checkpoints.last_instant(to)
    }

    /// When the next thing happens: a task or a script is due, or a line was entered there before.
    /// `None` if nothing ever will.
    pub fn next_due(&self) -> Option<Instant> {
        let line = self.branches[self.current].entries.get(self.seen).map(|entry| entry.at);
        self.world.next_due().into_iter().chain(line).min()
    }

    /// Whether the current branch was already run further than this.
    pub fn is_in_the_past(&self) -> bool {
        self.world.simulation().now() < self.branches[self.current].reached
    }

    /// Goes to where the next line has its turn.
    pub(super) fn find_turn(&mut self) {
        loop {
            let now = self.simulation().now();
            match self.world.shell().turn().filter(|(at, _)| *at == now) {
                Some((_, tasks)) if tasks == self.simulation().tasks_performed() => return,
                Some(_) => self.advance(now + Duration::from_micros(1)),
                None => {
                    self.advance(now);
                    if self.world.shell().turn().is_none_or(|(at, _)| at != now) {
                        return;
                    }
                }
            }
        }
    }
}
