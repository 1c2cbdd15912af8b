//! Ranges of different widths that share the load of the peaks evenly.

use super::critical::Critical;
use super::flow::Flow;
use super::flows::{Flows, KeyFlow, Whose};
use super::{Splits, permille};
use crate::engine::service::hash_key::HashKeyRange;
use crate::sizing::turns::{Pause, each, sort};

/// The busiest ticks that are balanced, added up.
const TICKS: usize = 60;

/// So many ranges, with borders between keys, whose fullest one is as little full as it can be over
/// the sum of the busiest ticks.
pub async fn splits(
    flows: &Flows,
    critical: &Critical<'_>,
    shards: u32,
    pause: &impl Pause,
) -> Splits {
    let busiest = flows.ticks().iter().max_by_key(|tick| (tick.flow.pressure(), tick.at));
    let calm = busiest.and_then(|tick| flows.keys(tick).map(|keys| (tick.at, keys)));
    let calm = calm.as_slice();
    let ticks = if critical.ticks.is_empty() { calm } else { &critical.ticks[..] };
    let mut sum: Vec<KeyFlow> = Vec::new();
    for (_, keys) in ticks.iter().take(TICKS) {
        each(keys.iter(), pause, |key| sum.push(*key)).await;
    }
    sort(&mut sum, |key| key.hash, pause).await;
    let starts = borders(&sum, shards, pause).await;
    let even: Vec<u128> =
        HashKeyRange::initial(shards).skip(1).map(|range| range.start.0).collect();
    let fullest_permille = fullest_of(ticks, &starts, pause).await;
    let even_permille = fullest_of(ticks, &even, pause).await;
    Splits { shards, starts, fullest_permille, even_permille }
}

/// How full the fullest range is in the tick in which it is fullest.
async fn fullest_of(ticks: &[(u64, &[KeyFlow])], starts: &[u128], pause: &impl Pause) -> u64 {
    let mut most = Flow::default();
    for (_, keys) in ticks {
        let flow = fullest(keys, starts, pause).await;
        if flow.pressure() >= most.pressure() {
            most = flow;
        }
    }
    permille(most)
}

/// The borders with which the fullest range has least: found by halving what it may have, and
/// filling range after range up to that.
async fn borders(keys: &[KeyFlow], shards: u32, pause: &impl Pause) -> Vec<u128> {
    let (mut most, mut all) = (0, 0_u64);
    each(keys.iter(), pause, |key| {
        most = most.max(key.flow.pressure());
        all = all.saturating_add(key.flow.pressure());
    })
    .await;
    let (mut least, mut enough) = (most, all.max(most));
    while least < enough {
        let middle = least + (enough - least) / 2;
        let ranges = filled(keys, middle, pause).await.len() as u64 + 1;
        if ranges <= shards.into() { enough = middle } else { least = middle + 1 }
    }
    complete(filled(keys, enough, pause).await, shards, pause).await
}

/// Where ranges begin that hold up to so much each.
async fn filled(keys: &[KeyFlow], most: u64, pause: &impl Pause) -> Vec<u128> {
    let (mut starts, mut now) = (Vec::new(), Flow::default());
    each(keys.iter().enumerate(), pause, |(place, key)| {
        let before = place.checked_sub(1).map_or(key.hash, |before| keys[before].hash);
        now.add(key.flow);
        if now.pressure() > most && before != key.hash {
            now = key.flow;
            starts.push(between(before, key));
        }
    })
    .await;
    starts
}

/// A border between two keys.
fn between(before: u64, key: &KeyFlow) -> u128 {
    let middle = match key.whose {
        Whose::Key => before + (key.hash - before).div_ceil(2),
        Whose::Rest => key.hash,
    };
    u128::from(middle) << 64
}

/// Fewer ranges do with keys that leave nothing to part; the widest are halved until there are as
/// many as wanted.
async fn complete(mut starts: Vec<u128>, shards: u32, pause: &impl Pause) -> Vec<u128> {
    while (starts.len() as u64) + 1 < u64::from(shards) {
        let begins = || std::iter::once(0).chain(starts.iter().copied());
        let ends = starts.iter().map(|start| start - 1).chain([u128::MAX]);
        let widest = begins().zip(ends).max_by_key(|(begin, end)| end - begin);
        let (begin, end) = widest.expect("one range at least");
        starts.push(begin + (end - begin) / 2 + 1);
        starts.sort_unstable();
        pause.after(starts.len()).await;
    }
    starts
}

/// The load of the range that has most.
async fn fullest(keys: &[KeyFlow], starts: &[u128], pause: &impl Pause) -> Flow {
    let mut starts = starts.iter().copied().peekable();
    let (mut most, mut now) = (Flow::default(), Flow::default());
    each(keys.iter(), pause, |key| {
        while starts.next_if(|start| *start <= u128::from(key.hash) << 64).is_some() {
            now = Flow::default();
        }
        now.add(key.flow);
        if now.pressure() > most.pressure() {
            most = now;
        }
    })
    .await;
    most
}
