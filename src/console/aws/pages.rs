//! Answers that come in pages, asked for one after the other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};

use super::json::plain;
use super::print::{Answer, at, at_mut};
use super::{python, usage};
use crate::api::ApiError;
use crate::api::model::{Pages, Token};
use crate::api::value::{Fields, Value};
use crate::console::output::Output;

/// What part of the pages is asked for.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// At most so many items in all: `--max-items`.
    pub max_items: Option<i64>,
    /// Where to go on: `--starting-token`.
    pub starting_token: Option<String>,
    /// At most so many items a page: `--page-size`.
    pub page_size: Option<i64>,
}

impl Part {
    /// Refuses to ask for a part of one page.
    pub fn refuse(&self) -> Result<(), Output> {
        let is_set = |number: Option<i64>| number.is_some_and(|number| number != 0);
        let has_token = self.starting_token.as_ref().is_some_and(|token| !token.is_empty());
        let given: Vec<&str> = [
            (has_token, "--starting-token"),
            (is_set(self.page_size), "--page-size"),
            (is_set(self.max_items), "--max-items"),
        ]
        .into_iter()
        .filter_map(|(is_given, name)| is_given.then_some(name))
        .collect();
        if given.is_empty() {
            return Ok(());
        }
        Err(usage::bad_parameter(&format!(
            "Cannot specify --no-paginate along with pagination arguments: {}",
            given.join(", ")
        )))
    }
}

/// Asks for page after page.
pub fn read(
    pages: &'static Pages,
    part: &Part,
    mut request: Fields,
    call: &mut dyn FnMut(&Fields) -> Result<Fields, ApiError>,
) -> Result<Answer, ApiError> {
    let start = part.starting_token.as_deref().map(|token| start(pages, token));
    let (mut token, mut skipped) = start.unwrap_or_default();
    if let Some(size) = part.page_size {
        request.set(pages.limit, Value::Integer(size));
    }
    if let Some(token) = &token {
        go_on(pages, &mut request, token);
    }
    let mut answer = Answer { pages: Vec::new(), joined: Some(pages), resume: None };
    let mut total = 0;
    loop {
        let mut page = plain(&call(&request)?);
        if answer.pages.is_empty() && part.starting_token.is_some() {
            skip(&mut page, pages, skipped);
        }
        let found = items(&page, pages.results[0]);
        let over = part.max_items.map_or(0, |most| total + found - most);
        if over > 0 {
            let kept = found - over;
            if let Some(Json::Array(items)) = at_mut(&mut page, pages.results[0]) {
                let length = python::from_end(items.len(), kept);
                items.truncate(length);
            }
            answer.resume = Some(resume(pages, token.as_deref(), Some(kept + skipped)));
            answer.pages.push(page);
            break;
        }
        total += found;
        let next = next_token(&pages.output_token, &page);
        answer.pages.push(page);
        let Some(next) = next else { break };
        if part.max_items == Some(total) {
            answer.resume = Some(resume(pages, Some(&next), None));
            break;
        }
        go_on(pages, &mut request, &next);
        (token, skipped) = (Some(next), 0);
    }
    Ok(answer)
}

fn items(page: &Json, path: &[&str]) -> i64 {
    let items = at(page, path).and_then(Json::as_array);
    items.map_or(0, |items| i64::try_from(items.len()).unwrap_or(i64::MAX))
}

/// Takes the items out that an answer before had; other joined members were printed then.
fn skip(page: &mut Json, pages: &Pages, count: i64) {
    for (index, path) in pages.results.iter().enumerate() {
        let Some(value) = at_mut(page, path) else { continue };
        match value {
            Json::Array(items) if index == 0 => {
                items.drain(..python::from_end(items.len(), count));
            }
            Json::Array(items) => items.clear(),
            value => *value = Json::Null,
        }
    }
}

fn go_on(pages: &Pages, request: &mut Fields, token: &str) {
    request.remove(pages.implied);
    request.set(pages.input_token, Value::Text(token.to_owned()));
}

fn next_token(token: &Token, page: &Json) -> Option<String> {
    let text = |value: &Json| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    match token {
        Token::Member(name) => page.get(name).and_then(text),
        Token::LastOf { list, member, more } => {
            let is_more = at(page, more).and_then(Json::as_bool) == Some(true);
            let last = at(page, list).and_then(Json::as_array).and_then(|items| items.last());
            last.filter(|_| is_more).and_then(|item| item.get(member)).and_then(text)
        }
    }
}

/// The token of `--starting-token`: the service's own, and how many items were printed before,
/// wrapped in JSON and base64.
fn resume(pages: &Pages, token: Option<&str>, skipped: Option<i64>) -> String {
    let token = python::ascii_json(&token.map_or(Json::Null, Json::from));
    let name = pages.input_token;
    let skipped =
        skipped.map_or_else(String::new, |count| format!(", \"boto_truncate_amount\": {count}"));
    STANDARD.encode(format!("{{\"{name}\": {token}{skipped}}}"))
}

/// What a token of `--starting-token` says; one of another make is the service's own, perhaps with
/// `___` and a number of items after it.
fn start(pages: &Pages, token: &str) -> (Option<String>, i64) {
    let bytes = python::base64_decode(token).unwrap_or_default();
    if let Ok(Json::Object(members)) = serde_json::from_slice::<Json>(&bytes) {
        let member = |members: &Map<String, Json>, name: &str| members.get(name).cloned();
        let text = member(&members, pages.input_token).unwrap_or_default();
        let count = member(&members, "boto_truncate_amount").unwrap_or_default();
        return (text.as_str().map(str::to_owned), count.as_i64().unwrap_or(0));
    }
    let (text, count) = match token.split_once("___") {
        Some((text, count)) => match python::int(count) {
            Some(count) => (text, count),
            None => (token, 0),
        },
        None => (token, 0),
    };
    ((text != "None").then(|| text.to_owned()), count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;

    #[test]
    fn a_token_says_where_an_answer_ended() {
        let operation = api::operation("ListStreams").expect("a row of the table");
        let pages =
            crate::console::aws::service::row(operation).pages.as_ref().expect("it comes in pages");
        let token = resume(pages, None, Some(2));
        assert_eq!(token, "eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ==");
        assert_eq!(start(pages, &token), (None, 2));
        assert_eq!(start(pages, &resume(pages, Some("주"), None)), (Some("주".to_owned()), 0));
        assert_eq!(start(pages, "orders___3"), (Some("orders".to_owned()), 3));
        assert_eq!(start(pages, "None___3"), (None, 3));
        assert_eq!(start(pages, "a___b"), (Some("a___b".to_owned()), 0));
    }
}
