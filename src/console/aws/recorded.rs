//! Recorded sessions of the real command line, entered here with the recorded service behind.
//!
//! `tests/sessions/recorded.txt` has them: the line, each request with its answer, both streams and
//! the exit status. What is sent is compared member by member, what is printed to the last byte.

use serde_json::Value as Json;
use std::cell::RefCell;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use super::service::STAND_IN;
use super::skeleton;
use crate::api::caller::Caller;
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, json};
use crate::console::shell::run;
use crate::console::{Console, Output};
use crate::engine::Simulation;
use crate::engine::time::Instant;

/// Makes of what was recorded what is printed here.
type Change = fn(&str) -> String;

/// Sessions that end otherwise here, what of them does, and why: all else is compared.
const DIFFERENT: &[(u32, Change, &str)] = &[
    (69, with_newer_choices, "the model of 2026 has more operations"),
    (71, with_newer_choices, "the model of 2026 has more operations"),
    (77, with_dry_run, "the model of 2026 has DryRun"),
    (100, with_newer_choices, "the model of 2026 has more operations"),
];

/// Sessions that say nothing of this console, and why.
const LEFT_OUT: &[(u32, &str)] = &[
    (63, "PartitionKey is optional in the model of 2026, so that the request is sent"),
    (80, "the pages of help are AWS's documentation: the ones here have words of their own"),
    (83, "what was entered is not in the recording, and no endpoint is out of reach here"),
];

/// Operations of the model that version 2.9.19 does not have.
const NEWER: [&str; 11] = [
    "delete-resource-policy",
    "describe-account-settings",
    "get-resource-policy",
    "list-tags-for-resource",
    "put-resource-policy",
    "tag-resource",
    "untag-resource",
    "update-account-settings",
    "update-max-record-size",
    "update-stream-record-distribution-strategy",
    "update-stream-warm-throughput",
];

/// A complaint that lists the operations, with the newer ones among them.
fn with_newer_choices(said: &str) -> String {
    let (before, rest) = said.split_once("choices are:\n\n").expect("a list of choices");
    let (list, after) = rest.split_once("\n\n").expect("a list ends");
    let mut names: Vec<&str> = list.split(['|', '\n']).map(str::trim).collect();
    let others = names.split_off(names.len() - 2);
    names.extend(NEWER);
    names.sort_unstable();
    names.extend(others);
    let rows = names.chunks(2).map(|row| {
        let row: Vec<String> = row.iter().map(|name| format!("{name:40}")).collect();
        row.join(" | ")
    });
    let rows: Vec<String> = rows.collect();
    format!("{before}choices are:\n\n{}\n\n{after}", rows.join("\n"))
}

/// The form of `PutRecord` with its newest member.
fn with_dry_run(said: &str) -> String {
    let last = "\"StreamARN\": \"\"\n";
    assert!(said.contains(last));
    said.replace(last, "\"StreamARN\": \"\",\n    \"DryRun\": true\n")
}

/// A session as it was recorded.
struct Session<'a> {
    number: u32,
    line: &'a str,
    exchanges: Vec<Exchange>,
    stdout: String,
    stderr: String,
    status: u8,
}

/// What was sent, and what came back.
struct Exchange {
    operation: String,
    request: Json,
    status: u16,
    answer: Json,
}

thread_local! {
    /// What the service will be asked, if this thread plays a session.
    static PLAYED: RefCell<std::vec::IntoIter<Exchange>> = RefCell::default();
}

/// What the recorded service answers.
fn answer(
    _: &mut Simulation,
    _: &Caller,
    operation: &Operation,
    request: &Fields,
) -> Result<Fields, ApiError> {
    PLAYED.with_borrow_mut(|played| {
        let exchange = played.next().expect("no more was asked");
        let sent: Json = serde_json::from_str(&json::write(request)).expect("a request is JSON");
        assert_eq!((operation.name, &sent), (&*exchange.operation, &exchange.request));
        let answer = &exchange.answer;
        if exchange.status == 200 {
            Ok(fields(&skeleton::shape(operation.name), answer))
        } else {
            let code = answer["__type"].as_str().expect("a refusal has a name");
            let message = answer["message"].as_str().unwrap_or_default();
            let error = ApiError::new(code.to_owned().leak(), message);
            Err(ApiError { status: exchange.status, ..error })
        }
    })
}

/// The members of an answer that the model knows, in the model's order.
fn fields(shape: &Json, answer: &Json) -> Fields {
    let shape = shape.as_object().expect("members");
    shape.iter().fold(Fields::new(), |fields, (name, kind)| {
        let found = answer.get(name).filter(|value| !value.is_null());
        fields.with_some(name.clone().leak(), found.map(|found| value(kind, found)))
    })
}

fn value(kind: &Json, found: &Json) -> Value {
    match (kind, found) {
        (Json::Object(_), found) => Value::Fields(fields(kind, found)),
        (Json::Array(kinds), Json::Array(items)) => {
            Value::List(items.iter().map(|item| value(&kinds[0], item)).collect())
        }
        (Json::String(sign), Json::Number(moment)) if sign == skeleton::A_MOMENT => {
            let secs: Vec<u64> = moment.to_string().split('.').map(number).collect();
            // Three digits at most stand behind the point, and no zeros at their end.
            let digits = moment.to_string().split_once('.').map_or(0, |(_, millis)| millis.len());
            let scale = [1, 100, 10, 1][digits];
            Value::Timestamp(Instant::from_millis(
                secs[0] * 1_000 + secs.get(1).unwrap_or(&0) * scale,
            ))
        }
        (Json::Null, Json::String(data)) => {
            Value::Blob(super::python::base64_decode(data).expect("data is base64"))
        }
        (_, Json::Bool(flag)) => Value::Boolean(*flag),
        (_, Json::Number(count)) => Value::Integer(count.as_i64().expect("a whole number")),
        (_, found) => Value::Text(found.as_str().expect("a text").to_owned()),
    }
}

fn number<N: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> N {
    text.parse().expect("a number")
}

/// Reads a session without the signs before it.
fn read(session: &str) -> Session<'_> {
    let (head, rest) = session.split_once('\n').expect("a head");
    let (number_of, status) = head.split_once(" exit ").expect("a number and a status");
    let (head, mut streams) = rest.split_once("--- ").unwrap_or((rest, ""));
    let mut lines = head.lines();
    let line = lines.next().and_then(|line| line.strip_prefix("$ ")).expect("a line");
    let mut exchanges = Vec::new();
    while let Some(asked) = lines.next() {
        let asked = asked.strip_prefix("> ").and_then(|asked| asked.split_once(' '));
        let (operation, request) = asked.expect("a request");
        let answer = lines.next().and_then(|line| line.strip_prefix("< ")).expect("an answer");
        let (code, answer) = answer.split_once(' ').unwrap_or((answer, "{}"));
        exchanges.push(Exchange {
            operation: operation.to_owned(),
            request: serde_json::from_str(request).expect("a request is JSON"),
            status: number(code),
            answer: serde_json::from_str(answer).expect("an answer is JSON"),
        });
    }
    let (mut stdout, mut stderr) = (String::new(), String::new());
    while !streams.is_empty() {
        let (name, rest) = streams.split_once('\n').expect("a stream has a name");
        let (text, others) = rest.split_once("--- ").unwrap_or((rest, ""));
        match name {
            "stdout" => text.clone_into(&mut stdout),
            "stdout without line end" => text.trim_end_matches('\n').clone_into(&mut stdout),
            "stderr" => text.clone_into(&mut stderr),
            name => panic!("{name} is no stream"),
        }
        streams = others;
    }
    let (number, status) = (number(number_of), number(status));
    Session { number, line, exchanges, stdout, stderr, status }
}

/// Enters the line of a session and lets time pass until it is over.
fn play(line: &str, exchanges: Vec<Exchange>) -> Output {
    let mut console = Console::default();
    console.add_file("/etc/hostname", *b"vm\n");
    PLAYED.set(exchanges.into_iter());
    STAND_IN.set(Some(answer));
    // Plain lines have a shorter way, which tests of its own hold to this one.
    let mut output = run::line(&mut console, line);
    while let Some(job) = output.job {
        let until = console.simulation().now() + Duration::from_secs(10);
        console.advance_within(until, u64::MAX);
        for printed in console.shell_mut().take_printed_by(job) {
            output.append(&printed.output);
            output.job = output.job.filter(|_| !printed.is_over);
        }
    }
    STAND_IN.set(None);
    let left = PLAYED.take().len();
    if left > 0 {
        let _ = write!(output.stderr, "{left} requests were not sent");
    }
    output
}

#[test]
fn sessions_go_as_recorded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions/recorded.txt");
    let text = std::fs::read_to_string(path).expect("the sessions");
    let (mut count, mut wrong) = (0, String::new());
    let text = text.strip_suffix('\n').expect("a file ends with a line");
    for session in text.split("\n=== ").skip(1) {
        // The line end of the last line was taken off.
        let session = format!("{session}\n");
        let mut session = read(&session);
        if LEFT_OUT.iter().any(|(number, _)| *number == session.number) {
            continue;
        }
        let different = DIFFERENT.iter().find(|(number, ..)| *number == session.number);
        if let Some((_, here, _)) = different {
            let is_complaint = session.stdout.is_empty();
            let said = if is_complaint { &mut session.stderr } else { &mut session.stdout };
            *said = here(said);
        }
        let recorded = (session.stdout, session.stderr, session.status);
        let output = play(session.line, session.exchanges);
        let printed = (output.stdout, output.stderr, output.status);
        count += 1;
        if printed != recorded {
            let (number, line) = (session.number, session.line);
            let _ = writeln!(wrong, "{number}: {line}\n{printed:?}\n{recorded:?}\n");
        }
    }
    assert!(count > 60, "{count} sessions");
    assert!(wrong.is_empty(), "{wrong}");
}
