//! The gallery: every scenario's lines work, and it shows what its title promises.

use shardlab::engine::client::dataset::Dataset;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::event::Event;
use shardlab::engine::refusal::Bucket;
use shardlab::insight::totals::Totals;
use shardlab::journal::Journal;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

/// A scenario whose lines were entered.
struct Run {
    journal: Journal,
    text: String,
}

/// What happened in a while.
#[derive(Debug, Default)]
struct Happened {
    totals: Totals,
    events: Vec<Event>,
}

impl Run {
    /// Enters the lines of a scenario; each has to work.
    fn of(name: &str) -> Self {
        let text = std::fs::read_to_string(folder("scenarios").join(name.to_owned() + ".txt"));
        let mut run = Self { journal: Journal::default(), text: text.unwrap() };
        for data in ["earthquakes", "flights"] {
            let text = std::fs::read_to_string(folder("data").join(data.to_owned() + ".csv"));
            let set = Rc::new(Dataset::read(&text.unwrap()).unwrap());
            let name = ClientName::new(data).unwrap();
            let simulation = run.journal.simulation_mut();
            simulation.command(|clients, _, _| clients.add_dataset(name, set));
        }
        for line in run.text.clone().lines().filter(|line| !line.starts_with('#')) {
            run.enter(line);
        }
        run.journal.simulation_mut().drop_events();
        run
    }

    fn enter(&mut self, line: &str) {
        let output = self.journal.run(line);
        assert_eq!(output.status, 0, "{line}: {}", output.stderr);
    }

    /// Enters the line that the scenario suggests in a given place.
    fn try_line(&mut self, place: usize) {
        let tries = self.text.lines().filter_map(|line| line.strip_prefix("# Try: "));
        let line = tries.skip(place).map(str::to_owned).next().expect("a line to try");
        self.enter(&line);
    }

    /// Lets time pass, and says what happened meanwhile.
    fn after(&mut self, secs: u64) -> Happened {
        self.journal.advance(self.journal.simulation().now() + Duration::from_secs(secs));
        let mut happened = Happened::default();
        while let Some((_, event)) = self.journal.simulation_mut().poll_event() {
            happened.totals.count(&event);
            happened.events.push(event);
        }
        happened
    }
}

impl Happened {
    /// Of the events, how many are like this.
    fn count(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.events.iter().filter(|event| is(event)).count()
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www").join(name)
}

#[test]
fn every_scenario_has_words_in_two_languages_lines_to_try_and_a_test() {
    let tests = include_str!("gallery.rs");
    for entry in std::fs::read_dir(folder("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for head in ["# en: ", "# ko: "] {
            let words: Vec<&str> =
                text.lines().filter_map(|line| line.strip_prefix(head)).collect();
            assert_eq!(words.len(), 2, "{name}: a title and two sentences after {head}");
            assert!(words[1].matches(['.', '?']).count() >= 2, "{name}: {}", words[1]);
        }
        assert!(text.contains("\n# Try: "), "{name} says what to try");
        assert!(tests.contains(&format!("Run::of(\"{name}\")")), "{name} has a test here");
    }
}

#[test]
fn hot_shard() {
    let mut run = Run::of("hot-shard");
    let happened = run.after(20);
    let mut shards: Vec<_> = happened.events.iter().filter_map(throttled_shard).collect();
    shards.dedup();
    assert_eq!(shards.len(), 1, "one shard of six is hot");
    assert!(happened.totals.throttled > 1_000, "{happened:?}");
}

fn throttled_shard(event: &Event) -> Option<String> {
    match event {
        Event::WritesThrottled { throttle, .. } => {
            Some(format!("{:?} {:?}", throttle.stream, throttle.shard))
        }
        _ => None,
    }
}

fn throttled_by(event: &Event, bucket: Bucket) -> bool {
    matches!(event, Event::ReadThrottled(throttle) if throttle.bucket == bucket)
}

#[test]
fn even_keys() {
    let mut run = Run::of("even-keys");
    let totals = run.after(60).totals;
    assert_eq!(totals.throttled, 0);
    assert!(totals.accepted > 145_000, "{totals:?}");
    run.try_line(0);
    assert!(run.after(60).totals.throttled > 0, "a few popular keys make a hot shard");
}

#[test]
fn shared_or_fan_out() {
    let mut run = Run::of("shared-or-fan-out");
    let happened = run.after(120);
    let bytes = |event: &Event| throttled_by(event, Bucket::ReadBytes);
    assert!(happened.count(bytes) > 10, "the shared pipe is too narrow for three");
    let (mut polled, mut pushed) = (0, 0);
    for event in &happened.events {
        match *event {
            Event::RecordsRead { behind_millis, .. } => polled = polled.max(behind_millis),
            Event::RecordsPushed { behind_millis, .. } => pushed = pushed.max(behind_millis),
            _ => {}
        }
    }
    assert!(polled > 5_000 && pushed < 500, "behind: polled {polled} ms, pushed {pushed} ms");
}

#[test]
fn five_readers() {
    let mut run = Run::of("five-readers");
    assert_eq!(run.after(60).totals.reads_throttled, 0, "five fit");
    run.try_line(0);
    let happened = run.after(60);
    let calls = |event: &Event| throttled_by(event, Bucket::ReadCalls);
    assert!(happened.count(calls) > 10, "a sixth does not");
}

#[test]
fn ten_mib_read() {
    let mut run = Run::of("ten-mib-read");
    let mut first = run.after(2);
    let large = first
        .events
        .iter()
        .position(|event| matches!(event, Event::RecordsRead { bytes, .. } if *bytes > 10_000_000));
    let large = large.expect("an answer of 10 MiB");
    first.events.drain(..=large);
    let silent = run.after(3);
    let answered = |event: &Event| matches!(event, Event::RecordsRead { .. });
    assert_eq!(first.count(answered) + silent.count(answered), 0, "five seconds of silence");
    assert!(silent.totals.reads_throttled >= 5, "for both readers");
    assert!(run.after(3).count(answered) > 0, "then the shard answers again");
}

#[test]
fn retention_cliff() {
    let mut run = Run::of("retention-cliff");
    assert_eq!(run.after(47 * 3_600).totals.lost, 0);
    assert!(run.after(3 * 3_600).totals.lost > 10_000, "records expire unread after two days");
}

#[test]
fn split() {
    let mut run = Run::of("split");
    let happened = run.after(60);
    let opened = |event: &Event| matches!(event, Event::ShardOpened { .. });
    let closed = |event: &Event| matches!(event, Event::ShardClosed { .. });
    assert_eq!((happened.count(opened), happened.count(closed)), (2, 1));
    assert!(happened.totals.throttled > 0, "until the shard is split");
    assert_eq!(run.after(60).totals.throttled, 0);
}

#[test]
fn merge() {
    let mut run = Run::of("merge");
    let happened = run.after(60);
    let opened = |event: &Event| matches!(event, Event::ShardOpened { .. });
    let closed = |event: &Event| matches!(event, Event::ShardClosed { .. });
    assert_eq!((happened.count(opened), happened.count(closed)), (1, 2));
    let totals = run.after(60).totals;
    assert!(totals.read.abs_diff(totals.accepted) < 300, "the consumer keeps up: {totals:?}");
}

#[test]
fn on_demand_spike() {
    let mut run = Run::of("on-demand-spike");
    let happened = run.after(5 * 60);
    assert!(happened.totals.throttled > 1_000, "{:?}", happened.totals);
    let later = run.after(30 * 60);
    let opened = |event: &Event| matches!(event, Event::ShardOpened { .. });
    assert!(happened.count(opened) + later.count(opened) >= 4, "the stream grows");
    assert_eq!(run.after(10 * 60).totals.throttled, 0, "until the spike fits");
}

#[test]
fn retry_storm() {
    let mut run = Run::of("retry-storm");
    let happened = run.after(60);
    let clients = run.journal.simulation().clients();
    let is_storm = |actor| clients.name(actor).is_some_and(|name| name.to_string() == "storm");
    let (mut at_once, mut backing_off) = (0, 0);
    for event in &happened.events {
        match *event {
            Event::RecordsGivenUp { actor, records } if is_storm(actor) => at_once += records,
            Event::RecordsGivenUp { records, .. } => backing_off += records,
            _ => {}
        }
    }
    assert!(at_once > 1_000, "given up after ten tries within milliseconds: {at_once}");
    assert!(backing_off * 10 < at_once, "backing off finds room: {backing_off} given up");
}

#[test]
fn duplicates() {
    let mut run = Run::of("duplicates");
    assert!(run.after(60).totals.duplicated > 100);
    run.try_line(0);
    run.after(5);
    assert_eq!(run.after(60).totals.duplicated, 0, "without lost answers there are none");
}

#[test]
fn earthquakes() {
    let mut run = Run::of("earthquakes");
    let totals = run.after(7 * 24 + 30).totals;
    assert_eq!((totals.accepted, totals.rows_skipped), (1_707, 0));
}

#[test]
fn flights() {
    let mut run = Run::of("flights");
    let totals = run.after(95).totals;
    assert_eq!((totals.accepted, totals.rows_skipped), (5_000, 0));
}

#[test]
fn iterator_expiry() {
    let mut run = Run::of("iterator-expiry");
    let output = run.journal.run("aws kinesis get-records --shard-iterator \"$ITERATOR\"");
    assert_eq!(output.status, 254, "{output:?}");
    assert!(output.stderr.contains("(ExpiredIteratorException)"), "{}", output.stderr);
    run.try_line(1);
    run.try_line(0);
}

#[test]
fn first_stream() {
    let mut run = Run::of("first-stream");
    run.try_line(0);
    let line = "aws kinesis get-records --shard-iterator $SHARD_ITERATOR \
                --query 'Records[0].Data' --output text | base64 --decode";
    assert!(run.text.contains(line));
    assert_eq!(run.journal.run(line).stdout, "{\"Data\":\"1\"}");
}
