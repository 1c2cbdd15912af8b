//! Dollars as people read and type them.

use shardlab::scene::words::grouped;

/// Nano-dollars of a dollar.
const DOLLAR: u64 = 1_000_000_000;
/// Digits after the point of a nano-dollar.
const DIGITS: usize = 9;

/// `$1,234.56`, or `$0.012346` where cents would hide it.
pub fn dollars(nanos: u64) -> String {
    let unit = if nanos >= DOLLAR { 10_000_000 } else { 1_000 };
    let units = nanos.saturating_add(unit / 2) / unit;
    let per_dollar = DOLLAR / unit;
    let (whole, rest) = (grouped(units / per_dollar), units % per_dollar);
    match (nanos, unit) {
        (0, _) => "$0".to_owned(),
        (_, 1_000) => format!("${whole}.{rest:06}"),
        _ => format!("${whole}.{rest:02}"),
    }
}

/// `0.015`: a price as it is typed.
pub fn price(nanos: u64) -> String {
    let text = format!("{}.{:09}", nanos / DOLLAR, nanos % DOLLAR);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Nano-dollars of a price below a million dollars; `None` if the text is none.
pub fn nanos(text: &str) -> Option<u64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !(whole.is_empty() && rest.is_empty());
    if !has_digits
        || !is_number(whole)
        || !is_number(rest)
        || whole.len() > 6
        || rest.len() > DIGITS
    {
        return None;
    }
    format!("0{whole}{rest:0<DIGITS$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_what_can_be_read() {
        let texts =
            [0, 1_499, 12_345_678, 999_999_999, 1_005_000_000, 1_234_567_891_234].map(dollars);
        let read = ["$0", "$0.000001", "$0.012346", "$1.000000", "$1.01", "$1,234.57"];
        assert_eq!(texts, read);
    }

    #[test]
    fn a_price_that_was_written_is_read_again() {
        for nano in [0, 1, 15_000_000, 1_000_000_000, 999_999_123_456_789] {
            assert_eq!(nanos(&price(nano)), Some(nano));
        }
        assert_eq!((nanos(" 2 "), nanos(".5")), (Some(2_000_000_000), Some(500_000_000)));
        for none in ["", ".", "-1", "1e3", "1,5", "0.0000000001", "1000000"] {
            assert_eq!(nanos(none), None, "{none}");
        }
    }
}
