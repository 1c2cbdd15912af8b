//! The options of every command, and the words that are left for the command.
//!
//! The real one looks for them first, wherever they stand, and hands on what it does not know.

use super::print::{Format, Style};
use super::query::Query;
use super::{python, usage};
use crate::console::output::Output;

/// What the options of every command ask for.
#[derive(Clone, Debug, Default)]
pub struct Globals {
    /// How the answer is printed.
    pub style: Style,
    /// The form of `--output`, if it was typed; else the environment says it.
    pub format: Option<Format>,
    /// How blobs were typed.
    pub binary_format: BinaryFormat,
    /// Whose credentials sign the request.
    pub profile: Option<String>,
    /// Whether `--no-paginate` was typed.
    pub is_one_page: bool,
    /// Whether the requests and the answers are shown.
    pub is_debug: bool,
    /// Whether `--no-sign-request` was typed.
    pub is_unsigned: bool,
}

/// How blobs are written on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BinaryFormat {
    /// As base64, which is what the command line wants since its version 2.
    #[default]
    Base64,
    /// As they are.
    Raw,
}

/// What the words after `aws` say, before any command reads them.
pub struct Split<'a> {
    /// The options of every command.
    pub globals: Globals,
    /// The service, and the operation.
    pub commands: Vec<&'a str>,
    /// What is left for the operation.
    pub rest: Vec<&'a str>,
}

/// How many words follow an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Nothing,
    Text,
    Integer,
    OneOf(&'static [&'static str]),
}

const FORMATS: &[&str] = &["json", "text", "table", "yaml", "yaml-stream"];
const BINARY_FORMATS: &[&str] = &["base64", "raw-in-base64-out"];

/// In the order of the real one. Options without an effect here are taken and say nothing: one
/// Region, one endpoint, no pager, no colors, and a service that answers at once.
const GLOBALS: &[(&str, Takes)] = &[
    ("--debug", Takes::Nothing),
    ("--endpoint-url", Takes::Text),
    ("--no-verify-ssl", Takes::Nothing),
    ("--no-paginate", Takes::Nothing),
    ("--output", Takes::OneOf(FORMATS)),
    ("--query", Takes::Text),
    ("--profile", Takes::Text),
    ("--region", Takes::Text),
    ("--version", Takes::Nothing),
    ("--color", Takes::OneOf(&["on", "off", "auto"])),
    ("--no-sign-request", Takes::Nothing),
    ("--ca-bundle", Takes::Text),
    ("--cli-read-timeout", Takes::Integer),
    ("--cli-connect-timeout", Takes::Integer),
    ("--cli-binary-format", Takes::OneOf(BINARY_FORMATS)),
    ("--no-cli-pager", Takes::Nothing),
    ("--cli-auto-prompt", Takes::Nothing),
    ("--no-cli-auto-prompt", Takes::Nothing),
];

/// Options of every command, as completion lists them.
pub fn names() -> impl Iterator<Item = &'static str> {
    GLOBALS.iter().map(|row| row.0)
}

/// Whether a word is an option of every command that the next word belongs to.
pub fn takes_value(word: &str) -> bool {
    GLOBALS.iter().any(|row| row.0 == word && row.1 != Takes::Nothing)
}

/// What an option says that is written out; the last one counts.
pub fn value<'a>(words: &'a [String], name: &str) -> Option<&'a str> {
    let inline = |word: &'a String| inline_value(word).1.filter(|_| inline_value(word).0 == name);
    let place = words.iter().rposition(|word| word == name || inline(word).is_some())?;
    inline(&words[place]).or_else(|| words.get(place + 1).map(String::as_str))
}

/// The words an option of every command may be given, if there is a closed set of them.
pub fn choices(name: &str) -> &'static [&'static str] {
    match GLOBALS.iter().find(|row| row.0 == name) {
        Some((_, Takes::OneOf(choices))) => choices,
        _ => &[],
    }
}

/// Takes the options of every command out of the words after `aws`.
pub fn split(words: &[String]) -> Result<Split<'_>, Output> {
    let mut split = Split { globals: Globals::default(), commands: Vec::new(), rest: Vec::new() };
    let mut query = None;
    let mut endpoint = None;
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        if !is_option(word) {
            if split.commands.len() < 2 {
                split.commands.push(word);
            } else {
                split.rest.push(word);
            }
            continue;
        }
        let (typed, inline) = inline_value(word);
        let Some((name, takes)) = find(typed)? else {
            split.rest.push(word);
            continue;
        };
        let value = match (takes, inline) {
            (Takes::Nothing, Some(value)) => return Err(usage::ignored(name, value)),
            (Takes::Nothing, None) => "",
            (_, Some(value)) => value,
            (_, None) => {
                let next = words.next_if(|word| !is_option(word));
                next.ok_or_else(|| usage::expected_one(name))?
            }
        };
        check(name, takes, value)?;
        match name {
            "--version" => return Ok(Split { commands: vec!["--version"], ..split }),
            "--query" => query = Some(value),
            "--endpoint-url" => endpoint = Some(value),
            _ => set(&mut split.globals, name, value),
        }
    }
    if split.commands.is_empty() {
        return Err(usage::error("the following arguments are required: command"));
    }
    if let Some(text) = query {
        split.globals.style.query = Some(Query::new(text).map_err(|error| {
            usage::bad_parameter(&format!("Bad value for --query {text}: {error}"))
        })?);
    }
    match endpoint {
        Some(url) if !has_scheme(url) => Err(usage::bad_parameter(&format!(
            "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form \
             http://<hostname>/ or https://<hostname>/"
        ))),
        _ => Ok(split),
    }
}

fn set(globals: &mut Globals, name: &str, value: &str) {
    match name {
        "--output" => {
            globals.format = Format::named(value);
            globals.style.format = globals.format.unwrap_or_default();
        }
        "--cli-binary-format" if value == "base64" => globals.binary_format = BinaryFormat::Base64,
        "--cli-binary-format" => globals.binary_format = BinaryFormat::Raw,
        "--profile" => globals.profile = Some(value.to_owned()),
        "--no-paginate" => globals.is_one_page = true,
        "--debug" => globals.is_debug = true,
        "--no-sign-request" => globals.is_unsigned = true,
        _ => {}
    }
}

fn check(name: &str, takes: Takes, value: &str) -> Result<(), Output> {
    match takes {
        Takes::Integer if python::int(value).is_none() => Err(usage::invalid_int(name, value)),
        Takes::OneOf(choices) if !choices.contains(&value) => {
            Err(usage::invalid_choice(name, value, choices))
        }
        _ => Ok(()),
    }
}

fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|char: char| char.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// The option of every command that is called `typed`, or the only one that begins so.
fn find(typed: &str) -> Result<Option<(&'static str, Takes)>, Output> {
    if let Some(row) = GLOBALS.iter().find(|row| row.0 == typed) {
        return Ok(Some(*row));
    }
    let is_long = typed.starts_with("--") && typed.len() > 2;
    let near: Vec<_> = GLOBALS.iter().filter(|row| is_long && row.0.starts_with(typed)).collect();
    match near[..] {
        [] => Ok(None),
        [row] => Ok(Some(*row)),
        _ => Err(usage::ambiguous(typed, near.iter().map(|row| row.0))),
    }
}

/// An option's name and the value behind its `=`.
pub fn inline_value(word: &str) -> (&str, Option<&str>) {
    match word.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    }
}

/// Whether a word is an option rather than a value: it begins with a hyphen, but is neither a
/// hyphen alone nor a number, and has no blanks.
pub fn is_option(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-') else { return false };
    let is_number = !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && rest.bytes().filter(|byte| *byte == b'.').count() <= 1
        && !rest.ends_with('.');
    let before_value = inline_value(word).0;
    !rest.is_empty() && !is_number && !before_value.contains(' ')
}
