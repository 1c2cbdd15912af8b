//! Values as literals of a language: what differs between languages is a row of this table.

use super::{spelled, variable};
use crate::api::json::write_text;
use crate::api::value::{Fields, Value};
use crate::console::shell::calls::{CLOSE, OPEN};
use crate::engine::time::Instant;

/// How a language writes values.
pub struct Syntax {
    /// One step of indentation.
    pub indent: &'static str,
    /// Opens, parts key and value, and closes a structure.
    pub braces: [&'static str; 3],
    /// Whether the names of a structure's members stand between quotes.
    pub quotes: Quotes,
    /// Nothing, false and true.
    pub words: [&'static str; 3],
    /// What stands before the name of a variable.
    pub variables: &'static str,
    /// Opens a text with variables in it, opens and closes a variable, closes the text.
    pub mixed: [&'static str; 4],
    /// What is written twice, or behind a backslash, in such a text.
    pub escapes: &'static [(&'static str, &'static str)],
    /// A text, not a variable.
    pub text: fn(&str) -> String,
    /// Bytes.
    pub blob: fn(&[u8]) -> String,
    /// What makes bytes of a text with variables in it stands around it.
    pub encoded: [&'static str; 2],
    /// A moment.
    pub moment: fn(Instant) -> String,
}

/// Whether the names of a structure's members stand between quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// They do.
    Quoted,
    /// They do not.
    Bare,
}

/// As many characters stay on one line.
const INLINE_MAX: usize = 60;

impl Syntax {
    /// A text, or the variable that it is.
    pub fn text(&self, text: &str) -> String {
        match variable(text) {
            Some(name) => format!("{}{name}", self.variables),
            None if text.contains(OPEN) && !text.contains("(…)") => self.mixed(text),
            None => (self.text)(&spelled(text)),
        }
    }

    fn mixed(&self, text: &str) -> String {
        let [before, open, close, after] = self.mixed;
        let text = (self.text)(text);
        let mut text = text[1..text.len() - 1].to_owned();
        for (plain, escaped) in self.escapes {
            text = text.replace(plain, escaped);
        }
        format!("{before}{}{after}", text.replace(OPEN, open).replace(CLOSE, close))
    }

    /// A value, `depth` steps indented.
    pub fn value(&self, value: &Value, depth: usize) -> String {
        match value {
            // The last two are CloudWatch's answers.
            Value::Null | Value::Decimal(_) | Value::Named(_) => self.words[0].to_owned(),
            Value::Boolean(flag) => self.words[1 + usize::from(*flag)].to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => self.text(text),
            Value::Word(word) => self.text(word),
            Value::Blob(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) if variable(text).is_some() => variable(text).unwrap_or("").to_owned(),
                Ok(text) if text.contains(OPEN) => {
                    self.encoded[0].to_owned() + &self.text(text) + self.encoded[1]
                }
                _ => (self.blob)(bytes),
            },
            Value::Timestamp(at) => (self.moment)(*at),
            Value::List(items) => {
                let items: Vec<String> =
                    items.iter().map(|item| self.value(item, depth + 1)).collect();
                self.block(["[", "]"], &items, depth)
            }
            Value::Map(entries) => {
                let between = self.braces[1];
                let entry = |(key, value): &(String, String)| {
                    format!("{}{between}{}", (self.text)(key), self.text(value))
                };
                {
                    let entries: Vec<String> = entries.iter().map(entry).collect();
                    self.block([self.braces[0], self.braces[2]], &entries, depth)
                }
            }
            Value::Fields(fields) => self.structure(fields, depth),
        }
    }

    /// A structure, `depth` steps indented.
    pub fn structure(&self, fields: &Fields, depth: usize) -> String {
        let member = |(name, value): (&'static str, &Value)| {
            let name =
                if self.quotes == Quotes::Quoted { (self.text)(name) } else { name.to_owned() };
            format!("{name}{}{}", self.braces[1], self.value(value, depth + 1))
        };
        let members: Vec<String> = fields.iter().map(member).collect();
        self.block([self.braces[0], self.braces[2]], &members, depth)
    }

    /// Items between brackets, on one line if they are short.
    pub fn block(&self, brackets: [&str; 2], items: &[String], depth: usize) -> String {
        let [open, close] = brackets;
        let length: usize = items.iter().map(|item| item.len() + 2).sum();
        let pad = if open == "{" && self.indent.len() == 2 && !items.is_empty() { " " } else { "" };
        if length <= INLINE_MAX && !items.iter().any(|item| item.contains('\n')) {
            return format!("{open}{pad}{}{pad}{close}", items.join(", "));
        }
        let inner = self.indent.repeat(depth + 1);
        let lines = items.join(&format!(",\n{inner}"));
        format!("{open}\n{inner}{lines},\n{}{close}", self.indent.repeat(depth))
    }
}

/// A text between double quotes with the escapes that JSON, Python and JavaScript share.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_text(&mut out, text);
    out
}

/// Bytes as text, if they are text that can be read.
pub fn readable(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = |char: char| !char.is_control() || matches!(char, '\n' | '\t' | '\r');
    Some(text).filter(|text| text.chars().all(is_plain))
}

/// `2026-11-20T12:00:00.250` of a moment, to the millisecond.
pub fn millis(at: Instant) -> String {
    let text = at.to_string();
    format!("{}.{:03}", text.get(..19).unwrap_or(&text), at.millis() % 1_000)
}
