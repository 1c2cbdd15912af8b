//! `--generate-cli-skeleton`: a form of an operation's parameters to fill in, or a made-up answer.

mod output;

use serde_json::{Map, Value as Json, json};

use super::json::json_with_empty;
use super::limits::limits;
use super::print::Format;
use crate::api::Operation;
use crate::api::model::{Kind, Param, Shape};
use crate::console::output::Output;

pub use output::answer;
#[cfg(test)]
pub use output::{A_MOMENT, shape};

/// What the form may be for.
pub const SKELETONS: &[&str] = &["input", OUTPUT, YAML];
/// A made-up answer: the parameters are checked first.
pub const OUTPUT: &str = "output";
const YAML: &str = "yaml-input";

/// When a moment of a form is.
const MOMENT: &str = "1970-01-01T00:00:00";
/// The same as Python prints it.
const SPACED_MOMENT: &str = "1970-01-01 00:00:00";

/// The form to fill in that `wanted` asks for.
pub fn print(operation: &Operation, wanted: &str) -> Output {
    let shape = &operation.input;
    if wanted != YAML {
        return Output::answer(json_with_empty(&structure(shape)));
    }
    let mut out = String::new();
    yaml_structure(&mut out, shape, 0);
    Output::answer(if out.is_empty() { "{}\n".to_owned() } else { out })
}

/// What a moment of a made-up answer looks like in a form of answers.
pub fn moment(format: Format) -> &'static str {
    if format == Format::Json { MOMENT } else { SPACED_MOMENT }
}

/// A printed answer, whose moments are no texts: YAML has them without quotes.
pub fn without_quotes(printed: &str) -> String {
    printed.replace(&format!("'{SPACED_MOMENT}'"), SPACED_MOMENT)
}

fn structure(shape: &Shape) -> Json {
    let members = shape.members.iter();
    let members = members.map(|param| (param.name.to_owned(), value(&param.kind)));
    Json::Object(members.collect::<Map<_, _>>())
}

fn value(kind: &Kind) -> Json {
    match kind {
        Kind::Text { .. } => json!(""),
        Kind::Choice(choice) => choice.words.first().copied().into(),
        Kind::Integer { .. } => json!(0),
        Kind::Boolean => json!(true),
        Kind::Timestamp => json!(MOMENT),
        Kind::Blob { .. } => Json::Null,
        Kind::List { of, .. } => json!([value(of)]),
        Kind::Map { .. } => json!({"KeyName": ""}),
        Kind::Structure(shape) => structure(shape),
    }
}

/// Members one below the other. The remarks of the real one have a sentence of the documentation
/// where these have the bounds.
fn yaml_structure(out: &mut String, shape: &Shape, indent: usize) {
    let mut is_first = true;
    for param in shape.members {
        pad(out, indent);
        out.push_str(param.name);
        out.push(':');
        let remark = remark(param);
        yaml_value(out, &param.kind, indent, &remark, &mut is_first);
    }
}

/// A value and the rest of its line, with the remark; what lies below it follows.
fn yaml_value(out: &mut String, kind: &Kind, indent: usize, remark: &str, is_first: &mut bool) {
    let plain = match kind {
        Kind::Choice(choice) => choice.words.first().copied().unwrap_or_default(),
        Kind::Integer { .. } => "0",
        Kind::Boolean => "true",
        Kind::Timestamp => SPACED_MOMENT,
        Kind::Blob { .. } => "!!binary ''",
        Kind::Text { .. } => "''",
        Kind::List { .. } | Kind::Map { .. } | Kind::Structure(_) => "",
    };
    if !plain.is_empty() {
        out.extend([" ", plain]);
    }
    if !remark.is_empty() {
        // The first remark of a block has one more blank before it.
        out.extend([if *is_first { "  # " } else { " # " }, remark]);
        *is_first = false;
    }
    out.push('\n');
    match kind {
        Kind::List { of: Kind::Structure(shape), .. } => {
            let from = out.len();
            yaml_structure(out, shape, indent + 2);
            out.replace_range(from + indent..=from + indent, "-");
        }
        Kind::List { of, .. } => {
            pad(out, indent);
            out.push('-');
            yaml_value(out, of, indent, "", is_first);
        }
        Kind::Map { .. } => {
            pad(out, indent + 2);
            out.push_str("KeyName: ''\n");
        }
        Kind::Structure(shape) => yaml_structure(out, shape, indent + 2),
        _ => {}
    }
}

fn remark(param: &Param) -> String {
    let mut words: Vec<String> = Vec::new();
    if param.required {
        words.push("[REQUIRED]".to_owned());
    }
    match &param.kind {
        Kind::Choice(choice) => {
            words.push(format!("Valid values are: {}.", choice.words.join(", ")));
        }
        Kind::Text { .. } | Kind::Integer { .. } => words.push(limits(&param.kind)),
        _ => {}
    }
    words.join(" ")
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}
