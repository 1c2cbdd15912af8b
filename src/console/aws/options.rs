//! The options of a command, computed from its operation's parameters.

mod given;
mod table;

pub use table::{extras, names};

use serde_json::Value as Json;

use super::globals::{BinaryFormat, Globals};
use super::naming::option_name;
use super::pages::Part;
use super::service::row;
use super::skeleton::{self, SKELETONS};
use super::unpack::{Flag, Unpacked, paramfile, unpack};
use super::{python, usage, yaml};
use crate::api::Operation;
use crate::api::model::{Pages, Param};
use crate::console::output::Output;
use crate::console::surroundings::Surroundings;
use given::{Given, Known, sets, take_apart};
use table::{EXTRAS, SKELETON};

/// Parameters as they were typed, in the order of the model.
pub type Typed = serde_json::Map<String, Json>;

/// What the words after the operation's name ask for.
#[derive(Debug, Default)]
pub struct Options {
    /// The operation's parameters, not yet checked.
    pub typed: Typed,
    /// Parameters that were read from `fileb://`, which are never base64.
    pub blobs: Vec<(&'static str, Vec<u8>)>,
    /// What part of the pages is asked for.
    pub part: Part,
    /// Whether one page is asked for, as the service sends it.
    pub is_one_page: bool,
    /// Which form to print instead of sending a request.
    pub skeleton: Option<&'static str>,
    /// What `--cli-input-json` or `--cli-input-yaml` says, not yet read, and which of them.
    pub input: Option<(&'static str, String)>,
}

/// Reads what is left for the operation, as far as the command line itself judges it.
pub fn read(
    operation: &'static Operation,
    words: &[&str],
    globals: &Globals,
    around: &Surroundings<'_>,
) -> Result<Options, Output> {
    let (given, unknown) = take_apart(operation, words)?;
    let has = |param: &Param| given.iter().any(|given| sets(given, param));
    let required = operation.input.members.iter().filter(|param| param.required);
    let absent = required.filter(|param| !waives(words) && !has(param));
    let absent: Vec<String> = absent.map(option_name).collect();
    if !absent.is_empty() {
        let absent = absent.join(", ");
        return Err(usage::error(&format!("the following arguments are required: {absent}")));
    }
    if !unknown.is_empty() {
        return Err(usage::unknown(&unknown));
    }
    let mut options = Options::default();
    for given in &given {
        if let Known::Extra(name) = given.option {
            extra(&mut options, name, given.values.first().copied())?;
        }
    }
    options.is_one_page = globals.is_one_page || has_manual_page(operation, &given);
    if options.is_one_page {
        options.part.refuse()?;
    }
    for param in operation.input.members {
        for given in given.iter().filter(|given| sets(given, param)) {
            let flag = if matches!(given.option, Known::No(_)) { Flag::Off } else { Flag::On };
            match unpack(param, &option_name(param), flag, &given.values, around)? {
                Unpacked::Text(value) => drop(options.typed.insert(param.name.to_owned(), value)),
                Unpacked::Bytes(bytes) => options.blobs.push((param.name, bytes)),
            }
        }
    }
    if let Some((name, text)) = options.input.take() {
        let input = read_input(name, &text, globals, around)?;
        merge(&mut options, input);
    }
    Ok(options)
}

/// Whether an option is there that waives required ones.
fn waives(words: &[&str]) -> bool {
    let skeleton = words.iter().position(|word| *word == SKELETON);
    words.contains(&EXTRAS[0])
        || words.contains(&EXTRAS[1])
        || skeleton.is_some_and(|at| words.get(at + 1) != Some(&skeleton::OUTPUT))
}

/// Whether a page's length or start was typed: who does so turns pages by hand.
fn has_manual_page(operation: &Operation, given: &[Given<'_>]) -> bool {
    let Some(pages) = &row(operation).pages else { return false };
    let is_manual = |param: &Param| is_page_parameter(pages, param.name);
    operation
        .input
        .members
        .iter()
        .any(|param| is_manual(param) && given.iter().any(|given| sets(given, param)))
}

fn is_page_parameter(pages: &Pages, name: &str) -> bool {
    // ListStreams knew another start before it knew tokens.
    name == pages.input_token || name == pages.limit || name == "ExclusiveStartStreamName"
}

fn extra(options: &mut Options, name: &'static str, value: Option<&str>) -> Result<(), Output> {
    let text = value.unwrap_or_default();
    match name {
        "--cli-input-json" | "--cli-input-yaml" => {
            let other = options.input.replace((name, text.to_owned()));
            if other.is_some_and(|other| other.0 != name) {
                let words = "Only one --cli-input- parameter may be specified.";
                return Err(usage::bad_parameter(words));
            }
        }
        SKELETON => {
            let value = value.unwrap_or(SKELETONS[0]);
            let known = SKELETONS.iter().find(|known| **known == value);
            let refuse = || usage::invalid_choice(SKELETON, value, SKELETONS);
            options.skeleton = Some(known.copied().ok_or_else(refuse)?);
        }
        "--starting-token" => options.part.starting_token = Some(text.to_owned()),
        _ => {
            let number = python::int(text).ok_or_else(|| usage::invalid_int(name, text))?;
            let part = &mut options.part;
            *(if name == "--max-items" { &mut part.max_items } else { &mut part.page_size }) =
                Some(number);
        }
    }
    Ok(())
}

/// The members that `--cli-input-json` or `--cli-input-yaml` names.
fn read_input(
    option: &str,
    text: &str,
    globals: &Globals,
    around: &Surroundings<'_>,
) -> Result<Typed, Output> {
    let refuse = |option: &str, why: &str| {
        usage::bad_parameter(&format!("Error parsing parameter '{option}': {why}"))
    };
    let name = option.trim_start_matches('-');
    let bytes = paramfile(text, option, around)?.unwrap_or_default();
    let value = if option == EXTRAS[0] {
        serde_json::from_slice(&bytes).map_err(|_| refuse(name, "Invalid JSON received."))?
    } else {
        let document = std::str::from_utf8(&bytes).map_err(|_| yaml::Fault::Invalid);
        let document = document.and_then(yaml::read).map_err(|fault| match fault {
            yaml::Fault::Invalid => refuse(name, "Invalid YAML received."),
            yaml::Fault::LeftOut(why) => refuse(option, why),
        })?;
        if document.has_bytes && globals.binary_format == BinaryFormat::Raw {
            return Err(refuse(option, RAW_BYTES));
        }
        document.value
    };
    match value {
        Json::Object(members) => Ok(members),
        other => {
            let class = python::class(&other);
            Err(refuse(option, &format!("Invalid type: expecting map, received {class}")))
        }
    }
}

/// Our own: the real one has bytes here.
const RAW_BYTES: &str = "!!binary is left out with --cli-binary-format raw-in-base64-out: write \
    the text itself";

/// Puts members under what was typed as options.
fn merge(options: &mut Options, members: Typed) {
    for (name, value) in members {
        let is_typed = options.blobs.iter().any(|blob| blob.0 == name);
        if !is_typed && !options.typed.contains_key(&name) {
            options.typed.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::console::aws::globals;
    use crate::console::aws::naming::kebab;
    use crate::console::variables::Variables;
    use serde_json::json;

    fn read_line(operation: &str, line: &str) -> Result<Json, Output> {
        let operation = api::operation(operation).expect("an operation of the table");
        let line = format!("kinesis {} {line}", kebab(operation.name));
        let words = crate::console::lex::words(&line).expect("a line of plain words");
        let split = globals::split(&words)?;
        let variables = Variables::default();
        let around = Surroundings::new(&variables, &[]);
        let options = read(operation, &split.rest, &split.globals, &around)?;
        Ok(Json::Object(options.typed))
    }

    fn refused(operation: &str, line: &str) -> (u8, String) {
        let output = read_line(operation, line).expect_err("a line that is refused");
        let last = output.stderr.trim_end().rsplit("\n\n").next().unwrap_or_default().to_owned();
        (output.status, last)
    }

    #[test]
    fn values_follow_in_all_the_forms_of_the_real_one() {
        let typed = read_line(
            "PutRecord",
            r#"--stream-name=orders --data={\"a\":\"b=c\"} --partition-key -1 --region us-east-1"#,
        );
        let expected = json!({"StreamName": "orders", "Data": "{\"a\":\"b=c\"}",
            "PartitionKey": "-1"});
        assert_eq!(typed, Ok(expected));
        let typed = read_line("PutRecords", "--stream x --records Data=a,PartitionKey=b Data=c");
        let expected = json!({"StreamName": "x",
            "Records": [{"Data": "a", "PartitionKey": "b"}, {"Data": "c"}]});
        assert_eq!(typed.expect_err("ambiguous").status, 252);
        let typed = read_line("PutRecords", "--stream-n x --records Data=a,PartitionKey=b Data=c");
        assert_eq!(
            typed.map(|mut typed| typed.as_object_mut().map(std::mem::take)),
            Ok(expected.as_object().cloned())
        );
        let typed = read_line("PutRecords", r#"--records '[{"Data":"a"}]'"#);
        assert_eq!(typed, Ok(json!({"Records": [{"Data": "a"}]})));
        let typed = read_line("DeleteStream", "--stream-name x --no-enforce-consumer-deletion");
        assert_eq!(typed, Ok(json!({"StreamName": "x", "EnforceConsumerDeletion": false})));
        let typed = read_line("AddTagsToStream", "--tags env=dev,team=x");
        assert_eq!(typed, Ok(json!({"Tags": {"env": "dev", "team": "x"}})));
        let typed = read_line("RemoveTagsFromStream", "--tag-keys a b");
        assert_eq!(typed, Ok(json!({"TagKeys": ["a", "b"]})));
    }

    #[test]
    fn the_line_itself_is_refused_as_the_real_one_refuses_it() {
        for (operation, line, status, words) in [
            (
                "PutRecord",
                "--stream-name x --foo",
                252,
                "aws: error: the following arguments are required: --data",
            ),
            ("ListStreams", "--foo bar", 252, "Unknown options: --foo, bar"),
            ("ListStreams", "--limit 5 6", 252, "Unknown options: 6"),
            ("ListStreams", "--limit", 252, "aws: error: argument --limit: expected one argument"),
            ("ListStreams", "--limit abc", 255, "invalid literal for int() with base 10: 'abc'"),
            (
                "DeleteStream",
                "--enforce-consumer-deletion=3",
                252,
                "aws: error: argument --enforce-consumer-deletion: ignored explicit argument '3'",
            ),
            (
                "CreateStream",
                "--stream-name x --stream-mode-details foo",
                252,
                "Error parsing parameter '--stream-mode-details': Expected: '=', received: 'EOF' \
                 for input:\nfoo\n   ^",
            ),
        ] {
            let (at, last) = refused(operation, line);
            assert_eq!((at, last.trim_start()), (status, words), "{line}");
        }
    }
}
