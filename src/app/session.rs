//! One visit: a journal, what has happened in it, and the lines that wait for their turn.
//!
//! Knows no browser: whoever holds the clock says how much time should pass, and when to stop.

use super::room::Room;
use shardlab::console::{Console, Output};
use shardlab::engine::Simulation;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::journal::Journal;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

/// The world of a visit.
#[derive(Debug)]
pub struct Session {
    journal: Journal,
    /// When the run began.
    begun: Instant,
    history: History,
    /// Lines to enter, as soon as none of those before them waits.
    queue: VecDeque<Rc<str>>,
    /// Until when the line that was entered last lets time pass.
    waits_until: Option<Instant>,
    /// Rises with every change that can be seen.
    revision: u64,
}

/// A line and what it printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When it was entered.
    pub at: Instant,
    /// What was typed.
    pub line: Rc<str>,
    /// What it printed.
    pub output: Rc<Output>,
}

/// Tasks between two looks at the viewer's clock: well below a millisecond of work.
const CHUNK: u64 = 128;

impl Default for Session {
    fn default() -> Self {
        Self::with_data(Vec::new())
    }
}

impl Session {
    /// A visit whose lines can replay some data. The data belongs to the world from its beginning,
    /// or going back there would lose it.
    pub fn with_data(datasets: Vec<(ClientName, Rc<Dataset>)>) -> Self {
        let mut world = Console::default();
        for (name, data) in datasets {
            world.simulation_mut().command(|clients, _, _| clients.add_dataset(name, data));
        }
        Self {
            begun: world.simulation().now(),
            journal: Journal::new(world),
            history: History::default(),
            queue: VecDeque::new(),
            waits_until: None,
            revision: 0,
        }
    }

    /// Puts a line behind those that wait.
    pub fn queue(&mut self, line: &str) {
        self.queue.push_back(line.into());
    }

    /// Whether a line waits, or lines wait for it: then time is skipped, not played.
    pub fn is_skipping(&self) -> bool {
        self.waits_until.is_some() || !self.queue.is_empty()
    }

    /// Enters the lines whose turn it is and lets up to `elapsed` pass; where a line waits, that
    /// time is skipped instead. Stops early when `has_time` says so. Returns how much passed.
    pub fn work(
        &mut self,
        elapsed: Duration,
        mut has_time: impl FnMut() -> bool,
        mut answered: impl FnMut(Answer),
    ) -> Duration {
        while self.is_skipping() {
            if let Some(until) = self.waits_until {
                if !self.advance(until, &mut has_time) {
                    return Duration::ZERO;
                }
                self.waits_until = None;
            } else if let Some(line) = self.queue.pop_front() {
                answered(self.enter(line));
            }
        }
        let start = self.now();
        self.advance(start + elapsed, &mut has_time);
        self.now() - start
    }

    /// Goes to the next thing that happens, if anything will.
    pub fn step(&mut self) {
        if let Some(due) = self.simulation().next_due() {
            self.journal.advance(due);
            self.drain();
            self.revision += 1;
        }
    }

    /// A number that rises with every change that can be seen.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The world, for questions.
    pub fn simulation(&self) -> &Simulation {
        self.journal.simulation()
    }

    /// What has happened.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The time.
    pub fn now(&self) -> Instant {
        self.simulation().now()
    }

    /// How long the run has lasted.
    pub fn elapsed(&self) -> Duration {
        self.now() - self.begun
    }

    fn enter(&mut self, line: Rc<str>) -> Answer {
        let at = self.now();
        let output = self.journal.enter(&line);
        if self.now() != at {
            // A first line may set the date.
            self.begun = self.now();
        }
        self.waits_until = output.wait.map(|wait| at + wait);
        self.drain();
        self.revision += 1;
        Answer { at, line, output: Rc::new(output) }
    }

    /// Lets time pass until `until` as long as there is time, and room for what happens in it; says
    /// whether it came that far.
    fn advance(&mut self, until: Instant, has_time: &mut impl FnMut() -> bool) -> bool {
        if Room::left_by(self.simulation().service()) == Room::None {
            return false;
        }
        loop {
            let start = self.now();
            let arrived = self.journal.advance_within(until, CHUNK);
            self.drain();
            self.revision += u64::from(self.now() != start);
            if arrived || !has_time() {
                return arrived;
            }
        }
    }

    fn drain(&mut self) {
        while let Some((at, event)) = self.journal.simulation_mut().poll_event() {
            self.history.record(at, &event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            session.queue(line);
        }
        let lines = worked(&mut session, Duration::ZERO);
        assert_eq!(lines, [(0, "lab wait 10s".into()), (10, "lab help".into())]);
        assert_eq!(session.elapsed(), Duration::from_secs(10));
    }

    #[test]
    fn work_that_runs_out_of_time_goes_on_later() {
        let mut session = Session::default();
        session.queue("aws kinesis create-stream --stream-name clicks --shard-count 1");
        session.queue("lab wait 10s");
        session.queue("lab producer web --stream clicks --rate 1000/s --keys uniform:9");
        worked(&mut session, Duration::ZERO);
        let (begun, minute) = (session.now(), Duration::from_mins(1));
        let passed = session.work(minute, || false, |_| ());
        assert!(!passed.is_zero() && passed < minute, "{passed:?}");
        assert_eq!(session.now(), begun + passed);
    }

    #[test]
    fn a_step_goes_to_the_next_thing_that_happens() {
        let mut session = Session::default();
        session.queue("aws kinesis create-stream --stream-name clicks --shard-count 1");
        worked(&mut session, Duration::ZERO);
        session.step();
        assert_eq!(session.elapsed(), Duration::from_secs(10));
        assert_eq!(session.simulation().service().streams().next().unwrap().open_shard_count(), 1);
    }

    #[test]
    fn a_run_counts_from_the_date_of_its_first_line() {
        let mut session = Session::default();
        session.queue("lab start --at 2018-01-31");
        worked(&mut session, Duration::from_secs(5));
        assert_eq!(session.now().to_string(), "2018-01-31T00:00:05+00:00");
        assert_eq!(session.elapsed(), Duration::from_secs(5));
    }
}
