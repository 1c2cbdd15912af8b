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
mod state;
pub mod surroundings;
pub mod variables;

pub use complete::Completions;
pub use output::Output;
pub use state::Console;

use crate::api::wire::{self, Request, Response};
use crate::chunk::Unloaded;
use crate::engine::time::Instant;
use shell::run;

crate::chunk! {
    /// All of the console but what [`plain`] lines need.
    static FULL(console): Full = Full {
        run: run::line,
        resume: run::due_scripts,
        complete: complete::complete,
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

impl Console {
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
            let mut output = Output::default().kept();
            output.status = response.error.map_or(0, |_| aws::SERVICE_STATUS);
            self.shell.draw_luck(self.simulation.seed());
            self.end_line(&output, 1);
            self.has_begun = true;
        }
        (response, line)
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
}

/// All of the console: whatever made a line or a script possible has loaded it.
fn full() -> &'static Full {
    FULL.get().expect("a line is entered once all that it needs is here")
}
