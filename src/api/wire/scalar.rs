//! Texts, numbers, flags and bytes of a request's body, by the type that its operation expects.

use crate::api::letters::upper;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::api::model::Kind;
use crate::api::validation::clamped;
use crate::api::value::Value;
use crate::engine::time::Instant;

/// A value of a body that is no list and no map, as JSON and CBOR write it.
#[derive(Clone, Copy)]
pub enum Scalar<'a> {
    /// Text.
    Text(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number; those beyond 64 bits are the nearest end.
    Whole(i64),
    /// Any other number.
    Fraction(f64),
    /// Bytes where none are expected, which CBOR has and JSON has not.
    Bytes,
}

/// What the service says of a list where it expects none.
pub const LIST_FOUND: &str = "Start of list found where not expected";
/// What the service says of a structure or a map where it expects none.
pub const STRUCTURE_FOUND: &str = "Start of structure or map found where not expected.";

/// The value of a scalar where `kind` is expected; the error is in the service's words.
pub fn read(kind: &Kind, found: Scalar) -> Result<Value, String> {
    match (kind, found) {
        (Kind::Text { .. } | Kind::Choice(_), Scalar::Text(text)) => {
            Ok(Value::Text(text.to_owned()))
        }
        (Kind::Blob { .. }, Scalar::Text(text)) => decoded(text).map(Value::Blob),
        (Kind::Integer { .. }, Scalar::Whole(number)) => Ok(Value::Integer(clamped(number))),
        #[expect(clippy::cast_possible_truncation, reason = "out of range becomes the nearest end")]
        (Kind::Integer { .. }, Scalar::Fraction(number)) => {
            Ok(Value::Integer(clamped(number.floor() as i64)))
        }
        (Kind::Boolean, Scalar::Boolean(flag)) => Ok(Value::Boolean(flag)),
        (Kind::Boolean, Scalar::Text(text)) => {
            Err(format!("'{}' can not be converted to an Boolean", upper(text)))
        }
        (Kind::Timestamp, Scalar::Whole(secs)) => {
            Ok(Value::Timestamp(Instant::from_secs(secs.max(0).unsigned_abs())))
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "out of range becomes the nearest end"
        )]
        (Kind::Timestamp, Scalar::Fraction(secs)) => {
            Ok(Value::Timestamp(Instant::from_millis((secs * 1_000.0).round() as u64)))
        }
        (Kind::List { .. }, _) => Err("Expected list or null".to_owned()),
        (Kind::Map { .. }, _) => Err("Expected map or null".to_owned()),
        (Kind::Structure(_), _) => Err("Expected null".to_owned()),
        (kind, found) => Err(format!("{} can not be converted to {}", class(found), wanted(kind))),
    }
}

/// What the service's own parser makes of a scalar. Its word for bytes was recorded by nobody; it
/// is the one that validation has.
fn class(found: Scalar) -> &'static str {
    match found {
        Scalar::Text(_) => "class java.lang.String",
        Scalar::Boolean(_) => "class java.lang.Boolean",
        Scalar::Bytes => "class java.nio.HeapByteBuffer",
        Scalar::Whole(_) | Scalar::Fraction(_) => {
            "class com.amazon.coral.value.json.numbers.TruncatingBigNumber"
        }
    }
}

fn wanted(kind: &Kind) -> &'static str {
    match kind {
        Kind::Integer { .. } => "an Integer",
        Kind::Boolean => "an Boolean",
        Kind::Timestamp => "milliseconds since epoch",
        Kind::Blob { .. } => "a Blob",
        _ => "an String",
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, String> {
    let why = |_| format!("'{text}' can not be converted to a Blob: {}", why_no_base64(text));
    STANDARD.decode(text).map_err(why)
}

/// Why a text is no base64, as far as the service says it.
fn why_no_base64(text: &str) -> String {
    let length = text.chars().count();
    if !length.is_multiple_of(4) {
        return format!(
            "Base64 encoded length is expected a multiple of 4 bytes but found: {length}"
        );
    }
    let padding_at = text.trim_end_matches('=').len();
    let is_base64 = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '/');
    let stranger = text.char_indices().find(|(at, char)| {
        !is_base64(*char) && (*char != '=' || *at < padding_at || *at + 2 < text.len())
    });
    match stranger {
        Some((_, stranger)) => format!("Invalid Base64 character: '{stranger}'"),
        None => "Invalid last non-pad Base64 character dectected".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_base64_says_what_is_wrong_with_it() {
        let refused =
            |text| read(&Kind::Blob { max: 9 }, Scalar::Text(text)).expect_err("bad base64");
        assert_eq!(
            refused("Foo"),
            "'Foo' can not be converted to a Blob: Base64 encoded length is expected a multiple \
             of 4 bytes but found: 3"
        );
        for (text, stranger) in [("ab!d", '!'), ("a=bc", '='), ("====", '='), ("주문번호", '주')]
        {
            assert_eq!(
                refused(text),
                format!(
                    "'{text}' can not be converted to a Blob: Invalid Base64 character: \
                     '{stranger}'"
                )
            );
        }
        assert!(refused("YR==").contains("last non-pad"));
    }

    #[test]
    fn numbers_are_rounded_down_and_clamped() {
        let kind = Kind::Integer { min: None, max: None };
        for (found, number) in [
            (Scalar::Fraction(5.9), 5),
            (Scalar::Fraction(-0.1), -1),
            (Scalar::Fraction(1e300), 2_147_483_647),
            (Scalar::Whole(i64::MAX), 2_147_483_647),
        ] {
            assert_eq!(read(&kind, found), Ok(Value::Integer(number)));
        }
    }

    #[test]
    fn moments_are_seconds_to_the_millisecond_and_none_lies_before_1970() {
        for (found, millis) in [
            (Scalar::Fraction(1_459_799_926.480_4), 1_459_799_926_480),
            (Scalar::Fraction(-5.5), 0),
            (Scalar::Whole(-5), 0),
            (Scalar::Whole(7), 7_000),
        ] {
            let at = Value::Timestamp(Instant::from_millis(millis));
            assert_eq!(read(&Kind::Timestamp, found), Ok(at));
        }
        let word = Scalar::Text("now");
        assert_eq!(
            read(&Kind::Timestamp, word).expect_err("no moment"),
            "class java.lang.String can not be converted to milliseconds since epoch"
        );
    }
}
