//! `lab cloudtrail`: the control calls that the service answered or refused.

use super::arguments::Arguments;
use super::quantity;
use super::verb::{LabOption, Verb};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::trail::TrailCall;

pub(super) const VERB: Verb = Verb {
    name: "cloudtrail",
    words: "",
    doc: "Lists control calls: when, what, who, of which resource, how refused.",
    options: &[LabOption {
        name: "--last",
        value: "COUNT",
        doc: "How many, the latest: 50 if it is not said; 500 are kept. Calls that put and get \
              records are not listed.",
    }],
    examples: &["lab cloudtrail", "lab cloudtrail --last 5"],
    run,
};

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let last = arguments.read_value("--last", |text| quantity::count(text, 1))?.unwrap_or(50);
    let calls = console.simulation.trail().iter();
    let skipped = calls.len().saturating_sub(usize::try_from(last).unwrap_or(usize::MAX));
    Ok(Output::answer(calls.skip(skipped).map(line).collect::<String>()))
}

fn line(call: &TrailCall) -> String {
    let user = call.user.as_ref().map_or_else(|| "root".to_owned(), ToString::to_string);
    let resource = call.resource.as_deref().unwrap_or("-");
    let error = call.error.unwrap_or("-");
    format!("{} {} {user} {resource} {error}\n", call.at, call.operation)
}
