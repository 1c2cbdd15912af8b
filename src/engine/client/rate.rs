//! How often: records in a span of time, as an exact fraction.

use crate::engine::time::whole_micros;
use std::fmt;
use std::time::Duration;

/// Records in a span of time: `800/s`, `30/m`, `1/h`, `0.5/s`.
///
/// ```
/// use shardlab::engine::client::rate::Rate;
///
/// let rate = Rate::parse("0.5/s").expect("a rate");
/// assert_eq!(rate, Rate::parse("30/m").expect("a rate"));
/// assert_eq!(Rate::parse("800/s"), Some(Rate::per_second(800)));
/// assert_eq!(rate.to_string(), "30/m");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    records: u64,
    per_micros: u64,
}

const MILLION: u64 = 1_000_000;
const SPANS: [(&str, u64); 4] =
    [("s", MILLION), ("m", 60 * MILLION), ("h", 3_600 * MILLION), ("d", 86_400 * MILLION)];

impl Rate {
    /// Never.
    pub const ZERO: Self = Self { records: 0, per_micros: MILLION };
    /// The most records a second of one producer: a thousand shards' worth.
    pub const MAX: Self = Self::per_second(1_000_000);

    /// So many records a second.
    pub const fn per_second(records: u32) -> Self {
        Self { records: records as u64, per_micros: MILLION }.reduced()
    }

    /// So many records in a span of at most a day; `None` if the span is empty or longer.
    pub fn new(records: u32, per: Duration) -> Option<Self> {
        let per_micros = whole_micros(per);
        let rate = Self { records: records.into(), per_micros };
        (1..=86_400 * MILLION).contains(&per_micros).then(|| rate.reduced())
    }

    /// Reads `800/s`, `0.5/s`, `30/m`, `1/h` or `1/d`, with up to six digits after the point;
    /// `None` if the text is none of these or above [`MAX`](Self::MAX).
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.split_once('/')?;
        let (_, span) = SPANS.into_iter().find(|(name, _)| *name == unit)?;
        let (whole, fraction) = count.split_once('.').unwrap_or((count, "0"));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() > 11 || fraction.len() > 6 {
            return None;
        }
        let scale = 10_u64.pow(6 - u32::try_from(fraction.len()).ok()?);
        let millionths =
            whole.parse::<u64>().ok()? * MILLION + fraction.parse::<u64>().ok()? * scale;
        let rate = Self { records: millionths, per_micros: span * MILLION }.reduced();
        (rate.millionths_per_second() <= Self::MAX.millionths_per_second()).then_some(rate)
    }

    /// A rate of millionths of records a second, for ramps and curves.
    pub(super) const fn of_millionths(millionths_per_second: u64) -> Self {
        Self { records: millionths_per_second, per_micros: MILLION * MILLION }
    }

    /// Millionths of records a second, rounded down.
    pub fn millionths_per_second(self) -> u64 {
        let wide = u128::from(self.records) * u128::from(MILLION * MILLION);
        u64::try_from(wide / u128::from(self.per_micros)).unwrap_or(u64::MAX)
    }

    /// The numerator: so many records come in [`per_micros`](Self::per_micros).
    pub(super) const fn records(self) -> u64 {
        self.records
    }

    /// The denominator, in microseconds.
    pub(super) const fn per_micros(self) -> u64 {
        self.per_micros
    }

    const fn reduced(self) -> Self {
        let (mut a, mut b) = (self.per_micros, self.records);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        Self { records: self.records / a, per_micros: self.per_micros / a }
    }
}

/// In the shortest span in which it is a whole number, else in millionths a second.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (unit, span) in SPANS {
            let wide = u128::from(self.records) * u128::from(span);
            if wide.is_multiple_of(self.per_micros.into()) {
                return write!(f, "{}/{unit}", wide / u128::from(self.per_micros));
            }
        }
        let millionths = self.millionths_per_second();
        write!(f, "{}.{:06}/s", millionths / MILLION, millionths % MILLION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_rate_is_none() {
        for text in ["", "800", "/s", "-1/s", "1/y", "1e3/s", "1.0000001/s", "1000001/s", "x/s"] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
        assert_eq!(Rate::parse("1000000/s"), Some(Rate::MAX));
        assert_eq!(Rate::new(1, Duration::ZERO), None);
    }

    #[test]
    fn a_rate_is_told_as_it_was_given() {
        for text in ["800/s", "30/m", "1/h", "7/d", "0.333333/s"] {
            assert_eq!(Rate::parse(text).unwrap().to_string(), text);
        }
    }
}
