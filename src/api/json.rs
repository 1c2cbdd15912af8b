//! AWS JSON 1.1: reading a request's body by its operation's shape, and writing an answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use crate::api::ApiError;
use crate::api::model::{Kind, Shape};
use crate::api::validation::clamped;
use crate::api::value::{Fields, Value};
use crate::engine::time::Instant;

const BIG_NUMBER: &str = "class com.amazon.coral.value.json.numbers.TruncatingBigNumber";

/// Reads the members of `shape` from a JSON object; unknown members and nulls are ignored, wrong
/// types are refused as the service's deserializer refuses them.
pub fn read(shape: &Shape, json: &Json) -> Result<Fields, ApiError> {
    let Json::Object(object) = json else { return Err(not_a_structure(json)) };
    let mut fields = Fields::new();
    for param in shape.members {
        match object.get(param.name) {
            None | Some(Json::Null) => {}
            Some(json) => fields.push(param.name, read_value(&param.kind, json)?),
        }
    }
    Ok(fields)
}

/// Writes an answer as the service sends it: compact, timestamps as seconds, blobs as base64.
pub fn write(fields: &Fields) -> String {
    let mut out = String::new();
    write_fields(&mut out, fields);
    out
}

/// Writes `text` between double quotes, escaped.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if u32::from(control) < 0x20 => {
                let code = u32::from(control);
                out.push_str("\\u00");
                out.push(char::from_digit(code / 16, 16).expect("a hexadecimal digit"));
                out.push(char::from_digit(code % 16, 16).expect("a hexadecimal digit"));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
}

fn read_value(kind: &Kind, json: &Json) -> Result<Value, ApiError> {
    match kind {
        Kind::Text { .. } | Kind::Choice(_) => match json {
            Json::String(text) => Ok(Value::Text(text.clone())),
            json => Err(not_a_scalar(json, "an String")),
        },
        Kind::Integer { .. } => match json {
            Json::Number(number) => Ok(Value::Integer(whole(number))),
            json => Err(not_a_scalar(json, "an Integer")),
        },
        Kind::Boolean => match json {
            Json::Bool(flag) => Ok(Value::Boolean(*flag)),
            Json::String(text) => Err(serialization(format!(
                "'{}' can not be converted to an Boolean",
                text.to_uppercase()
            ))),
            json => Err(not_a_scalar(json, "an Boolean")),
        },
        Kind::Timestamp => match json {
            Json::Number(number) => Ok(Value::Timestamp(moment(number))),
            json => Err(not_a_scalar(json, "milliseconds since epoch")),
        },
        Kind::Blob { .. } => match json {
            Json::String(text) => read_blob(text).map(Value::Blob),
            json => Err(not_a_scalar(json, "a Blob")),
        },
        Kind::List { of, .. } => match json {
            Json::Array(items) => {
                let present = items.iter().filter(|item| !item.is_null());
                Ok(Value::List(present.map(|item| read_value(of, item)).collect::<Result<_, _>>()?))
            }
            Json::Object(_) => Err(serialization(STRUCTURE_FOUND)),
            _ => Err(serialization("Expected list or null")),
        },
        Kind::Map { .. } => match json {
            Json::Object(entries) => read_map(entries),
            Json::Array(_) => Err(serialization(LIST_FOUND)),
            _ => Err(serialization("Expected map or null")),
        },
        Kind::Structure(shape) => read(shape, json).map(Value::Fields),
    }
}

fn read_map(entries: &serde_json::Map<String, Json>) -> Result<Value, ApiError> {
    let mut map = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        match value {
            Json::String(value) => map.push((key.clone(), value.clone())),
            Json::Null => {}
            json => return Err(not_a_scalar(json, "an String")),
        }
    }
    Ok(Value::Map(map))
}

fn read_blob(text: &str) -> Result<Vec<u8>, ApiError> {
    let refuse =
        |why: String| serialization(format!("'{text}' can not be converted to a Blob: {why}"));
    let length = text.chars().count();
    if !length.is_multiple_of(4) {
        return Err(refuse(format!(
            "Base64 encoded length is expected a multiple of 4 bytes but found: {length}"
        )));
    }
    let padding_at = text.trim_end_matches('=').len();
    let is_base64 = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '/');
    let stranger = text.char_indices().find(|(at, char)| {
        !is_base64(*char) && (*char != '=' || *at < padding_at || *at + 2 < text.len())
    });
    if let Some((_, stranger)) = stranger {
        return Err(refuse(format!("Invalid Base64 character: '{stranger}'")));
    }
    let lax = "Invalid last non-pad Base64 character dectected";
    STANDARD.decode(text).map_err(|_| refuse(lax.to_owned()))
}

/// A JSON number as the 32 bits the service reads: rounded down, the too large as the largest.
fn whole(number: &serde_json::Number) -> i64 {
    let whole = number.as_i64().or_else(|| number.as_u64().map(|_| i64::MAX));
    #[expect(clippy::cast_possible_truncation, reason = "out of range becomes the nearest end")]
    clamped(whole.unwrap_or_else(|| number.as_f64().unwrap_or_default().floor() as i64))
}

/// Seconds since 1970, to the millisecond; moments before it become it.
fn moment(number: &serde_json::Number) -> Instant {
    if let Some(secs) = number.as_u64() {
        return Instant::from_secs(secs);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "out of range becomes the nearest end"
    )]
    Instant::from_millis((number.as_f64().unwrap_or_default() * 1_000.0).round() as u64)
}

const LIST_FOUND: &str = "Start of list found where not expected";
const STRUCTURE_FOUND: &str = "Start of structure or map found where not expected.";

fn not_a_scalar(json: &Json, wanted: &str) -> ApiError {
    let class = match json {
        Json::Array(_) => return serialization(LIST_FOUND),
        Json::Object(_) => return serialization(STRUCTURE_FOUND),
        Json::Bool(_) => "class java.lang.Boolean",
        Json::Number(_) => BIG_NUMBER,
        Json::String(_) | Json::Null => "class java.lang.String",
    };
    serialization(format!("{class} can not be converted to {wanted}"))
}

fn not_a_structure(json: &Json) -> ApiError {
    serialization(if json.is_array() { LIST_FOUND } else { "Expected null" })
}

fn serialization(message: impl Into<String>) -> ApiError {
    ApiError::new("SerializationException", message)
}

fn write_fields(out: &mut String, fields: &Fields) {
    out.push('{');
    for (index, (name, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(out, name);
        out.push(':');
        write_value(out, value);
    }
    out.push('}');
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Integer(number) => out.push_str(&number.to_string()),
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
        Value::Fields(fields) => write_fields(out, fields),
    }
}

/// `1795132800` or `1795132800.25`: seconds with as many digits as the milliseconds need.
fn seconds(at: Instant) -> String {
    let text = format!("{}.{:03}", at.millis() / 1_000, at.millis() % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;

    fn read_as(operation: &str, text: &str) -> Result<Fields, String> {
        let operation = api::operation(operation).expect("an operation of the table");
        let json = serde_json::from_str(text).expect("JSON");
        read(&operation.input, &json).map_err(|error| {
            assert_eq!((error.code, error.status), ("SerializationException", 400));
            error.message
        })
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        let text = r#"{"StreamName":"o\"rd\u0001ers","Data":"aGVsbG8=","PartitionKey":"주문-1"}"#;
        assert_eq!(write(&read_as("PutRecord", text).expect("well formed")), text);
        let text = concat!(
            r#"{"ShardId":"s","ShardIteratorType":"AT_TIMESTAMP","#,
            r#""Timestamp":1459799926.48}"#
        );
        assert_eq!(write(&read_as("GetShardIterator", text).expect("well formed")), text);
    }

    #[test]
    fn unknown_members_and_nulls_are_ignored() {
        let input = read_as("ListStreams", r#"{"Limit":null,"Colour":"red"}"#);
        assert_eq!(input, Ok(Fields::new()));
    }

    #[test]
    fn wrong_types_are_named_as_java_names_them() {
        for (text, words) in [
            (r#"{"Limit":"5"}"#, "class java.lang.String can not be converted to an Integer"),
            (r#"{"Limit":true}"#, "class java.lang.Boolean can not be converted to an Integer"),
            (r#"{"Limit":[]}"#, "Start of list found where not expected"),
            (r#"{"Limit":{}}"#, "Start of structure or map found where not expected."),
            (
                r#"{"NextToken":5}"#,
                "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be \
                 converted to an String",
            ),
        ] {
            assert_eq!(read_as("ListStreams", text), Err(words.to_owned()));
        }
        assert_eq!(
            read_as("PutRecords", r#"{"Records":"a"}"#),
            Err("Expected list or null".to_owned())
        );
        assert_eq!(
            read_as("AddTagsToStream", r#"{"Tags":1}"#),
            Err("Expected map or null".to_owned())
        );
    }

    #[test]
    fn bad_base64_says_what_is_wrong_with_it() {
        let refused = |data: &str| {
            let text = format!(r#"{{"Data":"{data}"}}"#);
            read_as("PutRecord", &text).expect_err("bad base64")
        };
        assert_eq!(
            refused("Foo"),
            "'Foo' can not be converted to a Blob: Base64 encoded length is expected a multiple \
             of 4 bytes but found: 3"
        );
        assert_eq!(
            refused("ab!d"),
            "'ab!d' can not be converted to a Blob: Invalid Base64 character: '!'"
        );
        assert_eq!(
            refused("a=bc"),
            "'a=bc' can not be converted to a Blob: Invalid Base64 character: '='"
        );
        assert!(refused("YR==").contains("last non-pad"));
    }

    #[test]
    fn numbers_are_rounded_down_and_clamped() {
        for (text, number) in
            [("5.9", 5), ("1e300", 2_147_483_647), ("18446744073709551615", 2_147_483_647)]
        {
            let input = read_as("ListStreams", &format!(r#"{{"Limit":{text}}}"#));
            assert_eq!(input.expect("a number").integer("Limit"), Some(number));
        }
    }
}
