//! Values as Python prints them: the AWS command line's own errors quote them so.

use std::fmt::Write;

use serde_json::{Number, Value as Json};

/// A value as `str()` prints it: like [`repr`], but text without quotes.
pub fn str(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        other => repr(other),
    }
}

/// A value as `repr()` prints it.
pub fn repr(value: &Json) -> String {
    match value {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::Number(number) => self::number(number),
        Json::String(text) => quoted(text),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(repr).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(key), repr(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The class of a value.
pub fn class(value: &Json) -> &'static str {
    match value {
        Json::Null => "<class 'NoneType'>",
        Json::Bool(_) => "<class 'bool'>",
        Json::Number(number) if number.is_f64() => "<class 'float'>",
        Json::Number(_) => "<class 'int'>",
        Json::String(_) => "<class 'str'>",
        Json::Array(_) => "<class 'list'>",
        Json::Object(_) => "<class 'dict'>",
    }
}

/// The name of a value's class.
pub fn type_name(value: &Json) -> &'static str {
    class(value).split('\'').nth(1).unwrap_or_default()
}

/// A number as Python prints it: fractions keep their point, and the very large and very small
/// have a sign and two digits after their `e`.
///
/// It is made of what `serde_json` prints, with which it differs in little: the standard library's
/// own way from a float to text would be another four kilobytes for the page to download.
pub fn number(number: &Number) -> String {
    let text = number.to_string();
    if !number.is_f64() {
        return text;
    }
    if let Some((digits, power)) = text.split_once('e') {
        let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
        return format!("{digits}e{sign}{:0>2}", power.trim_start_matches(['+', '0']));
    }
    let (sign, size) = text.strip_prefix('-').map_or(("", &*text), |size| ("-", size));
    // Python goes over to powers one digit earlier.
    match size.strip_prefix("0.0000").and_then(|digits| digits.split_at_checked(1)) {
        Some((first, "")) => format!("{sign}{first}e-05"),
        Some((first, rest)) => format!("{sign}{first}.{rest}e-05"),
        None => text,
    }
}

/// A value as the tightest JSON with nothing outside of ASCII.
pub fn ascii_json(value: &Json) -> String {
    let mut out = String::new();
    for char in value.to_string().chars() {
        if char.is_ascii() {
            out.push(char);
            continue;
        }
        for unit in char.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Text between single quotes, or double ones if it holds single ones only.
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            char if char == quote => out.extend(['\\', char]),
            char => out.push(char),
        }
    }
    out.push(quote);
    out
}

/// Reads a whole number as `int()` does: blanks around, a sign, underscores between digits.
pub fn int(text: &str) -> Option<i64> {
    let digits = text.trim().strip_prefix('+').unwrap_or(text.trim());
    let inner = digits.strip_prefix('-').unwrap_or(digits);
    let is_grouped = !inner.starts_with('_') && !inner.ends_with('_') && !inner.contains("__");
    let is_plain = inner.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if inner.is_empty() || !is_grouped || !is_plain {
        return None;
    }
    let number = digits.replace('_', "").parse();
    Some(number.unwrap_or(if digits.starts_with('-') { i64::MIN } else { i64::MAX }))
}

/// Where a slice of so many items ends, as `items[:end]` has it.
pub fn from_end(count: usize, end: i64) -> usize {
    let length = i64::try_from(count).unwrap_or(i64::MAX);
    let end = if end < 0 { end.saturating_add(length) } else { end };
    usize::try_from(end.clamp(0, length)).unwrap_or(count)
}

/// Decodes base64 as `b64decode()` does: signs that are none of base64's are skipped, and what
/// follows complete padding is not looked at. `None` if the padding is wrong.
pub fn base64_decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut count, mut pads) = (Vec::new(), 0_u32, 0_u32, 0_u32);
    if !text.is_ascii() {
        return None;
    }
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' if count % 4 >= 2 => {
                pads += 1;
                if count % 4 + pads >= 4 {
                    return Some(bytes);
                }
                continue;
            }
            _ => continue,
        };
        pads = 0;
        bits = bits << 6 | u32::from(six);
        count += 1;
        if count % 4 != 1 {
            let spare = 6 - count.wrapping_sub(1) % 4 * 2;
            let byte = bits >> spare & 0xff;
            bytes.push(u8::try_from(byte).expect("eight bits were kept"));
        }
    }
    count.is_multiple_of(4).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_printed_as_python_prints_them() {
        let value = serde_json::json!({"a": ["b'c", 1, 1.5, null, true]});
        assert_eq!(repr(&value), r#"{'a': ["b'c", 1, 1.5, None, True]}"#);
        assert_eq!(quoted("a'b\"c"), r#"'a\'b"c'"#);
    }

    #[test]
    fn fractions_go_over_to_powers_where_python_does() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (-12.5, "-12.5"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (-0.000_012_5, "-1.25e-05"),
            (1.25e-7, "1.25e-07"),
            (9_007_199_254_740_993.0, "9007199254740992.0"),
        ] {
            let number = Number::from_f64(value).expect("it is finite");
            assert_eq!(self::number(&number), text);
        }
    }

    #[test]
    fn whole_numbers_are_read_as_python_reads_them() {
        for (text, number) in [("7", 7), (" -7 ", -7), ("+7", 7), ("1_000", 1_000)] {
            assert_eq!(int(text), Some(number), "{text}");
        }
        assert_eq!(int("99999999999999999999"), Some(i64::MAX));
        for text in ["", "abc", "1.5", "_1", "1_", "--1", "+-1x", "0x10"] {
            assert_eq!(int(text), None, "{text}");
        }
    }

    #[test]
    fn base64_is_read_as_leniently_as_python_does() {
        for (text, bytes) in [
            ("", ""),
            ("aGVsbG8=", "hello"),
            ("YWI=", "ab"),
            ("YQ==", "a"),
            ("YWJj", "abc"),
            ("Y W\nJj", "abc"),
            ("YQ==YQ==", "a"),
            ("=", ""),
        ] {
            assert_eq!(base64_decode(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        for text in ["Hello, not base64!", "a", "YQ", "YQ=", "주문"] {
            assert_eq!(base64_decode(text), None, "{text}");
        }
    }
}
