//! The first gate of every request: the model's constraints, refused in the service's own words.

use std::fmt;

use crate::api::ApiError;
use crate::api::model::{Choice, Kind, Shape};
use crate::api::value::{Fields, Value};

/// The service lists no more than this many errors of one request.
const ERRORS_MAX: usize = 10;
/// A 32-bit number is as much as the validator sees of an integer.
const INTEGER_MAX: i64 = 2_147_483_647;

/// Refuses `input` if it breaks a constraint of `shape`, naming up to ten of them.
pub fn validate(shape: &Shape, input: &Fields) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.members(shape, input, &Place::Root);
    check.outcome()
}

/// Refuses if any member is absent that has to be there for a reason the model does not have.
pub fn absent(paths: impl Iterator<Item = String>) -> Result<(), ApiError> {
    let mut check = Check::default();
    paths.for_each(|path| check.absent(&path));
    check.outcome()
}

/// Whether a text, by itself, is one that [`validate`] lets through.
pub fn keeps(kind: &Kind, text: &str) -> bool {
    let pattern = if let Kind::Text { pattern, .. } = kind { *pattern } else { return false };
    has_length(kind, text.chars().count()) && pattern.is_none_or(|pattern| pattern.matches(text))
}

/// Whether a text of so many characters, so many bytes or a list of so many items is as long as
/// [`validate`] lets it be.
pub fn has_length(kind: &Kind, length: usize) -> bool {
    match kind {
        Kind::Text { min, max, .. } | Kind::List { min, max, .. } => {
            !is_outside(length, (*min, *max))
        }
        Kind::Blob { max } => !is_outside(length, (0, *max)),
        _ => false,
    }
}

/// A 32-bit number as the validator sees it: larger ones become its largest.
pub fn clamped(number: i64) -> i64 {
    number.min(INTEGER_MAX)
}

/// Where a value stands in a request, as errors write it: `records.1.member.partitionKey`.
///
/// It is written only if there is an error: texts made in advance, one a member of each record,
/// were together with the division of sequence numbers a third of a put's time.
enum Place<'a> {
    /// The request itself.
    Root,
    /// A member of a structure, as the model writes it.
    Member(&'a Place<'a>, &'a str),
    /// An item of a list, counted from 0.
    Item(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(Self::Root, name) => f.write_str(&lower_first(name)),
            Self::Member(parent, name) => write!(f, "{parent}.{}", lower_first(name)),
            Self::Item(list, index) => write!(f, "{list}.{}.member", index + 1),
        }
    }
}

#[derive(Default)]
struct Check {
    errors: Vec<String>,
}

impl Check {
    fn outcome(self) -> Result<(), ApiError> {
        let errors = self.errors;
        if errors.is_empty() {
            return Ok(());
        }
        let plural = if errors.len() == 1 { "" } else { "s" };
        let message = format!(
            "{} validation error{plural} detected: {}",
            errors.len(),
            joined(&errors, "; ")
        );
        Err(ApiError::new("ValidationException", message))
    }

    fn members(&mut self, shape: &Shape, input: &Fields, parent: &Place) {
        for param in shape.in_checked_order() {
            let place = Place::Member(parent, param.name);
            match input.member(param.name) {
                None | Some(Value::Null) if !param.required => {}
                None | Some(Value::Null) => self.absent(&place),
                Some(value) => self.value(&param.kind, value, &place),
            }
        }
    }

    fn absent(&mut self, place: &dyn fmt::Display) {
        self.add(format!(
            "Value null at '{place}' failed to satisfy constraint: Member must not be null"
        ));
    }

    fn value(&mut self, kind: &Kind, value: &Value, place: &Place) {
        for constraint in broken(kind, value) {
            let shown = shown(kind, value);
            self.add(format!(
                "Value '{shown}' at '{place}' failed to satisfy constraint: {constraint}"
            ));
        }
        match (kind, value) {
            (Kind::Structure(shape), Value::Fields(fields)) => {
                self.members(shape, fields, place);
            }
            (Kind::List { of: Kind::Structure(shape), .. }, Value::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if let Value::Fields(fields) = item {
                        self.members(shape, fields, &Place::Item(place, index));
                    }
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, error: String) {
        if self.errors.len() < ERRORS_MAX {
            self.errors.push(error);
        }
    }
}

/// The constraints `value` itself breaks: pattern first, then the lower bound, then the upper.
fn broken(kind: &Kind, value: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    match (kind, value) {
        (Kind::Text { min, max, pattern }, Value::Text(text)) => {
            if let Some(pattern) = pattern.filter(|pattern| !pattern.matches(text)) {
                broken.push(format!(
                    "Member must satisfy regular expression pattern: {}",
                    pattern.text()
                ));
            }
            lengths(&mut broken, text.chars().count(), *min, *max);
        }
        (Kind::Choice(choice), Value::Text(text)) if !choice.words.contains(&text.as_str()) => {
            broken.push(word_set(choice));
        }
        (Kind::Integer { min, max }, Value::Integer(number)) => {
            let number = clamped(*number);
            if let Some(min) = min.filter(|min| number < *min) {
                broken.push(format!("Member must have value greater than or equal to {min}"));
            }
            if let Some(max) = max.filter(|max| number > *max) {
                broken.push(format!("Member must have value less than or equal to {max}"));
            }
        }
        (Kind::Blob { max }, Value::Blob(bytes)) => lengths(&mut broken, bytes.len(), 0, *max),
        (Kind::List { min, max, of }, Value::List(items)) => {
            lengths(&mut broken, items.len(), *min, *max);
            broken.extend(broken_item(of, items));
        }
        (Kind::Map { min, max, keys, values }, Value::Map(entries)) => {
            lengths(&mut broken, entries.len(), *min, *max);
            let any_outside = |bounds: &(u32, u32), text: &dyn Fn(&(String, String)) -> usize| {
                entries.iter().any(|entry| is_outside(text(entry), *bounds))
            };
            if any_outside(keys, &|(key, _)| key.chars().count()) {
                broken.push(format!("Map keys must satisfy constraint: {}", both_lengths(*keys)));
            }
            if any_outside(values, &|(_, value)| value.chars().count()) {
                broken
                    .push(format!("Map value must satisfy constraint: {}", both_lengths(*values)));
            }
        }
        _ => {}
    }
    broken
}

/// Scalars of a list are refused as a whole list, without saying which.
fn broken_item(of: &Kind, items: &[Value]) -> Option<String> {
    let constraint = match of {
        Kind::Text { min, max, .. } => {
            let is_bad = |item: &Value| match item {
                Value::Text(text) => is_outside(text.chars().count(), (*min, *max)),
                _ => false,
            };
            items.iter().any(is_bad).then(|| both_lengths((*min, *max)))
        }
        Kind::Choice(choice) => {
            let is_bad = |item: &Value| match item {
                Value::Text(text) => !choice.words.contains(&text.as_str()),
                _ => false,
            };
            items.iter().any(is_bad).then(|| format!("[{}]", word_set(choice)))
        }
        _ => None,
    };
    constraint.map(|constraint| format!("Member must satisfy constraint: {constraint}"))
}

fn lengths(broken: &mut Vec<String>, length: usize, min: u32, max: u32) {
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    if length < min {
        broken.push(format!("Member must have length greater than or equal to {min}"));
    }
    if length > max {
        broken.push(format!("Member must have length less than or equal to {max}"));
    }
}

fn is_outside(length: usize, (min, max): (u32, u32)) -> bool {
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    length < min || length > max
}

fn both_lengths((min, max): (u32, u32)) -> String {
    format!(
        "[Member must have length less than or equal to {max}, \
         Member must have length greater than or equal to {min}]"
    )
}

/// Texts are joined as slices all over, and each kind of join is a KiB of wasm.
fn joined(texts: &[String], between: &str) -> String {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    texts.join(between)
}

fn word_set(choice: &Choice) -> String {
    format!("Member must satisfy enum value set: [{}]", choice.said.join(", "))
}

/// A value as the service's Java prints it.
fn shown(kind: &Kind, value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => clamped(*number).to_string(),
        Value::Decimal(number) => number.text().to_owned(),
        // No request has them.
        Value::Named(_) => String::new(),
        Value::Text(text) => text.clone(),
        Value::Word(word) => (*word).to_owned(),
        Value::Timestamp(at) => at.to_string(),
        Value::Blob(bytes) => {
            format!("java.nio.HeapByteBuffer[pos=0 lim={0} cap={0}]", bytes.len())
        }
        Value::List(items) => {
            let of = if let Kind::List { of, .. } = kind { of } else { kind };
            let items: Vec<String> = items.iter().map(|item| shown(of, item)).collect();
            format!("[{}]", joined(&items, ", "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key}={value}")).collect();
            format!("{{{}}}", joined(&entries, ", "))
        }
        Value::Fields(fields) => {
            let name = if let Kind::Structure(shape) = kind { shape.name } else { "" };
            format!("com.amazonaws.kinesis.v20131202.{name}@{:08x}", hash(fields))
        }
    }
}

/// Stands for Java's hash code: the same for the same content, otherwise without a meaning.
fn hash(fields: &Fields) -> u32 {
    let text = format!("{fields:?}");
    text.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)))
}

/// `StreamName` as validation errors write it: `streamName`, and `StreamARN` as `streamARN`.
fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;

    fn refused(operation: &str, input: &Fields) -> String {
        let operation = api::operation(operation).expect("an operation of the table");
        validate(&operation.input, input).expect_err("the input breaks a constraint").message
    }

    #[test]
    fn one_error_is_singular() {
        let input = Fields::new()
            .with("StreamName", "bad name!".to_owned())
            .with("PartitionKey", "a".to_owned())
            .with("Data", Value::Blob(b"a".to_vec()));
        assert_eq!(
            refused("PutRecord", &input),
            "1 validation error detected: Value 'bad name!' at 'streamName' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        );
    }

    #[test]
    fn absent_members_are_null_and_come_in_the_recorded_order() {
        assert_eq!(
            refused("SplitShard", &Fields::new()),
            "2 validation errors detected: Value null at 'newStartingHashKey' failed to satisfy \
             constraint: Member must not be null; Value null at 'shardToSplit' failed to satisfy \
             constraint: Member must not be null"
        );
    }

    #[test]
    fn pattern_comes_before_length() {
        let input = Fields::new().with("StreamName", String::new());
        assert_eq!(
            refused("DescribeStream", &input),
            "2 validation errors detected: Value '' at 'streamName' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at \
             'streamName' failed to satisfy constraint: Member must have length greater than or \
             equal to 1"
        );
    }

    #[test]
    fn a_partition_key_is_counted_in_characters() {
        let operation = api::operation("PutRecord").expect("an operation of the table");
        let put = |key: String| {
            Fields::new()
                .with("StreamName", "orders".to_owned())
                .with("Data", Value::Blob(Vec::new()))
                .with("PartitionKey", key)
        };
        assert_eq!(validate(&operation.input, &put("😀".repeat(256))), Ok(()));
        assert!(validate(&operation.input, &put("😀".repeat(257))).is_err());
    }

    #[test]
    fn items_are_counted_from_one_and_errors_stop_at_ten() {
        let entry = Value::Fields(Fields::new().with("PartitionKey", String::new()));
        let input =
            Fields::new().with("StreamName", "orders".to_owned()).with("Records", vec![entry; 6]);
        let message = refused("PutRecords", &input);
        assert!(message.starts_with(
            "10 validation errors detected: Value '' at 'records.1.member.partitionKey' failed to \
             satisfy constraint: Member must have length greater than or equal to 1; Value null at \
             'records.1.member.data' failed"
        ));
        assert_eq!(message.matches("; Value").count(), 9);
    }

    #[test]
    fn blobs_lists_and_maps_are_shown_as_java_shows_them() {
        let big = Value::Blob(vec![0; 10_485_761]);
        let input = Fields::new().with("Data", big).with("PartitionKey", "a".to_owned());
        assert!(refused("PutRecord", &input).contains(
            "Value 'java.nio.HeapByteBuffer[pos=0 lim=10485761 cap=10485761]' at 'data' failed to \
             satisfy constraint: Member must have length less than or equal to 10485760"
        ));
        let keys = vec![Value::Text("a".to_owned()), Value::Text(String::new())];
        assert!(refused("RemoveTagsFromStream", &Fields::new().with("TagKeys", keys)).contains(
            "Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy \
             constraint: [Member must have length less than or equal to 128, Member must have \
             length greater than or equal to 1]"
        ));
        let tags = Value::Map(vec![("a".to_owned(), "b".repeat(257))]);
        assert!(refused("AddTagsToStream", &Fields::new().with("Tags", tags)).contains(
            "Map value must satisfy constraint: [Member must have length less than or equal to 256"
        ));
    }

    #[test]
    fn words_outside_a_set_are_told_the_set_in_the_recorded_order() {
        let input = Fields::new()
            .with("ShardId", "shardId-000000000000".to_owned())
            .with("ShardIteratorType", "NEWEST".to_owned());
        assert!(refused("GetShardIterator", &input).ends_with(
            "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, \
             AT_SEQUENCE_NUMBER, TRIM_HORIZON]"
        ));
    }

    #[test]
    fn huge_numbers_are_clamped_before_they_are_compared() {
        let input = Fields::new().with("Limit", 1_i64 << 40);
        assert!(refused("ListStreams", &input).contains("Value '2147483647' at 'limit'"));
    }
}
