//! The ticks that decide how many shards the keys need, and how full shards of equal ranges get.

use super::flow::Flow;
use super::flows::{Flows, KeyFlow, Whose};
use crate::sizing::turns::{Pause, STRIDE, each};

/// Keys that may be visited in the search for a number of shards: some tenths of a second.
const VISITS_MAX: u64 = 60_000_000;

/// The ticks in which one shard might get too much, by falling pressure.
pub struct Critical<'a> {
    /// Each with its keys by rising hashes.
    pub ticks: Vec<(u64, &'a [KeyFlow])>,
    /// Ticks of which the keys are not known.
    pub unknown: u64,
}

impl<'a> Critical<'a> {
    /// The ticks with more than one shard is allowed.
    pub fn of(flows: &'a Flows, allowed: Flow) -> Self {
        let heavy = flows.ticks().iter().filter(|tick| !tick.flow.fits(allowed));
        let (mut found, mut unknown) = (Vec::new(), 0);
        for tick in heavy {
            match flows.keys(tick) {
                Some(keys) => found.push((u64::MAX - tick.flow.pressure(), tick.at, keys)),
                None => unknown += 1,
            }
        }
        found.sort_unstable_by_key(|(pressure, at, _)| (*pressure, *at));
        Self { ticks: found.into_iter().map(|(_, at, keys)| (at, keys)).collect(), unknown }
    }

    /// The fewest shards from a number on that fit in every tick.
    ///
    /// Ticks in which a number failed are asked first about the next one: mostly it is one or two
    /// that decide.
    pub async fn fewest(
        &self,
        from: u32,
        to: u32,
        allowed: Flow,
        pause: &impl Pause,
    ) -> Option<u32> {
        let mut order: Vec<&[KeyFlow]> = self.ticks.iter().map(|(_, keys)| *keys).collect();
        let mut visits = 0;
        for shards in from..=to {
            let mut fails = None;
            for (place, keys) in order.iter().enumerate() {
                visits += keys.len() as u64;
                if !fits(keys, shards, allowed, pause).await {
                    fails = Some(place);
                    break;
                }
            }
            match fails {
                None => return Some(shards),
                Some(place) => order[..=place].rotate_right(1),
            }
            let is_hopeless = order[0].iter().any(|key| is_too_much(key, allowed));
            if is_hopeless || visits > VISITS_MAX {
                return None;
            }
        }
        None
    }

    /// The busiest shard of so many in all ticks, and when that is.
    pub async fn fullest(&self, shards: u32, pause: &impl Pause) -> Option<(u64, Flow)> {
        let mut most: Option<(u64, Flow)> = None;
        for (at, keys) in &self.ticks {
            let flow = busiest(keys, shards, pause).await;
            if most.is_none_or(|(_, most)| flow.pressure() > most.pressure()) {
                most = Some((*at, flow));
            }
        }
        most
    }
}

/// The load of the shard that has most, of so many equal ones.
pub async fn busiest(keys: &[KeyFlow], shards: u32, pause: &impl Pause) -> Flow {
    let (mut most, mut now, mut shard) = (Flow::default(), Flow::default(), 0);
    each(keys.iter(), pause, |key| {
        let place = place(key.hash, shards);
        if place != shard {
            (now, shard) = (Flow::default(), place);
        }
        now.add(key.flow);
        if now.pressure() > most.pressure() {
            most = now;
        }
    })
    .await;
    most
}

/// Which of so many equal ranges a hash lies in.
fn place(hash: u64, shards: u32) -> u32 {
    let place = (u128::from(hash) * u128::from(shards)) >> 64;
    u32::try_from(place).expect("less than the number of shards")
}

/// Whether a key alone takes more than a shard is allowed.
pub fn is_too_much(key: &KeyFlow, allowed: Flow) -> bool {
    key.whose == Whose::Key && !key.flow.fits(allowed)
}

/// Whether no shard of so many equal ones gets too much.
async fn fits(keys: &[KeyFlow], shards: u32, allowed: Flow, pause: &impl Pause) -> bool {
    let (mut now, mut shard) = (Flow::default(), 0);
    let mut fits = |key: &KeyFlow| {
        let place = place(key.hash, shards);
        if place != shard {
            (now, shard) = (Flow::default(), place);
        }
        now.add(key.flow);
        now.fits(allowed)
    };
    for keys in keys.chunks(STRIDE) {
        if !keys.iter().all(&mut fits) {
            return false;
        }
        pause.after(keys.len()).await;
    }
    true
}
