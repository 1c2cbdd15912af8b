//! A book beside a plain map, and what its clones share.

use super::*;
use crate::engine::rng::Rng;
use crate::engine::service::names::{ShardId, StreamId};
use std::collections::BTreeMap;

const STREAM: Scope = Scope::Stream(StreamId(0));
const SECOND: Grain =
    Grain { width: Duration::from_secs(1), kept: Duration::from_mins(10), bytes_max: 1 << 20 };

fn points(book: &Book, now: u64, scope: Scope, metric: Metric) -> Vec<(u64, Statistic)> {
    let series = book.series(Instant::from_secs(now), scope, metric);
    series.into_iter().map(|(at, statistic)| (at.secs(), statistic)).collect()
}

#[test]
fn a_book_answers_as_a_plain_map_does() {
    let mut luck = Rng::seeded(1);
    let mut book = Book::new(Grain::MINUTE);
    let mut plain: BTreeMap<(Scope, Metric), BTreeMap<u64, Statistic>> = BTreeMap::new();
    let metrics: Vec<Metric> = Metric::all().collect();
    let mut now = 1_000_000;
    for _ in 0..20_000 {
        now += luck.below(40);
        let shard = ShardId(u32::try_from(luck.below(3)).unwrap());
        let scope = [STREAM, Scope::Shard(StreamId(0), shard)][usize::from(shard.0 > 0)];
        let mut values = Vec::new();
        for &metric in &metrics {
            let most = 1 << luck.below(40);
            let value = (luck.below(3) == 0).then(|| luck.below(most));
            if luck.below(2) == 0 {
                values.push((metric, value));
                if let Some(value) = value {
                    let bins = plain.entry((scope, metric)).or_default();
                    bins.entry(now / 60 * 60).or_default().add(value);
                }
            }
        }
        book.add(Instant::from_secs(now), scope, &values);
    }
    let end = now / 60 * 60 + 60;
    for (&(scope, metric), bins) in &plain {
        let expected: Vec<_> = bins.iter().map(|(&at, &statistic)| (at, statistic)).collect();
        assert_eq!(points(&book, end, scope, metric), expected, "{scope:?} {metric}");
        let later = Instant::from_secs(end - 6_000);
        let tail = book.series_from(Instant::from_secs(end), later, scope, metric).len();
        assert_eq!(tail, bins.range(end - 6_000..).count());
    }
    let known = book.known(Instant::from_secs(end), Instant::default());
    assert!(known.iter().eq(plain.keys()));
}

#[test]
fn old_bins_go_and_what_fell_silent_is_forgotten() {
    let mut book = Book::new(SECOND);
    let silent = Scope::Shard(StreamId(0), ShardId(1));
    book.add(Instant::from_secs(0), silent, &[(Metric::IncomingBytes, Some(1))]);
    let every = Metric::all().map(|metric| (metric, Some(1 << 40))).collect::<Vec<_>>();
    for now in 0..7_200 {
        book.add(Instant::from_secs(now), STREAM, &every);
    }
    let kept = points(&book, 7_200, STREAM, Metric::OutgoingBytes);
    let chunk = CHUNK_BYTES as u64 / 300;
    assert!((600..600 + 2 * chunk).contains(&(kept.len() as u64)), "{}", kept.len());
    assert_eq!(kept.last().unwrap().0, 7_199);
    assert_eq!(points(&book, 7_200, silent, Metric::IncomingBytes), []);
    let known = book.known(Instant::from_secs(7_200), Instant::default());
    assert!(known.iter().all(|(scope, _)| *scope == STREAM));
}

#[test]
fn bytes_are_bounded() {
    let mut book = Book::new(Grain { bytes_max: 100_000, ..SECOND });
    for now in 0..600 {
        for shard in 0..100 {
            let scope = Scope::Shard(StreamId(0), ShardId(shard));
            book.add(Instant::from_secs(now), scope, &[(Metric::IncomingBytes, Some(now))]);
        }
    }
    let all = book.full.iter().map(|chunk| chunk.packed.len() as u64).sum::<u64>();
    assert!(all == book.bytes && all <= 100_000, "{all}");
    let last = Scope::Shard(StreamId(0), ShardId(99));
    assert!(points(&book, 600, last, Metric::IncomingBytes).len() > 50);
}

#[test]
fn a_clone_shares_what_is_over() {
    let mut book = Book::new(Grain::MINUTE);
    for minute in 0..10_000 {
        let now = Instant::from_secs(minute * 60);
        book.add(now, STREAM, &[(Metric::IncomingBytes, Some(minute))]);
    }
    assert!(book.full.len() > 2 && book.unshared_bytes() < 20_000, "{book:?}");
    let copy = book.clone();
    assert!(Rc::ptr_eq(&copy.full, &book.full) && copy == book);
    book.add(Instant::from_secs(1_000_000), STREAM, &[(Metric::IncomingBytes, Some(1))]);
    assert!(copy != book);
    let [old, new] = [&copy, &book]
        .map(|book| book.series(Instant::FAR_FUTURE, STREAM, Metric::IncomingBytes).len());
    assert_eq!((old, new), (10_000, 10_001));
}
