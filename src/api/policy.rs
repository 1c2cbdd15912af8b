//! Policy documents: read from JSON, or refused with what is wrong with them.
//!
//! Read first: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>.

use std::fmt;
use std::rc::Rc;

use serde_core::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::engine::service::policy::{Effect, Patterns, Policy, Statement};

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// A user, whose requests it is about.
    User,
    /// A stream or consumer; its statements name whose requests they are about.
    Resource,
}

/// The longest document, in bytes: a bound of this program, so that a policy stays small.
const POLICY_MAX: usize = 20_480;

/// A document, of which a policy needs no more than texts and what holds them.
enum Json {
    Text(String),
    List(Vec<Json>),
    /// The members in their order; of one that is there twice the last counts.
    Object(Vec<(String, Json)>),
    /// A number, `true`, `false` or `null`.
    Other,
}

impl Json {
    fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(parser: D) -> Result<Self, D::Error> {
        parser.deserialize_any(Whatever)
    }
}

/// Takes any JSON.
struct Whatever;

impl<'de> Visitor<'de> for Whatever {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

/// Reads a policy document. The error says what to write instead.
pub fn read(text: &str, attached: Attached) -> Result<Policy, String> {
    if text.len() > POLICY_MAX {
        return Err(format!("the policy is longer than {POLICY_MAX} bytes"));
    }
    let json: Json =
        serde_json::from_str(text).map_err(|error| format!("the policy is no JSON: {error}"))?;
    only(&json, &["Version", "Id", "Statement"], "a policy")?;
    match json.get("Version").map(Json::as_str) {
        None | Some(Some("2012-10-17" | "2008-10-17")) => {}
        _ => return Err("Version must be \"2012-10-17\"".to_owned()),
    }
    let statements: Result<_, _> = match json.get("Statement") {
        Some(Json::List(items)) => items.iter().map(|item| statement(item, attached)).collect(),
        Some(item) => statement(item, attached).map(|one| [one].into()),
        None => Err("a policy has a Statement".to_owned()),
    };
    Ok(Policy { text: text.into(), statements: statements? })
}

fn statement(json: &Json, attached: Attached) -> Result<Statement, String> {
    const MEMBERS: &[&str] =
        &["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource"];
    for (left_out, instead) in [
        ("Condition", "write the statement without it"),
        ("NotPrincipal", "name the users with Principal"),
    ] {
        if json.get(left_out).is_some() {
            return Err(format!("{left_out} is left out of this simulation: {instead}"));
        }
    }
    only(json, MEMBERS, "a statement")?;
    let effect = match json.get("Effect").and_then(Json::as_str) {
        Some("Allow") => Effect::Allow,
        Some("Deny") => Effect::Deny,
        _ => return Err("Effect must be \"Allow\" or \"Deny\"".to_owned()),
    };
    let principals = match (attached, json.get("Principal")) {
        (Attached::User, None) => None,
        (Attached::User, Some(_)) => {
            return Err("the policy of a user has no Principal: it is about the user".to_owned());
        }
        (Attached::Resource, None) => {
            return Err("a statement of a resource policy has a Principal".to_owned());
        }
        (Attached::Resource, Some(json)) => Some(principals(json)?),
    };
    let actions = patterns(json, "Action", "NotAction")?;
    let resources = patterns(json, "Resource", "NotResource")?;
    let (Patterns::Any(names) | Patterns::None(names)) = &actions;
    match names.iter().find(|name| &***name != "*" && !name.contains(':')) {
        Some(name) => Err(format!("the action {name} has no service: write kinesis:{name}")),
        None => Ok(Statement { effect, actions, resources, principals }),
    }
}

/// `"*"`, or `{"AWS": …}` with one or more of `*`, account numbers and ARNs.
fn principals(json: &Json) -> Result<Vec<Rc<str>>, String> {
    if json.as_str() == Some("*") {
        return Ok(vec!["*".into()]);
    }
    only(json, &["AWS"], "a Principal")?;
    texts(json.get("AWS"), "AWS in Principal")
}

/// The one of two members that is there.
fn patterns(json: &Json, any: &str, none: &str) -> Result<Patterns, String> {
    match (json.get(any), json.get(none)) {
        (found @ Some(_), None) => texts(found, any).map(Patterns::Any),
        (None, found @ Some(_)) => texts(found, none).map(Patterns::None),
        _ => Err(format!("a statement has either {any} or {none}")),
    }
}

/// A text, or a list of texts.
fn texts(json: Option<&Json>, name: &str) -> Result<Vec<Rc<str>>, String> {
    let texts = match json {
        Some(Json::Text(text)) => Some(vec![Rc::from(text.as_str())]),
        Some(Json::List(items)) => items.iter().map(|item| item.as_str().map(Rc::from)).collect(),
        _ => None,
    };
    let texts = texts.filter(|texts| !texts.is_empty());
    texts.ok_or_else(|| format!("{name} must be a text or a list of texts"))
}

/// Refuses what is no structure, or has other members.
fn only(json: &Json, members: &[&str], what: &str) -> Result<(), String> {
    let Json::Object(entries) = json else {
        return Err(format!("{what} is a JSON object with {}", members.join(", ")));
    };
    match entries.iter().find(|(name, _)| !members.contains(&name.as_str())) {
        Some((name, _)) => Err(format!("{what} has no {name}; it has {}", members.join(", "))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stands_alone_or_in_a_list_and_so_do_its_texts() {
        for text in [
            r#"{"Version":"2012-10-17",
                "Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#,
            r#"{"Statement":[
                {"Sid":"a","Effect":"Deny","NotAction":["kinesis:*"],"NotResource":["*"]}]}"#,
        ] {
            let policy = read(text, Attached::User).expect("a policy");
            assert_eq!((policy.statements.len(), &*policy.text), (1, text));
        }
        assert_eq!(
            read(r#"{"Statement":[]}"#, Attached::User).map(|it| it.statements.len()),
            Ok(0)
        );
    }

    #[test]
    fn what_is_wrong_or_left_out_is_said() {
        for (statement, words) in [
            (r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}"#, "left out"),
            (r#"{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}"#, "no Principal"),
            (r#"{"Effect":"Maybe","Action":"*","Resource":"*"}"#, "Effect must be"),
            (r#"{"Effect":"Allow","Action":"PutRecord","Resource":"*"}"#, "kinesis:PutRecord"),
            (r#"{"Effect":"Allow","Action":5,"Resource":"*"}"#, "Action must be a text"),
            (r#"{"Effect":"Allow","Action":"*"}"#, "either Resource or NotResource"),
            (r#"{"Effect":"Allow","Action":"*","Resource":"*","X":1}"#, "has no X"),
            (r#"{"Effect":"Allow","Effect":null,"Action":"*","Resource":"*"}"#, "Effect must be"),
            (r#"{"Effect":true,"Action":-1,"Resource":1.5}"#, "Effect must be"),
            ("5", "a JSON object"),
        ] {
            let text = format!(r#"{{"Statement":{statement}}}"#);
            let error = read(&text, Attached::User).expect_err(statement);
            assert!(error.contains(words), "{statement}: {error}");
        }
        for text in ["", "[]", "{}", r#"{"Version":"2030-01-01","Statement":[]}"#] {
            assert!(read(text, Attached::User).is_err(), "{text}");
        }
        let open = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
        assert!(read(open, Attached::Resource).is_err_and(|why| why.contains("has a Principal")));
        let service = open.replace("\"Action\"", r#""Principal":{"Service":"x"},"Action""#);
        assert!(read(&service, Attached::Resource).is_err_and(|why| why.contains("Service")));
        assert!(read(&" ".repeat(POLICY_MAX + 1), Attached::User).is_err());
    }
}
