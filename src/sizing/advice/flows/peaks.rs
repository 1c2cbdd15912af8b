//! When most comes, and of which key.

use super::{Flows, KeyFlow, Tick, Whose, millis};
use crate::sizing::advice::flow::Flow;
use crate::sizing::count::pairs::Pair;
use crate::sizing::findings::{Findings, Load};
use crate::sizing::turns::{Pause, each};

/// The ticks with most bytes and with most records; the first of several.
pub async fn peaks(ticks: &[Tick], pause: &impl Pause) -> [(u64, Flow); 2] {
    let measure = |flow: Flow| [flow.bytes, flow.records];
    let mut most = [(0, Flow::default()); 2];
    each(ticks.iter(), pause, |tick| {
        for (place, most) in most.iter_mut().enumerate() {
            if measure(tick.flow)[place] > measure(most.1)[place] {
                *most = (tick.at, tick.flow);
            }
        }
    })
    .await;
    most
}

/// The minute by the clock with most bytes or records, evened out.
pub async fn minute(ticks: &[Tick], pause: &impl Pause) -> (u64, Flow) {
    let mut most = (0, Flow::default());
    let mut now = (u64::MAX, 0, Flow::default());
    each(ticks.iter(), pause, |Tick { at, clock: (begin, secs), flow, .. }| {
        let minute = begin / 60;
        if now.0 != minute {
            now = (minute, *at, Flow::default());
        }
        let part = |flow: u64| flow / 60 * (*secs).min(60) + flow % 60 * (*secs).min(60) / 60;
        now.2.add(Flow { records: part(flow.records), bytes: part(flow.bytes) });
        if now.2.pressure() > most.1.pressure() {
            most = (now.1, now.2);
        }
    })
    .await;
    most
}

/// The key that takes most of a shard in one tick, and when that is.
pub async fn hottest(
    findings: &Findings,
    flows: &Flows,
    speed: u64,
    pause: &impl Pause,
) -> Option<(u64, KeyFlow)> {
    let mut most: Option<(u64, KeyFlow)> = None;
    let mut see = |at, key: KeyFlow| {
        let is_more = most.is_none_or(|(_, most)| key.flow.pressure() > most.flow.pressure());
        if key.whose == Whose::Key && is_more {
            most = Some((at, key));
        }
    };
    let (timeline, millis) = (&findings.timeline, millis(findings, speed).max(1_000));
    let mut see_pair = |at, pair: &Pair| {
        let load = Load { records: pair.records.into(), bytes: pair.bytes };
        see(at, KeyFlow { hash: pair.hash, flow: Flow::of(load, millis), whose: Whose::Key });
    };
    if findings.facts.time.is_some() {
        // Of pairs that all last equally long it is the one with the highest load.
        let load = |pair: &Pair| Load { records: pair.records.into(), bytes: pair.bytes };
        let mut hottest: Option<&Pair> = None;
        each(timeline.pairs().iter(), pause, |pair| {
            if hottest.is_none_or(|most| load(pair).pressure() > load(most).pressure()) {
                hottest = Some(pair);
            }
        })
        .await;
        let at = |pair: &Pair| {
            let cell = timeline.steps().find(|(_, number, _)| *number == pair.cell);
            cell.map_or(0, |(secs, ..)| secs)
        };
        if let Some(pair) = hottest {
            see_pair(at(pair), pair);
        }
        for (at, pair) in timeline.dropped().iter().flatten() {
            see_pair(*at, pair);
        }
    }
    for tick in flows.ticks() {
        each(flows.keys(tick).unwrap_or_default().iter(), pause, |key| see(tick.at, *key)).await;
        pause.after(1).await;
    }
    most
}
