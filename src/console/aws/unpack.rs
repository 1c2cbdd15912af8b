//! Values of options, from their text or from the file they name.

use serde_json::Value as Json;

use super::{python, shorthand, usage};
use crate::api::model::{Kind, Param};
use crate::console::output::Output;
use crate::console::surroundings::Surroundings;

/// Whether a boolean was typed as `--flag` or as `--no-flag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// `--flag`.
    On,
    /// `--no-flag`.
    Off,
}

/// A value as far as its text alone tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpacked {
    /// Anything but bytes of a file.
    Text(Json),
    /// The bytes of a `fileb://` for a parameter of bytes.
    Bytes(Vec<u8>),
}

/// The value that was typed, or that the named file holds.
pub fn unpack(
    param: &Param,
    option: &str,
    flag: Flag,
    values: &[&str],
    around: &Surroundings<'_>,
) -> Result<Unpacked, Output> {
    let first = values.first().copied().unwrap_or_default();
    let is_file = values.len() == 1 && is_paramfile(first);
    let bytes = if is_file { paramfile(first, option, around)? } else { None };
    let text = match bytes {
        Some(bytes) if first.starts_with("fileb://") && is_blob(param) => {
            return Ok(Unpacked::Bytes(bytes));
        }
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        None => String::new(),
    };
    let values = if is_file { &[text.as_str()][..] } else { values };
    let first = values.first().copied().unwrap_or_default();
    let fail = |message: String| {
        usage::bad_parameter(&format!("Error parsing parameter '{option}': {message}"))
    };
    match &param.kind {
        Kind::Boolean => Ok(Json::Bool(flag == Flag::On)),
        Kind::Integer { .. } => python::int(first).map(Json::from).ok_or_else(|| {
            let text = python::quoted(first);
            Output::failure(255, format!("\ninvalid literal for int() with base 10: {text}\n"))
        }),
        Kind::Structure(_) | Kind::Map { .. } => structure(&param.kind, first).map_err(fail),
        Kind::List { of, .. } => list(of, values).map_err(fail),
        _ => Ok(Json::from(first)),
    }
    .map(Unpacked::Text)
}

fn is_blob(param: &Param) -> bool {
    matches!(param.kind, Kind::Blob { .. })
}

fn is_paramfile(value: &str) -> bool {
    value.starts_with("file://") || value.starts_with("fileb://")
}

/// What a `file://` or `fileb://` names, or the text itself.
pub fn paramfile(
    value: &str,
    option: &str,
    around: &Surroundings<'_>,
) -> Result<Option<Vec<u8>>, Output> {
    let (is_text, name) = match (value.strip_prefix("file://"), value.strip_prefix("fileb://")) {
        (Some(name), _) => (true, name),
        (_, Some(name)) => (false, name),
        _ => return Ok(Some(value.as_bytes().to_vec())),
    };
    let fail =
        |why: String| usage::bad_parameter(&format!("Error parsing parameter '{option}': {why}"));
    let Some(bytes) = around.file(name) else {
        let quoted = python::quoted(name);
        let output = fail(format!(
            "Unable to load paramfile {value}: [Errno 2] No such file or directory: {quoted}"
        ));
        let hint = format!("There is no file {name} here. Drop it on the page, then enter this.");
        return Err(output.with_hint(hint));
    };
    if is_text && std::str::from_utf8(bytes).is_err() {
        return Err(fail(format!(
            "Unable to load paramfile ({name}), text contents could not be decoded.  If this is a \
             binary file, please use the fileb:// prefix instead of the file:// prefix."
        )));
    }
    Ok(Some(bytes.to_vec()))
}

fn list(of: &Kind, values: &[&str]) -> Result<Json, String> {
    let first = values.first().map_or("", |value| value.trim_start());
    if values.len() == 1 && first.starts_with('[') {
        return json(values[0]);
    }
    match of {
        Kind::Structure(_) | Kind::Map { .. } => {
            let is_json = first.starts_with(['{', '[']);
            let item = |value: &&str| if is_json { json(value) } else { pairs(of, value) };
            values.iter().map(item).collect::<Result<Vec<_>, _>>()
        }
        _ => Ok(values.iter().map(|value| Json::from(*value)).collect()),
    }
    .map(Json::Array)
}

fn structure(kind: &Kind, text: &str) -> Result<Json, String> {
    match text.trim_start().chars().next() {
        Some('{') => json(text),
        Some('[') => Err(format!("Invalid JSON:\n{text}")),
        _ => pairs(kind, text),
    }
}

/// Reads shorthand, whose texts become what the model wants in their places.
fn pairs(kind: &Kind, text: &str) -> Result<Json, String> {
    let mut value = shorthand::parse(text)?;
    adapt(kind, &mut value);
    Ok(value)
}

fn adapt(kind: &Kind, value: &mut Json) {
    match (kind, value) {
        (Kind::Structure(shape), Json::Object(members)) => {
            for param in shape.members {
                if let Some(value) = members.get_mut(param.name) {
                    adapt(&param.kind, value);
                }
            }
        }
        (Kind::List { of, .. }, Json::Array(items)) => {
            for item in items {
                adapt(of, item);
            }
        }
        (Kind::List { .. }, value) => *value = Json::Array(vec![value.take()]),
        (Kind::Integer { .. }, value) => {
            if let Some(number) = value.as_str().and_then(python::int) {
                *value = Json::from(number);
            }
        }
        (Kind::Boolean, value) => match value.as_str().map(str::to_ascii_lowercase).as_deref() {
            Some("true") => *value = Json::Bool(true),
            Some("false") => *value = Json::Bool(false),
            _ => {}
        },
        _ => {}
    }
}

fn json(text: &str) -> Result<Json, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("Invalid JSON: {error}\nJSON received: {text}"))
}
