//! What a value may be, as help and forms say it.

use crate::api::model::Kind;

/// The name of a value's type, as the real one's help has it.
pub fn type_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text { .. } | Kind::Choice(_) => "string",
        Kind::Integer { .. } => "integer",
        Kind::Boolean => "boolean",
        Kind::Timestamp => "timestamp",
        Kind::Blob { .. } => "blob",
        Kind::List { .. } => "list",
        Kind::Map { .. } => "map",
        Kind::Structure(_) => "structure",
    }
}

/// What a value may be, in a sentence.
pub fn limits(kind: &Kind) -> String {
    match kind {
        Kind::Text { min, max, .. } => format!("{} of text.", count(*min, *max, "characters")),
        Kind::Choice(choice) => format!("One of: {}.", choice.words.join(", ")),
        Kind::Integer { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("{min} to {max}."),
            (Some(min), None) => format!("{min} or more."),
            (None, Some(max)) => format!("At most {max}."),
            (None, None) => "A whole number.".to_owned(),
        },
        Kind::Boolean => "On, or off with --no- before its name.".to_owned(),
        Kind::Timestamp => "Seconds since 1970, or a date such as 2026-01-01T00:00:00Z.".to_owned(),
        Kind::Blob { max } => format!(
            "At most {max} bytes, as base64; with --cli-binary-format raw-in-base64-out as they \
             are."
        ),
        Kind::List { min, max, of } => {
            format!("{}, with blanks between them. {}", count(*min, *max, "items"), limits(of))
        }
        Kind::Map { min, max, .. } => {
            format!("{} as key=value,key=value.", count(*min, *max, "entries"))
        }
        Kind::Structure(shape) => {
            let members = shape.members.iter();
            let members: Vec<String> =
                members.map(|param| format!("{}={}", param.name, type_name(&param.kind))).collect();
            format!("{}, or the same as JSON.", members.join(","))
        }
    }
}

fn count(min: u32, max: u32, what: &str) -> String {
    match (min, max) {
        (0, u32::MAX) => format!("Any number of {what}"),
        (min, u32::MAX) => format!("{min} or more {what}"),
        (min, max) if min == max => format!("{min} {what}"),
        (min, max) => format!("{min} to {max} {what}"),
    }
}
