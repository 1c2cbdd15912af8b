//! Bodies that were sound once: nothing panics, and what is refused has changed nothing.

use super::frames::frames;
use super::{wait, world};
use shardlab::api::OPERATIONS;
use shardlab::api::wire::{Body, Request, handle};
use shardlab::engine::rng::Rng;

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

#[test]
fn bodies_at_random_never_panic_and_refused_ones_change_nothing() {
    let mut luck = Rng::seeded(1);
    let mut sim = world();
    let mut answers = [0_u32; 3];
    for round in 0..6_000_u32 {
        let name = OPERATIONS[pick(&mut luck, OPERATIONS.len())].name;
        let target = format!("Kinesis_20131202.{name}");
        let is_json = round % 2 == 0;
        let body = if is_json {
            JSON[pick(&mut luck, JSON.len())].as_bytes()
        } else {
            CBOR[pick(&mut luck, CBOR.len())]
        };
        let body = mutated(&mut luck, body);
        let request =
            if is_json { Request::json(&target, &body) } else { Request::cbor(&target, &body) };
        let before = sim.digest();
        let response = handle(&mut sim, &request);
        let unread = !response.has_reached_the_service();
        assert!(!unread || sim.digest() == before, "{target} {body:02x?}");
        let place = match response.error {
            None => 0,
            Some("SerializationException") => 1,
            Some(_) => 2,
        };
        answers[place] += 1;
        assert_eq!(response.status, if place == 0 { 200 } else { 400 }, "{target} {body:02x?}");
        if is_json
            && let Body::Bytes(bytes) = &response.body
            && !bytes.is_empty()
        {
            let parsed: Result<serde_json::Value, _> = serde_json::from_slice(bytes);
            assert!(parsed.is_ok_and(|answer| answer.is_object()), "{target} {body:02x?}");
        }
        if round % 20 == 0 {
            wait(&mut sim, 700);
        }
    }
    assert!(answers.iter().all(|&count| count > 100), "too much of a kind: {answers:?}");
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

fn mutated(luck: &mut Rng, body: &[u8]) -> Vec<u8> {
    let mut body = body.to_vec();
    for _ in 0..luck.below(4) {
        let at = pick(luck, body.len() + 1);
        match luck.below(4) {
            0 => body.truncate(at),
            1 if at < body.len() => body[at] ^= 1 << luck.below(8),
            2 if at < body.len() => drop(body.remove(at)),
            _ => {
                let piece = PIECES[pick(luck, PIECES.len())];
                body.splice(at..at, piece.iter().copied());
            }
        }
    }
    body
}

fn pick(luck: &mut Rng, among: usize) -> usize {
    usize::try_from(luck.below(among as u64)).unwrap()
}
