//! AWS JSON 1.1: writing an answer.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::api::value::{Fields, Value};
use crate::engine::time::Instant;

/// Writes an answer as the service sends it: compact, timestamps as seconds, blobs as base64.
pub fn write(fields: &Fields) -> String {
    let mut out = String::new();
    write_fields(&mut out, fields);
    out
}

/// Writes `text` between double quotes, escaped.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        escape(out, rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// The place of the first byte that has to be escaped: eight at a time, as nearly none has to be.
pub fn first_special(bytes: &[u8]) -> Option<usize> {
    let is_special = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    let (words, _) = bytes.as_chunks();
    let plain =
        8 * words.iter().take_while(|word| !has_special(u64::from_le_bytes(**word))).count();
    bytes[plain..].iter().position(is_special).map(|at| plain + at)
}

/// Whether any of eight bytes has to be escaped, or lies behind one that has to.
fn has_special(word: u64) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // A byte below `limit`, at most 0x80, borrows from the bit that no letter of ASCII has.
    let any_below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let any = |byte: u8| any_below(word ^ (ONES * u64::from(byte)), 1);
    (any_below(word, 0x20) | any(b'"') | any(b'\\')) & (ONES << 7) != 0
}

fn escape(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        8 => out.push_str("\\b"),
        12 => out.push_str("\\f"),
        control => {
            let digit = |digit: u8| char::from(b"0123456789abcdef"[usize::from(digit)]);
            out.push_str("\\u00");
            out.extend([digit(control / 16), digit(control % 16)]);
        }
    }
}

fn write_fields(out: &mut String, fields: &Fields) {
    out.push('{');
    for (index, (name, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(name);
        out.push_str("\":");
        write_value(out, value);
    }
    out.push('}');
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Integer(number) => push_number(out, *number),
        Value::Decimal(number) => out.push_str(number.text()),
        Value::Text(text) => write_text(out, text),
        Value::Word(word) => write_text(out, word),
        Value::Blob(bytes) => {
            out.push('"');
            STANDARD.encode_string(bytes, out);
            out.push('"');
        }
        Value::Timestamp(at) => out.push_str(&seconds(*at)),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(out, key);
                out.push(':');
                write_text(out, value);
            }
            out.push('}');
        }
        Value::Named(entries) => {
            out.push('{');
            for (index, (name, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(out, name);
                out.push(':');
                write_value(out, value);
            }
            out.push('}');
        }
        Value::Fields(fields) => write_fields(out, fields),
    }
}

fn push_number(out: &mut String, number: i64) {
    write!(out, "{number}").expect("text can always grow");
}

/// `1795132800` or `1795132800.25`: seconds with as many digits as the milliseconds need.
pub fn seconds(at: Instant) -> String {
    let text = format!("{}.{:03}", at.millis() / 1_000, at.millis() % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_letters_of_all_scripts_stay() {
        for (text, written) in [
            ("", r#""""#),
            ("주문-1", r#""주문-1""#),
            ("a\"b\\", r#""a\"b\\""#),
            ("\n\r\t\u{8}\u{c}", r#""\n\r\t\b\f""#),
            ("\u{1}\u{1f}\u{7f}", "\"\\u0001\\u001f\u{7f}\""),
        ] {
            let mut out = String::new();
            write_text(&mut out, text);
            assert_eq!(out, written);
        }
    }

    #[test]
    fn what_has_to_be_escaped_is_found_at_every_place_and_nothing_else_is() {
        for place in 0..20 {
            for byte in 0..=127_u8 {
                let mut text = "\u{ff}".repeat(10).into_bytes();
                text.insert(place, byte);
                let is_special = byte < 0x20 || byte == b'"' || byte == b'\\';
                assert_eq!(first_special(&text), is_special.then_some(place), "{byte} at {place}");
            }
        }
    }

    #[test]
    fn an_answer_is_compact_and_its_moments_are_seconds() {
        let answer = Fields::new()
            .with("At", Instant::from_millis(1_795_132_800_250))
            .with("Whole", Instant::from_secs(1_795_132_800))
            .with("Data", Value::Blob(b"hello".to_vec()))
            .with("Count", -5_i64)
            .with("Tags", Value::Map(vec![("a".to_owned(), "1".to_owned())]))
            .with("Records", vec![Fields::new().into(), Value::Boolean(true)]);
        let written = concat!(
            r#"{"At":1795132800.25,"Whole":1795132800,"Data":"aGVsbG8=","Count":-5,"#,
            r#""Tags":{"a":"1"},"Records":[{},true]}"#
        );
        assert_eq!(write(&answer), written);
    }
}
