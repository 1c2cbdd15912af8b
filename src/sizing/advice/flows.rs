//! What comes second by second, by key, at the speed that is wished for.

mod peaks;
mod ticks;

use super::flow::{Flow, MILLION};
use super::{Rate, Rates, Wishes};
use crate::engine::service::limits::{SHARD_WRITE_BURST_BYTES, SHARD_WRITE_BYTES};
use crate::engine::time::Instant;
use crate::sizing::findings::{Findings, Load};
use crate::sizing::turns::{Pause, STRIDE};
use std::ops::Range;

/// A second of the clock, or several with the same flow.
#[derive(Clone, Debug)]
pub struct Tick {
    /// When it begins in the data's own time, in seconds since the epoch.
    pub at: u64,
    /// When it begins by the clock, and how long it lasts, in seconds.
    clock: (u64, u64),
    /// What comes.
    pub flow: Flow,
    /// Its keys, among all; `None` if they are not known.
    keys: Option<Range<usize>>,
}

/// What a key brings in a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyFlow {
    /// The first half of the MD5 of the key.
    pub hash: u64,
    /// What it brings.
    pub flow: Flow,
    /// Whose it is.
    pub whose: Whose,
}

/// Whose a flow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A key's.
    Key,
    /// That of all keys of a part of the key space which are not known one by one.
    Rest,
}

/// All ticks in the order of time.
#[derive(Clone, Debug)]
pub struct Flows {
    ticks: Vec<Tick>,
    keys: Vec<KeyFlow>,
    span_micros: u64,
    total: Load,
    /// The ticks with most bytes and with most records, and the busiest minute.
    peaks: [(u64, Flow); 2],
    minute: (u64, Flow),
    /// The key that takes most of a shard in one tick, and when that is.
    hottest: Option<(u64, KeyFlow)>,
}

impl Flows {
    /// The flows of what was found.
    pub async fn of(findings: &Findings, wishes: &Wishes, pause: &impl Pause) -> Self {
        let (ticks, keys, span_micros) = match &findings.facts.time {
            Some(time) => {
                let span = u128::from(time.span_micros()) * 1_000;
                let span = span / u128::from(wishes.speed_thousandths);
                let (ticks, keys) = ticks::timed(findings, wishes, pause).await;
                (ticks, keys, u64::try_from(span).unwrap_or(u64::MAX))
            }
            None => ticks::even(findings, u64::from(wishes.hours) * 3_600, pause).await,
        };
        let (total, span_micros) = (findings.facts.total, span_micros.max(1));
        let (peaks, minute) =
            (peaks::peaks(&ticks, pause).await, peaks::minute(&ticks, pause).await);
        let mut flows = Self { ticks, keys, span_micros, total, peaks, minute, hottest: None };
        flows.hottest = peaks::hottest(findings, &flows, wishes.speed_thousandths, pause).await;
        flows
    }

    /// The ticks.
    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// The key that takes most of a shard in one tick, and when that is, in seconds since the epoch
    /// by the data's own time.
    pub fn hottest(&self) -> Option<(u64, KeyFlow)> {
        self.hottest
    }

    /// The keys of a tick by rising hashes, if they are known; of ticks in which no shard can get
    /// too much only those of the busiest one.
    pub fn keys(&self, tick: &Tick) -> Option<&[KeyFlow]> {
        tick.keys.clone().map(|keys| &self.keys[keys])
    }

    /// The ticks with most bytes and with most records; the first of several.
    pub fn peaks(&self) -> [(u64, Flow); 2] {
        self.peaks
    }

    /// The minute by the clock with most bytes or records, evened out.
    pub fn minute(&self) -> (u64, Flow) {
        self.minute
    }

    /// What comes when, as whole numbers.
    pub fn rates(&self) -> Rates {
        let rate = |(at, flow): (u64, Flow)| Rate { at: Instant::from_secs(at), load: flow.load() };
        let [bytes, records] = self.peaks();
        let mean = Flow::of(self.total, self.span_micros.div_ceil(1_000));
        Rates {
            span_micros: self.span_micros,
            bytes_peak: rate(bytes),
            records_peak: rate(records),
            minute: rate(self.minute()),
            mean: rate((0, mean)),
        }
    }

    /// The fewest shards, so many at most, whose tanks are never empty: they begin full, refill
    /// second by second, and each gets the same.
    pub async fn tank(&self, usable: u64, most: u32, pause: &impl Pause) -> u32 {
        let (mut fewest, mut enough) = (1, most);
        while fewest < enough {
            let middle = fewest + (enough - fewest) / 2;
            if self.tank_holds(usable, middle.into(), pause).await {
                enough = middle;
            } else {
                fewest = middle + 1;
            }
        }
        enough
    }

    async fn tank_holds(&self, usable: u64, shards: u64, pause: &impl Pause) -> bool {
        let all = |bytes: u64| i128::from(bytes) * i128::from(shards * usable * (MILLION / 1_000));
        let (rate, capacity) = (all(SHARD_WRITE_BYTES.value), all(SHARD_WRITE_BURST_BYTES.value));
        let (mut level, mut until) = (capacity, 0);
        let mut holds = |Tick { clock: (begin, secs), flow, .. }: &Tick| {
            level = capacity.min(level + rate * i128::from(begin.saturating_sub(until)));
            level -= i128::from(*secs) * i128::from(flow.bytes) - i128::from(secs - 1) * rate;
            let holds = level >= 0;
            level = capacity.min(level);
            // What comes within the tick's last second is refilled when the next one begins.
            until = begin + secs - 1;
            holds
        };
        for ticks in self.ticks.chunks(STRIDE) {
            if !ticks.iter().all(&mut holds) {
                return false;
            }
            pause.after(ticks.len()).await;
        }
        true
    }
}

/// Milliseconds that a step of the data lasts by the clock; at least one.
fn millis(findings: &Findings, speed: u64) -> u64 {
    let step = u128::from(findings.timeline.step_secs());
    u64::try_from((step * 1_000_000 / u128::from(speed)).max(1)).unwrap_or(u64::MAX)
}
