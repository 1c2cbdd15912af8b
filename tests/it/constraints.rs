//! Every bound of the operation table: at it and inside it nothing is refused, beyond it is.

use shardlab::api::OPERATIONS;
use shardlab::api::model::{Kind, Param, Shape};
use shardlab::api::pattern::Pattern;
use shardlab::api::validation::validate;
use shardlab::api::value::{Fields, Value};

#[test]
fn every_bound_holds_where_it_is_and_refuses_what_is_beyond() {
    let mut bounds = 0;
    for operation in OPERATIONS {
        for param in operation.input.members {
            for (value, constraint) in cases(&param.kind) {
                let refused = errors_at(&operation.input, param, value);
                match constraint {
                    None => assert_eq!(refused, None, "{} {}", operation.name, param.name),
                    Some(words) => {
                        let refused = refused.unwrap_or_default();
                        let place = format!("{}: {}: {refused}", operation.name, param.name);
                        assert!(refused.contains(&words), "{place} lacks {words}");
                        bounds += 1;
                    }
                }
            }
        }
    }
    assert!(bounds > 150, "the table has many bounds: {bounds}");
}

#[test]
fn what_is_required_is_missed() {
    for operation in OPERATIONS {
        let refused = validate(&operation.input, &Fields::new()).err();
        let required = operation.input.members.iter().filter(|param| param.required).count();
        let missed = refused.map_or(0, |error| error.message.matches("must not be null").count());
        assert_eq!(missed, required, "{}", operation.name);
    }
}

/// What validation says about one value of one parameter, if it says anything.
fn errors_at(shape: &Shape, param: &Param, value: Value) -> Option<String> {
    let input = Fields::new().with(param.name, value);
    let message = validate(shape, &input).err()?.message;
    let place = format!("at '{}{}'", param.name[..1].to_lowercase(), &param.name[1..]);
    let (_, about) = message.split_once(&place)?;
    Some(about.to_owned())
}

/// Values at a kind's bounds, and beyond them with the constraint that they break.
fn cases(kind: &Kind) -> Vec<(Value, Option<String>)> {
    match kind {
        Kind::Text { min, max, pattern: None | Some(Pattern::Name) } => {
            lengths(*min, (*max).min(2_000_000), |length| Value::Text("a".repeat(length)))
        }
        Kind::Blob { max } => lengths(0, *max, |length| Value::Blob(vec![0; length])),
        Kind::List { min, max, of } => {
            lengths(*min, *max, |length| Value::List(vec![sound(of); length]))
        }
        Kind::Map { min, max, .. } => lengths(*min, *max, |length| {
            Value::Map((0..length).map(|key| (key.to_string(), String::new())).collect())
        }),
        Kind::Integer { min, max } => {
            let mut cases = Vec::new();
            for (bound, beyond, words) in
                [(*min, -1, "greater than or equal to"), (*max, 1, "less than or equal to")]
            {
                if let Some(bound) = bound {
                    let constraint = format!("Member must have value {words} {bound}");
                    cases.push((Value::Integer(bound), None));
                    cases.push((Value::Integer(bound + beyond), Some(constraint)));
                }
            }
            cases
        }
        Kind::Choice(choice) => {
            let mut cases: Vec<_> =
                choice.words.iter().map(|word| (Value::Text((*word).to_owned()), None)).collect();
            let constraint = "Member must satisfy enum value set: [".to_owned();
            cases.push((Value::Text("NONSENSE".to_owned()), Some(constraint)));
            cases
        }
        Kind::Text { pattern: Some(pattern), .. } => {
            let constraint = format!("regular expression pattern: {}", pattern.text());
            vec![(Value::Text("no match".to_owned()), Some(constraint))]
        }
        Kind::Boolean | Kind::Timestamp | Kind::Structure(_) => Vec::new(),
    }
}

fn lengths(min: u32, max: u32, value: impl Fn(usize) -> Value) -> Vec<(Value, Option<String>)> {
    let value = |length: u32| value(length as usize);
    let mut cases = vec![(value(min.max(1)), None), (value(max), None)];
    if let Some(below) = min.checked_sub(1) {
        let words = format!("Member must have length greater than or equal to {min}");
        cases.push((value(below), Some(words)));
    }
    let words = format!("Member must have length less than or equal to {max}");
    cases.push((value(max + 1), Some(words)));
    cases
}

/// A value that its kind allows.
fn sound(kind: &Kind) -> Value {
    match kind {
        Kind::Choice(choice) => Value::Text(choice.words[0].to_owned()),
        Kind::Structure(shape) => {
            let mut fields = Fields::new();
            for param in shape.members.iter().filter(|param| param.required) {
                fields.push(param.name, sound(&param.kind));
            }
            Value::Fields(fields)
        }
        Kind::Blob { .. } => Value::Blob(Vec::new()),
        _ => Value::Text("a".to_owned()),
    }
}
