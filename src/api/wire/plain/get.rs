//! Plain `GetRecords`: records go from the log to the body as they are.

use crate::api::get_records::{get, with_place};
use crate::api::json::{self, first_special};
use crate::api::value::Fields;
use crate::api::{ApiError, Operation, record, validation};
use crate::engine::Simulation;
use crate::engine::service::read::Got;
use crate::engine::time::Instant;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Answers `GetRecords`. Its input is small; what is plain is its answer.
pub fn records(
    sim: &mut Simulation,
    operation: &'static Operation,
    body: &[u8],
) -> Option<Result<Vec<u8>, ApiError>> {
    let input = super::super::json::read(&operation.input, body).ok()?;
    validation::validate(&operation.input, &input).ok()?;
    if input.flag("DryRun") {
        return None;
    }
    Some(get(sim, &input).map(|got| write(sim, &got)))
}

/// What a record begins with, with zeros for its sequence number.
const HEAD: &str = concat!(
    r#",{"SequenceNumber":"#,
    r#""00000000000000000000000000000000000000000000000000000000","#,
    r#""ApproximateArrivalTimestamp":"#
);
/// Where its sequence number stands.
const NUMBER: usize = r#",{"SequenceNumber":""#.len();
/// Bytes of a record besides its data and its key, at most.
const RECORD: u64 = 190;
/// Bytes of an answer besides its records, about.
const ANSWER: u64 = 512;

fn write(sim: &Simulation, got: &Got) -> Vec<u8> {
    let stream = sim.service().stream(got.stream).expect("it has just been read");
    let shard = &stream.shards()[got.shard.0 as usize];
    let room = got.span.bytes.div_ceil(3) * 4 + got.span.count() * RECORD + ANSWER;
    let mut out = Vec::with_capacity(usize::try_from(room).expect("an answer fits the memory"));
    out.extend_from_slice(br#"{"Records":"#);
    let first = out.len();
    let (mut arrival, mut head) = (Instant::default(), String::new());
    for stored in shard.log.records(got.span.ordinals.clone()) {
        if stored.arrival != arrival || head.is_empty() {
            arrival = stored.arrival;
            head = [HEAD, &json::seconds(arrival), r#","Data":""#].concat();
        }
        let row = out.len();
        out.extend_from_slice(head.as_bytes());
        let number = shard.sequence_number(stored.index, arrival);
        number.write(out[row + NUMBER..].first_chunk_mut().expect("a row has them"));
        write_base64(&mut out, &record::data(sim, &stored));
        out.push(b'"');
        let key = record::key(sim, &stored);
        if !key.is_empty() {
            out.extend_from_slice(br#","PartitionKey":"#);
            write_text(&mut out, &key);
        }
        if stored.encryption.is_kms() {
            out.extend_from_slice(br#","EncryptionType":"KMS""#);
        }
        out.push(b'}');
    }
    if out.len() == first {
        out.push(b'[');
    }
    // In place of the first comma.
    out[first] = b'[';
    out.extend_from_slice(b"],");
    let place = json::write(&with_place(Fields::new(), sim, got));
    out.extend_from_slice(&place.as_bytes()[1..]);
    out
}

fn write_base64(out: &mut Vec<u8>, bytes: &[u8]) {
    let from = out.len();
    out.resize(from + bytes.len().div_ceil(3) * 4, 0);
    let written = STANDARD.encode_slice(bytes, &mut out[from..]);
    debug_assert_eq!(written, Ok(out.len() - from), "base64 is as long as it is");
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    if first_special(text.as_bytes()).is_none() {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
        return;
    }
    let mut escaped = String::new();
    json::write_text(&mut escaped, text);
    out.extend_from_slice(escaped.as_bytes());
}
