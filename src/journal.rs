//! The journal: every line that was entered, when, and the world that follows from them.
//!
//! The world is a function of a seed, a start and the lines with their instants. So any past
//! instant can be visited again ([`Journal::seek`]), and a line entered there begins a branch that
//! leaves the old future as it was. Checkpoints on the way keep the visit short; they never change
//! what is seen.
//!
//! At one instant everything has its turn: first what was due by then, then the scripts in progress
//! that are due, in the order of their numbers, then all lines of that instant, one straight after
//! the other, and last what those scripts and lines have planned for that very instant.

mod branch;
mod checkpoints;
mod copies;
mod excursion;
mod passage;

use crate::api::wire::{Request, Response};
use crate::console::aws::SERVICE_STATUS;
use crate::console::shell::Printed;
use crate::console::{Console, Output};
use crate::engine::Simulation;
use crate::engine::time::Instant;
pub use branch::Branch;
use checkpoints::Checkpoints;
pub use checkpoints::allowance;
pub use copies::{load, load_copies};
use std::rc::Rc;
use std::time::Duration;

/// A line, and when it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// What was typed.
    pub line: Rc<str>,
    /// How it ended when it was entered; zero for a script that went on.
    pub status: u8,
}

/// The lines of a run and its world at one instant of it.
///
/// ```
/// use shardlab::journal::Journal;
/// use std::time::Duration;
///
/// let mut journal = Journal::default();
/// journal.run("aws kinesis create-stream --stream-name clicks --shard-count 1");
/// let noon = journal.simulation().now();
/// journal.advance(noon + Duration::from_secs(60));
/// let later = journal.simulation().digest();
/// journal.seek(noon + Duration::from_secs(5));
/// journal.seek(noon + Duration::from_secs(60));
/// assert_eq!(journal.simulation().digest(), later);
/// ```
#[derive(Clone, Debug)]
pub struct Journal {
    branches: Vec<Branch>,
    current: usize,
    world: Console,
    /// How many entries of the current branch the world has seen.
    seen: usize,
    /// Lines that are not kept unless a later one looks at how they ended.
    unkept: Vec<Entry>,
    /// Files of this visit. They were always there: a line reads the same whenever it is replayed.
    files: Vec<(String, Rc<[u8]>)>,
    /// What lines printed that were taken over and have their turn for the first time.
    heard: Vec<(Entry, Output)>,
    /// How many of the lines that were taken over have not had their first turn.
    untold: usize,
}

/// Lines that no journal could have come to: out of order, or before its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfPlace;

/// The longest that [`Journal::run`] lets a script go on.
const RUN_MAX: Duration = Duration::from_hours(24);

impl Default for Journal {
    fn default() -> Self {
        Self::new(Console::default())
    }
}

impl Journal {
    /// A journal that begins with a world to which nothing has happened yet.
    pub fn new(world: Console) -> Self {
        Self::with_beginning(world.clone(), world)
    }

    /// The same for whoever has made that world twice, which takes less code than copying it.
    pub fn with_beginning(world: Console, beginning: Console) -> Self {
        let start = world.simulation().now();
        let first = Branch {
            name: "main".into(),
            left: None,
            entries: Vec::new(),
            reached: start,
            checkpoints: Checkpoints::starting_with(beginning),
        };
        let (unkept, files, heard) = (Vec::new(), Vec::new(), Vec::new());
        Self { branches: vec![first], current: 0, world, seen: 0, unkept, files, heard, untold: 0 }
    }

    /// Takes over the lines of a run that began at `begun`, in a journal to which nothing has
    /// happened yet: each is entered when time comes to its instant, as it was there.
    ///
    /// # Errors
    ///
    /// [`OutOfPlace`]; the journal is of no use then.
    pub fn take_over(&mut self, entries: &[Entry], begun: Instant) -> Result<(), OutOfPlace> {
        let mut entries = entries;
        // Only the first line can set another beginning.
        if let ([first, rest @ ..], true) = (entries, begun != self.begun()) {
            self.enter(&first.line);
            let is_there = |entered: &[Entry]| entered.len() == 1 && entered[0].at == first.at;
            if self.begun() != begun || !is_there(self.entries()) {
                return Err(OutOfPlace);
            }
            entries = rest;
        }
        let is_in_order = entries.is_sorted_by_key(|entry| entry.at);
        let is_later = entries.first().is_none_or(|first| first.at >= begun);
        if begun != self.simulation().now() || !is_in_order || !is_later {
            return Err(OutOfPlace);
        }
        self.branches[self.current].entries.extend_from_slice(entries);
        self.untold = entries.len();
        Ok(())
    }

    /// Takes what lines printed that were taken over, those that have had their first turn since
    /// anybody asked.
    pub fn take_heard(&mut self) -> Vec<(Entry, Output)> {
        std::mem::take(&mut self.heard)
    }

    /// How many lines that were taken over have not had their first turn.
    pub fn untold(&self) -> u64 {
        self.untold as u64
    }

    /// Forgets the lines of the current branch that have not been entered by now.
    pub fn forget_rest(&mut self) {
        self.branches[self.current].entries.truncate(self.seen);
        self.untold = 0;
    }

    /// Whether what a line needs is here. Natively it always is; in a page, see [`load`].
    pub fn can_enter(&self, line: &str) -> bool {
        // Other lines may begin another world.
        let is_all_here = copies::here().is_some() && self.world.can_enter(line);
        is_all_here || self.world.is_plain(line)
    }

    /// Enters a line now. In the past, a line that is kept begins a new branch.
    ///
    /// A line that asks to wait does not wait here: whoever enters it advances by its `wait`, at
    /// once or with the frames of a page. Where the lines of an instant have already had their
    /// turn, this one comes a microsecond later. Lines that were taken over and have not had their
    /// turn are forgotten.
    pub fn enter(&mut self, line: &str) -> Output {
        self.find_turn();
        let at = self.world.simulation().now();
        let output = self.world.enter(line);
        if !output.is_kept() {
            self.leave_unkept(at, line, &output);
            return output;
        }
        if self.simulation().now() != at {
            let copies = copies::here().expect("a line is entered once all that it needs is here");
            (copies.begin_anew)(self, line, output.status);
            return output;
        }
        if self.untold > 0 {
            self.forget_rest();
        }
        if self.is_in_the_past() {
            self.leave(at);
        }
        let before = std::mem::take(&mut self.unkept);
        let branch = &mut self.branches[self.current];
        if output.looks_at_status() {
            branch.entries.extend(before);
        }
        branch.entries.push(Entry { at, line: line.into(), status: output.status });
        self.seen = branch.entries.len();
        output
    }

    /// Makes a request, and keeps it as the line that makes it again: `lab request …`.
    pub fn enter_request(&mut self, request: &Request<'_>) -> Response {
        self.find_turn();
        let at = self.world.simulation().now();
        let (response, line) = self.world.enter_request(request);
        if let Some(line) = line {
            if self.is_in_the_past() {
                self.leave(at);
            }
            self.unkept.clear();
            let branch = &mut self.branches[self.current];
            let status = response.error.map_or(0, |_| SERVICE_STATUS);
            branch.entries.push(Entry { at, line: line.into(), status });
            self.seen = branch.entries.len();
        }
        response
    }

    /// Enters a line and waits as long as it asks to, or until the script is over that it becomes,
    /// at most a day; its output is then all that the script printed.
    pub fn run(&mut self, line: &str) -> Output {
        let mut output = self.enter(line);
        let now = self.simulation().now();
        if let Some(wait) = output.wait {
            self.advance(now + wait);
        }
        let Some(job) = output.job else { return output };
        while let Some(due) = self.world.shell().job_due(job).filter(|due| *due - now <= RUN_MAX) {
            self.advance(due);
            for later in self.world.shell_mut().take_printed_by(job) {
                output.append(&later.output);
                if later.is_over {
                    output.job = None;
                }
            }
        }
        output
    }

    /// Puts a file where lines find it as `file://NAME`, in every branch and at every instant.
    /// Returns its name, which is another one if a different file has the name already: lines that
    /// have read that one read it again in a replay.
    pub fn add_file(&mut self, name: &str, bytes: impl Into<Rc<[u8]>>) -> String {
        let (bytes, mut free, mut count) = (bytes.into(), name.to_owned(), 1_u32);
        while self.files.iter().any(|(taken, other)| *taken == free && *other != bytes) {
            count += 1;
            free = format!("{count}-{name}");
        }
        self.world.add_file(free.as_str(), Rc::clone(&bytes));
        self.files.push((free.clone(), bytes));
        free
    }

    /// The files that lines find, each with its name.
    pub fn files(&self) -> &[(String, Rc<[u8]>)] {
        &self.files
    }

    /// When the run began.
    pub fn begun(&self) -> Instant {
        self.branches[0].checkpoints.last_instant(Instant::default())
    }

    /// The lines of the current branch that have been entered by now.
    pub fn entries(&self) -> &[Entry] {
        &self.branches[self.current].entries[..self.seen]
    }

    /// The world, for questions.
    pub fn simulation(&self) -> &Simulation {
        self.world.simulation()
    }

    /// The world, to take its events.
    pub fn simulation_mut(&mut self) -> &mut Simulation {
        self.world.simulation_mut()
    }

    /// Takes the oldest thing that a script in progress has printed and nobody has taken.
    pub fn take_printed(&mut self) -> Option<Printed> {
        self.world.shell_mut().take_printed()
    }

    /// Forgets the events that were not taken, and what scripts have printed.
    pub fn drop_news(&mut self) {
        self.world.simulation_mut().drop_events();
        self.world.shell_mut().drop_printed();
    }

    /// The console, for completion and help.
    pub fn console(&self) -> &Console {
        &self.world
    }

    /// A first line has set the date (`lab start`): the run begins there, with that line.
    fn begin_anew(&mut self, line: &str, status: u8) {
        let files = std::mem::take(&mut self.files);
        *self = Self { files, ..Self::new(self.world.clone()) };
        let at = self.simulation().now();
        self.branches[0].entries.push(Entry { at, line: line.into(), status });
        self.seen = 1;
    }

    /// Remembers a line whose end a later line may look at.
    fn leave_unkept(&mut self, at: Instant, line: &str, output: &Output) {
        if !output.looks_at_status() {
            self.unkept.clear();
        }
        if self.world.shell().has_unkept_status() {
            self.unkept.push(Entry { at, line: line.into(), status: output.status });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_can_set_an_earlier_date() {
        let mut journal = Journal::default();
        let line = "lab start --seed 7 --at 2018-01-31T00:00:00Z";
        assert_eq!(journal.run(line).status, 0);
        journal.run("aws kinesis create-stream --stream-name a --shard-count 1");
        journal.run("lab wait 1m");
        let end = (journal.simulation().now(), journal.simulation().digest());
        assert_eq!(end.0.to_string(), "2018-01-31T00:01:00+00:00");
        assert!(!journal.is_in_the_past());
        journal.seek(Instant::default());
        assert_eq!(journal.simulation().now().to_string(), "2018-01-31T00:00:00+00:00");
        journal.seek(end.0);
        assert_eq!((journal.simulation().now(), journal.simulation().digest()), end);
        assert_eq!((journal.branches().len(), &*journal.entries()[0].line), (1, line));
    }

    #[test]
    fn a_file_is_there_wherever_the_run_goes() {
        let mut journal = Journal::default();
        let begun = journal.simulation().now();
        journal.run("aws kinesis create-stream --stream-name a --shard-count 1");
        journal.run("lab wait 10s");
        assert_eq!(journal.add_file("one.txt", *b"hello"), "one.txt");
        assert_eq!(journal.add_file("one.txt", *b"hello"), "one.txt");
        assert_eq!(journal.add_file("one.txt", *b"other"), "2-one.txt");
        let put = "aws kinesis put-record --stream-name a --partition-key 1 \
                   --data fileb://one.txt";
        assert_eq!(journal.run(put).status, 0);
        let end = (journal.simulation().now(), journal.simulation().digest());
        journal.seek(begun);
        journal.seek(end.0);
        assert_eq!((journal.simulation().now(), journal.simulation().digest()), end);
    }
}
