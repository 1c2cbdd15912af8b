//! One visit: a journal, what has happened in it, and the lines that wait for their turn.
//!
//! Knows no browser: whoever holds the clock says how much time should pass, and when to stop.

pub mod course;
mod news;
pub mod past;
mod replay;
pub mod rivals;
pub mod run;
pub mod travel;
pub mod undo;

use super::room::Room;
use course::Course;
use past::{Past, Snapshots};
use shardlab::console::{Console, Output};
use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::insight::subject::Sought;
use shardlab::journal::{Entry, Journal};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;
use travel::{HasTime, Journey, Travels};
use undo::Undone;

/// The world of a visit.
#[derive(Debug)]
pub struct Session {
    journal: Journal,
    /// When the run began.
    begun: Instant,
    /// What has happened until now.
    past: Past,
    /// For each branch, pasts to go back to.
    snapshots: Vec<Snapshots>,
    /// For each branch, its marks as far as it was run.
    courses: Vec<Course>,
    /// Where it is on its way to.
    journey: Option<Journey>,
    /// Events until then are part of the past already, though they happen once more.
    known_until: Option<Instant>,
    /// Lines to enter, as soon as none of those before them waits.
    queue: VecDeque<(Rc<str>, Turn)>,
    /// The line that was entered last and lets time pass, and until when.
    waits: Option<(Rc<str>, Instant)>,
    /// The line that became a script last, and its number.
    script: Option<(Rc<str>, u32)>,
    /// A run made elsewhere has its turn before anything else: until when, and where to go then.
    replays: Option<(Instant, Instant)>,
    /// Where to go once no line waits any more.
    sought: Option<Instant>,
    /// The names of the data sets that the world began with.
    data: Vec<String>,
    /// What scripts have printed since anybody asked.
    printed: Vec<Answer>,
    /// Whether lines keep their turn, because the world they are meant for is on its way.
    is_held: bool,
    /// Lines of the opening that are still to be entered, and how many of its lines were kept.
    opening: (usize, usize),
    /// Lines that were taken back, the last one last.
    undone: Vec<Undone>,
    /// Rises with every change that can be seen.
    revision: u64,
}

/// When a line has its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Beside a script that goes on, as a line that is typed.
    Now,
    /// After the script that the line before it became, as in a block of lines.
    After,
}

/// A line that is not done yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The line.
    pub line: Rc<str>,
    /// How many lines wait behind it.
    pub waiting: u64,
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
    /// The name of the branch that it began, if it was entered in the past of another.
    pub branched: Option<Rc<str>>,
    /// The number of the script that went on by itself; `None` for an answer to a line.
    pub script: Option<u32>,
    /// The throttled request that it tells of.
    pub refusal: Option<Sought>,
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
        Self::of_worlds([Console::default(), Console::default()], datasets)
    }

    /// The same in another world than the default one, made twice: one goes on, one stays as its
    /// beginning.
    fn of_worlds(mut worlds: [Console; 2], datasets: Vec<(ClientName, Rc<Dataset>)>) -> Self {
        let data = datasets.iter().map(|(name, _)| name.as_str().to_owned()).collect();
        for (name, data) in datasets {
            for world in &mut worlds {
                let (name, data) = (name.clone(), Rc::clone(&data));
                world.simulation_mut().command(|clients, _, _| clients.add_dataset(name, data));
            }
        }
        let [world, beginning] = worlds;
        let begun = world.simulation().now();
        Self {
            begun,
            journal: Journal::with_beginning(world, beginning),
            past: Past::before(begun),
            snapshots: vec![Snapshots::default()],
            courses: vec![Course::of_run(begun)],
            journey: None,
            known_until: None,
            queue: VecDeque::new(),
            waits: None,
            script: None,
            replays: None,
            sought: None,
            data,
            printed: Vec::new(),
            is_held: false,
            opening: (0, 0),
            undone: Vec::new(),
            revision: 0,
        }
    }

    /// Puts a line behind those that wait. Whatever is looked for ahead is not looked for further.
    pub fn queue(&mut self, line: &str, turn: Turn) {
        self.stop_looking();
        self.queue.push_back((line.into(), turn));
    }

    /// Keeps lines from being entered until [`release`](Self::release) or
    /// [`take_over`](Self::take_over).
    pub fn hold(&mut self) {
        self.is_held = true;
    }

    /// Lets lines be entered again.
    pub fn release(&mut self) {
        self.is_held = false;
    }

    /// Becomes the world that was on its way; the lines that wait here wait behind its own.
    pub fn take_over(&mut self, mut begun: Self) {
        begun.opening.0 = begun.queue.len();
        begun.queue.append(&mut self.queue);
        begun.revision = self.revision + 1;
        *self = begun;
    }

    /// Gives up the line that is in progress, and those behind it.
    pub fn interrupt(&mut self) {
        self.stop_looking();
        self.stop_replaying();
        self.queue.clear();
        self.waits = None;
        self.revision += 1;
    }

    /// Gives up the lines that wait, and ends the script in progress as `kill` does.
    pub fn stop(&mut self) {
        self.interrupt();
        if let Some((_, number)) =
            self.script.take_if(|(_, number)| is_going_on(&self.journal, *number))
        {
            self.queue(&format!("kill %{number}"), Turn::Now);
        }
    }

    /// Stays here instead of looking for something ahead.
    pub fn stop_looking(&mut self) {
        if self.is_looking_ahead() {
            self.journey = None;
        }
    }

    /// Puts a file where lines find it; returns the name that it got.
    pub fn add_file(&mut self, name: &str, bytes: Rc<[u8]>) -> String {
        self.journal.add_file(name, bytes)
    }

    /// The lines with their instants.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The console, to ask what could be typed.
    pub fn console(&self) -> &Console {
        self.journal.console()
    }

    /// The lines of the current branch, and which one that is.
    pub fn lines(&self) -> (usize, &[Entry]) {
        let branch = self.journal.current();
        (branch, &self.journal.branches()[branch].entries)
    }

    /// Which branch this is, and the names of all.
    pub fn branch_names(&self) -> (usize, Vec<Rc<str>>) {
        let names = self.journal.branches().iter().map(|branch| branch.name.as_str().into());
        (self.journal.current(), names.collect())
    }

    /// When the run began.
    pub fn begun(&self) -> Instant {
        self.begun
    }

    /// Whether the world is on its way through instants that nobody asked to see.
    pub fn is_travelling(&self) -> bool {
        matches!(self.journey, Some(Journey::To(_) | Journey::Back(_)))
    }

    /// Whether something is looked for ahead.
    pub fn is_looking_ahead(&self) -> bool {
        matches!(self.journey, Some(Journey::Next(..)))
    }

    /// Whether a line waits, or lines wait for it: then time is skipped, not played.
    pub fn is_skipping(&self) -> bool {
        self.waits.is_some() || !self.queue.is_empty() || self.is_replaying()
    }

    /// The line that lets time pass, if there is one.
    pub fn progress(&self) -> Option<Progress> {
        let is_going_on = |script: &&(Rc<str>, u32)| is_going_on(&self.journal, script.1);
        let script = || self.script.as_ref().filter(is_going_on).map(|(line, _)| line);
        if self.is_replaying() {
            let entry = self.journal.entries().last()?;
            return Some(Progress { line: Rc::clone(&entry.line), waiting: self.journal.untold() });
        }
        let waits = self.waits.as_ref().map(|(line, _)| line);
        if waits.is_none() && self.needs_parts() {
            let line = self.queue.front().map(|(line, _)| Rc::clone(line))?;
            return Some(Progress { line, waiting: self.queue.len() as u64 - 1 });
        }
        let line = waits.or_else(script)?;
        Some(Progress { line: Rc::clone(line), waiting: self.queue.len() as u64 })
    }

    /// Whether the next line needs a part of the console that is not loaded; it keeps its turn.
    pub fn needs_parts(&self) -> bool {
        self.queue.front().is_some_and(|(line, _)| !self.journal.can_enter(line))
    }

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
            } else if self.needs_parts() {
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
        &self.past.history
    }

    /// The time.
    pub fn now(&self) -> Instant {
        self.simulation().now()
    }

    /// How long the run has lasted.
    pub fn elapsed(&self) -> Duration {
        self.now() - self.begun
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
    fn begin_anew(&mut self) {
        self.begun = self.now();
        self.past = Past::before(self.begun);
        self.snapshots = vec![Snapshots::default()];
        self.courses = vec![Course::of_run(self.begun)];
    }

    /// Lets time pass until `until` as long as there is time, and room for what happens in it; says
    /// whether it came that far.
    fn advance(&mut self, until: Instant, has_time: HasTime) -> bool {
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
}

/// What goes back and forth.
fn travels() -> &'static Travels {
    travel::here().expect("whoever sets out has loaded it")
}

/// Whether a script is still in progress.
fn is_going_on(journal: &Journal, number: u32) -> bool {
    journal.console().shell().job_due(number).is_some()
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
