//! `--generate-cli-skeleton`: a form of an operation's parameters to fill in.

use serde_json::{Map, Value as Json, json};

use super::usage;
use crate::api::model::{Kind, Shape};
use crate::console::output::{self, Output};

/// The form that `wanted` asks for.
pub fn print(shape: &Shape, wanted: &str) -> Output {
    if wanted == "input" {
        return Output::answer(output::json_with_empty(&structure(shape)));
    }
    Output::failure(
        usage::USAGE_STATUS,
        format!(
            "\n--generate-cli-skeleton {wanted} is not part of this console: write \
             --generate-cli-skeleton input\n"
        ),
    )
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
        Kind::Timestamp => json!("1970-01-01T00:00:00"),
        Kind::Blob { .. } => Json::Null,
        Kind::List { of, .. } => json!([value(of)]),
        Kind::Map { .. } => json!({"KeyName": ""}),
        Kind::Structure(shape) => structure(shape),
    }
}
