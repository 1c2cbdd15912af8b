//! What the AWS command line checks before it sends anything: names, types and lower bounds.
//!
//! Upper bounds, patterns and closed sets are left to the service, as the real one leaves them.

use serde_json::Value as Json;

use super::globals::BinaryFormat;
use super::options::{Options, Typed};
use super::status::OTHER_STATUS;
use super::{hint, python, usage};
use crate::api::model::{Kind, Shape};
use crate::api::value::{Fields, Value};
use crate::console::output::Output;
use crate::engine::time::Instant;

/// The request that was typed; the error is what the command line says of what it cannot send.
pub fn checked(shape: &Shape, options: &Options, format: BinaryFormat) -> Result<Fields, Output> {
    let request = request(shape, options, format).map_err(|message| {
        Output::failure(OTHER_STATUS, format!("\n{message}\n")).with_hint(hint::BASE64)
    })?;
    let complaints = complaints(shape, options);
    if complaints.is_empty() {
        return Ok(request);
    }
    Err(usage::bad_parameter(&format!("Parameter validation failed:\n{complaints}")))
}

/// Every complaint about what was typed, one a line; empty if there is none.
fn complaints(shape: &Shape, options: &Options) -> String {
    let mut typed = options.typed.clone();
    // Bytes of a file are what they must be.
    typed.extend(options.blobs.iter().map(|(name, _)| ((*name).to_owned(), Json::from(""))));
    let mut complaints = Vec::new();
    check_members(&mut complaints, shape, &typed, "");
    complaints.join("\n")
}

/// The request that was typed. The error is a blob that is no base64.
fn request(shape: &Shape, options: &Options, format: BinaryFormat) -> Result<Fields, String> {
    let mut fields = structure(shape, &options.typed, format)?;
    for (name, bytes) in &options.blobs {
        fields.set(name, Value::Blob(bytes.clone()));
    }
    Ok(fields)
}

fn structure(shape: &Shape, typed: &Typed, format: BinaryFormat) -> Result<Fields, String> {
    let mut fields = Fields::new();
    for param in shape.members {
        if let Some(json) = typed.get(param.name) {
            fields.push(param.name, value(&param.kind, json, format)?);
        }
    }
    Ok(fields)
}

/// Reads a moment: seconds since 1970 with or without a fraction, or a date of ISO 8601.
fn moment(json: &Json) -> Option<Instant> {
    let text = match json {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let (secs, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Here as in JSON, moments before 1970 become it.
    let (secs, is_before) = match secs.strip_prefix('-') {
        Some(secs) => (secs, true),
        None => (secs, false),
    };
    if secs.is_empty() || !is_digits(secs) || !is_digits(fraction) || fraction.is_empty() {
        return Instant::parse(&text);
    }
    let millis: u64 = format!("{fraction:0<3}")[..3].parse().ok()?;
    let secs: u64 = secs.parse().ok()?;
    if is_before {
        return Some(Instant::from_millis(0));
    }
    Some(Instant::from_millis(secs.checked_mul(1_000)?.checked_add(millis)?))
}

fn value(kind: &Kind, json: &Json, format: BinaryFormat) -> Result<Value, String> {
    Ok(match (kind, json) {
        (Kind::Blob { .. }, Json::String(text)) => match format {
            BinaryFormat::Raw => Value::Blob(text.clone().into_bytes()),
            BinaryFormat::Base64 => {
                let bytes = python::base64_decode(text);
                Value::Blob(bytes.ok_or_else(|| format!("Invalid base64: \"{text}\""))?)
            }
        },
        (Kind::Integer { .. }, Json::Number(number)) => {
            Value::Integer(number.as_i64().unwrap_or(i64::MAX))
        }
        (Kind::Boolean, Json::Bool(flag)) => Value::Boolean(*flag),
        (Kind::Timestamp, json) => moment(json).map_or(Value::Null, Value::Timestamp),
        (Kind::List { of, .. }, Json::Array(items)) => {
            let items = items.iter().map(|item| value(of, item, format));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        (Kind::Map { .. }, Json::Object(entries)) => {
            let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), text(value))).collect())
        }
        (Kind::Structure(shape), Json::Object(members)) => {
            Value::Fields(structure(shape, members, format)?)
        }
        (_, Json::String(text)) => Value::Text(text.clone()),
        _ => Value::Null,
    })
}

fn check_members(complaints: &mut Vec<String>, shape: &Shape, typed: &Typed, path: &str) {
    let place = if path.is_empty() { "input" } else { path };
    for param in shape.members.iter().filter(|param| param.required) {
        if !typed.contains_key(param.name) {
            let name = param.name;
            complaints.push(format!("Missing required parameter in {place}: \"{name}\""));
        }
    }
    for name in typed.keys().filter(|name| shape.member(name).is_none()) {
        let known: Vec<&str> = shape.members.iter().map(|param| param.name).collect();
        complaints.push(format!(
            "Unknown parameter in {place}: \"{name}\", must be one of: {}",
            known.join(", ")
        ));
    }
    for (name, json) in typed {
        if let Some(param) = shape.member(name) {
            let dot = if path.is_empty() { "" } else { "." };
            check(complaints, &param.kind, json, &format!("{path}{dot}{name}"));
        }
    }
}

fn check(complaints: &mut Vec<String>, kind: &Kind, json: &Json, path: &str) {
    match (kind, json) {
        (Kind::Text { min, .. }, Json::String(text)) => {
            check_length(complaints, text.chars().count(), *min, path);
        }
        (Kind::Integer { min: Some(min), .. }, Json::Number(number))
            if number.as_i64().is_some_and(|number| number < *min) =>
        {
            complaints.push(format!(
                "Invalid value for parameter {path}, value: {number}, valid min value: {min}"
            ));
        }
        (Kind::List { min, of, .. }, Json::Array(items)) => {
            check_length(complaints, items.len(), *min, path);
            for (index, item) in items.iter().enumerate() {
                check(complaints, of, item, &format!("{path}[{index}]"));
            }
        }
        (Kind::Map { .. }, Json::Object(entries)) => {
            for (key, value) in entries.iter().filter(|(_, value)| !value.is_string()) {
                complaints.push(wrong_type(&TEXT, value, &format!("{path}.{key}")));
            }
        }
        (Kind::Structure(shape), Json::Object(members)) => {
            check_members(complaints, shape, members, path);
        }
        (kind, json) if !is_of(kind, json) => complaints.push(wrong_type(kind, json, path)),
        _ => {}
    }
}

fn check_length(complaints: &mut Vec<String>, length: usize, min: u32, path: &str) {
    if u32::try_from(length).is_ok_and(|length| length < min) {
        complaints.push(format!(
            "Invalid length for parameter {path}, value: {length}, valid min length: {min}"
        ));
    }
}

const TEXT: Kind = Kind::Text { min: 0, max: u32::MAX, pattern: None };

fn is_of(kind: &Kind, json: &Json) -> bool {
    match kind {
        Kind::Text { .. } | Kind::Choice(_) | Kind::Blob { .. } => json.is_string(),
        Kind::Integer { .. } => json.is_i64() || json.is_u64(),
        Kind::Boolean => json.is_boolean(),
        Kind::Timestamp => moment(json).is_some(),
        Kind::List { .. } => json.is_array(),
        Kind::Map { .. } | Kind::Structure(_) => json.is_object(),
    }
}

fn wrong_type(kind: &Kind, json: &Json, path: &str) -> String {
    let wanted = match kind {
        Kind::Text { .. } | Kind::Choice(_) => "<class 'str'>",
        Kind::Blob { .. } => "<class 'bytes'>, <class 'bytearray'>, file-like object",
        Kind::Integer { .. } => "<class 'int'>",
        Kind::Boolean => "<class 'bool'>",
        Kind::Timestamp => "<class 'datetime.datetime'>, timestamp-string",
        Kind::List { .. } => "<class 'list'>, <class 'tuple'>",
        Kind::Map { .. } | Kind::Structure(_) => "<class 'dict'>",
    };
    let (shown, class) = (python::str(json), python::class(json));
    format!(
        "Invalid type for parameter {path}, value: {shown}, type: {class}, valid types: {wanted}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use serde_json::json;

    fn complain(operation: &str, typed: Json) -> String {
        let Json::Object(typed) = typed else { panic!("parameters are an object") };
        let operation = api::operation(operation).expect("an operation of the table");
        complaints(&operation.input, &Options { typed, ..Options::default() })
    }

    #[test]
    fn lower_bounds_are_checked_here_and_upper_ones_are_not() {
        assert_eq!(
            complain("CreateStream", json!({"StreamName": "", "ShardCount": 0})),
            "Invalid length for parameter StreamName, value: 0, valid min length: 1\n\
             Invalid value for parameter ShardCount, value: 0, valid min value: 1"
        );
        let long = "a".repeat(200);
        assert_eq!(complain("CreateStream", json!({"StreamName": long})), "");
        assert_eq!(
            complain("PutRecords", json!({"StreamName": "x", "Records": []})),
            "Invalid length for parameter Records, value: 0, valid min length: 1"
        );
    }

    #[test]
    fn names_and_types_are_checked_at_every_depth() {
        assert_eq!(
            complain("CreateStream", json!({"StreamName": "x", "StreamModeDetails": {"Foo": "1"}})),
            "Missing required parameter in StreamModeDetails: \"StreamMode\"\n\
             Unknown parameter in StreamModeDetails: \"Foo\", must be one of: StreamMode"
        );
        let entry = json!({"Data": ["a", "b"], "PartitionKey": 1});
        assert_eq!(
            complain("PutRecords", json!({"StreamName": "x", "Records": [entry]})),
            "Invalid type for parameter Records[0].Data, value: ['a', 'b'], type: <class 'list'>, \
             valid types: <class 'bytes'>, <class 'bytearray'>, file-like object\n\
             Invalid type for parameter Records[0].PartitionKey, value: 1, type: <class 'int'>, \
             valid types: <class 'str'>"
        );
    }

    #[test]
    fn moments_are_seconds_or_dates() {
        for (text, millis) in [
            ("-5", 0),
            ("1795189064", 1_795_189_064_000),
            ("1795189064.5", 1_795_189_064_500),
            ("1795189064.123456", 1_795_189_064_123),
            ("2026-11-20T15:37:44Z", 1_795_189_064_000),
            ("2026-11-20T15:37:44.436+00:00", 1_795_189_064_436),
        ] {
            let at = moment(&Json::from(text));
            assert_eq!(at.map(Instant::millis), Some(millis), "{text}");
        }
        for text in ["", "foo", "1.", ".5", "-x", "99999999999999999999"] {
            assert_eq!(moment(&Json::from(text)), None, "{text}");
        }
    }
}
