//! `lab request`: a request as an HTTP client would send it, and the response as it would see it.

use super::arguments::Arguments;
use super::verb::{REFUSED_STATUS, Verb};
use crate::api::wire::{Body, Response, TARGET, handle_json};
use crate::console::aws::status::SERVICE_STATUS;
use crate::console::output::Output;
use crate::console::state::Console;

pub(super) const VERB: Verb = Verb {
    name: "request",
    words: "OPERATION JSON",
    doc: "Sends the body of an HTTP request to the service and shows the response.",
    options: &[],
    examples: &[
        "lab request ListStreams '{}'",
        r#"lab request CreateStream '{"StreamName": "clicks", "ShardCount": 2}'"#,
    ],
    run,
};

/// The line that sends a request: `target` may be an operation's name or a whole `X-Amz-Target`.
///
/// ```
/// use shardlab::console::lab::request_line;
///
/// let line = request_line("ListStreams", r#"{"NextToken":"it's"}"#);
/// assert_eq!(line, r#"lab request ListStreams '{"NextToken":"it'\''s"}'"#);
/// ```
pub fn line(target: &str, body: &str) -> String {
    let name = target.strip_prefix(TARGET).unwrap_or(target);
    format!("lab request {} {}", quoted(name), quoted(body))
}

fn run(console: &mut Console, arguments: &Arguments) -> Result<Output, String> {
    let [name, body] = arguments.words[..] else {
        return Err("write an operation and a body: lab request ListStreams '{}'".to_owned());
    };
    let target = if name.contains('.') { name.to_owned() } else { format!("{TARGET}{name}") };
    let sim = &mut console.simulation;
    let response = handle_json(sim, &target, body.as_bytes());
    let body = match &response.body {
        Body::Bytes(bytes) => String::from_utf8_lossy(bytes),
        Body::Events(_) => ":event-type: initial-response\n{}".into(),
    };
    let gap = if body.is_empty() { "" } else { "\n" };
    let mut output = Output::answer([&head(&response), gap, &body, gap].concat());
    if !response.has_reached_the_service() {
        output.status = REFUSED_STATUS;
        return Ok(output);
    }
    output.status = if response.error.is_none() { 0 } else { SERVICE_STATUS };
    Ok(output.kept())
}

/// The status line, and the headers but for the long identifier that only AWS can read.
fn head(response: &Response) -> String {
    let reason = match response.status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        413 => "Request Entity Too Large",
        _ => "Internal Server Error",
    };
    let mut head = format!("HTTP/1.1 {} {reason}\n", response.status);
    for (name, value) in response.headers.iter().filter(|(name, _)| *name != "x-amz-id-2") {
        head.extend([name, ": ", value, "\n"]);
    }
    head
}

/// A word as a shell takes it as it is.
fn quoted(word: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-');
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
