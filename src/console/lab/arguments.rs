//! The words after a verb, sorted by the verb's own table.

use super::{Verb, grammar};
use crate::engine::client::name::ClientName;

/// What was typed after a verb.
#[derive(Debug, Default)]
pub struct Arguments<'a> {
    /// Words that belong to no option.
    pub words: Vec<&'a str>,
    options: Vec<(&'a str, &'a str)>,
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

impl<'a> Arguments<'a> {
    /// Sorts the words after a verb; the error says what to do.
    pub fn read(verb: &'static Verb, words: &'a [String]) -> Result<Self, String> {
        let mut arguments = Self::default();
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
            let option = verb.options.iter().find(|option| option.name == name);
            let Some(option) = option else { return Err(verb.unknown_option(name)) };
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
            arguments.options.push((option.name, value));
        }
        let most = verb.words.split_whitespace().count();
        match arguments.words.get(most) {
            Some(extra) => Err(format!("what is `{extra}` for? Write: {}", verb.usage())),
            None => Ok(arguments),
        }
    }

    /// Options that stand each in one word, `--seed=7`, read without the table and its help.
    pub fn pairs(words: &'a [String], names: &[&str]) -> Result<Self, String> {
        let pair = |word: &'a String| {
            let pair = word.split_once('=').filter(|(name, _)| names.contains(name));
            pair.ok_or_else(|| format!("there is no {word}"))
        };
        let options = words.iter().map(pair).collect::<Result<_, _>>()?;
        Ok(Self { words: Vec::new(), options })
    }

    /// The value of an option, if it was given; empty for an option that takes none.
    pub fn value(&self, name: &str) -> Option<&'a str> {
        self.options.iter().find(|(option, _)| *option == name).map(|(_, value)| *value)
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The one word that names a client.
    pub fn name(&self, otherwise: &str) -> Result<ClientName, String> {
        match self.words[..] {
            [name] => grammar::client(name),
            _ => Err(otherwise.to_owned()),
        }
    }

    /// Whether `--stop` was given, which goes with nothing else.
    pub fn stops(&self) -> Result<bool, String> {
        match (self.has("--stop"), self.options.len()) {
            (true, 2..) => Err("--stop goes with no other option".to_owned()),
            (stops, _) => Ok(stops),
        }
    }

    /// The value of an option, read; the error names the option.
    pub fn read_value<T>(
        &self,
        name: &str,
        read: impl FnOnce(&'a str) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        let value = self.value(name).map(read).transpose();
        value.map_err(|error| format!("{name}: {error}"))
    }
}
