//! How many shards the actual keys need, and what to do about those that are too hot.

use super::critical::{Critical, busiest, is_too_much};
use super::flow::Flow;
use super::flows::{Flows, KeyFlow};
use super::{KeyAdvice, KeyPeak, Rate, Salt, Wishes, balance, permille};
use crate::engine::service::hash_key::HashKey;
use crate::engine::time::Instant;
use crate::sizing::findings::{Findings, Load};
use crate::sizing::turns::{Pause, STRIDE, each, sort};

/// The most shards that are tried, however many are needed with even keys.
const SHARDS_MAX: u32 = 10_000;
/// The most suffixes.
const SUFFIXES_MAX: u64 = 1_000;

/// What the keys change about so many shards.
pub async fn keys(
    findings: &Findings,
    flows: &Flows,
    wishes: &Wishes,
    even: u32,
    pause: &impl Pause,
) -> KeyAdvice {
    let (limit, allowed) = (Flow::limit(1_000), Flow::limit(wishes.usable()));
    let critical = Critical::of(flows, allowed);
    let tried = SHARDS_MAX.min(even.saturating_mul(4).max(even.saturating_add(64)));
    let with_keys = critical.fewest(even, tried, allowed, pause).await;
    let hot = Hot::of(&critical, allowed, limit, pause).await;
    let fullest = critical.fullest(even, pause).await;
    let (fullest_at, fullest) = match fullest {
        Some((at, flow)) => (at, permille(flow)),
        None => calm(flows, even, pause).await,
    };
    let salt = match with_keys {
        None => hot.salt(findings, &critical, even, allowed, pause).await,
        Some(_) => None,
    };
    KeyAdvice {
        with_keys,
        tried,
        fullest_permille: fullest,
        fullest_at: Instant::from_secs(fullest_at),
        hottest: hottest(findings, flows, pause).await,
        too_hot: hot.beyond,
        over_headroom: hot.hashes.len() as u64,
        salt,
        splits: balance::splits(flows, &critical, even, pause).await,
        unknown_steps: critical.unknown,
    }
}

/// How full the fullest shard is when no second is a concern: at the peaks.
async fn calm(flows: &Flows, shards: u32, pause: &impl Pause) -> (u64, u64) {
    let mut most: Option<(u64, u64)> = None;
    for tick in flows.ticks() {
        let keys = flows.keys(tick).unwrap_or_default();
        let full = permille(busiest(keys, shards, pause).await);
        if most.is_none_or(|(_, most)| full > most) {
            most = Some((tick.at, full));
        }
        pause.after(1).await;
    }
    most.unwrap_or_default()
}

/// The key that takes most of a shard in one tick.
async fn hottest(findings: &Findings, flows: &Flows, pause: &impl Pause) -> Option<KeyPeak> {
    let (at, KeyFlow { hash, flow, .. }) = flows.hottest()?;
    let whole = |flow: u64| flow.div_ceil(1_000_000);
    let load = Load { records: whole(flow.records), bytes: whole(flow.bytes) };
    let rate = Rate { at: Instant::from_secs(at), load };
    let text = texts(findings, &[hash], pause).await.remove(0);
    Some(KeyPeak { text, hash, rate, permille: permille(flow) })
}

/// The texts of keys, those that were kept; the keys by rising hashes.
async fn texts(findings: &Findings, hashes: &[u64], pause: &impl Pause) -> Vec<Option<String>> {
    let counted = &findings.counted;
    let mut texts = vec![None; hashes.len()];
    each(counted.counts().iter(), pause, |count| {
        let found = hashes.binary_search_by(|hash| u128::from(*hash).cmp(&(count.hash() >> 64)));
        if let Ok(place) = found {
            texts[place] = counted.text(count).map(str::to_owned);
        }
    })
    .await;
    texts
}

/// The keys that take more than they may.
struct Hot {
    /// Those over the headroom, rising.
    hashes: Vec<u64>,
    /// The most of their records and bytes in a tick.
    most: Flow,
    /// How many of them take more than a whole shard.
    beyond: u64,
}

impl Hot {
    async fn of(critical: &Critical<'_>, allowed: Flow, limit: Flow, pause: &impl Pause) -> Self {
        let (mut hashes, mut beyond, mut most) = (Vec::new(), Vec::new(), Flow::default());
        let keys = critical.ticks.iter().flat_map(|(_, keys)| keys.iter());
        each(keys, pause, |key| {
            if !is_too_much(key, allowed) {
                return;
            }
            hashes.push(key.hash);
            most.records = most.records.max(key.flow.records);
            most.bytes = most.bytes.max(key.flow.bytes);
            if !key.flow.fits(limit) {
                beyond.push(key.hash);
            }
        })
        .await;
        for list in [&mut hashes, &mut beyond] {
            list.sort_unstable();
            list.dedup();
        }
        Self { hashes, most, beyond: beyond.len() as u64 }
    }

    /// The fewest shards with which suffixes do, and the fewest suffixes for that: their number is
    /// doubled from the least that can do. Where the salted keys fall is not foreseen but tried.
    async fn salt(
        &self,
        findings: &Findings,
        critical: &Critical<'_>,
        even: u32,
        allowed: Flow,
        pause: &impl Pause,
    ) -> Option<Salt> {
        if self.hashes.is_empty() {
            return None;
        }
        let parts = |flow: u64, allowed: u64| flow.div_ceil(allowed);
        let least = parts(self.most.records, allowed.records);
        let least = least.max(parts(self.most.bytes, allowed.bytes)).max(2);
        let texts = texts(findings, &self.hashes, pause).await.into_iter().zip(&self.hashes);
        let texts: Vec<String> =
            texts.map(|(text, hash)| text.unwrap_or_else(|| format!("{hash:016x}"))).collect();
        let mut best: Option<Salt> = None;
        for suffixes in [least, 2 * least, 4 * least, 8 * least, 16 * least] {
            if suffixes > SUFFIXES_MAX {
                break;
            }
            let salted = self.salted(critical, &texts, suffixes, pause).await;
            let ticks = salted.iter().map(|(at, keys)| (*at, keys.as_slice())).collect();
            let salted = Critical { ticks, unknown: 0 };
            let most = best.map_or(SHARDS_MAX.min(even.saturating_mul(4).max(even + 64)), |best| {
                best.shards - 1
            });
            if let Some(shards) = salted.fewest(even, most, allowed, pause).await {
                let suffixes = u32::try_from(suffixes).expect("at most a thousand");
                best = Some(Salt { suffixes, keys: self.hashes.len() as u64, shards });
            }
        }
        best
    }

    /// The critical ticks with a part of each hot key for each suffix.
    async fn salted(
        &self,
        critical: &Critical<'_>,
        texts: &[String],
        suffixes: u64,
        pause: &impl Pause,
    ) -> Vec<(u64, Vec<KeyFlow>)> {
        let half = |hash: HashKey| u64::try_from(hash.0 >> 64).expect("the first half");
        let mut hashes: Vec<Vec<u64>> = Vec::new();
        for text in texts {
            let of = |suffix| half(HashKey::of(&format!("{text}-{suffix}")));
            hashes.push((0..suffixes).map(of).collect());
            // A hash takes as long as some dozen steps.
            pause.after(50 * usize::try_from(suffixes).unwrap_or(STRIDE)).await;
        }
        // The longest suffix makes every record that much longer.
        let longer = 1 + u64::from((suffixes - 1).checked_ilog10().unwrap_or(0)) + 1;
        let mut ticks = Vec::with_capacity(critical.ticks.len());
        for (at, keys) in &critical.ticks {
            let mut salted = Vec::with_capacity(keys.len());
            each(keys.iter(), pause, |key| {
                let place = self.hashes.binary_search(&key.hash);
                let Ok(place) = place.map_err(|_| salted.push(*key)) else { return };
                let records = key.flow.records.div_ceil(suffixes);
                let bytes = key.flow.bytes.div_ceil(suffixes) + records * longer;
                let part = KeyFlow { flow: Flow { records, bytes }, ..*key };
                salted.extend(hashes[place].iter().map(|hash| KeyFlow { hash: *hash, ..part }));
            })
            .await;
            sort(&mut salted, |key| key.hash, pause).await;
            ticks.push((*at, salted));
        }
        ticks
    }
}
