//! The AWS command line, with every option written out in the order of the model.

use super::{spelled, variable};
use crate::api::value::{Fields, Value};
use crate::console::aws::{Asked, json, kebab};
use crate::console::shell::calls::OPEN;
use std::fmt::Write;

/// A call.
pub fn call(asked: &Asked, kept: Option<&str>) -> String {
    let name = match asked.waiter {
        Some(waiter) => format!("wait {waiter}"),
        None => kebab(asked.operation.name),
    };
    let mut line = format!("aws {} {name}{}", asked.service, options(&asked.request));
    for (option, value) in [("query", &asked.query), ("output", &asked.output)] {
        if let Some(value) = value {
            let _ = write!(line, " --{option} {}", word(value));
        }
    }
    match kept {
        Some(variable) => format!("{variable}=$({line})"),
        None => line,
    }
}

fn options(request: &Fields) -> String {
    let option = |(name, value): (&'static str, &Value)| {
        let name = kebab(name);
        match value {
            Value::Boolean(true) => format!(" --{name}"),
            Value::Boolean(false) => format!(" --no-{name}"),
            Value::List(items) => format!(" --{name} {}", list(items)),
            Value::Map(entries) => format!(" --{name} {}", word(&pairs(entries))),
            Value::Fields(fields) => format!(" --{name} {}", word(&json(fields))),
            value => {
                let value = scalar(value);
                // What begins with a hyphen would be taken for an option.
                let joint = if value.starts_with('-') { '=' } else { ' ' };
                format!(" --{name}{joint}{}", word(&value))
            }
        }
    };
    request.iter().map(option).collect()
}

/// Words one after the other, or JSON if the items are more than words.
fn list(items: &[Value]) -> String {
    let is_plain = |item: &Value| match item {
        Value::Text(text) => !text.starts_with(['-', '[', '{']) && !text.contains(['=', ',']),
        Value::Word(_) | Value::Integer(_) => true,
        _ => false,
    };
    if !items.is_empty() && items.iter().all(is_plain) {
        return items.iter().map(|item| word(&scalar(item))).collect::<Vec<_>>().join(" ");
    }
    let fields = Fields::new().with("List", items.to_vec());
    let json = json::plain(&fields);
    word(&json["List"].to_string())
}

/// `key=value,key=value`, or JSON if that would be ambiguous.
fn pairs(entries: &[(String, String)]) -> String {
    let is_plain = |text: &String| {
        !text.is_empty()
            && text.chars().all(|char| char.is_alphanumeric() || "-_./ +@".contains(char))
            && text.trim() == text
    };
    if entries.iter().all(|(key, value)| is_plain(key) && is_plain(value)) {
        let pairs = entries.iter().map(|(key, value)| format!("{key}={value}"));
        return pairs.collect::<Vec<_>>().join(",");
    }
    let fields = Fields::new().with("Map", Value::Map(entries.to_vec()));
    json::plain(&fields)["Map"].to_string()
}

/// `Name=value` of a structure with one plain member, else JSON.
fn json(fields: &Fields) -> String {
    let mut members = fields.iter();
    match (members.next(), members.next()) {
        (Some((name, value @ (Value::Text(_) | Value::Word(_)))), None)
            if scalar(value).bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') =>
        {
            format!("{name}={}", scalar(value))
        }
        _ => json::plain(fields).to_string(),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Blob(bytes)
            if std::str::from_utf8(bytes).is_ok_and(|text| variable(text).is_some()) =>
        {
            String::from_utf8_lossy(bytes).into_owned()
        }
        value => match json::plain(&Fields::new().with("Value", value.clone()))["Value"].take() {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        },
    }
}

/// A word as the shell reads it back.
pub fn word(text: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "-_./:,@%+=".contains(char);
    if variable(text).is_some() {
        return format!("\"{}\"", spelled(text));
    }
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    if text.contains(OPEN) {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('`', "\\`");
        return format!("\"{}\"", spelled(&escaped.replace('$', "\\$")));
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
