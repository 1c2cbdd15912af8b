//! Moments as data sets write them.

use crate::engine::time::Instant;

/// Reads a moment: seconds, milliseconds or microseconds since the Unix epoch, told apart by their
/// size, seconds also with a fraction; ISO 8601; or `2001/01/31 06:55`, in UTC.
///
/// ```
/// use shardlab::engine::client::dataset::timestamp;
///
/// let ten = timestamp("2018-01-31T01:49:59.650Z");
/// assert_eq!(timestamp("1517363399650"), ten);
/// assert_eq!(timestamp("1517363399.65"), ten);
/// assert_eq!(timestamp("2018/01/31 01:49:59.650000123"), ten);
/// assert_eq!(timestamp("soon"), None);
/// ```
pub fn timestamp(cell: &str) -> Option<Instant> {
    let cell = cell.trim();
    epoch(cell).or_else(|| Instant::parse(&dashed(cell)))
}

/// Numbers below this count seconds, those below its thousandfold milliseconds: until the year
/// 5138, and from 1973 on.
const SECONDS_END: u64 = 100_000_000_000;

fn epoch(cell: &str) -> Option<Instant> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let (micros, digits) = match whole {
        0..SECONDS_END => (1_000_000, 6),
        SECONDS_END..100_000_000_000_000 => (1_000, 3),
        _ => (1, 0),
    };
    let parts: u64 = format!("0{fraction:0<6}")[..=digits].parse().ok()?;
    Some(Instant::from_micros(whole.checked_mul(micros)? + parts))
}

/// With hyphens in the date, and no more than six digits behind the point.
fn dashed(cell: &str) -> String {
    let cell = cell.replace('/', "-");
    let Some((before, after)) = cell.split_once('.') else { return cell };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    format!("{before}.{}{}", &after[..digits.min(6)], &after[digits..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_moment_is_none() {
        for cell in ["", "-5", "1e9", "12:00", "2001/13/01", "1.2.3", "2001-01-01T00:00:00.x"] {
            assert_eq!(timestamp(cell), None, "{cell}");
        }
        assert_eq!(timestamp("0"), Some(Instant::from_micros(0)));
        assert_eq!(timestamp("2001/03/31 20:50"), Instant::parse("2001-03-31T20:50:00Z"));
        assert_eq!(
            timestamp("1517363399650123"),
            Some(Instant::from_micros(1_517_363_399_650_123))
        );
    }
}
