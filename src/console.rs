//! Lines in, text out: `aws kinesis …` for what AWS has a command for, `lab …` for the rest.
//!
//! Every change to a world is a line entered here, so a world is its seed and its lines.

pub mod aws;
pub mod lex;
pub mod output;

pub use output::Output;

use crate::engine::Simulation;

/// A world and the console that changes it.
///
/// Entering a line takes no simulated time: a line that waits says until when
/// ([`Output::until`]), and whoever holds the clock lets that time pass before the next line.
///
/// ```
/// use shardlab::console::Console;
/// use shardlab::engine::Simulation;
/// use shardlab::engine::time::Instant;
///
/// let mut console = Console::new(Simulation::new(7, Instant::DEFAULT_START));
/// let output = console.enter("aws kinesis create-stream --stream-name orders --shard-count 2");
/// assert_eq!((output.status, output.stdout.as_str()), (0, ""));
/// let output = console.enter("aws kinesis list-streams");
/// assert!(output.stdout.contains("\"orders\""));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Console {
    /// The world.
    pub simulation: Simulation,
}

impl Console {
    /// A console on a world.
    pub fn new(simulation: Simulation) -> Self {
        Self { simulation }
    }

    /// Does what a line says, now. A bad line changes nothing and says what to do instead.
    pub fn enter(&mut self, line: &str) -> Output {
        let words = match lex::words(line) {
            Ok(words) => words,
            Err(error) => return Output::failure(SYNTAX_STATUS, format!("{error}\n")),
        };
        match words.split_first() {
            None => Output::default(),
            Some((command, rest)) if command == "aws" => aws::run(&mut self.simulation, rest),
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
