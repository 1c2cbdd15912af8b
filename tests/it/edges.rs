//! The edges of requests: the largest that is taken, and the first that is not.

use shardlab::api::caller::Caller;
use shardlab::api::value::{Fields, Value};
use shardlab::api::{self, ApiError};
use shardlab::console::Console;
use shardlab::engine::Simulation;
use shardlab::engine::service::control_rate::CONTROL_RATES;
use shardlab::engine::service::limits::{KIB, MIB};
use shardlab::engine::time::Instant;
use std::time::Duration;

const ARN: &str = "arn:aws:kinesis:us-east-1:123456789012:stream/edges";

/// A world in which `edges`, a stream of two shards, is ACTIVE.
struct World(Console);

impl World {
    fn new() -> Self {
        let mut world = Self(Console::new(Simulation::new(7, Instant::DEFAULT_START)));
        world.done("create-stream NAME --shard-count 2");
        world.wait(10);
        world
    }

    fn wait(&mut self, secs: u64) {
        let sim = self.0.simulation_mut();
        sim.advance(sim.now() + Duration::from_secs(secs));
    }

    /// Enters a line of `aws kinesis` that asks once, in which ARN and NAME stand for the stream:
    /// its answer, or what was wrong.
    fn aws(&mut self, line: &str) -> Result<String, String> {
        let output = self.0.enter(&format!(
            "AWS_MAX_ATTEMPTS=1 aws kinesis {}",
            line.replace("ARN", ARN).replace("NAME", "--stream-name edges")
        ));
        if output.status == 0 { Ok(output.stdout) } else { Err(output.stderr) }
    }

    fn done(&mut self, line: &str) {
        if let Err(words) = self.aws(line) {
            panic!("{line}: {words}");
        }
    }

    fn refused(&mut self, line: &str, words: &str) {
        let refusal = self.aws(line).expect_err(line);
        assert!(refusal.contains(words), "{line}: {refusal}");
    }

    fn call(&mut self, operation: &str, input: &Fields) -> Result<Fields, ApiError> {
        let operation = api::operation(operation).unwrap();
        api::call(self.0.simulation_mut(), &Caller::Root, operation, input)
    }

    fn put_records(&mut self, records: Vec<Fields>) -> Result<Fields, ApiError> {
        let records: Vec<Value> = records.into_iter().map(Value::from).collect();
        self.call("PutRecords", &Fields::new().with("Records", records).with("StreamName", "edges"))
    }

    fn put_record(&mut self, record: Fields) -> Result<Fields, ApiError> {
        self.call("PutRecord", &record.with("StreamName", "edges"))
    }

    /// Records that the stream holds.
    fn stored(&self) -> u64 {
        let stream = self.0.simulation().service().streams().next().unwrap();
        stream.shards().iter().map(|shard| shard.log.tip() - shard.log.horizon()).sum()
    }
}

fn record(key: &str, bytes: u64) -> Fields {
    let data = vec![0; usize::try_from(bytes).unwrap()];
    Fields::new().with("Data", Value::Blob(data)).with("PartitionKey", key.to_owned())
}

#[test]
fn a_call_takes_five_hundred_records() {
    let mut world = World::new();
    let error = world.put_records(vec![record("a", 1); 501]).unwrap_err();
    assert_eq!(error.code, "ValidationException");
    assert!(error.message.ends_with("Member must have length less than or equal to 500"));
    assert_eq!(world.stored(), 0);
    world.put_records(vec![record("a", 1); 500]).unwrap();
    assert_eq!(world.stored(), 500);
}

#[test]
fn a_partition_key_has_256_characters_of_any_width() {
    let mut world = World::new();
    let (longest, longer) = ("\u{1f600}".repeat(256), "\u{1f600}".repeat(257));
    world.put_record(record(&longest, 1)).unwrap();
    world.put_records(vec![record(&longest, 1)]).unwrap();
    for refused in [
        world.put_record(record(&longer, 1)),
        world.put_records(vec![record("a", 1), record(&longer, 1)]),
        world.put_record(record("", 1)),
    ] {
        assert_eq!(refused.unwrap_err().code, "ValidationException");
    }
    assert_eq!(world.stored(), 2);
}

#[test]
fn a_record_is_as_large_as_its_stream_allows_with_its_key() {
    let mut world = World::new();
    world.put_record(record("ab", MIB - 2)).unwrap();
    let error = world.put_record(record("ab", MIB - 1)).unwrap_err();
    assert_eq!(error.code, "ValidationException");
    // One record that is too large keeps all of a call from being stored.
    assert!(world.put_records(vec![record("a", 1), record("a", MIB)]).is_err());
    assert_eq!(world.stored(), 1);
    world.refused("update-max-record-size --stream-arn ARN --max-record-size-in-ki-b 1023", "1024");
    world.refused(
        "update-max-record-size --stream-arn ARN --max-record-size-in-ki-b 10241",
        "10240",
    );
    world.done("update-max-record-size --stream-arn ARN --max-record-size-in-ki-b 10240");
    world.wait(30);
    world.put_record(record("ab", 10 * MIB - 2)).unwrap();
    world.wait(30);
    assert!(world.put_record(record("ab", 10 * MIB - 1)).is_err());
    world.done("update-max-record-size --stream-arn ARN --max-record-size-in-ki-b 1024");
    world.wait(30);
    assert!(world.put_record(record("ab", MIB)).is_err());
    assert_eq!(world.stored(), 2);
}

#[test]
fn a_call_takes_ten_mebibytes_with_its_keys() {
    let mut world = World::new();
    let halves = |count| (0..count).map(|_| record("ab", 512 * KIB - 2)).collect::<Vec<_>>();
    let mut too_many = halves(20);
    too_many.push(record("a", 0));
    let error = world.put_records(too_many).unwrap_err();
    assert_eq!(error.code, "InvalidArgumentException");
    assert_eq!(world.stored(), 0);
    let answer = world.put_records(halves(20)).unwrap();
    assert_eq!(answer.integer("FailedRecordCount"), Some(0));
}

/// What section B.4 of the facts says, and a line for each call that cannot be wrong.
const RATES: &[(u64, &str, &str)] = &[
    (5, "AddTagsToStream", "add-tags-to-stream NAME --tags a=b"),
    (5, "CreateStream", "create-stream NAME --shard-count 1"),
    (
        5,
        "DecreaseStreamRetentionPeriod",
        "decrease-stream-retention-period NAME --retention-period-hours 24",
    ),
    (5, "DeleteStream", "delete-stream --stream-name nobody"),
    (
        5,
        "DeregisterStreamConsumer",
        "deregister-stream-consumer --stream-arn ARN --consumer-name x",
    ),
    (5, "DescribeAccountSettings", "describe-account-settings"),
    (1, "DescribeLimits", "describe-limits"),
    (10, "DescribeStream", "describe-stream NAME --limit 1"),
    (20, "DescribeStreamConsumer", "describe-stream-consumer --stream-arn ARN --consumer-name x"),
    (20, "DescribeStreamSummary", "describe-stream-summary NAME"),
    (5, "DisableEnhancedMonitoring", "disable-enhanced-monitoring NAME --shard-level-metrics ALL"),
    (5, "EnableEnhancedMonitoring", "enable-enhanced-monitoring NAME --shard-level-metrics ALL"),
    (
        5,
        "IncreaseStreamRetentionPeriod",
        "increase-stream-retention-period NAME --retention-period-hours 24",
    ),
    (1_000, "ListShards", "list-shards NAME --max-results 1"),
    (5, "ListStreamConsumers", "list-stream-consumers --stream-arn ARN"),
    (5, "ListStreams", "list-streams --limit 1"),
    (5, "ListTagsForStream", "list-tags-for-stream NAME"),
    (5, "MergeShards", "merge-shards NAME --shard-to-merge 0 --adjacent-shard-to-merge 1"),
    (5, "RegisterStreamConsumer", "register-stream-consumer --stream-arn ARN --consumer-name x"),
    (5, "RemoveTagsFromStream", "remove-tags-from-stream NAME --tag-keys a"),
    (5, "SplitShard", "split-shard NAME --shard-to-split 0 --new-starting-hash-key 5"),
    (
        5,
        "UpdateAccountSettings",
        "update-account-settings --minimum-throughput-billing-commitment Status=ENABLED",
    ),
    (
        10,
        "UpdateShardCount",
        "update-shard-count NAME --target-shard-count 2 --scaling-type UNIFORM_SCALING",
    ),
    (
        5,
        "UpdateStreamWarmThroughput",
        "update-stream-warm-throughput NAME --warm-throughput-mi-bps 5",
    ),
];

#[test]
fn control_calls_come_as_often_as_aws_says_and_again_after_a_second() {
    assert!(CONTROL_RATES.iter().map(|rate| rate.name).eq(RATES.iter().map(|rate| rate.1)));
    for (rate, name, line) in RATES {
        let mut world = World::new();
        world.wait(1);
        let is_refused = |answer: Result<String, String>| {
            answer.is_err_and(|words| {
                words.contains("(LimitExceededException)") && words.contains("Rate exceeded for ")
            })
        };
        for call in 0..*rate {
            let answer = world.aws(line);
            assert!(!is_refused(answer.clone()), "{name}: call {call}: {answer:?}");
        }
        assert!(is_refused(world.aws(line)), "{name}: {rate} a second");
        world.wait(1);
        assert!(!is_refused(world.aws(line)), "{name}: a second later");
    }
}

#[test]
fn encryption_changes_25_times_a_day_each_way() {
    let mut world = World::new();
    let line =
        |verb| format!("{verb}-stream-encryption NAME --encryption-type KMS --key-id alias/a");
    for _ in 0..25 {
        for verb in ["start", "stop"] {
            world.done(&line(verb));
            world.wait(60);
        }
    }
    for verb in ["start", "stop"] {
        world.refused(&line(verb), "(LimitExceededException)");
    }
    // The first of the fifty calls was fifty minutes before.
    world.wait(86_400 - 50 * 60 - 1);
    world.refused(&line("start"), "(LimitExceededException)");
    world.wait(1);
    world.done(&line("start"));
}

#[test]
fn a_stream_has_fifty_tags() {
    let mut world = World::new();
    for tens in 0..5 {
        let tags: Vec<String> = (0..10).map(|ones| format!("k{tens}{ones}=v")).collect();
        world.done(&format!("add-tags-to-stream NAME --tags {}", tags.join(",")));
        world.wait(1);
    }
    world.refused("add-tags-to-stream NAME --tags more=v", "more than 50 tags");
    world.refused("tag-resource --resource-arn ARN --tags more=v", "more than 50 tags");
    world.done("add-tags-to-stream NAME --tags k00=another");
    world.done("remove-tags-from-stream NAME --tag-keys k01");
    world.done("add-tags-to-stream NAME --tags more=v");
    world.wait(1);
    let (key, value) = ("k".repeat(128), "v".repeat(256));
    world.done("remove-tags-from-stream NAME --tag-keys k02");
    world.done(&format!("add-tags-to-stream NAME --tags {key}={value}"));
    for bad in [format!("{key}k=v"), format!("k={value}v"), "aws:x=1".into(), "a=v!".into()] {
        assert!(world.aws(&format!("add-tags-to-stream NAME --tags {bad}")).is_err());
        world.wait(1);
    }
}

#[test]
fn fifty_consumers_fit_with_on_demand_advantage_and_twenty_without() {
    for (most, mode) in [(20, "PROVISIONED"), (20, "ON_DEMAND"), (50, "ON_DEMAND")] {
        let mut world = World::new();
        let switch =
            format!("update-stream-mode --stream-arn ARN --stream-mode-details StreamMode={mode}");
        world.done(&switch);
        if most == 50 {
            world.done(
                "update-account-settings --minimum-throughput-billing-commitment Status=ENABLED",
            );
        }
        world.wait(60);
        let register = |number: u32| {
            format!("register-stream-consumer --stream-arn ARN --consumer-name c{number}")
        };
        for number in 0..most {
            if number == 5 {
                world.wait(1);
                world.refused(&register(number), "(LimitExceededException)");
            }
            if number % 5 == 0 {
                world.wait(60);
            }
            world.done(&register(number));
        }
        world.wait(60);
        world.refused(&register(most), "(LimitExceededException)");
    }
}

#[test]
fn an_account_has_fifty_on_demand_streams() {
    let mut world = World::new();
    for number in 0..50 {
        if number % 5 == 0 {
            world.wait(10);
        }
        world.done(&format!("create-stream --stream-name free{number}"));
    }
    world.wait(10);
    world.refused("create-stream --stream-name free50", "(LimitExceededException)");
    let line = "update-stream-mode --stream-arn ARN --stream-mode-details StreamMode=ON_DEMAND";
    world.refused(line, "(LimitExceededException)");
    let limits = world.aws("describe-limits").unwrap();
    for line in ["\"OnDemandStreamCount\": 50,", "\"OpenShardCount\": 202,"] {
        assert!(limits.contains(line), "{limits}");
    }
}

#[test]
fn retention_saves_what_has_not_expired_and_takes_what_has_at_once() {
    let mut world = World::new();
    let hour = 3_600;
    world.put_record(record("old", 1)).unwrap();
    world.wait(hour);
    world.put_record(record("young", 1)).unwrap();
    // The old one is a day old; a minute before it would have expired, it is saved.
    world.wait(23 * hour - 60);
    let increase = "increase-stream-retention-period NAME --retention-period-hours";
    world.done(&format!("{increase} 48"));
    world.wait(10 * hour);
    assert_eq!(world.stored(), 2);
    world.wait(14 * hour + 60);
    assert_eq!(world.stored(), 1, "48 hours are over for the old one");
    let decrease = "decrease-stream-retention-period NAME --retention-period-hours";
    world.done(&format!("{decrease} 24"));
    assert_eq!(world.stored(), 0, "the young one is 47 hours old");
    world.wait(60);
    world.done(&format!("{increase} 8760"));
    world.wait(60);
    assert_eq!(world.stored(), 0, "nothing comes back");
    world.refused(&format!("{increase} 8761"), "8760 hours");
    world.refused(&format!("{decrease} 23"), "24 hours");
}

#[test]
fn a_stream_is_scaled_to_at_most_ten_thousand_shards_and_an_account_has_twenty_thousand() {
    let mut world = World::new();
    world.done("create-stream --stream-name wide --shard-count 5001");
    world.wait(10);
    let scale = "update-shard-count --scaling-type UNIFORM_SCALING --stream-name wide";
    world.refused(&format!("{scale} --target-shard-count 10001"), "(LimitExceededException)");
    world.refused("create-stream --stream-name x --shard-count 14998", "Limit: 20000");
    world.done("create-stream --stream-name full --shard-count 14997");
    world.wait(10);
    world.refused("split-shard NAME --shard-to-split 0 --new-starting-hash-key 5", "Limit: 20000");
    world.refused(
        "update-shard-count NAME --scaling-type UNIFORM_SCALING --target-shard-count 4",
        "Limit: 20000",
    );
}
