//! Counts over time at every scale, in a fixed amount of memory.

use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// How often something happened, when: bins from milliseconds to days, kept side by side, so that
/// the last second and the last year are answered alike.
///
/// Bins lie on whole multiples of their width since the epoch, so a bin that is over never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    scales: Vec<Scale>,
}

/// Bins of one width, the newest ones only.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Scale {
    width_micros: u64,
    /// The number of the newest bin since the epoch.
    newest: u64,
    /// A ring: bin `n` lies at `n` modulo its length.
    counts: Vec<u32>,
}

/// What happened in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// When it begins.
    pub from: Instant,
    /// When it ends; the next one begins there.
    pub until: Instant,
    /// How often.
    pub count: u32,
}

/// Bins of a scale: a lane of a thousand pixels gets a mark every 4 to 16 of them.
const BINS: usize = 256;
/// The width of the finest bins.
const FINEST_MICROS: u64 = 1_000;
/// From 0.25 s to half a year in steps of four.
const SCALES: u32 = 14;

impl Default for Timeline {
    fn default() -> Self {
        let scale = |power| Scale {
            width_micros: FINEST_MICROS << (2 * power),
            newest: 0,
            counts: vec![0; BINS],
        };
        Self { scales: (0..SCALES).map(scale).collect() }
    }
}

impl Timeline {
    /// Notes that it happened `count` times. Time never goes back.
    pub fn add(&mut self, at: Instant, count: u32) {
        for scale in &mut self.scales {
            let bin = at.micros() / scale.width_micros;
            for skipped in (scale.newest + 1).max((bin + 1).saturating_sub(BINS as u64))..=bin {
                scale.counts[place(skipped)] = 0;
            }
            scale.newest = scale.newest.max(bin);
            let so_far = &mut scale.counts[place(bin)];
            *so_far = so_far.saturating_add(count);
        }
    }

    /// The bins in which it happened within the last `window`, oldest first, as fine as are kept.
    pub fn bins(&self, now: Instant, window: Duration) -> impl Iterator<Item = Bin> {
        let scale = self.scale_of(window);
        let width = scale.width_micros;
        let start = now.before(window).micros() / width;
        let oldest = (scale.newest + 1).saturating_sub(BINS as u64);
        (start.max(oldest)..=scale.newest).filter_map(move |bin| {
            let count = scale.counts[place(bin)];
            let from = Instant::from_micros(bin * width);
            let until = Instant::from_micros((bin + 1) * width);
            (count > 0).then_some(Bin { from, until, count })
        })
    }

    /// How often within the last `window`, give or take the bin at its start.
    pub fn sum(&self, now: Instant, window: Duration) -> u64 {
        self.bins(now, window).map(|bin| u64::from(bin.count)).sum()
    }

    /// The finest scale that reaches back that far, or the coarsest.
    fn scale_of(&self, window: Duration) -> &Scale {
        let micros = whole_micros(window);
        let reaches = |scale: &&Scale| scale.width_micros * (BINS as u64 - 1) >= micros;
        self.scales.iter().find(reaches).unwrap_or(&self.scales[self.scales.len() - 1])
    }
}

/// Where a bin lies in a ring.
fn place(bin: u64) -> usize {
    usize::try_from(bin % BINS as u64).expect("a remainder is below the number of bins")
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instant = Instant::DEFAULT_START;

    #[test]
    fn every_window_sees_what_lies_in_it() {
        let mut timeline = Timeline::default();
        timeline.add(START, 1);
        timeline.add(START + Duration::from_secs(50), 2);
        timeline.add(START + Duration::from_secs(59), 4);
        let now = START + Duration::from_mins(1);
        for (window, sum) in [(2, 4), (20, 6), (61, 7), (1_000_000, 7)] {
            assert_eq!(timeline.sum(now, Duration::from_secs(window)), sum, "{window} s");
        }
    }

    #[test]
    fn old_bins_are_forgotten_where_they_are_fine() {
        let mut timeline = Timeline::default();
        timeline.add(START, 1);
        let now = START + Duration::from_hours(24);
        timeline.add(now, 1);
        assert_eq!(timeline.sum(now, Duration::from_millis(100)), 1);
        assert_eq!(timeline.sum(now, Duration::from_secs(100_000)), 2);
    }

    #[test]
    fn bins_stay_where_they_are_while_time_passes() {
        let mut timeline = Timeline::default();
        timeline.add(START, 1);
        let window = Duration::from_secs(10);
        let early: Vec<Bin> = timeline.bins(START, window).collect();
        let late: Vec<Bin> = timeline.bins(START + Duration::from_secs(3), window).collect();
        assert_eq!(early, late);
    }
}
