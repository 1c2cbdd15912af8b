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
mod parser;

use serde_json::Value as Json;

/// A query that can be asked.
#[derive(Clone, Debug)]
pub struct Query {
    node: parser::Node,
}

impl Query {
    /// Reads a query; the error is what the real one says of it.
    pub fn new(text: &str) -> Result<Self, String> {
        parser::parse(text).map(|node| Self { node })
    }

    /// Asks it of a value. The error is a function that cannot be called so.
    pub fn search(&self, value: &Json) -> Result<Json, String> {
        evaluate::evaluate(&self.node, value).map(std::borrow::Cow::into_owned)
    }
}
