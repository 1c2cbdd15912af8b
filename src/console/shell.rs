//! The shell around the commands: variables, pipes, loops, and scripts that sleep.
//!
//! A line becomes a program, which a machine goes through. Commands take no simulated time, but may
//! pause, as `sleep` does, and `aws` before it makes a request again. A line that sleeps with more
//! to do is a *script in progress*: it is part of the console, so that it is
//! copied with the world, and it goes on when it is due, in a replay as in the first run.

mod absent;
mod braces;
mod builtin;
pub mod calls;
mod error;
mod expand;
mod machine;
mod parse;
mod program;
pub(super) mod run;
mod tool;

pub use error::ShellError;
pub use parse::lines;

use super::output::Output;
use super::variables::Variables;
use crate::engine::rng::Rng;
use crate::engine::time::Instant;
use machine::Machine;
use std::collections::VecDeque;
use std::rc::Rc;

/// What the shell keeps between lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shell {
    variables: Variables,
    /// How the last line ended: `$?`.
    status: u8,
    /// The same without the lines that a replay does not have.
    kept_status: u8,
    /// Where `$RANDOM` comes from, once it was asked for.
    luck: Option<Rng>,
    /// How many pauses were drawn before a request was made again.
    pauses: u64,
    /// The scripts in progress, in the order of their numbers.
    jobs: Vec<Job>,
    /// How many commands were performed that a replay performs, too.
    commands: u64,
    /// When a line or a script last had its turn, and how many tasks were performed by then.
    turn: Option<(Instant, u64)>,
    /// What scripts have printed, and nobody has taken yet.
    printed: VecDeque<Printed>,
}

/// A script in progress.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Job {
    number: u32,
    line: Rc<str>,
    due: Instant,
    machine: Machine,
}

/// What a script printed after its line had been entered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Printed {
    /// When.
    pub at: Instant,
    /// The line as it was typed.
    pub line: Rc<str>,
    /// The script's number.
    pub job: u32,
    /// What it printed; its status counts only when it is over.
    pub output: Output,
    /// Whether that was the end of it.
    pub is_over: bool,
}

/// Whether more lines belong to what was typed: a quote or a loop is open, or it ends in a
/// backslash.
pub fn is_unfinished(text: &str) -> bool {
    parse::parse(text).is_err_and(|error| error.is_unfinished())
}

/// The words of a line that is one command, without any variables.
pub(super) fn words_of(line: &str) -> Result<Vec<String>, ShellError> {
    let program = parse::parse(line)?;
    let mut expansion = expand::Expansion {
        variables: &Variables::default(),
        captured: &[],
        status: 0,
        luck: &mut expand::luck(0),
        looks: expand::Looks::default(),
    };
    let mut words = Vec::new();
    for op in program.iter() {
        if let program::Op::Run(command) = op
            && command.captured == 0
        {
            words.extend(expansion.words(&command.words).unwrap_or_default());
        }
    }
    Ok(words)
}

impl Shell {
    /// Whether there is no variable that a command could look at.
    pub(super) fn has_no_variables(&self) -> bool {
        self.variables.is_empty()
    }

    /// Begins the chance of the shell, as the first command does that is looked at.
    pub(super) fn draw_luck(&mut self, seed: u64) {
        self.luck.get_or_insert_with(|| expand::luck(seed));
    }

    /// Remembers how a line ended that performed so many commands.
    pub(super) fn end_line(&mut self, output: &Output, commands: u64) {
        self.status = output.status;
        if output.is_kept() {
            self.commands += commands;
            self.kept_status = output.status;
        }
    }

    /// Remembers when a line or a script has its turn, and how many tasks were performed by then.
    pub(super) fn begin_turn(&mut self, now: Instant, tasks: u64) {
        self.turn = Some((now, tasks));
    }

    /// The variables of the lines.
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// When the next script goes on.
    pub fn next_due(&self) -> Option<Instant> {
        self.jobs.iter().map(|job| job.due).min()
    }

    /// When a script goes on; `None` if it is over.
    pub fn job_due(&self, number: u32) -> Option<Instant> {
        self.jobs.iter().find(|job| job.number == number).map(|job| job.due)
    }

    /// The script in progress that a line has become last.
    pub fn job_of(&self, line: &str) -> Option<u32> {
        self.jobs.iter().rfind(|job| &*job.line == line).map(|job| job.number)
    }

    /// How many commands were performed that a replay performs, too.
    pub fn commands(&self) -> u64 {
        self.commands
    }

    /// When a line or a script last had its turn, and how many tasks were performed by then.
    pub fn turn(&self) -> Option<(Instant, u64)> {
        self.turn
    }

    /// Takes the oldest thing that a script printed and nobody has taken.
    pub fn take_printed(&mut self) -> Option<Printed> {
        self.printed.pop_front()
    }

    /// Takes what one script printed.
    pub fn take_printed_by(&mut self, job: u32) -> Vec<Printed> {
        let (taken, left): (Vec<_>, Vec<_>) =
            self.printed.drain(..).partition(|printed| printed.job == job);
        self.printed = left.into();
        taken
    }

    /// Forgets what scripts have printed.
    pub fn drop_printed(&mut self) {
        self.printed.clear();
    }

    /// What a checkpoint keeps: nothing that a replay of the kept lines would not have.
    #[must_use]
    pub fn as_replayed(&self) -> Self {
        Self { status: self.kept_status, printed: VecDeque::new(), ..self.clone() }
    }

    /// Forgets the lines that a replay does not have, before one that it does have.
    pub fn forget_unkept(&mut self) {
        self.status = self.kept_status;
    }

    /// Whether a replay would have another `$?`.
    pub fn has_unkept_status(&self) -> bool {
        self.status != self.kept_status
    }

    /// The scripts in progress, as `jobs` lists them.
    fn job_list(&self) -> String {
        let line = |job: &Job| format!("[{}]  Running    {}\n", job.number, job.line);
        self.jobs.iter().map(line).collect()
    }

    /// Ends a script in progress, and says so.
    fn end_job(&mut self, number: &str) -> Option<String> {
        let is_meant = |job: &Job| job.number.to_string() == number;
        let place = match number {
            "%" | "+" | "" => self.jobs.len().checked_sub(1),
            _ => self.jobs.iter().position(is_meant),
        };
        let job = self.jobs.remove(place?);
        Some(format!("[{}]  Terminated    {}\n", job.number, job.line))
    }
}
