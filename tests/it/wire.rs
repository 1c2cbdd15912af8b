//! HTTP requests, as clients write them: JSON, CBOR, event streams, and bodies that make no sense.

mod frames;
mod garbage;
mod plain;
mod subscriptions;

use shardlab::api::policy::{self, Attached};
use shardlab::api::wire::{Body, Request, Response, handle};
use shardlab::engine::Simulation;
use shardlab::engine::service::users::UserName;
use shardlab::engine::time::Instant;
use std::time::Duration;

/// A world with an active stream `orders` of two shards.
fn world() -> Simulation {
    let mut sim = Simulation::new(7, Instant::DEFAULT_START);
    json(&mut sim, "CreateStream", r#"{"StreamName":"orders","ShardCount":2}"#);
    wait(&mut sim, 10_000);
    sim
}

fn wait(sim: &mut Simulation, millis: u64) {
    sim.advance(sim.now() + Duration::from_millis(millis));
    sim.drop_events();
}

/// Asks in JSON and expects bytes.
fn json(sim: &mut Simulation, operation: &str, body: &str) -> (u16, String) {
    let target = format!("Kinesis_20131202.{operation}");
    let response = handle(sim, &Request::json(&target, body.as_bytes()));
    (response.status, String::from_utf8(bytes(&response).to_vec()).unwrap())
}

/// Asks in CBOR and expects bytes.
fn cbor(sim: &mut Simulation, operation: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let target = format!("Kinesis_20131202.{operation}");
    let response = handle(sim, &Request::cbor(&target, body));
    assert_eq!(response.header("Content-Type"), Some("application/x-amz-cbor-1.1"));
    (response.status, bytes(&response).to_vec())
}

fn bytes(response: &Response) -> &[u8] {
    match &response.body {
        Body::Bytes(bytes) => bytes,
        Body::Events(_) => panic!("a stream where bytes are expected"),
    }
}

/// The text after `"name":"`.
fn text<'a>(body: &'a str, name: &str) -> &'a str {
    let (_, rest) = body.split_once(&format!("\"{name}\":\"")).expect(name);
    rest.split('"').next().unwrap()
}

#[test]
fn a_record_goes_in_and_comes_out_in_json() {
    let mut sim = world();
    let body = r#"{"StreamName":"orders","Data":"aGVsbG8=","PartitionKey":"user-1"}"#;
    let (status, put) = json(&mut sim, "PutRecord", body);
    assert_eq!(status, 200);
    let number = text(&put, "SequenceNumber").to_owned();
    let shard = "shardId-000000000001";
    assert_eq!(put, format!(r#"{{"ShardId":"{shard}","SequenceNumber":"{number}"}}"#));
    let body = format!(
        r#"{{"StreamName":"orders","ShardId":"{shard}","ShardIteratorType":"AT_TIMESTAMP",
            "Timestamp":1795132810.000}}"#
    );
    let (_, iterator) = json(&mut sim, "GetShardIterator", &body);
    let iterator = text(&iterator, "ShardIterator");
    let (status, got) =
        json(&mut sim, "GetRecords", &format!(r#"{{"ShardIterator":"{iterator}"}}"#));
    assert_eq!(status, 200);
    let record = format!(
        r#"{{"Records":[{{"SequenceNumber":"{number}","ApproximateArrivalTimestamp":1795132810,"#
    );
    assert!(got.starts_with(&record), "{got}");
    assert!(got.contains(r#""Data":"aGVsbG8=","PartitionKey":"user-1"}],"NextShardIterator":"#));
    assert!(got.ends_with(r#""MillisBehindLatest":0}"#), "{got}");
}

#[test]
fn the_same_record_goes_in_and_comes_out_in_cbor() {
    let mut sim = world();
    // As the Java SDK writes it: lengths left open.
    let body = b"\xbf\x6aStreamName\x66orders\x64Data\x45hello\x6cPartitionKey\x66user-1\xff";
    let (status, put) = cbor(&mut sim, "PutRecord", body);
    assert_eq!(status, 200);
    assert!(put.starts_with(b"\xa2\x67ShardId\x74shardId-000000000001\x6eSequenceNumber\x78\x38"));
    let body = b"\xa4\x6aStreamName\x66orders\x67ShardId\x74shardId-000000000001\
                 \x71ShardIteratorType\x6cAT_TIMESTAMP\
                 \x69Timestamp\xc1\x1b\x00\x00\x01\xa1\xf6\x40\xe3\x10";
    let (status, iterator) = cbor(&mut sim, "GetShardIterator", body);
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&iterator));
    let (name, iterator) = iterator.split_at(1 + 14);
    assert_eq!(name, b"\xa1\x6dShardIterator");
    let body = [b"\xa1\x6dShardIterator", iterator].concat();
    let (status, got) = cbor(&mut sim, "GetRecords", &body);
    assert_eq!(status, 200);
    let has = |part: &[u8]| got.windows(part.len()).any(|window| window == part);
    assert!(has(b"\x78\x1bApproximateArrivalTimestamp\xc1\x1b\x00\x00\x01\xa1\xf6\x40\xe3\x10"));
    assert!(has(b"\x64Data\x45hello\x6cPartitionKey\x66user-1"));
    assert!(got.ends_with(b"\x72MillisBehindLatest\x00"));
}

#[test]
fn an_operation_without_output_answers_nothing_in_either_format() {
    let mut sim = world();
    let body = r#"{"StreamName":"orders","Tags":{"team":"a"}}"#;
    assert_eq!(json(&mut sim, "AddTagsToStream", body), (200, String::new()));
    let body = b"\xa2\x6aStreamName\x66orders\x67TagKeys\x81\x64team";
    assert_eq!(cbor(&mut sim, "RemoveTagsFromStream", body), (200, Vec::new()));
    let (_, tags) = json(&mut sim, "ListTagsForStream", r#"{"StreamName":"orders"}"#);
    assert_eq!(tags, r#"{"Tags":[],"HasMoreTags":false}"#);
}

#[test]
fn refusals_have_a_type_and_words_in_either_format() {
    let mut sim = world();
    let refused = json(&mut sim, "DescribeStream", r#"{"StreamName":"nobody"}"#);
    let words = "Stream nobody under account 123456789012 not found.";
    let body = format!(r#"{{"__type":"ResourceNotFoundException","message":"{words}"}}"#);
    assert_eq!(refused, (400, body));
    let (status, refused) = cbor(&mut sim, "DescribeStream", b"\xa1\x6aStreamName\x66nobody");
    let said =
        [b"\xa2\x66__type\x78\x19ResourceNotFoundException\x67message\x78\x33", words.as_bytes()];
    assert_eq!((status, refused), (400, said.concat()));
    let (status, refused) = cbor(&mut sim, "DescribeStream", b"\xa1\x6aStreamName\x05");
    assert_eq!(status, 400);
    assert!(refused.starts_with(b"\xa2\x66__type\x76SerializationException\x67Message\x78"));
    assert_eq!(
        cbor(&mut sim, "DescribeStream", b"").1,
        b"\xa1\x66__type\x76SerializationException"
    );
    let unknown = b"\xa1\x66__type\x78\x19UnknownOperationException";
    assert_eq!(cbor(&mut sim, "Describe", b"\xa0").1, unknown);
}

#[test]
fn a_page_of_records_that_was_put_at_once_comes_back_whole() {
    let mut sim = world();
    let entry = |n: u32| format!(r#"{{"Data":"{n:08}","PartitionKey":"{n}"}}"#);
    let entries: Vec<String> = (0..500).map(entry).collect();
    let body = format!(r#"{{"Records":[{}],"StreamName":"orders"}}"#, entries.join(","));
    let (status, put) = json(&mut sim, "PutRecords", &body);
    assert_eq!(status, 200);
    assert!(put.starts_with(r#"{"FailedRecordCount":0,"Records":[{"SequenceNumber":""#), "{put}");
    assert_eq!(put.matches("\"ShardId\":\"shardId-00000000000").count(), 500);
    let (_, refused) = json(&mut sim, "PutRecords", &body.replace(r#"{"Data":"00000000","#, "{"));
    assert!(refused.contains("Value null at 'records.1.member.data'"), "{refused}");
}

#[test]
fn an_access_key_says_who_asks() {
    let mut sim = world();
    let user = UserName::new("ada").unwrap();
    let id = user.access_key_id();
    let policy = r#"{"Statement":{"Effect":"Allow","Action":"kinesis:Put*","Resource":"*"}}"#;
    let policy = policy::read(policy, Attached::User).unwrap();
    sim.request(|service, _| service.put_user_policy(user, policy));
    let mut list = |authorization: &str| {
        let request = Request::json("Kinesis_20131202.ListStreams", b"{}");
        handle(&mut sim, &Request { authorization, ..request }).error
    };
    let signed = format!("AWS4-HMAC-SHA256 Credential={id}/20261120/us-east-1/kinesis/x, X=y");
    assert_eq!(list(&signed), Some("AccessDeniedException"));
    for root in ["", "Bearer x", "AWS4-HMAC-SHA256 Credential=", "Credential=AKIAX/1"] {
        assert_eq!(list(root), None, "{root}");
    }
}
