//! The members of a JSON object in a line, those that are asked for.

use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::{Deserializer, de};
use std::fmt::{self, Write};

/// The member of a name, as the first objects have it, with what it says in the current line.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it says: a text without its quotes and escapes, a number or truth value as JSON writes
    /// it. Not to be looked at if it was not found.
    pub value: String,
    /// Whether the line has it, with a value that is neither `null` nor an object or array.
    pub found: Found,
}

/// Whether a line has a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Found {
    /// It has not.
    #[default]
    No,
    /// It has.
    Yes,
}

/// Reads a line into the members that are asked for; `None` if it is no JSON object.
pub fn read(line: &str, members: &mut [Member]) -> Option<()> {
    for member in &mut *members {
        member.found = Found::No;
    }
    let mut json = serde_json::Deserializer::from_str(line);
    json.deserialize_map(Line(members)).ok()?;
    json.end().ok()
}

/// The names of a line's members.
pub fn names(line: &str) -> Option<Vec<String>> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).ok()?;
    Some(object.into_iter().map(|(name, _)| name).collect())
}

struct Line<'a>(&'a mut [Member]);

impl<'de> Visitor<'de> for Line<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(wanted) = map.next_key_seed(Name(self.0))? {
            match wanted {
                Some(place) => map.next_value_seed(Value(&mut self.0[place]))?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// Finds the place of a name among the members.
struct Name<'a>(&'a [Member]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|member| member.name == name))
    }
}

/// Takes over what a member says.
struct Value<'a>(&'a mut Member);

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        self.0.found = Found::No;
        json.deserialize_any(self)
    }
}

impl Value<'_> {
    fn say(self, what: impl fmt::Display) {
        self.0.value.clear();
        self.0.found = Found::Yes;
        write!(self.0.value, "{what}").expect("a String takes everything");
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.value.clear();
        self.0.value.push_str(text);
        self.0.found = Found::Yes;
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.say(value);
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.say(value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.say(value);
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if let Some(number) = serde_json::Number::from_f64(value) {
            self.say(number);
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: &str = "no text";

    /// What `k` is, if the line is an object.
    fn value(line: &str) -> Option<String> {
        let mut members = [Member { name: "k".to_owned(), ..Member::default() }];
        read(line, &mut members)?;
        let [member] = members;
        Some(if member.found == Found::Yes { member.value } else { NONE.to_owned() })
    }

    #[test]
    fn values_are_texts() {
        for (line, expected) in [
            (r#"{"a":1,"k":"x\u00e9\n","b":[{}]}"#, "xé\n"),
            (r#"{"k":17}"#, "17"),
            (r#"{"k":-2.50}"#, "-2.5"),
            (r#"{"k":true}"#, "true"),
            (r#"{"k":null}"#, NONE),
            (r#"{"k":{"a":1}}"#, NONE),
            (r#"{"k":[1]}"#, NONE),
            ("{}", NONE),
            (r#"{"k":1,"k":"last"}"#, "last"),
        ] {
            assert_eq!(value(line).as_deref(), Some(expected), "{line}");
        }
        for line in ["", "[]", "{", r#"{"k":1}}"#, r#"{"k":1,}"#, "7", r#"{"a":1e}"#] {
            assert_eq!(value(line), None, "{line}");
        }
    }
}
