//! Bodies that were sound once: nothing panics, and what is refused has changed nothing.

use super::frames::frames;
use super::{json, text, world};
use crate::property::check;
use proptest::collection::vec;
use proptest::option;
use proptest::sample::select;
use proptest::strategy::Strategy;
use shardlab::api::wire::{Body, Request};
use shardlab::api::{OPERATIONS, handle};
use shardlab::engine::Simulation;
use shardlab::engine::rng::Rng;
use std::cell::Cell;

/// Bodies of JSON to begin with.
const JSON: &[&str] = &[
    "{}",
    r#"{"StreamName":"orders","Data":"aGVsbG8=","PartitionKey":"user-1","Limit":5}"#,
    r#"{"StreamName":"orders","Records":[{"Data":"YQ==","PartitionKey":"a"},{"Data":"YQ=="}]}"#,
    r#"{"StreamName":"made","ShardCount":2,"Tags":{"a":"1"},"StreamModeDetails":{}}"#,
    r#"{"ShardId":"shardId-000000000000","StartingPosition":{"Type":"LATEST","Timestamp":1.5}}"#,
];

/// The same and more of CBOR.
const CBOR: &[&[u8]] = &[
    b"\xa0",
    b"\xbf\x6aStreamName\x66orders\x64Data\x45hello\x6cPartitionKey\x66user-1\xff",
    b"\xa2\x6aStreamName\x66orders\x67Records\x9f\
      \xa2\x64Data\x5f\x41a\xff\x6cPartitionKey\x61a\xff",
    b"\xa3\x6aStreamName\x64made\x6aShardCount\x1a\x00\x00\x00\x02\x64Tags\xa1\x61a\x7f\x611\xff",
    b"\xa1\x70StartingPosition\xa2\x64Type\x66LATEST\x69Timestamp\xc1\xfb\x3f\xf0\0\0\0\0\0\0",
];

/// Pieces that a mutation puts into a body.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b"null",
    b"true",
    b"1e999",
    b"-1",
    b"\\u0000",
    b"\\ud800",
    b"99999999999999999999",
    b"\xff",
    b"\xf6",
    b"\x9f",
    b"\xbf",
    b"\x5b",
    b"\x7f",
    b"\xc1",
    b"\xf9\x7e\x00",
    b"\xfb\x7f\xf0\0\0\0\0\0\0",
    b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
    b"[[[[[[[[[[[[[[[[",
    b"\x81\x81\x81\x81\x81\x81\x81\x81",
    b"\"Limit\":",
    b"\0",
];

/// A change of a body: what, where, and how.
pub type Change = (u8, usize, u8, &'static [u8]);

pub fn changed(body: &[u8], changes: Vec<Change>) -> Vec<u8> {
    let mut body = body.to_vec();
    for (what, at, bit, piece) in changes {
        let at = at % (body.len() + 1);
        match what {
            0 => body.truncate(at),
            1 if at < body.len() => body[at] ^= 1 << bit,
            2 if at < body.len() => drop(body.remove(at)),
            _ => drop(body.splice(at..at, piece.iter().copied())),
        }
    }
    body
}

pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec((0..4_u8, 0..200_usize, 0..8_u8, select(PIECES)), 0..4)
}

/// Sends a body to an operation in a copy of a world, and counts what became of it.
fn send(sim: &Simulation, request: &Request<'_>, answers: &Cell<[u32; 3]>) {
    let mut sim = sim.clone();
    let before = sim.digest();
    let response = handle(&mut sim, request);
    let unread = !response.has_reached_the_service();
    assert!(!unread || sim.digest() == before);
    let place = match response.error {
        None => 0,
        Some("SerializationException") => 1,
        Some(_) => 2,
    };
    let mut counts = answers.get();
    counts[place] += 1;
    answers.set(counts);
    assert_eq!(response.status, if place == 0 { 200 } else { 400 });
    if request.content_type == Request::json("", b"").content_type
        && let Body::Bytes(bytes) = &response.body
        && !bytes.is_empty()
    {
        let parsed: Result<serde_json::Value, _> = serde_json::from_slice(bytes);
        assert!(parsed.is_ok_and(|answer| answer.is_object()));
    }
}

fn target(operation: usize) -> String {
    format!("Kinesis_20131202.{}", OPERATIONS[operation].name)
}

#[test]
fn no_json_panics_and_what_is_not_read_changes_nothing() {
    let (sim, answers) = (world(), Cell::default());
    let inputs = (0..OPERATIONS.len(), select(JSON), changes());
    check(3_000, inputs, |(operation, body, changes)| {
        let body = changed(body.as_bytes(), changes);
        send(&sim, &Request::json(&target(operation), &body), &answers);
    });
    assert!(answers.get().iter().all(|count| *count > 50), "{answers:?}");
}

#[test]
fn no_cbor_panics_and_what_is_not_read_changes_nothing() {
    let (sim, answers) = (world(), Cell::default());
    let inputs = (0..OPERATIONS.len(), select(CBOR), changes());
    check(3_000, inputs, |(operation, body, changes)| {
        let body = changed(body, changes);
        send(&sim, &Request::cbor(&target(operation), &body), &answers);
    });
    assert!(answers.get().iter().all(|count| *count > 50), "{answers:?}");
}

#[test]
fn no_token_panics_and_a_damaged_one_is_refused_or_the_same() {
    let mut sim = world();
    let put = r#"{"StreamName":"orders","Data":"YQ==","PartitionKey":"a"}"#;
    json(&mut sim, "PutRecord", put);
    let start = r#"{"StreamName":"orders","ShardId":"shardId-000000000000",
        "ShardIteratorType":"TRIM_HORIZON"}"#;
    let iterator = json(&mut sim, "GetShardIterator", start).1;
    let shards = json(&mut sim, "ListShards", r#"{"StreamName":"orders","MaxResults":1}"#).1;
    let whole = [
        ("GetRecords", "ShardIterator", text(&iterator, "ShardIterator").to_owned()),
        ("ListShards", "NextToken", text(&shards, "NextToken").to_owned()),
    ];
    let inputs = (0..whole.len(), changes(), option::of("[A-Za-z0-9+/=]{0,40}"));
    check(2_000, inputs, |(which, changes, other)| {
        let (operation, member, token) = &whole[which];
        let mut copy = sim.clone();
        let sound = json(&mut copy, operation, &format!(r#"{{"{member}":"{token}"}}"#));
        let damaged = other.map_or_else(|| changed(token.as_bytes(), changes), String::into_bytes);
        let damaged = String::from_utf8_lossy(&damaged).into_owned();
        let body = serde_json::json!({ *member: damaged }).to_string();
        let mut copy = sim.clone();
        let found = json(&mut copy, operation, &body);
        assert!(found.0 == 400 || found == sound, "{body}");
    });
}

#[test]
fn damaged_frames_are_noticed() {
    let mut luck = Rng::seeded(2);
    let whole = super::subscriptions::stream();
    let sound = frames(&whole).unwrap();
    assert!(sound.len() > 2);
    for _ in 0..500 {
        let mut damaged = whole.clone();
        let at = pick(&mut luck, damaged.len());
        damaged[at] ^= 1 << luck.below(8);
        assert!(frames(&damaged).is_err(), "byte {at}");
    }
}

fn pick(luck: &mut Rng, among: usize) -> usize {
    usize::try_from(luck.below(among as u64)).unwrap()
}
