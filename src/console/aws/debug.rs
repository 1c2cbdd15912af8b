//! `--debug`: the request and the answer as they go over the wire, in a form of the page's own.
//!
//! The real one prints hundreds of lines of its own workings; these are the ones that tell
//! something.

use std::fmt::Write;

use super::retry::Client;
use crate::api::json::{write, write_text};
use crate::api::value::Fields;
use crate::api::{ApiError, Operation};

/// Appends a request and its answer.
pub fn show(
    out: &mut String,
    operation: &Operation,
    request: &Fields,
    answer: &Result<Fields, ApiError>,
) {
    let _ = writeln!(
        out,
        "> POST / HTTP/1.1\n> Content-Type: application/x-amz-json-1.1\n> X-Amz-Target: \
         Kinesis_20131202.{}\n> \n> {}",
        operation.name,
        write(request)
    );
    match answer {
        Ok(answer) if answer.is_empty() => out.push_str("< HTTP/1.1 200\n"),
        Ok(answer) => {
            let _ = writeln!(out, "< HTTP/1.1 200\n< \n< {}", write(answer));
        }
        Err(error) => {
            let mut message = String::new();
            write_text(&mut message, &error.message);
            let (status, code) = (error.status, error.code);
            let _ = writeln!(
                out,
                "< HTTP/1.1 {status}\n< \n< {{\"__type\":\"{code}\",\"message\":{message}}}"
            );
        }
    }
}

/// Appends what the client does after a refusal, in the words of its own log.
pub fn show_retry(out: &mut String, client: &Client<'_>) {
    if let Some(pause) = client.pause() {
        let micros = pause.subsec_micros();
        let secs = pause.as_secs();
        let _ =
            writeln!(out, "* Retry needed, retrying request after delay of: {secs}.{micros:06}");
    } else if let Some(retries) = client.retries_reached() {
        let _ = writeln!(out, "* Max attempts of {} reached.", retries + 1);
    }
}
