//! A line taken apart: which options were given, each with the words that follow it.

use super::table::{SKELETON, extras};
use crate::api::Operation;
use crate::api::model::{Kind, Param};
use crate::console::aws::globals::{inline_value, is_option};
use crate::console::aws::naming::{kebab, option_name};
use crate::console::aws::usage;
use crate::console::output::Output;

/// How many words follow an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arity {
    None,
    Optional,
    One,
    Any,
}

/// An option with the words that follow it.
pub struct Given<'a> {
    pub option: Known,
    pub values: Vec<&'a str>,
}

/// What an option sets.
#[derive(Clone, Copy)]
pub enum Known {
    Param(&'static Param),
    /// A boolean parameter, switched off.
    No(&'static Param),
    Extra(&'static str),
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
            Self::Extra(SKELETON) => Arity::Optional,
            Self::Extra(_) => Arity::One,
        }
    }
}

pub fn sets(given: &Given<'_>, param: &Param) -> bool {
    match given.option {
        Known::Param(set) | Known::No(set) => set.name == param.name,
        Known::Extra(_) => false,
    }
}

pub fn take_apart<'a>(
    operation: &'static Operation,
    words: &[&'a str],
) -> Result<(Vec<Given<'a>>, Vec<String>), Output> {
    let (mut given, mut unknown) = (Vec::new(), Vec::new());
    let mut words = words.iter().copied().peekable();
    while let Some(word) = words.next() {
        let (typed, inline) = inline_value(word);
        let Some((name, option)) =
            is_option(word).then(|| find(operation, word, typed)).transpose()?.flatten()
        else {
            unknown.push(word.to_owned());
            continue;
        };
        let mut values: Vec<&str> = inline.into_iter().collect();
        match (option.arity(), inline) {
            (Arity::None, Some(value)) => return Err(usage::ignored(&name, value)),
            (Arity::Any, None) => {
                while let Some(value) = words.next_if(|word| !is_option(word)) {
                    values.push(value);
                }
            }
            (Arity::One | Arity::Optional, None) => {
                values.extend(words.next_if(|word| !is_option(word)));
                if values.is_empty() && option.arity() == Arity::One {
                    return Err(usage::expected_one(&name));
                }
            }
            _ => {}
        }
        given.push(Given { option, values });
    }
    Ok((given, unknown))
}

/// The option called `typed`, or the only one that begins so.
fn find(
    operation: &'static Operation,
    word: &str,
    typed: &str,
) -> Result<Option<(String, Known)>, Output> {
    let mut all: Vec<(String, Known)> = Vec::new();
    for param in operation.input.members {
        all.push((option_name(param), Known::Param(param)));
        if param.kind == Kind::Boolean {
            all.push((format!("--no-{}", kebab(param.name)), Known::No(param)));
        }
    }
    all.extend(extras(operation).map(|name| (name.to_owned(), Known::Extra(name))));
    if let Some(at) = all.iter().position(|(option, _)| option == typed) {
        return Ok(Some(all.swap_remove(at)));
    }
    all.retain(|(option, _)| typed.len() > 2 && option.starts_with(typed));
    if all.len() > 1 {
        return Err(usage::ambiguous(word, all.iter().map(|(option, _)| option.as_str())));
    }
    Ok(all.pop())
}
