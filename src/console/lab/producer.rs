//! `lab producer`: starts, changes or stops a producer of synthetic records.

use super::arguments::Arguments;
use super::verb::{LabOption, Verb, done};
use super::{grammar, quantity};
use crate::console::output::Output;
use crate::console::state::Console;
use crate::engine::client::keys::Keys;
use crate::engine::client::name::ClientName;
use crate::engine::client::producer::{Producer, ProducerSpec, Work};
use crate::engine::client::record_size::RecordSize;
use crate::engine::client::sending::{BATCH, PutApi, Sending};

pub(super) const VERB: Verb = Verb {
    name: "producer",
    words: "NAME",
    doc: "Starts a producer of synthetic records; naming it again changes it.",
    options: &[
        LabOption { name: "--stream", value: "NAME", doc: "Where its records go." },
        LabOption { name: "--rate", value: grammar::ARRIVALS, doc: "When they come: 800/s." },
        LabOption {
            name: "--record-size",
            value: grammar::RECORD_SIZE,
            doc: "Bytes of data, without the key: 1KiB.",
        },
        LabOption { name: "--keys", value: grammar::KEYS, doc: "Their partition keys." },
        API_OPTION,
        BATCH_OPTION,
        LINGER_OPTION,
        RETRY_OPTION,
        TIMEOUT_OPTION,
        LabOption { name: "--stop", value: "", doc: "Stops it." },
    ],
    examples: &[
        "lab producer web --stream clicks --rate 800/s --record-size 1KiB --keys zipf:500 \
         --api put-records --batch 100",
        "lab producer web --rate 1200/s",
        "lab producer web --stop",
    ],
    run,
};

const API: &str = "put-record | put-records";

pub(super) const API_OPTION: LabOption =
    LabOption { name: "--api", value: API, doc: "The call that sends them." };
pub(super) const BATCH_OPTION: LabOption =
    LabOption { name: "--batch", value: "N", doc: "Records of a PutRecords call, 1 to 500." };
pub(super) const LINGER_OPTION: LabOption = LabOption {
    name: "--linger",
    value: "DURATION",
    doc: "How long a batch waits to fill: 100ms.",
};
pub(super) const RETRY_OPTION: LabOption =
    LabOption { name: "--retry", value: grammar::RETRY, doc: "What follows a refusal." };
pub(super) const TIMEOUT_OPTION: LabOption = LabOption {
    name: "--timeout",
    value: "DURATION",
    doc: "How long it waits for an answer before it sends again: 6s.",
};

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let name = arguments.name("say which: lab producer web --stream clicks --rate 800/s")?;
    if arguments.stops()? {
        return done(console.simulation.command(|clients, _, _| clients.stop_producer(&name)));
    }
    let spec = spec(console, &name, arguments)?;
    done(
        console
            .simulation
            .command(|clients, service, now| clients.set_producer(now, service, &name, spec)),
    )
}

/// What the producer shall do: as before, but for the options that are given.
fn spec(
    console: &Console,
    name: &ClientName,
    arguments: &Arguments,
) -> Result<ProducerSpec, String> {
    let before = console.simulation.clients().producer_named(name);
    let stream = arguments.read_value("--stream", grammar::stream)?;
    let arrivals = arguments.read_value("--rate", grammar::arrivals)?;
    let mut spec = match before.map(Producer::work) {
        Some(Work::Synthetic(spec)) => spec.clone(),
        _ => ProducerSpec {
            sending: Sending::to(stream.clone().ok_or("say where to: --stream clicks")?),
            arrivals: arrivals.ok_or("say how often: --rate 800/s")?,
            record_size: RecordSize::DEFAULT,
            keys: Keys::Unique,
        },
    };
    set(&mut spec.sending.stream, stream);
    set(&mut spec.arrivals, arrivals);
    set(&mut spec.record_size, arguments.read_value("--record-size", grammar::record_size)?);
    set(&mut spec.keys, arguments.read_value("--keys", grammar::keys)?);
    change_sending(&mut spec.sending, arguments)?;
    Ok(spec)
}

/// Changes how records are sent by the options that are given.
pub(super) fn change_sending(sending: &mut Sending, arguments: &Arguments) -> Result<(), String> {
    let batch = arguments.read_value("--batch", |text| quantity::count(text, 1))?;
    sending.api = match (arguments.value("--api"), sending.api, batch) {
        (None, api, None) => api,
        (Some("put-record"), _, None) => PutApi::PutRecord,
        (Some("put-records"), PutApi::PutRecords { batch }, None)
        | (Some("put-records"), _, Some(batch))
        | (None, PutApi::PutRecords { .. }, Some(batch)) => PutApi::PutRecords { batch },
        (Some("put-records"), PutApi::PutRecord, None) => PutApi::PutRecords { batch: BATCH },
        (Some("put-record") | None, _, Some(_)) => {
            return Err("put-record sends one record a call: write --api put-records with \
                        --batch"
                .to_owned());
        }
        (Some(other), _, _) => return Err(format!("--api: {other} is none of {API}")),
    };
    set(&mut sending.linger, arguments.read_value("--linger", quantity::duration)?);
    set(&mut sending.retry, arguments.read_value("--retry", grammar::retry)?);
    set(&mut sending.timeout, arguments.read_value("--timeout", quantity::duration)?);
    Ok(())
}

/// Replaces a value if a new one was given.
pub(super) fn set<T>(value: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *value = new;
    }
}
