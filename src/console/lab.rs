//! The `lab` command: what AWS has no command for.
//!
//! Links and lessons are lists of lines, so a released verb keeps its meaning for ever.

mod arguments;
mod burst_tank;
mod cloudtrail;
mod consumer;
mod fault;
pub mod grammar;
mod hang_up;
mod help;
mod iam;
mod producer;
pub mod quantity;
mod replay;
mod request;
mod start;
mod status;
mod wait;

pub use arguments::LabOption;
pub use hang_up::line as hang_up_line;
pub use request::line as request_line;

use crate::console::Console;
use crate::console::output::Output;
use crate::console::similar::close_matches;
use crate::engine::client::error::ClientError;
use arguments::Arguments;

/// One verb of `lab`.
#[derive(Debug)]
pub struct Verb {
    /// The word after `lab`.
    pub name: &'static str,
    /// The words it takes before its options, as help shows them.
    pub words: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Its options.
    pub options: &'static [LabOption],
    /// Lines that work as they are.
    pub examples: &'static [&'static str],
    /// What it does with its arguments; an error says what to do instead, and changed nothing.
    run: fn(&mut Console, &Arguments) -> Result<Output, String>,
}

/// Every verb, in the order of the help.
pub const VERBS: &[&Verb] = &[
    &help::VERB,
    &wait::VERB,
    &status::VERB,
    &producer::VERB,
    &replay::VERB,
    &consumer::VERB,
    &fault::VERB,
    &burst_tank::VERB,
    &iam::VERB,
    &cloudtrail::VERB,
    &request::VERB,
    &hang_up::VERB,
    &start::VERB,
];

/// The exit status of a line that was refused.
const REFUSED_STATUS: u8 = 2;

/// The option of all programs: `lab wait --help` is `lab help wait`.
pub(super) const HELP: &str = "--help";

/// Runs the words after `lab`.
pub fn run(console: &mut Console, words: &[String]) -> Output {
    let (name, rest) = match words.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => (help::VERB.name, words),
    };
    if words.iter().any(|word| word == HELP) {
        let named: Vec<String> =
            words.iter().filter(|word| *word != HELP).take(1).cloned().collect();
        return run_verb(console, &help::VERB, &named);
    }
    let Some(verb) = VERBS.iter().find(|verb| verb.name == name) else {
        return Output::failure(REFUSED_STATUS, format!("lab: {}\n", unknown(name)));
    };
    run_verb(console, verb, rest)
}

/// The verbs of [plain](super::plain) lines: what a lesson or a scenario begins with.
pub(super) static PLAIN_VERBS: [&Verb; 4] =
    [&wait::VERB, &producer::VERB, &replay::VERB, &consumer::VERB];

/// Runs the words after a verb.
pub(super) fn run_verb(console: &mut Console, verb: &'static Verb, words: &[String]) -> Output {
    let output = Arguments::read(verb, words).and_then(|arguments| (verb.run)(console, &arguments));
    or_refused(verb.name, output)
}

/// Begins a world with options of `lab start` that stand each in one word: `--seed=7`. A world
/// without a console has no need of the verb's help and of what was meant by a wrong option.
pub(super) fn start(console: &mut Console, words: &[String]) -> Output {
    or_refused(start::VERB.name, start::begin(console, words))
}

fn or_refused(verb: &'static str, output: Result<Output, String>) -> Output {
    output.unwrap_or_else(|why| Output::failure(REFUSED_STATUS, format!("lab {verb}: {why}\n")))
}

/// The output of a command to a client.
fn done(outcome: Result<(), ClientError>) -> Result<Output, String> {
    outcome.map(|()| Output::default().kept()).map_err(|error| error.to_string())
}

fn unknown(name: &str) -> String {
    let names: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
    match close_matches(name, &names, 60).first() {
        Some(meant) => format!("there is no `{name}`. Did you mean `lab {meant}`?"),
        None => format!("there is no `{name}`. There are: {}", names.join(", ")),
    }
}

impl Verb {
    /// The line's form: `lab wait DURATION`.
    pub fn usage(&self) -> String {
        let words = if self.words.is_empty() { "" } else { " " };
        let options = if self.options.is_empty() { "" } else { " [options]" };
        format!("lab {}{words}{}{options}", self.name, self.words)
    }

    fn unknown_option(&self, name: &str) -> String {
        let names: Vec<&str> = self.options.iter().map(|option| option.name).collect();
        match close_matches(name, &names, 60).first() {
            Some(meant) => format!("there is no {name}. Did you mean {meant}?"),
            None if names.is_empty() => format!("there is no {name}. Write: {}", self.usage()),
            None => format!("there is no {name}. There are: {}", names.join(", ")),
        }
    }
}
