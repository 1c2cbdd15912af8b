//! Braces: `{1..20}` and `{a,b}` make several words of one.

use super::error::ShellError;
use super::program::{Part, Quoting, Word};

/// The most words that the braces of one word may make.
const WORDS_MAX: usize = 10_000;
/// The most signs that they may have together.
const SIGNS_MAX: usize = 1_000_000;
/// How deep braces may stand in braces.
const DEPTH_MAX: usize = 20;

const TOO_MANY: ShellError =
    ShellError::TooMuch("braces make at most 10000 words here: enter fewer at a time");
const TOO_DEEP: ShellError = ShellError::TooMuch("braces stand in braces at most 20 deep here");

/// A character that braces may see, or something that they do not look into.
#[derive(Clone, Debug)]
enum Atom {
    Char(char),
    Closed(Part),
}

/// The words that a word's braces make of it: most often itself alone.
pub fn expand(word: Word) -> Result<Vec<Word>, ShellError> {
    let has_brace =
        |part: &Part| matches!(part, Part::Text(text, Quoting::Bare) if text.contains('{'));
    if !word.0.iter().any(has_brace) {
        return Ok(vec![word]);
    }
    let mut atoms = Vec::new();
    for part in word.0 {
        match part {
            Part::Text(text, Quoting::Bare) => atoms.extend(text.chars().map(Atom::Char)),
            part => atoms.push(Atom::Closed(part)),
        }
    }
    Ok(alternatives(&atoms)?.into_iter().map(joined).collect())
}

/// Every way to read the atoms.
fn alternatives(atoms: &[Atom]) -> Result<Vec<Vec<Atom>>, ShellError> {
    let closing = closings(atoms)?;
    let mut words = vec![Vec::new()];
    let mut at = 0;
    while at < atoms.len() {
        let group = match closing[at] {
            Some(end) => group(&atoms[at + 1..end])?.map(|choices| (choices, end)),
            None => None,
        };
        let Some((choices, end)) = group else {
            for word in &mut words {
                word.push(atoms[at].clone());
            }
            at += 1;
            continue;
        };
        let count = words.len().saturating_mul(choices.len());
        if count > WORDS_MAX || count.saturating_mul(atoms.len()) > SIGNS_MAX {
            return Err(TOO_MANY);
        }
        let pairs = |word: &Vec<Atom>| -> Vec<Vec<Atom>> {
            choices.iter().map(|choice| [&word[..], choice].concat()).collect()
        };
        words = words.iter().flat_map(pairs).collect();
        at = end + 1;
    }
    Ok(words)
}

/// Where the brace that opens at each place is closed.
fn closings(atoms: &[Atom]) -> Result<Vec<Option<usize>>, ShellError> {
    let (mut open, mut closed) = (Vec::new(), vec![None; atoms.len()]);
    for (at, atom) in atoms.iter().enumerate() {
        match atom {
            Atom::Char('{') => open.push(at),
            Atom::Char('}') if open.len() > DEPTH_MAX => return Err(TOO_DEEP),
            Atom::Char('}') => {
                if let Some(start) = open.pop() {
                    closed[start] = Some(at);
                }
            }
            _ => {}
        }
    }
    Ok(closed)
}

/// What stands between braces, choice by choice; `None` if the braces stand for themselves.
fn group(inner: &[Atom]) -> Result<Option<Vec<Vec<Atom>>>, ShellError> {
    let mut choices = vec![Vec::new()];
    let mut open = 0_u32;
    for atom in inner {
        match atom {
            Atom::Char(',') if open == 0 => {
                choices.push(Vec::new());
                continue;
            }
            Atom::Char('{') => open += 1,
            Atom::Char('}') => open = open.saturating_sub(1),
            _ => {}
        }
        choices.last_mut().expect("there is a choice from the start").push(atom.clone());
    }
    if choices.len() == 1 {
        return sequence(inner);
    }
    let mut words = Vec::new();
    for choice in &choices {
        words.extend(alternatives(choice)?);
        if words.len() > WORDS_MAX {
            return Err(TOO_MANY);
        }
    }
    Ok(Some(words))
}

/// `1..20`, `01..20`, `a..e`, each with a step if there is one.
fn sequence(inner: &[Atom]) -> Result<Option<Vec<Vec<Atom>>>, ShellError> {
    let mut text = String::new();
    for atom in inner {
        let Atom::Char(char) = atom else { return Ok(None) };
        text.push(*char);
    }
    let ends: Vec<&str> = text.split("..").collect();
    let step = match ends[..] {
        [_, _] => Some(1),
        [_, _, step] => step.parse::<i32>().ok(),
        _ => None,
    };
    let Some(step) = step.map(|step| u64::from(step.unsigned_abs().max(1))) else {
        return Ok(None);
    };
    let letter = |text: &str| match text.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(i64::from(*byte)),
        _ => None,
    };
    let number = |text: &str| text.parse::<i32>().ok().map(i64::from);
    let (first, last, width) = match (ends[0], ends[1]) {
        (from, to) if number(from).is_some() && number(to).is_some() => {
            (number(from), number(to), Some(width(from).max(width(to))))
        }
        (from, to) => (letter(from), letter(to), None),
    };
    let (Some(first), Some(last)) = (first, last) else { return Ok(None) };
    let count = first.abs_diff(last) / step + 1;
    if count > WORDS_MAX as u64 {
        return Err(TOO_MANY);
    }
    let value = |place: u64| {
        let far = i64::try_from(place * step).unwrap_or_default();
        let value = if first <= last { first + far } else { first - far };
        let text = match (width, u8::try_from(value)) {
            (None, Ok(letter)) => char::from(letter).to_string(),
            _ => format!("{value:0width$}", width = width.unwrap_or(0)),
        };
        text.chars().map(Atom::Char).collect()
    };
    Ok(Some((0..count).map(value).collect()))
}

/// How many signs a number has at least: those of one that is written with a leading zero.
fn width(number: &str) -> usize {
    let digits = number.trim_start_matches('-');
    if digits.len() > 1 && digits.starts_with('0') { number.len() } else { 0 }
}

fn joined(atoms: Vec<Atom>) -> Word {
    let (mut parts, mut text) = (Vec::new(), String::new());
    for atom in atoms {
        match atom {
            Atom::Char(char) => text.push(char),
            Atom::Closed(part) => {
                if !text.is_empty() {
                    parts.push(Part::Text(text.as_str().into(), Quoting::Bare));
                    text.clear();
                }
                parts.push(part);
            }
        }
    }
    if !text.is_empty() {
        parts.push(Part::Text(text.into(), Quoting::Bare));
    }
    Word(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> Vec<String> {
        let word = Word(vec![Part::Text(text.into(), Quoting::Bare)]);
        let text = |word: Word| match &word.0[..] {
            [] => String::new(),
            [Part::Text(text, Quoting::Bare)] => text.to_string(),
            parts => panic!("{parts:?}"),
        };
        expand(word).expect("not too much").into_iter().map(text).collect()
    }

    #[test]
    fn sequences_and_choices_multiply() {
        assert_eq!(expanded("{1..3}"), ["1", "2", "3"]);
        assert_eq!(expanded("{3..-1..2}"), ["3", "1", "-1"]);
        assert_eq!(expanded("{08..10}"), ["08", "09", "10"]);
        assert_eq!(expanded("{a..c}"), ["a", "b", "c"]);
        assert_eq!(expanded("x{a,b}{1,2}y"), ["xa1y", "xa2y", "xb1y", "xb2y"]);
        assert_eq!(expanded("{a,b{1..2},}"), ["a", "b1", "b2", ""]);
        assert_eq!(expanded("{{1..2}"), ["{1", "{2"]);
    }

    #[test]
    fn what_is_no_choice_stays_as_it_is() {
        for text in ["{}", "{a}", "a{b", "}{", "{1..}", "{1..x}", "{1..2..x}", "{ab..c}", "[?a]"] {
            assert_eq!(expanded(text), [text]);
        }
    }

    #[test]
    fn too_much_is_refused_before_it_is_made() {
        for text in ["{1..1000000000}", "{1..400}{1..40}", "{-2147483648..2147483647}"] {
            let word = Word(vec![Part::Text(text.into(), Quoting::Bare)]);
            assert_eq!(expand(word), Err(TOO_MANY), "{text}");
        }
        let deep = "{a,".repeat(500) + &"}".repeat(500);
        let word = Word(vec![Part::Text(deep.into(), Quoting::Bare)]);
        assert_eq!(expand(word), Err(TOO_DEEP));
    }
}
