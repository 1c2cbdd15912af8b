//! Reads YAML for `--cli-input-yaml`: what `--generate-cli-skeleton yaml-input` prints, what a
//! person writes in its place, and JSON, which is YAML too.
//!
//! Anchors, tags but `!!binary` and `!!str`, folded texts, texts over several lines, keys with `?`,
//! directives and several documents are left out, each refused by its name. A date is read as text,
//! which the command line takes for a moment; the real one refuses it where text is wanted.
//!
//! Read first: <https://yaml.org/spec/1.2.2/>.

mod texts;

use serde_json::{Map, Value as Json};

use super::print::read_scalar;

/// Why a text was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no YAML.
    Invalid,
    /// It is YAML with something in it that is left out, with what to write instead.
    LeftOut(&'static str),
}

/// What a text says, and whether bytes are part of it, which stay base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The value.
    pub value: Json,
    /// Whether a `!!binary` holds anything.
    pub has_bytes: bool,
}

/// Values within values.
const DEPTH_MAX: usize = 64;

/// Reads a document.
pub fn read(text: &str) -> Result<Document, Fault> {
    if text.chars().any(|char| char.is_control() && !matches!(char, '\n' | '\r' | '\t')) {
        return Err(Fault::Invalid);
    }
    let text = text.replace("\r\n", "\n");
    let mut reader = Reader { text: &text, at: 0, depth: 0, has_bytes: false };
    reader.skip_lines();
    if reader.rest().starts_with('%') {
        return Err(Fault::LeftOut("a directive (%) is left out: begin with the first name"));
    }
    if reader.is_marker("---") {
        reader.at += 3;
        reader.skip_lines();
    }
    let value = if reader.rest().is_empty() { Json::Null } else { reader.block(0)? };
    if reader.is_marker("---") || reader.is_marker("...") {
        return Err(Fault::LeftOut("a second document is left out: write one"));
    }
    if !reader.rest().is_empty() {
        return Err(Fault::Invalid);
    }
    Ok(Document { value, has_bytes: reader.has_bytes })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    has_bytes: bool,
}

/// Where a text without quotes stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    Flow,
}

/// What a value belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Member,
    Item,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// How far from the beginning of its line this is, in bytes: blanks as far as it matters.
    fn column(&self) -> usize {
        self.at - self.text[..self.at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn is_marker(&self, marker: &str) -> bool {
        self.column() == 0 && self.is_sign(marker)
    }

    /// Whether a sign stands here with a blank or nothing after it.
    fn is_sign(&self, sign: &str) -> bool {
        let rest = self.rest().strip_prefix(sign);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(' ').len();
        let is_remark = self.peek() == Some('#')
            && self.text[..self.at].chars().next_back().is_none_or(|c| " \n".contains(c));
        if is_remark {
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    /// Goes to the next thing that means something, on this line or below.
    fn skip_lines(&mut self) {
        loop {
            self.skip_blanks();
            if self.peek() != Some('\n') {
                return;
            }
            self.at += 1;
        }
    }

    /// Nothing may follow on this line; goes to the next thing below.
    fn end_line(&mut self) -> Result<(), Fault> {
        self.skip_blanks();
        if self.peek().is_some_and(|next| next != '\n') {
            return Err(Fault::Invalid);
        }
        self.skip_lines();
        Ok(())
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == DEPTH_MAX {
            return Err(Fault::LeftOut("more than 64 values within values are left out"));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// A value that begins here, all of its lines, and whatever means nothing after them.
    fn block(&mut self, least: usize) -> Result<Json, Fault> {
        let (column, from) = (self.column(), self.at);
        if self.is_sign("-") {
            return self.deeper(|reader| reader.list(column));
        }
        if let Some(key) = self.key(Place::Block)? {
            return self.deeper(|reader| reader.members(column, key));
        }
        self.at = from;
        self.line(least)
    }

    /// A value without names and items in lines of their own, and the end of its line.
    fn line(&mut self, least: usize) -> Result<Json, Fault> {
        let value = self.inline(least)?;
        self.end_line()?;
        let is_over = self.rest().is_empty() || self.is_marker("---") || self.is_marker("...");
        let goes_on = !is_over && self.column() >= least;
        if goes_on { Err(FOLDED) } else { Ok(value) }
    }

    /// The name of a member up to its colon, if this is one.
    fn key(&mut self, place: Place) -> Result<Option<String>, Fault> {
        let key = match self.peek() {
            Some('"' | '\'') => {
                let key = self.quoted()?;
                self.skip_blanks();
                key
            }
            Some('{' | '[' | '|' | '>' | '&' | '*' | '!' | '%' | '@' | '`') => return Ok(None),
            _ if self.is_sign("?") => {
                return Err(Fault::LeftOut("a key with ? is left out: write the name and a colon"));
            }
            _ => self.plain(place)?.to_owned(),
        };
        // As in JSON, no blank is needed after a colon that follows quotes between brackets.
        let is_quoted = self.text[..self.at].trim_end().ends_with(['"', '\'']);
        let is_key = self.is_sign(":")
            || (place == Place::Flow
                && self.rest().strip_prefix(':').is_some_and(|rest| {
                    is_quoted || rest.starts_with(['"', '\'', '{', '[', ',', '}'])
                }));
        if is_key {
            self.at += 1;
        }
        Ok(is_key.then_some(key))
    }

    fn members(&mut self, column: usize, first: String) -> Result<Json, Fault> {
        let (mut members, mut key) = (Map::new(), first);
        loop {
            let value = self.value(column, Entry::Member)?;
            if members.insert(key, value).is_some() {
                return Err(Fault::Invalid);
            }
            if self.rest().is_empty() || self.column() < column || self.is_marker("---") {
                return Ok(Json::Object(members));
            }
            if self.column() > column || self.is_sign("-") {
                return Err(Fault::Invalid);
            }
            key = self.key(Place::Block)?.ok_or(Fault::Invalid)?;
        }
    }

    fn list(&mut self, column: usize) -> Result<Json, Fault> {
        let mut items = Vec::new();
        while self.column() == column && self.is_sign("-") {
            self.at += 1;
            items.push(self.value(column, Entry::Item)?);
        }
        let is_over = self.rest().is_empty() || self.column() <= column;
        if is_over { Ok(Json::Array(items)) } else { Err(Fault::Invalid) }
    }

    /// The value of an entry that begins in a column, after its colon or hyphen.
    fn value(&mut self, column: usize, entry: Entry) -> Result<Json, Fault> {
        self.skip_blanks();
        if self.peek().is_some_and(|next| next != '\n') {
            return match entry {
                Entry::Member => self.line(column + 1),
                Entry::Item => self.block(column + 1),
            };
        }
        self.end_line()?;
        let is_list = entry == Entry::Member && self.column() == column && self.is_sign("-");
        if self.rest().is_empty() || (self.column() <= column && !is_list) {
            return Ok(Json::Null);
        }
        self.block(column + 1)
    }

    /// A value that is no list and no members in lines of their own.
    fn inline(&mut self, least: usize) -> Result<Json, Fault> {
        match self.peek() {
            Some('{' | '[') => self.deeper(Self::flow),
            Some('"' | '\'') => self.quoted().map(Json::String),
            Some('|') => self.literal(least),
            Some('>') => Err(FOLDED),
            Some('&' | '*') => {
                Err(Fault::LeftOut("anchors (& and *) are left out: write the value out"))
            }
            Some('!') => self.tagged(),
            Some('@' | '`' | '%' | '}' | ']' | ',' | '#') | None => Err(Fault::Invalid),
            _ if self.is_sign("-") || self.is_sign("?") => Err(Fault::Invalid),
            _ => {
                let text = self.plain(Place::Block)?;
                if self.is_sign(":") { Err(Fault::Invalid) } else { Ok(read_scalar(text)) }
            }
        }
    }

    /// Members or items between brackets, on however many lines.
    fn flow(&mut self) -> Result<Json, Fault> {
        let is_list = self.peek() == Some('[');
        let close = if is_list { ']' } else { '}' };
        let (mut items, mut members) = (Vec::new(), Map::new());
        self.at += 1;
        loop {
            self.skip_lines();
            if self.peek() == Some(close) {
                self.at += 1;
                return Ok(if is_list { Json::Array(items) } else { Json::Object(members) });
            }
            if is_list {
                items.push(self.flow_value()?);
                if self.is_sign(":") {
                    return Err(NAMELESS);
                }
            } else {
                let key = self.key(Place::Flow)?.ok_or(NAMELESS)?;
                self.skip_lines();
                let is_bare = matches!(self.peek(), Some(',' | '}'));
                let value = if is_bare { Json::Null } else { self.flow_value()? };
                if members.insert(key, value).is_some() {
                    return Err(Fault::Invalid);
                }
            }
            self.skip_lines();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(next) if next == close => {}
                _ => return Err(Fault::Invalid),
            }
        }
    }

    fn flow_value(&mut self) -> Result<Json, Fault> {
        match self.peek() {
            Some('{' | '[' | '"' | '\'' | '&' | '*' | '!' | '|' | '>' | '@' | '`') => {
                self.inline(0)
            }
            None | Some(',' | '}' | ']') => Err(Fault::Invalid),
            _ => self.plain(Place::Flow).map(read_scalar),
        }
    }
}

const FOLDED: Fault = Fault::LeftOut(
    "texts over several lines are left out, but for those after |: write one line, or |",
);

const NAMELESS: Fault = Fault::LeftOut(
    "a key that is no name, or has no colon, is left out: write name: value between { and }",
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts and what ruamel.yaml 0.17.21 makes of them, which the real command line reads with.
    const RECORDED: &str = include_str!("../../../tests/yaml/read.txt");

    #[test]
    fn values_are_what_the_real_reader_makes_of_them() {
        let (mut same, mut left_out, mut wrong) = (0, Vec::new(), Vec::new());
        for line in RECORDED.lines() {
            let (text, value) = line.split_once(" => ").expect("a text and a value");
            let text: String = serde_json::from_str(text).expect("a text is JSON");
            match (read(&text), value) {
                (Err(Fault::LeftOut(_)), _) => left_out.push(text),
                (Err(Fault::Invalid), "error") => same += 1,
                (Ok(found), value) if value != "error" => {
                    let value: Json = serde_json::from_str(value).expect("a value is JSON");
                    same += 1;
                    if found.value != value {
                        wrong.push((text, Ok(found)));
                    }
                }
                (found, _) => wrong.push((text, found)),
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(same > 50, "{same}");
        assert_eq!(left_out.len(), 15, "{left_out:#?}");
    }

    #[test]
    fn what_is_left_out_is_named() {
        for (text, words) in [
            ("a: &x 1\nb: *x", "anchors"),
            ("a: >\n  b", "several lines"),
            ("a: b\n  c", "several lines"),
            ("a: 'b\n  c'", "several lines"),
            ("? a\n: b", "key with ?"),
            ("a: !!set {}", "tags"),
            ("%YAML 1.2\n---\na: 1", "directive"),
            ("a: 1\n---\nb: 2", "second document"),
            ("[a: b]", "between { and }"),
        ] {
            let found = read(text);
            assert!(matches!(found, Err(Fault::LeftOut(why)) if why.contains(words)), "{found:?}");
        }
        assert!(matches!(read(&"[".repeat(500)), Err(Fault::LeftOut(_))));
        assert!(read("a: !!binary YQ==").is_ok_and(|found| found.has_bytes));
        assert!(read("a: !!binary ''").is_ok_and(|found| !found.has_bytes));
    }
}
