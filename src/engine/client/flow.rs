//! Arrivals as they come, one after the other, in whole numbers.

use super::arrivals::{Arrivals, Spacing, Stretch};
use super::exponential::{self, ONE};
use crate::engine::rng::Rng;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// The arrivals of one producer, from their start on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    arrivals: Arrivals,
    start: Instant,
    /// When the last record came, rounded down.
    at: Instant,
    /// How much later it really came: of even records in 1/[`Pace::records`], else in 2^−20 µs.
    part: u64,
    pace: Pace,
    /// Whether any record came yet.
    begun: bool,
}

/// A stretch as it is walked, without a division a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Pace {
    /// The gap between even records: whole microseconds, and `rest`/`records` of one.
    whole: u64,
    rest: u64,
    records: u64,
    /// The mean gap, in 2^−20 µs.
    mean: u64,
    until: Instant,
}

const MEAN_BITS: u32 = 20;

impl Pace {
    fn of(Stretch { rate, until }: Stretch) -> Self {
        let (records, per) = (rate.records(), rate.per_micros());
        if records == 0 {
            return Self { whole: u64::MAX, rest: 0, records: 1, mean: u64::MAX, until };
        }
        let mean = (u128::from(per) << MEAN_BITS) / u128::from(records);
        let mean = u64::try_from(mean).unwrap_or(u64::MAX - 1).max(1);
        Self { whole: per / records, rest: per % records, records, mean, until }
    }

    fn is_idle(&self) -> bool {
        self.mean == u64::MAX
    }

    /// How much of a mean gap, in units of [`ONE`], lies between a moment and the end.
    fn left(&self, at: Instant) -> u64 {
        let wide = u128::from(whole_micros(self.until - at)) << (32 + MEAN_BITS);
        u64::try_from(wide / u128::from(self.mean)).unwrap_or(u64::MAX)
    }
}

impl Flow {
    /// Arrivals that begin at `start`: even ones with a record at once.
    pub fn starting_at(start: Instant, arrivals: Arrivals) -> Self {
        let pace = Pace::of(arrivals.stretch(start, start));
        Self { arrivals, start, at: start, part: 0, pace, begun: false }
    }

    /// Begins anew.
    pub fn restart(&mut self, start: Instant) {
        *self = Self::starting_at(start, self.arrivals);
    }

    /// When the next record comes; `None` if none ever will.
    #[inline]
    pub fn next_arrival(&mut self, luck: &mut Rng) -> Option<Instant> {
        let gap = match self.arrivals.spacing {
            Spacing::Poisson => exponential::draw(luck),
            Spacing::Even if self.begun => return self.next_even(),
            Spacing::Even => 0,
        };
        self.begun = true;
        self.walk(gap)
    }

    /// Walks so many even gaps at once, if the last of these records comes at `deadline` or before,
    /// and says when that is. Otherwise, and where chance has a say, nothing is walked.
    pub fn leap(&mut self, gaps: u32, deadline: Instant) -> Option<Instant> {
        let Pace { whole, rest, records, until, .. } = self.pace;
        if self.arrivals.spacing != Spacing::Even || !self.begun || gaps == 0 {
            return None;
        }
        let parts = u64::from(gaps).checked_mul(rest)?.checked_add(self.part)?;
        let micros = u64::from(gaps).checked_mul(whole)?.checked_add(parts / records)?;
        let at = Instant::from_micros(self.at.micros().checked_add(micros)?);
        if at > deadline || at >= until {
            return None;
        }
        (self.at, self.part) = (at, parts % records);
        Some(at)
    }

    /// The rate at a moment.
    pub fn rate(&self, at: Instant) -> super::rate::Rate {
        self.arrivals.rate(self.start, at)
    }

    /// One even gap on, exactly.
    #[inline]
    fn next_even(&mut self) -> Option<Instant> {
        let Pace { whole, rest, records, until, .. } = self.pace;
        let part = self.part + rest;
        let carried = part >= records;
        // Not by way of a `Duration`, which divides: this is done for each record.
        let at = self.at.micros().saturating_add(whole).saturating_add(carried.into());
        let at = Instant::from_micros(at);
        if at >= until {
            return self.walk(ONE);
        }
        (self.at, self.part) = (at, if carried { part - records } else { part });
        Some(at)
    }

    /// A gap on, in units of [`ONE`], through as many stretches as it takes.
    fn walk(&mut self, mut gap: u64) -> Option<Instant> {
        loop {
            let wide = (u128::from(gap) * u128::from(self.pace.mean)) >> 32;
            let even = self.arrivals.spacing == Spacing::Even;
            let part = if even { 0 } else { self.part };
            let fine = u64::try_from(wide).unwrap_or(u64::MAX).saturating_add(part);
            let at = self.at + Duration::from_micros(fine >> MEAN_BITS);
            if at < self.pace.until && !self.pace.is_idle() {
                self.at = at;
                self.part = if even { 0 } else { fine & ((1 << MEAN_BITS) - 1) };
                return Some(at);
            }
            if self.pace.until >= Instant::FAR_FUTURE {
                return None;
            }
            gap = gap.saturating_sub(self.pace.left(self.at));
            (self.at, self.part) = (self.pace.until, 0);
            self.pace = Pace::of(self.arrivals.stretch(self.start, self.at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::arrivals::Shape;
    use super::super::rate::Rate;
    use super::*;

    const START: Instant = Instant::DEFAULT_START;

    #[test]
    fn a_leap_goes_where_as_many_steps_go() {
        for rate in ["2000/s", "7/s", "333333/s", "0.3/s", "1000000/s"] {
            let arrivals = Arrivals::constant(Rate::parse(rate).unwrap());
            let (mut steps, mut luck) = (Flow::starting_at(START, arrivals), Rng::seeded(1));
            assert_eq!(steps.leap(1, Instant::FAR_FUTURE), None, "the first comes at once");
            steps.next_arrival(&mut luck);
            let mut leaps = steps.clone();
            for gaps in [1, 99, 499, 10_000] {
                let last = (0..gaps).filter_map(|_| steps.next_arrival(&mut luck)).last().unwrap();
                let before = last.before(Duration::from_micros(1));
                assert_eq!(leaps.leap(gaps, before), None, "it is too early for the last one");
                assert_eq!(leaps.leap(gaps, last), Some(last));
                assert_eq!(leaps, steps);
            }
        }
        let bursts = Shape::Bursts {
            rate: Rate::per_second(10),
            on: Duration::from_secs(1),
            off: Duration::from_secs(1),
        };
        let arrivals = Arrivals { shape: bursts, spacing: Spacing::Even };
        let mut flow = Flow::starting_at(START, arrivals);
        flow.next_arrival(&mut Rng::seeded(1));
        assert!(flow.leap(10, Instant::FAR_FUTURE).is_none(), "not over the end of a burst");
        assert!(flow.leap(9, Instant::FAR_FUTURE).is_some());
    }

    fn times(arrivals: Arrivals, until: Instant) -> Vec<Instant> {
        let (mut flow, mut luck) = (Flow::starting_at(START, arrivals), Rng::seeded(1));
        std::iter::from_fn(|| flow.next_arrival(&mut luck).filter(|at| *at < until)).collect()
    }

    #[test]
    fn even_records_do_not_drift() {
        let rate = Rate::parse("7/s").unwrap();
        let hour = times(Arrivals::constant(rate), START + Duration::from_hours(1));
        assert_eq!(hour.len(), 7 * 3_600);
        for (n, at) in (0..).zip(&hour) {
            assert_eq!(*at, START + Duration::from_micros(n * 1_000_000 / 7), "the {n}th");
        }
    }

    #[test]
    fn poisson_records_are_as_many_but_uneven() {
        let spacing = Spacing::Poisson;
        let arrivals = Arrivals { shape: Shape::Constant(Rate::per_second(800)), spacing };
        let came = times(arrivals, START + Duration::from_secs(100));
        assert!((79_000..81_000).contains(&came.len()), "{}", came.len());
        let gaps: Vec<u64> = came.windows(2).map(|two| whole_micros(two[1] - two[0])).collect();
        let short = gaps.iter().filter(|&&gap| gap < 1_250).count();
        assert!(short.abs_diff(gaps.len() * 632 / 1_000) < gaps.len() / 100, "{short}");
    }

    #[test]
    fn what_a_changing_rate_brings_is_the_area_under_it() {
        let hour = START + Duration::from_hours(1);
        for spacing in [Spacing::Even, Spacing::Poisson] {
            let (from, to) = (Rate::ZERO, Rate::per_second(20));
            let shape = Shape::Ramp { from, to, over: Duration::from_hours(1) };
            let ramp = times(Arrivals { shape, spacing }, hour).len();
            assert!(ramp.abs_diff(36_000) < 600, "{ramp} up a ramp, {spacing:?}");
            let (on, off) = (Duration::from_secs(1), Duration::from_secs(9));
            let shape = Shape::Bursts { rate: Rate::per_second(100), on, off };
            let bursts = times(Arrivals { shape, spacing }, hour).len();
            assert!(bursts.abs_diff(36_000) < 600, "{bursts} in bursts, {spacing:?}");
        }
    }

    #[test]
    fn a_rate_below_one_a_stretch_is_kept() {
        let shape = Shape::Day { peak: Rate::parse("1/h").unwrap() };
        let day = times(
            Arrivals { shape, spacing: Spacing::Even },
            START + Duration::from_hours(24 * 10),
        );
        let mean = super::super::arrivals::DAY_CURVE.iter().sum::<u64>() / 100;
        assert!((mean - 2..=mean + 2).contains(&(day.len() as u64)), "{} of {mean}", day.len());
    }

    #[test]
    fn a_ramp_down_to_nothing_ends() {
        let shape =
            Shape::Ramp { from: Rate::per_second(1), to: Rate::ZERO, over: Duration::from_mins(1) };
        let last = times(Arrivals { shape, spacing: Spacing::Even }, Instant::FAR_FUTURE);
        assert!((29..=31).contains(&last.len()), "{}", last.len());
    }
}
