//! Receipts and remedies: numbers worked out by hand, and what a remedy promises.

use shardlab::engine::actor::ActorId;
use shardlab::engine::event::Event;
use shardlab::engine::refusal::{Bucket, Throttle};
use shardlab::engine::time::Instant;
use shardlab::insight::history::{History, Mark};
use shardlab::insight::inquiry::{Inquiry, Progress};
use shardlab::insight::receipt::{Column, Drinker, Receipt, Who};
use shardlab::insight::recent::Told;
use shardlab::insight::remedy::Fix;
use shardlab::insight::subject::Sought;
use shardlab::insight::trial::{Outcome, Trial};
use shardlab::journal::Journal;
use std::time::Duration;

/// A run, and the refusals in it.
struct Run {
    journal: Journal,
    refusals: Vec<(Instant, Event, Throttle)>,
    history: History,
    /// When a reader got the last answer of more than 10 MB.
    large_answer: Instant,
}

impl Run {
    fn of(lines: &[&str]) -> Self {
        let (refusals, history) = (Vec::new(), History::default());
        let large_answer = Instant::default();
        let mut run = Self { journal: Journal::default(), refusals, history, large_answer };
        for line in lines {
            run.enter(line);
        }
        run
    }

    fn enter(&mut self, line: &str) {
        self.journal.run(line);
        while let Some((at, event)) = self.journal.simulation_mut().poll_event() {
            self.history.record(at, &event);
            if matches!(event, Event::RecordsRead { bytes, .. } if bytes > 10_000_000) {
                self.large_answer = at;
            }
            if let Event::WritesThrottled { throttle, .. } | Event::ReadThrottled(throttle) = event
            {
                self.refusals.push((at, event, throttle));
            }
        }
    }

    fn wait(&mut self, secs: u64) {
        self.enter(&format!("lab wait {secs}s"));
    }

    fn now(&self) -> Instant {
        self.journal.simulation().now()
    }

    /// The first refusal by a bucket.
    fn first(&self, bucket: Bucket) -> Sought {
        let found = self.refusals.iter().find(|(_, _, throttle)| throttle.bucket == bucket);
        let &(at, event, _) = found.expect("it refused something");
        Sought::of(&Told { number: 0, at, event }).unwrap()
    }

    /// Looks into a refusal until everything is known, in pieces as small as there can be.
    fn inquire(&self, sought: Sought) -> Inquiry {
        let mut inquiry = Inquiry::begin(&self.journal, sought);
        while inquiry.work(|| false) != Progress::Over {}
        inquiry
    }

    fn receipt(&self, bucket: Bucket) -> Receipt {
        let mut inquiry = Inquiry::begin(&self.journal, self.first(bucket));
        while inquiry.receipt().is_none_or(|receipt| receipt.columns.is_empty()) {
            assert_ne!(inquiry.work(|| true), Progress::Over, "there is one");
        }
        inquiry.receipt().unwrap().clone()
    }
}

fn outcome(inquiry: &Inquiry, fix: Fix) -> &Outcome {
    let tried = inquiry.tried().iter().find(|tried| tried.remedy.fix == fix);
    let outcome = tried.and_then(|tried| tried.outcome.as_ref()).expect("it was tried");
    assert_eq!(outcome.error, None, "{fix:?}");
    outcome
}

const ONE_SHARD: &str = "aws kinesis create-stream --stream-name clicks --shard-count 1";

fn client(name: &str, taken: u64, refused: u64) -> Drinker {
    Drinker { who: Who::Client(name.to_owned()), taken, refused }
}

#[test]
fn records_written() {
    // Batches of 300 every 200 ms, 1,500 a second: the bucket of 1,000 loses 100 net a batch, until
    // it holds less than one.
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter(
        "lab producer web --stream clicks --rate 1500/s --record-size 100B --keys one:a \
         --api put-records --batch 300 --linger 10s --retry none",
    );
    run.wait(3);
    let receipt = run.receipt(Bucket::WriteRecords);
    assert_eq!((receipt.capacity, receipt.rate), (1_000, 1_000));
    // 1,000 → 700 → 900 → 600 → 800 → 500 … : before batch n it holds 1,000 − 100 (n − 1), so the
    // ninth finds 200 for 300.
    assert_eq!((receipt.before, receipt.taken, receipt.refused), (200, 200, 100));
    let Throttle { asked, level, debt, .. } = receipt.throttle;
    assert_eq!((asked, level, debt), (1, 0, 0));
    assert!(receipt.wait() <= Duration::from_millis(1), "{:?}", receipt.wait());
    assert_eq!(receipt.drinkers, [client("web", 8 * 300 + 200, 100)]);
    assert_eq!(receipt.keys.hottest(), Some(("a", 100)));
    assert_eq!((receipt.keys.count, receipt.keys.split_at), (1, None), "one key is in one shard");
    assert_eq!(receipt.columns.len(), 100);
    assert_eq!(receipt.columns[0], Column { low: 1_000, high: 1_000 });
    // The refusal is at the end of the first 2 seconds: the column that begins with it.
    assert_eq!(receipt.columns[80].low, 0);
    assert_eq!(receipt.code, "ProvisionedThroughputExceededException");
    assert!(receipt.message.starts_with("Rate exceeded for shard shardId-000000000000 in stream"));
    assert_eq!((receipt.stream.as_str(), receipt.name.as_deref()), ("clicks", Some("web")));
}

#[test]
fn bytes_written() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter(
        "lab producer big --stream clicks --rate 8/s --record-size 512KiB --keys unique \
               --api put-record --retry none",
    );
    run.wait(10);
    let receipt = run.receipt(Bucket::WriteBytes);
    assert_eq!((receipt.capacity, receipt.rate), (10 << 20, 1 << 20));
    // Each record is 512 KiB and a key of 16 bytes: rounded up, 513 KiB. Every 125 ms 128 KiB come
    // back. 10,240 KiB − 513 = 9,727, and 385 less each time: the 27th finds 10,240 − 26 × 385 =
    // 230 KiB.
    let kib = 1_024;
    assert_eq!((receipt.before, receipt.taken), (230 * kib, 0));
    assert_eq!(receipt.throttle.asked, 513 * 1_024);
    assert_eq!(u64::from(receipt.throttle.level), 230 * 1_024);
    // 283 KiB are missing, 1,024 come a second.
    assert_eq!(receipt.wait().as_micros(), 283_u128 * 1_000_000 / 1_024 + 1);
    assert_eq!(receipt.keys.count, 16, "of the last two seconds");
    assert!(receipt.keys.split_at.is_some());
    assert!(receipt.keys.heaviest[0].1 == 512 * 1_024 + 16);
}

#[test]
fn calls_of_readers() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter(
        "ITERATOR=$(aws kinesis get-shard-iterator --stream-name clicks --shard-id 0 \
               --shard-iterator-type LATEST --query ShardIterator --output text)",
    );
    for _ in 0..6 {
        run.enter("aws kinesis get-records --shard-iterator $ITERATOR");
    }
    let receipt = run.receipt(Bucket::ReadCalls);
    assert_eq!((receipt.capacity, receipt.rate), (5, 5));
    // Six calls in one microsecond, for five tokens.
    assert_eq!((receipt.before, receipt.taken, receipt.refused), (5, 5, 1));
    assert_eq!(receipt.drinkers, [Drinker { who: Who::Person, taken: 5, refused: 1 }]);
    assert!(receipt.wait() > Duration::from_millis(199) && receipt.wait().as_millis() <= 200);
    assert_eq!((receipt.throttle.actor, receipt.name), (ActorId::PERSON, None));
    assert_eq!(receipt.keys.count, 0, "readers have no keys");
}

#[test]
fn bytes_read() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter("lab producer web --stream clicks --rate 30/s --record-size 30KiB --keys unique");
    run.wait(20);
    run.enter("lab consumer one --stream clicks --mode shared --every 1s --from TRIM_HORIZON");
    run.wait(5);
    let receipt = run.receipt(Bucket::ReadBytes);
    assert_eq!((receipt.capacity, receipt.rate), (2 << 20, 2 << 20));
    // An answer of nearly 10 MiB left a debt of just that, of which each second pays 2 MiB.
    let answer = receipt.drinkers[0].taken;
    assert!(answer > 10_000_000 && answer <= 10 << 20, "{answer}");
    let paid = u64::try_from((receipt.at - run.large_answer).as_micros()).unwrap() * (2 << 20);
    let owed = i64::try_from(answer - paid.div_ceil(1_000_000)).unwrap();
    assert_eq!(receipt.before, -owed);
    assert_eq!(i64::from(receipt.throttle.debt), owed);
    let whole = Duration::from_micros(answer * 1_000_000 / (2 << 20) + 1);
    assert_eq!(receipt.throttle.fits_at, run.large_answer + whole);
    assert!(receipt.columns.iter().any(|column| column.low < -10_000_000), "it is seen");
}

#[test]
fn calls_for_iterators() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    for _ in 0..6 {
        run.enter(
            "aws kinesis get-shard-iterator --stream-name clicks \
                   --shard-id shardId-000000000000 --shard-iterator-type LATEST",
        );
    }
    let receipt = run.receipt(Bucket::IteratorCalls);
    assert_eq!((receipt.before, receipt.taken, receipt.refused), (5, 5, 1));
    let anybody = Drinker { who: Who::Anybody, taken: 5, refused: 0 };
    let person = Drinker { who: Who::Person, taken: 0, refused: 1 };
    assert_eq!(receipt.drinkers, [anybody, person]);
    assert!(run.inquire(run.first(Bucket::IteratorCalls)).tried().is_empty(), "nothing to try");
}

/// The scenario of the gallery: a few popular pages make one of four shards hot.
fn hot_shard() -> Run {
    let mut run = Run::of(&[
        "aws kinesis create-stream --stream-name clicks --shard-count 4",
        "lab wait 10s",
        "lab producer web --stream clicks --rate 2500/s --record-size 512B --keys zipf:500:1.5 \
         --api put-records --batch 100",
    ]);
    run.wait(20);
    run
}

#[test]
fn remedies_of_a_hot_shard() {
    let run = hot_shard();
    let inquiry = run.inquire(run.first(Bucket::WriteRecords));
    let fixes: Vec<Fix> = inquiry.tried().iter().map(|tried| tried.remedy.fix).collect();
    assert_eq!(
        fixes,
        [Fix::Nothing, Fix::Split, Fix::Keys, Fix::Shards, Fix::Backoff, Fix::OnDemand]
    );
    let nothing = outcome(&inquiry, Fix::Nothing);
    assert_eq!(nothing.lasted, Duration::from_mins(1));
    assert!(nothing.sums.refused > 10_000, "{nothing:?}");
    let keys = outcome(&inquiry, Fix::Keys);
    assert_eq!((keys.refused_at_end.0, keys.sums.given_up), (0, 0), "{keys:?}");
    assert_eq!(outcome(&inquiry, Fix::Split).shards, 5);
    assert_eq!(outcome(&inquiry, Fix::Shards).shards, 8);
    let backoff = outcome(&inquiry, Fix::Backoff);
    assert!(
        backoff.sums.refused > nothing.sums.refused,
        "asking again brings no room: {backoff:?}"
    );
    assert_eq!(outcome(&inquiry, Fix::OnDemand).shards, 4, "it grows after minutes");
}

#[test]
fn a_split_at_the_median_of_the_load_halves_it() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter(
        "lab producer web --stream clicks --rate 1500/s --record-size 100B \
               --keys uniform:1000 --api put-records --batch 50 --retry none",
    );
    run.wait(10);
    let inquiry = run.inquire(run.first(Bucket::WriteRecords));
    let split = outcome(&inquiry, Fix::Split);
    assert_eq!((split.refused_at_end.0, split.shards), (0, 2), "{split:?}");
    assert!(outcome(&inquiry, Fix::Nothing).refused_at_end.0 > 400);
    assert!(inquiry.tried().iter().all(|tried| tried.remedy.fix != Fix::Keys), "they are even");
}

#[test]
fn backoff_helps_where_the_overload_ends() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter(
        "lab producer web --stream clicks --rate bursts:1400/s:10s:20s --record-size 100B \
               --keys uniform:1000 --retry immediate:10",
    );
    run.wait(30);
    let inquiry = run.inquire(run.first(Bucket::WriteRecords));
    let (nothing, backoff) = (outcome(&inquiry, Fix::Nothing), outcome(&inquiry, Fix::Backoff));
    assert!(backoff.sums.given_up * 10 < nothing.sums.given_up, "{backoff:?} {nothing:?}");
    assert!(backoff.sums.refused < nothing.sums.refused, "and asks less often");
}

#[test]
fn remedies_of_readers() {
    let mut run = Run::of(&[ONE_SHARD, "lab wait 10s"]);
    run.enter("lab producer app --stream clicks --rate 100/s --record-size 300B --keys unique");
    for reader in ["a", "b", "c", "d", "e", "f"] {
        run.enter(&format!("lab consumer {reader} --stream clicks --mode shared --every 1s"));
    }
    run.wait(30);
    let inquiry = run.inquire(run.first(Bucket::ReadCalls));
    assert!(outcome(&inquiry, Fix::Nothing).sums.reads_refused > 20);
    for fix in [Fix::FanOutAll, Fix::Slower, Fix::Fewer] {
        assert_eq!(outcome(&inquiry, fix).refused_at_end.1, 0, "{fix:?}");
    }
    assert_eq!(outcome(&inquiry, Fix::FanOut).registered, 1);
    assert_eq!(outcome(&inquiry, Fix::FanOutAll).registered, 6);
}

#[test]
fn the_run_stays_as_it_is_and_another_look_sees_the_same() {
    let run = hot_shard();
    let (now, digest) = (run.now(), run.journal.simulation().digest());
    let place = run.first(Bucket::WriteRecords);
    let whole =
        Sought { actor: None, from: now.before(Duration::from_secs(2)), until: now, ..place };
    let (once, again) = (run.inquire(whole), run.inquire(whole));
    assert_eq!(once.receipt(), again.receipt());
    assert_eq!(once.tried(), again.tried());
    assert_eq!((run.now(), run.journal.simulation().digest()), (now, digest));
    assert_eq!(run.journal.branches().len(), 1);
}

#[test]
fn a_mark_of_the_picture_leads_to_a_refusal_and_nothing_to_none() {
    let run = hot_shard();
    let place = run.first(Bucket::WriteRecords);
    let window = Duration::from_secs(30);
    let last = Sought::last(&run.history, (place.stream, place.shard), run.now(), window).unwrap();
    assert_eq!(last.mark, Mark::WriteRefused);
    let receipt = run.inquire(last).receipt().cloned().unwrap();
    assert!((last.from..=last.until).contains(&receipt.at));
    assert!(run.now().since(receipt.at) < Duration::from_secs(1));
    let before = Sought { from: Instant::default(), until: Instant::DEFAULT_START, ..last };
    assert!(run.inquire(before).is_lost());
}

#[test]
fn a_remedy_that_is_refused_after_pauses_has_not_worked() {
    let mut journal = Journal::default();
    journal.run("aws kinesis create-stream --stream-name clicks --shard-count 1; sleep 10");
    let stream = journal.simulation().service().streams().next().expect("it is there").id;
    let outcome = |target: u32| {
        let line = format!(
            "aws kinesis update-shard-count --stream-name clicks --target-shard-count {target} \
             --scaling-type UNIFORM_SCALING"
        );
        let mut trial = Trial::begin(&journal, stream, &[line], Some(Duration::from_mins(1)));
        trial.work(&mut || true).expect("it has time")
    };
    assert_eq!((outcome(2).error, outcome(2).shards), (None, 2));
    let error = outcome(3).error.expect("more than the double");
    assert!(error.contains("(LimitExceededException)"), "{error}");
}
