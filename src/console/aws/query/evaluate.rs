//! What a query answers.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

use super::functions::{self, Argument, Reference};
use super::lexer::Kind;
use super::order::{equal, order};
use super::parser::Node;
use crate::console::aws::python;

/// The answer of a part of a query, or why a function cannot be called so.
pub type Answer<'a> = Result<Cow<'a, Json>, String>;

/// Asks `node` of `value`.
pub fn evaluate<'a>(node: &'a Node, value: &'a Json) -> Answer<'a> {
    match node {
        Node::Current => Ok(Cow::Borrowed(value)),
        Node::Field(name) => {
            Ok(value.as_object().and_then(|object| object.get(name)).map_or(NULL, Cow::Borrowed))
        }
        Node::Index(index) => Ok(item(value, *index).map_or(NULL, Cow::Borrowed)),
        Node::Literal(value) => Ok(Cow::Borrowed(value)),
        Node::Then(left, right) => then(evaluate(left, value)?, right),
        Node::Indexed(nodes) => {
            let start = Ok(Cow::Borrowed(value));
            nodes.iter().fold(start, |value, node| then(value?, node))
        }
        Node::Or(left, right) | Node::And(left, right) => {
            let first = evaluate(left, value)?;
            if is_empty(&first) == matches!(node, Node::Or(..)) {
                evaluate(right, value)
            } else {
                Ok(first)
            }
        }
        _ => made(node, value).map(Cow::Owned),
    }
}

const NULL: Cow<'static, Json> = Cow::Owned(Json::Null);

/// Asks `node` of an answer, without a copy if the answer is a part of what was asked.
fn then<'a>(value: Cow<'a, Json>, node: &'a Node) -> Answer<'a> {
    match value {
        Cow::Borrowed(value) => evaluate(node, value),
        Cow::Owned(value) => evaluate(node, &value).map(|answer| Cow::Owned(answer.into_owned())),
    }
}

/// The answer of a part that makes new values.
fn made(node: &Node, value: &Json) -> Result<Json, String> {
    match node {
        Node::Slice(parts) => slice(value, *parts),
        Node::Project(left, right) => match &*evaluate(left, value)? {
            Json::Array(items) => project(items.iter(), right),
            _ => Ok(Json::Null),
        },
        Node::ProjectValues(left, right) => match &*evaluate(left, value)? {
            Json::Object(members) => project(members.values(), right),
            _ => Ok(Json::Null),
        },
        Node::Filter(parts) => filter(parts, value),
        Node::Flatten(left) => match evaluate(left, value)?.into_owned() {
            Json::Array(items) => Ok(flatten(items)),
            _ => Ok(Json::Null),
        },
        Node::List(_) | Node::Object(_) if value.is_null() => Ok(Json::Null),
        Node::List(nodes) => {
            let items = nodes.iter().map(|node| owned(node, value));
            items.collect::<Result<Vec<_>, _>>().map(Json::Array)
        }
        Node::Object(pairs) => {
            let mut object = Map::new();
            for (name, node) in pairs {
                object.insert(name.clone(), owned(node, value)?);
            }
            Ok(Json::Object(object))
        }
        Node::Not(node) => Ok(Json::Bool(is_false(&*evaluate(node, value)?))),
        Node::Compare(kind, left, right) => {
            compare(*kind, &*evaluate(left, value)?, &*evaluate(right, value)?)
        }
        Node::Call(name, arguments) => call(name, arguments, value),
        // A query by itself is no value; these are the words for one that is to be JSON.
        _ => Err("Circular reference detected".to_owned()),
    }
}

/// The same as [`evaluate`], as a value of its own.
fn owned(node: &Node, value: &Json) -> Result<Json, String> {
    evaluate(node, value).map(Cow::into_owned)
}

/// Calls the function `name` with the answers of `nodes` on `value`.
fn call(name: &str, nodes: &[Node], value: &Json) -> Result<Json, String> {
    let mut arguments = Vec::with_capacity(nodes.len());
    for node in nodes {
        arguments.push(match node {
            Node::Expref(node) => Argument::Query(Reference { node, ask: owned }),
            node => Argument::Value(owned(node, value)?),
        });
    }
    functions::call(name, &arguments)
}

fn project<'a>(items: impl Iterator<Item = &'a Json>, node: &Node) -> Result<Json, String> {
    let mut answers = Vec::new();
    for item in items {
        let answer = owned(node, item)?;
        if !answer.is_null() {
            answers.push(answer);
        }
    }
    Ok(Json::Array(answers))
}

fn filter([left, right, condition]: &[Node; 3], value: &Json) -> Result<Json, String> {
    let left = evaluate(left, value)?;
    let Json::Array(items) = &*left else { return Ok(Json::Null) };
    let mut chosen = Vec::new();
    for item in items {
        if !is_empty(&*evaluate(condition, item)?) {
            chosen.push(item);
        }
    }
    project(chosen.into_iter(), right)
}

fn flatten(items: Vec<Json>) -> Json {
    let mut flat = Vec::new();
    for item in items {
        match item {
            Json::Array(items) => flat.extend(items),
            item => flat.push(item),
        }
    }
    Json::Array(flat)
}

fn item(value: &Json, index: i64) -> Option<&Json> {
    let items = value.as_array()?;
    let from_end = if index < 0 { i64::try_from(items.len()).ok()? } else { 0 };
    items.get(usize::try_from(index.checked_add(from_end)?).ok()?)
}

fn slice(value: &Json, [from, to, step]: [Option<i64>; 3]) -> Result<Json, String> {
    let Some(items) = value.as_array() else { return Ok(Json::Null) };
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let step = step.unwrap_or(1);
    if step == 0 {
        return Err("slice step cannot be zero".to_owned());
    }
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let bound = |at: i64| {
        let at = if at < 0 { at.saturating_add(length) } else { at };
        at.clamp(lowest, highest)
    };
    let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let (mut at, to) = (from.map_or(first, bound), to.map_or(last, bound));
    let mut chosen = Vec::new();
    while if step > 0 { at < to } else { at > to } {
        chosen.extend(usize::try_from(at).ok().and_then(|at| items.get(at)).cloned());
        at = at.saturating_add(step);
    }
    Ok(Json::Array(chosen))
}

/// Whether a condition fails on it: nothing, `false`, or empty. Zero is not empty.
pub fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn is_false(value: &Json) -> bool {
    !value.is_number() && is_empty(value)
}

fn compare(kind: Kind, left: &Json, right: &Json) -> Result<Json, String> {
    let wanted: &[Ordering] = match kind {
        Kind::Eq => return Ok(Json::Bool(equal(left, right))),
        Kind::Ne => return Ok(Json::Bool(!equal(left, right))),
        Kind::Lt => &[Ordering::Less],
        Kind::Lte => &[Ordering::Less, Ordering::Equal],
        Kind::Gt => &[Ordering::Greater],
        _ => &[Ordering::Greater, Ordering::Equal],
    };
    let is_ordered = |value: &Json| value.is_number() || value.is_string();
    if !is_ordered(left) || !is_ordered(right) {
        return Ok(Json::Null);
    }
    let Some(ordering) = order(left, right) else {
        let sign = match kind {
            Kind::Lt => "<",
            Kind::Lte => "<=",
            Kind::Gt => ">",
            _ => ">=",
        };
        let (left, right) = (python::type_name(left), python::type_name(right));
        return Err(format!("'{sign}' not supported between instances of '{left}' and '{right}'"));
    };
    Ok(Json::Bool(wanted.contains(&ordering)))
}
