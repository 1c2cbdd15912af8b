//! The `aws` command: `aws kinesis <operation>` with the real one's options, errors and output.
//!
//! Read first: <https://docs.aws.amazon.com/cli/latest/reference/kinesis/>.

mod options;
mod pages;
mod params;
mod python;
mod shorthand;
mod unpack;
mod usage;

use crate::api::caller::Caller;
use crate::api::{self, ApiError, OPERATIONS, Operation};
use crate::console::output::{self, Output};
use crate::console::shell::Surroundings;
use crate::engine::Simulation;

pub use options::{kebab, names as option_names};

/// The exit status of a request that the service refused.
const SERVICE_STATUS: u8 = 254;
/// The exit status of anything else that failed.
const OTHER_STATUS: u8 = 255;

/// Runs the words after `aws`; `_around` has the environment's variables and what is piped in.
pub fn run(sim: &mut Simulation, words: &[String], _around: &Surroundings<'_>) -> Output {
    let (commands, rest) = options::split_commands(words);
    let Some(service) = commands.first() else {
        return usage::error("the following arguments are required: command");
    };
    if *service != "kinesis" {
        let choices = ["kinesis".to_owned(), "help".to_owned()];
        return usage::invalid_choice("command", service, &choices);
    }
    match commands.get(1) {
        None => usage::error("the following arguments are required: operation"),
        Some(name @ &("wait" | "help")) => Output::failure(
            usage::USAGE_STATUS,
            format!("\naws kinesis {name} is not part of this console: {}\n", instead_of(name)),
        ),
        Some(name) => match operations().find(|operation| kebab(operation.name) == *name) {
            Some(operation) => run_operation(sim, operation, &rest),
            None => usage::invalid_choice("operation", name, &choices()),
        },
    }
}

/// The operations that are commands: the real command line cannot print an event stream.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    let is_command = |operation: &&Operation| operation.name != "SubscribeToShard";
    OPERATIONS.iter().copied().filter(is_command).filter(|operation| operation.call.is_some())
}

fn choices() -> Vec<String> {
    let mut choices: Vec<String> = operations().map(|operation| kebab(operation.name)).collect();
    choices.extend(["wait".to_owned(), "help".to_owned()]);
    choices
}

fn instead_of(name: &str) -> &'static str {
    match name {
        "wait" => "let time pass with `lab wait 10s`, then look with describe-stream-summary",
        _ => "`lab help` lists the commands",
    }
}

fn run_operation(sim: &mut Simulation, operation: &'static Operation, words: &[String]) -> Output {
    let options = match options::read(operation, words) {
        Ok(options) => options,
        Err(output) => return output,
    };
    let complaints = params::complaints(&operation.input, &options.typed);
    if !complaints.is_empty() {
        return usage::bad_parameter(&format!("Parameter validation failed:\n{complaints}"));
    }
    let request = params::request(&operation.input, &options.typed, options.binary_format);
    let request = match request {
        Ok(request) => request,
        Err(message) => return Output::failure(OTHER_STATUS, format!("\n{message}\n")),
    };
    let caller = Caller::of_profile(sim, options.profile.as_deref());
    let is_typed = |name: &str| options.typed.contains_key(name);
    let answer = match &operation.pages {
        Some(pages) if !is_typed(pages.input_token) && !is_typed(pages.limit) => {
            pages::all(sim, &caller, operation, pages, request)
        }
        _ => api::call(sim, &caller, operation, &request),
    };
    match answer {
        Ok(answer) => Output::answer(output::json(&answer)),
        Err(error) => service_error(operation, &error),
    }
    .kept()
}

fn service_error(operation: &Operation, error: &ApiError) -> Output {
    let ApiError { code, message, .. } = error;
    let name = operation.name;
    Output::failure(
        SERVICE_STATUS,
        format!("\nAn error occurred ({code}) when calling the {name} operation: {message}\n"),
    )
}
