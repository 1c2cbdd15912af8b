//! How fast simulated time passes: exact ratios, never floats.

use shardlab::scene::words::grouped;

/// Simulated time per time of the viewer, as a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed {
    /// Simulated microseconds …
    pub simulated: u32,
    /// … in so many microseconds of the viewer.
    pub viewed: u32,
}

impl Speed {
    /// The stops of the slider, about three for each power of ten: whole steps where people think
    /// in seconds, minutes, hours, days and weeks.
    pub const STOPS: [Self; 24] = [
        Self::new(1, 100),
        Self::new(1, 50),
        Self::new(1, 20),
        Self::new(1, 10),
        Self::new(1, 4),
        Self::new(1, 2),
        Self::REAL_TIME,
        Self::new(2, 1),
        Self::new(5, 1),
        Self::new(10, 1),
        Self::new(20, 1),
        Self::new(30, 1),
        Self::new(60, 1),
        Self::new(120, 1),
        Self::new(300, 1),
        Self::new(600, 1),
        Self::new(1_800, 1),
        Self::new(3_600, 1),
        Self::new(10_800, 1),
        Self::new(21_600, 1),
        Self::new(86_400, 1),
        Self::new(259_200, 1),
        Self::new(604_800, 1),
        Self::new(1_000_000, 1),
    ];

    /// One second a second.
    pub const REAL_TIME: Self = Self::new(1, 1);

    /// So many simulated seconds in so many seconds of the viewer.
    pub const fn new(simulated: u32, viewed: u32) -> Self {
        Self { simulated, viewed }
    }

    /// The stop at a place of the slider, or the last one.
    pub fn stop(place: usize) -> Self {
        Self::STOPS[place.min(Self::STOPS.len() - 1)]
    }

    /// The place of a stop on the slider.
    pub fn place(self) -> usize {
        Self::STOPS.iter().position(|stop| *stop == self).unwrap_or(0)
    }

    /// The fastest stop that is not faster, or the slowest one.
    pub fn stop_within(self) -> Self {
        let place = Self::STOPS.partition_point(|stop| !stop.is_faster_than(self));
        Self::stop(place.saturating_sub(1))
    }

    /// Whether more time passes in the same time.
    pub fn is_faster_than(self, other: Self) -> bool {
        u64::from(self.simulated) * u64::from(other.viewed)
            > u64::from(other.simulated) * u64::from(self.viewed)
    }

    /// The simulated time of a number of microseconds of the viewer, and what is left of the
    /// division for the next time, so that nothing is lost to rounding.
    pub fn simulated_micros(self, viewed_micros: u64, left_over: u64) -> (u64, u64) {
        let scaled = viewed_micros.saturating_mul(self.simulated.into()) + left_over;
        (scaled / u64::from(self.viewed), scaled % u64::from(self.viewed))
    }
}

/// `0.25×`, `60×`, `1,000,000×`.
impl std::fmt::Display for Speed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = u64::from(self.simulated) * 100 / u64::from(self.viewed.max(1));
        let (whole, rest) = (grouped(hundredths / 100), hundredths % 100);
        match rest {
            _ if rest == 0 || hundredths >= 10_000 => write!(f, "{whole}×"),
            rest if hundredths >= 1_000 => write!(f, "{whole}.{}×", rest / 10),
            rest if rest % 10 == 0 => write!(f, "{whole}.{}×", rest / 10),
            rest => write!(f, "{whole}.{rest:02}×"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stop_is_faster_than_the_one_before_by_four_times_at_most() {
        for pair in Speed::STOPS.windows(2) {
            let [slow, fast] = [pair[0], pair[1]]
                .map(|speed| u64::from(speed.simulated) * 1_000 / u64::from(speed.viewed));
            assert!(fast > slow && fast <= slow * 4, "{} {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_speed_in_between_has_a_stop_below_it() {
        assert_eq!(Speed::new(123_456, 100).stop_within(), Speed::new(600, 1));
        assert_eq!(Speed::new(600, 1).stop_within(), Speed::new(600, 1));
        assert_eq!(Speed::new(0, 100).stop_within(), Speed::stop(0));
    }

    #[test]
    fn a_hundredth_loses_nothing_to_rounding() {
        let speed = Speed::new(1, 100);
        let (mut passed, mut left_over) = (0, 0);
        for _ in 0..1_000 {
            let (micros, rest) = speed.simulated_micros(16_667, left_over);
            (passed, left_over) = (passed + micros, rest);
        }
        assert_eq!(passed, 166_670);
    }

    #[test]
    fn speeds_are_written_as_people_read_them() {
        let texts =
            [Speed::new(1, 100), Speed::new(1, 2), Speed::new(3_600, 1)].map(|s| s.to_string());
        assert_eq!(texts, ["0.01×", "0.5×", "3,600×"]);
        let texts = [12_345, 1_108_937].map(|simulated| Speed::new(simulated, 1_000).to_string());
        assert_eq!(texts, ["12.3×", "1,108×"]);
    }
}
