//! Answers that come in pages, asked for one after the other and printed as one.

use crate::api::caller::Caller;
use crate::api::model::{Pages, Token};
use crate::api::value::{Fields, Value};
use crate::api::{self, ApiError, Operation};
use crate::engine::Simulation;

/// The answer of all pages: first the members that are joined, then the rest of the first page.
pub fn all(
    sim: &mut Simulation,
    caller: &Caller,
    operation: &Operation,
    pages: &Pages,
    mut request: Fields,
) -> Result<Fields, ApiError> {
    let mut whole = Fields::new();
    let mut first = None;
    loop {
        let page = api::call(sim, caller, operation, &request)?;
        for path in pages.results {
            if let Some(Value::List(items)) = page.at(path) {
                append(&mut whole, path, items);
            }
        }
        let next = next_token(&pages.output_token, &page);
        first.get_or_insert(page);
        match next {
            // The token stands for the stream and the filter too.
            Some(token) if pages.input_token == "NextToken" => {
                request = Fields::new().with(pages.input_token, token);
            }
            Some(token) => request.set(pages.input_token, Value::Text(token)),
            None => break,
        }
    }
    let first = first.expect("there is a first page");
    for path in pages.rest {
        set(&mut whole, path, first.at(path).cloned().unwrap_or(Value::Null));
    }
    Ok(whole)
}

fn next_token(token: &Token, page: &Fields) -> Option<String> {
    match token {
        Token::Member(name) => page.text(name).map(str::to_owned),
        Token::LastOf { list, member, more } => match (page.at(more), page.at(list)) {
            (Some(Value::Boolean(true)), Some(Value::List(items))) => match items.last() {
                Some(Value::Fields(item)) => item.text(member).map(str::to_owned),
                _ => None,
            },
            _ => None,
        },
    }
}

fn append(whole: &mut Fields, path: &[&'static str], items: &[Value]) {
    match at_mut(whole, path) {
        Some(Value::List(all)) => all.extend_from_slice(items),
        _ => set(whole, path, Value::List(items.to_vec())),
    }
}

fn at_mut<'a>(fields: &'a mut Fields, path: &[&'static str]) -> Option<&'a mut Value> {
    let (name, rest) = path.split_first()?;
    match (fields.member_mut(name)?, rest) {
        (value, []) => Some(value),
        (Value::Fields(fields), rest) => at_mut(fields, rest),
        _ => None,
    }
}

/// Sets the value at the end of a path, making the structures on the way.
fn set(fields: &mut Fields, path: &[&'static str], value: Value) {
    match path {
        [] => {}
        [name] => fields.set(name, value),
        [name, rest @ ..] => {
            if fields.member(name).is_none() {
                fields.push(name, Fields::new());
            }
            if let Some(Value::Fields(inner)) = fields.member_mut(name) {
                set(inner, rest, value);
            }
        }
    }
}
