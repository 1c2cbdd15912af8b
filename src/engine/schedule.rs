//! The agenda: what is due when, in an order that is decided, never discovered.

use super::time::Instant;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::hash::{Hash, Hasher};

/// A place in a schedule: by due time, then by the order of planning. Cancels its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    due: Instant,
    number: u64,
}

/// Tasks by due time; two that are due at once run in the order in which they were planned.
#[derive(Clone, Debug)]
pub struct Schedule<T> {
    tasks: BinaryHeap<Planned<T>>,
    planned: u64,
}

/// A task; the greatest is the one to run first.
#[derive(Clone, Debug)]
struct Planned<T> {
    ticket: Ticket,
    task: T,
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { tasks: BinaryHeap::new(), planned: 0 }
    }
}

impl<T> Schedule<T> {
    /// Plans a task; the ticket can take it back.
    pub fn plan(&mut self, due: Instant, task: T) -> Ticket {
        let ticket = Ticket { due, number: self.planned };
        self.planned += 1;
        self.tasks.push(Planned { ticket, task });
        ticket
    }

    /// Takes a task back, unless it has run or was taken back before. This looks through all of
    /// them: it is for what seldom happens.
    pub fn cancel(&mut self, ticket: Ticket) {
        self.tasks.retain(|planned| planned.ticket != ticket);
    }

    /// Takes the first task that is due at `until` or before.
    pub fn take_due(&mut self, until: Instant) -> Option<(Instant, T)> {
        if self.next_due()? > until {
            return None;
        }
        self.tasks.pop().map(|planned| (planned.ticket.due, planned.task))
    }

    /// When the first task is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.tasks.peek().map(|planned| planned.ticket.due)
    }
}

impl<T> Ord for Planned<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.ticket.cmp(&self.ticket)
    }
}

impl<T> PartialOrd for Planned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Planned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.ticket == other.ticket
    }
}

impl<T> Eq for Planned<T> {}

/// Schedules are equal in which the same was planned, taken back and done in the same order: how a
/// heap lies in its vector follows from that alone.
impl<T: PartialEq> PartialEq for Schedule<T> {
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, two): (&Planned<T>, &Planned<T>)| one == two && one.task == two.task;
        self.planned == other.planned
            && self.tasks.len() == other.tasks.len()
            && self.tasks.iter().zip(&other.tasks).all(same)
    }
}

impl<T: Eq> Eq for Schedule<T> {}

impl<T: Hash> Hash for Schedule<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for Planned { ticket, task } in &self.tasks {
            (ticket, task).hash(state);
        }
        self.planned.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_run_by_due_time_then_by_planning_order() {
        let (early, late) = (Instant::from_secs(1), Instant::from_secs(2));
        let mut schedule = Schedule::default();
        schedule.plan(late, "third");
        schedule.plan(early, "first");
        let gone = schedule.plan(early, "cancelled");
        schedule.plan(early, "second");
        schedule.cancel(gone);
        assert_eq!(schedule.take_due(early), Some((early, "first")));
        assert_eq!(schedule.take_due(early), Some((early, "second")));
        assert_eq!(schedule.take_due(early), None);
        assert_eq!(schedule.next_due(), Some(late));
    }
}
