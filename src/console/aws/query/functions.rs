//! The functions of a query.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json};

use super::order::{equal, order};
use super::parser::Node;
use crate::console::aws::json::kind;
use crate::console::aws::python;

/// Name, what each argument may be, and whether the last one may come again.
type Signature = (&'static str, &'static [&'static [&'static str]], bool);

const ANY: &[&str] = &[];
const NUMBER: &[&str] = &["number"];
const NUMBERS: &[&str] = &["array-number"];
const TEXT: &[&str] = &["string"];
const LIST: &[&str] = &["array"];
const OBJECT: &[&str] = &["object"];
const QUERY: &[&str] = &["expref"];
const LIST_OR_TEXT: &[&str] = &["array", "string"];
const ORDERED: &[&str] = &["array-number", "array-string"];

const FUNCTIONS: &[Signature] = &[
    ("abs", &[NUMBER], false),
    ("avg", &[NUMBERS], false),
    ("ceil", &[NUMBER], false),
    ("contains", &[LIST_OR_TEXT, ANY], false),
    ("ends_with", &[TEXT, TEXT], false),
    ("floor", &[NUMBER], false),
    ("join", &[TEXT, &["array-string"]], false),
    ("keys", &[OBJECT], false),
    ("length", &[&["string", "array", "object"]], false),
    ("map", &[QUERY, LIST], false),
    ("max", &[ORDERED], false),
    ("max_by", &[LIST, QUERY], false),
    ("merge", &[OBJECT], true),
    ("min", &[ORDERED], false),
    ("min_by", &[LIST, QUERY], false),
    ("not_null", &[ANY], true),
    ("reverse", &[LIST_OR_TEXT], false),
    ("sort", &[&["array-string", "array-number"]], false),
    ("sort_by", &[LIST, QUERY], false),
    ("starts_with", &[TEXT, TEXT], false),
    ("sum", &[NUMBERS], false),
    ("to_array", &[ANY], false),
    ("to_number", &[ANY], false),
    ("to_string", &[ANY], false),
    ("type", &[ANY], false),
    ("values", &[OBJECT], false),
];

/// An argument of a function.
pub enum Argument<'a> {
    /// A value.
    Value(Json),
    /// A query for the function to ask, such as `&name`.
    Query(Reference<'a>),
}

/// What `JMESPath` calls an expression reference: a query, and how it is asked of a value.
pub struct Reference<'a> {
    /// The query.
    pub node: &'a Node,
    /// Asks it.
    pub ask: fn(&Node, &Json) -> Result<Json, String>,
}

impl Reference<'_> {
    fn ask(&self, value: &Json) -> Result<Json, String> {
        (self.ask)(self.node, value)
    }
}

impl Argument<'_> {
    fn value(&self) -> &Json {
        match self {
            Self::Value(value) => value,
            Self::Query(_) => &Json::Null,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Value(value) => kind(value),
            Self::Query(_) => "expref",
        }
    }
}

/// Calls the function `name`. The error is a function that there is not, or one that cannot be
/// called so.
pub fn call(name: &str, arguments: &[Argument<'_>]) -> Result<Json, String> {
    let Some((name, wanted, is_open)) = FUNCTIONS.iter().find(|row| row.0 == name) else {
        return Err(format!("Unknown function: {name}()"));
    };
    let (count, least) = (arguments.len(), wanted.len());
    if count < least || (count > least && !is_open) {
        let at_least = if *is_open { "at least " } else { "" };
        let plural = if least == 1 { "" } else { "s" };
        return Err(format!(
            "Expected {at_least}{least} argument{plural} for function {name}(), received {count}"
        ));
    }
    for (argument, wanted) in arguments.iter().zip(*wanted) {
        check(name, argument, wanted)?;
    }
    match arguments {
        [Argument::Query(query), Argument::Value(Json::Array(items))] => {
            items.iter().map(|item| query.ask(item)).collect::<Result<_, _>>().map(Json::Array)
        }
        [Argument::Value(Json::Array(items)), Argument::Query(query)] => by(name, items, query),
        [one] => plain(name, one.value(), &Json::Null, arguments),
        [one, two, ..] => plain(name, one.value(), two.value(), arguments),
        [] => Ok(Json::Null),
    }
}

fn check(name: &str, argument: &Argument<'_>, wanted: &[&str]) -> Result<(), String> {
    let refuse = |value: &str, kind: &str| {
        let names: Vec<String> = wanted.iter().map(|name| format!("'{name}'")).collect();
        Err(format!(
            "In function {name}(), invalid type for value: {value}, expected one of: [{}], \
             received: \"{kind}\"",
            names.join(", ")
        ))
    };
    let outer = |wanted: &&str| wanted.split('-').next() == Some(argument.kind());
    if !wanted.is_empty() && !wanted.iter().any(outer) {
        let value = match argument {
            Argument::Value(value) => python::str(value),
            Argument::Query(_) => "<expression>".to_owned(),
        };
        return refuse(&value, argument.kind());
    }
    let inner: Vec<&str> =
        wanted.iter().filter_map(|wanted| Some(wanted.split_once('-')?.1)).collect();
    let Argument::Value(Json::Array(items)) = argument else { return Ok(()) };
    let Some(first) = items.first().filter(|_| !inner.is_empty()) else { return Ok(()) };
    let same = inner.iter().find(|inner| **inner == kind(first)).copied();
    for item in items {
        if same.is_none_or(|same| kind(item) != same) {
            return refuse(&python::str(item), python::type_name(item));
        }
    }
    Ok(())
}

/// Functions of which an argument is a query for each item.
fn by(name: &str, items: &[Json], query: &Reference<'_>) -> Result<Json, String> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        keyed.push((query.ask(item)?, item));
    }
    let first = keyed.first().map_or("string", |(key, _)| kind(key));
    let is_sort = name == "sort_by";
    for (index, (key, item)) in keyed.iter().enumerate() {
        let is_ordered = matches!(kind(key), "number" | "string");
        if is_ordered && (!is_sort || kind(key) == first) {
            continue;
        }
        let (value, names) = match (is_sort, index) {
            (true, 0) => (python::str(item), "'string', 'number'".to_owned()),
            (true, _) => (python::str(key), format!("'{first}'")),
            _ => (python::str(key), "'number', 'string'".to_owned()),
        };
        let kind = kind(key);
        return Err(format!(
            "In function {name}(), invalid type for value: {value}, expected one of: [{names}], \
             received: \"{kind}\""
        ));
    }
    if let Some((key, _)) = keyed.iter().find(|(key, _)| kind(key) != first) {
        let sign = if name == "max_by" { '>' } else { '<' };
        return Err(format!(
            "'{sign}' not supported between instances of '{}' and '{}'",
            python::type_name(key),
            python::type_name(&keyed[0].0)
        ));
    }
    let ordering = |a: &(Json, &Json), b: &(Json, &Json)| rank(&a.0, &b.0);
    let item = |chosen: Option<&(Json, &Json)>| chosen.map_or(Json::Null, |row| row.1.clone());
    Ok(match name {
        "sort_by" => {
            let sorted = sorted(keyed, ordering).into_iter();
            Json::Array(sorted.map(|(_, item)| item.clone()).collect())
        }
        "min_by" => item(keyed.iter().min_by(|a, b| ordering(a, b))),
        // The first of equals, where the library takes the last.
        _ => item(keyed.iter().rev().max_by(|a, b| ordering(a, b))),
    })
}

/// The items in order, equals as they were. By insertion: what a query sorts is short, and a sort
/// of the standard library's is six kilobytes of wasm for each type.
fn sorted<T>(items: Vec<T>, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut sorted = Vec::with_capacity(items.len());
    for item in items {
        let place = sorted.partition_point(|other| order(other, &item) != Ordering::Greater);
        sorted.insert(place, item);
    }
    sorted
}

fn rank(left: &Json, right: &Json) -> Ordering {
    order(left, right).unwrap_or(Ordering::Equal)
}

fn plain(name: &str, one: &Json, two: &Json, all: &[Argument<'_>]) -> Result<Json, String> {
    let answer = match one {
        Json::Array(items) => of_list(name, items).map(Ok),
        Json::String(text) => of_text(name, text, two),
        _ => None,
    };
    if let Some(answer) = answer {
        return answer;
    }
    Ok(match (name, one) {
        ("abs" | "ceil" | "floor", number) => of_number(name, number),
        ("contains", Json::Array(items)) => items.iter().any(|item| equal(item, two)).into(),
        ("keys", Json::Object(object)) => object.keys().cloned().collect(),
        ("values", Json::Object(object)) => object.values().cloned().collect(),
        ("length", Json::Object(object)) => object.len().into(),
        ("merge", _) => {
            let objects = all.iter().filter_map(|argument| argument.value().as_object());
            let pairs = objects.flatten().map(|(name, value)| (name.clone(), value.clone()));
            Json::Object(pairs.collect::<Map<_, _>>())
        }
        ("not_null", _) => {
            let mut values = all.iter().map(Argument::value);
            values.find(|value| !value.is_null()).cloned().unwrap_or_default()
        }
        ("to_array", one) => Json::Array(vec![one.clone()]),
        ("to_number", Json::Number(_)) => one.clone(),
        ("to_string", one) => Json::from(python::ascii_json(one)),
        ("type", _) => kind(one).into(),
        _ => Json::Null,
    })
}

fn of_list(name: &str, items: &[Json]) -> Option<Json> {
    let sum = || items.iter().filter_map(Json::as_f64).sum::<f64>();
    Some(match name {
        "length" => items.len().into(),
        "reverse" => Json::Array(items.iter().rev().cloned().collect()),
        "to_array" => Json::Array(items.to_vec()),
        "max" => items.iter().rev().max_by(|a, b| rank(a, b)).cloned().unwrap_or_default(),
        "min" => items.iter().min_by(|a, b| rank(a, b)).cloned().unwrap_or_default(),
        "sort" => Json::Array(sorted(items.to_vec(), rank)),
        "sum" => {
            let whole = items.iter().map(Json::as_i64);
            let sum_whole = whole.sum::<Option<i64>>();
            sum_whole.map_or_else(|| Json::from(sum()), Json::from)
        }
        "avg" if items.is_empty() => Json::Null,
        #[expect(clippy::cast_precision_loss, reason = "no list is so long")]
        "avg" => Json::from(sum() / items.len() as f64),
        _ => return None,
    })
}

fn of_text(name: &str, text: &str, two: &Json) -> Option<Result<Json, String>> {
    let other = two.as_str().unwrap_or_default();
    Some(Ok(match name {
        "length" => text.chars().count().into(),
        "reverse" => text.chars().rev().collect::<String>().into(),
        "starts_with" => text.starts_with(other).into(),
        "ends_with" => text.ends_with(other).into(),
        "contains" if !two.is_string() => {
            return Some(Err(format!(
                "'in <string>' requires string as left operand, not {}",
                python::type_name(two)
            )));
        }
        "contains" => text.contains(other).into(),
        "to_string" => text.into(),
        "to_number" => python::int(text)
            .filter(|number| !matches!(*number, i64::MAX | i64::MIN))
            .map(Json::from)
            .or_else(|| fraction(text.trim()))
            .unwrap_or_default(),
        "join" => {
            let items = two.as_array().map_or(&[][..], Vec::as_slice);
            items.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(text).into()
        }
        _ => return None,
    }))
}

/// Reads a fraction as `float()` does, by way of JSON, which wants digits around its point: the
/// standard library's own way is twelve kilobytes for the page to download.
fn fraction(text: &str) -> Option<Json> {
    let (sign, size) = text.strip_prefix('-').map_or(("", text), |size| ("-", size));
    let size = size.strip_prefix('+').filter(|_| sign.is_empty()).unwrap_or(size);
    let before = if size.starts_with('.') { "0" } else { "" };
    let after = if size.ends_with('.') { "0" } else { "" };
    let number = serde_json::from_str(&format!("{sign}{before}{size}{after}")).ok();
    number.filter(|number: &Json| number.is_number() && size != ".")
}

fn of_number(name: &str, number: &Json) -> Json {
    let Some(whole) = number.as_i64() else {
        let number = number.as_f64().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "out of range becomes the nearest end"
        )]
        return match name {
            "abs" => Json::from(number.abs()),
            "ceil" => Json::from(number.ceil() as i64),
            _ => Json::from(number.floor() as i64),
        };
    };
    Json::from(if name == "abs" { whole.saturating_abs() } else { whole })
}
