//! Simulated time: whole microseconds since the Unix epoch.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

/// A moment of simulated time, in microseconds since 1970-01-01T00:00:00Z.
///
/// There is deliberately no `now()`: whoever needs the time is handed it.
///
/// ```
/// use shardlab::engine::time::Instant;
/// use std::time::Duration;
///
/// let noon = Instant::parse("2026-11-20T12:00:00Z").expect("a date of ISO 8601");
/// let later = noon + Duration::from_millis(1_500);
/// assert_eq!(later.to_string(), "2026-11-20T12:00:01.500000+00:00");
/// assert_eq!(later - noon, Duration::from_millis(1_500));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// Where a run starts unless its first line says otherwise: 2026-11-20T00:00:00Z.
    pub const DEFAULT_START: Self = Self::from_secs(1_795_132_800);
    /// Later than any task: the year 294,247, where a microsecond count still fits 63 bits.
    pub const FAR_FUTURE: Self = Self(i64::MAX.unsigned_abs());

    /// The moment `micros` microseconds after the Unix epoch.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// The moment `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    /// The moment `secs` seconds after the Unix epoch.
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    /// Microseconds since the Unix epoch.
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Whole milliseconds since the Unix epoch, rounded down.
    pub const fn millis(self) -> u64 {
        self.0 / 1_000
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn secs(self) -> u64 {
        self.0 / 1_000_000
    }

    /// The time from `earlier` to this moment; zero if `earlier` is not earlier.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }

    /// The moment `duration` before this one, not before the epoch.
    #[must_use]
    pub fn before(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(whole_micros(duration)))
    }

    /// The moment rounded up to a whole multiple of `step` since the epoch; `step` is not zero.
    #[must_use]
    pub fn round_up(self, step: Duration) -> Self {
        Self(self.0.next_multiple_of(whole_micros(step)))
    }

    /// Reads `2026-11-20`, `2026-11-20T12:00:00Z`, with a fraction of up to six digits, with `Z`,
    /// no zone or an offset such as `+09:00`; `None` if the text is no such date.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00Z"));
        let mut date = date.split('-');
        let (year, month, day) = (date.next()?, date.next()?, date.next()?);
        if date.next().is_some() || year.len() != 4 {
            return None;
        }
        let days = days_from_civil(digits(year)?, digits(month)?, digits(day)?)?;
        let (clock, offset_secs) = split_zone(clock)?;
        let micros = days.checked_mul(86_400_000_000)?.checked_add(clock_micros(clock)?)?;
        let micros = i64::try_from(micros).ok()?.checked_sub(offset_secs * 1_000_000)?;
        u64::try_from(micros).ok().map(Self)
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(whole_micros(duration)))
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.since(earlier)
    }
}

/// ISO 8601 in UTC as the AWS CLI prints it: whole seconds without a fraction, else six digits.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, secs) = (self.secs() / 86_400, self.secs() % 86_400);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (secs / 3_600, secs / 60 % 60, secs % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match self.0 % 1_000_000 {
            0 => write!(f, "+00:00"),
            micros => write!(f, ".{micros:06}+00:00"),
        }
    }
}

/// A duration as whole microseconds; durations beyond the clock's range become its end.
pub fn whole_micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn digits(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// `12:00:00.5+09:00` taken apart into the clock and the zone's seconds east of UTC.
fn split_zone(clock: &str) -> Option<(&str, i64)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = clock.find(['+', '-']) else { return Some((clock, 0)) };
    let (clock, zone) = clock.split_at(at);
    let (hours, minutes) = zone[1..].split_once(':').unwrap_or((&zone[1..], "00"));
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    let secs = i64::try_from(hours * 3_600 + minutes * 60).ok()?;
    Some((clock, if zone.starts_with('-') { -secs } else { secs }))
}

fn clock_micros(clock: &str) -> Option<u64> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let (hour, minute) = (digits(parts.next()?)?, digits(parts.next()?)?);
    let second = parts.next().map_or(Some(0), digits)?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 || fraction.len() > 6 {
        return None;
    }
    let scale = 10_u64.pow(6 - u32::try_from(fraction.len()).ok()?);
    Some((hour * 3_600 + minute * 60 + second) * 1_000_000 + digits(fraction)? * scale)
}

fn days_in_month(year: u64, month: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_before_year(year: u64) -> u64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400
}

fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let real = (1970..=9999).contains(&year) && (1..=12).contains(&month);
    if !real || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let months: u64 = (1..month).map(|month| days_in_month(year, month)).sum();
    Some(days_before_year(year) - days_before_year(1970) + months + day - 1)
}

fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let mut year = 1970 + days / 366;
    while days_before_year(year + 1) - days_before_year(1970) <= days {
        year += 1;
    }
    let mut day = days - (days_before_year(year) - days_before_year(1970));
    let mut month = 1;
    while day >= days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    (year, month, day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_reads_back_as_it_was_printed() {
        for text in ["1970-01-01T00:00:00+00:00", "2024-02-29T23:59:59.999999+00:00"] {
            assert_eq!(Instant::parse(text).expect("a date").to_string(), text);
        }
        assert_eq!(Instant::DEFAULT_START.to_string(), "2026-11-20T00:00:00+00:00");
    }

    #[test]
    fn zones_are_taken_off() {
        assert_eq!(
            Instant::parse("2026-11-20T09:00:00+09:00"),
            Instant::parse("2026-11-20T00:00:00Z")
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "2023-02-29", "2026-13-01", "2026-1-1T25:00:00Z", "soon", "1969-12-31"] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }
}
