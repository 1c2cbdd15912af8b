//! Replay equals state; any past instant can be visited; branches leave each other alone.

use crate::everything;
use shardlab::api::wire::{Body, Request};
use shardlab::console::lab::{hang_up_line, request_line};
use shardlab::engine::rng::Rng;
use shardlab::engine::time::Instant;
use shardlab::journal::{Entry, Journal};
use std::time::Duration;

fn busy(secs: u64) -> Journal {
    everything::after(Duration::from_secs(secs))
}

/// The digest at an instant of a run that is made afresh from its lines, without checkpoints.
fn fresh_run(entries: &[Entry], to: Instant) -> u64 {
    let mut journal = everything::with_data();
    for entry in entries.iter().filter(|entry| entry.at <= to) {
        if entry.at > journal.simulation().now() {
            journal.simulation_mut().advance(entry.at);
        }
        journal.enter(&entry.line);
    }
    journal.simulation_mut().advance(to);
    journal.simulation().digest()
}

#[test]
fn any_instant_that_is_sought_equals_a_fresh_run_to_it() {
    let mut journal = busy(40);
    let (start, end) = (Instant::DEFAULT_START, journal.simulation().now());
    let entries = journal.entries().to_vec();
    let mut luck = Rng::seeded(1);
    for _ in 0..6 {
        let to = start + Duration::from_micros(luck.below(end.micros() - start.micros()));
        journal.seek(to);
        assert_eq!(journal.simulation().now(), to);
        assert_eq!(journal.simulation().digest(), fresh_run(&entries, to), "at {to}");
    }
}

/// A request that comes as bytes is the line that makes it, down to what the shell keeps.
#[test]
fn a_request_is_kept_as_its_line() {
    let (mut asked, mut typed) = (Journal::default(), Journal::default());
    for (operation, body) in [
        ("CreateStream", r#"{"StreamName":"orders","ShardCount":2}"#),
        ("CreateStream", r#"{"StreamName":"orders","ShardCount":2}"#),
        ("ListStreams", "{}"),
        ("ListStreams", r#"{"Limit":"x"}"#),
        ("Nothing", "{}"),
        ("PutRecord", r#"{"StreamName":"it's","Data":"YQ==","PartitionKey":"a"}"#),
    ] {
        let target = format!("Kinesis_20131202.{operation}");
        let request = Request::json(&target, body.as_bytes());
        let response = asked.enter_request(&request);
        let output = typed.run(&request_line(&target, body));
        let head = format!("HTTP/1.1 {} ", response.status);
        assert!(output.stdout.starts_with(&head), "{operation}: {output:?}");
        let both = [&mut asked, &mut typed];
        for journal in both {
            journal.advance(journal.simulation().now() + Duration::from_secs(3));
        }
        assert_eq!(asked.entries(), typed.entries(), "{operation}");
        assert_eq!(asked.simulation().digest(), typed.simulation().digest(), "{operation}");
        let kept = |journal: &Journal| journal.console().shell().as_replayed();
        assert_eq!(kept(&asked), kept(&typed), "{operation}");
    }
    assert_eq!(asked.entries().len(), 4);
    let end = asked.simulation().now();
    let digest = asked.simulation().digest();
    asked.seek(Instant::DEFAULT_START + Duration::from_secs(4));
    asked.seek(end);
    assert_eq!(asked.simulation().digest(), digest);
}

/// In CBOR a request is kept as its equal in JSON; a subscription and its end are lines, too.
#[test]
fn requests_in_cbor_and_subscriptions_are_kept() {
    let mut journal = Journal::default();
    let create = b"\xa2\x6aStreamName\x66orders\x6aShardCount\x01";
    let put = b"\xa3\x6aStreamName\x66orders\x6cPartitionKey\x61a\x64Data\x42\xff\0";
    let target = |operation: &str| format!("Kinesis_20131202.{operation}");
    let pass = |journal: &mut Journal, secs| {
        journal.advance(journal.simulation().now() + Duration::from_secs(secs));
    };
    for (operation, body) in [("CreateStream", &create[..]), ("PutRecord", put)] {
        let response = journal.enter_request(&Request::cbor(&target(operation), body));
        assert_eq!(response.status, 200, "{response:?}");
        assert_eq!(response.header("content-type"), Some("application/x-amz-cbor-1.1"));
        pass(&mut journal, 10);
    }
    let damaged = journal.enter_request(&Request::cbor(&target("PutRecord"), &put[3..]));
    assert_eq!(damaged.status, 400);
    let lines: Vec<&str> = journal.entries().iter().map(|entry| &*entry.line).collect();
    assert_eq!(
        lines,
        [
            r#"lab request CreateStream '{"StreamName":"orders","ShardCount":1}'"#,
            r#"lab request PutRecord '{"StreamName":"orders","PartitionKey":"a","Data":"/wA="}'"#,
        ]
    );
    let arn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    let register = format!(r#"{{"StreamARN":"{arn}","ConsumerName":"search"}}"#);
    let target_of = target("RegisterStreamConsumer");
    journal.enter_request(&Request::json(&target_of, register.as_bytes()));
    pass(&mut journal, 10);
    let stream = journal.simulation().service().streams().next().unwrap();
    let consumer = stream.consumers.iter().next().unwrap();
    let consumer = consumer.arn(journal.simulation().account(), &stream.name);
    let subscribe = format!(
        r#"{{"ConsumerARN":"{consumer}","ShardId":"shardId-000000000000",
            "StartingPosition":{{"Type":"TRIM_HORIZON"}}}}"#
    );
    let target_of = target("SubscribeToShard");
    let response = journal.enter_request(&Request::json(&target_of, subscribe.as_bytes()));
    let Body::Events(mut events) = response.body else { panic!("no stream") };
    assert!(!events.next_frames(journal.simulation_mut()).is_empty());
    pass(&mut journal, 1);
    assert!(!events.next_frames(journal.simulation_mut()).is_empty(), "the record is pushed");
    let pipe = events.subscription().pipe;
    let line = hang_up_line(journal.simulation(), pipe).unwrap();
    assert_eq!(line, "lab hang-up search --stream orders --shard shardId-000000000000");
    assert_eq!(journal.run(&line).status, 0);
    assert_eq!(journal.simulation().subscription(pipe), None);
    pass(&mut journal, 10);
    let (end, digest) = (journal.simulation().now(), journal.simulation().digest());
    for back in [0, 5, 11, 25] {
        journal.seek(Instant::DEFAULT_START + Duration::from_secs(back));
        journal.seek(end);
        assert_eq!(journal.simulation().digest(), digest, "{back}");
    }
}

#[test]
fn going_back_and_forth_changes_nothing() {
    let mut journal = busy(30);
    let (end, digest) = (journal.simulation().now(), journal.simulation().digest());
    let lines = journal.entries().len();
    for secs in [90, 3, 60, 0] {
        journal.seek(Instant::DEFAULT_START + Duration::from_secs(secs));
        journal.seek(end);
        assert_eq!(journal.simulation().digest(), digest);
        assert_eq!((journal.entries().len(), journal.branches().len()), (lines, 1));
    }
}

#[test]
fn how_far_time_goes_at_once_changes_nothing() {
    let mut journal = busy(0);
    let mut other = journal.clone();
    let end = journal.simulation().now() + Duration::from_secs(30);
    journal.advance(end);
    while !other.advance_within(end, 3) {
        other.simulation_mut().drop_events();
    }
    assert_eq!(journal.simulation().digest(), other.simulation().digest());
}

#[test]
fn a_line_entered_in_the_past_begins_a_branch_and_leaves_the_old_one_alone() {
    let mut journal = busy(40);
    let (end, digest) = (journal.simulation().now(), journal.simulation().digest());
    journal.seek(end.before(Duration::from_secs(30)));
    journal.run("aws kinesis create-stream --stream-name other --shard-count 1");
    assert_eq!((journal.branches().len(), journal.current()), (2, 1));
    journal.advance(end);
    assert_ne!(journal.simulation().digest(), digest, "another future");
    journal.switch(0);
    assert_eq!((journal.simulation().now(), journal.simulation().digest()), (end, digest));
    journal.switch(1);
    assert_eq!(journal.simulation().service().streams().count(), 4);
}

#[test]
fn lines_that_say_nothing_or_cannot_be_read_are_not_kept() {
    let mut journal = Journal::default();
    for line in ["", "  # a comment", "nonsense", "aws kinesis put-recrod", "aws kinesis \"", "lab"]
    {
        journal.run(line);
    }
    assert_eq!(journal.entries(), []);
}

#[test]
fn a_line_that_comes_after_its_instant_has_gone_by_is_replayed_where_it_was() {
    let mut journal = busy(1);
    let line = "lab producer more --stream clicks --rate 1000/s --api put-record --keys one:a";
    journal.run(line);
    // The new producer puts its first record at this very instant, before the next line.
    journal.advance_within(journal.simulation().now() + Duration::from_secs(1), 1);
    journal.run("lab producer more --stop");
    journal.advance(journal.simulation().now() + Duration::from_secs(5));
    let (end, digest) = (journal.simulation().now(), journal.simulation().digest());
    journal.seek(Instant::DEFAULT_START);
    journal.seek(end);
    assert_eq!(journal.simulation().digest(), digest);
}
