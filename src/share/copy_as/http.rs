//! The HTTP request of a call, as `.http` files have it. Nobody's key signs it.

use super::spelled;
use crate::api::json;
use crate::console::aws::Asked;
use crate::console::shell::calls::OPEN;
use std::fmt::Write;

/// A request; a waiter asks it again and again.
pub fn call(asked: &Asked) -> String {
    let (service, version, target) = match asked.service {
        "cloudwatch" => ("monitoring", "1.0", "GraniteServiceVersion20100801"),
        service => (service, "1.1", "Kinesis_20131202"),
    };
    let mut notes =
        "# Not signed: AWS wants an Authorization header of Signature Version 4.\n".to_owned();
    if let Some(waiter) = asked.waiter {
        let _ = writeln!(notes, "# {waiter}: asked every 10 seconds until it is so.");
    }
    let body = json::write(&asked.request);
    if body.contains(OPEN) {
        notes += "# Put the values of the shell's variables in place of $NAME.\n";
    }
    format!(
        "{notes}POST / HTTP/1.1\nHost: {service}.us-east-1.amazonaws.com\n\
         Content-Type: application/x-amz-json-{version}\nX-Amz-Target: {target}.{}\n\n{}",
        asked.operation.name,
        spelled(&body)
    )
}
