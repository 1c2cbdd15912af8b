//! Subscriptions over the wire: what their event streams hold, and how they end.

use super::frames::{Frame, frames};
use super::{json, text, wait, world};
use shardlab::api::wire::subscription::{Events, HEARTBEAT};
use shardlab::api::wire::{Body, Request, handle};
use shardlab::engine::Simulation;

/// A world with a consumer that can subscribe, and its ARN.
fn with_consumer() -> (Simulation, String) {
    let mut sim = world();
    let arn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    let body = format!(r#"{{"StreamARN":"{arn}","ConsumerName":"search"}}"#);
    let (_, registered) = json(&mut sim, "RegisterStreamConsumer", &body);
    let arn = text(&registered, "ConsumerARN").to_owned();
    wait(&mut sim, 10_000);
    (sim, arn)
}

fn body(arn: &str) -> String {
    format!(
        r#"{{"ConsumerARN":"{arn}","ShardId":"shardId-000000000000",
            "StartingPosition":{{"Type":"LATEST"}}}}"#
    )
}

fn subscribe(sim: &mut Simulation, arn: &str) -> Events {
    let body = body(arn);
    let request = Request::json("Kinesis_20131202.SubscribeToShard", body.as_bytes());
    let response = handle(sim, &request);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-type"), Some("application/vnd.amazon.eventstream"));
    assert_eq!(response.header("content-length"), None);
    match response.body {
        Body::Events(events) => events,
        Body::Bytes(_) => panic!("no stream"),
    }
}

fn next(sim: &mut Simulation, events: &mut Events) -> Vec<Frame> {
    frames(&events.next_frames(sim)).unwrap()
}

fn put(sim: &mut Simulation, data: &str) {
    let body = format!(
        r#"{{"StreamName":"orders","Data":"{data}","PartitionKey":"a","ExplicitHashKey":"0"}}"#
    );
    assert_eq!(json(sim, "PutRecord", &body).0, 200);
}

/// The bytes of a stream with several frames.
pub fn stream() -> Vec<u8> {
    let (mut sim, arn) = with_consumer();
    let mut events = subscribe(&mut sim, &arn);
    let mut bytes = events.next_frames(&mut sim);
    for data in ["aGVsbG8=", "d29ybGQ="] {
        put(&mut sim, data);
        wait(&mut sim, 1_000);
        bytes.extend(events.next_frames(&mut sim));
    }
    bytes
}

#[test]
fn records_come_as_events_after_an_initial_response() {
    let (mut sim, arn) = with_consumer();
    let mut events = subscribe(&mut sim, &arn);
    let first = next(&mut sim, &mut events);
    assert_eq!(first.len(), 1);
    let headers = [
        (":message-type", "event"),
        (":event-type", "initial-response"),
        (":content-type", "application/x-amz-json-1.1"),
    ];
    assert_eq!(first[0].headers, headers.map(|(name, value)| (name.into(), value.into())));
    assert_eq!(first[0].text(), "{}");
    assert_eq!(next(&mut sim, &mut events), []);

    put(&mut sim, "aGVsbG8=");
    put(&mut sim, "d29ybGQ=");
    wait(&mut sim, 1_000);
    let pushed = next(&mut sim, &mut events);
    assert_eq!(pushed.len(), 1);
    assert_eq!(pushed[0].header(":event-type"), "SubscribeToShardEvent");
    let event = pushed[0].text();
    assert_eq!(event.matches(r#""Data":"aGVsbG8=","PartitionKey":"a"}"#).count(), 1, "{event}");
    assert_eq!(event.matches("\"Data\"").count(), 2);
    let last = event.rsplit_once("\"SequenceNumber\":\"").unwrap().1.split('"').next().unwrap();
    let tail = format!(r#"}}],"ContinuationSequenceNumber":"{last}","MillisBehindLatest":0}}"#);
    assert!(event.ends_with(&tail), "{event}");

    wait(&mut sim, 300_000);
    assert!(!events.is_over());
    assert_eq!(next(&mut sim, &mut events), [], "five minutes end without a word");
    assert!(events.is_over());
    assert_eq!(next(&mut sim, &mut events), []);
}

#[test]
fn a_silent_stream_beats_every_five_seconds() {
    let (mut sim, arn) = with_consumer();
    let mut events = subscribe(&mut sim, &arn);
    events.next_frames(&mut sim);
    let opened = sim.now();
    wait(&mut sim, 1_000);
    assert_eq!(events.next_heartbeat(&sim), Some(opened + HEARTBEAT));
    wait(&mut sim, 3_999);
    assert_eq!(next(&mut sim, &mut events), []);
    wait(&mut sim, 1);
    let first = next(&mut sim, &mut events);
    assert_eq!(first.len(), 1);
    let event = first[0].text();
    assert!(event.starts_with(r#"{"Records":[],"ContinuationSequenceNumber":""#), "{event}");
    assert!(event.ends_with(r#"","MillisBehindLatest":0}"#), "{event}");
    wait(&mut sim, 11_000);
    let beats = next(&mut sim, &mut events);
    assert_eq!(beats.len(), 2);
    assert!(first[0].text() < beats[1].text(), "the continuation moves on without records");

    // Records begin the silence anew, and a continuation that was told without any is read from.
    put(&mut sim, "aGVsbG8=");
    wait(&mut sim, 1_000);
    assert_eq!(next(&mut sim, &mut events).len(), 1);
    assert_eq!(events.next_heartbeat(&sim), Some(sim.now() + HEARTBEAT));
    events.hang_up(&mut sim);
    assert_eq!(events.next_heartbeat(&sim), None);
    wait(&mut sim, 6_000);
    let tail = beats[1].text();
    let continuation = tail.split('"').nth(5).unwrap();
    let again = body(&arn).replace(
        r#"{"Type":"LATEST"}"#,
        &format!(r#"{{"Type":"AFTER_SEQUENCE_NUMBER","SequenceNumber":"{continuation}"}}"#),
    );
    let request = Request::json("Kinesis_20131202.SubscribeToShard", again.as_bytes());
    let Body::Events(mut events) = handle(&mut sim, &request).body else { panic!("no stream") };
    events.next_frames(&mut sim);
    wait(&mut sim, 1_000);
    let pushed = next(&mut sim, &mut events);
    assert_eq!(pushed[0].text().matches("\"Data\":\"aGVsbG8=\"").count(), 1);
}

#[test]
fn a_newer_subscription_ends_the_older_one_with_an_exception() {
    let (mut sim, arn) = with_consumer();
    let mut older = subscribe(&mut sim, &arn);
    older.next_frames(&mut sim);
    wait(&mut sim, 2_000);
    let (status, refused) = json(&mut sim, "SubscribeToShard", &body(&arn));
    assert_eq!((status, text(&refused, "__type")), (400, "ResourceInUseException"));
    wait(&mut sim, 4_000);
    let mut newer = subscribe(&mut sim, &arn);
    newer.next_frames(&mut sim);
    put(&mut sim, "aGVsbG8=");
    wait(&mut sim, 1_000);
    let ended = next(&mut sim, &mut older);
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].header(":message-type"), "exception");
    assert_eq!(ended[0].header(":exception-type"), "ResourceInUseException");
    assert!(ended[0].text().starts_with(r#"{"message":"Another active subscription exists"#));
    assert!(older.is_over());
    assert_eq!(next(&mut sim, &mut newer).len(), 1);
    assert!(!newer.is_over());
}

#[test]
fn a_closed_shard_names_its_children_and_gives_no_continuation() {
    let (mut sim, arn) = with_consumer();
    let mut events = subscribe(&mut sim, &arn);
    events.next_frames(&mut sim);
    let split = r#"{"StreamName":"orders","ShardToSplit":"shardId-000000000000",
                    "NewStartingHashKey":"1000"}"#;
    assert_eq!(json(&mut sim, "SplitShard", split).0, 200);
    put(&mut sim, "aGVsbG8=");
    wait(&mut sim, 60_000);
    let pushed = next(&mut sim, &mut events);
    assert_eq!(pushed.len(), 2);
    assert!(pushed[0].text().contains("ContinuationSequenceNumber"));
    let end = pushed[1].text();
    let children = r#"{"Records":[],"MillisBehindLatest":0,"ChildShards":[{"ShardId":"#;
    assert!(end.starts_with(children), "{end}");
    assert_eq!(end.matches(r#""ParentShards":["shardId-000000000000"]"#).count(), 2, "{end}");
    assert!(events.is_over());
}

#[test]
fn a_consumer_that_goes_takes_its_subscriptions_along() {
    let (mut sim, arn) = with_consumer();
    let mut events = subscribe(&mut sim, &arn);
    events.next_frames(&mut sim);
    let body = format!(r#"{{"ConsumerARN":"{arn}"}}"#);
    assert_eq!(json(&mut sim, "DeregisterStreamConsumer", &body).0, 200);
    let ended = next(&mut sim, &mut events);
    assert_eq!(ended[0].header(":exception-type"), "ResourceNotFoundException");
    assert!(events.is_over());
}

#[test]
fn who_follows_changes_no_state_and_a_copy_without_events_follows_nothing() {
    let (mut sim, arn) = with_consumer();
    let mut events = subscribe(&mut sim, &arn);
    let mut alone = sim.clone();
    events.next_frames(&mut sim);
    for world in [&mut sim, &mut alone] {
        put(world, "aGVsbG8=");
        wait(world, 1_000);
    }
    assert_eq!(sim.digest(), alone.digest());
    let mut checkpoint = sim.without_events();
    let mut lost = events.clone();
    assert_eq!(next(&mut checkpoint, &mut lost), []);
    assert!(lost.is_over());
    assert_eq!(next(&mut sim, &mut events).len(), 1);
    events.hang_up(&mut sim);
    assert!(events.is_over());
    assert_ne!(sim.digest(), alone.digest());
}

#[test]
fn inside_cbor_the_events_are_cbor() {
    let (mut sim, arn) = with_consumer();
    let arn_length = u8::try_from(arn.len()).unwrap();
    let body = [
        &b"\xa3\x6bConsumerARN\x78"[..],
        &[arn_length],
        arn.as_bytes(),
        b"\x67ShardId\x74shardId-000000000000\x70StartingPosition\xa1\x64Type\x66LATEST",
    ];
    let body = body.concat();
    let request = Request::cbor("Kinesis_20131202.SubscribeToShard", &body);
    let Body::Events(mut events) = handle(&mut sim, &request).body else { panic!("no stream") };
    let first = next(&mut sim, &mut events);
    assert_eq!(first[0].header(":content-type"), "application/x-amz-cbor-1.1");
    assert_eq!(first[0].payload, b"\xa0");
    put(&mut sim, "aGVsbG8=");
    wait(&mut sim, 1_000);
    let pushed = next(&mut sim, &mut events);
    assert!(pushed[0].payload.starts_with(b"\xa3\x67Records\x81\xa4\x6eSequenceNumber"));
    assert!(pushed[0].payload.ends_with(b"\x72MillisBehindLatest\x00"));
}
