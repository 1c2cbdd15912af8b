//! Lines in, text out: `aws kinesis …` for what AWS has a command for, `lab …` for the rest.
//!
//! Every change to a world is a line entered here, so a world is its seed and its lines.

pub mod aws;
mod complete;
pub mod lab;
pub mod lex;
pub mod output;
mod plain;
pub mod shell;
mod similar;
pub mod surroundings;
pub mod variables;

pub use complete::Completions;
pub use output::Output;

use std::rc::Rc;

use crate::api::wire::{self, Request, Response};
use crate::chunk::Unloaded;
use crate::engine::Simulation;
use crate::engine::client::dataset::{Dataset, DatasetError};
use crate::engine::time::Instant;
use shell::Shell;
use surroundings::Files;

crate::chunk! {
    /// All of the console but what [`plain`] lines need.
    static FULL(console): Full = Full {
        run: shell::run,
        resume: shell::resume,
        complete: complete::complete,
        read_data: Dataset::read,
    };
}

/// Whether [`plain`] lines are run without the rest of the console: in the page, whose first view
/// has no more. Elsewhere whoever enters lines has all of it.
const HAS_PLAIN_LINES: bool = cfg!(feature = "app");

/// What the console does besides plain lines.
struct Full {
    run: fn(&mut Console, &str) -> Output,
    resume: fn(&mut Console),
    complete: fn(&Console, &str, usize) -> Completions,
    /// A data set of a file: the data sets of the page are CSV, which needs less.
    read_data: fn(&str) -> Result<Dataset, DatasetError>,
}

/// Loads what lines may need, if a build has it in a file of its own. Whoever enters lines in such
/// a build waits for it before the first line of which [`Console::can_enter`] says no.
pub async fn load() -> Result<(), Unloaded> {
    FULL.load().await.map(|_| ())
}

/// The words that may stand at `cursor` (in bytes) of a line, given what is before it; none as long
/// as they are not loaded.
///
/// It looks and changes nothing. A cursor beyond the line or inside a letter stands at the letter
/// before.
pub fn complete(console: &Console, line: &str, cursor: usize) -> Completions {
    FULL.get().map_or_else(Completions::default, |full| (full.complete)(console, line, cursor))
}

/// A world and the console that changes it.
///
/// Entering a line takes no simulated time: a line that waits says how long ([`Output::wait`]), and
/// whoever holds the clock lets that time pass before the next line. A line that sleeps with more
/// to do, or that pauses before it makes a request again, becomes a script in progress
/// ([`Output::job`]), which goes on while time passes.
///
/// At one instant everything has its turn: first what was due by then in the world, then the
/// scripts that are due, in the order of their numbers, then the lines that are entered, and last
/// what those scripts and lines have planned for that very instant.
///
/// ```
/// use shardlab::console::Console;
///
/// let mut console = Console::default();
/// let output = console.enter("aws kinesis create-stream --stream-name orders --shard-count 2");
/// assert_eq!((output.status, output.stdout.as_str()), (0, ""));
/// let output = console.enter("aws kinesis list-streams");
/// assert!(output.stdout.contains("\"orders\""));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Console {
    simulation: Simulation,
    /// When the world began.
    start: Instant,
    /// Whether a line has reached the world.
    has_begun: bool,
    /// What `file://` may name.
    files: Files,
    shell: Shell,
}

impl Default for Console {
    /// The world of a run that says nothing else: seed 1, starting at
    /// [`Instant::DEFAULT_START`].
    fn default() -> Self {
        Self::new(Simulation::new(1, Instant::DEFAULT_START))
    }
}

impl Console {
    /// A console on a world.
    pub fn new(simulation: Simulation) -> Self {
        let (files, shell) = (Files::default(), Shell::default());
        Self { start: simulation.now(), simulation, has_begun: false, files, shell }
    }

    /// The world.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The world, to let time pass and to take its events.
    pub fn simulation_mut(&mut self) -> &mut Simulation {
        &mut self.simulation
    }

    /// Puts a file where `file://` and `fileb://` find it; a name that is taken now names this one.
    pub fn add_file(&mut self, name: impl Into<String>, bytes: impl Into<Rc<[u8]>>) {
        self.files.insert(name.into(), bytes.into());
    }

    /// A copy whose world has no events that were not yet taken: what a checkpoint keeps.
    #[must_use]
    pub fn without_events(&self) -> Self {
        let simulation = self.simulation.without_events();
        let (files, shell) = (self.files.clone(), self.shell.as_replayed());
        Self { simulation, files, shell, ..*self }
    }

    /// The files that `file://` may name.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// What the shell keeps between lines.
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// The same, to take what scripts have printed.
    pub fn shell_mut(&mut self) -> &mut Shell {
        &mut self.shell
    }

    /// Lets time pass until `until`, the scripts that are due on the way included, but performs at
    /// most about so many tasks and commands; says whether it got there.
    pub fn advance_within(&mut self, until: Instant, tasks: u64) -> bool {
        self.go_on_within(until, tasks, None)
    }

    /// The same, but where scripts are due at `until` itself, what they plan for that very instant
    /// is left for after the lines that follow them.
    pub fn arrive_within(&mut self, until: Instant, tasks: u64) -> bool {
        if self.shell.turn().is_some_and(|(at, _)| at == until) {
            return true;
        }
        self.go_on_within(until, tasks, Some(until))
    }

    /// Lets time pass until `until`, or until the scripts that are due at `stop` have had their
    /// turn.
    fn go_on_within(&mut self, until: Instant, tasks: u64, stop: Option<Instant>) -> bool {
        let before = self.tasks_performed();
        loop {
            let left = tasks.saturating_sub(self.tasks_performed() - before);
            let due = self.next_script(until);
            if !self.simulation.advance_within(due.unwrap_or(until), left) {
                return false;
            }
            if due.is_none() {
                return true;
            }
            self.resume();
            if due == stop {
                return true;
            }
        }
    }

    /// Answers a request as `lab request` does, and says which line it was; `None` if it did not
    /// reach the service, so that nothing has changed.
    pub fn enter_request(&mut self, request: &Request<'_>) -> (Response, Option<String>) {
        let response = wire::handle(&mut self.simulation, request);
        let reached = response.has_reached_the_service();
        let body = if reached { wire::as_json(request) } else { None };
        let line = body.map(|body| lab::request_line(request.target, &body));
        if line.is_some() {
            let status = response.error.map_or(0, |_| aws::SERVICE_STATUS);
            self.shell.draw_luck(self.simulation.seed());
            self.end_line(&Output::failure(status, "").kept(), 1);
            self.has_begun = true;
        }
        (response, line)
    }

    /// When the next script goes on, if that is by then.
    fn next_script(&self, until: Instant) -> Option<Instant> {
        let due = self.shell.next_due().filter(|due| *due <= until);
        due.map(|due| due.max(self.simulation.now()))
    }

    /// When something will happen by itself; `None` if nothing ever will.
    pub fn next_due(&self) -> Option<Instant> {
        self.simulation.next_due().into_iter().chain(self.shell.next_due()).min()
    }

    /// How many tasks and commands were performed since the start: how much work it is to come here
    /// again.
    pub fn tasks_performed(&self) -> u64 {
        self.simulation.tasks_performed() + self.shell.commands()
    }

    /// Whether what a line needs is here. Natively it always is; in a page, see [`load`].
    pub fn can_enter(&self, line: &str) -> bool {
        FULL.get().is_some() || self.is_plain(line)
    }

    /// Whether a line is run without the rest of the console.
    pub fn is_plain(&self, line: &str) -> bool {
        HAS_PLAIN_LINES && plain::is_plain(self, line)
    }

    /// Runs a line until it is over or sleeps.
    fn run(&mut self, line: &str) -> Output {
        let plain = if HAS_PLAIN_LINES { plain::run(self, line) } else { None };
        plain.unwrap_or_else(|| (full().run)(self, line))
    }

    /// Lets the scripts go on that are due, in the order of their numbers.
    fn resume(&mut self) {
        (full().resume)(self);
    }

    /// Does what a line says, now. A bad line changes nothing and says what to do instead.
    pub fn enter(&mut self, line: &str) -> Output {
        let output = self.run(line);
        self.has_begun |= output.is_kept();
        output
    }

    /// Begins the world as `lab start` with these options does, each in one word (`--seed=7`), even
    /// where the rest of the console is not loaded.
    pub fn start(&mut self, words: &[String]) -> Output {
        plain::start(self, words)
    }

    /// Does what a line says that was entered before: what was entered in between and is not part
    /// of a replay is forgotten.
    pub fn enter_again(&mut self, line: &str) -> Output {
        self.shell.forget_unkept();
        self.enter(line)
    }

    /// Whether anything has happened: a line has reached the world, or time has passed.
    pub fn has_begun(&self) -> bool {
        self.has_begun || self.simulation.now() != self.start
    }
}

/// All of the console: whatever made a line or a script possible has loaded it.
fn full() -> &'static Full {
    FULL.get().expect("a line is entered once all that it needs is here")
}
