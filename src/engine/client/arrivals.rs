//! When a producer's records come: how the rate changes, and how chance spaces them.

use super::rate::Rate;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// When records come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Arrivals {
    /// How the rate changes.
    pub shape: Shape,
    /// How records are spaced at a given rate.
    pub spacing: Spacing,
}

/// How the rate changes with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// It does not.
    Constant(Rate),
    /// Full speed for a while, then nothing for a while, again and again.
    Bursts {
        /// The rate in a burst.
        rate: Rate,
        /// How long a burst lasts.
        on: Duration,
        /// How long nothing comes.
        off: Duration,
    },
    /// A day's rise and fall by [`DAY_CURVE`], in UTC.
    Day {
        /// The rate of the busiest hour.
        peak: Rate,
    },
    /// From one rate to another in a straight line, and on at the other.
    Ramp {
        /// The rate at the start.
        from: Rate,
        /// The rate at the end and from then on.
        to: Rate,
        /// How long the change takes.
        over: Duration,
    },
}

/// How records are spaced at a given rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// As even as whole microseconds allow; the n-th comes n/rate after the first, without drift.
    Even,
    /// Each as likely at any moment as at any other, whatever came before: a Poisson process.
    Poisson,
}

/// The rate at each full hour of a day in thousandths of the busiest: a shape of our own, low at
/// night, high in the evening, with straight lines between the hours.
pub const DAY_CURVE: [u64; 24] = [
    310, 210, 150, 120, 110, 140, 220, 350, 500, 610, 680, 720, //
    750, 730, 710, 720, 760, 830, 910, 970, 1_000, 930, 740, 500,
];

/// Ramps climb in so many steps, which nobody sees.
const RAMP_STEPS: u64 = 1_024;
const MINUTE: Duration = Duration::from_mins(1);

/// A stretch of time in which the rate stays the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stretch {
    pub rate: Rate,
    /// The stretch ends here, exclusively.
    pub until: Instant,
}

impl Arrivals {
    /// Records at a constant rate, evenly spaced.
    pub const fn constant(rate: Rate) -> Self {
        Self { shape: Shape::Constant(rate), spacing: Spacing::Even }
    }

    /// The rate at a moment, if the arrivals began at `start`.
    pub fn rate(&self, start: Instant, at: Instant) -> Rate {
        self.stretch(start, at).rate
    }

    /// The stretch around a moment, if the arrivals began at `start`.
    pub(super) fn stretch(&self, start: Instant, at: Instant) -> Stretch {
        match self.shape {
            Shape::Constant(rate) => Stretch { rate, until: Instant::FAR_FUTURE },
            Shape::Bursts { rate, on, off } => burst(rate, on, off, start, at),
            Shape::Day { peak } => day(peak, at),
            Shape::Ramp { from, to, over } => ramp(from, to, over, start, at),
        }
    }

    /// Whether records come often enough that the next one can always be found: once a day, in
    /// bursts once in a thousand of them.
    pub(super) fn is_sound(&self) -> bool {
        const DAILY_MILLIONTHS: u64 = 11;
        let some = |rate: Rate| rate.millionths_per_second() >= DAILY_MILLIONTHS;
        match self.shape {
            Shape::Constant(rate) | Shape::Day { peak: rate } => some(rate),
            Shape::Bursts { rate, on, off } => {
                let thousand = rate.millionths_per_second().saturating_mul(whole_micros(on));
                some(rate) && thousand >= 1_000_000_000 && off <= Duration::from_hours(8_760)
            }
            Shape::Ramp { from, to, over } => {
                let sound = |rate: Rate| rate == Rate::ZERO || some(rate);
                sound(from) && sound(to) && (some(from) || some(to)) && !over.is_zero()
            }
        }
    }
}

fn burst(rate: Rate, on: Duration, off: Duration, start: Instant, at: Instant) -> Stretch {
    let (on_micros, period) = (whole_micros(on), whole_micros(on + off));
    let since = whole_micros(at - start);
    let begun = start + Duration::from_micros(since / period * period);
    if since % period < on_micros {
        Stretch { rate, until: begun + on }
    } else {
        Stretch { rate: Rate::ZERO, until: begun + on + off }
    }
}

fn day(peak: Rate, at: Instant) -> Stretch {
    let minute = at.secs() / 60;
    let (hour, into) = (minute / 60 % 24, minute % 60);
    let weight = |hour: u64| DAY_CURVE[usize::try_from(hour % 24).expect("below 24")];
    let sixtieths = weight(hour) * (60 - into) + weight(hour + 1) * into;
    let millionths = peak.millionths_per_second() * sixtieths / 60_000;
    let until = Instant::from_secs((minute + 1) * MINUTE.as_secs());
    Stretch { rate: Rate::of_millionths(millionths), until }
}

fn ramp(from: Rate, to: Rate, over: Duration, start: Instant, at: Instant) -> Stretch {
    let (since, over) = (whole_micros(at - start), whole_micros(over));
    if since >= over {
        return Stretch { rate: to, until: Instant::FAR_FUTURE };
    }
    let wide = u128::from(since) * u128::from(RAMP_STEPS) / u128::from(over);
    let step = u64::try_from(wide).expect("fewer than the steps of a ramp");
    let ends = (u128::from(step + 1) * u128::from(over)).div_ceil(RAMP_STEPS.into());
    let until = start + Duration::from_micros(u64::try_from(ends).expect("at most the whole ramp"));
    // The rate in the middle of the step, so that the whole ramp brings what a straight line does.
    let (a, b) = (from.millionths_per_second(), to.millionths_per_second());
    let parts = 2 * RAMP_STEPS;
    let millionths = (a * (parts - 2 * step - 1) + b * (2 * step + 1)) / parts;
    Stretch { rate: Rate::of_millionths(millionths), until }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instant = Instant::DEFAULT_START;

    #[test]
    fn a_burst_ends_and_comes_again() {
        let rate = Rate::per_second(100);
        let (on, off) = (Duration::from_secs(5), Duration::from_secs(25));
        let shape = Shape::Bursts { rate, on, off };
        let bursts = Arrivals { shape, spacing: Spacing::Even };
        let at = |secs| START + Duration::from_secs(secs);
        assert_eq!(bursts.stretch(START, START), Stretch { rate, until: at(5) });
        assert_eq!(bursts.stretch(START, at(5)), Stretch { rate: Rate::ZERO, until: at(30) });
        assert_eq!(bursts.stretch(START, at(61)), Stretch { rate, until: at(65) });
    }

    #[test]
    fn the_evening_is_the_busiest_time_of_a_day() {
        let day = Arrivals {
            shape: Shape::Day { peak: Rate::per_second(1_000) },
            spacing: Spacing::Even,
        };
        let at = |hours| START + Duration::from_hours(hours);
        let rate = |hours| day.rate(START, at(hours)).millionths_per_second();
        assert_eq!((rate(20), rate(4)), (1_000_000_000, 110_000_000));
        let half_past = day.rate(START, at(4) + Duration::from_mins(30));
        assert_eq!(half_past.millionths_per_second(), 125_000_000);
    }

    #[test]
    fn records_that_hardly_ever_come_are_refused() {
        let rare = Rate::parse("0.00001/s").unwrap();
        let daily = Rate::parse("1/d").unwrap();
        let second = Duration::from_secs(1);
        let sound = |shape| Arrivals { shape, spacing: Spacing::Even }.is_sound();
        assert!(sound(Shape::Constant(daily)) && !sound(Shape::Constant(rare)));
        assert!(sound(Shape::Day { peak: daily }) && !sound(Shape::Day { peak: Rate::ZERO }));
        assert!(sound(Shape::Ramp { from: Rate::ZERO, to: daily, over: second }));
        assert!(!sound(Shape::Ramp { from: Rate::ZERO, to: Rate::ZERO, over: second }));
        assert!(!sound(Shape::Ramp { from: rare, to: daily, over: second }));
        assert!(!sound(Shape::Bursts { rate: daily, on: second, off: second }));
        let often = Rate::per_second(1);
        assert!(sound(Shape::Bursts { rate: often, on: Duration::from_millis(1), off: second }));
    }

    #[test]
    fn a_ramp_goes_in_a_straight_line_and_stays() {
        let (from, to) = (Rate::ZERO, Rate::per_second(1_000));
        let shape = Shape::Ramp { from, to, over: Duration::from_secs(1_024) };
        let ramp = Arrivals { shape, spacing: Spacing::Even };
        let rate = |secs| ramp.rate(START, START + Duration::from_secs(secs));
        assert_eq!(rate(512).millionths_per_second() / 1_000_000, 500);
        assert_eq!(rate(1_024), to);
        assert_eq!(rate(100_000), to);
    }
}
