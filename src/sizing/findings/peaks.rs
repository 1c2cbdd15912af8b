//! Peaks, and what a chart shows of all time.

use super::{BUCKETS, Findings, Load, TimeFindings};
use crate::engine::time::Instant;
use crate::sizing::count::timeline::{Cell, Timeline};
use crate::sizing::turns::{Pause, each, sort};

/// A stretch of time in which most comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peak {
    /// When it begins.
    pub at: Instant,
    /// Its seconds.
    pub secs: u32,
    /// What comes in it.
    pub load: Load,
    /// Its distinct keys; 0 without a key column.
    pub keys: u64,
    /// Loads of [`BUCKETS`] equal parts of the key space in it; nothing without a key column, or if
    /// only sums were kept of it.
    pub space: Vec<Load>,
}

/// A part of the data's time, for charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// When it begins.
    pub at: Instant,
    /// What comes in it.
    pub load: Load,
    /// The most bytes of one of its steps.
    pub bytes_max: u64,
    /// The most records of one of its steps.
    pub records_max: u64,
    /// The most distinct keys of one of its steps; at least so many if what each key had was not
    /// kept.
    pub keys_max: u64,
}

impl Findings {
    /// The data's time in so many slices of whole steps or fewer, also those in which nothing
    /// comes; none without a time column.
    pub fn slices(&self, most: u32) -> Vec<Slice> {
        let Some(time) = &self.facts.time else { return Vec::new() };
        let step = u64::from(time.step_secs);
        let first = time.first.secs() / step * step;
        let steps = (time.last.secs() - first) / step + 1;
        let length = steps.div_ceil(u64::from(most.max(1))) * step;
        let begins = (0..(steps * step).div_ceil(length)).map(|place| first + place * length);
        let empty = |secs| Slice { at: Instant::from_secs(secs), ..Slice::default() };
        let mut slices: Vec<Slice> = begins.map(empty).collect();
        for (secs, _, cell) in self.timeline.steps() {
            let place = usize::try_from((secs - first) / length).expect("no more than asked for");
            let slice = &mut slices[place];
            slice.load.add(cell.records.into(), cell.bytes);
            slice.bytes_max = slice.bytes_max.max(cell.bytes);
            slice.records_max = slice.records_max.max(cell.records.into());
            slice.keys_max = slice.keys_max.max(cell.keys().into());
        }
        slices
    }

    /// The steps that records fell into, in the order of time: when each begins, what comes in it,
    /// and its distinct keys.
    pub fn steps(&self) -> impl Iterator<Item = (Instant, Load, u64)> {
        self.timeline.steps().map(|(secs, _, cell)| {
            (Instant::from_secs(secs), load_of(cell), u64::from(cell.keys()))
        })
    }
}

impl TimeFindings {
    pub(in crate::sizing) async fn of(
        timeline: &Timeline,
        first: Instant,
        last: Instant,
        pause: &impl Pause,
    ) -> Self {
        let step_secs = timeline.step_secs();
        let minute = u64::from(step_secs.max(60));
        let (mut second, mut busiest) = ((0, Load::default()), (0, Load::default()));
        let (mut now, mut steps, mut steps_without_keys) = ((0, Load::default()), 0, 0);
        each(timeline.steps(), pause, |(secs, _, cell)| {
            steps += 1;
            steps_without_keys += u64::from(!cell.has_pairs());
            let load = load_of(cell);
            if load.pressure() > second.1.pressure() {
                second = (secs, load);
            }
            if secs / minute * minute != now.0 {
                now = (secs / minute * minute, Load::default());
            }
            now.1.add(load.records, load.bytes);
            if now.1.pressure() > busiest.1.pressure() {
                busiest = now;
            }
        })
        .await;
        Self {
            first,
            last,
            step_secs,
            steps,
            peak_second: peak(timeline, second, step_secs, pause).await,
            peak_minute: peak(timeline, busiest, step_secs.max(60), pause).await,
            steps_without_keys,
        }
    }
}

fn load_of(cell: &Cell) -> Load {
    Load { records: cell.records.into(), bytes: cell.bytes }
}

async fn peak(
    timeline: &Timeline,
    (from, load): (u64, Load),
    secs: u32,
    pause: &impl Pause,
) -> Peak {
    let mut is_in = vec![false; timeline.cell_count()];
    let (mut are_kept, mut most) = (true, 0);
    let until = from + u64::from(secs);
    let within = timeline.steps().filter(|(at, ..)| (from..until).contains(at));
    each(within, pause, |(_, number, cell)| {
        is_in[number as usize] = true;
        are_kept &= cell.has_pairs();
        most = most.max(cell.keys());
    })
    .await;
    let (mut hashes, mut space) = (Vec::new(), vec![Load::default(); BUCKETS]);
    each(timeline.pairs().iter(), pause, |pair| {
        if is_in[pair.cell as usize] {
            hashes.push(pair.hash);
            space[bucket(pair.hash)].add(pair.records.into(), pair.bytes);
        }
    })
    .await;
    sort(&mut hashes, |hash| *hash, pause).await;
    hashes.dedup();
    if !are_kept || hashes.is_empty() {
        space.clear();
    }
    let keys = u64::from(most).max(hashes.len() as u64);
    Peak { at: Instant::from_secs(from), secs, load, keys, space }
}

/// The part of the key space that a hash lies in, by its first half.
pub(in crate::sizing) fn bucket(hash: u64) -> usize {
    usize::try_from(hash >> (64 - BUCKETS.ilog2())).expect("as many as there are parts")
}
