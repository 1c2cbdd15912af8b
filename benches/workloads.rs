//! The workloads behind the README's table, the same natively and in the browser.
//!
//! Each figure is the median of several runs, beside the floor it is held against, which is
//! measured in the same minute on the same machine.
#![allow(missing_docs, clippy::cast_precision_loss, reason = "figures, printed rounded")]
#![allow(clippy::cast_possible_truncation, reason = "counts here are small")]

use md5::{Digest, Md5};
use shardlab::api::wire::{Request, handle};
use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::event::Event;
use shardlab::engine::service::Service;
use shardlab::engine::service::account::Settings;
use shardlab::engine::service::capacity_mode::CapacityMode;
use shardlab::engine::service::hash_key::HashKey;
use shardlab::engine::service::lifecycle::NewStream;
use shardlab::engine::service::log::Log;
use shardlab::engine::service::names::{StreamId, StreamName};
use shardlab::engine::service::partition_key::{KeyId, PartitionKey};
use shardlab::engine::service::record::{Carried, EncryptionType, Key, Put};
use shardlab::engine::time::Instant;
use shardlab::journal::Journal;
use shardlab::sizing::{Choice, Survey, sniff};
use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

/// A clock: nanoseconds since some moment.
pub type Clock = fn() -> f64;

/// One line of the table.
pub struct Row {
    pub what: &'static str,
    pub goal: &'static str,
    pub measured: String,
    pub floor: String,
}

const RUNS: usize = 5;
const BATCH: usize = 500;
const BATCHES: usize = 1_000;
const RECORDS: usize = BATCH * BATCHES;
const RECORD_SIZE: u32 = 116;
const KEYS: usize = 10_000;
const MANY: u64 = 10_000_000;

/// What measures a row, by the name that a command line gives it.
pub type Measure = (&'static str, fn(Clock) -> Row);

/// The rows that need the engine alone.
pub const ROWS: [Measure; 8] = [
    ("unique-keys", unique_keys),
    ("known-keys", known_keys),
    ("hour", one_hour),
    ("get-records", get_records),
    ("trim", trim),
    ("many-shards", many_shards),
    ("json-put", json_put),
    ("survey", survey),
];

fn unique_keys(clock: Clock) -> Row {
    let keys: Vec<String> = (0..RECORDS as u64)
        .map(|n| format!("{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .collect();
    let bare = median(|| {
        let started = clock();
        for key in &keys {
            black_box(Md5::digest(key.as_bytes()));
        }
        (clock() - started) / RECORDS as f64
    });
    let put = median(|| {
        let mut bench = Bench::with_shards(16);
        per_record(clock, &mut bench, |n| (Key::Text(&keys[n]), HashKey::of(&keys[n])))
    });
    Row {
        what: "PutRecords, unique 16-byte keys, 100 B, 16 shards",
        goal: "≤ 2× the bare MD5",
        measured: format!("{put:.0} ns a record, {:.2}×", put / bare),
        floor: format!("{bare:.0} ns, the bare MD5"),
    }
}

fn known_keys(clock: Clock) -> Row {
    let floor = median(|| {
        let mut rows: Vec<[u16; 11]> = Vec::new();
        let started = clock();
        (0..RECORDS).for_each(|n| rows.push([(n & 0xffff) as u16; 11]));
        black_box(&rows);
        (clock() - started) / RECORDS as f64
    });
    let put = known_keys_with(clock, 16);
    Row {
        what: "the same with a known set of keys",
        goal: "≤ 30 ns native, ≤ 50 ns wasm",
        measured: format!("{put:.0} ns a record"),
        floor: format!("{floor:.1} ns, pushing 22 bytes"),
    }
}

/// A busy stream, from its first line on.
const BUSY: &str = "
aws kinesis create-stream --stream-name busy --shard-count 4
lab wait 30s
lab producer web --stream busy --rate 2000/s --record-size 100B --keys uniform:10000 \
    --api put-records --batch 100
lab consumer billing --stream busy --mode shared --every 1s
lab consumer audit --stream busy --mode shared --every 1s
lab consumer backup --stream busy --mode shared --every 1s
lab consumer search --stream busy --mode enhanced-fan-out
lab consumer alerts --stream busy --mode enhanced-fan-out
lab wait 10s";

/// A journal with a busy stream.
pub fn busy() -> Journal {
    let mut journal = Journal::default();
    for line in BUSY.lines() {
        let output = journal.run(line);
        assert_eq!(output.status, 0, "{line}: {}", output.stderr);
    }
    journal.simulation_mut().drop_events();
    journal
}

fn json_put(clock: Clock) -> Row {
    let key = |n: usize| format!("{:016x}", (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let keys: Vec<String> = (0..100_000).map(key).collect();
    let engine = median(|| engine_put(clock, &keys));
    let base64 = "eHh4".repeat(33) + "eA==";
    let entry = |key: &String| format!(r#"{{"Data":"{base64}","PartitionKey":"{key}"}}"#);
    let body = |keys: &[String]| {
        let entries: Vec<String> = keys.iter().map(entry).collect();
        format!(r#"{{"Records":[{}],"StreamName":"bench"}}"#, entries.join(","))
    };
    let bodies: Vec<String> = keys.chunks(BATCH).map(body).collect();
    let wire = median(|| wire_put(clock, &bodies));
    Row {
        what: "PutRecords over HTTP: JSON, 500 × 100 B, unique keys, 16 shards",
        goal: "JSON ≤ 60 % of it",
        measured: format!("{wire:.0} ns a record, {:.0} % JSON", (wire - engine) / wire * 100.0),
        floor: format!("{engine:.0} ns, the same by the engine alone"),
    }
}

/// Nanoseconds a record of 100 bytes, handed to the engine as it takes it.
fn engine_put(clock: Clock, keys: &[String]) -> f64 {
    let mut bench = Bench::with_shards(16);
    let mut outcomes = Vec::new();
    let started = clock();
    for keys in keys.chunks(BATCH) {
        bench.now += Duration::from_millis(600);
        let held: Vec<Rc<[u8]>> = keys.iter().map(|_| Rc::from([b'x'; 100])).collect();
        let put = |(key, data)| {
            let key: &String = key;
            let (hash, carried) = (HashKey::of(key), Carried::Stored(data));
            Put { key: Key::Text(key), hash, carried, size: RECORD_SIZE }
        };
        let puts: Vec<Put> = keys.iter().zip(&held).map(put).collect();
        let Bench { service, stream, now, events } = &mut bench;
        let put = service.put_records(*now, ActorId::PERSON, *stream, &puts, &mut outcomes);
        put.expect("the stream is there");
        events.clear();
        events.extend(service.drain_events());
    }
    (clock() - started) / keys.len() as f64
}

/// Nanoseconds a record of the same, in bodies of JSON.
fn wire_put(clock: Clock, bodies: &[String]) -> f64 {
    let mut sim = Simulation::new(7, Instant::DEFAULT_START);
    let create = br#"{"StreamName":"bench","ShardCount":16}"#;
    handle(&mut sim, &Request::json("Kinesis_20131202.CreateStream", create));
    sim.advance(sim.now() + Duration::from_mins(1));
    let started = clock();
    for body in bodies {
        sim.advance(sim.now() + Duration::from_millis(600));
        let request = Request::json("Kinesis_20131202.PutRecords", body.as_bytes());
        assert_eq!(black_box(handle(&mut sim, &request)).status, 200, "nothing is wrong");
        sim.drop_events();
    }
    (clock() - started) / (bodies.len() * BATCH) as f64
}

/// A file with 10,000 keys over an hour, about 150 bytes a row.
pub fn csv(rows: u64) -> Vec<u8> {
    let mut file = b"user,at,path,status,agent\n".to_vec();
    for n in 0..rows {
        let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let row = format!(
            "user-{:05},{},/catalogue/item/{mixed:010}/reviews,200,\
             Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140 Safari/537.36 v{n:08}\n",
            mixed % 10_000,
            1_780_000_000_000 + n * 3_600_000 / rows,
        );
        file.extend_from_slice(row.as_bytes());
    }
    file
}

fn survey(clock: Clock) -> Row {
    let file = csv(200_000);
    let form = sniff(&file).expect("it is a CSV file");
    let speed = |key: Option<u32>| {
        let took = median(|| {
            let mut survey = Survey::new(&form, Choice { key, ..Choice::of(&form) });
            let started = clock();
            file.chunks(1 << 18).for_each(|chunk| survey.feed(chunk));
            black_box(survey.finish());
            clock() - started
        });
        file.len() as f64 / took * 1e3
    };
    let floor = median(|| {
        let started = clock();
        black_box(file.split(|byte| *byte == b'\n').count());
        clock() - started
    });
    Row {
        what: "survey of a CSV file by key and second, 150 B a row",
        goal: "≥ 100 MB/s native, ≥ 60 MB/s wasm",
        measured: format!("{:.0} MB/s, {:.0} without a key", speed(form.key), speed(None)),
        floor: format!("{:.0} MB/s, counting its lines", file.len() as f64 / floor * 1e3),
    }
}

fn one_hour(clock: Clock) -> Row {
    let mut records = 0;
    let mut took: Vec<f64> = (0..3)
        .map(|_| {
            let mut journal = busy();
            let world = journal.simulation_mut();
            let started = clock();
            for _ in 0..3_600 {
                world.advance(world.now() + Duration::from_secs(1));
                world.drop_events();
            }
            let took = (clock() - started) / 1e9;
            let stream = world.service().streams().next().expect("it was created");
            records = stream.shards().iter().map(|shard| shard.log.tip()).sum();
            took
        })
        .collect();
    took.sort_by(f64::total_cmp);
    Row {
        what: "one simulated hour: 4 shards, 2,000 records/s, 3 polling + 2 fan-out consumers",
        goal: "≥ 10,000× real time native, ≥ 5,000× in the browser",
        measured: format!("{:.0}×, {:.2} s", 3_600.0 / took[1], took[1]),
        floor: format!("{:.0} ns a record, {records} records", took[1] * 1e9 / records as f64),
    }
}

fn many_shards(clock: Clock) -> Row {
    let (one, many) = (known_keys_with(clock, 1), known_keys_with(clock, 10_000));
    Row {
        what: "1 → 10,000 shards, same traffic",
        goal: "≤ 3× a record",
        measured: format!("{many:.0} ns a record, {:.1}×", many / one),
        floor: format!("{one:.0} ns with one shard"),
    }
}

pub fn known_keys_with(clock: Clock, shards: u32) -> f64 {
    let mut bench = Bench::with_shards(shards);
    let known: Vec<(Key, HashKey)> = (0..KEYS)
        .map(|n| PartitionKey::new(&format!("user-{n}")).expect("a short key"))
        .map(|key| (Key::Known(bench.service.learn_key(&key)), HashKey::of(key.as_str())))
        .collect();
    median(|| per_record(clock, &mut bench, |n| known[n * 7_919 % KEYS]))
}

fn get_records(clock: Clock) -> Row {
    let (small, large) = (log_of(10_000, 1_200), log_of(MANY, 1_200));
    let read = |log: &Log| {
        median(|| {
            let started = clock();
            for n in 0..10_000 {
                let from = log.tip() / 16 * (n % 2) + n % 100;
                black_box(log.read(black_box(from), 10_000, 10 << 20, u64::MAX));
            }
            (clock() - started) / 10_000.0
        })
    };
    let (small, large) = (read(&small), read(&large));
    Row {
        what: "GetRecords of 10 MiB out of 10 million records",
        goal: "≤ 2× one out of 10 thousand",
        measured: format!("{large:.0} ns, {:.2}×", large / small),
        floor: format!("{small:.0} ns out of 10 thousand"),
    }
}

fn trim(clock: Clock) -> Row {
    let mut figures = Vec::new();
    for _ in 0..3 {
        let mut log = log_of(MANY, RECORD_SIZE);
        let started = clock();
        let gone = log.trim(Instant::FAR_FUTURE);
        let expired = clock() - started;
        assert_eq!(gone.count(), MANY, "everything expires");
        while log.has_expired_segments() {
            log.trim(Instant::FAR_FUTURE);
        }
        figures.push([expired / 1e6, (clock() - started) / 1e6]);
    }
    figures.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let [expired, freed] = figures[1];
    Row {
        what: "trim of 10 million expired records",
        goal: "≤ 5 ms",
        measured: format!("{expired:.2} ms"),
        floor: format!("{freed:.1} ms until the last byte is given back, over 39 trims"),
    }
}

/// A log of many synthetic records, one a millisecond.
pub fn log_of(records: u64, size: u32) -> Log {
    let mut log = Log::default();
    for n in 0..records {
        let number = u32::try_from(n).expect("fewer than 2^32");
        let carried = Carried::Made { maker: ActorId(1), number };
        let key = Key::Known(KeyId(number % 1_000));
        let put = Put { key, hash: HashKey(0), carried, size };
        log.append(
            Instant::DEFAULT_START + Duration::from_millis(n),
            n + 1,
            &put,
            EncryptionType::None,
        );
    }
    log
}

/// A service with one stream of many records.
#[allow(dead_code, reason = "the browser's benchmark does without what is made of it")]
pub fn long_lived(clock: Clock) -> Service {
    let mut bench = Bench::with_shards(4);
    for _ in 0..MANY / RECORDS as u64 {
        per_record(clock, &mut bench, |n| (Key::Made, HashKey::of(&n.to_string())));
    }
    bench.service
}

/// A service with one stream, and what its calls reuse.
struct Bench {
    service: Service,
    stream: StreamId,
    now: Instant,
    events: Vec<Event>,
}

impl Bench {
    fn with_shards(shards: u32) -> Self {
        let mut service = Service::new(7, Settings::default());
        let name = StreamName::new("bench").expect("a short name");
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name, mode, shards, max_record_kib: 1_024 };
        let stream = service.create_stream(Instant::DEFAULT_START, new).expect("there is room");
        let now = Instant::DEFAULT_START + Duration::from_mins(1);
        while service.perform_next(now).is_some() {}
        Self { service, stream, now, events: Vec::new() }
    }
}

/// Nanoseconds a record of `PutRecords` calls so far apart that nothing is refused.
fn per_record<'a>(
    clock: Clock,
    bench: &mut Bench,
    key: impl Fn(usize) -> (Key<'a>, HashKey),
) -> f64 {
    let (mut puts, mut outcomes) = (Vec::new(), Vec::new());
    let started = clock();
    for batch in 0..BATCHES {
        bench.now += Duration::from_millis(600);
        puts.clear();
        puts.extend((batch * BATCH..(batch + 1) * BATCH).map(|n| {
            let carried = Carried::Made { maker: ActorId(1), number: n as u32 };
            let (key, hash) = key(n);
            Put { key, hash, carried, size: RECORD_SIZE }
        }));
        let Bench { service, stream, now, .. } = bench;
        let put = service.put_records(*now, ActorId(1), *stream, &puts, &mut outcomes);
        put.expect("the stream is there");
        for event in service.drain_events() {
            black_box(event);
        }
    }
    (clock() - started) / RECORDS as f64
}

/// The median of several runs, after one that does not count.
pub fn median(mut run: impl FnMut() -> f64) -> f64 {
    run();
    let mut figures: Vec<f64> = (0..RUNS).map(|_| run()).collect();
    figures.sort_by(f64::total_cmp);
    figures[RUNS / 2]
}
