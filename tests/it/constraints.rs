//! Every constraint of the operation table, as cases that are made from the table: what keeps it
//! passes, what breaks it is refused in the validator's words and changes nothing.

use shardlab::api::caller::Caller;
use shardlab::api::model::{Kind, Param, Shape};
use shardlab::api::pattern::Pattern;
use shardlab::api::validation::validate;
use shardlab::api::value::{Fields, Value};
use shardlab::api::{OPERATIONS, Operation};
use shardlab::engine::Simulation;
use shardlab::engine::time::Instant;

/// A value of one member, and the constraint that it breaks, if it breaks any.
struct Case {
    value: Value,
    breaks: Option<String>,
}

#[test]
fn every_constraint_holds_where_it_is_and_refuses_what_is_beyond() {
    let mut sim = Simulation::new(7, Instant::DEFAULT_START);
    let digest = sim.digest();
    let (mut kept, mut broken) = (0, 0);
    for operation in OPERATIONS {
        for (path, input, breaks) in inputs(operation) {
            let refusal = validate(&operation.input, &input).err();
            let about = refusal.map_or(String::new(), |error| error.message);
            let place = format!("at '{path}' failed to satisfy constraint: ");
            let at_place = about.split("; Value ").filter_map(|error| error.split_once(&place));
            let words: Vec<&str> = at_place.map(|(_, words)| words).collect();
            let place = format!("{}: {path}: {words:?}", operation.name);
            match breaks {
                None => {
                    assert!(words.is_empty(), "{place}");
                    kept += 1;
                }
                Some(constraint) => {
                    assert!(words.iter().any(|words| words.starts_with(&constraint)), "{place}");
                    let error = shardlab::api::call(&mut sim, &Caller::Root, operation, &input);
                    let error = error.expect_err(operation.name);
                    assert_eq!((error.code, error.status), ("ValidationException", 400));
                    assert_eq!(error.message, about, "{}", operation.name);
                    assert_eq!(sim.digest(), digest, "{place}");
                    broken += 1;
                }
            }
        }
    }
    // As many as the table has; fewer would mean that the cases have lost sight of some.
    assert!(kept > 370 && broken > 320, "{kept} keep a constraint, {broken} break one");
}

#[test]
fn errors_are_counted_and_at_most_ten_are_named() {
    for operation in OPERATIONS {
        let (mut input, mut expected) = (Fields::new(), 0);
        for param in operation.input.members {
            let worst = cases(&param.kind)
                .into_iter()
                .find(|case| case.breaks.is_some() && !matches!(case.value, Value::Null));
            if let Some(case) = worst {
                input.push(param.name, case.value);
                expected += 1;
            }
        }
        if expected == 0 {
            continue;
        }
        let message = validate(&operation.input, &input).expect_err(operation.name).message;
        let named = message.matches(" failed to satisfy constraint: ").count();
        let plural = if named == 1 { "" } else { "s" };
        let start = format!("{named} validation error{plural} detected: Value ");
        assert!(message.starts_with(&start), "{}: {message}", operation.name);
        assert!((expected.min(10)..=10).contains(&named), "{}: {message}", operation.name);
    }
}

/// Inputs of an operation that differ from a sound one in one member, at any depth.
fn inputs(operation: &Operation) -> Vec<(String, Fields, Option<String>)> {
    let mut inputs = Vec::new();
    vary(&operation.input, "", &mut |path, input, breaks| inputs.push((path, input, breaks)));
    inputs
}

fn vary(shape: &Shape, parent: &str, found: &mut dyn FnMut(String, Fields, Option<String>)) {
    let whole = sound_fields(shape);
    for param in shape.members {
        let path = format!("{parent}{}{}", param.name[..1].to_lowercase(), &param.name[1..]);
        for Case { value, breaks } in cases(&param.kind) {
            found(path.clone(), with(&whole, param, value), breaks);
        }
        let missed = param.required.then(|| "Member must not be null".to_owned());
        found(path.clone(), with(&whole, param, Value::Null), missed);
        match &param.kind {
            Kind::Structure(inner) => {
                vary(inner, &format!("{path}."), &mut |path, inner, breaks| {
                    found(path, with(&whole, param, Value::Fields(inner)), breaks);
                });
            }
            Kind::List { of: Kind::Structure(inner), .. } => {
                // The second item is the one that is wrong, so that the count is seen.
                vary(inner, &format!("{path}.2.member."), &mut |path, item, breaks| {
                    let items = vec![sound(&Kind::Structure(inner)), Value::Fields(item)];
                    found(path, with(&whole, param, Value::List(items)), breaks);
                });
            }
            _ => {}
        }
    }
}

fn with(whole: &Fields, param: &Param, value: Value) -> Fields {
    let mut input = whole.clone();
    input.set(param.name, value);
    input
}

/// Values at a kind's bounds, and beyond them with the constraint that they break.
fn cases(kind: &Kind) -> Vec<Case> {
    match kind {
        Kind::Text { min, max, pattern } => texts(*min, *max, *pattern),
        Kind::Blob { max } => lengths(0, *max, |length| Value::Blob(vec![0; length])),
        Kind::List { min, max, of } => {
            let mut cases = lengths(*min, *max, |length| Value::List(vec![sound(of); length]));
            cases.extend(items(of));
            cases
        }
        Kind::Map { min, max, keys, values } => {
            let entry =
                |key: usize, value: usize| Value::Map(vec![("k".repeat(key), "v".repeat(value))]);
            let mut cases = lengths(*min, *max, |length| {
                Value::Map((0..length).map(|key| (key.to_string(), String::new())).collect())
            });
            let bounds =
                ["Map keys must satisfy constraint: [", "Map value must satisfy constraint: ["];
            cases.push(kept(entry(keys.1 as usize, values.1 as usize)));
            cases.push(breaks(entry(keys.0 as usize - 1, 1), bounds[0]));
            cases.push(breaks(entry(keys.1 as usize + 1, 1), bounds[0]));
            cases.push(breaks(entry(1, values.1 as usize + 1), bounds[1]));
            cases
        }
        Kind::Integer { min, max } => {
            let mut cases = vec![kept(Value::Integer(min.or(*max).unwrap_or(0)))];
            for (bound, step, words) in
                [(*min, -1, "greater than or equal to"), (*max, 1, "less than or equal to")]
            {
                if let Some(bound) = bound {
                    let constraint = format!("Member must have value {words} {bound}");
                    cases.push(kept(Value::Integer(bound)));
                    cases.push(kept(Value::Integer(bound - step)));
                    cases.push(breaks(Value::Integer(bound + step), &constraint));
                }
            }
            cases
        }
        Kind::Choice(choice) => {
            let set = format!("Member must satisfy enum value set: [{}]", choice.said.join(", "));
            let mut cases: Vec<_> = choice.words.iter().map(|word| kept(text(word))).collect();
            cases.push(breaks(text("NONSENSE"), &set));
            cases.push(breaks(text(&choice.words[0].to_lowercase()), &set));
            cases
        }
        Kind::Boolean | Kind::Timestamp | Kind::Structure(_) => vec![kept(sound(kind))],
    }
}

/// Items of a list that break their own bounds: the list is refused as a whole.
fn items(of: &Kind) -> Vec<Case> {
    let whole = |item: Value| Value::List(vec![sound(of), item]);
    match of {
        Kind::Choice(_) => {
            let words = "Member must satisfy constraint: [Member must satisfy enum value set: [";
            vec![breaks(whole(text("NONSENSE")), words)]
        }
        Kind::Text { min, max, .. } => {
            let words = "Member must satisfy constraint: [Member must have length less than or ";
            let mut cases = vec![kept(whole(text(&"a".repeat(*max as usize))))];
            for length in [min - 1, max + 1] {
                cases.push(breaks(whole(text(&"a".repeat(length as usize))), words));
            }
            cases
        }
        _ => Vec::new(),
    }
}

fn texts(min: u32, max: u32, pattern: Option<Pattern>) -> Vec<Case> {
    let Some(pattern) = pattern else {
        return lengths(min, max.min(2_000_000), |length| text(&"\u{ac00}".repeat(length)))
            .into_iter()
            .filter(|case| case.breaks.is_none() || max < u32::MAX)
            .collect();
    };
    let constraint = format!("Member must satisfy regular expression pattern: {}", pattern.text());
    let mut cases = Vec::new();
    // Sound texts of the pattern can be made as long as the bound, and longer.
    let (start, filler) = example(pattern);
    if max < u32::MAX {
        let padded =
            |length: usize| text(&format!("{start}{}", filler.repeat(length - start.len())));
        cases.extend([kept(padded(max as usize)), kept(padded(max as usize - 1))]);
        let words = format!("Member must have length less than or equal to {max}");
        cases.push(breaks(padded(max as usize + 1), &words));
    }
    cases.push(kept(text(start)));
    if min > 0 {
        let words = format!("Member must have length greater than or equal to {min}");
        cases.push(breaks(text(""), &words));
    }
    cases.extend(strangers(pattern).iter().map(|stranger| breaks(text(stranger), &constraint)));
    cases
}

/// The shortest text of a pattern, and what makes it longer.
fn example(pattern: Pattern) -> (&'static str, &'static str) {
    match pattern {
        Pattern::Name => ("a", "-"),
        Pattern::StreamArn | Pattern::ResourceArn => {
            ("arn:aws:kinesis:us-east-1:123456789012:stream/a", "b")
        }
        Pattern::ConsumerArn => {
            ("arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/c:1", "0")
        }
        Pattern::SequenceNumber | Pattern::HashKey => ("0", ""),
    }
}

/// Texts that a pattern does not match.
fn strangers(pattern: Pattern) -> &'static [&'static str] {
    const LONG: &str = "1000000000000000000000000000000000000000";
    match pattern {
        Pattern::Name => &["", "a b", "a/b", "\u{ac00}"],
        Pattern::StreamArn => &[
            "",
            "orders",
            "arn:aws:kinesis:us-east-1:12345678901:stream/a",
            "arn:aws:kinesis:us-east-1:123456789012:stream/",
            "arn:aws:s3:us-east-1:123456789012:stream/a",
        ],
        Pattern::ResourceArn => &["", "orders", "arn:aws:kinesis:us-east-1:123456789012:topic/a"],
        Pattern::ConsumerArn => &[
            "",
            "arn:aws:kinesis:us-east-1:123456789012:stream/a",
            "arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/c",
            "arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/c:x",
        ],
        Pattern::SequenceNumber => &["", "01", "-1", "1x"],
        Pattern::HashKey => &["", "01", "-1", "1x", LONG],
    }
}

fn lengths(min: u32, max: u32, value: impl Fn(usize) -> Value) -> Vec<Case> {
    let value = |length: u32| value(length as usize);
    let mut cases = vec![kept(value(min)), kept(value(max)), kept(value(max - 1))];
    if let Some(below) = min.checked_sub(1) {
        let words = format!("Member must have length greater than or equal to {min}");
        cases.push(breaks(value(below), &words));
    }
    let words = format!("Member must have length less than or equal to {max}");
    cases.push(breaks(value(max + 1), &words));
    cases
}

fn kept(value: Value) -> Case {
    Case { value, breaks: None }
}

fn breaks(value: Value, constraint: &str) -> Case {
    Case { value, breaks: Some(constraint.to_owned()) }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A value that its kind allows.
fn sound(kind: &Kind) -> Value {
    match kind {
        Kind::Text { pattern: Some(pattern), .. } => text(example(*pattern).0),
        Kind::Text { .. } => text("a"),
        Kind::Choice(choice) => text(choice.words[0]),
        Kind::Integer { min, .. } => Value::Integer(min.unwrap_or(1)),
        Kind::Boolean => Value::Boolean(true),
        Kind::Timestamp => Value::Timestamp(Instant::DEFAULT_START),
        Kind::Blob { .. } => Value::Blob(Vec::new()),
        Kind::List { of, .. } => Value::List(vec![sound(of)]),
        Kind::Map { .. } => Value::Map(vec![("a".to_owned(), String::new())]),
        Kind::Structure(shape) => Value::Fields(sound_fields(shape)),
    }
}

/// The members that are required.
fn sound_fields(shape: &Shape) -> Fields {
    let required = shape.members.iter().filter(|param| param.required);
    required.fold(Fields::new(), |fields, param| fields.with(param.name, sound(&param.kind)))
}
