//! What has happened and was not told yet: events become the past, what scripts print is kept for
//! whoever asks.

use super::course::Sign;
use super::{Answer, Session, travel};
use shardlab::console::shell::Printed;
use std::rc::Rc;

impl Session {
    /// Takes what has happened.
    pub(super) fn drain(&mut self) {
        self.drain_for(None);
    }

    /// Takes what has happened; says whether something of a kind was among it.
    pub(super) fn drain_for(&mut self, sought: Option<Sign>) -> bool {
        let mut is_found = false;
        let checkpoint = self.journal.last_checkpoint(self.now());
        let Self { journal, past, snapshots, known_until, .. } = self;
        let snapshots = &mut snapshots[journal.current()];
        let mut is_due = snapshots.lacks_one_since(checkpoint);
        while let Some((at, event)) = journal.simulation_mut().poll_event() {
            if known_until.is_some_and(|known| at <= known) {
                continue;
            }
            // Between two instants: no event of the earlier one is still to come.
            if let (true, Some(travels)) = (is_due, travel::here())
                && past.until >= checkpoint
                && at > past.until
            {
                (travels.keep)(snapshots, past, journal);
                is_due = false;
            }
            past.record(at, &event);
            is_found |= sought.is_some() && Sign::of(&event) == sought;
        }
        // What is replayed was told when it happened first.
        let is_new = !self.is_travelling() && !self.journal.is_in_the_past();
        while let Some(Printed { at, line, job, output, .. }) = self.journal.take_printed() {
            let says_something = !output.stdout.is_empty() || !output.stderr.is_empty();
            if is_new && (says_something || output.hint.is_some()) {
                let (output, script) = (Rc::new(output), Some(job));
                let refusal = self.refusal_at(at);
                self.printed.push(Answer { at, line, output, branched: None, script, refusal });
            }
        }
        is_found
    }
}
