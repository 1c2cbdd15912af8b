//! The `aws` command: `aws kinesis <operation>` with the real one's options, errors and output.
//!
//! Read first: <https://docs.aws.amazon.com/cli/latest/reference/kinesis/>.

pub mod cloudwatch;
mod debug;
pub mod globals;
mod help;
mod hint;
mod options;
mod pages;
mod params;
pub mod print;
pub(in crate::console) mod python;
mod query;
#[cfg(test)]
mod recorded;
mod retry;
mod shorthand;
mod skeleton;
mod unpack;
mod usage;
mod wait;
mod yaml;

use crate::api::caller::Caller;
use crate::api::value::Fields;
use crate::api::{self, ApiError, OPERATIONS, Operation, ROWS, Row};
use crate::console::output::{self, Output};
use crate::console::shell::Surroundings;
use crate::engine::Simulation;

use globals::{Globals, Split};
pub use help::example;
pub use options::{extras as extra_names, kebab, names as option_names};
use print::{Answer, Format, Style};
use retry::Client;
pub use retry::Pending;

/// The exit status of a request that the service refused.
pub const SERVICE_STATUS: u8 = 254;
/// The exit status of a command without a key to sign its request with.
const NO_CREDENTIALS_STATUS: u8 = 253;
/// The exit status of anything else that failed.
const OTHER_STATUS: u8 = 255;

/// Runs the words after `aws`; `pauses` counts the pauses that were drawn in this console, `around`
/// has the environment's variables, what is piped in, and the files that `file://` may name.
pub fn run(
    sim: &mut Simulation,
    pauses: &mut u64,
    words: &[String],
    around: &Surroundings<'_>,
) -> Output {
    go_on(Client::new(sim, pauses), words, around)
}

/// Runs a command to its end, or to its next pause.
fn go_on(mut client: Client<'_>, words: &[String], around: &Surroundings<'_>) -> Output {
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

/// A service that the command line talks to.
#[derive(Debug)]
pub struct Service {
    /// As it is typed: `kinesis`.
    pub name: &'static str,
    operations: &'static [&'static Operation],
    call: Ask,
}

/// How a service is asked for one of its operations.
type Ask = fn(&mut Simulation, &Caller, &Operation, &Fields) -> Result<Fields, ApiError>;

/// The services that are there.
pub const SERVICES: [Service; 2] = [CLOUDWATCH, KINESIS];

const CLOUDWATCH: Service =
    Service { name: "cloudwatch", operations: cloudwatch::OPERATIONS, call: cloudwatch::call };
const KINESIS: Service = Service { name: "kinesis", operations: OPERATIONS, call: ask };

/// Asks Kinesis; in a test that plays a recorded session, what answered then.
fn ask(
    sim: &mut Simulation,
    caller: &Caller,
    operation: &Operation,
    request: &Fields,
) -> Result<Fields, ApiError> {
    #[cfg(test)]
    if let Some(answer) = recorded::answer(operation, request) {
        return answer;
    }
    api::call(sim, caller, operation, request)
}

/// What the command line knows of an operation.
fn row(operation: &Operation) -> &'static Row {
    let mut rows = ROWS.iter().chain(cloudwatch::ROWS).copied();
    rows.find(|row| row.operation.name == operation.name).expect("each operation has its row")
}

/// The operations of Kinesis that are commands.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    KINESIS.operations()
}

impl Service {
    /// The operations that are commands: the real command line cannot print an event stream.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> + use<> {
        let is_command = |operation: &&Operation| operation.name != "SubscribeToShard";
        let operations = self.operations.iter().copied().filter(is_command);
        operations.filter(|operation| operation.call.is_some())
    }

    fn operation(&self, name: &str) -> Option<&'static Operation> {
        self.operations().find(|operation| kebab(operation.name) == name)
    }

    fn choices(&self) -> Vec<String> {
        let operations = self.operations().map(|operation| kebab(operation.name));
        operations.chain(["wait".to_owned(), "help".to_owned()]).collect()
    }
}

/// A command of the real one that is not here, with what does the job.
fn missing(name: &str, instead: &str) -> Output {
    Output::failure(
        usage::USAGE_STATUS,
        format!("\naws {name} is not part of this console: {instead}\n"),
    )
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
    if has_no_credentials(globals, around) {
        return Output::failure(
            NO_CREDENTIALS_STATUS,
            "\nUnable to locate credentials. You can configure credentials by running \"aws \
             configure\".\n",
        );
    }
    match style(globals, around) {
        Ok(style) => {
            let caller = caller(client.sim, globals, around);
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
        None => call(request).map(|answer| Answer::one(output::plain(&answer))),
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

/// Who signs: the user that a profile is named after, or whose key the environment has, or root. A
/// profile that names nobody is taken too: notes are full of them.
fn caller(sim: &Simulation, globals: &Globals, around: &Surroundings<'_>) -> Caller {
    let profile = globals.profile.as_deref().or_else(|| around.variable("AWS_PROFILE"));
    match (profile, around.variable("AWS_ACCESS_KEY_ID")) {
        (None, Some(id)) => Caller::of_access_key(sim, id),
        (profile, _) => Caller::of_profile(sim, profile),
    }
}

/// Whether the environment takes the key away that every console has by itself.
fn has_no_credentials(globals: &Globals, around: &Surroundings<'_>) -> bool {
    !globals.is_unsigned && around.variable("AWS_ACCESS_KEY_ID") == Some("")
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
