//! Numbers as people read them, the same in every language.

use std::time::Duration;

/// `12,345`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `950`, `12.3k`, `4.5M`: four characters and a letter at most.
pub fn short(number: u64) -> String {
    let Some((tenths, letter)) = scaled(number).filter(|_| number >= 10_000) else {
        return grouped(number);
    };
    if tenths >= 1_000 {
        return format!("{}{letter}", grouped(tenths / 10));
    }
    format!("{}.{}{letter}", tenths / 10, tenths % 10)
}

/// `950`, `2.5k`, `12k`, `4.5M`: three characters and a letter at most.
pub fn brief(number: u64) -> String {
    match scaled(number) {
        None => number.to_string(),
        Some((tenths @ ..100, letter)) => format!("{}.{}{letter}", tenths / 10, tenths % 10),
        Some((tenths, letter)) => format!("{}{letter}", grouped(tenths / 10)),
    }
}

/// The tenths of the largest unit that a number reaches, and its letter; `None` below 1,000.
fn scaled(number: u64) -> Option<(u64, &'static str)> {
    let units = [(1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")];
    let (unit, letter) = units.into_iter().find(|(unit, _)| number >= *unit)?;
    Some((number / (unit / 10), letter))
}

/// `512 B`, `1.5 KiB`, `10 MiB`.
pub fn bytes(number: u64) -> String {
    let scales = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let Some((unit, name)) = scales.into_iter().find(|(unit, _)| number >= *unit) else {
        return format!("{number} B");
    };
    let tenths = number * 10 / unit;
    match tenths % 10 {
        _ if tenths >= 1_000 => format!("{} {name}", grouped(tenths / 10)),
        0 => format!("{} {name}", tenths / 10),
        tenth => format!("{}.{tenth} {name}", tenths / 10),
    }
}

/// `250 µs`, `40 ms`, `1.5 s`, `12 min`, `3 h`, `2 d`: the largest unit, with a tenth if below ten.
pub fn span(duration: Duration) -> String {
    const UNITS: [(u128, &str); 6] = [
        (86_400_000_000, "d"),
        (3_600_000_000, "h"),
        (60_000_000, "min"),
        (1_000_000, "s"),
        (1_000, "ms"),
        (1, "µs"),
    ];
    let micros = duration.as_micros();
    // Two minutes are shown as 120 s, so that small steps stay visible.
    let found = UNITS.into_iter().find(|(unit, _)| micros >= unit * 2);
    let (unit, name) = found.unwrap_or(if micros == 0 { (1_000_000, "s") } else { (1, "µs") });
    let tenths = micros * 10 / unit;
    if tenths >= 100 || tenths.is_multiple_of(10) {
        return format!("{} {name}", tenths / 10);
    }
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// A text cut to a width, with dots where it was cut; a character is about six pixels wide.
pub fn fitted(text: &str, width: i32) -> String {
    let room = usize::try_from(width / 6).unwrap_or(0);
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(room.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!([short(9_999), short(12_345), short(999_999)], ["9,999", "12.3k", "999k"]);
        assert_eq!([short(1_234_000), short(9_063_000_000)], ["1.2M", "9.0G"]);
        assert_eq!([950, 2_599, 12_345].map(brief), ["950", "2.5k", "12k"]);
        assert_eq!([999_999, 4_560_000, 12_000_000_000].map(brief), ["999k", "4.5M", "12G"]);
        assert_eq!([bytes(1_023), bytes(1_536), bytes(10 << 20)], ["1023 B", "1.5 KiB", "10 MiB"]);
    }

    #[test]
    fn spans_name_the_unit_that_shows_most() {
        let spans = [0, 1, 1_500, 40_000, 1_500_000, 60_000_000, 7_200_000_000, 90_000_000_000];
        let texts = spans.map(|micros| span(Duration::from_micros(micros)));
        assert_eq!(texts, ["0 s", "1 µs", "1500 µs", "40 ms", "1500 ms", "60 s", "2 h", "25 h"]);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(fitted("short", 60), "short");
        assert_eq!(fitted("a rather long name", 60), "a rather …");
    }
}
