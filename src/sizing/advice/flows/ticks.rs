//! Seconds of the clock and their keys, from what was found.

use super::{KeyFlow, Tick, Whose, millis};
use crate::sizing::advice::Wishes;
use crate::sizing::advice::flow::{Flow, MILLION};
use crate::sizing::findings::{BUCKETS, Findings, Load, bucket};
use crate::sizing::turns::{Pause, each, sort};

/// Ticks of data that has times.
pub async fn timed(
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
    let is_keyed = findings.facts.keys.is_some();
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

/// One tick, over which everything comes evenly, and its microseconds.
pub async fn even(
    findings: &Findings,
    secs: u64,
    pause: &impl Pause,
) -> (Vec<Tick>, Vec<KeyFlow>, u64) {
    let millis = secs * 1_000;
    let mut keys: Vec<KeyFlow> = Vec::new();
    let mut rest = findings.facts.keys.as_ref().map_or(Vec::new(), |keys| keys.space.clone());
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
    let flow = Flow::of(findings.facts.total, millis);
    let known = findings.facts.keys.is_some().then_some(0..keys.len());
    let tick = Tick { at: 0, clock: (0, secs), flow, keys: known };
    (vec![tick], keys, secs.saturating_mul(MILLION))
}
