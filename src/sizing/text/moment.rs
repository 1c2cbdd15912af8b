//! Moments as files write them.

use crate::engine::client::dataset::timestamp;
use crate::engine::time::Instant;

/// Reads a moment: everything that [`timestamp`] reads, which is what `lab replay` takes (epoch
/// seconds, milliseconds or microseconds, ISO 8601, `2001/01/31 06:55`), and what logs have beside
/// it: `20/Nov/2026:12:00:00 +0900`, zones without a colon or called `UTC`, and a comma before the
/// fraction. Without a zone it is UTC.
///
/// ```
/// use shardlab::engine::time::Instant;
/// use shardlab::sizing::moment;
///
/// let noon = Instant::parse("2026-11-20T12:00:00Z");
/// for text in [
///     "1795176000", "1795176000000", "1795176000000000", "2026-11-20 12:00:00",
///     "2026-11-20T21:00:00+09:00", "20/Nov/2026:12:00:00 +0000", "2026-11-20 12:00:00,000 UTC",
/// ] {
///     assert_eq!(moment(text.as_bytes()), noon, "{text}");
/// }
/// ```
pub fn moment(cell: &[u8]) -> Option<Instant> {
    let cell = cell.trim_ascii();
    let micros = match *cell.first()? {
        b'0'..=b'9' => epoch(cell).or_else(|| civil(cell)),
        b'[' => return moment(cell[1..].strip_suffix(b"]")?),
        _ => return None,
    };
    micros.map(Instant::from_micros).or_else(|| timestamp(std::str::from_utf8(cell).ok()?))
}

/// Whole numbers: the same limits as [`timestamp`].
fn epoch(cell: &[u8]) -> Option<u64> {
    if cell.len() > 17 {
        return None;
    }
    let number = digits(cell)?;
    match number {
        0..100_000_000_000 => Some(number * 1_000_000),
        100_000_000_000..100_000_000_000_000 => Some(number * 1_000),
        _ => Some(number),
    }
}

fn digits(text: &[u8]) -> Option<u64> {
    let digit =
        |sum: u64, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0'));
    if text.is_empty() || text.len() > 18 { None } else { text.iter().try_fold(0, digit) }
}

/// A date with a clock time, as most files write it.
fn civil(cell: &[u8]) -> Option<u64> {
    let at = |place: usize| cell.get(place).copied().unwrap_or(0);
    let (days, rest) = if (at(2), at(6), at(11)) == (b'/', b'/', b':') {
        (named_date(&cell[..2], &cell[3..6], &cell[7..11])?, &cell[12..])
    } else {
        let is_date = matches!(at(4), b'-' | b'/') && at(7) == at(4);
        if !is_date || !matches!(at(10), b'T' | b' ') {
            return None;
        }
        let (year, month) = (digits(&cell[..4])?, digits(&cell[5..7])?);
        (days_since_epoch(year, month, digits(&cell[8..10])?)?, &cell[11..])
    };
    let (micros, zone) = clock(rest)?;
    let micros = i64::try_from(days * 86_400_000_000 + micros).ok()?;
    u64::try_from(micros - zone_secs(zone)? * 1_000_000).ok()
}

/// `20`, `Nov` and `2026`.
fn named_date(day: &[u8], month: &[u8], year: &[u8]) -> Option<u64> {
    const MONTHS: &[u8; 36] = b"janfebmaraprmayjunjulaugsepoctnovdec";
    let is_it = |name: &[u8]| name.eq_ignore_ascii_case(month);
    let month = MONTHS.chunks_exact(3).position(is_it)?;
    days_since_epoch(digits(year)?, month as u64 + 1, digits(day)?)
}

fn days_since_epoch(year: u64, month: u64, day: u64) -> Option<u64> {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    const LENGTH: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let place = usize::try_from(month.checked_sub(1)?).ok().filter(|place| *place < 12)?;
    let last = LENGTH[place] + u64::from(is_leap && month == 2);
    if !(1970..=9999).contains(&year) || !(1..=last).contains(&day) {
        return None;
    }
    let past = year - 1;
    let leap_days = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
    let leap_day = u64::from(is_leap && month > 2);
    Some((year - 1970) * 365 + leap_days + BEFORE[place] + leap_day + day - 1)
}

/// `12:34`, `12:34:56` or `12:34:56.789` as microseconds, and what follows.
fn clock(text: &[u8]) -> Option<(u64, &[u8])> {
    let two = |at: usize| digits(text.get(at..at + 2)?);
    let (hour, minute) = (two(0)?, two(3)?);
    let has_second = text.get(5) == Some(&b':');
    let second = if has_second { two(6)? } else { 0 };
    if text[2] != b':' || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let rest = &text[if has_second { 8 } else { 5 }..];
    let whole = (hour * 3_600 + minute * 60 + second) * 1_000_000;
    let Some((b'.' | b',', fraction)) = rest.split_first().filter(|_| has_second) else {
        return Some((whole, rest));
    };
    let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let micros = fraction[..length].iter().chain(b"000000").take(6);
    let micros = micros.fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'));
    (length > 0).then_some((whole + micros, &fraction[length..]))
}

/// Seconds east of UTC.
fn zone_secs(zone: &[u8]) -> Option<i64> {
    let zone = zone.trim_ascii_start();
    let (sign, digits_of) = match zone {
        b"" | b"Z" | b"z" | b"UTC" | b"GMT" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match digits_of {
        [a, b] => (digits(&[*a, *b])?, 0),
        [a, b, b':', c, d] | [a, b, c, d] => (digits(&[*a, *b])?, digits(&[*c, *d])?),
        _ => return None,
    };
    let is_zone = hours <= 14 && minutes <= 59;
    is_zone.then_some(sign * i64::try_from(hours * 3_600 + minutes * 60).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_replay_reads_is_read_as_replay_does() {
        let mut read = 0;
        for date in
            ["1970-01-01", "2000-02-29", "2001/01/31", "2024-12-31", "2026-03-01", "2023-02-29"]
        {
            for clock in ["", "T00:00:00", " 23:59:59.999999", "T12:34:56.7891234", " 06:55"] {
                for zone in ["", "Z", "+09:00", "-0330", "+00", " UTC", "x"] {
                    let text = format!("{date}{clock}{zone}");
                    if let Some(expected) = timestamp(&text) {
                        assert_eq!(moment(text.as_bytes()), Some(expected), "{text}");
                        read += 1;
                    }
                }
            }
        }
        assert!(read > 60, "{read}");
        for text in ["0", "99999999999", "100000000000", "1517363399.65", "1517363399650123"] {
            assert_eq!(moment(text.as_bytes()), timestamp(text), "{text}");
        }
    }

    #[test]
    fn logs_have_moments_of_their_own() {
        let noon = Instant::parse("2026-11-20T12:00:00.250Z");
        for text in [
            "2026-11-20 12:00:00,250",
            "2026-11-20T07:00:00.25-0500",
            " [2026-11-20 12:00:00.250000 UTC] ",
        ] {
            assert_eq!(moment(text.as_bytes()), noon, "{text}");
        }
        let date = Instant::parse("2026-11-20T03:00:00Z");
        assert_eq!(moment(b"20/Nov/2026:12:00:00 +0900"), date);
        assert_eq!(moment(b"20/nov/2026:03:00:00"), date);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "-5",
            "soon",
            "12:00",
            "20/Nev/2026:12:00:00 +0900",
            "31/Feb/2026:12:00:00",
            "2026-11-20 24:00:00",
            "2026-11-20 12:60:00",
            "2026-11-20T12:00:00+25:00",
            "[1",
            "20/Nov/2026",
            "2026-11-20 12-00:00",
            "99999999999999999999",
        ] {
            assert_eq!(moment(text.as_bytes()), None, "{text}");
        }
    }
}
