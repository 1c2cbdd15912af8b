//! What may be typed next: commands, options, and the names of what the world holds.

use super::aws::{self, globals};
use super::lab::VERBS;
use super::state::Console;
use crate::api::Operation;
use crate::api::model::{Kind, Param};
use crate::engine::service::account::Account;
use crate::engine::service::stream::Stream;
use crate::engine::sorted::sort_shared;

/// What may stand at a place of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// Where the word begins that they replace, in bytes of the line.
    pub start: usize,
    /// The words: those of the tables in the order of the tables, names of the world sorted.
    pub words: Vec<String>,
}

/// The words that may stand at `cursor` (in bytes) of a line, given what is before it.
///
/// It looks and changes nothing. A cursor beyond the line or inside a letter stands at the letter
/// before.
pub fn complete(console: &Console, line: &str, cursor: usize) -> Completions {
    let mut cursor = cursor.min(line.len());
    while !line.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let (words, start) = split(&line[..cursor]);
    let Some((typed, before)) = words.split_last() else { return Completions::default() };
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    // After `--name=` the value is what is completed.
    let (name, typed, start) = match typed.split_once('=') {
        Some((name, value)) if name.starts_with("--") => {
            (Some(name), value, start + name.len() + 1)
        }
        _ => (None, typed.as_str(), start),
    };
    let mut found = match before.split_first() {
        None => vec!["aws".to_owned(), "lab".to_owned()],
        Some((&"aws", rest)) => of_aws(console, rest, name),
        Some((&"lab", rest)) => of_lab(console, rest, name),
        Some(_) => Vec::new(),
    };
    found.retain(|word| word.starts_with(typed));
    Completions { start, words: found }
}

/// The words of the last command of a line, the last of which (perhaps empty) is being typed, and
/// where that one begins.
fn split(line: &str) -> (Vec<String>, usize) {
    let (mut words, mut word, mut start) = (Vec::new(), String::new(), 0);
    let mut quote = None;
    let mut chars = line.char_indices();
    while let Some((at, char)) = chars.next() {
        let next = at + char.len_utf8();
        match (quote, char) {
            (Some(open), char) if open == char => quote = None,
            (None, '\'' | '"') => quote = Some(char),
            (None | Some('"'), '\\') => word.extend(chars.next().map(|(_, char)| char)),
            (None, ';' | '|' | '&' | '(' | '`' | '\n') => {
                words.clear();
                word.clear();
                start = next;
            }
            (None, char) if char.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                start = next;
            }
            (_, char) => word.push(char),
        }
    }
    words.push(word);
    (words, start)
}

fn of_aws(console: &Console, words: &[&str], inline: Option<&str>) -> Vec<String> {
    let is_command = |at: usize| {
        let before = at.checked_sub(1).map(|before| words[before]);
        !words[at].starts_with('-') && !before.is_some_and(globals::takes_value)
    };
    let commands: Vec<&&str> =
        (0..words.len()).filter(|at| is_command(*at)).map(|at| &words[at]).collect();
    let option = inline.or_else(|| words.last().copied().filter(|word| word.starts_with("--")));
    if let Some(option) = option {
        let choices = globals::choices(option);
        if !choices.is_empty() {
            return choices.iter().map(|word| (*word).to_owned()).collect();
        }
    }
    match commands[..] {
        [] => vec!["kinesis".to_owned(), "help".to_owned()],
        [&"kinesis"] => {
            let operations = aws::operations().map(|operation| aws::kebab(operation.name));
            operations.chain(["wait".to_owned(), "help".to_owned()]).collect()
        }
        [&"kinesis", name, ..] => {
            let operation = aws::operations().find(|row| aws::kebab(row.name) == **name);
            operation.map_or_else(Vec::new, |row| of_operation(console, row, words, option, inline))
        }
        _ => Vec::new(),
    }
}

fn of_operation(
    console: &Console,
    operation: &'static Operation,
    words: &[&str],
    option: Option<&str>,
    inline: Option<&str>,
) -> Vec<String> {
    let param = |name: &str| aws::option_names(operation).find(|row| row.0 == name);
    let values =
        option.and_then(param).map_or_else(Vec::new, |(_, param)| of_param(console, param, words));
    if inline.is_some() || !values.is_empty() {
        return values;
    }
    let is_new =
        |name: &String| !words.iter().any(|word| globals::inline_value(word).0 == name.as_str());
    let own = aws::option_names(operation).map(|(name, _)| name);
    let others = aws::extra_names(operation).chain(globals::names()).map(str::to_owned);
    own.chain(others).filter(is_new).collect()
}

/// The values that a parameter may have, as far as they can be listed.
fn of_param(console: &Console, param: &Param, words: &[&str]) -> Vec<String> {
    let service = console.simulation().service();
    let account = &service.settings().account;
    let mut streams = service.streams();
    match &param.kind {
        Kind::Choice(choice) => choice.words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::List { of: Kind::Choice(choice), .. } => {
            choice.words.iter().map(|word| (*word).to_owned()).collect()
        }
        _ => sorted(match param.name {
            "StreamName" => streams.map(|stream| stream.name.to_string()).collect(),
            "StreamARN" => streams.map(|stream| stream.name.arn(account)).collect(),
            "ConsumerName" => {
                let names = streams.flat_map(|stream| stream.consumers.iter());
                names.map(|consumer| consumer.name.to_string()).collect()
            }
            "ConsumerARN" => streams.flat_map(|stream| consumer_arns(account, stream)).collect(),
            "ResourceARN" => {
                let arns = streams.flat_map(|stream| {
                    let mut arns = consumer_arns(account, stream);
                    arns.insert(0, stream.name.arn(account));
                    arns
                });
                arns.collect()
            }
            name if name.contains("Shard") && matches!(param.kind, Kind::Text { .. }) => {
                let is_iterator = name.contains("Iterator");
                let named = named_stream(words);
                let is_meant =
                    |stream: &&Stream| named.is_none_or(|name| is_called(account, stream, name));
                let stream = streams.find(is_meant).filter(|_| !is_iterator);
                let shards = stream.map_or(&[][..], Stream::shards);
                shards.iter().map(|shard| shard.id.to_string()).collect()
            }
            _ => Vec::new(),
        }),
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    sort_shared(&mut names);
    names
}

fn consumer_arns(account: &Account, stream: &Stream) -> Vec<String> {
    stream.consumers.iter().map(|consumer| consumer.arn(account, &stream.name)).collect()
}

fn is_called(account: &Account, stream: &Stream, name: &str) -> bool {
    stream.name.to_string() == name || stream.name.arn(account) == name
}

/// The stream that the line names already, by its name or its ARN.
fn named_stream<'a>(words: &[&'a str]) -> Option<&'a str> {
    const OPTIONS: [&str; 2] = ["--stream-name", "--stream-arn"];
    words.iter().enumerate().find_map(|(at, word)| match globals::inline_value(word) {
        (name, Some(value)) if OPTIONS.contains(&name) => Some(value),
        (name, None) if OPTIONS.contains(&name) => words.get(at + 1).copied(),
        _ => None,
    })
}

fn of_lab(console: &Console, words: &[&str], inline: Option<&str>) -> Vec<String> {
    let Some((name, rest)) = words.split_first() else {
        return VERBS.iter().map(|verb| verb.name.to_owned()).collect();
    };
    let Some(verb) = VERBS.iter().find(|verb| verb.name == *name) else { return Vec::new() };
    let last = inline.or_else(|| rest.last().copied());
    let option = last.and_then(|name| verb.options.iter().find(|option| option.name == name));
    match option.map(|option| (option.name, option.value)) {
        Some(("--stream", _)) => {
            let streams = console.simulation().service().streams();
            sorted(streams.map(|stream| stream.name.to_string()).collect())
        }
        // Values in capitals stand for something; others are words to choose from.
        Some((_, value)) if !value.is_empty() => {
            let words = value
                .split(" | ")
                .filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            words.map(str::to_owned).collect()
        }
        _ => {
            let names = verb.options.iter().map(|option| option.name);
            names.filter(|name| !rest.contains(name)).map(str::to_owned).collect()
        }
    }
}
