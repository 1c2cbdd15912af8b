//! The work of a session: lines are entered when it is their turn, and time passes.

use super::course::Course;
use super::past::{Past, Snapshots};
use super::travel::{self, HasTime, Travels};
use super::{Answer, Session, Turn};
use crate::app::room::Room;
use shardlab::engine::actor::ActorId;
use shardlab::engine::time::Instant;
use shardlab::insight::subject::Sought;
use std::rc::Rc;
use std::time::Duration;

/// Tasks between two looks at the viewer's clock: well below a millisecond of work.
const CHUNK: u64 = 128;

impl Session {
    /// Enters the lines whose turn it is and lets up to `elapsed` pass; where a line waits, that
    /// time is skipped instead. Stops early when `has_time` says so. Returns how much passed.
    pub fn work(
        &mut self,
        elapsed: Duration,
        mut has_time: impl FnMut() -> bool,
        mut answered: impl FnMut(Answer),
    ) -> Duration {
        let passed = self.work_on(elapsed, &mut has_time, &mut answered);
        self.tell(&mut answered);
        passed
    }

    fn work_on(
        &mut self,
        elapsed: Duration,
        has_time: HasTime,
        answered: &mut dyn FnMut(Answer),
    ) -> Duration {
        if self.journey.is_some() {
            (travels().travel)(self, has_time);
            return Duration::ZERO;
        }
        while self.is_skipping() {
            if self.is_held {
                return Duration::ZERO;
            }
            if self.replays.is_some() {
                if !(travels().replay)(self, has_time, answered) {
                    return Duration::ZERO;
                }
            } else if let Some(until) = self.next_turn() {
                if !self.advance(until, has_time) {
                    return Duration::ZERO;
                }
                self.waits = None;
            } else if self.lack().is_some() {
                return Duration::ZERO;
            } else if let Some((line, _)) = self.queue.pop_front() {
                self.tell(answered);
                answered(self.enter(line));
                if !has_time() {
                    return Duration::ZERO;
                }
            } else if !(travels().go_where_sought)(self, has_time) {
                return Duration::ZERO;
            }
        }
        if self.journey.is_some() {
            return Duration::ZERO;
        }
        let start = self.now();
        self.advance(start + elapsed, has_time);
        self.now() - start
    }

    /// Until when time is skipped before the next line has its turn: the one before it waits, or is
    /// a script that the next one comes after.
    fn next_turn(&self) -> Option<Instant> {
        if let Some((_, until)) = self.waits {
            return Some(until);
        }
        let comes_after = self.queue.front().is_some_and(|(_, turn)| *turn == Turn::After);
        let (_, number) = self.script.as_ref().filter(|_| comes_after)?;
        self.journal.console().shell().job_due(*number)
    }

    /// Tells what scripts have printed.
    fn tell(&mut self, answered: &mut dyn FnMut(Answer)) {
        self.printed.drain(..).for_each(answered);
    }

    fn enter(&mut self, line: Rc<str>) -> Answer {
        let (at, branch) = (self.now(), self.journal.current());
        let before = self.journal.entries().len();
        self.remember_course();
        let output = self.journal.enter(&line);
        self.opening = match self.opening {
            (0, kept) => (0, kept.min(before)),
            (left, _) => (left - 1, self.journal.entries().len()),
        };
        if output.is_kept() && self.journal.entries().len() == 1 && self.now() != at {
            self.begin_anew();
        }
        self.follow_branches();
        let branched = (self.journal.current() != branch)
            .then(|| self.journal.branches()[self.journal.current()].name.as_str().into());
        self.waits = output.wait.map(|wait| (Rc::clone(&line), self.now() + wait));
        self.drain();
        self.revision += 1;
        if let Some(number) = output.job {
            self.script = Some((Rc::clone(&line), number));
        }
        let (at, output) = (self.now(), Rc::new(output));
        Answer { at, line, output, branched, script: None, refusal: self.refusal_at(at) }
    }

    /// What the person was refused at an instant, of what is remembered.
    pub(super) fn refusal_at(&self, at: Instant) -> Option<Sought> {
        let recent = self.history().recent.newest_first().take_while(|told| told.at >= at);
        let mut sought = recent.filter(|told| told.at == at).filter_map(Sought::of);
        sought.find(|sought| sought.actor == Some(ActorId::PERSON))
    }

    /// A first line has set the date.
    pub(super) fn begin_anew(&mut self) {
        self.begun = self.now();
        self.past = Past::before(self.begun);
        self.snapshots = vec![Snapshots::default()];
        self.courses = vec![Course::of_run(self.begun)];
    }

    /// Lets time pass until `until` as long as there is time, and room for what happens in it; says
    /// whether it came that far.
    pub(super) fn advance(&mut self, until: Instant, has_time: HasTime) -> bool {
        if Room::left_by(self.simulation().service()) == Room::None {
            return false;
        }
        let reachable = self.rows_until().map_or(until, |end| until.min(end));
        loop {
            let start = self.now();
            let arrived = self.journal.advance_within(reachable, CHUNK);
            self.drain();
            self.revision += u64::from(self.now() != start);
            if arrived || !has_time() {
                return arrived && reachable == until;
            }
        }
    }
}

/// What goes back and forth.
fn travels() -> &'static Travels {
    travel::here().expect("whoever sets out has loaded it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Progress;

    /// Works through a session as long as it takes, and says which lines were entered.
    fn worked(session: &mut Session, elapsed: Duration) -> Vec<(u64, Rc<str>)> {
        let begun = session.now();
        let mut lines = Vec::new();
        session.work(
            elapsed,
            || true,
            |answer| lines.push(((answer.at - begun).as_secs(), answer.line)),
        );
        lines
    }

    #[test]
    fn a_line_that_waits_skips_its_time_before_the_next() {
        let mut session = Session::default();
        for line in ["lab wait 10s", "lab help"] {
            session.queue(line, Turn::After);
        }
        let lines = worked(&mut session, Duration::ZERO);
        assert_eq!(lines, [(0, "lab wait 10s".into()), (10, "lab help".into())]);
        assert_eq!(session.elapsed(), Duration::from_secs(10));
    }

    #[test]
    fn work_that_runs_out_of_time_goes_on_later() {
        let mut session = Session::default();
        session
            .queue("aws kinesis create-stream --stream-name clicks --shard-count 1", Turn::After);
        session.queue("lab wait 10s", Turn::After);
        session
            .queue("lab producer web --stream clicks --rate 1000/s --keys uniform:9", Turn::After);
        worked(&mut session, Duration::ZERO);
        let (begun, minute) = (session.now(), Duration::from_mins(1));
        let passed = session.work(minute, || false, |_| ());
        assert!(!passed.is_zero() && passed < minute, "{passed:?}");
        assert_eq!(session.now(), begun + passed);
    }

    #[test]
    fn a_step_goes_to_the_next_thing_that_happens() {
        let mut session = Session::default();
        session
            .queue("aws kinesis create-stream --stream-name clicks --shard-count 1", Turn::After);
        worked(&mut session, Duration::ZERO);
        session.step();
        assert_eq!(session.elapsed(), Duration::from_secs(10));
        assert_eq!(session.simulation().service().streams().next().unwrap().open_shard_count(), 1);
    }

    #[test]
    fn what_is_in_progress_can_be_given_up() {
        let mut session = Session::default();
        for line in ["lab wait 10s", "lab help"] {
            session.queue(line, Turn::After);
        }
        session.work(Duration::ZERO, || false, |_| ());
        let progress = Progress { line: "lab wait 10s".into(), waiting: 1 };
        assert_eq!(session.progress(), Some(progress));
        session.interrupt();
        assert_eq!((session.progress(), session.is_skipping()), (None, false));
        assert!(worked(&mut session, Duration::ZERO).is_empty());
    }

    #[test]
    fn lines_typed_too_early_come_after_those_of_the_world_on_its_way() {
        let mut session = Session::default();
        session.hold();
        session.queue("lab status", Turn::After);
        assert!(worked(&mut session, Duration::ZERO).is_empty());
        let mut begun = Session::default();
        begun.queue("lab help", Turn::After);
        session.take_over(begun);
        let lines = worked(&mut session, Duration::ZERO);
        assert_eq!(lines, [(0, "lab help".into()), (0, "lab status".into())]);
    }

    #[test]
    fn a_run_counts_from_the_date_of_its_first_line() {
        let mut session = Session::default();
        session.queue("lab start --at 2018-01-31", Turn::After);
        worked(&mut session, Duration::from_secs(5));
        assert_eq!(session.now().to_string(), "2018-01-31T00:00:05+00:00");
        assert_eq!(session.elapsed(), Duration::from_secs(5));
    }

    #[test]
    fn a_script_goes_on_while_time_passes_and_lines_of_its_block_wait_for_it() {
        let mut session = Session::default();
        let script = "for i in 1 2 3; do echo $i; sleep 10; done";
        session.queue(script, Turn::Now);
        let mut told = Vec::new();
        session.work(Duration::ZERO, || true, |answer| told.push(answer));
        assert_eq!((told.len(), session.elapsed()), (1, Duration::ZERO));
        assert_eq!(session.progress().map(|progress| progress.line), Some(script.into()));
        session.queue("echo beside", Turn::Now);
        session.work(Duration::from_secs(12), || true, |answer| told.push(answer));
        let printed = |told: &[Answer]| -> Vec<(u64, String)> {
            let secs = |at: Instant| (at - session.begun).as_secs();
            told.iter().map(|answer| (secs(answer.at), answer.output.stdout.clone())).collect()
        };
        let (first, beside, second) = ("1\n".to_owned(), "beside\n".to_owned(), "2\n".to_owned());
        assert_eq!(printed(&told), [(0, first), (0, beside), (10, second)]);
        assert_eq!(told[2].script, Some(1));

        session.queue("echo after", Turn::After);
        let lines = worked(&mut session, Duration::ZERO);
        assert_eq!(lines.last(), Some(&(18, "echo after".into())), "{lines:?}");
        assert_eq!(session.progress(), None);
    }

    #[test]
    fn a_script_can_be_stopped() {
        let mut session = Session::default();
        session.queue("while true; do sleep 1; done", Turn::Now);
        worked(&mut session, Duration::from_secs(5));
        assert!(session.progress().is_some());
        session.stop();
        let lines = worked(&mut session, Duration::ZERO);
        assert_eq!(lines, [(0, "kill %1".into())]);
        assert_eq!(session.progress(), None);
    }
}
