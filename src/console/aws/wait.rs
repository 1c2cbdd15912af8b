//! `aws kinesis wait`: asks again and again until a stream is there, or gone.

use super::credentials::caller;
use super::globals::Split;
use super::retry::Client;
use super::service::KINESIS;
use super::status::OTHER_STATUS;
use super::{options, params, usage};
use crate::api::value::Fields;
use crate::api::{self, ApiError};
use crate::console::output::Output;
use crate::console::surroundings::Surroundings;
use std::time::Duration;

/// What a waiter waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Runs a command of which `kinesis wait` is the beginning: it is over, waits, or gives up.
pub fn run(client: &mut Client<'_>, split: &Split<'_>, around: &Surroundings<'_>) -> Output {
    let Some(name) = split.rest.first() else {
        return usage::bad_parameter(
            "usage: aws [options] kinesis wait <subcommand> [parameters]\n\
             aws: error: too few arguments",
        );
    };
    let Some((_, wanted, title)) = WAITERS.iter().find(|(waiter, ..)| waiter == name) else {
        return usage::invalid_choice("subcommand", name, &names());
    };
    let answer = match describe(client, split, around) {
        Ok(answer) => answer,
        Err(complaint) => return complaint,
    };
    if client.pause().is_some() {
        return Output::default();
    }
    let questions = client.count_question();
    let failed = |reason: &str| {
        Output::failure(OTHER_STATUS, format!("\nWaiter {title} failed: {reason}\n"))
    };
    match (wanted, answer) {
        (Wanted::Exists, Ok(answer)) if is_active(&answer) => Output::default(),
        (Wanted::NotExists, Err(error)) if error.code == "ResourceNotFoundException" => {
            Output::default()
        }
        (_, Err(ApiError { code, message, .. })) => {
            failed(&format!("An error occurred ({code}): {message}"))
        }
        (_, Ok(_)) if questions == ATTEMPTS_MAX => failed("Max attempts exceeded"),
        (_, Ok(_)) => {
            client.wait(DELAY);
            Output::default()
        }
    }
    .kept()
}

/// Asks for the stream; `Err` is the complaint of the command line itself, by which nothing was
/// asked.
fn describe(
    client: &mut Client<'_>,
    split: &Split<'_>,
    around: &Surroundings<'_>,
) -> Result<Result<Fields, ApiError>, Output> {
    let operation = api::operation("DescribeStream").expect("an operation of the table");
    let options = options::read(operation, &split.rest[1..], &split.globals, around)?;
    client.configure(around)?;
    let request = params::checked(&operation.input, &options, split.globals.binary_format)?;
    let caller = caller(client.sim, &split.globals, around);
    Ok(client.ask(&KINESIS, operation, &caller, &request))
}

fn is_active(answer: &Fields) -> bool {
    let stream = answer.fields("StreamDescription");
    stream.and_then(|stream| stream.text("StreamStatus")) == Some("ACTIVE")
}
