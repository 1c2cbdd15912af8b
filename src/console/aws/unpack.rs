//! Values of options, from their text.

use serde_json::Value as Json;

use super::{python, shorthand, usage};
use crate::api::model::{Kind, Param};
use crate::console::output::Output;

/// Whether a boolean was typed as `--flag` or as `--no-flag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// `--flag`.
    On,
    /// `--no-flag`.
    Off,
}

/// The value that was typed, as far as its text alone tells it.
pub fn unpack(param: &Param, option: &str, flag: Flag, values: &[&str]) -> Result<Json, Output> {
    let first = values.first().copied().unwrap_or_default();
    if first.starts_with("file://") || first.starts_with("fileb://") {
        return Err(Output::failure(
            252,
            "\nfile:// is not part of this console: write the value itself\n",
        ));
    }
    let fail = |message: String| {
        usage::bad_parameter(&format!("Error parsing parameter '{option}': {message}"))
    };
    match &param.kind {
        Kind::Boolean => Ok(Json::Bool(flag == Flag::On)),
        Kind::Integer { .. } => python::int(first).map(Json::from).ok_or_else(|| {
            let text = python::quoted(first);
            Output::failure(255, format!("\ninvalid literal for int() with base 10: {text}\n"))
        }),
        Kind::Structure(_) | Kind::Map { .. } => structure(first).map_err(fail),
        Kind::List { of, .. } => list(of, values).map_err(fail),
        _ => Ok(Json::from(first)),
    }
}

fn list(of: &Kind, values: &[&str]) -> Result<Json, String> {
    let first = values.first().map_or("", |value| value.trim_start());
    if values.len() == 1 && first.starts_with('[') {
        return json(values[0]);
    }
    match of {
        Kind::Structure(_) | Kind::Map { .. } => {
            values.iter().map(|value| structure(value)).collect::<Result<Vec<_>, _>>()
        }
        _ => Ok(values.iter().map(|value| Json::from(*value)).collect()),
    }
    .map(Json::Array)
}

fn structure(text: &str) -> Result<Json, String> {
    if text.trim_start().starts_with('{') { json(text) } else { shorthand::parse(text) }
}

fn json(text: &str) -> Result<Json, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("Invalid JSON: {error}\nJSON received: {text}"))
}
