//! The `aws` command: `aws kinesis <operation>` with the real one's options, errors and output.
//!
//! Read first: <https://docs.aws.amazon.com/cli/latest/reference/kinesis/>.

pub mod cloudwatch;
mod credentials;
mod debug;
pub mod globals;
mod help;
mod hint;
pub mod json;
mod limits;
mod naming;
mod options;
mod pages;
mod params;
pub mod print;
mod python;
mod query;
#[cfg(test)]
mod recorded;
mod retry;
mod service;
mod shorthand;
mod skeleton;
pub(in crate::console) mod status;
mod unpack;
mod usage;
mod wait;
mod yaml;

use crate::api::caller::Caller;
use crate::api::value::Fields;
use crate::api::{self, ApiError, Operation};
use crate::console::output::Output;
use crate::console::surroundings::Surroundings;
use crate::engine::Simulation;

use globals::{Globals, Split};
pub use help::example;
pub use naming::kebab;
pub use options::{extras as extra_names, names as option_names};
use print::{Answer, Format, Style};
use retry::Client;
pub use retry::{Pending, Ran};
use service::{CLOUDWATCH, KINESIS, row};
pub use service::{SERVICES, Service, operations};
pub use status::SERVICE_STATUS;
use status::{NO_CREDENTIALS_STATUS, OTHER_STATUS, USAGE_STATUS};

/// Runs the words after `aws`; `pauses` counts the pauses that were drawn in this console, `around`
/// has the environment's variables, what is piped in, and the files that `file://` may name.
pub fn run(
    sim: &mut Simulation,
    pauses: &mut u64,
    words: &[String],
    around: &Surroundings<'_>,
) -> Ran {
    go_on(Client::new(sim, pauses), words, around)
}

/// Goes on with a command whose pause is over, counting pauses as [`run`] does.
pub fn resume(mut pending: Pending, sim: &mut Simulation, pauses: &mut u64) -> Ran {
    let client = pending.client(sim, pauses);
    go_on(client, pending.words(), &pending.around())
}

/// Runs a command to its end, or to its next pause.
fn go_on(mut client: Client<'_>, words: &[String], around: &Surroundings<'_>) -> Ran {
    let output = run_words(&mut client, words, around);
    client.pended(output, words, around)
}

fn run_words(client: &mut Client<'_>, words: &[String], around: &Surroundings<'_>) -> Output {
    let split = match globals::split(words) {
        Ok(split) => split,
        Err(output) => return output,
    };
    let (service, operation) = (split.commands[0], split.commands.get(1).copied());
    match (service, operation) {
        ("--version", _) => Output::answer(VERSION),
        ("kinesis" | "cloudwatch", None) => {
            usage::error("the following arguments are required: operation")
        }
        ("cloudwatch", Some("help")) => help::of_service(CLOUDWATCH.operations()),
        ("cloudwatch", Some(name)) => match CLOUDWATCH.operation(name) {
            Some(operation) if split.rest == ["help"] => help::of_operation(operation),
            Some(operation) => run_operation(client, (&CLOUDWATCH, operation), &split, around),
            None => usage::invalid_choice("operation", name, &CLOUDWATCH.choices()),
        },
        ("help", _) => help::of_all(),
        ("kinesis", Some("help")) => help::of_service(operations()),
        ("kinesis", Some("wait")) => wait::run(client, &split, around),
        ("configure", _) => missing(
            "configure",
            "there is one account in one Region, and nothing to set up; the options --profile, \
             --region and --output are taken",
        ),
        ("kinesis", Some(name)) => match operations().find(|row| kebab(row.name) == name) {
            Some(operation) if split.rest == ["help"] => help::of_operation(operation),
            Some(operation) => run_operation(client, (&KINESIS, operation), &split, around),
            None => usage::invalid_choice("operation", name, &KINESIS.choices()),
        },
        _ => usage::invalid_choice("command", service, &["cloudwatch", "kinesis", "help"]),
    }
}

/// What `aws --version` prints: the version whose words and forms these are.
const VERSION: &str = "aws-cli/2.9.19 Python/3.11.2 Shardlab/1 source/wasm32 prompt/off\n";

/// A command of the real one that is not here, with what does the job.
fn missing(name: &str, instead: &str) -> Output {
    Output::failure(USAGE_STATUS, format!("\naws {name} is not part of this console: {instead}\n"))
}

/// What a command asks a service for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The service as it is typed: `kinesis`.
    pub service: &'static str,
    /// What is asked for; for a waiter, the operation that it asks with.
    pub operation: &'static Operation,
    /// The request.
    pub request: Fields,
    /// The waiter as it is typed, such as `stream-exists`, if it is one.
    pub waiter: Option<&'static str>,
    /// What `--query` says.
    pub query: Option<String>,
    /// What `--output` says.
    pub output: Option<String>,
}

/// Reads the words after `aws` without asking anybody; `None` if they ask for nothing, or not as
/// they should.
pub fn read(words: &[String], around: &Surroundings<'_>) -> Option<Asked> {
    let split = globals::split(words).ok()?;
    let service = SERVICES.iter().find(|service| service.name == split.commands[0])?;
    let (name, mut rest) = (*split.commands.get(1)?, &split.rest[..]);
    let mut waiter = None;
    let operation = if service.name == "kinesis" && name == "wait" {
        let (wanted, words) = rest.split_first()?;
        (waiter, rest) = (Some(wait::named(wanted)?), words);
        api::operation("DescribeStream")
    } else {
        service.operation(name)
    }?;
    let options = options::read(operation, rest, &split.globals, around).ok()?;
    if options.skeleton.is_some() {
        return None;
    }
    let format = split.globals.binary_format;
    let request = params::checked(&operation.input, &options, format).ok()?;
    let [query, output] =
        ["--query", "--output"].map(|name| globals::value(words, name).map(str::to_owned));
    Some(Asked { service: service.name, operation, request, waiter, query, output })
}

fn run_operation(
    client: &mut Client<'_>,
    (service, operation): (&Service, &'static Operation),
    split: &Split<'_>,
    around: &Surroundings<'_>,
) -> Output {
    let globals = &split.globals;
    let options = match options::read(operation, &split.rest, globals, around) {
        Ok(options) => options,
        Err(output) => return output,
    };
    let wanted = options.skeleton;
    if let Some(wanted) = wanted.filter(|wanted| *wanted != skeleton::OUTPUT) {
        return skeleton::print(operation, wanted);
    }
    let request = match client
        .configure(around)
        .and_then(|()| params::checked(&operation.input, &options, globals.binary_format))
    {
        Ok(request) => request,
        Err(output) => return output,
    };
    if wanted.is_some() {
        return made_up(operation, globals, around);
    }
    if credentials::has_no_credentials(globals, around) {
        return Output::failure(
            NO_CREDENTIALS_STATUS,
            "\nUnable to locate credentials. You can configure credentials by running \"aws \
             configure\".\n",
        );
    }
    match style(globals, around) {
        Ok(style) => {
            let caller = credentials::caller(client.sim, globals, around);
            send(client, (service, operation), &options, &request, (globals, &style, &caller))
        }
        Err(output) => output,
    }
}

/// Sends a request, or one for every page, and prints the answer, unless it has to pause.
fn send(
    client: &mut Client<'_>,
    (service, operation): (&Service, &'static Operation),
    options: &options::Options,
    request: &Fields,
    (globals, style, caller): (&Globals, &Style, &Caller),
) -> Output {
    let mut shown = String::new();
    let pages = row(operation).pages.as_ref().filter(|_| !options.is_one_page);
    let mut call = |request: &Fields| {
        if let Some(page) = client.page_again() {
            return Ok(page);
        }
        let answer = client.ask(service, operation, caller, request);
        if globals.is_debug {
            debug::show(&mut shown, operation, request, &answer);
            debug::show_retry(&mut shown, client);
        }
        if let (Some(_), Ok(page)) = (pages, &answer) {
            client.keep_page(page.clone());
        }
        answer
    };
    let answer = match pages {
        Some(pages) => pages::read(pages, &options.part, request.clone(), &mut call),
        None => call(request).map(|answer| Answer::one(json::plain(&answer))),
    };
    if client.pause().is_some() {
        return Output::failure(0, shown);
    }
    let mut output = match &answer {
        Ok(answer) => match print::print(operation.name, answer, style) {
            Ok(text) => Output::answer(text),
            Err(message) => Output::failure(OTHER_STATUS, format!("\n{message}\n")),
        },
        Err(error) => service_error(operation, error, client.retries_reached()),
    };
    output.hint = match &answer {
        Ok(answer) => print::hint(answer, style, &output.stdout)
            .or_else(|| cloudwatch::hint(request).map(str::to_owned)),
        Err(error) => hint::of_refusal(error, request.text("ShardIterator")).map(str::to_owned),
    };
    output.after(&shown).kept()
}

/// `--generate-cli-skeleton output`: an answer without a request.
fn made_up(operation: &Operation, globals: &Globals, around: &Surroundings<'_>) -> Output {
    let style = match style(globals, around) {
        Ok(style) => style,
        Err(output) => return output,
    };
    let answer = match skeleton::answer(operation.name, skeleton::moment(style.format)) {
        Ok(answer) => Answer::one(answer),
        Err(complaints) => return usage::bad_parameter(&complaints),
    };
    match print::print(operation.name, &answer, &style) {
        Ok(text) => Output::answer(skeleton::without_quotes(&text)),
        Err(message) => Output::failure(OTHER_STATUS, format!("\n{message}\n")),
    }
}

/// How the answer is printed: as `--output` says, or the environment.
fn style(globals: &Globals, around: &Surroundings<'_>) -> Result<Style, Output> {
    let mut style = globals.style.clone();
    if let Some(name) = around.variable("AWS_DEFAULT_OUTPUT").filter(|_| globals.format.is_none()) {
        style.format = Format::named(name).ok_or_else(|| {
            Output::failure(OTHER_STATUS, format!("\nUnknown output type: {name}\n"))
        })?;
    }
    Ok(style)
}

/// What is printed of a refusal of the service, after so many retries if that was the last one.
fn service_error(operation: &Operation, error: &ApiError, retries: Option<u32>) -> Output {
    let ApiError { code, message, .. } = error;
    let name = operation.name;
    let reached = retries.map(|count| format!(" (reached max retries: {count})"));
    let reached = reached.unwrap_or_default();
    Output::failure(
        SERVICE_STATUS,
        format!(
            "\nAn error occurred ({code}) when calling the {name} operation{reached}: {message}\n"
        ),
    )
}
