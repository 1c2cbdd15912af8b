//! A log against a plain list of records.

#![expect(clippy::cast_possible_truncation, reason = "a few thousand records")]

use super::*;
use crate::engine::actor::ActorId;
use crate::engine::rng::Rng;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::partition_key::KeyId;
use crate::engine::service::record::{Carried, Key};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

fn digest(log: &Log) -> u64 {
    let mut hasher = DefaultHasher::new();
    log.hash(&mut hasher);
    hasher.finish()
}

/// A record as a plain model keeps it.
struct Plain {
    arrival: Instant,
    index: u64,
    size: u32,
    key: String,
}

/// A log and its model, after thousands of random appends and trims.
fn walk(seed: u64) -> (Log, Vec<Plain>, u64) {
    let (mut rng, mut now) = (Rng::seeded(seed), Instant::DEFAULT_START);
    let (mut log, mut plain, mut horizon) = (Log::default(), Vec::new(), 0);
    let mut index = 0;
    for _ in 0..20_000 {
        let pause = if rng.below(500) == 0 { 5_000_000_000 } else { rng.below(2_000) };
        now += Duration::from_micros(pause);
        index += 1 + rng.below(3);
        let key = format!("key-{}", rng.below(100));
        let size = 10 + u32::try_from(rng.below(5_000)).unwrap();
        let carried = Carried::Made { maker: ActorId(3), number: size };
        let record = Put::text(&key, carried, size);
        let under = [EncryptionType::Kms, EncryptionType::None][size as usize % 2];
        assert_eq!(log.tip(), plain.len() as u64);
        log.append(now, index, &record, under);
        plain.push(Plain { arrival: now, index, size, key });
        if rng.below(300) == 0 {
            let age = rng.below(12_000).min(plain.len() as u64 - 1);
            let expiry = plain[plain.len() - 1 - age as usize].arrival;
            let gone = log.trim(expiry);
            let expired = plain.iter().filter(|record| record.arrival <= expiry).count() as u64;
            assert_eq!(gone.ordinals, horizon..expired.max(horizon));
            horizon = expired.max(horizon);
        }
    }
    (log, plain, horizon)
}

#[test]
fn a_log_answers_as_a_plain_list_does() {
    for seed in 0..3 {
        let (log, plain, horizon) = walk(seed);
        assert_eq!((log.horizon(), log.tip()), (horizon, plain.len() as u64));
        for (record, plain) in log.records(0..u64::MAX).zip(&plain[horizon as usize..]) {
            assert_eq!(
                (record.arrival, record.index, record.size),
                (plain.arrival, plain.index, plain.size)
            );
            assert_eq!(record.key, Key::Text(&plain.key));
            assert_eq!(record.encryption.is_kms(), plain.size % 2 == 0);
            assert_eq!(log.ordinal_of_index(plain.index), record.ordinal);
            assert_eq!(log.arrival(record.ordinal), Some(plain.arrival));
        }
    }
}

#[test]
fn what_is_billed_stays_counted_when_records_go() {
    for seed in 0..3 {
        let (mut log, plain, horizon) = walk(seed);
        let billed = |records: &[Plain]| {
            let mut sum = Payload::default();
            for record in records {
                sum += Payload::of(record.size);
            }
            sum
        };
        assert!(horizon > 0 && log.freed != Payload::default());
        assert_eq!(log.payload(), billed(&plain));
        let (from, until) = (horizon as usize + 100, plain.len() - 7);
        let part = log.payload_of(from as u64..until as u64);
        assert_eq!(part, billed(&plain[from..until]));
        assert_eq!(log.payload_of(0..u64::MAX), billed(&plain[horizon as usize..]));
        assert_eq!(log.payload_of(log.tip()..u64::MAX), Payload::default());
        log.trim(Instant::FAR_FUTURE);
        assert_eq!(log.payload(), billed(&plain));
    }
}

#[test]
fn an_answer_holds_what_fits_and_not_a_record_more() {
    let (log, plain, horizon) = walk(9);
    let mut rng = Rng::seeded(10);
    for _ in 0..2_000 {
        let from = rng.below(log.tip() + 10);
        let (records, bytes) = (1 + rng.below(9_000), rng.below(9_000_000));
        let span = log.read(from, records, bytes, u64::MAX);
        let start = from.clamp(horizon, log.tip());
        let (mut end, mut sum) = (start, 0);
        while end < log.tip() && end - start < records {
            let size = u64::from(plain[end as usize].size);
            if end > start && sum + size > bytes {
                break;
            }
            (end, sum) = (end + 1, sum + size);
        }
        assert_eq!(span, Span { ordinals: start..end, bytes: sum });
    }
}

#[test]
fn a_clone_that_shares_what_it_grew_to_is_the_same_once_it_is_cut() {
    let mut luck = Rng::seeded(11);
    let (mut log, mut now) = (Log::default(), Instant::DEFAULT_START);
    let mut clones: Vec<(Log, Log, u64)> = Vec::new();
    let data: Rc<[u8]> = Rc::from(&b"data"[..]);
    for index in 0..30_000 {
        now += Duration::from_micros(luck.below(2_000));
        if luck.below(1_000) == 0 {
            let copy = log.clone();
            let own = copy.clone();
            clones.push((own, copy, digest(&log)));
            let mut later = log.clone();
            for (_, shared, _) in clones.iter_mut().rev() {
                shared.share_open(&later);
                later = shared.clone();
            }
        }
        let key = format!("key-{}", luck.below(9));
        let key = [Key::Made, Key::Text(&key), Key::Known(KeyId(7))][index as usize % 3];
        let carried = match luck.below(3) {
            0 => Carried::Stored(&data),
            _ => Carried::Made { maker: ActorId(3), number: 5 },
        };
        let size = 4 + luck.below(90) as u32;
        let put = Put { key, hash: HashKey::of("any"), carried, size };
        log.append(now, index, &put, EncryptionType::None);
        if luck.below(5_000) == 0 {
            log.trim(now.before(Duration::from_micros(luck.below(9_000_000))));
        }
    }
    assert!(clones.len() > 20);
    let mut shared_bytes = 0;
    for place in 0..clones.len() {
        let (own, shared, digest_then) = &clones[place];
        let next = clones.get(place + 1).map_or(&log, |next| &next.1);
        shared_bytes += shared.bytes_beside(next);
        let mut cut = shared.clone();
        cut.cut();
        assert_eq!((&cut, digest(&cut)), (own, *digest_then));
        // It goes on as it would have gone on.
        let (mut own, put) = (own.clone(), Put::text("late", Carried::Stored(&data), 8));
        for log in [&mut own, &mut cut] {
            log.append(Instant::FAR_FUTURE, 1 << 40, &put, EncryptionType::Kms);
        }
        assert_eq!(cut, own);
    }
    let own_bytes: u64 = clones.iter().map(|(own, ..)| own.open.heap_bytes() as u64).sum();
    assert!(shared_bytes * 4 < own_bytes, "{shared_bytes} of {own_bytes}");
}

#[test]
fn a_clone_shares_what_it_was_cloned_from() {
    let (mut log, plain, _) = walk(4);
    let copy = log.clone();
    let carried = Carried::Made { maker: ActorId(3), number: 0 };
    let record = Put::text("late", carried, 4);
    log.append(Instant::FAR_FUTURE, 1_000_000, &record, EncryptionType::None);
    assert_eq!(copy.tip() + 1, log.tip());
    assert_eq!(copy.tip(), plain.len() as u64);
}
