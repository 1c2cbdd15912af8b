//! From the browser's frames to simulated time.

use super::speed::Speed;
use std::time::Duration;

/// Turns the timestamps of frames into simulated time, and knows how much of it was reached.
///
/// Floats end here: the engine sees whole microseconds, and nothing it decides depends on frames.
#[derive(Clone, Debug, Default)]
pub struct Pacer {
    /// The last frame, in microseconds of the viewer.
    last: Option<u64>,
    /// What dividing by a slow speed left over.
    left_over: u64,
    measured: Measured,
}

/// What was reached since the last measurement.
#[derive(Clone, Debug, Default)]
struct Measured {
    viewed_micros: u64,
    simulated_micros: u64,
    asked_micros: u64,
    reached: Option<Speed>,
}

/// A tab brought back to the front after an hour goes on from where it was, instead of racing
/// through the hour it missed.
const GAP_MAX_MICROS: u64 = 100_000;
/// How long the true speed is measured before it is said again.
const MEASURE_MICROS: u64 = 1_000_000;

impl Pacer {
    /// The simulated time that should pass until this frame, given when it comes, in milliseconds
    /// of the browser's clock.
    pub fn frame(&mut self, timestamp_millis: f64, speed: Speed) -> Duration {
        let now = whole_micros(timestamp_millis);
        let gap = now.saturating_sub(self.last.unwrap_or(now)).min(GAP_MAX_MICROS);
        self.last = Some(now);
        let (micros, left_over) = speed.simulated_micros(gap, self.left_over);
        self.left_over = left_over;
        self.measured.viewed_micros += gap;
        self.measured.asked_micros += micros;
        Duration::from_micros(micros)
    }

    /// Notes how much simulated time really passed, which is less if there was too much to do.
    pub fn reached(&mut self, simulated: Duration) {
        let measured = &mut self.measured;
        measured.simulated_micros += u64::try_from(simulated.as_micros()).unwrap_or(u64::MAX);
        if measured.viewed_micros >= MEASURE_MICROS {
            let is_behind = measured.simulated_micros < measured.asked_micros / 20 * 19;
            let reached =
                is_behind.then(|| ratio(measured.simulated_micros, measured.viewed_micros));
            *measured = Measured { reached, ..Measured::default() };
        }
    }

    /// The true speed, if it stayed below the one that was asked for.
    pub fn true_speed(&self) -> Option<Speed> {
        self.measured.reached
    }

    /// Forgets the last frame: time does not pass until the next one.
    pub fn rest(&mut self) {
        self.last = None;
        self.measured = Measured { reached: self.measured.reached, ..Measured::default() };
    }

    /// Another speed is asked for: what was reached of the one before says nothing any more.
    pub fn begin_anew(&mut self) {
        self.measured = Measured::default();
    }
}

/// A ratio as a speed, in hundredths where it is small.
fn ratio(simulated: u64, viewed: u64) -> Speed {
    let hundredths = u128::from(simulated) * 100 / u128::from(viewed.max(1));
    match u32::try_from(hundredths) {
        Ok(hundredths) => Speed::new(hundredths, 100),
        Err(_) => Speed::new(u32::try_from(hundredths / 100).unwrap_or(u32::MAX), 1),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a browser's clock counts from the page's start; `as` saturates"
)]
fn whole_micros(millis: f64) -> u64 {
    (millis * 1_000.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paced(timestamps: &[f64], speed: Speed) -> Vec<Duration> {
        let mut pacer = Pacer::default();
        timestamps.iter().map(|&timestamp| pacer.frame(timestamp, speed)).collect()
    }

    #[test]
    fn the_first_frame_passes_no_time_and_the_next_its_distance() {
        let durations = paced(&[5_000.0, 5_016.0, 5_033.0], Speed::new(60, 1));
        let millis = [0, 960, 1_020].map(Duration::from_millis);
        assert_eq!(durations, millis);
    }

    #[test]
    fn a_long_gap_counts_as_a_short_one() {
        let durations = paced(&[0.0, 3_600_000.0], Speed::REAL_TIME);
        assert_eq!(durations[1], Duration::from_millis(100));
    }

    #[test]
    fn a_clock_that_steps_back_passes_no_time() {
        assert_eq!(paced(&[1_000.0, 900.0], Speed::REAL_TIME)[1], Duration::ZERO);
    }

    #[test]
    fn the_true_speed_is_said_when_it_falls_behind() {
        let mut pacer = Pacer::default();
        let speed = Speed::new(1_000, 1);
        for frame in 0..=60_u32 {
            let asked = pacer.frame(f64::from(frame) * 20.0, speed);
            pacer.reached(asked / 4);
        }
        assert_eq!(pacer.true_speed(), Some(Speed::new(25_000, 100)));
        pacer.rest();
        assert_eq!(pacer.true_speed(), Some(Speed::new(25_000, 100)), "a pause does not change it");
        pacer.begin_anew();
        assert_eq!(pacer.true_speed(), None);
    }
}
