//! What comes second by second, by key, at the speed that is wished for.

use super::{Rate, Rates, Wishes};
use crate::engine::service::limits::{
    SHARD_WRITE_BURST_BYTES, SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS,
};
use crate::engine::time::Instant;
use crate::sizing::count::pairs::Pair;
use crate::sizing::findings::{BUCKETS, Findings, Load, bucket};
use crate::sizing::turns::{Pause, STRIDE, each, sort};
use std::ops::Range;

/// Millionths of records and bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Millionths of records a second.
    pub records: u64,
    /// Millionths of bytes a second.
    pub bytes: u64,
}

const MILLION: u64 = 1_000_000;

impl Flow {
    /// What a shard takes, of which so many thousandths are used.
    pub fn limit(usable: u64) -> Self {
        Self {
            records: SHARD_WRITE_RECORDS.value * (MILLION / 1_000) * usable,
            bytes: SHARD_WRITE_BYTES.value * (MILLION / 1_000) * usable,
        }
    }

    /// A load that comes in so many thousandths of a second, one at least.
    fn of(load: Load, millis: u64) -> Self {
        // Mostly numbers are small, and in the browser 128 bits are slow.
        let flow = |count: u64| {
            if let Some(product) = count.checked_mul(1_000 * MILLION) {
                return product / millis;
            }
            let product = u128::from(count) * u128::from(1_000 * MILLION);
            u64::try_from(product / u128::from(millis)).unwrap_or(u64::MAX)
        };
        Self { records: flow(load.records), bytes: flow(load.bytes) }
    }

    pub fn add(&mut self, other: Self) {
        self.records = self.records.saturating_add(other.records);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }

    /// Whether it is within a limit.
    pub fn fits(self, limit: Self) -> bool {
        self.records <= limit.records && self.bytes <= limit.bytes
    }

    /// How much of a shard it takes: to compare.
    pub fn pressure(self) -> u64 {
        self.bytes.max(self.records.saturating_mul(1_049))
    }

    /// Whole records and bytes, rounded up.
    fn load(self) -> Load {
        Load { records: self.records.div_ceil(MILLION), bytes: self.bytes.div_ceil(MILLION) }
    }
}

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
        let (ticks, keys, span_micros) = match &findings.time {
            Some(time) => {
                let span = u128::from(time.span_micros()) * 1_000;
                let span = span / u128::from(wishes.speed_thousandths);
                let (ticks, keys) = timed(findings, wishes, pause).await;
                (ticks, keys, u64::try_from(span).unwrap_or(u64::MAX))
            }
            None => even(findings, u64::from(wishes.hours) * 3_600, pause).await,
        };
        let (total, span_micros) = (findings.total, span_micros.max(1));
        let (peaks, minute) = (peaks(&ticks, pause).await, minute(&ticks, pause).await);
        let mut flows = Self { ticks, keys, span_micros, total, peaks, minute, hottest: None };
        flows.hottest = hottest(findings, &flows, wishes.speed_thousandths, pause).await;
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

/// The ticks with most bytes and with most records; the first of several.
async fn peaks(ticks: &[Tick], pause: &impl Pause) -> [(u64, Flow); 2] {
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
async fn minute(ticks: &[Tick], pause: &impl Pause) -> (u64, Flow) {
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

/// Milliseconds that a step of the data lasts by the clock; at least one.
fn millis(findings: &Findings, speed: u64) -> u64 {
    let step = u128::from(findings.timeline.step_secs());
    u64::try_from((step * 1_000_000 / u128::from(speed)).max(1)).unwrap_or(u64::MAX)
}

/// Ticks of data that has times.
async fn timed(
    findings: &Findings,
    wishes: &Wishes,
    pause: &impl Pause,
) -> (Vec<Tick>, Vec<KeyFlow>) {
    let speed = wishes.speed_thousandths;
    let timeline = &findings.timeline;
    let millis = millis(findings, speed);
    let wide = |secs: u64| {
        let clock = u128::from(secs) * 1_000 / u128::from(speed);
        u64::try_from(clock).unwrap_or(u64::MAX)
    };
    let is_keyed = findings.keys.is_some();
    let mut ticks: Vec<Tick> = Vec::new();
    let mut tick_of = vec![u32::MAX; timeline.cell_count()];
    each(timeline.steps(), pause, |(secs, number, cell)| {
        let (begin, lasts) = (wide(secs), (millis / 1_000).max(1));
        let flow =
            Flow::of(Load { records: cell.records.into(), bytes: cell.bytes }, millis.max(1_000));
        let keys = (is_keyed && cell.has_pairs()).then_some(0..0);
        match ticks.last_mut().filter(|tick| tick.clock.0 == begin && lasts == 1) {
            Some(tick) => {
                tick.flow.add(flow);
                tick.keys = tick.keys.take().and(keys);
            }
            None => ticks.push(Tick { at: secs, clock: (begin, lasts), flow, keys }),
        }
        tick_of[number as usize] = u32::try_from(ticks.len() - 1).expect("no more than cells");
    })
    .await;
    let allowed = Flow::limit(wishes.usable());
    let is_heavy = |tick: &Tick| !tick.flow.fits(allowed);
    // Keys of steps that become one second have to be added up before any can be called hot.
    if millis >= 1_000 {
        let busiest = ticks.iter().map(|tick| tick.flow.pressure()).max();
        let is_calm = !ticks.iter().any(is_heavy);
        for tick in &mut ticks {
            let is_busiest = Some(tick.flow.pressure()) == busiest;
            if !is_heavy(tick) && (!is_calm || !is_busiest) {
                tick.keys = None;
            }
        }
    }
    pause.after(3 * ticks.len()).await;
    let keys = keyed(findings, &mut ticks, &tick_of, millis.max(1_000), pause).await;
    (ticks, keys)
}

/// The keys of each tick side by side, each key once.
async fn keyed(
    findings: &Findings,
    ticks: &mut [Tick],
    tick_of: &[u32],
    millis: u64,
    pause: &impl Pause,
) -> Vec<KeyFlow> {
    let pairs = findings.timeline.pairs();
    let place = |cell: u32| tick_of[cell as usize] as usize;
    let is_wanted: Vec<bool> = ticks.iter().map(|tick| tick.keys.is_some()).collect();
    let wanted = || pairs.iter().filter(|pair| is_wanted[place(pair.cell)]);
    let mut ends = vec![0_usize; ticks.len()];
    each(wanted(), pause, |pair| ends[place(pair.cell)] += 1).await;
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum - *end;
    }
    let none = KeyFlow { hash: 0, flow: Flow::default(), whose: Whose::Key };
    let mut keys = Vec::with_capacity(sum);
    each(0..sum, pause, |_| keys.push(none)).await;
    each(wanted(), pause, |pair| {
        let next = &mut ends[place(pair.cell)];
        let load = Load { records: pair.records.into(), bytes: pair.bytes };
        keys[*next] = KeyFlow { hash: pair.hash, flow: Flow::of(load, millis), whose: Whose::Key };
        *next += 1;
    })
    .await;
    let mut begin = 0;
    for (tick, end) in ticks.iter_mut().zip(ends) {
        let own = &mut keys[begin..end];
        sort(own, |key| key.hash, pause).await;
        let length = merged(own);
        if let Some(range) = &mut tick.keys {
            *range = begin..begin + length;
        }
        begin = end;
        pause.after(1 + length).await;
    }
    keys
}

/// Adds up neighbors with the same key, and says how many are left, at the beginning.
fn merged(keys: &mut [KeyFlow]) -> usize {
    let mut kept = 0;
    for place in 0..keys.len() {
        if kept > 0 && keys[kept - 1].hash == keys[place].hash {
            let flow = keys[place].flow;
            keys[kept - 1].flow.add(flow);
        } else {
            keys[kept] = keys[place];
            kept += 1;
        }
    }
    kept
}

/// The key that takes most of a shard in one tick, and when that is.
async fn hottest(
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
    if findings.time.is_some() {
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

/// One tick, over which everything comes evenly.
async fn even(
    findings: &Findings,
    secs: u64,
    pause: &impl Pause,
) -> (Vec<Tick>, Vec<KeyFlow>, u64) {
    let millis = secs * 1_000;
    let mut keys: Vec<KeyFlow> = Vec::new();
    let mut rest = findings.keys.as_ref().map_or(Vec::new(), |keys| keys.space.clone());
    let counts = findings.counted.counts();
    keys.reserve_exact(counts.len() + BUCKETS);
    each(counts.iter(), pause, |count| {
        let hash = u64::try_from(count.hash() >> 64).expect("the first half");
        let load = Load { records: count.records.into(), bytes: count.bytes };
        keys.push(KeyFlow { hash, flow: Flow::of(load, millis), whose: Whose::Key });
        let rest = &mut rest[bucket(hash)];
        rest.records -= load.records;
        rest.bytes -= load.bytes;
    })
    .await;
    for (place, load) in (0_u64..).zip(rest).filter(|(_, load)| load.records > 0) {
        let width = u64::MAX / BUCKETS as u64 + 1;
        let hash = place * width + width / 2;
        keys.push(KeyFlow { hash, flow: Flow::of(load, millis), whose: Whose::Rest });
    }
    sort(&mut keys, |key| key.hash, pause).await;
    let flow = Flow::of(findings.total, millis);
    let known = findings.keys.is_some().then_some(0..keys.len());
    let tick = Tick { at: 0, clock: (0, secs), flow, keys: known };
    (vec![tick], keys, secs.saturating_mul(MILLION))
}
