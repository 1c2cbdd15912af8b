//! Python with boto3.

use super::literal::{Quotes, Syntax, millis, quoted, readable};
use crate::api::value::{Fields, Value};
use crate::console::aws::{Asked, kebab};
use std::fmt::Write;

const PYTHON: Syntax = Syntax {
    indent: "    ",
    braces: ["{", ": ", "}"],
    quotes: Quotes::Quoted,
    words: ["None", "False", "True"],
    variables: "",
    mixed: ["f\"", "{", "}", "\""],
    escapes: &[("{", "{{"), ("}", "}}")],
    text: quoted,
    blob,
    encoded: ["", ".encode()"],
    moment: |at| format!("datetime.fromisoformat(\"{}+00:00\")", millis(at)),
};

/// The imports and clients that some code needs.
pub fn head(body: &str) -> String {
    let mut head = String::new();
    for (used, line) in [
        ("time.sleep(", "import time\n"),
        ("datetime.", "from datetime import datetime\n"),
        ("kinesis.", "import boto3\n"),
        ("cloudwatch.", "import boto3\n"),
        ("kinesis.", "\nkinesis = boto3.client(\"kinesis\")\n"),
        ("cloudwatch.", "\ncloudwatch = boto3.client(\"cloudwatch\")\n"),
    ] {
        if uses(body, used) && !head.contains(line) {
            head.push_str(line);
        }
    }
    if head.is_empty() { head } else { head + "\n" }
}

/// Whether a line of code, not a comment, uses a name.
fn uses(body: &str, name: &str) -> bool {
    body.lines().any(|line| !line.starts_with('#') && line.contains(name))
}

/// A text, or the variable that it is.
pub fn text(text: &str) -> String {
    PYTHON.text(text)
}

/// A call.
pub fn call(asked: &Asked, kept: Option<&str>) -> String {
    let arguments = arguments(&asked.request);
    let service = asked.service;
    if let Some(waiter) = asked.waiter {
        let waiter = waiter.replace('-', "_");
        return format!("{service}.get_waiter(\"{waiter}\").wait{arguments}");
    }
    let name = kebab(asked.operation.name).replace('-', "_");
    let call = format!("{service}.{name}{arguments}");
    match kept {
        Some(variable) => {
            let path = asked.query.as_deref().map_or(Some(String::new()), subscripts);
            match path {
                Some(path) => format!("{variable} = {call}{path}"),
                None => {
                    format!(
                        "# --query {}\n{variable} = {call}",
                        asked.query.as_deref().unwrap_or("")
                    )
                }
            }
        }
        None if answers(asked.operation.name) => format!("print({call})"),
        None => call,
    }
}

/// Whether an answer holds what somebody asked for.
pub fn answers(operation: &str) -> bool {
    ["Describe", "Get", "List", "PutRecord", "RegisterStreamConsumer", "UpdateShardCount"]
        .iter()
        .any(|verb| operation.starts_with(verb))
}

fn arguments(request: &Fields) -> String {
    let argument =
        |(name, value): (&'static str, &Value)| format!("{name}={}", PYTHON.value(value, 1));
    let arguments: Vec<String> = request.iter().map(argument).collect();
    PYTHON.block(["(", ")"], &arguments, 0)
}

/// `["Shards"][0]` of `Shards[0]`; `None` if a query is more than names and places.
fn subscripts(query: &str) -> Option<String> {
    let mut path = String::new();
    for part in query.split('.') {
        let (name, place) =
            part.split_once('[').map_or((part, None), |(name, place)| (name, Some(place)));
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let _ = write!(path, "[\"{name}\"]");
        if let Some(place) = place {
            let digits = place.strip_suffix(']')?;
            let _ = write!(path, "[{}]", digits.parse::<u32>().ok()?);
        }
    }
    Some(path)
}

/// Whether a query is names and places alone.
pub fn is_path(query: &str) -> bool {
    subscripts(query).is_some()
}

fn blob(bytes: &[u8]) -> String {
    match readable(bytes) {
        Some(text) if text.is_ascii() => format!("b{}", quoted(text)),
        Some(text) => format!("{}.encode()", quoted(text)),
        None => {
            let escapes = bytes.iter().fold(String::new(), |mut out, byte| {
                let _ = write!(out, "\\x{byte:02x}");
                out
            });
            format!("b\"{escapes}\"")
        }
    }
}
