//! The tokens of a query, and the words for text that is none.

use serde_json::Value as Json;

use crate::console::aws::python;

/// What a token is. The names are those of [`Kind::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Eof,
    Unquoted,
    Quoted,
    Literal,
    Number,
    RightBracket,
    RightParen,
    RightBrace,
    Comma,
    Current,
    Expref,
    Colon,
    Pipe,
    Or,
    And,
    Eq,
    Gt,
    Lt,
    Gte,
    Lte,
    Ne,
    Flatten,
    Star,
    Filter,
    Dot,
    Not,
    LeftBrace,
    LeftBracket,
    LeftParen,
}

/// Each kind in the order of the enumeration: its name in errors, and how tightly it binds.
const KINDS: &[(&str, u8)] = &[
    ("eof", 0),
    ("unquoted_identifier", 0),
    ("quoted_identifier", 0),
    ("literal", 0),
    ("number", 0),
    ("rbracket", 0),
    ("rparen", 0),
    ("rbrace", 0),
    ("comma", 0),
    ("current", 0),
    ("expref", 0),
    ("colon", 0),
    ("pipe", 1),
    ("or", 2),
    ("and", 3),
    ("eq", 5),
    ("gt", 5),
    ("lt", 5),
    ("gte", 5),
    ("lte", 5),
    ("ne", 5),
    ("flatten", 9),
    ("star", 20),
    ("filter", 21),
    ("dot", 40),
    ("not", 45),
    ("lbrace", 50),
    ("lbracket", 55),
    ("lparen", 60),
];

impl Kind {
    /// Its name in errors.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].0
    }

    /// How tightly it binds what stands on its left.
    pub fn power(self) -> u8 {
        KINDS[self as usize].1
    }
}

/// A token with its value and the character it begins at.
#[derive(Clone, Debug)]
pub struct Token {
    pub kind: Kind,
    /// A number's or a literal's own value; the text of any other.
    pub value: Json,
    pub start: usize,
}

/// The tokens of `text`, the last of which is its end.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut lexer = Lexer { text: text.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    while let Some(char) = lexer.peek() {
        if matches!(char, ' ' | '\t' | '\n' | '\r') {
            lexer.at += 1;
            continue;
        }
        let start = lexer.at;
        let (kind, value) =
            lexer.token(char).map_err(|message| lexer.complaint(start, &message))?;
        tokens.push(Token { kind, value, start });
    }
    tokens.push(Token { kind: Kind::Eof, value: Json::from(""), start: lexer.text.len() });
    Ok(tokens)
}

struct Lexer {
    text: Vec<char>,
    at: usize,
}

impl Lexer {
    fn token(&mut self, first: char) -> Result<(Kind, Json), String> {
        let start = self.at;
        match first {
            '\'' => return Ok((Kind::Literal, self.until('\'')?.replace("\\'", "'").into())),
            '`' => return self.literal().map(|value| (Kind::Literal, value)),
            '"' => return self.quoted().map(|value| (Kind::Quoted, value.into())),
            '0'..='9' | '-' => return self.number().map(|value| (Kind::Number, value)),
            _ => {}
        }
        self.at += 1;
        let kind = match first {
            'a'..='z' | 'A'..='Z' | '_' => {
                while self.peek().is_some_and(|char| char.is_ascii_alphanumeric() || char == '_') {
                    self.at += 1;
                }
                Kind::Unquoted
            }
            '.' => Kind::Dot,
            '*' => Kind::Star,
            ']' => Kind::RightBracket,
            ',' => Kind::Comma,
            ':' => Kind::Colon,
            '@' => Kind::Current,
            '(' => Kind::LeftParen,
            ')' => Kind::RightParen,
            '{' => Kind::LeftBrace,
            '}' => Kind::RightBrace,
            '[' if self.next_is(']') => Kind::Flatten,
            '[' if self.next_is('?') => Kind::Filter,
            '[' => Kind::LeftBracket,
            '|' if self.next_is('|') => Kind::Or,
            '|' => Kind::Pipe,
            '&' if self.next_is('&') => Kind::And,
            '&' => Kind::Expref,
            '<' if self.next_is('=') => Kind::Lte,
            '<' => Kind::Lt,
            '>' if self.next_is('=') => Kind::Gte,
            '>' => Kind::Gt,
            '!' if self.next_is('=') => Kind::Ne,
            '!' => Kind::Not,
            '=' if self.next_is('=') => Kind::Eq,
            '=' => return Err("Unknown token '='".to_owned()),
            other => return Err(format!("Unknown token {other}")),
        };
        Ok((kind, Json::from(self.text[start..self.at].iter().collect::<String>())))
    }

    fn number(&mut self) -> Result<Json, String> {
        let start = self.at;
        self.at += 1;
        while self.peek().is_some_and(|char| char.is_ascii_digit()) {
            self.at += 1;
        }
        let text: String = self.text[start..self.at].iter().collect();
        python::int(&text).map(Json::from).ok_or_else(|| "Unknown token '-'".to_owned())
    }

    fn literal(&mut self) -> Result<Json, String> {
        let text = self.until('`')?.replace("\\`", "`");
        // What is no JSON is text without its quotes: an old form that is still taken.
        serde_json::from_str(&text)
            .or_else(|_| serde_json::from_str(&format!("\"{}\"", text.trim_start())))
            .map_err(|_| format!("Bad token {text}"))
    }

    fn quoted(&mut self) -> Result<String, String> {
        let text = format!("\"{}\"", self.until('"')?);
        serde_json::from_str(&text).map_err(|_| {
            let is_control = text.chars().any(|char| char < ' ');
            if is_control { "Invalid control character at" } else { "Invalid \\escape" }.to_owned()
        })
    }

    /// The text up to `end`, which is passed; a backslash keeps the character after it.
    fn until(&mut self, end: char) -> Result<String, String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let mut next = self.peek();
            if next == Some(end) {
                self.at += 1;
                return Ok(text);
            }
            if next == Some('\\') {
                text.push('\\');
                self.at += 1;
                next = self.peek();
            }
            text.push(next.ok_or_else(|| format!("Unclosed {end} delimiter"))?);
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn next_is(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    fn complaint(&self, at: usize, message: &str) -> String {
        let text: String = self.text.iter().collect();
        format!("Bad jmespath expression: {message}:\n{text}\n{}^", " ".repeat(at))
    }
}
