//! What a line prints.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};

use super::aws::Pending;
use crate::api::json::write_text;
use crate::api::value::{Fields, Value};
use crate::console::aws::python;

/// What a line printed, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Output {
    /// The answer.
    pub stdout: String,
    /// What went wrong, in the words of the program that was called.
    pub stderr: String,
    /// Zero if all went well; else as the program's own exit status.
    pub status: u8,
    /// How long the line asks to wait before the next one is entered.
    pub wait: Option<Duration>,
    /// A word of the page's own about what was entered, apart from what a program printed.
    pub hint: Option<String>,
    /// The script that the line has become: it goes on by itself, and its end is yet to come.
    pub job: Option<u32>,
    /// The command that goes on after that wait.
    pub(super) pending: Option<Box<Pending>>,
    /// Whether the line looked at how an earlier one had ended.
    pub(super) looks_at_status: bool,
    /// Whether the line reached the world, so that a replay needs it.
    kept: bool,
    /// Which bytes went where, if answers and complaints alternate.
    order: Option<Box<Order>>,
}

/// Streams with how many bytes went there, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Order(Vec<(Stream, u32)>);

/// Where something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Where answers go.
    Out,
    /// Where complaints go.
    Err,
}

impl Output {
    /// An answer, and nothing wrong with it.
    pub fn answer(stdout: impl Into<String>) -> Self {
        Self { stdout: stdout.into(), ..Self::default() }
    }

    /// A line that takes a while and does nothing else.
    pub fn waiting(wait: Duration) -> Self {
        Self { wait: Some(wait), ..Self::default() }
    }

    /// The same, of a command that has reached the world and goes on after a while.
    pub(super) fn pending(self, wait: Duration, pending: Pending) -> Self {
        Self { wait: Some(wait), pending: Some(Box::new(pending)), ..self }.kept()
    }

    /// The same, of a line that reached the world, whatever the world said.
    #[must_use]
    pub fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Whether the line reached the world, so that a replay needs it. Lines that could not be read
    /// and lines that only wait did not.
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// Prints some more.
    pub fn print(&mut self, stream: Stream, text: &str) {
        let of = match stream {
            Stream::Out => &mut self.stdout,
            Stream::Err => &mut self.stderr,
        };
        of.push_str(text);
        let bytes = u32::try_from(text.len()).expect("a line prints less than 4 GiB");
        let Order(order) = &mut **self.order.get_or_insert_default();
        match order.last_mut() {
            Some((last, sum)) if *last == stream => *sum = sum.saturating_add(bytes),
            _ => order.push((stream, bytes)),
        }
    }

    /// What a shell prints of a command's output that it does not look at.
    pub(super) fn through_shell(self) -> Self {
        self.after("")
    }

    /// The same after something that went where complaints go.
    pub(super) fn after(mut self, told: &str) -> Self {
        let printed = Self {
            stdout: std::mem::take(&mut self.stdout),
            stderr: std::mem::take(&mut self.stderr),
            order: self.order.take(),
            ..Self::default()
        };
        for (stream, text) in std::iter::once((Stream::Err, told)).chain(printed.parts()) {
            if !text.is_empty() {
                self.print(stream, text);
            }
        }
        self
    }

    /// Prints what follows it, and ends as that does.
    pub fn append(&mut self, later: &Self) {
        later.parts().for_each(|(stream, text)| self.print(stream, text));
        self.status = later.status;
    }

    /// What was printed, in the order in which a terminal shows it.
    pub fn parts(&self) -> impl Iterator<Item = (Stream, &str)> {
        let (out, err) = (self.stdout.len(), self.stderr.len());
        let (mut from_out, mut from_err) = (0, 0);
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let plain = [(Stream::Out, length(out)), (Stream::Err, length(err))];
        let order = self.order.as_ref().map_or(plain.to_vec(), |order| order.0.clone());
        let parts = order.into_iter().map(move |(stream, bytes)| {
            let (text, from) = match stream {
                Stream::Out => (&self.stdout, &mut from_out),
                Stream::Err => (&self.stderr, &mut from_err),
            };
            let start = std::mem::replace(from, *from + bytes as usize);
            (stream, &text[start..*from])
        });
        parts.filter(|(_, text)| !text.is_empty())
    }

    /// Whether nothing was printed.
    pub fn is_silent(&self) -> bool {
        self.stdout.is_empty() && self.stderr.is_empty()
    }

    /// Whether the line looked at how an earlier one had ended, which a replay then needs, too.
    pub fn looks_at_status(&self) -> bool {
        self.looks_at_status
    }

    /// A line that failed.
    pub fn failure(status: u8, stderr: impl Into<String>) -> Self {
        Self { stderr: stderr.into(), status, ..Self::default() }
    }
}

/// A value as the AWS command line prints JSON: four spaces, members in their order, letters of all
/// scripts as they are. An object without members prints nothing.
pub fn json(value: &Json) -> String {
    let is_bare = value.as_object().is_some_and(Map::is_empty);
    if is_bare { String::new() } else { json_with_empty(value) }
}

/// The same, where an object without members is `{}`.
pub fn json_with_empty(value: &Json) -> String {
    let mut out = String::new();
    write_value(&mut out, value, 0);
    out.push('\n');
    out
}

/// The name of a value's type, as JSON's grammar and all who speak of it have it.
pub fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}

/// An answer as the AWS command line holds it: blobs as base64, moments as ISO 8601 in UTC.
pub fn plain(answer: &Fields) -> Json {
    let members = answer.iter().map(|(name, value)| ((*name).to_owned(), plain_value(value)));
    Json::Object(members.collect())
}

fn plain_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(flag) => Json::Bool(*flag),
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => Json::from(number.get()),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Word(word) => Json::from(*word),
        Value::Blob(bytes) => Json::from(STANDARD.encode(bytes)),
        Value::Timestamp(at) => Json::from(at.to_string()),
        Value::List(items) => Json::Array(items.iter().map(plain_value).collect()),
        Value::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| (key.clone(), Json::from(value.as_str())));
            Json::Object(entries.collect())
        }
        Value::Named(entries) => {
            let entries = entries.iter();
            Json::Object(entries.map(|(name, value)| (name.clone(), plain_value(value))).collect())
        }
        Value::Fields(fields) => plain(fields),
    }
}

fn write_value(out: &mut String, value: &Json, depth: usize) {
    match value {
        Json::String(text) => write_text(out, text),
        Json::Number(number) => out.push_str(&python::number(number)),
        Json::Array(items) => block(out, ['[', ']'], depth, items.iter(), |out, item| {
            write_value(out, item, depth + 1);
        }),
        Json::Object(members) => block(out, ['{', '}'], depth, members.iter(), |out, member| {
            write_text(out, member.0);
            out.push_str(": ");
            write_value(out, member.1, depth + 1);
        }),
        Json::Null => out.push_str("null"),
        Json::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
    }
}

/// Items between brackets, each on its own line; nothing between them if there are none.
fn block<T>(
    out: &mut String,
    [open, close]: [char; 2],
    depth: usize,
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    out.push(open);
    let mut is_empty = true;
    for item in items {
        out.push_str(if is_empty { "\n" } else { ",\n" });
        indent(out, depth + 1);
        write(out, item);
        is_empty = false;
    }
    if !is_empty {
        out.push('\n');
        indent(out, depth);
    }
    out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("    ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Instant;

    #[test]
    fn answers_are_indented_by_four_and_empty_ones_print_nothing() {
        assert_eq!(json(&plain(&Fields::new())), "");
        let tags = Value::Map(vec![("팀".to_owned(), "a\"b\u{1b}".to_owned())]);
        let answer = Fields::new()
            .with("Shards", vec![])
            .with("Tags", tags)
            .with("At", Instant::from_millis(1_795_189_068_436))
            .with("Whole", Instant::from_secs(1_795_189_064))
            .with("Records", vec![Value::Fields(Fields::new().with("Data", Value::Null))]);
        let expected = r#"{
    "Shards": [],
    "Tags": {
        "팀": "a\"b\u001b"
    },
    "At": "2026-11-20T15:37:48.436000+00:00",
    "Whole": "2026-11-20T15:37:44+00:00",
    "Records": [
        {
            "Data": null
        }
    ]
}
"#;
        assert_eq!(json(&plain(&answer)), expected);
    }
}
