//! Advice by hand, and against trying every number of shards plainly.

use super::survey;
use shardlab::engine::service::hash_key::{HashKey, HashKeyRange};
use shardlab::engine::time::Instant;
use shardlab::insight::pricing::{Line, Plan};
use shardlab::journal::Journal;
use shardlab::sizing::{
    Advice, Build, Choice, Findings, KeyTexts, Report, Splits, Wishes, advice, commands, sniff,
};
use std::fmt::Write;
use std::time::Duration;

/// So many records of a key in a second, each of so many bytes with its key.
type Batch<'a> = (&'a str, u64, u64, usize);

/// A full minute.
const START: u64 = 1_779_999_960;

fn file(batches: &[Batch]) -> String {
    let mut file = "user,at,note\n".to_owned();
    for (key, second, records, size) in batches {
        let row = format!("{key},{},", START + second);
        let note = "x".repeat(size - row.len() - key.len());
        for _ in 0..*records {
            let _ = writeln!(file, "{row}{note}");
        }
    }
    file
}

fn found(file: &str) -> Findings {
    let form = sniff(file.as_bytes()).unwrap();
    assert_eq!((form.key, form.time), (Some(0), Some(1)));
    survey(file.as_bytes(), &form, Choice::of(&form), 1 << 16)
}

fn advised(batches: &[Batch], wishes: Wishes) -> Advice {
    advice(&found(&file(batches)), &wishes)
}

/// The records of the busiest of so many equal shards, in one second.
fn busiest(loads: &[(HashKey, u64)], shards: u32) -> u64 {
    let ranges = HashKeyRange::initial(shards);
    let sums = ranges.map(|range| {
        let own = loads.iter().filter(|(hash, _)| range.contains(*hash));
        own.map(|(_, records)| records).sum()
    });
    sums.max().unwrap()
}

fn fewest(loads: &[(HashKey, u64)], from: u32, to: u32, most: u64) -> Option<u32> {
    (from..=to).find(|shards| busiest(loads, *shards) <= most)
}

#[test]
fn many_keys_need_a_little_more_than_even_ones() {
    let keys: Vec<String> = (0..400).map(|number| format!("u{number}")).collect();
    let batches: Vec<Batch> =
        keys.iter().zip(0..).map(|(key, place)| (&**key, 3, 10 + place % 7, 40)).collect();
    let advice = advised(&batches, Wishes::default());
    let records: u64 = batches.iter().map(|batch| batch.2).sum();
    assert_eq!(advice.rates.records_peak.load.records, records);
    assert_eq!(advice.rates.records_peak.at, Instant::from_secs(START + 3));
    // 800 a shard with a headroom of a fifth; 40 bytes each are next to nothing.
    let even = u32::try_from(records.div_ceil(800)).unwrap();
    assert_eq!((advice.needs.records, advice.needs.bytes, advice.needs.even), (even, 1, even));
    let loads: Vec<_> = batches.iter().map(|batch| (HashKey::of(batch.0), batch.2)).collect();
    let keys = advice.keys.unwrap();
    assert_eq!(keys.with_keys, fewest(&loads, even, keys.tried, 800));
    assert_eq!(keys.with_keys, Some(advice.shards));
    assert_eq!(keys.fullest_permille, busiest(&loads, even));
    assert_eq!((keys.too_hot, keys.over_headroom, keys.salt), (0, 0, None));
    assert!(keys.splits.fullest_permille <= keys.splits.even_permille);
    assert_eq!(keys.splits.shards, even);
    // Evened out over a minute it is one shard.
    assert_eq!(advice.needs.minute, 1);
}

#[test]
fn a_key_that_burns_a_shard_is_named_and_salted() {
    let others: Vec<String> = (0..100).map(|number| format!("u{number}")).collect();
    let mut batches: Vec<Batch> = others.iter().map(|key| (&**key, 70, 2, 60)).collect();
    batches.push(("hot", 70, 3_100, 60));
    batches.push(("hot", 9, 900, 60));
    batches.push(("warm", 8, 850, 60));
    let advice = advised(&batches, Wishes::default());
    let keys = advice.keys.unwrap();
    let hottest = keys.hottest.unwrap();
    assert_eq!((hottest.text.as_deref(), hottest.permille), (Some("hot"), 3_100));
    assert_eq!(hottest.rate.at, Instant::from_secs(START + 70));
    assert_eq!((keys.with_keys, keys.too_hot, keys.over_headroom), (None, 1, 2));
    assert_eq!(advice.needs.even, 5, "3,300 records by 800");
    // 3,100 by 800 are 4 suffixes at least; each number of them is tried.
    let salt = keys.salt.unwrap();
    let by_hand = |suffixes: u64| {
        let salted = |key: &'static str, records: u64| {
            let part = records.div_ceil(suffixes);
            (0..suffixes).map(move |suffix| (HashKey::of(&format!("{key}-{suffix}")), part))
        };
        let mut peak: Vec<_> = others.iter().map(|key| (HashKey::of(key), 2)).collect();
        peak.extend(salted("hot", 3_100));
        let seconds = [peak, salted("hot", 900).collect(), salted("warm", 850).collect()];
        (5..=69).find(|shards| seconds.iter().all(|loads| busiest(loads, *shards) <= 800))
    };
    let best = [4, 8, 16, 32, 64].map(|suffixes| (by_hand(suffixes), suffixes));
    let best = best.iter().filter_map(|(shards, suffixes)| Some(((*shards)?, *suffixes))).min();
    assert_eq!(Some((salt.shards, salt.suffixes.into())), best);
    assert_eq!((salt.keys, advice.shards), (2, salt.shards));
}

#[test]
fn bursts_are_taken_by_the_tank() {
    // 5 MiB in one second: 0.8 MiB a shard without the tank, and one shard's tank takes it.
    let advice = advised(&[("a", 5, 10, 512 << 10), ("a", 65, 1, 40)], Wishes::default());
    let needs = advice.needs;
    assert_eq!((needs.bytes, needs.tank, needs.minute, needs.records), (7, 1, 1, 1));
    // 3 MiB/s for 30 seconds: 90 MiB; three shards begin with 24 and refill 29 times 2.4.
    let steady: Vec<Batch> = (0..30).map(|second| ("a", second, 6, 512 << 10)).collect();
    let needs = advised(&steady, Wishes::default()).needs;
    assert_eq!((needs.bytes, needs.tank), (4, 3));
    let needs = advised(&steady, Wishes { headroom_permille: 0, ..Wishes::default() }).needs;
    assert_eq!((needs.bytes, needs.tank, needs.minute), (3, 3, 2));
    // Four consumers that poll share 2 MiB/s a shard: 1.5 MiB/s over the minute, four times.
    let needs = advised(&steady, Wishes { shared: 4, ..Wishes::default() }).needs;
    assert_eq!((needs.reads, needs.poll_millis), (4, 800));
    let fan_out = Wishes { shared: 0, fan_out: 4, ..Wishes::default() };
    assert_eq!(advised(&steady, fan_out).needs.reads, 1);
}

#[test]
fn speed_folds_seconds_together_or_apart() {
    let batches = [("a", 0, 400, 40), ("b", 1, 300, 40), ("a", 2, 100, 40)];
    let records = |speed_thousandths| {
        let advice = advised(&batches, Wishes { speed_thousandths, ..Wishes::default() });
        (advice.rates.records_peak.load.records, advice.keys.unwrap().hottest.unwrap().permille)
    };
    // START is even, so that at twice the speed the first two seconds become one.
    assert_eq!(records(1_000), (400, 400));
    assert_eq!(records(2_000), (700, 400));
    assert_eq!(records(60_000), (800, 500));
    assert_eq!(records(500), (200, 200));
}

#[test]
fn without_times_the_viewer_says_how_long_it_took() {
    let mut file = "user,note\n".to_owned();
    for number in 0..7_200 {
        let _ = writeln!(file, "{},x", ["ann", "bob", "cid"][number % 3]);
    }
    let form = sniff(file.as_bytes()).unwrap();
    let findings = survey(file.as_bytes(), &form, Choice::of(&form), 100);
    assert_eq!((findings.facts.time.is_none(), findings.slices(9).len()), (true, 0));
    let advice = advice(&findings, &Wishes { hours: 1, ..Wishes::default() });
    assert_eq!(advice.rates.mean.load.records, 2);
    assert_eq!(advice.rates.records_peak.load.records, 2);
    assert_eq!((advice.shards, advice.keys.unwrap().hottest.unwrap().permille), (1, 0));
}

#[test]
fn costs_by_hand() {
    // One record of 1,000 bytes a second, for 100 seconds.
    let batches: Vec<Batch> = (0..101).map(|second| ("a", second, 1, 1_000)).collect();
    let wishes = Wishes { shared: 2, ..Wishes::default() };
    let advice = advised(&batches, wishes);
    let nanos = |plan: usize, line: Line| {
        advice.costs[plan].bill.items[line as usize].map(|item| item.nanos)
    };
    assert_eq!(advice.costs.map(|cost| cost.plan as usize), [0, 1, 2]);
    assert_eq!(advice.costs[0].plan, Plan::Provisioned);
    // 730 hours at $0.015; 2,654,280 units (101 records in 100 seconds) at $0.014 a million.
    assert_eq!(nanos(0, Line::Shards), Some(10_950_000_000));
    assert_eq!(nanos(0, Line::DataIn), Some(37_159_920));
    // 730 hours at $0.04; as many KiB are 2.531 GB at $0.08; read twice, 1,000 bytes each.
    assert_eq!(nanos(1, Line::Stream), Some(29_200_000_000));
    assert_eq!(nanos(1, Line::DataIn), Some(2_654_280 * 80_000_000 / (1 << 20)));
    assert_eq!(nanos(1, Line::DataOut), Some(2 * 2_654_280_000 * 40_000_000 / (1 << 30)));
}

/// Keys that fall into the lower half, of which equal ranges make one hot shard.
fn lopsided() -> (String, Advice, Splits) {
    let keys = (0..100).map(|number| format!("u{number}"));
    let low: Vec<String> = keys.filter(|key| HashKey::of(key).0 < 1 << 126).take(8).collect();
    let batches: Vec<Batch> = low.iter().map(|key| (&**key, 2, 300, 40)).collect();
    let file = file(&batches);
    let advice = advice(&found(&file), &Wishes { fan_out: 1, ..Wishes::default() });
    let splits = advice.keys.as_ref().unwrap().splits.clone();
    (file, advice, splits)
}

#[test]
fn split_points_balance_what_equal_ranges_do_not() {
    let (_, advice, splits) = lopsided();
    // 2,400 records: three shards, all in the first quarter of the key space.
    assert_eq!((advice.needs.even, splits.shards, splits.starts.len()), (3, 3, 2));
    assert_eq!((splits.even_permille, splits.fullest_permille), (2_400, 900));
    assert!(advice.shards > 3);
}

#[test]
fn the_commands_build_what_is_advised() {
    let (_, mut advice, splits) = lopsided();
    advice.wishes.retention_hours = 48;
    for (build, count) in [(Build::Even(5), 5), (Build::Balanced(&splits), 3), (Build::OnDemand, 4)]
    {
        let mut journal = Journal::default();
        for line in commands(&advice, "clicks", build, 2_048) {
            let output = journal.run(&line);
            assert_eq!(output.status, 0, "{line}: {}", output.stderr);
            journal.advance(journal.simulation().now() + Duration::from_mins(2));
        }
        let stream = journal.simulation().service().streams().next().unwrap();
        assert_eq!(stream.retention_hours, 48);
        assert_eq!(stream.consumers.iter().count(), 1);
        assert_eq!(stream.open_shard_count(), count);
        let open = stream.shards().iter().filter(|shard| shard.is_open());
        let mut starts: Vec<u128> = open.map(|shard| shard.range.start.0).collect();
        starts.sort_unstable();
        if let Build::Balanced(splits) = build {
            assert_eq!(starts[1..], splits.starts);
        }
    }
}

#[test]
fn a_report_says_everything_but_the_data() {
    let (file, advice, _) = lopsided();
    let form = sniff(file.as_bytes()).unwrap();
    let choice = Choice::of(&form);
    let findings = survey(file.as_bytes(), &form, choice, 100);
    let report = Report::of(&form, choice, &findings, &advice);
    assert_eq!(report.key_column.as_deref(), Some("user"));
    for texts in [KeyTexts::Told, KeyTexts::Withheld] {
        let report = report.clone().with(texts);
        let bytes = report.pack();
        let named = bytes.windows(3).filter(|bytes| *bytes == b"u10" || *bytes == b"u19").count();
        assert_eq!(named > 0, texts == KeyTexts::Told);
        assert_eq!(Report::unpack(&bytes), Ok(report));
        // Whatever is cut off or changed: an error or another report, and never a panic.
        for place in 0..bytes.len() {
            assert!(Report::unpack(&bytes[..place]).is_err());
            for change in [1, 0x7f, 0x80, 0xff] {
                let mut bytes = bytes.clone();
                bytes[place] ^= change;
                let _ = Report::unpack(&bytes);
            }
        }
    }
}
