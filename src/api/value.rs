//! Typed values of requests and answers, between the engine's types and any way of writing them.
//!
//! JSON, the command line and (one day) CBOR write blobs and timestamps differently, so these stay
//! what they are until the last moment.

use crate::engine::time::Instant;

/// A value of a request or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing, where a client asks for a member the service left out.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, which only CloudWatch has.
    Decimal(Decimal),
    /// Values by names that are no members of the model.
    Named(Vec<(String, Value)>),
    /// Text.
    Text(String),
    /// Text that is the program's own: names, states, shard levels.
    Word(&'static str),
    /// Bytes.
    Blob(Vec<u8>),
    /// A moment, to the millisecond on the wire.
    Timestamp(Instant),
    /// A list.
    List(Vec<Value>),
    /// A map from text to text, in the order it was given.
    Map(Vec<(String, String)>),
    /// A structure, in the order of the model.
    Fields(Fields),
}

/// The members of a structure that are present, in the order of the model.
///
/// ```
/// use shardlab::api::value::{Fields, Value};
///
/// let answer = Fields::new().with("ShardId", "shardId-000000000000").with("Records", vec![]);
/// assert_eq!(answer.text("ShardId"), Some("shardId-000000000000"));
/// assert_eq!(answer.member("NextToken"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// No members: what operations without an output answer.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// No members yet, and room for so many.
    pub fn with_room(members: usize) -> Self {
        Self(Vec::with_capacity(members))
    }

    /// The same with one more member.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.push(name, value);
        self
    }

    /// The same with one more member if there is a value: the service leaves members out rather
    /// than sending `null`.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a member at the end.
    pub fn push(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.push((name, value.into()));
    }

    /// Sets a member, in place if it is there.
    pub fn set(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(member, _)| *member == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes members away.
    pub fn remove(&mut self, names: &[&str]) {
        self.0.retain(|(member, _)| !names.contains(member));
    }

    /// Whether no member is present.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// The member called `name`.
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(member, _)| *member == name).map(|(_, value)| value)
    }

    /// The member called `name`, to be changed.
    pub fn member_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(member, _)| *member == name).map(|(_, value)| value)
    }

    /// The value at the end of a path of members.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        let (name, rest) = path.split_first()?;
        match (self.member(name)?, rest) {
            (value, []) => Some(value),
            (Value::Fields(fields), rest) => fields.at(rest),
            _ => None,
        }
    }

    /// The text called `name`, if it is there and is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.member(name)? {
            Value::Text(text) => Some(text),
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The whole number called `name`.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.member(name)? {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The truth value called `name`; `false` if it is not there.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.member(name), Some(Value::Boolean(true)))
    }

    /// The bytes called `name`.
    pub fn blob(&self, name: &str) -> Option<&[u8]> {
        match self.member(name)? {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The moment called `name`.
    pub fn timestamp(&self, name: &str) -> Option<Instant> {
        match self.member(name)? {
            Value::Timestamp(at) => Some(*at),
            _ => None,
        }
    }

    /// The list called `name`; empty if it is not there.
    pub fn list(&self, name: &str) -> &[Value] {
        match self.member(name) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The texts of the list called `name`.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list(name).iter().filter_map(|item| match item {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// The map called `name`; empty if it is not there.
    pub fn map(&self, name: &str) -> &[(String, String)] {
        match self.member(name) {
            Some(Value::Map(entries)) => entries,
            _ => &[],
        }
    }

    /// The structure called `name`.
    pub fn fields(&self, name: &str) -> Option<&Self> {
        match self.member(name)? {
            Value::Fields(fields) => Some(fields),
            _ => None,
        }
    }
}

/// A floating-point number, equal to another if both have the same bits.
///
/// It carries its digits: printing such a number takes much code, which a program without
/// CloudWatch does not need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    bits: u64,
    text: Box<str>,
}

impl Decimal {
    /// The number.
    pub fn get(&self) -> f64 {
        f64::from_bits(self.bits)
    }

    /// The number in digits, without a point if it is whole.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl From<f64> for Decimal {
    fn from(number: f64) -> Self {
        let text = serde_json::to_string(&number).unwrap_or_default();
        let text = text.strip_suffix(".0").unwrap_or(&text);
        Self { bits: number.to_bits(), text: text.into() }
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Decimal(value.into())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(i64::from(value))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&'static str> for Value {
    fn from(value: &'static str) -> Self {
        Self::Word(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Instant> for Value {
    fn from(value: Instant) -> Self {
        Self::Timestamp(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(value: Vec<Value>) -> Self {
        Self::List(value)
    }
}

impl From<Fields> for Value {
    fn from(value: Fields) -> Self {
        Self::Fields(value)
    }
}
