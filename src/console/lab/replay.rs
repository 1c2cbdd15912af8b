//! `lab replay`: puts the rows of a data set as records.

use super::arguments::Arguments;
use super::producer::{change_sending, set};
use super::verb::{LabOption, Verb, done};
use super::{grammar, producer, quantity};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::client::dataset::{Dataset, DatasetError};
use crate::engine::client::name::ClientName;
use crate::engine::client::producer::{Producer, Work};
use crate::engine::client::replay::{Pace, ReplaySpec};
use crate::engine::client::sending::Sending;
use std::rc::Rc;

/// The verb, which makes a data set of a file that was dropped.
pub(super) const VERB: Verb =
    Verb { run: |console, arguments| run(console, arguments, Some(Dataset::read)), ..PLAIN };

/// The verb of a [plain](crate::console::plain) line, which names no file, and needs no reader.
pub(super) const PLAIN: Verb = Verb {
    name: "replay",
    words: "NAME",
    doc: "Puts the rows of a data set as records; naming it again changes it.",
    options: &[
        LabOption {
            name: "--data",
            value: "NAME",
            doc: "The data set: earthquakes, flights, or the name of a CSV or NDJSON file dropped \
                  on the page.",
        },
        LabOption { name: "--stream", value: "NAME", doc: "Where its records go." },
        LabOption { name: "--key", value: "COLUMN", doc: "The column of the partition key." },
        LabOption { name: "--time", value: "COLUMN", doc: "The column of the rows' own times." },
        LabOption {
            name: "--speed",
            value: "N",
            doc: "How much faster than their own times: 3600 is an hour a second.",
        },
        LabOption {
            name: "--rate",
            value: "RATE",
            doc: "Instead of their own times: so many rows in the order of the file, 10/s.",
        },
        producer::API_OPTION,
        producer::BATCH_OPTION,
        producer::LINGER_OPTION,
        producer::RETRY_OPTION,
        producer::TIMEOUT_OPTION,
        LabOption { name: "--stop", value: "", doc: "Stops it; naming it again lets it go on." },
    ],
    examples: &[
        "lab replay quakes --data earthquakes --stream quakes --key network --time time_ms \
         --speed 3600",
        "lab replay quakes --stop",
    ],
    run: |console, arguments| run(console, arguments, None),
};

/// Reads a data set of a file: the data sets of the page are CSV, which needs less.
type Reader = fn(&str) -> Result<Dataset, DatasetError>;

fn run(
    console: &mut Console,
    arguments: &Arguments,
    reader: Option<Reader>,
) -> Result<Output, String> {
    let name = arguments.name("say which: lab replay quakes --data earthquakes --stream quakes")?;
    if arguments.stops()? {
        return done(console.simulation.command(|clients, _, _| clients.stop_producer(&name)));
    }
    let spec = spec(console, &name, arguments)?;
    if let Some(reader) = reader {
        read_file(console, &spec.data, reader)?;
    }
    done(
        console
            .simulation
            .command(|clients, service, now| clients.set_replay(now, service, &name, spec)),
    )
}

/// Makes a data set of a file that was dropped, if there is none of that name. What could be
/// replayed is no part of the world's state, so this changes nothing else.
fn read_file(console: &mut Console, name: &ClientName, reader: Reader) -> Result<(), String> {
    if console.simulation.clients().library().get(name).is_some() {
        return Ok(());
    }
    let Some(bytes) = console.files.get(name.as_str()) else { return Ok(()) };
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{name} is no text in UTF-8"))?;
    let data = reader(text).map_err(|error| format!("{name}: {error}"))?;
    let (name, data) = (name.clone(), Rc::new(data));
    console.simulation.command(|clients, _, _| clients.add_dataset(name, data));
    Ok(())
}

/// What the replay shall do: as before, but for the options that are given.
fn spec(console: &Console, name: &ClientName, arguments: &Arguments) -> Result<ReplaySpec, String> {
    let before = console.simulation.clients().producer_named(name).map(Producer::work);
    let data = arguments.read_value("--data", grammar::client)?;
    let stream = arguments.read_value("--stream", grammar::stream)?;
    let mut spec = match before {
        Some(Work::Replay(spec)) => {
            let pace = pace(Some(&spec.pace), arguments)?;
            ReplaySpec { pace, ..spec.clone() }
        }
        _ => ReplaySpec {
            data: data.clone().ok_or("say which data: --data earthquakes")?,
            sending: Sending::to(stream.clone().ok_or("say where to: --stream quakes")?),
            key: None,
            pace: pace(None, arguments)?,
        },
    };
    set(&mut spec.data, data);
    set(&mut spec.sending.stream, stream);
    if let Some(column) = arguments.value("--key") {
        spec.key = Some(column.to_owned());
    }
    change_sending(&mut spec.sending, arguments)?;
    Ok(spec)
}

fn pace(before: Option<&Pace>, arguments: &Arguments) -> Result<Pace, String> {
    let speed = arguments.read_value("--speed", |text| {
        quantity::decimal(text, 1_000)
            .ok_or_else(|| format!("{text} is no speed: write for example 3600 or 0.5"))
    })?;
    let rate = arguments.read_value("--rate", grammar::rate)?;
    let column = arguments.value("--time").map(str::to_owned);
    match (rate, column, speed, before) {
        (Some(rate), None, None, _) => Ok(Pace::Even(rate)),
        (Some(_), ..) => Err("--rate goes with neither --time nor --speed".to_owned()),
        (None, Some(column), speed, Some(Pace::Times { speed_thousandths, .. })) => {
            Ok(Pace::Times { column, speed_thousandths: speed.unwrap_or(*speed_thousandths) })
        }
        (None, Some(column), speed, _) => {
            Ok(Pace::Times { column, speed_thousandths: speed.unwrap_or(1_000) })
        }
        (None, None, Some(speed_thousandths), Some(Pace::Times { column, .. })) => {
            Ok(Pace::Times { column: column.clone(), speed_thousandths })
        }
        (None, None, None, Some(pace)) => Ok(pace.clone()),
        (None, None, Some(_), _) => Err("--speed goes with --time COLUMN".to_owned()),
        (None, None, None, None) => {
            Err("say when the rows come: --time COLUMN, or --rate 10/s".to_owned())
        }
    }
}
