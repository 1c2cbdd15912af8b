//! Excursions: a look around in the past, and trying things there, without leaving the run.

use super::checkpoints::Checkpoints;
use super::{Branch, Journal};
use crate::engine::time::Instant;
use std::rc::Rc;

impl Journal {
    /// A journal of its own for looking around in the past and trying things there; this one stays
    /// as it is. It stands at the last checkpoint of the current branch until `from`, and time
    /// leads it through the lines until `until`, not those after.
    #[must_use]
    pub fn excursion(&self, from: Instant, until: Instant) -> Self {
        let branch = &self.branches[self.current];
        let (mut world, seen) = branch.checkpoints.last_until(from);
        for (name, bytes) in &self.files {
            world.add_file(name.as_str(), Rc::clone(bytes));
        }
        let entered = branch.entries.partition_point(|entry| entry.at <= until);
        let only = Branch {
            name: branch.name.clone(),
            left: None,
            entries: branch.entries[..entered.max(seen)].to_vec(),
            reached: world.simulation().now(),
            checkpoints: Checkpoints::only(&world, seen),
        };
        let (files, unkept, heard) = (self.files.clone(), Vec::new(), Vec::new());
        Self { branches: vec![only], current: 0, world, seen, unkept, files, heard, untold: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_excursion_sees_the_past_as_it_was_and_changes_nothing() {
        let mut journal = Journal::default();
        journal.run("aws kinesis create-stream --stream-name a --shard-count 1");
        journal.run("lab wait 10s");
        journal.run("lab producer web --stream a --rate 2000/s --record-size 10B --keys unique");
        journal.run("lab wait 10s");
        let then = (journal.simulation().now(), journal.simulation().digest());
        journal.run("lab wait 10s");
        journal.run("lab producer web --stop");
        let (now, branches) = (journal.simulation().digest(), journal.branches().len());
        let mut past = journal.excursion(then.0, then.0);
        assert!(past.simulation().now() <= then.0);
        past.advance(then.0);
        assert_eq!(past.simulation().digest(), then.1);
        past.enter("lab producer web --rate 1/s");
        past.advance(then.0 + Duration::from_mins(1));
        assert_eq!(past.branches().len(), 1, "the line that stops it is not in the way");
        assert_eq!((journal.simulation().digest(), journal.branches().len()), (now, branches));
    }
}
