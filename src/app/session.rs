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
mod whole;
mod work;

use course::Course;
use past::{Past, Snapshots};
use shardlab::console::{Console, Output};
use shardlab::engine::Simulation;
use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::client::producer::Producer;
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::insight::subject::Sought;
use shardlab::journal::{Entry, Journal};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;
use travel::Journey;
use undo::Undone;

/// A data set and its name.
pub type Data = (ClientName, Rc<Dataset>);

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
    /// Whether it has only the first rows of each, until it is made [`whole`].
    lacks_rows: bool,
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

/// What has to be loaded before a session can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A part of the console, which the next line needs.
    Console,
    /// The rest of its data.
    Rows,
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

impl Default for Session {
    fn default() -> Self {
        Self::with_data(Vec::new())
    }
}

impl Session {
    /// A visit whose lines can replay some data. The data belongs to the world from its beginning,
    /// or going back there would lose it.
    pub fn with_data(datasets: Vec<Data>) -> Self {
        Self::of_worlds([Console::default(), Console::default()], datasets)
    }

    /// A visit that begins with the first rows of its data. It does what it would do with the
    /// whole of it, but stands still before the last of them comes, and enters no lines but those
    /// that it begins with.
    pub fn with_heads(heads: Vec<Data>) -> Self {
        Self { lacks_rows: !heads.is_empty(), ..Self::with_data(heads) }
    }

    /// The same in another world than the default one, made twice: one goes on, one stays as its
    /// beginning.
    fn of_worlds(mut worlds: [Console; 2], datasets: Vec<Data>) -> Self {
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
            lacks_rows: false,
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
        if waits.is_none() && self.lack().is_some() {
            let line = self.queue.front().map(|(line, _)| Rc::clone(line))?;
            return Some(Progress { line, waiting: self.queue.len() as u64 - 1 });
        }
        let line = waits.or_else(script)?;
        Some(Progress { line: Rc::clone(line), waiting: self.queue.len() as u64 })
    }

    /// What has to be loaded before it goes on; the next line keeps its turn.
    pub fn lack(&self) -> Option<Lack> {
        let next = self.queue.front();
        if next.is_some_and(|(line, _)| !self.journal.can_enter(line)) {
            return Some(Lack::Console);
        }
        let is_asked = next.is_some() && self.opening.0 == 0;
        let is_at_the_end = self.rows_until().is_some_and(|end| self.now() >= end);
        (self.lacks_rows && is_asked || is_at_the_end).then_some(Lack::Rows)
    }

    /// The names of the data sets of which it has only the first rows.
    pub fn lacking(&self) -> &[String] {
        if self.lacks_rows { &self.data } else { &[] }
    }

    /// How far it can go with the rows that it has; `None` where it has all.
    fn rows_until(&self) -> Option<Instant> {
        let producers = self.lacks_rows.then(|| self.simulation().clients().producers());
        let last = producers.into_iter().flatten().filter_map(Producer::last_row_due).min();
        // Until then no call differs from what it would be with all rows.
        last.map(|last| last.before(Duration::from_micros(1)).max(self.now()))
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
}

/// Whether a script is still in progress.
fn is_going_on(journal: &Journal, number: u32) -> bool {
    journal.console().shell().job_due(number).is_some()
}
