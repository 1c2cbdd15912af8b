//! JavaScript with the AWS SDK, version 3: a module, because of its `await`.

use super::boto3::{answers, is_path};
use super::literal::{Quotes, Syntax, millis, quoted, readable};
use crate::api::value::Fields;
use crate::console::aws::Asked;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

const JAVASCRIPT: Syntax = Syntax {
    indent: "  ",
    braces: ["{", ": ", "}"],
    quotes: Quotes::Bare,
    words: ["null", "false", "true"],
    variables: "",
    mixed: ["`", "${", "}", "`"],
    escapes: &[("`", "\\`"), ("${", "\\${")],
    text: quoted,
    blob,
    encoded: ["new TextEncoder().encode(", ")"],
    moment: |at| format!("new Date(\"{}Z\")", millis(at)),
};

/// The clients by the command line's names of their services.
const CLIENTS: [(&str, &str); 2] = [("kinesis", "Kinesis"), ("cloudwatch", "CloudWatch")];

/// The imports and clients that some code needs.
pub fn head(body: &str) -> String {
    let mut head = String::new();
    if body.contains("await sleep(") {
        head.push_str("import { setTimeout as sleep } from \"node:timers/promises\";\n");
    }
    let mut clients = String::new();
    for (service, prefix) in CLIENTS {
        let mut names = imported(body, service);
        if names.is_empty() {
            continue;
        }
        let client = format!("{prefix}Client");
        names.push(&client);
        names.sort_unstable();
        names.dedup();
        let names = names.join(", ");
        let _ = writeln!(head, "import {{ {names} }} from \"@aws-sdk/client-{service}\";");
        let _ = writeln!(clients, "const {service} = new {client}({{}});");
    }
    match (head.is_empty(), clients.is_empty()) {
        (true, _) => head,
        (false, true) => head + "\n",
        (false, false) => format!("{head}\n{clients}\n"),
    }
}

/// The commands and waiters of a service that some code uses.
fn imported<'a>(body: &'a str, service: &str) -> Vec<&'a str> {
    let send = format!("await {service}.send(new ");
    let wait = format!("({{ client: {service},");
    let code = body.lines().filter(|line| !line.starts_with("//"));
    code.filter_map(|line| match line.find(&send) {
        Some(at) => line[at + send.len()..].split_once('(').map(|(name, _)| name),
        None => line.split_once(&wait).and_then(|(before, _)| before.strip_prefix("await ")),
    })
    .collect()
}

/// A text, or the variable that it is.
pub fn text(text: &str) -> String {
    JAVASCRIPT.text(text)
}

/// A pause.
pub fn sleep(micros: u64) -> String {
    format!("await sleep({});", micros.div_ceil(1_000))
}

/// A call. A variable may get several values in a run, and be set where a refusal is caught, hence
/// `var`.
pub fn call(asked: &Asked, kept: Option<&str>) -> String {
    let (service, input) = (asked.service, input(&asked.request));
    if let Some(waiter) = asked.waiter {
        let name: String = waiter.split('-').map(capital).collect();
        return format!(
            "await waitUntil{name}({{ client: {service}, maxWaitTime: 180 }}, {input});"
        );
    }
    let call = format!("await {service}.send(new {}Command({input}))", asked.operation.name);
    match (kept, asked.query.as_deref()) {
        (Some(variable), Some(query)) if is_path(query) => {
            format!("var {variable} = ({call}).{query};")
        }
        (Some(variable), Some(query)) => format!("// --query {query}\nvar {variable} = {call};"),
        (Some(variable), None) => format!("var {variable} = {call};"),
        (None, _) if answers(asked.operation.name) => format!("console.log({call});"),
        (None, _) => format!("{call};"),
    }
}

fn input(request: &Fields) -> String {
    JAVASCRIPT.structure(request, 0)
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_ascii_uppercase() + rest
}

fn blob(bytes: &[u8]) -> String {
    if let Some(text) = readable(bytes) {
        return format!("new TextEncoder().encode({})", quoted(text));
    }
    let base64 = STANDARD.encode(bytes);
    format!("Uint8Array.from(atob(\"{base64}\"), (char) => char.charCodeAt(0))")
}
