//! `--query`: `JMESPath` as the AWS command line has it, its words for mistakes included.
//!
//! An own reading of the language, because members keep the order they were written in and
//! mistakes are told in the real one's words; the field's crate sorts members by name and weighs
//! 32 KB of the page (brotli).
//!
//! Read first: <https://jmespath.org/specification.html>.

mod evaluate;
mod functions;
mod lexer;
mod order;
mod parser;

use serde_json::Value as Json;

/// A query that can be asked.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    node: parser::Node,
}

impl Query {
    /// Reads a query; the error is what the real one says of it.
    pub fn new(text: &str) -> Result<Self, String> {
        parser::parse(text).map(|node| Self { text: text.to_owned(), node })
    }

    /// Asks it of a value. The error is a function that cannot be called so.
    pub fn search(&self, value: &Json) -> Result<Json, String> {
        evaluate::evaluate(&self.node, value).map(std::borrow::Cow::into_owned)
    }

    /// As it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names in it: of members, and of what it calls its answers.
    pub fn names(&self) -> Vec<String> {
        let tokens = lexer::tokens(&self.text).unwrap_or_default();
        let names = tokens.into_iter().filter_map(|token| match (token.kind, token.value) {
            (lexer::Kind::Quoted | lexer::Kind::Unquoted, Json::String(name)) => Some(name),
            _ => None,
        });
        names.collect()
    }
}
