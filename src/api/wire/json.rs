//! Bodies of AWS JSON 1.1, read in one pass by the shape of their operation.

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Unreadable;
use super::scalar::{self, LIST_FOUND, STRUCTURE_FOUND, Scalar};
use crate::api::model::{Kind, Param, Shape};
use crate::api::value::{Fields, Value};

/// Reads the members of `shape` from a JSON object. Unknown members and nulls are ignored, of a
/// member that is there twice the last counts; the first wrong type is told once the whole body
/// turns out to be JSON.
pub fn read(shape: &'static Shape, body: &[u8]) -> Result<Fields, Unreadable> {
    must_be_composite(body)?;
    let wrong = RefCell::new(None);
    let root = Expected { kind: &Kind::Structure(shape), wrong: &wrong };
    let found = parse(root, body)?;
    match (wrong.into_inner(), found) {
        (Some(wrong), _) => Err(Unreadable::WrongType(wrong)),
        (None, Value::Fields(fields)) => Ok(fields),
        (None, _) => Err(Unreadable::Malformed),
    }
}

/// Whether `body` is a JSON object or list, whatever it holds.
pub fn check(body: &[u8]) -> Result<(), Unreadable> {
    must_be_composite(body)?;
    parse(PhantomData::<IgnoredAny>, body).map(|_| ())
}

/// Writes an answer.
pub fn write(fields: &Fields) -> Vec<u8> {
    crate::api::json::write(fields).into_bytes()
}

fn must_be_composite(body: &[u8]) -> Result<(), Unreadable> {
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') => Ok(()),
        _ => Err(Unreadable::Malformed),
    }
}

fn parse<'de, T: DeserializeSeed<'de>>(seed: T, body: &'de [u8]) -> Result<T::Value, Unreadable> {
    let text = std::str::from_utf8(body).map_err(|_| Unreadable::Malformed)?;
    let mut parser = serde_json::Deserializer::from_str(text);
    let found = seed.deserialize(&mut parser).map_err(|_| Unreadable::Malformed)?;
    parser.end().map_err(|_| Unreadable::Malformed)?;
    Ok(found)
}

/// What is expected where the parser stands, and the first value of a wrong type.
#[derive(Clone, Copy)]
struct Expected<'a> {
    kind: &'a Kind,
    wrong: &'a RefCell<Option<String>>,
}

impl<'a> Expected<'a> {
    fn of(self, kind: &'a Kind) -> Self {
        Self { kind, ..self }
    }

    /// The value of a scalar; after a wrong type the body is read on, for its syntax.
    fn scalar(self, found: Scalar) -> Value {
        scalar::read(self.kind, found).unwrap_or_else(|wrong| self.say(wrong))
    }

    fn say(self, wrong: String) -> Value {
        self.wrong.borrow_mut().get_or_insert(wrong);
        Value::Null
    }

    fn structure<'de, A: MapAccess<'de>>(
        self,
        shape: &'a Shape,
        mut map: A,
    ) -> Result<Fields, A::Error> {
        let mut fields = Fields::with_room(shape.members.len());
        while let Some(member) = map.next_key_seed(Member(shape))? {
            let Some(param) = member else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value_seed(self.of(&param.kind))?;
            if !matches!(value, Value::Null) || fields.member(param.name).is_some() {
                fields.set(param.name, value);
            }
        }
        Ok(fields)
    }

    fn map<'de, A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries: Vec<(String, String)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let Value::Text(value) = map.next_value_seed(self.of(&TEXT))? else { continue };
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, old)) => *old = value,
                None => entries.push((key, value)),
            }
        }
        Ok(Value::Map(entries))
    }
}

/// What the values of every map are.
const TEXT: Kind = Kind::Text { min: 0, max: u32::MAX, pattern: None };

impl<'de> DeserializeSeed<'de> for Expected<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Value, D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Expected<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, found: bool) -> Result<Value, E> {
        Ok(self.scalar(Scalar::Boolean(found)))
    }

    fn visit_i64<E>(self, found: i64) -> Result<Value, E> {
        Ok(self.scalar(Scalar::Whole(found)))
    }

    fn visit_u64<E>(self, found: u64) -> Result<Value, E> {
        Ok(self.scalar(Scalar::Whole(i64::try_from(found).unwrap_or(i64::MAX))))
    }

    fn visit_f64<E>(self, found: f64) -> Result<Value, E> {
        Ok(self.scalar(Scalar::Fraction(found)))
    }

    fn visit_str<E>(self, found: &str) -> Result<Value, E> {
        Ok(self.scalar(Scalar::Text(found)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let Kind::List { of, .. } = self.kind else {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(self.say(LIST_FOUND.to_owned()));
        };
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self.of(of))? {
            if !matches!(item, Value::Null) {
                items.push(item);
            }
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        match self.kind {
            Kind::Structure(shape) => self.structure(shape, map).map(Value::Fields),
            Kind::Map { .. } => self.map(map),
            _ => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(self.say(STRUCTURE_FOUND.to_owned()))
            }
        }
    }
}

/// The member that a key names, if the shape has it.
struct Member<'a>(&'a Shape);

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = Option<&'static Param>;

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_str(self)
    }
}

impl Visitor<'_> for Member<'_> {
    type Value = Option<&'static Param>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.member(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::api::json::write;

    fn read_as(operation: &str, text: &str) -> Result<Fields, Unreadable> {
        let operation = api::operation(operation).expect("an operation of the table");
        read(&operation.input, text.as_bytes())
    }

    fn wrong(operation: &str, text: &str) -> String {
        match read_as(operation, text) {
            Err(Unreadable::WrongType(words)) => words,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_is_read_is_written_the_same() {
        let text = r#"{"StreamName":"o\"rd\u0001ers","Data":"aGVsbG8=","PartitionKey":"주문-1"}"#;
        assert_eq!(write(&read_as("PutRecord", text).expect("well formed")), text);
        let text = concat!(
            r#"{"ShardId":"s","ShardIteratorType":"AT_TIMESTAMP","#,
            r#""Timestamp":1459799926.48}"#
        );
        assert_eq!(write(&read_as("GetShardIterator", text).expect("well formed")), text);
        let text = r#"{"StreamName":"a","ShardCount":2,"Tags":{"b":"1","a":"2"}}"#;
        assert_eq!(write(&read_as("CreateStream", text).expect("well formed")), text);
    }

    #[test]
    fn unknown_members_and_nulls_are_ignored_and_the_last_of_two_counts() {
        let text = r#"{"Limit":null,"Colour":["red",{"a":[1e999]}],"ExclusiveStart":5}"#;
        assert_eq!(read_as("ListStreams", text), Ok(Fields::new()));
        let twice = read_as("ListStreams", r#"{"Limit":1,"NextToken":"a","Limit":2}"#);
        assert_eq!(twice.expect("well formed").integer("Limit"), Some(2));
        let taken_back = read_as("ListStreams", r#"{"Limit":1,"Limit":null}"#);
        assert_eq!(taken_back.expect("well formed").integer("Limit"), None);
        let tags = read_as("CreateStream", r#"{"Tags":{"a":"1","b":null,"a":"2"}}"#);
        let tags = tags.expect("well formed");
        assert_eq!(tags.map("Tags"), [("a".to_owned(), "2".to_owned())]);
    }

    #[test]
    fn wrong_types_are_named_as_java_names_them() {
        for (text, words) in [
            (r#"{"Limit":"5"}"#, "class java.lang.String can not be converted to an Integer"),
            (r#"{"Limit":true}"#, "class java.lang.Boolean can not be converted to an Integer"),
            (r#"{"Limit":[1,[2]]}"#, "Start of list found where not expected"),
            (r#"{"Limit":{"a":1}}"#, "Start of structure or map found where not expected."),
            (
                r#"{"NextToken":5}"#,
                "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be \
                 converted to an String",
            ),
            // The first of two.
            (r#"{"Limit":[],"NextToken":5}"#, "Start of list found where not expected"),
            ("[]", "Start of list found where not expected"),
        ] {
            assert_eq!(wrong("ListStreams", text), words);
        }
        assert_eq!(wrong("PutRecords", r#"{"Records":"a"}"#), "Expected list or null");
        assert_eq!(wrong("PutRecords", r#"{"Records":["a"]}"#), "Expected null");
        assert_eq!(wrong("AddTagsToStream", r#"{"Tags":1}"#), "Expected map or null");
        assert_eq!(wrong("AddTagsToStream", r#"{"Tags":{"a":{}}}"#), STRUCTURE_FOUND);
    }

    #[test]
    fn what_is_no_json_is_malformed_whatever_else_is_wrong() {
        let deep = format!("{{\"Colour\":{}{}}}", "[".repeat(500_000), "]".repeat(500_000));
        assert_eq!(read_as("ListStreams", &deep), Ok(Fields::new()));
        for text in [
            "",
            "5",
            "null",
            "{",
            "{}}",
            "{\"Limit\":5,}",
            "{\"Limit\":\"5\"",
            "{Limit:5}",
            "{\"a\":01}",
        ] {
            assert_eq!(read_as("ListStreams", text), Err(Unreadable::Malformed), "{text}");
        }
        let operation = api::operation("ListStreams").expect("an operation of the table");
        let body = b"{\"NextToken\":\"\xff\"}";
        assert_eq!(read(&operation.input, body), Err(Unreadable::Malformed));
        assert_eq!(check(b"null"), Err(Unreadable::Malformed));
        assert_eq!(check(b" {\"a\":[1]} "), Ok(()));
    }
}
