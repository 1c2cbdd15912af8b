//! Two drawings of the answer: the load over the key space, and over the data's time.

use super::figures::{percent, time};
use crate::text::data as words;
use shardlab::engine::service::limits::{SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS};
use shardlab::scene::words::{bytes, grouped};
use shardlab::sizing::{Load, Report, Slice};
use std::fmt::Write;
use yew::prelude::*;

/// The height of a drawing, in its own units.
const HEIGHT: u64 = 100;
/// Units of width for a part of the key space: shards that do not fall on its borders have room
/// between.
const PART: u64 = 60;
/// The most shards that are drawn one by one.
const SHARDS_MAX: u64 = 64;
/// What a shard takes, as [`Load::pressure`] of a second, in thousandths of a byte.
const LIMIT: u64 = SHARD_WRITE_BYTES.value * 1_000;

/// What comes in a second: thousandths of bytes for every part of the key space.
fn flows(report: &Report) -> Option<(Vec<u64>, usize)> {
    let peak = report.facts.time.as_ref().map(|times| &times.peak_second);
    let speed = u128::from(report.advice.wishes.speed_thousandths);
    let (space, micros, speed, which) = match (peak, &report.facts.keys) {
        (Some(peak), _) if !peak.space.is_empty() => {
            (&peak.space, u128::from(peak.secs) * 1_000_000, speed, 0)
        }
        (_, Some(keys)) if !keys.space.is_empty() => {
            (&keys.space, u128::from(report.advice.rates.span_micros), 1_000, 1)
        }
        _ => return None,
    };
    let flow = |load: &Load| {
        let flow = u128::from(load.pressure()) * 1_000_000 * speed / micros.max(1);
        u64::try_from(flow).unwrap_or(u64::MAX / 1_000)
    };
    Some((space.iter().map(flow).collect(), which))
}

/// What falls to each of so many equal shards.
fn shared(flows: &[u64], shards: u64) -> Vec<u64> {
    let parts = flows.len() as u64;
    let share = |shard: u64| {
        let (from, until) = (shard * parts, (shard + 1) * parts);
        let mut sum = 0_u128;
        for (part, flow) in (0_u64..).zip(flows) {
            let (begin, end) = (part * shards, (part + 1) * shards);
            let overlap = until.min(end).saturating_sub(from.max(begin));
            sum += u128::from(*flow) * u128::from(overlap);
        }
        u64::try_from(sum / u128::from(shards)).unwrap_or(u64::MAX)
    };
    (0..shards).map(share).collect()
}

/// The load over the key space: each of the shards that even keys need, and within it the parts.
pub fn view_space(report: &Report, text: &words::Data) -> Html {
    let told = &text.answer;
    let Some((flows, which)) = flows(report) else { return html! {} };
    let shards = u64::from(report.advice.needs.even).min(SHARDS_MAX);
    let shared = shared(&flows, shards);
    let fullest = shared.iter().max().copied().unwrap_or(0);
    let top = fullest.max(*flows.iter().max().unwrap_or(&0)).max(LIMIT);
    let width = flows.len() as u64 * PART;
    let twin = (told.space_twin)(&percent(fullest / (LIMIT / 1_000)), &grouped(shards));
    html! {
        <figure class="data__figure">
            <figcaption>
                <h3 class="sheet__heading">{ told.space }</h3>
                <span class="sheet__note">{ told.space_of[which] }</span>
            </figcaption>
            <svg viewBox={format!("0 0 {width} {HEIGHT}")} preserveAspectRatio="none" role="img"
                aria-label={twin.clone()}>
                <path class="data__shards" d={bars(&shared, width, top)} />
                <path class="data__parts" d={bars(&flows, width, top)} />
                <path class="data__limit" d={line(LIMIT, width, top)} />
            </svg>
            <p class="data__axis" aria-hidden="true">
                <span>{ "0" }</span><span>{ "2¹²⁸−1" }</span>
            </p>
            <p class="data__legend">
                <span class="data__sample data__sample--limit">{ told.limit }</span>
                <span>{ twin }</span>
            </p>
        </figure>
    }
}

/// Bytes and records over time, with what the advised shards take.
pub fn view_time(report: &Report, text: &words::Data) -> Html {
    let (Some(times), [first, ..]) = (&report.facts.time, &report.slices[..]) else {
        return html! {};
    };
    let told = &text.answer;
    let secs = u64::from(times.step_secs.max(1));
    let second = |count: u64| count.div_ceil(secs);
    let from = time(first.at);
    let to = time(times.last);
    let shards = u64::from(report.advice.shards);
    let chart = |name: &str, value: fn(&Slice) -> u64, limit: u64, shown: fn(u64) -> String| {
        let values: Vec<u64> = report.slices.iter().map(|slice| second(value(slice))).collect();
        let most = values.iter().max().copied().unwrap_or(0);
        let limit = limit.saturating_mul(shards);
        // A limit far above everything would leave nothing to see.
        let is_near = limit <= most.saturating_mul(4);
        let top = if is_near { most.max(limit) } else { most };
        let width = values.len() as u64 * PART;
        let twin = format!("{name}: {}", (told.time_twin)(&shown(most), &from, &to));
        html! {
            <>
                <p class="data__caption">{ format!("{name}, ≤ {}", shown(most)) }</p>
                <svg viewBox={format!("0 0 {width} {HEIGHT}")} preserveAspectRatio="none"
                    role="img" aria-label={twin}>
                    <path class="data__parts" d={bars(&values, width, top)} />
                    if is_near {
                        <path class="data__limit" d={line(limit, width, top)} />
                    }
                </svg>
            </>
        }
    };
    let bytes_max = chart(told.series[0], |slice| slice.bytes_max, SHARD_WRITE_BYTES.value, bytes);
    let records_max =
        chart(told.series[1], |slice| slice.records_max, SHARD_WRITE_RECORDS.value, grouped);
    html! {
        <figure class="data__figure">
            <figcaption>
                <h3 class="sheet__heading">{ told.time }</h3>
                <span class="sheet__note">
                    { (told.step)(&grouped(secs)) }
                </span>
            </figcaption>
            { bytes_max }
            { records_max }
            <p class="data__axis" aria-hidden="true"><span>{ from }</span><span>{ to }</span></p>
        </figure>
    }
}

/// Bars side by side over a width, with a gap between them.
fn bars(values: &[u64], width: u64, top: u64) -> String {
    let count = values.len().max(1) as u64;
    let (gap, mut path) = (PART / 10, String::new());
    for (place, value) in (0_u64..).zip(values).filter(|(_, value)| **value > 0) {
        let (from, until) = (place * width / count, (place + 1) * width / count);
        let height = height(*value, top).max(1);
        let wide = (until - from).saturating_sub(gap).max(1);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{from} {HEIGHT}v-{height}h{wide}v{height}z");
    }
    path
}

fn line(value: u64, width: u64, top: u64) -> String {
    format!("M0 {}H{width}", HEIGHT - height(value, top).min(HEIGHT))
}

fn height(value: u64, top: u64) -> u64 {
    let height = u128::from(value) * u128::from(HEIGHT) / u128::from(top.max(1));
    u64::try_from(height).unwrap_or(HEIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_share_what_falls_to_the_parts_of_the_key_space() {
        assert_eq!(shared(&[10, 20, 30, 40], 2), [30, 70]);
        assert_eq!(shared(&[10, 20, 30, 40], 1), [100]);
        assert_eq!(shared(&[6, 6], 3), [4, 4, 4]);
        assert_eq!(shared(&[6, 6], 4), [3, 3, 3, 3]);
    }

    #[test]
    fn bars_stand_on_the_ground_and_reach_the_top() {
        assert_eq!(bars(&[5, 0, 10], 180, 10), "M0 100v-50h54v50zM120 100v-100h54v100z");
        assert_eq!(line(10, 180, 20), "M0 50H180");
    }
}
