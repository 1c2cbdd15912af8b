//! The tree of a query, by the precedence of its tokens.

use serde_json::Value as Json;

use super::lexer::{Kind, Token, tokens};
use crate::console::aws::python;

/// A part of a query, asked of one value.
#[derive(Clone, Debug)]
pub enum Node {
    /// The value itself.
    Current,
    /// A member of an object.
    Field(String),
    /// An item of a list, counted from its end if negative.
    Index(i64),
    /// Items of a list: from, to, step.
    Slice([Option<i64>; 3]),
    /// A value written in the query.
    Literal(Json),
    /// One after the other.
    Then(Box<Node>, Box<Node>),
    /// One after the other, of which all but the first are indexes.
    Indexed(Vec<Node>),
    /// The second asked of every item of the first.
    Project(Box<Node>, Box<Node>),
    /// The second asked of every member's value of the first.
    ProjectValues(Box<Node>, Box<Node>),
    /// The second asked of every item of the first for which the third holds.
    Filter(Box<[Node; 3]>),
    /// A list without the brackets of its items.
    Flatten(Box<Node>),
    /// A list of answers.
    List(Vec<Node>),
    /// An object of answers.
    Object(Vec<(String, Node)>),
    /// The first unless it is empty.
    Or(Box<Node>, Box<Node>),
    /// The second unless the first is empty.
    And(Box<Node>, Box<Node>),
    /// Whether it is empty.
    Not(Box<Node>),
    /// Two answers compared.
    Compare(Kind, Box<Node>, Box<Node>),
    /// A function of answers.
    Call(String, Vec<Node>),
    /// A query handed to a function.
    Expref(Box<Node>),
}

/// The most tokens of a query. A tree is at most so deep; the real one stops at a depth too.
const MAX_TOKENS: usize = 1_000;
/// The deepest nesting of brackets and the like.
const MAX_DEPTH: u32 = 100;
/// Tokens that bind less than this end a projection.
const PROJECTION_STOP: u8 = 10;

/// Reads a query; the error is the real one's words.
pub fn parse(text: &str) -> Result<Node, String> {
    if text.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".to_owned());
    }
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let node = if parser.tokens.len() > MAX_TOKENS { Err(Error::TooDeep) } else { parser.whole() };
    node.map_err(|error| said(&error, text))
}

enum Error {
    /// The query ends where more must follow.
    Incomplete,
    /// A token that cannot stand where it stands.
    Wrong {
        message: String,
        token: Token,
    },
    TooDeep,
}

fn said(error: &Error, text: &str) -> String {
    let (head, at) = match error {
        Error::Incomplete => {
            ("Invalid jmespath expression: Incomplete expression:".to_owned(), text.chars().count())
        }
        Error::Wrong { message, token } => {
            let (value, kind) = (python::str(&token.value), token.kind.name().to_ascii_uppercase());
            let column = token.start;
            (
                format!(
                    "{message}: Parse error at column {column}, token \"{value}\" ({kind}), for \
                     expression:"
                ),
                column,
            )
        }
        Error::TooDeep => return "maximum recursion depth exceeded".to_owned(),
    };
    format!("{head}\n\"{text}\"\n{}^", " ".repeat(at + 1))
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: u32,
}

type Parsed<T = Node> = Result<T, Error>;

impl Parser {
    fn whole(&mut self) -> Parsed {
        let node = self.expression(0)?;
        if self.kind() == Kind::Eof {
            return Ok(node);
        }
        let value = python::str(&self.tokens[self.at].value);
        Err(self.wrong(format!("Unexpected token: {value}")))
    }

    fn expression(&mut self, power: u8) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::TooDeep);
        }
        let mut node = self.first()?;
        while power < self.kind().power() {
            node = self.further(node)?;
        }
        self.depth -= 1;
        Ok(node)
    }

    /// What begins an expression.
    fn first(&mut self) -> Parsed {
        let token = self.tokens[self.at].clone();
        if token.kind == Kind::Eof {
            return Err(Error::Incomplete);
        }
        self.at += 1;
        Ok(match (token.kind, token.value) {
            (Kind::Literal, value) => Node::Literal(value),
            (Kind::Unquoted, Json::String(name)) => Node::Field(name),
            (Kind::Quoted, Json::String(name)) => {
                if self.kind() == Kind::LeftParen {
                    let message = "Quoted identifier not allowed for function names.";
                    let token = Token { start: 0, ..self.tokens[self.at].clone() };
                    return Err(Error::Wrong { message: message.to_owned(), token });
                }
                Node::Field(name)
            }
            (Kind::Star, _) => {
                let right = match self.kind() {
                    Kind::RightBracket => Node::Current,
                    _ => self.projected(Kind::Star.power())?,
                };
                Node::ProjectValues(Box::new(Node::Current), Box::new(right))
            }
            (Kind::Filter, _) => self.filter(Node::Current)?,
            (Kind::LeftBrace, _) => self.object()?,
            (Kind::LeftParen, _) => {
                let node = self.expression(0)?;
                self.take(Kind::RightParen)?;
                node
            }
            (Kind::Flatten, _) => self.flatten(Node::Current)?,
            (Kind::Not, _) => Node::Not(Box::new(self.expression(Kind::Not.power())?)),
            (Kind::LeftBracket, _) => self.bracket()?,
            (Kind::Current, _) => Node::Current,
            (Kind::Expref, _) => Node::Expref(Box::new(self.expression(0)?)),
            _ => {
                self.at -= 1;
                return Err(self.wrong("invalid token"));
            }
        })
    }

    /// What goes on after `left`.
    fn further(&mut self, left: Node) -> Parsed {
        let kind = self.kind();
        if matches!(kind, Kind::Star | Kind::Not | Kind::LeftBrace) {
            return Err(self.wrong("invalid token"));
        }
        self.at += 1;
        let power = kind.power();
        match kind {
            Kind::Dot if self.kind() == Kind::Star => {
                self.at += 1;
                let right = self.projected(power)?;
                Ok(Node::ProjectValues(Box::new(left), Box::new(right)))
            }
            Kind::Dot => {
                let right = self.after_dot(power)?;
                Ok(Node::Then(Box::new(left), Box::new(right)))
            }
            Kind::Filter => self.filter(left),
            Kind::Flatten => self.flatten(left),
            Kind::LeftParen => self.call(left),
            Kind::LeftBracket => match self.kind() {
                Kind::Number | Kind::Colon => {
                    let right = self.index()?;
                    if let Node::Indexed(mut nodes) = left {
                        nodes.push(right);
                        return Ok(Node::Indexed(nodes));
                    }
                    self.indexed(left, right)
                }
                _ => {
                    self.take(Kind::Star)?;
                    self.take(Kind::RightBracket)?;
                    let right = self.projected(Kind::Star.power())?;
                    Ok(Node::Project(Box::new(left), Box::new(right)))
                }
            },
            _ => {
                let (left, right) = (Box::new(left), Box::new(self.expression(power)?));
                Ok(match kind {
                    Kind::Pipe => Node::Then(left, right),
                    Kind::Or => Node::Or(left, right),
                    Kind::And => Node::And(left, right),
                    _ => Node::Compare(kind, left, right),
                })
            }
        }
    }

    fn bracket(&mut self) -> Parsed {
        match (self.kind(), self.kind_after()) {
            (Kind::Number | Kind::Colon, _) => {
                let right = self.index()?;
                self.indexed(Node::Current, right)
            }
            (Kind::Star, Kind::RightBracket) => {
                self.at += 2;
                let right = self.projected(Kind::Star.power())?;
                Ok(Node::Project(Box::new(Node::Current), Box::new(right)))
            }
            _ => self.list(),
        }
    }

    fn index(&mut self) -> Parsed {
        if self.kind() == Kind::Colon || self.kind_after() == Kind::Colon {
            return self.slice();
        }
        let index = self.tokens[self.at].value.as_i64().unwrap_or_default();
        self.at += 1;
        self.take(Kind::RightBracket)?;
        Ok(Node::Index(index))
    }

    fn slice(&mut self) -> Parsed {
        let (mut parts, mut part) = ([None; 3], 0);
        while self.kind() != Kind::RightBracket && part < 3 {
            match self.kind() {
                Kind::Colon if part == 2 => return Err(self.wrong("syntax error")),
                Kind::Colon => part += 1,
                Kind::Number => parts[part] = self.tokens[self.at].value.as_i64(),
                _ => return Err(self.wrong("syntax error")),
            }
            self.at += 1;
        }
        self.take(Kind::RightBracket)?;
        Ok(Node::Slice(parts))
    }

    fn indexed(&mut self, left: Node, right: Node) -> Parsed {
        let is_slice = matches!(right, Node::Slice(_));
        let node = Node::Indexed(vec![left, right]);
        if !is_slice {
            return Ok(node);
        }
        let right = self.projected(Kind::Star.power())?;
        Ok(Node::Project(Box::new(node), Box::new(right)))
    }

    fn filter(&mut self, left: Node) -> Parsed {
        let condition = self.expression(0)?;
        self.take(Kind::RightBracket)?;
        let right = match self.kind() {
            Kind::Flatten => Node::Current,
            _ => self.projected(Kind::Filter.power())?,
        };
        Ok(Node::Filter(Box::new([left, right, condition])))
    }

    fn flatten(&mut self, left: Node) -> Parsed {
        let right = self.projected(Kind::Flatten.power())?;
        Ok(Node::Project(Box::new(Node::Flatten(Box::new(left))), Box::new(right)))
    }

    fn call(&mut self, left: Node) -> Parsed {
        let Node::Field(name) = left else {
            // The bracket is passed; the name stands before it.
            self.at -= 2;
            let name = python::str(&self.tokens[self.at].value);
            return Err(self.wrong(format!("Invalid function name '{name}'")));
        };
        let mut arguments = Vec::new();
        while self.kind() != Kind::RightParen {
            arguments.push(self.expression(0)?);
            if self.kind() == Kind::Comma {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(Node::Call(name, arguments))
    }

    fn list(&mut self) -> Parsed {
        let mut nodes = Vec::new();
        loop {
            nodes.push(self.expression(0)?);
            if self.kind() == Kind::RightBracket {
                self.at += 1;
                return Ok(Node::List(nodes));
            }
            self.take(Kind::Comma)?;
        }
    }

    fn object(&mut self) -> Parsed {
        let mut pairs = Vec::new();
        loop {
            let key = self.tokens[self.at].clone();
            let (Kind::Quoted | Kind::Unquoted, Json::String(name)) = (key.kind, key.value) else {
                return Err(self.expected("['quoted_identifier', 'unquoted_identifier']"));
            };
            self.at += 1;
            self.take(Kind::Colon)?;
            pairs.push((name, self.expression(0)?));
            match self.kind() {
                Kind::Comma => self.at += 1,
                Kind::RightBrace => {
                    self.at += 1;
                    return Ok(Node::Object(pairs));
                }
                _ => {}
            }
        }
    }

    /// What is asked of every item of a projection.
    fn projected(&mut self, power: u8) -> Parsed {
        match self.kind() {
            kind if kind.power() < PROJECTION_STOP => Ok(Node::Current),
            Kind::LeftBracket | Kind::Filter => self.expression(power),
            Kind::Dot => {
                self.at += 1;
                self.after_dot(power)
            }
            _ => Err(self.wrong("syntax error")),
        }
    }

    fn after_dot(&mut self, power: u8) -> Parsed {
        match self.kind() {
            Kind::Quoted | Kind::Unquoted | Kind::Star => self.expression(power),
            Kind::LeftBracket => {
                self.at += 1;
                self.list()
            }
            Kind::LeftBrace => {
                self.at += 1;
                self.object()
            }
            kind => Err(self.wrong(format!(
                "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], \
                 got: {}",
                kind.name()
            ))),
        }
    }

    fn take(&mut self, kind: Kind) -> Parsed<()> {
        if self.kind() == kind {
            self.at += 1;
            Ok(())
        } else {
            Err(self.expected(kind.name()))
        }
    }

    fn kind(&self) -> Kind {
        self.tokens[self.at].kind
    }

    fn kind_after(&self) -> Kind {
        self.tokens.get(self.at + 1).map_or(Kind::Eof, |token| token.kind)
    }

    fn expected(&self, wanted: &str) -> Error {
        match self.kind() {
            Kind::Eof => Error::Incomplete,
            kind => self.wrong(format!("Expecting: {wanted}, got: {}", kind.name())),
        }
    }

    fn wrong(&self, message: impl Into<String>) -> Error {
        Error::Wrong { message: message.into(), token: self.tokens[self.at].clone() }
    }
}
