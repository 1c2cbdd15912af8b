//! The agenda: what is due when, in an order that is decided, never discovered.

use super::time::Instant;
use std::collections::BTreeMap;

/// A place in a schedule: by due time, then by the order of planning. Cancels its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket {
    due: Instant,
    number: u64,
}

/// Tasks by due time; two that are due at once run in the order in which they were planned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Schedule<T> {
    tasks: BTreeMap<Ticket, T>,
    planned: u64,
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { tasks: BTreeMap::new(), planned: 0 }
    }
}

impl<T> Schedule<T> {
    /// Plans a task; the ticket can take it back.
    pub fn plan(&mut self, due: Instant, task: T) -> Ticket {
        let ticket = Ticket { due, number: self.planned };
        self.planned += 1;
        self.tasks.insert(ticket, task);
        ticket
    }

    /// Takes a task back; `None` if it has run or was taken back before.
    pub fn cancel(&mut self, ticket: Ticket) -> Option<T> {
        self.tasks.remove(&ticket)
    }

    /// Takes the first task that is due at `until` or before.
    pub fn take_due(&mut self, until: Instant) -> Option<(Instant, T)> {
        let entry = self.tasks.first_entry()?;
        if entry.key().due > until {
            return None;
        }
        let (ticket, task) = entry.remove_entry();
        Some((ticket.due, task))
    }

    /// When the first task is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.tasks.first_key_value().map(|(ticket, _)| ticket.due)
    }

    /// Every task planned, with when it is due, in the order in which they will run.
    pub fn tasks(&self) -> impl Iterator<Item = (Instant, &T)> {
        self.tasks.iter().map(|(ticket, task)| (ticket.due, task))
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
        assert_eq!(schedule.cancel(gone), Some("cancelled"));
        assert_eq!(schedule.take_due(early), Some((early, "first")));
        assert_eq!(schedule.take_due(early), Some((early, "second")));
        assert_eq!(schedule.take_due(early), None);
        assert_eq!(schedule.next_due(), Some(late));
    }
}
