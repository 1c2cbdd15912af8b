//! Lines in, text out: `aws kinesis …` for what AWS has a command for, `lab …` for the rest.
//!
//! Every change to a world is a line entered here, so a world is its seed and its lines.

pub mod aws;
mod complete;
pub mod lab;
pub mod lex;
pub mod output;
pub mod shell;
mod similar;

pub use complete::{Completions, complete};
pub use output::Output;

use std::rc::Rc;

use crate::engine::Simulation;
use crate::engine::time::Instant;
use shell::variables::Variables;
use shell::{Files, Surroundings};

/// A world and the console that changes it.
///
/// Entering a line takes no simulated time: a line that waits says how long ([`Output::wait`]), and
/// whoever holds the clock lets that time pass before the next line.
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
        Self { start: simulation.now(), simulation, has_begun: false, files: Files::default() }
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
        Self { simulation: self.simulation.without_events(), files: self.files.clone(), ..*self }
    }

    /// Does what a line says, now. A bad line changes nothing and says what to do instead.
    pub fn enter(&mut self, line: &str) -> Output {
        let output = self.run(line);
        self.has_begun |= output.is_kept();
        output
    }

    /// Whether anything has happened: a line has reached the world, or time has passed.
    pub fn has_begun(&self) -> bool {
        self.has_begun || self.simulation.now() != self.start
    }

    fn run(&mut self, line: &str) -> Output {
        let words = match lex::words(line) {
            Ok(words) => words,
            Err(error) => return Output::failure(SYNTAX_STATUS, format!("{error}\n")),
        };
        match words.split_first() {
            None => Output::default(),
            Some((command, rest)) if command == "aws" => {
                let variables = Variables::default();
                let around = Surroundings::new(&variables, &[]).with_files(&self.files);
                aws::run(&mut self.simulation, rest, &around)
            }
            Some((command, rest)) if command == "lab" => lab::run(self, rest),
            Some((command, _)) => Output::failure(
                NOT_FOUND_STATUS,
                format!("{command}: command not found. There are `aws kinesis …` and `lab …`.\n"),
            ),
        }
    }
}

/// A shell's exit status for a line that it cannot read.
const SYNTAX_STATUS: u8 = 2;
/// A shell's exit status for a command that it does not know.
const NOT_FOUND_STATUS: u8 = 127;
