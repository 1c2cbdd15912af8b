//! Requests as callers make them: dry runs, rates of pages, who may ask, and what is remembered.

use shardlab::api::caller::Caller;
use shardlab::api::model::{Kind, Shape};
use shardlab::api::value::{Fields, Value};
use shardlab::api::{self, ApiError, OPERATIONS, Plane};
use shardlab::engine::Simulation;
use shardlab::engine::service::users::UserName;
use shardlab::journal::Journal;
use std::time::Duration;

const ARN: &str = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

/// A world with a stream of two shards and a consumer, all `ACTIVE`.
fn world() -> Journal {
    let mut journal = Journal::default();
    done(&mut journal, "aws kinesis create-stream --stream-name orders --shard-count 2");
    wait(&mut journal, 10);
    let line =
        format!("aws kinesis register-stream-consumer --stream-arn {ARN} --consumer-name search");
    done(&mut journal, &line);
    wait(&mut journal, 60);
    journal
}

fn done(journal: &mut Journal, line: &str) {
    let output = journal.run(line);
    assert_eq!(output.status, 0, "{line}: {}", output.stderr);
}

fn wait(journal: &mut Journal, secs: u64) {
    journal.advance(journal.simulation().now() + Duration::from_secs(secs));
}

fn call(sim: &mut Simulation, operation: &str, input: &Fields) -> Result<Fields, ApiError> {
    api::call(sim, &Caller::Root, api::operation(operation).unwrap(), input)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// An input that each of the five data operations takes.
fn data_inputs(sim: &mut Simulation) -> Vec<(&'static str, Fields)> {
    let iterator = Fields::new()
        .with("StreamName", "orders")
        .with("ShardId", "shardId-000000000000")
        .with("ShardIteratorType", "TRIM_HORIZON");
    let token = call(sim, "GetShardIterator", &iterator).unwrap();
    let record = Fields::new().with("Data", Value::Blob(vec![1])).with("PartitionKey", text("a"));
    let put_records = vec![Value::Fields(record.clone())];
    let consumer = Fields::new().with("StreamARN", text(ARN)).with("ConsumerName", text("search"));
    let consumer = call(sim, "DescribeStreamConsumer", &consumer).unwrap();
    let consumer = consumer.fields("ConsumerDescription").unwrap().text("ConsumerARN").unwrap();
    let subscribe = Fields::new()
        .with("ConsumerARN", text(consumer))
        .with("ShardId", "shardId-000000000000")
        .with("StartingPosition", Fields::new().with("Type", "LATEST"));
    vec![
        (
            "GetRecords",
            Fields::new().with("ShardIterator", text(token.text("ShardIterator").unwrap())),
        ),
        ("GetShardIterator", iterator),
        ("PutRecord", record.with("StreamName", "orders")),
        ("PutRecords", Fields::new().with("Records", put_records).with("StreamName", "orders")),
        ("SubscribeToShard", subscribe),
    ]
}

#[test]
fn a_dry_run_changes_nothing_and_the_request_itself_does() {
    let mut journal = world();
    let sim = journal.simulation_mut();
    let inputs = data_inputs(sim);
    let with_dry_run = OPERATIONS.iter().filter(|row| row.input.member("DryRun").is_some());
    assert!(with_dry_run.map(|row| row.name).eq(inputs.iter().map(|(name, _)| *name)));
    for (operation, input) in inputs {
        let before = sim.digest();
        for _ in 0..10 {
            let error = call(sim, operation, &input.clone().with("DryRun", true)).unwrap_err();
            let code = "DryRunOperationException";
            assert_eq!((error.code, error.status), (code, 400), "{operation}: {error:?}");
        }
        assert_eq!(sim.digest(), before, "{operation}");
        call(sim, operation, &input.with("DryRun", false)).unwrap();
        assert_ne!(sim.digest(), before, "{operation}");
    }
}

#[test]
fn pages_of_shards_are_charged_to_their_stream() {
    let mut journal = world();
    let sim = journal.simulation_mut();
    let first = Fields::new().with("StreamName", "orders").with("MaxResults", 1_i64);
    let first = call(sim, "ListShards", &first).unwrap();
    let next = Fields::new().with("NextToken", text(first.text("NextToken").unwrap()));
    for page in 1..1_000 {
        assert_eq!(call(sim, "ListShards", &next).err(), None, "page {page}");
    }
    let error = call(sim, "ListShards", &next).unwrap_err();
    assert_eq!(error.code, "LimitExceededException");
    assert!(error.message.contains("stream orders"), "{}", error.message);
}

#[test]
fn what_a_region_lacks_it_does_not_know() {
    let mut journal = world();
    let sim = journal.simulation_mut();
    let digest = sim.digest();
    let calls = sim.trail().iter().len();
    let lacking = OPERATIONS.iter().filter(|operation| operation.call.is_none());
    for operation in lacking.clone() {
        let error = call(sim, operation.name, &Fields::new()).unwrap_err();
        assert_eq!((error.code, error.status), ("UnknownOperationException", 400));
    }
    assert_eq!(lacking.count(), 17);
    assert_eq!((sim.digest(), sim.trail().iter().len()), (digest, calls));
}

#[test]
fn nobody_may_do_anything_that_no_policy_allows() {
    let mut journal = world();
    done(&mut journal, "lab iam ada --policy '{\"Statement\": []}'");
    let sim = journal.simulation_mut();
    let ada = UserName::new("ada").unwrap();
    let caller = Caller::of_access_key(sim, &ada.access_key_id());
    assert_eq!(caller, Caller::User(ada));
    let data = data_inputs(sim);
    let consumer = data[4].1.member("ConsumerARN").unwrap().clone();
    let (mut denied, digest) = (0, sim.digest());
    for operation in OPERATIONS.iter().filter(|operation| operation.call.is_some()) {
        let known = data.iter().find(|(name, _)| *name == operation.name);
        let input =
            known.map_or_else(|| sound(&operation.input, &consumer), |(_, input)| input.clone());
        let error = api::call(sim, &caller, operation, &input).unwrap_err();
        assert_eq!(error.code, "AccessDeniedException", "{}: {error:?}", operation.name);
        let words = format!("ada is not authorized to perform: kinesis:{} on ", operation.name);
        assert!(error.message.contains(&words), "{}", error.message);
        denied += 1;
    }
    assert_eq!((denied, sim.digest()), (40, digest));
}

/// What keeps the constraints of an operation, and names the stream or the consumer.
fn sound(shape: &Shape, consumer: &Value) -> Fields {
    let mut input = Fields::new();
    for param in shape.members {
        match (param.name, &param.kind) {
            ("StreamName", _) => input.push(param.name, "orders"),
            ("ConsumerARN", _) => input.push(param.name, consumer.clone()),
            ("StreamARN" | "ResourceARN", _) => input.push(param.name, text(ARN)),
            (_, kind) if param.required => input.push(param.name, sound_value(kind)),
            _ => {}
        }
    }
    input
}

fn sound_value(kind: &Kind) -> Value {
    match kind {
        Kind::Integer { min, .. } => Value::Integer(min.unwrap_or(48)),
        Kind::Choice(choice) => text(choice.words[0]),
        Kind::List { of, .. } => Value::List(vec![sound_value(of)]),
        Kind::Map { .. } => Value::Map(vec![("a".to_owned(), String::new())]),
        Kind::Structure(shape) => Value::Fields(sound(shape, &Value::Null)),
        _ => text("5"),
    }
}

#[test]
fn the_trail_follows_from_the_lines_and_is_not_in_the_digest() {
    let mut journal = world();
    let begun = journal.simulation().now();
    let digest = journal.simulation().digest();
    journal.run("aws kinesis delete-stream --stream-name nobody");
    journal.run("aws kinesis put-record --stream-name nobody --partition-key a --data YQ==");
    let last = journal.simulation().trail().iter().next_back().unwrap().clone();
    assert_eq!(last.operation, "DeleteStream");
    assert_eq!(last.error, Some("ResourceNotFoundException"));
    assert_eq!((last.at, last.resource.as_deref()), (begun, Some("nobody")));
    let control = |sim: &Simulation| {
        sim.trail()
            .iter()
            .all(|call| api::operation(call.operation).unwrap().plane == Plane::Control)
    };
    assert!(control(journal.simulation()));
    let mut quiet = world();
    quiet.simulation_mut().trail_mut().push(last);
    assert_eq!(quiet.simulation().digest(), digest, "the trail decides nothing");
    wait(&mut journal, 3_600);
    let trail = journal.simulation().trail().clone();
    let now = journal.simulation().now();
    journal.seek(begun + Duration::from_mins(30));
    journal.seek(now);
    assert_eq!(journal.simulation().trail(), &trail);
}
