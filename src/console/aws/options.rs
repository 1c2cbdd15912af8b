//! The options of a command, computed from its operation's parameters.

use super::params::{BinaryFormat, Typed};
use super::unpack::{Flag, unpack};
use super::{python, usage};
use crate::api::Operation;
use crate::api::model::{Kind, Param};
use crate::console::output::Output;

/// What the words after the operation's name ask for.
#[derive(Debug, Default)]
pub struct Options {
    /// The operation's parameters, not yet checked.
    pub typed: Typed,
    /// How blobs were typed.
    pub binary_format: BinaryFormat,
    /// Whose credentials sign the request.
    pub profile: Option<String>,
}

/// `StreamName` as the command line writes it: `stream-name`.
pub fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut was_lower = false;
    for char in name.chars() {
        if char.is_ascii_uppercase() && was_lower {
            kebab.push('-');
        }
        was_lower = char.is_ascii_lowercase() || char.is_ascii_digit();
        kebab.push(char.to_ascii_lowercase());
    }
    kebab
}

/// Options that every command takes, with how many values each.
const GLOBALS: &[(&str, Arity)] = &[
    ("--region", Arity::One),
    ("--profile", Arity::One),
    ("--endpoint-url", Arity::One),
    ("--output", Arity::One),
    ("--cli-binary-format", Arity::One),
    ("--no-cli-pager", Arity::None),
    ("--no-verify-ssl", Arity::None),
    ("--no-sign-request", Arity::None),
];

/// Options of the real command line that are not here, with what does the job.
const MISSING: &[(&str, Arity, &str)] = &[
    ("--query", Arity::One, "the whole answer is printed"),
    ("--cli-input-json", Arity::One, "write the parameters as options"),
    ("--generate-cli-skeleton", Arity::None, "`lab help` and the operation's options say as much"),
    ("--no-paginate", Arity::None, "give a page's length or start to get one page"),
    ("--max-items", Arity::One, "give a page's length to get one page"),
    ("--page-size", Arity::One, "give a page's length to get one page"),
    ("--starting-token", Arity::One, "give the page's start itself"),
    ("--debug", Arity::None, "the journal shows every line"),
    ("--color", Arity::One, "answers have no colors"),
    ("--cli-read-timeout", Arity::One, "the service answers at once"),
    ("--cli-connect-timeout", Arity::One, "the service answers at once"),
];

/// How many words follow an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arity {
    None,
    One,
    Any,
}

/// An option with the words that follow it.
struct Given<'a> {
    option: Known,
    values: Vec<&'a str>,
}

/// What an option sets.
#[derive(Clone, Copy)]
enum Known {
    Param(&'static Param),
    /// A boolean parameter, switched off.
    No(&'static Param),
    Global(&'static str),
    Missing(&'static str, &'static str),
}

impl Known {
    fn arity(self) -> Arity {
        match self {
            Self::Param(param) => match param.kind {
                Kind::Boolean => Arity::None,
                Kind::List { .. } => Arity::Any,
                _ => Arity::One,
            },
            Self::No(_) => Arity::None,
            Self::Global(name) => {
                GLOBALS.iter().find(|(global, _)| *global == name).map_or(Arity::None, |row| row.1)
            }
            Self::Missing(name, _) => {
                MISSING.iter().find(|row| row.0 == name).map_or(Arity::None, |row| row.1)
            }
        }
    }
}

/// Takes the commands (`kinesis put-record`) out of the words after `aws`; the options of every
/// command may stand before them as well as after.
pub fn split_commands(words: &[String]) -> (Vec<&str>, Vec<String>) {
    let (mut commands, mut rest) = (Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if commands.len() == 2 || is_option(word) {
            rest.push(word.clone());
            let takes_one = GLOBALS.contains(&(word, Arity::One));
            if commands.len() < 2 && takes_one {
                rest.extend(words.next().cloned());
            }
        } else {
            commands.push(word.as_str());
        }
    }
    (commands, rest)
}

/// Reads the words after the operation's name, as far as the command line itself judges them.
pub fn read(operation: &'static Operation, words: &[String]) -> Result<Options, Output> {
    let (given, unknown) = take_apart(operation, words)?;
    let has = |param: &Param| given.iter().any(|given| sets(given, param));
    let absent = operation.input.members.iter().filter(|param| param.required && !has(param));
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
        global(&mut options, given)?;
    }
    for param in operation.input.members {
        for given in given.iter().filter(|given| sets(given, param)) {
            let flag = if matches!(given.option, Known::No(_)) { Flag::Off } else { Flag::On };
            let value = unpack(param, &option_name(param), flag, &given.values)?;
            options.typed.insert(param.name.to_owned(), value);
        }
    }
    Ok(options)
}

/// The options of an operation by name, as help and completion list them.
pub fn names(operation: &'static Operation) -> impl Iterator<Item = (String, &'static Param)> {
    operation.input.members.iter().map(|param| (option_name(param), param))
}

fn option_name(param: &Param) -> String {
    format!("--{}", kebab(param.name))
}

fn sets(given: &Given<'_>, param: &Param) -> bool {
    match given.option {
        Known::Param(set) | Known::No(set) => set.name == param.name,
        Known::Global(_) | Known::Missing(..) => false,
    }
}

fn take_apart<'a>(
    operation: &'static Operation,
    words: &'a [String],
) -> Result<(Vec<Given<'a>>, Vec<String>), Output> {
    let (mut given, mut unknown) = (Vec::new(), Vec::new());
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) if is_option(word) => (name, Some(value)),
            _ => (word, None),
        };
        let Some((name, option)) =
            is_option(word).then(|| find(operation, name)).transpose()?.flatten()
        else {
            unknown.push(word.to_owned());
            continue;
        };
        let mut values: Vec<&str> = inline.into_iter().collect();
        match option.arity() {
            Arity::None => {
                if let Some(value) = inline {
                    let value = python::quoted(value);
                    return Err(usage::error(&format!(
                        "argument {name}: ignored explicit argument {value}"
                    )));
                }
            }
            Arity::One if inline.is_none() => match words.next_if(|word| !is_option(word)) {
                Some(value) => values.push(value),
                None => {
                    return Err(usage::error(&format!("argument {name}: expected one argument")));
                }
            },
            Arity::Any if inline.is_none() => {
                while let Some(value) = words.next_if(|word| !is_option(word)) {
                    values.push(value);
                }
            }
            Arity::One | Arity::Any => {}
        }
        given.push(Given { option, values });
    }
    Ok((given, unknown))
}

/// Whether a word is an option rather than a value: it begins with a hyphen, but is neither a
/// hyphen alone nor a number, and has no blanks.
fn is_option(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-') else { return false };
    let is_number = !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && rest.bytes().filter(|byte| *byte == b'.').count() <= 1
        && !rest.ends_with('.');
    let before_value = word.split_once('=').map_or(word, |(name, _)| name);
    !rest.is_empty() && !is_number && !before_value.contains(' ')
}

/// The option called `name`, or the only one that begins so.
fn find(operation: &'static Operation, name: &str) -> Result<Option<(String, Known)>, Output> {
    let mut all: Vec<(String, Known)> = Vec::new();
    for param in operation.input.members {
        all.push((option_name(param), Known::Param(param)));
        if param.kind == Kind::Boolean {
            all.push((format!("--no-{}", kebab(param.name)), Known::No(param)));
        }
    }
    all.extend(GLOBALS.iter().map(|(name, _)| ((*name).to_owned(), Known::Global(name))));
    all.extend(
        MISSING.iter().map(|(name, _, why)| ((*name).to_owned(), Known::Missing(name, why))),
    );
    if let Some(at) = all.iter().position(|(option, _)| option == name) {
        return Ok(Some(all.swap_remove(at)));
    }
    all.retain(|(option, _)| name.len() > 2 && option.starts_with(name));
    if all.len() > 1 {
        let names: Vec<&str> = all.iter().map(|(option, _)| option.as_str()).collect();
        let names = names.join(", ");
        return Err(usage::error(&format!("ambiguous option: {name} could match {names}")));
    }
    Ok(all.pop())
}

fn global(options: &mut Options, given: &Given<'_>) -> Result<(), Output> {
    let value = given.values.first().copied().unwrap_or_default();
    match given.option {
        Known::Missing(name, instead) => {
            Err(Output::failure(252, format!("\n{name} is not part of this console: {instead}\n")))
        }
        Known::Global("--output") => match value {
            "json" => Ok(()),
            "text" | "table" | "yaml" | "yaml-stream" => Err(Output::failure(
                252,
                format!("\n--output {value} is not part of this console: answers are JSON\n"),
            )),
            _ => {
                let choices = ["json", "text", "table", "yaml", "yaml-stream"].map(str::to_owned);
                Err(usage::invalid_choice("--output", value, &choices))
            }
        },
        Known::Global("--profile") => {
            options.profile = Some(value.to_owned());
            Ok(())
        }
        Known::Global("--cli-binary-format") => {
            options.binary_format = match value {
                "base64" => BinaryFormat::Base64,
                "raw-in-base64-out" => BinaryFormat::Raw,
                _ => {
                    let choices = ["base64", "raw-in-base64-out"].map(str::to_owned);
                    return Err(usage::invalid_choice("--cli-binary-format", value, &choices));
                }
            };
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use serde_json::{Value as Json, json};

    fn read_line(operation: &str, line: &str) -> Result<Json, Output> {
        let operation = api::operation(operation).expect("an operation of the table");
        let words = crate::console::lex::words(line).expect("a line of plain words");
        read(operation, &words).map(|options| Json::Object(options.typed))
    }

    fn refused(operation: &str, line: &str) -> (u8, String) {
        let output = read_line(operation, line).expect_err("a line that is refused");
        let last = output.stderr.trim_end().rsplit("\n\n").next().unwrap_or_default().to_owned();
        (output.status, last)
    }

    #[test]
    fn names_are_computed() {
        for (name, option) in [
            ("StreamARN", "stream-arn"),
            ("MaxRecordSizeInKiB", "max-record-size-in-ki-b"),
            ("WarmThroughputMiBps", "warm-throughput-mi-bps"),
            ("GetShardIterator", "get-shard-iterator"),
        ] {
            assert_eq!(kebab(name), option);
        }
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
            (
                "ListStreams",
                "--query StreamNames",
                252,
                "--query is not part of this console: the whole answer is printed",
            ),
        ] {
            let (at, last) = refused(operation, line);
            assert_eq!((at, last.trim_start()), (status, words), "{line}");
        }
    }
}
