//! `--output yaml`: members in the order of their names, lists not indented, texts quoted only
//! where they must be, lines folded after 80 columns.

mod meaning;

use serde_json::Value as Json;

use crate::api::json::write_text;
use crate::console::aws::python;
use crate::engine::sorted::sort_shared;
use meaning::is_other_than_text;
pub use meaning::read_scalar;

/// Prints an answer; nothing if it is an object without members.
pub fn print(value: &Json) -> String {
    let mut yaml = Yaml { out: String::new(), column: 0 };
    match value {
        Json::Array(items) if !items.is_empty() => yaml.list(items, 0),
        Json::Object(members) if members.is_empty() => return String::new(),
        Json::Object(_) => yaml.object(value, 0),
        Json::String(text) => write_text(&mut yaml.out, text),
        Json::Array(_) => yaml.out.push_str("[]"),
        scalar => yaml.out.push_str(&plain(scalar)),
    }
    if !yaml.out.ends_with('\n') {
        yaml.out.push('\n');
    }
    yaml.out
}

/// A scalar that is no text.
fn plain(value: &Json) -> String {
    match value {
        Json::Number(number) => python::number(number),
        other => other.to_string(),
    }
}

struct Yaml {
    out: String,
    column: usize,
}

impl Yaml {
    fn object(&mut self, value: &Json, indent: usize) {
        let Json::Object(members) = value else { return };
        let mut names: Vec<&String> = members.keys().collect();
        sort_shared(&mut names);
        for name in names {
            self.start(indent);
            self.text(name, indent, Place::Key);
            self.write(":");
            match &members[name] {
                Json::Array(items) if !items.is_empty() => {
                    self.end_line();
                    self.list(items, indent);
                }
                value @ Json::Object(members) if !members.is_empty() => {
                    self.end_line();
                    self.object(value, indent + 2);
                }
                scalar => self.scalar(scalar, indent),
            }
        }
    }

    fn list(&mut self, items: &[Json], indent: usize) {
        for item in items {
            self.start(indent);
            self.write("-");
            match item {
                Json::Array(items) if !items.is_empty() => self.list(items, indent + 2),
                Json::Object(members) if !members.is_empty() => self.object(item, indent + 2),
                scalar => self.scalar(scalar, indent),
            }
        }
    }

    /// Goes to the column where an entry begins: on the same line after a hyphen.
    fn start(&mut self, indent: usize) {
        if self.column > indent {
            self.end_line();
        }
        while self.column < indent {
            self.write(" ");
        }
    }

    fn scalar(&mut self, value: &Json, indent: usize) {
        self.write(" ");
        match value {
            Json::String(text) => self.text(text, indent + 2, Place::Value),
            Json::Array(_) => self.write("[]"),
            Json::Object(_) => self.write("{}"),
            other => self.write(&plain(other)),
        }
        self.end_line();
    }

    fn text(&mut self, text: &str, indent: usize, place: Place) {
        match style(text, place) {
            Quotes::None => self.folded(text, indent, place, ' '),
            Quotes::Single => {
                self.write("'");
                self.folded(text, indent, place, '\'');
                self.write("'");
            }
            Quotes::Double => self.escaped(text, indent, place),
        }
    }

    /// A text without escapes. `quote` is written twice; it is a blank where there are no quotes.
    fn folded(&mut self, text: &str, indent: usize, place: Place, quote: char) {
        let chars: Vec<char> = text.chars().collect();
        let (mut was_space, mut was_break) = (false, false);
        for (at, char) in chars.iter().enumerate() {
            match char {
                ' ' => {
                    let is_inside = quote == ' ' || (at > 0 && at + 1 < chars.len());
                    let is_last = chars.get(at + 1) != Some(&' ');
                    if self.is_full(place) && !was_space && is_inside && is_last {
                        self.fold(indent);
                    } else {
                        self.push(' ');
                    }
                    was_space = true;
                    continue;
                }
                '\n' | '\u{2028}' | '\u{2029}' => {
                    if !was_break && *char == '\n' {
                        self.push('\n');
                    }
                    self.push(*char);
                    self.column = 0;
                    was_break = true;
                    continue;
                }
                _ if was_break => self.pad(indent),
                _ => {}
            }
            if *char == quote {
                self.push(quote);
            }
            self.push(*char);
            (was_space, was_break) = (false, false);
        }
        if was_break {
            self.pad(indent);
        }
    }

    fn escaped(&mut self, text: &str, indent: usize, place: Place) {
        self.write("\"");
        let chars: Vec<char> = text.chars().collect();
        let mut was_space = false;
        for (at, char) in chars.iter().enumerate() {
            if *char == ' ' {
                let is_inside = at > 0 && at + 1 < chars.len();
                if self.is_full(place) && !was_space && is_inside {
                    self.fold(indent);
                    if chars.get(at + 1) == Some(&' ') {
                        self.push('\\');
                    }
                } else {
                    self.push(' ');
                }
                was_space = true;
                continue;
            }
            was_space = false;
            if is_printable(*char) && !is_break(*char) && !matches!(char, '"' | '\\') {
                self.push(*char);
            } else {
                self.write(&escape(*char));
            }
        }
        self.write("\"");
    }

    fn is_full(&self, place: Place) -> bool {
        place == Place::Value && self.column > 80
    }

    fn fold(&mut self, indent: usize) {
        self.push('\n');
        self.column = 0;
        self.pad(indent);
    }

    fn pad(&mut self, indent: usize) {
        while self.column < indent {
            self.push(' ');
        }
    }

    fn push(&mut self, char: char) {
        self.out.push(char);
        self.column += 1;
    }

    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn end_line(&mut self) {
        if self.column > 0 {
            self.out.push('\n');
            self.column = 0;
        }
    }
}

/// Where a text stands: a key is never folded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Key,
    Value,
}

enum Quotes {
    None,
    Single,
    Double,
}

fn style(text: &str, place: Place) -> Quotes {
    let chars: Vec<char> = text.chars().collect();
    let has_breaks = chars.iter().any(|char| is_break(*char));
    let is_at_edge = |test: fn(char) -> bool| {
        chars.first().is_some_and(|char| test(*char)) || chars.last().is_some_and(|c| test(*c))
    };
    let next_to = |first: fn(char) -> bool, second: fn(char) -> bool| {
        chars.windows(2).any(|pair| first(pair[0]) && second(pair[1]))
    };
    let is_space = |char| char == ' ';
    let is_odd = chars.iter().any(|char| !is_printable(*char));
    if is_odd
        || next_to(is_space, is_break)
        || next_to(is_break, is_space)
        || (has_breaks && place == Place::Key)
    {
        return Quotes::Double;
    }
    if text.is_empty()
        || has_breaks
        || is_at_edge(is_space)
        || has_indicators(&chars)
        || is_other_than_text(text)
    {
        return Quotes::Single;
    }
    Quotes::None
}

/// Whether signs of YAML's own stand where they mean something.
fn has_indicators(chars: &[char]) -> bool {
    let is_start = |text: &str| chars.iter().copied().take(3).eq(text.chars());
    let is_blank =
        |char: Option<&char>| char.is_none_or(|char| matches!(char, ' ' | '\t') || is_break(*char));
    let stands = |(at, char): (usize, &char)| match char {
        '#' => at == 0 || is_blank(chars.get(at - 1)),
        ':' => is_blank(chars.get(at + 1)),
        '?' | '-' => at == 0 && is_blank(chars.get(1)),
        char => at == 0 && ",[]{}&*!|>'\"%@`".contains(*char),
    };
    is_start("---") || is_start("...") || chars.iter().enumerate().any(stands)
}

fn is_break(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether it is printed as it is; characters beyond the basic plane are not.
fn is_printable(char: char) -> bool {
    let is_ascii = matches!(char, '\n' | ' '..='~');
    is_ascii || matches!(char, '\u{a0}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

fn escape(char: char) -> String {
    let short = match char {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' | '\\' => char,
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            let code = u32::from(char);
            return match code {
                ..=0xff => format!("\\x{code:02X}"),
                0x100..=0xffff => format!("\\u{code:04X}"),
                _ => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{short}")
}
