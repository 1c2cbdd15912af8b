//! `lab consumer`: starts, changes or stops a consumer.

use super::arguments::Arguments;
use super::producer::set;
use super::verb::{LabOption, Verb, done};
use super::{grammar, quantity};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::client::consumer::{ConsumerSpec, Mode, POLL_INTERVAL};
use crate::engine::client::name::ClientName;

pub(super) const VERB: Verb = Verb {
    name: "consumer",
    words: "NAME",
    doc: "Starts a consumer; naming it again changes it.",
    options: &[
        LabOption { name: "--stream", value: "NAME", doc: "What it reads." },
        LabOption { name: "--mode", value: MODE, doc: "Whether it polls or is pushed to." },
        LabOption {
            name: "--every",
            value: "DURATION",
            doc: "How long from one poll of a shard to the next: 1s.",
        },
        LabOption { name: "--limit", value: "N", doc: "Records of a poll, 1 to 10000." },
        LabOption { name: "--from", value: grammar::START, doc: "Where it begins." },
        LabOption {
            name: "--processing",
            value: "DURATION/record",
            doc: "How long it works on each record: 2ms/record.",
        },
        LabOption { name: "--stop", value: "", doc: "Stops it; it remembers where it was." },
    ],
    examples: &[
        "lab consumer billing --stream clicks --mode shared --every 1s --from TRIM_HORIZON",
        "lab consumer search --stream clicks --mode enhanced-fan-out --processing 2ms/record",
        "lab consumer billing --stop",
    ],
    run,
};

const MODE: &str = "shared | enhanced-fan-out";

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let name = arguments.name("say which: lab consumer billing --stream clicks")?;
    if arguments.stops()? {
        return done(
            console
                .simulation
                .command(|clients, service, now| clients.stop_consumer(now, service, &name)),
        );
    }
    let spec = spec(console, &name, arguments)?;
    done(
        console
            .simulation
            .command(|clients, service, now| clients.set_consumer(now, service, &name, spec)),
    )
}

/// What the consumer shall do: as before, but for the options that are given.
fn spec(
    console: &Console,
    name: &ClientName,
    arguments: &Arguments,
) -> Result<ConsumerSpec, String> {
    let stream = arguments.read_value("--stream", grammar::stream)?;
    let mut spec = match console.simulation.clients().consumer_named(name) {
        Some(consumer) => consumer.spec().clone(),
        None => ConsumerSpec::polling(stream.clone().ok_or("say what it reads: --stream clicks")?),
    };
    set(&mut spec.stream, stream);
    set(&mut spec.from, arguments.read_value("--from", grammar::start)?);
    set(&mut spec.processing, arguments.read_value("--processing", grammar::processing)?);
    spec.mode = mode(spec.mode, arguments)?;
    Ok(spec)
}

fn mode(before: Mode, arguments: &Arguments) -> Result<Mode, String> {
    let every = arguments.read_value("--every", quantity::duration)?;
    let limit = arguments.read_value("--limit", |text| quantity::count(text, 1))?;
    let shared = match (arguments.value("--mode"), before) {
        (None | Some("shared"), Mode::Shared { every, limit }) => Some((every, limit)),
        (Some("shared"), Mode::EnhancedFanOut) => Some((POLL_INTERVAL, None)),
        (Some("enhanced-fan-out"), _) | (None, Mode::EnhancedFanOut) => None,
        (Some(other), _) => return Err(format!("--mode: {other} is none of {MODE}")),
    };
    match shared {
        Some((before, most)) => {
            Ok(Mode::Shared { every: every.unwrap_or(before), limit: limit.or(most) })
        }
        None if every.is_none() && limit.is_none() => Ok(Mode::EnhancedFanOut),
        None => Err("--every and --limit go with --mode shared: others do not poll".to_owned()),
    }
}
