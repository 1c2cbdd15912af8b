//! Every limit: filled, one more refused, and accepted again after the stated wait.

use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::refusal::{Bucket, Refusal, Throttle};
use shardlab::engine::service::capacity_mode::CapacityMode;
use shardlab::engine::service::iterator::{ShardIterator, StartingPosition};
use shardlab::engine::service::lifecycle::NewStream;
use shardlab::engine::service::limits;
use shardlab::engine::service::names::{ShardId, StreamId, StreamName};
use shardlab::engine::service::read::Got;
use shardlab::engine::service::record::{Carried, Put};
use shardlab::engine::service::write::Outcome;
use shardlab::engine::time::Instant;
use std::time::Duration;

const MICRO: Duration = Duration::from_micros(1);
const SHARD: ShardId = ShardId(0);

/// A world with one ACTIVE stream of one shard.
struct Lab {
    sim: Simulation,
    stream: StreamId,
}

impl Lab {
    fn new() -> Self {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let stream = sim.request(|service, now| service.create_stream(now, provisioned("quota")));
        sim.advance(sim.now() + Duration::from_mins(1));
        Self { sim, stream: stream.unwrap() }
    }

    fn wait(&mut self, wait: Duration) {
        self.sim.advance(self.sim.now() + wait);
    }

    fn put(&mut self, size: u32) -> Result<(), Refusal> {
        let stream = self.stream;
        let put = record(size);
        let answer =
            self.sim.request(|service, now| service.put_record(now, ActorId::PERSON, stream, &put));
        answer.map(|_| ())
    }

    fn put_many(&mut self, count: usize, size: u32) -> Result<Vec<Outcome>, Refusal> {
        let (stream, puts) = (self.stream, vec![record(size); count]);
        let mut outcomes = Vec::new();
        self.sim.request(|service, now| {
            service.put_records(now, ActorId::PERSON, stream, &puts, &mut outcomes)
        })?;
        Ok(outcomes)
    }

    fn iterator(&mut self) -> Result<ShardIterator, Refusal> {
        let stream = self.stream;
        self.sim.request(|service, now| {
            let horizon = StartingPosition::TrimHorizon;
            service.shard_iterator(now, ActorId::PERSON, stream, SHARD, &horizon)
        })
    }

    fn get(&mut self, iterator: ShardIterator) -> Result<Got, Refusal> {
        self.sim.request(|service, now| service.get_records(now, ActorId::PERSON, iterator, None))
    }
}

fn provisioned(name: &str) -> NewStream {
    let name = StreamName::new(name).unwrap();
    NewStream { name, mode: CapacityMode::Provisioned, shards: 1, max_record_kib: 1_024 }
}

fn record(size: u32) -> Put<'static> {
    let carried = Carried::Made { maker: ActorId::PERSON, number: 0 };
    Put::text("key", carried, size)
}

/// Repeats a request until a bucket refuses it; says how often it was accepted, and the refusal.
fn fill<T>(mut request: impl FnMut() -> Result<T, Refusal>) -> (u64, Throttle) {
    for accepted in 0..100_000 {
        match request() {
            Ok(_) => {}
            Err(Refusal::Throttled(throttle)) => return (accepted, throttle),
            Err(refusal) => panic!("{refusal:?}"),
        }
    }
    panic!("nothing was ever refused");
}

/// A microsecond before the stated wait it is still refused; then it is accepted.
fn fits_when_stated<T>(
    lab: &mut Lab,
    throttle: Throttle,
    mut request: impl FnMut(&mut Lab) -> Result<T, Refusal>,
) {
    let wait = throttle.fits_at - lab.sim.now();
    assert!(wait >= MICRO, "a refusal names a wait");
    lab.wait(wait.saturating_sub(MICRO));
    assert!(request(lab).is_err(), "a microsecond early");
    lab.wait(MICRO);
    assert!(request(lab).is_ok(), "after the stated wait");
}

#[test]
fn a_shard_takes_a_thousand_records_a_second() {
    let mut lab = Lab::new();
    let (accepted, throttle) = fill(|| lab.put(1));
    assert_eq!(accepted, limits::SHARD_WRITE_RECORDS.value);
    assert_eq!((throttle.bucket, throttle.level), (Bucket::WriteRecords, 0));
    fits_when_stated(&mut lab, throttle, |lab| lab.put(1));
}

#[test]
fn a_shard_takes_ten_mebibytes_at_once_and_one_a_second() {
    let mut lab = Lab::new();
    let (accepted, throttle) = fill(|| lab.put(256 * 1_024));
    assert_eq!(accepted * 256 * limits::KIB, limits::SHARD_WRITE_BURST_BYTES.value);
    assert_eq!(throttle.bucket, Bucket::WriteBytes);
    assert_eq!(throttle.fits_at - lab.sim.now(), Duration::from_millis(250));
    fits_when_stated(&mut lab, throttle, |lab| lab.put(256 * 1_024));
}

#[test]
fn the_classic_tank_holds_one_second() {
    let mut lab = Lab::new();
    let classic = limits::SHARD_WRITE_BURST_BYTES_CLASSIC.value;
    lab.sim.request(|service, now| service.set_write_burst_bytes(now, classic));
    let (accepted, throttle) = fill(|| lab.put(128 * 1_024));
    assert_eq!(accepted * 128 * limits::KIB, classic);
    fits_when_stated(&mut lab, throttle, |lab| lab.put(128 * 1_024));
}

#[test]
fn put_records_fails_record_by_record_and_charges_nothing_for_what_it_refused() {
    let mut lab = Lab::new();
    let outcomes: Vec<Outcome> = (0..3).flat_map(|_| lab.put_many(500, 100).unwrap()).collect();
    let accepted = |outcome: &Outcome| matches!(outcome, Outcome::Accepted { .. });
    assert!(outcomes[..1_000].iter().all(accepted));
    assert!(!outcomes[1_000..].iter().any(accepted));
    // Had the 500 refused ones been charged, nothing would fit for another half second.
    lab.wait(Duration::from_millis(10));
    let outcomes = lab.put_many(20, 100).unwrap();
    assert_eq!(outcomes.iter().filter(|outcome| accepted(outcome)).count(), 10);
}

#[test]
fn put_records_is_rounded_up_to_a_kibibyte_on_its_sum_and_put_record_each() {
    let mut lab = Lab::new();
    let level = |lab: &Lab| {
        let shard = lab.sim.service().shard(lab.stream, SHARD).unwrap();
        shard.buckets.write_bytes.level(lab.sim.now())
    };
    let full = level(&lab);
    lab.put_many(10, 100).unwrap();
    assert_eq!(full - level(&lab), 1_024, "ten records of 100 bytes together");
    (0..10).for_each(|_| lab.put(100).unwrap());
    assert_eq!(full - level(&lab), 11 * 1_024, "ten records of 100 bytes one by one");
}

#[test]
fn a_record_and_a_call_have_a_largest_size() {
    let mut lab = Lab::new();
    assert!(lab.put(1_024 * 1_024).is_ok());
    let too_large = Refusal::RecordTooLarge { size: 1_048_577, max: 1_048_576 };
    assert_eq!(lab.put(1_024 * 1_024 + 1), Err(too_large));
    assert_eq!(lab.put_many(11, 1_024 * 1_024).unwrap_err(), Refusal::RecordsTooLarge);
}

#[test]
fn a_shard_answers_five_reads_a_second_whoever_asks() {
    let mut lab = Lab::new();
    let iterator = lab.iterator().unwrap();
    let (accepted, throttle) = fill(|| lab.get(iterator));
    assert_eq!((accepted, throttle.bucket), (limits::SHARD_READ_CALLS.value, Bucket::ReadCalls));
    fits_when_stated(&mut lab, throttle, |lab| lab.get(iterator));
}

#[test]
fn a_shard_gives_five_iterators_a_second() {
    let mut lab = Lab::new();
    let (accepted, throttle) = fill(|| lab.iterator());
    assert_eq!(accepted, limits::SHARD_ITERATOR_CALLS.value);
    assert_eq!(throttle.bucket, Bucket::IteratorCalls);
    fits_when_stated(&mut lab, throttle, Lab::iterator);
}

#[test]
fn an_answer_of_ten_mebibytes_is_followed_by_five_seconds_of_silence() {
    let mut lab = Lab::new();
    for _ in 0..2 {
        lab.put_many(10, 1_024 * 1_024).unwrap();
        lab.wait(Duration::from_secs(20));
    }
    let iterator = lab.iterator().unwrap();
    let got = lab.get(iterator).unwrap();
    assert_eq!(got.span.bytes, limits::GET_RECORDS_BYTES.value);
    let Err(Refusal::Throttled(throttle)) = lab.get(got.next.unwrap()) else {
        panic!("the answer before weighed 10 MiB");
    };
    assert_eq!(throttle.bucket, Bucket::ReadBytes);
    assert_eq!(throttle.fits_at - lab.sim.now(), Duration::from_secs(5));
    fits_when_stated(&mut lab, throttle, |lab| lab.get(iterator));
}

#[test]
fn an_answer_holds_at_most_ten_thousand_records() {
    let mut lab = Lab::new();
    for _ in 0..11 {
        lab.put_many(500, 10).unwrap();
        lab.put_many(500, 10).unwrap();
        lab.wait(Duration::from_secs(1));
    }
    let iterator = lab.iterator().unwrap();
    let got = lab.get(iterator).unwrap();
    assert_eq!(got.span.count(), limits::GET_RECORDS_COUNT.value);
    let got = lab.get(got.next.unwrap()).unwrap();
    assert_eq!(got.span.count(), 1_000);
}

#[test]
fn an_iterator_lives_five_minutes() {
    let mut lab = Lab::new();
    let iterator = lab.iterator().unwrap();
    lab.wait(Duration::from_secs(limits::ITERATOR_LIFE.value));
    assert!(lab.get(iterator).is_ok());
    lab.wait(MICRO);
    assert!(matches!(lab.get(iterator), Err(Refusal::ExpiredIterator { .. })));
}

#[test]
fn five_streams_are_created_at_once() {
    let mut lab = Lab::new();
    let create = |lab: &mut Lab, name: String| {
        lab.sim.request(|service, now| service.create_stream(now, provisioned(&name)))
    };
    for number in 0..5 {
        create(&mut lab, format!("s{number}")).unwrap();
    }
    assert_eq!(create(&mut lab, "one-more".into()), Err(Refusal::TooManyCreating));
    lab.wait(Duration::from_secs(10));
    assert!(create(&mut lab, "one-more".into()).is_ok());
}

#[test]
fn retention_goes_from_a_day_to_a_year() {
    let mut lab = Lab::new();
    let name = StreamName::new("quota").unwrap();
    for (hours, fits) in [(8_761, false), (8_760, true), (23, false), (24, true)] {
        let answer = lab.sim.request(|service, now| {
            if hours > 24 {
                return service.increase_retention(now, &name, hours);
            }
            service.decrease_retention(now, &name, hours)
        });
        assert_eq!(answer.is_ok(), fits, "{hours} hours: {answer:?}");
        lab.wait(Duration::from_secs(10));
    }
}
