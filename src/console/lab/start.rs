//! `lab start`: chance and date of a run, which only its very first line can set.

use super::arguments::Arguments;
use super::quantity;
use super::verb::{LabOption, Verb};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::Simulation;
use crate::engine::service::account::{Enforcement, SHARD_QUOTA_MAX, Settings, TRANSITION_MAX};

pub(super) const VERB: Verb = Verb {
    name: "start",
    words: "",
    doc: "Begins a world with its own chance and date; only as the very first line.",
    options: &[
        LabOption { name: "--seed", value: "N", doc: "The seed of all chance." },
        LabOption { name: "--at", value: "DATE", doc: "The date at which the world begins." },
        LabOption { name: "--region", value: "REGION", doc: "Where it is; usually us-east-1." },
        LabOption { name: "--account", value: "ID", doc: "Whose it is: 12 digits." },
        LabOption {
            name: "--shard-quota",
            value: "N",
            doc: "How many provisioned shards the account may have; usually 20000.",
        },
        LabOption {
            name: "--transition",
            value: "DURATION",
            doc: "How long every change of a stream takes, in place of AWS's times.",
        },
        LabOption {
            name: "--limits",
            value: "aws|none",
            doc: "Whether throughput and rates are limited; sizes and quotas always are.",
        },
    ],
    examples: &[
        "lab start --seed 7 --at 2026-11-20T00:00:00Z",
        "lab start --region eu-central-1 --shard-quota 500 --transition 300ms",
    ],
    run,
};

/// The names of the options, without their help.
const NAMES: [&str; VERB.options.len()] = {
    let mut names = [""; VERB.options.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = VERB.options[place].name;
        place += 1;
    }
    names
};

/// Does what the verb does, with options that stand each in one word.
pub(super) fn begin(console: &mut Console, words: &[String]) -> Result<Output, String> {
    run(console, &Arguments::pairs(words, &NAMES)?)
}

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    if console.has_begun() {
        return Err("this world has begun: put the line first, before any other".to_owned());
    }
    let seed = arguments.read_value("--seed", |text| {
        let seed = quantity::decimal(text, 1);
        seed.ok_or_else(|| format!("{text} is no seed: write a whole number below 2^64"))
    })?;
    let start = arguments.read_value("--at", quantity::instant)?;
    let settings = settings(arguments)?;
    let world = console.simulation();
    let (seed, start) = (seed.unwrap_or(world.seed()), start.unwrap_or(world.now()));
    let mut begun = Simulation::with_settings(seed, start, settings);
    for (name, data) in world.clients().library().iter() {
        begun.command(|clients, _, _| clients.add_dataset(name.clone(), data.clone()));
    }
    console.begin(begun);
    Ok(Output::default().kept())
}

/// The settings that the options say; what they leave out is as AWS has it.
fn settings(arguments: &Arguments) -> Result<Settings, String> {
    let mut settings = Settings::default();
    if let Some(region) = arguments.value("--region") {
        settings.account = settings.account.in_region(region).ok_or_else(|| {
            format!("--region: {region} is no Region: write for example eu-central-1")
        })?;
    }
    if let Some(id) = arguments.value("--account") {
        settings.account = settings.account.with_id(id).ok_or_else(|| {
            format!("--account: {id} is no account: write 12 digits, such as 123456789012")
        })?;
    }
    let quota = arguments.read_value("--shard-quota", |text| {
        let quota = quantity::count(text, 1).ok().filter(|quota| *quota <= SHARD_QUOTA_MAX);
        quota.ok_or_else(|| {
            format!("{text} is no quota: write a whole number from 1 to {SHARD_QUOTA_MAX}")
        })
    })?;
    settings.shard_quota = quota.unwrap_or(settings.shard_quota);
    settings.transition = arguments.read_value("--transition", quantity::duration)?;
    if settings.transition.is_some_and(|takes| takes > TRANSITION_MAX) {
        return Err("--transition: write a duration of at most 24h".to_owned());
    }
    settings.enforcement = match arguments.value("--limits") {
        None | Some("aws") => Enforcement::Aws,
        Some("none") => Enforcement::None,
        Some(other) => return Err(format!("--limits: {other} is neither aws nor none")),
    };
    Ok(settings)
}
