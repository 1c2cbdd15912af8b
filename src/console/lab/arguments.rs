//! The words after a verb, sorted.

use super::grammar;
use crate::engine::client::name::ClientName;

/// What was typed after a verb.
#[derive(Debug, Default)]
pub struct Arguments<'a> {
    /// Words that belong to no option.
    pub words: Vec<&'a str>,
    /// Options with their values.
    options: Vec<(&'a str, &'a str)>,
}

impl<'a> Arguments<'a> {
    /// Options that stand each in one word, `--seed=7`, read without the table and its help.
    pub fn pairs(words: &'a [String], names: &[&str]) -> Result<Self, String> {
        let pair = |word: &'a String| {
            let pair = word.split_once('=').filter(|(name, _)| names.contains(name));
            pair.ok_or_else(|| format!("there is no {word}"))
        };
        let options = words.iter().map(pair).collect::<Result<_, _>>()?;
        Ok(Self { words: Vec::new(), options })
    }

    /// Adds an option that was given.
    pub fn push(&mut self, name: &'a str, value: &'a str) {
        self.options.push((name, value));
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
        value.map_err(|error| of_option(name, &error))
    }
}

/// What is wrong with the value of an option: apart, since its caller is compiled once for each
/// type of values.
#[inline(never)]
fn of_option(name: &str, error: &str) -> String {
    [name, ": ", error].concat()
}
