//! What a verb of `lab` is: a table row of its words, its help, and what it does.

use super::arguments::Arguments;
use crate::console::output::Output;
use crate::console::similar::close_matches;
use crate::console::state::Console;
use crate::engine::client::error::ClientError;

/// One verb of `lab`.
#[derive(Debug)]
pub struct Verb {
    /// The word after `lab`.
    pub name: &'static str,
    /// The words it takes before its options, as help shows them.
    pub words: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Its options.
    pub options: &'static [LabOption],
    /// Lines that work as they are.
    pub examples: &'static [&'static str],
    /// What it does with its arguments; an error says what to do instead, and changed nothing.
    pub(super) run: fn(&mut Console, &Arguments) -> Result<Output, String>,
}

/// One option of a verb.
#[derive(Debug)]
pub struct LabOption {
    /// With its hyphens: `--rate`.
    pub name: &'static str,
    /// What follows it, as help shows it; empty if nothing does.
    pub value: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
}

/// The exit status of a line that was refused.
pub const REFUSED_STATUS: u8 = 2;

impl Verb {
    /// Sorts the words after the verb; the error says what to do.
    pub fn read<'a>(&self, words: &'a [String]) -> Result<Arguments<'a>, String> {
        let mut arguments = Arguments::default();
        let mut words = words.iter().map(String::as_str);
        while let Some(word) = words.next() {
            if !word.starts_with("--") {
                arguments.words.push(word);
                continue;
            }
            let (name, inline) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (word, None),
            };
            let option = self.options.iter().find(|option| option.name == name);
            let Some(option) = option else { return Err(self.unknown_option(name)) };
            let value = match (option.value, inline) {
                ("", None) => "",
                ("", Some(_)) => return Err(format!("{name} takes no value")),
                (_, Some(value)) => value,
                (wanted, None) => {
                    words.next().ok_or_else(|| format!("{name} needs a value: {name} {wanted}"))?
                }
            };
            if arguments.has(option.name) {
                return Err(format!("{name} is given twice"));
            }
            arguments.push(option.name, value);
        }
        let most = self.words.split_whitespace().count();
        match arguments.words.get(most) {
            Some(extra) => Err(format!("what is `{extra}` for? Write: {}", self.usage())),
            None => Ok(arguments),
        }
    }

    /// The line's form: `lab wait DURATION`.
    pub fn usage(&self) -> String {
        let words = if self.words.is_empty() { "" } else { " " };
        let options = if self.options.is_empty() { "" } else { " [options]" };
        format!("lab {}{words}{}{options}", self.name, self.words)
    }

    fn unknown_option(&self, name: &str) -> String {
        let names: Vec<&str> = self.options.iter().map(|option| option.name).collect();
        match close_matches(name, &names, 60).first() {
            Some(meant) => format!("there is no {name}. Did you mean {meant}?"),
            None if names.is_empty() => format!("there is no {name}. Write: {}", self.usage()),
            None => format!("there is no {name}. There are: {}", names.join(", ")),
        }
    }
}

/// The output of a command to a client.
pub fn done(outcome: Result<(), ClientError>) -> Result<Output, String> {
    outcome.map(|()| Output::default().kept()).map_err(|error| error.to_string())
}
