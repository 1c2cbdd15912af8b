//! Words of the page's own about an answer or a refusal, apart from what the command line prints.

use serde_json::Value as Json;

use super::query::Query;
use crate::api::ApiError;

/// Why a query may have found nothing: a name whose letters differ from a member's only in case.
pub fn of_query(query: &Query, answer: &Json, found: &Json) -> Option<String> {
    let is_nothing = found.is_null() || found.as_array().is_some_and(Vec::is_empty);
    if !is_nothing {
        return None;
    }
    let mut members = Vec::new();
    collect(answer, &mut members);
    let (typed, member) = query.names().into_iter().find_map(|name| {
        let meant = members.iter().find(|member| member.eq_ignore_ascii_case(&name)).copied();
        let member = meant.filter(|_| !members.contains(&name.as_str()))?;
        Some((name, member))
    })?;
    let written = query.text().replace(&typed, member);
    Some(format!(
        "The answer has no `{typed}`, but it has `{member}`: capital and small letters count. \
         Write --query '{written}'"
    ))
}

/// The names of all members at every depth.
fn collect<'a>(value: &'a Json, members: &mut Vec<&'a str>) {
    match value {
        Json::Array(items) => {
            for item in items {
                collect(item, members);
            }
        }
        Json::Object(object) => {
            for (name, value) in object {
                if !members.contains(&name.as_str()) {
                    members.push(name);
                }
                collect(value, members);
            }
        }
        _ => {}
    }
}

/// What to type where bytes are no base64.
pub const BASE64: &str = "--data takes base64. To send the text as it is, add \
                          --cli-binary-format raw-in-base64-out";

/// What to do about a refusal that has one cure.
pub fn of_refusal(error: &ApiError, iterator: Option<&str>) -> Option<&'static str> {
    match (error.code, iterator) {
        ("ExpiredIteratorException", _) => Some(
            "An iterator lives for five minutes after it was given out. Ask get-shard-iterator \
             for a new one",
        ),
        (_, Some("None" | "null" | "")) => Some(
            "The iterator holds no token but what an empty answer prints. Look at the --query \
             that filled it",
        ),
        _ => None,
    }
}
