//! Values as the AWS command line holds and prints them: as JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};

use super::python;
use crate::api::json::write_text;
use crate::api::value::{Fields, Value};

/// A value as the AWS command line prints JSON: four spaces, members in their order, letters of all
/// scripts as they are. An object without members prints nothing.
pub fn json(value: &Json) -> String {
    let is_bare = value.as_object().is_some_and(Map::is_empty);
    if is_bare { String::new() } else { json_with_empty(value) }
}

/// The same, where an object without members is `{}`.
pub fn json_with_empty(value: &Json) -> String {
    let mut out = String::new();
    write_value(&mut out, value, 0);
    out.push('\n');
    out
}

/// The name of a value's type, as JSON's grammar and all who speak of it have it.
pub fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// An answer as the AWS command line holds it: blobs as base64, moments as ISO 8601 in UTC.
pub fn plain(answer: &Fields) -> Json {
    let members = answer.iter().map(|(name, value)| ((*name).to_owned(), plain_value(value)));
    Json::Object(members.collect())
}

fn plain_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(flag) => Json::Bool(*flag),
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => Json::from(number.get()),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Word(word) => Json::from(*word),
        Value::Blob(bytes) => Json::from(STANDARD.encode(bytes)),
        Value::Timestamp(at) => Json::from(at.to_string()),
        Value::List(items) => Json::Array(items.iter().map(plain_value).collect()),
        Value::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| (key.clone(), Json::from(value.as_str())));
            Json::Object(entries.collect())
        }
        Value::Named(entries) => {
            let entries = entries.iter();
            Json::Object(entries.map(|(name, value)| (name.clone(), plain_value(value))).collect())
        }
        Value::Fields(fields) => plain(fields),
    }
}

fn write_value(out: &mut String, value: &Json, depth: usize) {
    match value {
        Json::String(text) => write_text(out, text),
        Json::Number(number) => out.push_str(&python::number(number)),
        Json::Array(items) => block(out, ['[', ']'], depth, items.iter(), |out, item| {
            write_value(out, item, depth + 1);
        }),
        Json::Object(members) => block(out, ['{', '}'], depth, members.iter(), |out, member| {
            write_text(out, member.0);
            out.push_str(": ");
            write_value(out, member.1, depth + 1);
        }),
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
    }
}

/// Items between brackets, each on its own line; nothing between them if there are none.
fn block<T>(
    out: &mut String,
    [open, close]: [char; 2],
    depth: usize,
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    out.push(open);
    let mut is_empty = true;
    for item in items {
        out.push_str(if is_empty { "\n" } else { ",\n" });
        indent(out, depth + 1);
        write(out, item);
        is_empty = false;
    }
    if !is_empty {
        out.push('\n');
        indent(out, depth);
    }
    out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("    ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Instant;

    #[test]
    fn answers_are_indented_by_four_and_empty_ones_print_nothing() {
        assert_eq!(json(&plain(&Fields::new())), "");
        let tags = Value::Map(vec![("팀".to_owned(), "a\"b\u{1b}".to_owned())]);
        let answer = Fields::new()
            .with("Shards", vec![])
            .with("Tags", tags)
            .with("At", Instant::from_millis(1_795_189_068_436))
            .with("Whole", Instant::from_secs(1_795_189_064))
            .with("Records", vec![Value::Fields(Fields::new().with("Data", Value::Null))]);
        let expected = r#"{
    "Shards": [],
    "Tags": {
        "팀": "a\"b\u001b"
    },
    "At": "2026-11-20T15:37:48.436000+00:00",
    "Whole": "2026-11-20T15:37:44+00:00",
    "Records": [
        {
            "Data": null
        }
    ]
}
"#;
        assert_eq!(json(&plain(&answer)), expected);
    }
}
