//! `jq` for paths: `.a.b[0]`, `.a[]`, `.[] | .x`, `length`, `keys`, `@base64d`, with `-r` and `-c`.

use super::call::{Answer, Call, no_file, no_option};
use crate::api::json::write_text;
use crate::console::aws::json;
use crate::engine::sorted::sort_shared;
use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

/// One step of a path.
enum Step {
    /// `.`
    Identity,
    /// `.name`
    Member(String),
    /// `[0]`, `[-1]`
    Item(i64),
    /// `[]`
    Each,
    /// A function.
    Call(Function),
}

/// What stands for itself between two `|`.
#[derive(Clone, Copy)]
enum Function {
    Length,
    Keys,
    Base64Decode,
    Base64,
    ToText,
    FromJson,
}

const FUNCTIONS: [(&str, Function); 7] = [
    ("length", Function::Length),
    ("keys", Function::Keys),
    ("@base64d", Function::Base64Decode),
    ("@base64", Function::Base64),
    ("@text", Function::ToText),
    ("tostring", Function::ToText),
    ("fromjson", Function::FromJson),
];

/// jq's exit status for a value that does not fit the filter.
const VALUE_STATUS: u8 = 5;

/// Prints what a path leads to in the JSON that is piped in.
pub fn run(call: &Call<'_>) -> Result<Answer, String> {
    let (mut raw, mut compact, mut filter) = (false, false, None);
    for argument in call.arguments {
        match argument.as_str() {
            "-r" | "--raw-output" => raw = true,
            "-c" | "--compact-output" => compact = true,
            "-rc" | "-cr" => (raw, compact) = (true, true),
            option if option.starts_with('-') && option.len() > 1 => {
                return Err(no_option(option, "-r and -c"));
            }
            text if filter.is_none() => filter = Some(text),
            file => return Err(no_file(file)),
        }
    }
    let steps = parse(filter.unwrap_or("."))?;
    let text = call.text()?;
    let mut out = String::new();
    for json in serde_json::Deserializer::from_str(&text).into_iter::<Json>() {
        let (results, complaint) = match json {
            Err(error) => (Vec::new(), Some((format!("parse error: {error}"), 2))),
            Ok(json) => match apply(json, &steps) {
                Ok(results) => (results, None),
                Err(why) => {
                    (Vec::new(), Some((format!("error (at <stdin>:0): {why}"), VALUE_STATUS)))
                }
            },
        };
        for json in results {
            match json {
                Json::String(text) if raw => out.push_str(&text),
                json => write(&mut out, &json, if compact { None } else { Some(0) }),
            }
            out.push('\n');
        }
        if let Some((complaint, status)) = complaint {
            let complaint = format!("jq: {complaint}\n");
            return Ok(Answer { complaint, status, ..Answer::of(out) });
        }
    }
    Ok(Answer::of(out))
}

fn parse(filter: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    for part in split_pipes(filter) {
        let part = part.trim();
        match FUNCTIONS.iter().find(|(name, _)| *name == part) {
            Some((_, function)) => steps.push(Step::Call(*function)),
            None => path(part, &mut steps).ok_or_else(|| missing(part))?,
        }
    }
    Ok(steps)
}

/// The parts between the `|` that are not within quotes.
fn split_pipes(filter: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let is_pipe = |char: char| {
        is_quoted ^= char == '"';
        char == '|' && !is_quoted
    };
    filter.split(is_pipe).collect()
}

fn missing(part: &str) -> String {
    format!(
        "`{part}` is not part of this console's jq: it has paths such as .a.b[0] and .a[], joined \
         by |, and length, keys, @base64d; `--query` of aws can do more"
    )
}

/// Reads `.a."b c"[0][]`; `None` if it is no path.
fn path(text: &str, steps: &mut Vec<Step>) -> Option<()> {
    let mut rest = text.strip_prefix('.')?;
    if rest.is_empty() {
        steps.push(Step::Identity);
    }
    let mut after_dot = true;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']')?;
            steps.push(match inner[..end].trim() {
                "" => Step::Each,
                quoted if quoted.starts_with('"') => Step::Member(unquoted(quoted)?),
                number => Step::Item(number.parse().ok()?),
            });
            rest = &inner[end + 1..];
        } else if after_dot && rest.starts_with('"') {
            let end = rest[1..].find('"')? + 2;
            steps.push(Step::Member(unquoted(&rest[..end])?));
            rest = &rest[end..];
        } else if after_dot {
            let is_name = |char: char| char == '_' || char.is_ascii_alphanumeric();
            let end = rest.find(|char| !is_name(char)).unwrap_or(rest.len());
            if end == 0 || rest.starts_with(|char: char| char.is_ascii_digit()) {
                return None;
            }
            steps.push(Step::Member(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            return None;
        }
        rest = rest.strip_prefix('?').unwrap_or(rest);
        after_dot = false;
        if let Some(after) = rest.strip_prefix('.') {
            (rest, after_dot) = (after, true);
            if rest.is_empty() {
                return None;
            }
        }
    }
    Some(())
}

/// The text between quotes. It is read as a value: asking for a text alone would bring all the
/// words about wrong types along, and with them the standard library's way to print a float.
fn unquoted(text: &str) -> Option<String> {
    match serde_json::from_str(text).ok()? {
        Json::String(text) => Some(text),
        _ => None,
    }
}

fn apply(json: Json, steps: &[Step]) -> Result<Vec<Json>, String> {
    let mut values = vec![json];
    for step in steps {
        let mut next = Vec::with_capacity(values.len());
        for value in values {
            match (step, value) {
                (Step::Identity, value) => next.push(value),
                (Step::Each, Json::Array(items)) => next.extend(items),
                (Step::Each, Json::Object(members)) => {
                    next.extend(members.into_iter().map(|(_, value)| value));
                }
                (Step::Each, value) => return Err(format!("Cannot iterate over {}", kind(&value))),
                (Step::Member(_) | Step::Item(_), Json::Null) => next.push(Json::Null),
                (Step::Member(name), Json::Object(mut members)) => {
                    next.push(members.remove(name).unwrap_or_default());
                }
                (Step::Member(name), value) => {
                    return Err(format!("Cannot index {} with \"{name}\"", kind(&value)));
                }
                (Step::Item(place), Json::Array(mut items)) => {
                    let length = i64::try_from(items.len()).unwrap_or_default();
                    let place = if *place < 0 { place + length } else { *place };
                    let place = usize::try_from(place).ok().filter(|place| *place < items.len());
                    next.push(place.map(|place| items.swap_remove(place)).unwrap_or_default());
                }
                (Step::Item(_), value) => {
                    return Err(format!("Cannot index {} with number", kind(&value)));
                }
                (Step::Call(function), value) => next.push(called(*function, value)?),
            }
        }
        values = next;
    }
    Ok(values)
}

fn called(function: Function, value: Json) -> Result<Json, String> {
    let compact = |value: &Json| {
        let mut text = String::new();
        write(&mut text, value, None);
        text
    };
    let text = match &value {
        Json::String(text) => text.clone(),
        value => compact(value),
    };
    Ok(match function {
        Function::Length => match &value {
            Json::Null => 0.into(),
            Json::String(text) => text.chars().count().into(),
            Json::Array(items) => items.len().into(),
            Json::Object(members) => members.len().into(),
            Json::Number(_) => value,
            Json::Bool(_) => return Err(format!("{} has no length", kind(&value))),
        },
        Function::Keys => match value {
            Json::Object(members) => {
                let mut names: Vec<String> = members.into_iter().map(|(name, _)| name).collect();
                sort_shared(&mut names);
                names.into()
            }
            Json::Array(items) => (0..items.len()).collect::<Vec<_>>().into(),
            value => return Err(format!("{} has no keys", kind(&value))),
        },
        Function::Base64Decode => match STANDARD.decode(&text) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
            Err(_) => return Err(format!("{} is not valid base64 data", kind(&value))),
        },
        Function::Base64 => STANDARD.encode(&text).into(),
        Function::ToText => text.into(),
        Function::FromJson => serde_json::from_str(&text)
            .map_err(|error| format!("{error} (while parsing '{text}')"))?,
    })
}

/// A value as jq names it in complaints: `number (5)`.
fn kind(value: &Json) -> String {
    let kind = json::kind(value);
    let mut text = String::new();
    write(&mut text, value, None);
    if text.chars().count() > 11 {
        text = text.chars().take(10).collect::<String>() + "...";
    }
    if value.is_null() { kind.to_owned() } else { format!("{kind} ({text})") }
}

/// Writes a value: indented by two from a depth on, or compact.
fn write(out: &mut String, value: &Json, depth: Option<usize>) {
    let break_to = |out: &mut String, depth: Option<usize>| {
        if let Some(depth) = depth {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    let inner = depth.map(|depth| depth + 1);
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Json::Number(number) => out.push_str(&number.to_string()),
        Json::String(text) => write_text(out, text),
        Json::Array(items) if items.is_empty() => out.push_str("[]"),
        Json::Object(members) if members.is_empty() => out.push_str("{}"),
        Json::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                out.push(if place == 0 { '[' } else { ',' });
                break_to(out, inner);
                write(out, item, inner);
            }
            break_to(out, depth);
            out.push(']');
        }
        Json::Object(members) => {
            for (place, (name, value)) in members.iter().enumerate() {
                out.push(if place == 0 { '{' } else { ',' });
                break_to(out, inner);
                write_text(out, name);
                out.push_str(if depth.is_some() { ": " } else { ":" });
                write(out, value, inner);
            }
            break_to(out, depth);
            out.push('}');
        }
    }
}
