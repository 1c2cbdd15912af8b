//! Numbers, times and keys as the answer writes them.

use crate::text::data as words;
use shardlab::engine::time::Instant;
use shardlab::scene::words::{bytes, fitted, grouped};
use shardlab::sizing::{Rate, Report};

/// `12.5`, of thousandths; whole numbers from a hundred on.
pub fn percent(permille: u64) -> String {
    match (permille / 10, permille % 10) {
        (whole, tenth) if whole >= 100 || tenth == 0 => grouped(whole),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// `6.25`, of millionths.
pub fn percent_of_ppm(ppm: u32) -> String {
    format!("{}.{:02}", ppm / 10_000, ppm / 100 % 100)
}

/// How many percent a part is, rounded down.
pub fn percent_of(part: u64, whole: u64) -> String {
    (u128::from(part) * 100 / u128::from(whole.max(1))).to_string()
}

/// `2026-11-20 12:00:03`, in UTC.
pub fn time(at: Instant) -> String {
    at.to_string().chars().take(19).collect::<String>().replace('T', " ")
}

/// At which time, or that it is always the same.
pub fn when(report: &Report, at: Instant, text: &words::Data) -> String {
    match &report.facts.time {
        Some(_) => (text.reasons.at)(&time(at)),
        None => text.reasons.evenly.to_owned(),
    }
}

/// What comes in a second.
pub fn rate(rate: Rate, text: &words::Data) -> String {
    (text.answer.rate)(&grouped(rate.load.records), &bytes(rate.load.bytes))
}

/// A key, cut to what a sentence takes.
pub fn short(key: &str) -> String {
    fitted(key, 240)
}

/// `1.5`, of thousandths.
pub fn decimal(thousandths: u64) -> String {
    let text = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Thousandths of a number as people type it.
pub fn thousandths(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits: String = rest.chars().chain("000".chars()).take(3).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(rest) || whole.len() > 9 || whole.len() + rest.len() == 0 {
        return None;
    }
    format!("0{whole}{digits}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        assert_eq!([percent(5), percent(999), percent(1_344)], ["0.5", "99.9", "134"]);
        assert_eq!((percent_of_ppm(62_500), percent_of(1, 3)), ("6.25".into(), "33".into()));
        assert_eq!(time(Instant::from_secs(1_700_000_000)), "2023-11-14 22:13:20");
    }

    #[test]
    fn a_speed_that_was_written_is_read_again() {
        for speed in [1, 500, 1_000, 3_600_000] {
            assert_eq!(thousandths(&decimal(speed)), Some(speed));
        }
        assert_eq!((thousandths(" 2.5"), thousandths(".5")), (Some(2_500), Some(500)));
        for none in ["", "-1", "1e3", ".", "fast"] {
            assert_eq!(thousandths(none), None, "{none}");
        }
    }
}
