//! `aws kinesis wait`: asks again and again until a stream is there, or gone.

use super::globals::{self, Split};
use super::{OTHER_STATUS, ask, caller, options, params, usage};
use crate::api::value::Fields;
use crate::api::{self, ApiError};
use crate::console::output::Output;
use crate::console::shell::Surroundings;
use crate::console::shell::variables::Variables;
use crate::engine::Simulation;
use std::rc::Rc;
use std::time::Duration;

/// A question that is asked until it has the answer that is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Waiter {
    wanted: Wanted,
    /// The words after `aws`.
    words: Rc<[String]>,
    variables: Rc<Variables>,
    /// How often it was asked.
    attempts: u32,
}

/// What a waiter waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wanted {
    Exists,
    NotExists,
}

/// The waiters of Kinesis, with the name that botocore gives them in its complaints.
const WAITERS: [(&str, Wanted, &str); 2] = [
    ("stream-exists", Wanted::Exists, "StreamExists"),
    ("stream-not-exists", Wanted::NotExists, "StreamNotExists"),
];

/// The time between two questions (botocore's `waiters-2.json` of Kinesis).
const DELAY: Duration = Duration::from_secs(10);
/// How often a waiter asks (the same).
const ATTEMPTS_MAX: u32 = 18;

/// The names of the waiters.
pub fn names() -> Vec<String> {
    WAITERS.iter().map(|(name, ..)| (*name).to_owned()).collect()
}

/// The waiter of that name.
pub fn named(name: &str) -> Option<&'static str> {
    WAITERS.iter().map(|(waiter, ..)| *waiter).find(|waiter| *waiter == name)
}

/// Runs the words after `aws`, which are `kinesis wait` and what follows.
pub fn run(
    sim: &mut Simulation,
    words: &[String],
    split: &Split<'_>,
    around: &Surroundings<'_>,
) -> Output {
    let Some(name) = split.rest.first() else {
        return usage::bad_parameter(
            "usage: aws [options] kinesis wait <subcommand> [parameters]\n\
             aws: error: too few arguments",
        );
    };
    let Some((_, wanted, _)) = WAITERS.iter().find(|(waiter, ..)| waiter == name) else {
        return usage::invalid_choice("subcommand", name, &names());
    };
    let variables = Rc::new(around.variables().clone());
    let waiter = Waiter { wanted: *wanted, words: words.into(), variables, attempts: 0 };
    waiter.ask(sim, split, around)
}

impl Waiter {
    /// Asks once more: is over, waits, or gives up.
    pub fn ask_again(self, sim: &mut Simulation) -> Output {
        let (words, variables) = (Rc::clone(&self.words), Rc::clone(&self.variables));
        match globals::split(&words) {
            Ok(split) => self.ask(sim, &split, &Surroundings::new(&variables, &[])),
            Err(complaint) => complaint,
        }
    }

    fn ask(mut self, sim: &mut Simulation, split: &Split<'_>, around: &Surroundings<'_>) -> Output {
        let answer = match describe(sim, split, around) {
            Ok(answer) => answer,
            Err(complaint) => return complaint,
        };
        self.attempts += 1;
        match (self.wanted, answer) {
            (Wanted::Exists, Ok(answer)) if is_active(&answer) => Output::default(),
            (Wanted::NotExists, Err(error)) if error.code == "ResourceNotFoundException" => {
                Output::default()
            }
            (_, Err(ApiError { code, message, .. })) => {
                self.failed(&format!("An error occurred ({code}): {message}"))
            }
            (_, Ok(_)) if self.attempts == ATTEMPTS_MAX => self.failed("Max attempts exceeded"),
            (_, Ok(_)) => Output::asking_again(DELAY, self),
        }
        .kept()
    }

    fn failed(&self, reason: &str) -> Output {
        let row = WAITERS.iter().find(|(_, wanted, _)| *wanted == self.wanted);
        let name = row.map_or("", |(_, _, name)| name);
        Output::failure(OTHER_STATUS, format!("\nWaiter {name} failed: {reason}\n"))
    }
}

/// Asks for the stream; `Err` is the complaint of the command line itself, by which nothing was
/// asked.
fn describe(
    sim: &mut Simulation,
    split: &Split<'_>,
    around: &Surroundings<'_>,
) -> Result<Result<Fields, ApiError>, Output> {
    let operation = api::operation("DescribeStream").expect("an operation of the table");
    let options = options::read(operation, &split.rest[1..], &split.globals, around)?;
    let request = params::checked(&operation.input, &options, split.globals.binary_format)?;
    let caller = caller(sim, &split.globals, around);
    Ok(ask(sim, &caller, operation, &request))
}

fn is_active(answer: &Fields) -> bool {
    let stream = answer.fields("StreamDescription");
    stream.and_then(|stream| stream.text("StreamStatus")) == Some("ACTIVE")
}
