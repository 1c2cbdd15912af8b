//! Durations, sizes and shares as they are typed, read without any rounding.

use std::time::Duration;

use crate::engine::time::Instant;

const DURATIONS: &[(&str, u64)] = &[
    ("us", 1),
    ("ms", 1_000),
    ("s", 1_000_000),
    ("m", 60_000_000),
    ("h", 3_600_000_000),
    ("d", 86_400_000_000),
];

const SIZES: &[(&str, u64)] = &[("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20)];

/// Reads `10s`, `0.5s`, `100ms`, `1.5h`, `7d`: whole microseconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    match with_unit(text, DURATIONS) {
        Some(micros) => Ok(Duration::from_micros(micros)),
        None => Err(format!("{text} is no duration: write for example 10s, 0.5s, 100ms, 2h, 7d")),
    }
}

/// Reads `200B`, `1KiB`, `1.5KiB`, `1MiB`: whole bytes.
pub fn size(text: &str) -> Result<u32, String> {
    with_unit(text, SIZES)
        .and_then(|bytes| u32::try_from(bytes).ok())
        .ok_or_else(|| format!("{text} is no size: write for example 200B, 1KiB, 1.5KiB, 1MiB"))
}

/// Reads `5%` or `0.5%`: millionths.
pub fn share(text: &str) -> Result<u32, String> {
    text.strip_suffix('%')
        .and_then(|percent| decimal(percent, 10_000))
        .and_then(|millionths| u32::try_from(millionths).ok())
        .filter(|millionths| *millionths <= 1_000_000)
        .ok_or_else(|| format!("{text} is no share: write for example 5% or 0.5%"))
}

/// Reads a whole number of at least `min`.
pub fn count(text: &str, min: u32) -> Result<u32, String> {
    let number = decimal(text, 1).and_then(|number| u32::try_from(number).ok());
    number.filter(|number| *number >= min).ok_or_else(|| {
        format!("{text} is no count: write a whole number from {min} to {}", u32::MAX)
    })
}

/// Reads a date of ISO 8601.
pub fn instant(text: &str) -> Result<Instant, String> {
    Instant::parse(text)
        .ok_or_else(|| format!("{text} is no date: write for example 2026-11-20T12:00:00Z"))
}

/// A number and its unit, in the smallest unit; `None` if it is not a whole number of those.
fn with_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let digits = text.find(|char: char| char.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(digits);
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    decimal(number, *factor)
}

/// `text` times `factor`, if that is a whole number of 64 bits.
pub fn decimal(text: &str, factor: u64) -> Option<u64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits: u128 = format!("{whole}{fraction}").parse().ok()?;
    let product = digits.checked_mul(factor.into())?;
    if product.is_multiple_of(scale) { u64::try_from(product / scale).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_exact() {
        for (text, micros) in [
            ("10s", 10_000_000),
            ("0.5s", 500_000),
            ("100ms", 100_000),
            ("1.5h", 5_400_000_000),
            ("0.000001s", 1),
            ("7d", 604_800_000_000),
            ("0s", 0),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_micros(micros)), "{text}");
        }
        assert_eq!(size("1.5KiB"), Ok(1_536));
        assert_eq!(size("200B"), Ok(200));
        assert_eq!(share("0.5%"), Ok(5_000));
        assert_eq!(share("100%"), Ok(1_000_000));
        assert_eq!(count("500", 1), Ok(500));
    }

    #[test]
    fn what_is_no_quantity_says_what_would_be() {
        for text in ["", "10", "s", "-1s", "1e3s", "1.s", ".5s", "0.0000001s", "1 s", "1x", "१s"]
        {
            assert!(duration(text).is_err(), "{text}");
        }
        for text in ["1.0001B", "5GiB", "4294967296B", "1kb", "99999999999999999999999MiB"] {
            assert!(size(text).is_err(), "{text}");
        }
        for text in ["5", "101%", "%", "0.00001%", "-1%"] {
            assert!(share(text).is_err(), "{text}");
        }
        for text in ["0", "-1", "1.5", "4294967296", "many"] {
            assert!(count(text, 1).is_err(), "{text}");
        }
        assert!(duration("10").is_err_and(|words| words.contains("write for example 10s")));
    }
}
