//! What a line prints.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::api::json::write_text;
use crate::api::value::{Fields, Value};

/// What a line printed, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The answer.
    pub stdout: String,
    /// What went wrong, in the words of the program that was called.
    pub stderr: String,
    /// Zero if all went well; else as the program's own exit status.
    pub status: u8,
    /// How long the line asks to wait before the next one is entered.
    pub wait: Option<Duration>,
    /// Whether the line reached the world, so that a replay needs it.
    kept: bool,
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

    /// The same, of a line that reached the world, whatever the world said.
    #[must_use]
    pub fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    /// Whether the line reached the world, so that a replay needs it. Lines that could not be read
    /// and lines that only wait did not.
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// A line that failed.
    pub fn failure(status: u8, stderr: impl Into<String>) -> Self {
        Self { stderr: stderr.into(), status, ..Self::default() }
    }
}

/// An answer as the AWS command line prints JSON: four spaces, the order of the model, timestamps
/// of ISO 8601 in UTC, letters of all scripts as they are. Empty answers print nothing.
pub fn json(answer: &Fields) -> String {
    let mut out = String::new();
    if !answer.is_empty() {
        write_fields(&mut out, answer, 0);
        out.push('\n');
    }
    out
}

fn write_value(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Integer(number) => out.push_str(&number.to_string()),
        Value::Text(text) => write_text(out, text),
        Value::Word(word) => write_text(out, word),
        Value::Blob(bytes) => write_text(out, &STANDARD.encode(bytes)),
        Value::Timestamp(at) => write_text(out, &at.to_string()),
        Value::List(items) => block(out, ['[', ']'], depth, items.iter(), |out, item| {
            write_value(out, item, depth + 1);
        }),
        Value::Map(entries) => block(out, ['{', '}'], depth, entries.iter(), |out, entry| {
            write_text(out, &entry.0);
            out.push_str(": ");
            write_text(out, &entry.1);
        }),
        Value::Fields(fields) => write_fields(out, fields, depth),
    }
}

fn write_fields(out: &mut String, fields: &Fields, depth: usize) {
    block(out, ['{', '}'], depth, fields.iter(), |out, (name, value)| {
        write_text(out, name);
        out.push_str(": ");
        write_value(out, value, depth + 1);
    });
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
        assert_eq!(json(&Fields::new()), "");
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
        assert_eq!(json(&answer), expected);
    }
}
