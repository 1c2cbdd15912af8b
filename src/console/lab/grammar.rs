//! The small languages of option values: arrivals, sizes, keys, retries, positions.
//!
//! Every reader's error says what would be right.

use std::time::Duration;

use super::quantity;
use crate::engine::client::arrivals::{Arrivals, Shape, Spacing};
use crate::engine::client::keys::Keys;
use crate::engine::client::name::ClientName;
use crate::engine::client::position::Start;
use crate::engine::client::rate::Rate;
use crate::engine::client::record_size::RecordSize;
use crate::engine::client::retry::{ATTEMPTS, BACKOFF_BASE, BACKOFF_CAP, Retry};
use crate::engine::service::names::StreamName;
use crate::engine::service::partition_key::PartitionKey;

/// What `--rate` takes.
pub const ARRIVALS: &str = "RATE | bursts:RATE:ON:OFF | day:PEAK | ramp:FROM:TO:OVER, with \
                            poisson: before any of them";
/// What `--record-size` takes.
pub const RECORD_SIZE: &str = "SIZE | SIZE..SIZE";
/// What `--keys` takes.
pub const KEYS: &str = "one:KEY | sequence:N | uniform:N | zipf:N[:EXPONENT] | unique";
/// What `--retry` takes.
pub const RETRY: &str = "none | immediate[:ATTEMPTS] | backoff[:ATTEMPTS]";
/// What `--from` takes.
pub const START: &str = "TRIM_HORIZON | LATEST | AT_TIMESTAMP=DATE";

/// Reads `800/s`, `poisson:800/s`, `bursts:2000/s:10s:50s`, `day:900/s`, `ramp:0/s:2000/s:10m`.
pub fn arrivals(text: &str) -> Result<Arrivals, String> {
    let (spacing, rest) = match text.strip_prefix("poisson:") {
        Some(rest) => (Spacing::Poisson, rest),
        None => (Spacing::Even, text),
    };
    let parts: Vec<&str> = rest.split(':').collect();
    let shape = match parts[..] {
        [constant] => Shape::Constant(rate(constant)?),
        ["bursts", at, on, off] => Shape::Bursts {
            rate: rate(at)?,
            on: quantity::duration(on)?,
            off: quantity::duration(off)?,
        },
        ["day", peak] => Shape::Day { peak: rate(peak)? },
        ["ramp", from, to, over] => {
            Shape::Ramp { from: rate(from)?, to: rate(to)?, over: quantity::duration(over)? }
        }
        _ => return Err(format!("{text} is none of {ARRIVALS}")),
    };
    Ok(Arrivals { shape, spacing })
}

/// Reads `1KiB` or `200B..2KiB`.
pub fn record_size(text: &str) -> Result<RecordSize, String> {
    match text.split_once("..") {
        None => quantity::size(text).map(RecordSize::constant),
        Some((min, max)) => Ok(RecordSize { min: quantity::size(min)?, max: quantity::size(max)? }),
    }
}

/// Reads `one:user-1`, `sequence:10`, `uniform:500`, `zipf:500`, `zipf:500:1.2`, `unique`.
pub fn keys(text: &str) -> Result<Keys, String> {
    let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
    match (kind, rest) {
        ("sequence" | "uniform" | "zipf", "") => Err(format!("{text} is none of {KEYS}")),
        ("one", key) => match PartitionKey::new(key) {
            Some(key) => Ok(Keys::One(key)),
            None => Err("a partition key has 1 to 256 characters: write one:KEY".to_owned()),
        },
        ("unique", "") => Ok(Keys::Unique),
        ("sequence", count) => quantity::count(count, 1).map(Keys::Sequence),
        ("uniform", count) => quantity::count(count, 1).map(Keys::Uniform),
        ("zipf", rest) => {
            let (count, exponent) = rest.split_once(':').unwrap_or((rest, "1"));
            let keys = quantity::count(count, 1)?;
            let hundredths = quantity::decimal(exponent, 100);
            let hundredths = hundredths.and_then(|exponent| u32::try_from(exponent).ok());
            let exponent_hundredths = hundredths
                .ok_or_else(|| format!("{exponent} is no exponent: write for example 1 or 1.25"))?;
            Ok(Keys::Zipf { keys, exponent_hundredths })
        }
        _ => Err(format!("{text} is none of {KEYS}")),
    }
}

/// Reads `none`, `immediate`, `immediate:10`, `backoff`, `backoff:5`.
pub fn retry(text: &str) -> Result<Retry, String> {
    let (kind, attempts) = match text.split_once(':') {
        Some((kind, attempts)) => (kind, quantity::count(attempts, 1)?),
        None => (text, ATTEMPTS),
    };
    match kind {
        "none" if kind == text => Ok(Retry::None),
        "immediate" => Ok(Retry::Immediate { attempts }),
        "backoff" => Ok(Retry::Backoff { attempts, base: BACKOFF_BASE, cap: BACKOFF_CAP }),
        _ => Err(format!("{text} is none of {RETRY}")),
    }
}

/// Reads `TRIM_HORIZON`, `LATEST`, `AT_TIMESTAMP=2026-11-20T12:00:00Z`.
pub fn start(text: &str) -> Result<Start, String> {
    match text.split_once('=') {
        None if text == "TRIM_HORIZON" => Ok(Start::TrimHorizon),
        None if text == "LATEST" => Ok(Start::Latest),
        Some(("AT_TIMESTAMP", date)) => quantity::instant(date).map(Start::AtTimestamp),
        _ => Err(format!("{text} is none of {START}")),
    }
}

/// Reads `2ms/record`.
pub fn processing(text: &str) -> Result<Duration, String> {
    quantity::duration(text.strip_suffix("/record").unwrap_or(text))
}

/// Reads a stream's name.
pub fn stream(text: &str) -> Result<StreamName, String> {
    StreamName::new(text).ok_or_else(|| not_a_name(text))
}

/// Reads a client's name.
pub fn client(text: &str) -> Result<ClientName, String> {
    ClientName::new(text).ok_or_else(|| not_a_name(text))
}

fn not_a_name(text: &str) -> String {
    format!("{text} is no name: names are 1 to 128 of a-z A-Z 0-9 _ . -")
}

/// Reads `800/s`.
pub fn rate(text: &str) -> Result<Rate, String> {
    Rate::parse(text)
        .ok_or_else(|| format!("{text} is no rate: write for example 800/s, 0.5/s, 30/m, 1/h"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_have_shapes() {
        let rate = Rate::per_second;
        for (text, shape, spacing) in [
            ("800/s", Shape::Constant(rate(800)), Spacing::Even),
            ("poisson:800/s", Shape::Constant(rate(800)), Spacing::Poisson),
            ("day:900/s", Shape::Day { peak: rate(900) }, Spacing::Even),
            (
                "bursts:2000/s:10s:0.5m",
                Shape::Bursts {
                    rate: rate(2_000),
                    on: Duration::from_secs(10),
                    off: Duration::from_secs(30),
                },
                Spacing::Even,
            ),
            (
                "poisson:ramp:0/s:2000/s:10m",
                Shape::Ramp { from: rate(0), to: rate(2_000), over: Duration::from_mins(10) },
                Spacing::Poisson,
            ),
        ] {
            assert_eq!(arrivals(text), Ok(Arrivals { shape, spacing }), "{text}");
        }
        for text in ["", "fast", "800", "bursts:5/s:1s", "ramp:1/s:2/s", "poisson:", "day"] {
            assert!(arrivals(text).is_err(), "{text}");
        }
    }

    #[test]
    fn keys_sizes_retries_and_positions_are_read_or_told() {
        assert_eq!(keys("zipf:500:1.2"), Ok(Keys::Zipf { keys: 500, exponent_hundredths: 120 }));
        assert_eq!(keys("zipf:500"), Ok(Keys::Zipf { keys: 500, exponent_hundredths: 100 }));
        assert!(matches!(keys("one:a:b"), Ok(Keys::One(key)) if key.as_str() == "a:b"));
        for text in ["", "zipf", "zipf:0", "zipf:5:x", "zipf:5:1.001", "unique:5", "one:", "all"] {
            assert!(keys(text).is_err(), "{text}");
        }
        assert_eq!(record_size("200B..2KiB"), Ok(RecordSize { min: 200, max: 2_048 }));
        assert_eq!(retry("immediate:10"), Ok(Retry::Immediate { attempts: 10 }));
        assert_eq!(retry("backoff"), Ok(Retry::STANDARD));
        for text in ["none:3", "backoff:0", "twice", ""] {
            assert!(retry(text).is_err(), "{text}");
        }
        assert_eq!(start("LATEST"), Ok(Start::Latest));
        assert!(start("AT_TIMESTAMP").is_err_and(|words| words.contains("AT_TIMESTAMP=DATE")));
        assert_eq!(processing("2ms/record"), Ok(Duration::from_millis(2)));
    }
}
