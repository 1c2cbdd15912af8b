//! Bodies that have a way of their own, and bodies that nearly have: it is the same as the way for
//! all.

use super::garbage::{Change, changed, changes};
use super::{json, text, wait, world};
use crate::property::check;
use proptest::collection::vec;
use proptest::sample::{Index, select};
use proptest::strategy::{Just, Strategy};
use proptest::{option, prop_oneof};
use shardlab::api::wire::{Request, handle, handle_json};
use shardlab::engine::Simulation;
use std::cell::Cell;

const ARN: &str = "arn:aws:kinesis:us-east-1:123456789012:stream";
/// Streams of every kind that puts look at.
const STREAMS: &[&str] = &["orders", "secret", "even", "late", "none", "no name", ""];
/// Members that some bodies have besides, which are seldom plain.
const OTHERS: &[&str] = &[
    r#""DryRun":true"#,
    r#""DryRun":false"#,
    r#""DryRun":null"#,
    r#""StreamName":"orders""#,
    r#""StreamARN":"arn:aws:kinesis:us-east-1:123456789012:stream/orders""#,
    r#""StreamARN":"arn:aws:kinesis:eu-west-1:123456789012:stream/orders""#,
    r#""StreamARN":"orders""#,
    r#""SequenceNumberForOrdering":"5""#,
    r#""SequenceNumberForOrdering":"x""#,
    r#""Colour":["red",{}]"#,
    r#""Limit":1"#,
    r#""Limit":0"#,
    r#""Limit":10001"#,
    r#""Records":[]"#,
    r#""Data":"""#,
];

/// Orders, in a world with streams of other kinds: one that encrypts, one whose shards the service
/// chooses, one that is still being created; and some records in most of them.
fn streams() -> Simulation {
    let mut sim = world();
    let mode = r#""StreamModeDetails":{"StreamMode":"ON_DEMAND"}"#;
    let steps = [
        ("CreateStream", r#"{"StreamName":"secret","ShardCount":3}"#.to_owned()),
        ("CreateStream", format!(r#"{{"StreamName":"even",{mode}}}"#)),
        ("", String::new()),
        (
            "StartStreamEncryption",
            r#"{"StreamName":"secret","EncryptionType":"KMS","KeyId":"k"}"#.to_owned(),
        ),
        (
            "UpdateStreamRecordDistributionStrategy",
            format!(r#"{{"StreamARN":"{ARN}/even","RecordDistributionStrategy":"AUTO"}}"#),
        ),
        ("", String::new()),
        ("CreateStream", r#"{"StreamName":"late","ShardCount":1}"#.to_owned()),
    ];
    for (operation, body) in steps {
        if operation.is_empty() {
            wait(&mut sim, 60_000);
            continue;
        }
        let (status, said) = json(&mut sim, operation, &body);
        assert_eq!(status, 200, "{operation}: {said}");
    }
    for stream in ["orders", "secret", "even"] {
        for key in ["a", "주문-\\u0001\\\"", "user-1"] {
            let body =
                format!(r#"{{"StreamName":"{stream}","PartitionKey":"{key}","Data":"aGVsbG8="}}"#);
            assert_eq!(json(&mut sim, "PutRecord", &body).0, 200);
            sim.advance(sim.now() + std::time::Duration::from_millis(7));
        }
    }
    sim.drop_events();
    sim
}

/// Sends a body both ways, and says whether it was accepted.
fn same(sim: &Simulation, operation: &str, body: &[u8]) -> bool {
    let target = format!("Kinesis_20131202.{operation}");
    let (mut one, mut other) = (sim.clone(), sim.clone());
    let response = handle(&mut one, &Request::json(&target, body));
    let expected = handle_json(&mut other, &target, body);
    let shown = String::from_utf8_lossy(body);
    assert_eq!(response, expected, "{shown}");
    assert!(one == other && one.digest() == other.digest(), "{shown}");
    response.status == 200
}

fn data() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(&["", "YQ==", "aGVsbG8=", "aGVsbG8h", "+/+/"][..]).prop_map(str::to_owned),
        1 => select(&["YQ", "YR==", "a b=", "주문", "a\\/bc"][..]).prop_map(str::to_owned),
        1 => (0..40_000_usize).prop_map(|fours| "eHh4".repeat(fours)),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9-]{1,12}",
        2 => "[주문가-힣é\u{1f600}]{1,5}",
        1 => select(&["", "\\u0041", "a\\\"b", "a\tb", "\\ud800"][..]).prop_map(str::to_owned),
        1 => (250..260_usize).prop_map(|letters| "é".repeat(letters)),
    ]
}

fn hash() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[1-9][0-9]{0,38}",
        1 => select(&["0", "00", "-1", "", "340282366920938463463374607431768211456"][..])
            .prop_map(str::to_owned),
    ]
}

/// A record, its members in any order.
fn record() -> impl Strategy<Value = Vec<String>> {
    let member = |name: &'static str| move |value| format!(r#""{name}":"{value}""#);
    let most = |value: &'static str| option::weighted(0.98, Just(value));
    (
        (most("Data"), data()),
        (most("PartitionKey"), key()),
        option::weighted(0.1, hash().prop_map(member("ExplicitHashKey"))),
    )
        .prop_map(move |((has_data, data), (has_key, key), hash)| {
            let data = has_data.map(|name| member(name)(data));
            let key = has_key.map(|name| member(name)(key));
            data.into_iter().chain(key).chain(hash).collect()
        })
        .prop_shuffle()
}

/// Members of an object, written closely or with room.
fn object(members: &[String], room: &str) -> String {
    format!(
        "{{{room}{}{room}}}",
        members.join(&format!(",{room}")).replace("\":", &format!("\":{room}"))
    )
}

/// What is sent, before it is damaged: the members besides the records, and how it is written.
#[derive(Clone, Debug)]
struct Frame {
    stream: &'static str,
    other: Option<&'static str>,
    place: Index,
    room: &'static str,
    changes: Vec<Change>,
}

fn frame() -> impl Strategy<Value = Frame> {
    (
        prop_oneof![4 => Just("orders"), 2 => select(STREAMS)],
        option::weighted(0.2, select(OTHERS)),
        proptest::arbitrary::any::<Index>(),
        select(&["", "", " ", "\r\n\t "][..]),
        prop_oneof![3 => Just(Vec::new()), 1 => changes()],
    )
        .prop_map(|(stream, other, place, room, changes)| Frame {
            stream,
            other,
            place,
            room,
            changes,
        })
}

impl Frame {
    fn body(&self, mut members: Vec<String>) -> Vec<u8> {
        members.push(format!(r#""StreamName":"{}""#, self.stream));
        let last = members.len() - 1;
        members.swap(self.place.index(last + 1), last);
        if let Some(other) = self.other {
            members.insert(self.place.index(last + 2), other.to_owned());
        }
        changed(object(&members, self.room).as_bytes(), self.changes.clone())
    }
}

#[test]
fn puts_of_many_records_are_the_same() {
    let (sim, accepted) = (streams(), Cell::new(0));
    check(3_000, (frame(), vec(record(), 0..9)), |(frame, records)| {
        let records: Vec<_> = records.iter().map(|record| object(record, frame.room)).collect();
        let records = format!(r#""Records":[{}{}]"#, frame.room, records.join(","));
        let body = frame.body(vec![records]);
        accepted.set(accepted.get() + u32::from(same(&sim, "PutRecords", &body)));
    });
    assert!((400..2_500).contains(&accepted.get()), "{accepted:?}");
}

#[test]
fn puts_of_one_record_are_the_same() {
    let (sim, accepted) = (streams(), Cell::new(0));
    check(3_000, (frame(), record()), |(frame, record)| {
        let body = frame.body(record);
        accepted.set(accepted.get() + u32::from(same(&sim, "PutRecord", &body)));
    });
    assert!((400..2_500).contains(&accepted.get()), "{accepted:?}");
}

#[test]
fn gets_are_the_same() {
    let (mut sim, accepted) = (streams(), Cell::new(0));
    let mut iterators = vec![String::from("nonsense")];
    for stream in ["orders", "secret", "even"] {
        for shard in 0..3 {
            let body = format!(
                r#"{{"StreamName":"{stream}","ShardId":"shardId-{shard}",
                    "ShardIteratorType":"TRIM_HORIZON"}}"#
            );
            let (status, said) = json(&mut sim, "GetShardIterator", &body);
            if status == 200 {
                iterators.push(text(&said, "ShardIterator").to_owned());
            }
        }
    }
    let split = r#"{"StreamName":"orders","ShardToSplit":"shardId-1","NewStartingHashKey":"#;
    let half = r#""255211775190703847597530955573826158592"}"#;
    assert_eq!(json(&mut sim, "SplitShard", &format!("{split}{half}")).0, 200);
    wait(&mut sim, 60_000);
    check(1_500, (frame(), select(iterators)), |(mut frame, iterator)| {
        // Only its place is of use: a get names no stream.
        frame.stream = "orders";
        let body = frame.body(vec![format!(r#""ShardIterator":"{iterator}""#)]);
        accepted.set(accepted.get() + u32::from(same(&sim, "GetRecords", &body)));
    });
    assert!((500..1_450).contains(&accepted.get()), "{accepted:?}");
}

#[test]
fn a_throttled_call_is_the_same() {
    let mut sim = streams();
    let record = format!(r#"{{"Data":"{}","PartitionKey":"a"}}"#, "eHh4".repeat(300_000));
    let many = |count| {
        format!(r#"{{"StreamName":"orders","Records":[{}]}}"#, vec![&*record; count].join(","))
    };
    let large = many(8);
    for round in 0..4 {
        assert!(same(&sim, "PutRecords", large.as_bytes()));
        let (_, said) = json(&mut sim, "PutRecords", &large);
        assert_eq!(said.contains("ErrorMessage"), round > 0, "{said}");
        let one = format!(r#"{{"StreamName":"orders",{}"#, &record[1..]);
        assert_eq!(same(&sim, "PutRecord", one.as_bytes()), round == 0);
    }
    assert!(!same(&sim, "PutRecords", many(13).as_bytes()), "it is over 10 MiB");
    let small = r#"{"Data":"YQ==","PartitionKey":"a"}"#;
    for (count, fits) in [(500, true), (501, false)] {
        let records = vec![small; count].join(",");
        let body = format!(r#"{{"StreamName":"secret","Records":[{records}]}}"#);
        assert_eq!(same(&sim, "PutRecords", body.as_bytes()), fits);
    }
    let start = r#"{"StreamName":"orders","ShardId":"0","ShardIteratorType":"TRIM_HORIZON"}"#;
    let (_, said) = json(&mut sim, "GetShardIterator", start);
    let body = format!(r#"{{"ShardIterator":"{}"}}"#, text(&said, "ShardIterator"));
    let gets: Vec<bool> = (0..7)
        .map(|_| {
            let got = same(&sim, "GetRecords", body.as_bytes());
            assert_eq!(json(&mut sim, "GetRecords", &body).0 == 200, got);
            got
        })
        .collect();
    assert!(gets[0] && !gets[6], "{gets:?}");
}
