//! Words with what their variables and commands stand for.

use super::program::{Part, Quoting, Word};
use crate::console::variables::Variables;
use crate::engine::rng::Rng;
use std::rc::Rc;

/// What words are expanded with.
pub struct Expansion<'a> {
    /// The variables that can be seen.
    pub variables: &'a Variables,
    /// What the commands within the words have printed.
    pub captured: &'a [Rc<[u8]>],
    /// How the last command ended.
    pub status: u8,
    /// Where `$RANDOM` comes from.
    pub luck: &'a mut Rng,
    /// What was looked at that is no variable.
    pub looks: Looks,
}

/// What was looked at that is no variable.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looks {
    /// How the last command ended.
    pub at_status: bool,
    /// Chance.
    pub at_chance: bool,
}

/// The chance of the shell: its own, so that a `$RANDOM` leaves the luck of all others alone.
pub fn luck(seed: u64) -> Rng {
    Rng::seeded(seed).fork("console/random")
}

/// The most bytes that the words of a command may have.
const BYTES_MAX: usize = 8 << 20;

/// Words that are too long for any command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Expansion<'_> {
    /// The words of a command: what stands between quotes stays one, the rest is split at blanks.
    pub fn words(&mut self, words: &[Word]) -> Result<Vec<String>, TooLong> {
        let mut expanded = Vec::new();
        let mut bytes = 0;
        for word in words {
            self.word(word, &mut expanded);
            bytes += expanded.last().map_or(0, String::len);
            if bytes > BYTES_MAX {
                return Err(TooLong);
            }
        }
        Ok(expanded)
    }

    /// A word that stays one, such as the value of an assignment.
    pub fn text(&mut self, word: &Word) -> Result<String, TooLong> {
        let mut text = String::new();
        for part in &word.0 {
            match part {
                Part::Text(piece, _) => text.push_str(piece),
                Part::Variable(name, _) => text.push_str(&self.value(name)),
                Part::Captured(slot, _) => text.push_str(&self.result(*slot)),
            }
            if text.len() > BYTES_MAX {
                return Err(TooLong);
            }
        }
        Ok(text)
    }

    fn word(&mut self, word: &Word, expanded: &mut Vec<String>) {
        let mut open: Option<String> = None;
        for part in &word.0 {
            let (value, quoting) = match part {
                Part::Text(piece, _) => {
                    open.get_or_insert_default().push_str(piece);
                    continue;
                }
                Part::Variable(name, quoting) => (self.value(name), *quoting),
                Part::Captured(slot, quoting) => (self.result(*slot), *quoting),
            };
            if quoting == Quoting::Quoted {
                open.get_or_insert_default().push_str(&value);
                continue;
            }
            let mut pieces = value.split([' ', '\t', '\n']);
            if let Some(first) = pieces.next().filter(|first| !first.is_empty()) {
                open.get_or_insert_default().push_str(first);
            }
            for piece in pieces {
                expanded.extend(open.take());
                if !piece.is_empty() {
                    open = Some(piece.to_owned());
                }
            }
        }
        expanded.extend(open);
    }

    fn value(&mut self, name: &str) -> String {
        match name {
            "?" => {
                self.looks.at_status = true;
                self.status.to_string()
            }
            "RANDOM" => {
                self.looks.at_chance = true;
                self.luck.below(32_768).to_string()
            }
            name => self.variables.value(name).unwrap_or_default().to_owned(),
        }
    }

    /// What a command within the words has printed, without the line breaks at its end.
    fn result(&self, slot: u32) -> String {
        let bytes = &self.captured[slot as usize];
        let text = String::from_utf8_lossy(bytes);
        text.trim_end_matches('\n').replace('\0', "")
    }
}
