//! What a text without quotes means in YAML 1.1, as the real command line reads and writes it.

use serde_json::Value as Json;

/// Whether it would be read as something else than text: nothing, a flag, a number, a moment.
pub fn is_other_than_text(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    constant(text).is_some()
        || ["<<", "=", ".nan", ".NaN", ".NAN"].contains(&text)
        || [".inf", ".Inf", ".INF"].contains(&unsigned)
        || (text.starts_with(|char: char| char.is_ascii_digit() || "-+.".contains(char))
            && (is_whole(unsigned) || is_fraction(unsigned)))
        || is_moment(text)
}

/// What a text without quotes means: nothing, a flag, a number, or just text. Moments stay text.
pub fn read_scalar(text: &str) -> Json {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if let Some(value) = constant(text) {
        return value;
    }
    match text {
        _ if !unsigned.starts_with(|char: char| char.is_ascii_digit() || char == '.') => {}
        _ if is_whole(unsigned) => {
            let digits = unsigned.replace('_', "");
            let (digits, radix) = match digits.as_bytes() {
                [b'0', b'x', ..] => (&digits[2..], 16),
                [b'0', b'o', ..] => (&digits[2..], 8),
                [b'0', b'b', ..] => (&digits[2..], 2),
                _ => (&*digits, 10),
            };
            if let Ok(number) = i64::from_str_radix(&format!("{sign}{digits}"), radix) {
                return Json::from(number);
            }
        }
        _ if is_fraction(unsigned) => {
            let digits = format!("{sign}{}", unsigned.replace('_', ""));
            if let Ok(number) = serde_json::from_str(&digits) {
                return number;
            }
        }
        _ => {}
    }
    Json::from(text)
}

/// Nothing, or a flag.
fn constant(text: &str) -> Option<Json> {
    match text {
        "~" | "null" | "Null" | "NULL" => Some(Json::Null),
        "true" | "True" | "TRUE" => Some(Json::Bool(true)),
        "false" | "False" | "FALSE" => Some(Json::Bool(false)),
        _ => None,
    }
}

fn is_made_of(text: &str, allows: fn(&u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(|byte| allows(&byte) || byte == b'_')
}

fn is_whole(text: &str) -> bool {
    let after = |prefix: &str, allows: fn(&u8) -> bool| {
        text.strip_prefix(prefix).is_some_and(|rest| is_made_of(rest, allows))
    };
    let is_binary: fn(&u8) -> bool = |byte| matches!(byte, b'0' | b'1');
    let is_octal: fn(&u8) -> bool = |byte| matches!(byte, b'0'..=b'7');
    is_made_of(text, u8::is_ascii_digit)
        || after("0b", is_binary)
        || after("0o", is_octal)
        || after("0x", u8::is_ascii_hexdigit)
}

fn is_fraction(text: &str) -> bool {
    let (number, power) = match text.split_once(['e', 'E']) {
        Some((number, power)) => (number, Some(power)),
        None => (text, None),
    };
    let is_signed = power.is_some_and(|power| power.starts_with(['-', '+']));
    let is_power = power.is_none_or(|power| {
        let digits = power.strip_prefix(['-', '+']).unwrap_or(power);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_digits = |text: &str| is_made_of(text, u8::is_ascii_digit);
    let is_number = match number.split_once('.') {
        Some(("", rest)) => is_digits(rest) && (power.is_none() || is_signed),
        Some((whole, rest)) => {
            is_digits(whole) && !whole.starts_with('_') && (rest.is_empty() || is_digits(rest))
        }
        None => is_digits(number) && !number.starts_with('_') && power.is_some(),
    };
    is_number && is_power
}

/// `2026-11-20`, or with a time and a zone after it.
fn is_moment(text: &str) -> bool {
    let digits = |text: &mut &str, least: usize, most: usize| {
        let count = text.bytes().take_while(u8::is_ascii_digit).count();
        *text = &text[count.min(most)..];
        count >= least
    };
    let sign = |text: &mut &str, sign: char| match text.strip_prefix(sign) {
        Some(rest) => {
            *text = rest;
            true
        }
        None => false,
    };
    let mut rest = text;
    let is_date = digits(&mut rest, 4, 4)
        && sign(&mut rest, '-')
        && digits(&mut rest, 1, 2)
        && sign(&mut rest, '-')
        && digits(&mut rest, 1, 2);
    if !is_date || rest.is_empty() {
        return is_date && text.len() == 10;
    }
    let blank = rest.trim_start_matches([' ', '\t']);
    let Some(mut rest) = rest.strip_prefix(['T', 't']).or((blank != rest).then_some(blank)) else {
        return false;
    };
    let is_time = digits(&mut rest, 1, 2)
        && sign(&mut rest, ':')
        && digits(&mut rest, 2, 2)
        && sign(&mut rest, ':')
        && digits(&mut rest, 2, 2);
    if sign(&mut rest, '.') {
        rest = rest.trim_start_matches(|char: char| char.is_ascii_digit());
    }
    let zone = rest.trim_start_matches([' ', '\t']);
    let is_zone = rest.is_empty() || zone == "Z" || {
        let mut zone = zone;
        (sign(&mut zone, '-') || sign(&mut zone, '+'))
            && digits(&mut zone, 1, 2)
            && (zone.is_empty()
                || (sign(&mut zone, ':') && digits(&mut zone, 2, 2) && zone.is_empty()))
    };
    is_time && is_zone
}
