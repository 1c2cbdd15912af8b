//! What the inspector tells, of lines that were typed.

use shardlab::engine::refusal::Bucket;
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::insight::inspection::{
    Inspection, Label, Read, Value, World, everything, read_token,
};
use shardlab::insight::subject::Subject;
use shardlab::journal::Journal;

/// A run of some lines, and what happened in it.
fn run(lines: &[&str]) -> (Journal, History) {
    let (mut journal, mut history) = (Journal::default(), History::default());
    for line in lines {
        let output = journal.run(line);
        assert_eq!(output.status, 0, "{line}: {}", output.stderr);
    }
    while let Some((at, event)) = journal.simulation_mut().poll_event() {
        history.record(at, &event);
    }
    (journal, history)
}

fn named(run: &(Journal, History), name: &str) -> Inspection {
    let all = everything(run.0.simulation());
    let found = all.into_iter().find(|(found, _)| found == name);
    look(run, found.unwrap_or_else(|| panic!("{name} is listed")).1)
}

fn look(run: &(Journal, History), subject: Subject) -> Inspection {
    let world = World { simulation: run.0.simulation(), history: &run.1 };
    Inspection::of(world, subject).expect("it is there")
}

fn fact(found: &Inspection, label: Label) -> Value {
    let fact = found.facts.iter().find(|(of, _)| *of == label);
    fact.unwrap_or_else(|| panic!("{label:?} in {found:?}")).1.clone()
}

const CREATE: &str = "aws kinesis create-stream --stream-name clicks --shard-count 2";
const PUT: &str = "aws kinesis put-record --stream-name clicks --partition-key user-1 \
                   --data 'a click' --cli-binary-format raw-in-base64-out";

#[test]
fn a_shard_tells_its_range_its_buckets_and_its_keys() {
    let run = run(&[
        CREATE,
        "lab wait 10s",
        "lab producer web --stream clicks --rate 800/s --keys one:hot --record-size 100B",
        "lab wait 10s",
    ]);
    let key = read_token(run.0.simulation(), "hot").expect("a key").1;
    let (_, subject) = key.related[0].clone();
    let shard = look(&run, subject);
    assert_eq!(fact(&shard, Label::PartOfKeys), Value::Text("50.000 %".into()));
    let Value::Of(level, 1_000) = fact(&shard, Label::Level(Bucket::WriteRecords)) else {
        panic!("{shard:?}")
    };
    assert!(level >= 200, "{level}");
    let Value::Count(second) = fact(&shard, Label::IncomingRecords) else { panic!("{shard:?}") };
    assert!((700..=900).contains(&second), "{second}");
    assert_eq!(shard.keys, [("hot".to_owned(), 1_000)]);
    let accepted = Value::Count(run.1.totals.accepted);
    assert_eq!(fact(&shard, Label::Retained), accepted);
    let producer = named(&run, "web");
    assert_eq!(fact(&producer, Label::Rate), Value::MillionthsPerSecond(800_000_000));
    let Value::Count(known) = fact(&producer, Label::Accepted) else { panic!("{producer:?}") };
    assert!((7_500..=8_000).contains(&known), "{known}");
}

#[test]
fn a_record_tells_its_number_apart_and_who_read_it() {
    let run = run(&[
        CREATE,
        "lab wait 10s",
        "lab consumer eager --stream clicks --mode shared --every 1s --from TRIM_HORIZON",
        "lab wait 2s",
        PUT,
        "lab wait 5s",
        "lab consumer late --stream clicks --mode shared --every 1000s --from LATEST",
    ]);
    let key = read_token(run.0.simulation(), "user-1").expect("a key").1;
    let Value::Text(hash) = fact(&key, Label::HashKey) else { panic!("{key:?}") };
    assert!(hash.starts_with("285573413173782752570879317399258818820 (0x"), "{hash}");
    let shard = look(&run, key.related[0].1);
    let Some((number, record)) =
        shard.related.iter().find(|(_, subject)| matches!(subject, Subject::Record { .. }))
    else {
        panic!("{shard:?}")
    };
    let record = look(&run, *record);
    assert_eq!(&record.title, number);
    assert_eq!(record.data.as_deref(), Some("a click"));
    assert_eq!(fact(&record, Label::PartitionKey), Value::Text("user-1".into()));
    assert_eq!(fact(&record, Label::Size), Value::Bytes(13));
    assert_eq!(fact(&record, Label::ReadBy), Value::Text("eager".into()));
    let Value::At(arrived) = fact(&record, Label::Arrived) else { panic!("{record:?}") };
    let day = std::time::Duration::from_hours(24);
    assert_eq!(fact(&record, Label::Expires), Value::At(arrived + day));
    let (kind, again) = read_token(run.0.simulation(), number).expect("a number");
    assert_eq!(kind, Read::SequenceNumber);
    assert_eq!(look(&run, again.related[0].1), record);
}

#[test]
fn an_iterator_is_taken_apart_and_leads_to_its_record() {
    let mut run = run(&[CREATE, "lab wait 10s", PUT]);
    let key = read_token(run.0.simulation(), "user-1").expect("a key").1;
    let shard = key.related[0].0.split(' ').next_back().expect("a shard").to_owned();
    let line = format!(
        "aws kinesis get-shard-iterator --stream-name clicks --shard-id {shard} \
         --shard-iterator-type TRIM_HORIZON --query ShardIterator --output text"
    );
    let token = run.0.run(&line).stdout.trim().to_owned();
    let (kind, found) = read_token(run.0.simulation(), &token).expect("a token");
    assert_eq!(kind, Read::Iterator);
    assert_eq!(fact(&found, Label::NextRecord), Value::Count(0));
    let issued = Instant::DEFAULT_START + std::time::Duration::from_secs(10);
    assert_eq!(fact(&found, Label::Issued), Value::At(issued));
    let (_, record) = found.related.last().expect("its record").clone();
    assert_eq!(look(&run, record).data.as_deref(), Some("a click"));
    assert!(read_token(run.0.simulation(), "  ").is_none());
}
