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
mod verb;
mod wait;

pub use hang_up::line as hang_up_line;
pub use request::line as request_line;
pub use verb::{LabOption, Verb};

use crate::console::output::Output;
use crate::console::similar::close_matches;
use crate::console::state::Console;
use arguments::Arguments;
use verb::REFUSED_STATUS;

/// Every verb, in the order of the help.
pub const VERBS: &[&Verb] = &[
    &HELP_VERB,
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

/// The verb that knows all others.
const HELP_VERB: Verb = Verb {
    name: "help",
    words: "[VERB]",
    doc: "Lists the verbs of lab, or says what one of them takes.",
    options: &[],
    examples: &["lab help", "lab help wait"],
    run: help,
};

fn help(_: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    match arguments.words.first() {
        None => Ok(Output::answer(help::overview(VERBS))),
        Some(name) => match VERBS.iter().find(|verb| verb.name == *name) {
            Some(verb) => Ok(Output::answer(help::of(verb))),
            None => Err(unknown(name)),
        },
    }
}

/// The option of all programs: `lab wait --help` is `lab help wait`.
pub(super) const HELP: &str = "--help";

/// Runs the words after `lab`.
pub fn run(console: &mut Console, words: &[String]) -> Output {
    let (name, rest) = match words.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => (HELP_VERB.name, words),
    };
    if words.iter().any(|word| word == HELP) {
        let named: Vec<String> =
            words.iter().filter(|word| *word != HELP).take(1).cloned().collect();
        return run_verb(console, &HELP_VERB, &named);
    }
    let Some(verb) = VERBS.iter().find(|verb| verb.name == name) else {
        return Output::failure(REFUSED_STATUS, format!("lab: {}\n", unknown(name)));
    };
    run_verb(console, verb, rest)
}

/// The verbs of [plain](super::plain) lines: what a lesson or a scenario begins with.
pub(super) static PLAIN_VERBS: [&Verb; 4] =
    [&wait::VERB, &producer::VERB, &replay::PLAIN, &consumer::VERB];

/// Runs the words after a verb.
pub(super) fn run_verb(console: &mut Console, verb: &'static Verb, words: &[String]) -> Output {
    let output = verb.read(words).and_then(|arguments| (verb.run)(console, &arguments));
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

fn unknown(name: &str) -> String {
    let names: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
    match close_matches(name, &names, 60).first() {
        Some(meant) => format!("there is no `{name}`. Did you mean `lab {meant}`?"),
        None => format!("there is no `{name}`. There are: {}", names.join(", ")),
    }
}
