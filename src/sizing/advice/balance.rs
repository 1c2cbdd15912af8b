//! Ranges of different widths that share the load of the peaks evenly.

use super::flows::{Flow, Flows, KeyFlow, Whose};
use super::shards::Critical;
use super::{Splits, permille};
use crate::engine::service::hash_key::HashKeyRange;

/// The busiest ticks that are balanced, added up.
const TICKS: usize = 60;

/// So many ranges, with borders between keys, whose fullest one is as little full as it can be over
/// the sum of the busiest ticks.
pub fn splits(flows: &Flows, critical: &Critical, shards: u32) -> Splits {
    let busiest = flows.ticks().iter().max_by_key(|tick| (tick.flow.pressure(), tick.at));
    let calm = busiest.and_then(|tick| flows.keys(tick).map(|keys| (tick.at, keys)));
    let calm = calm.as_slice();
    let ticks = if critical.ticks.is_empty() { calm } else { &critical.ticks[..] };
    let mut sum: Vec<KeyFlow> = Vec::new();
    for (_, keys) in ticks.iter().take(TICKS) {
        sum.extend_from_slice(keys);
    }
    sum.sort_unstable_by_key(|key| key.hash);
    let starts = borders(&sum, shards);
    let even: Vec<u128> =
        HashKeyRange::initial(shards).skip(1).map(|range| range.start.0).collect();
    let fullest = |starts: &[u128]| {
        let flows = ticks.iter().map(|(_, keys)| fullest(keys, starts));
        permille(flows.max_by_key(|flow| flow.pressure()).unwrap_or_default())
    };
    Splits { shards, fullest_permille: fullest(&starts), even_permille: fullest(&even), starts }
}

/// The borders with which the fullest range has least: found by halving what it may have, and
/// filling range after range up to that.
fn borders(keys: &[KeyFlow], shards: u32) -> Vec<u128> {
    let most = keys.iter().map(|key| key.flow.pressure()).max().unwrap_or(0);
    let all = keys.iter().fold(0_u64, |sum, key| sum.saturating_add(key.flow.pressure()));
    let (mut least, mut enough) = (most, all.max(most));
    while least < enough {
        let middle = least + (enough - least) / 2;
        let ranges = filled(keys, middle).len() as u64 + 1;
        if ranges <= shards.into() { enough = middle } else { least = middle + 1 }
    }
    complete(filled(keys, enough), shards)
}

/// Where ranges begin that hold up to so much each.
fn filled(keys: &[KeyFlow], most: u64) -> Vec<u128> {
    let (mut starts, mut now) = (Vec::new(), Flow::default());
    for (place, key) in keys.iter().enumerate() {
        let before = place.checked_sub(1).map_or(key.hash, |before| keys[before].hash);
        now.add(key.flow);
        if now.pressure() > most && before != key.hash {
            now = key.flow;
            starts.push(between(before, key));
        }
    }
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
fn complete(mut starts: Vec<u128>, shards: u32) -> Vec<u128> {
    while (starts.len() as u64) + 1 < u64::from(shards) {
        let begins = || std::iter::once(0).chain(starts.iter().copied());
        let ends = starts.iter().map(|start| start - 1).chain([u128::MAX]);
        let widest = begins().zip(ends).max_by_key(|(begin, end)| end - begin);
        let (begin, end) = widest.expect("one range at least");
        starts.push(begin + (end - begin) / 2 + 1);
        starts.sort_unstable();
    }
    starts
}

/// The load of the range that has most.
fn fullest(keys: &[KeyFlow], starts: &[u128]) -> Flow {
    let mut starts = starts.iter().copied().peekable();
    let (mut most, mut now) = (Flow::default(), Flow::default());
    for key in keys {
        while starts.next_if(|start| *start <= u128::from(key.hash) << 64).is_some() {
            now = Flow::default();
        }
        now.add(key.flow);
        if now.pressure() > most.pressure() {
            most = now;
        }
    }
    most
}
