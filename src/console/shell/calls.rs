//! What a line would call, read without running anything: for whoever writes it in another
//! language.

use super::expand::{Expansion, Looks};
use super::program::{Command, Op, Part, Sink, Word};
use super::variables::Variables;
use super::{ShellError, luck, parse};
use std::rc::Rc;

/// A line, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Nothing but comments.
    Nothing,
    /// One command, and the variable that keeps what it prints, as in `NAME=$(aws …)`.
    Call(Vec<String>, Option<Rc<str>>),
    /// A variable gets a value.
    Set(Rc<str>, String),
    /// Anything else: pipes, loops, several commands; with the commands in it, in order.
    Script(Vec<Vec<String>>),
}

/// Stands before the name of a variable whose value is not known, in words that were read.
pub const OPEN: char = '\u{e000}';
/// Stands after it.
pub const CLOSE: char = '\u{e001}';

/// Reads a line. Variables that are known have their values; the others, and `$( )`, stand between
/// [`OPEN`] and [`CLOSE`].
pub fn read(line: &str, known: &Variables) -> Result<Read, ShellError> {
    let program = parse::parse(line)?;
    let ops: Vec<&Op> = program.iter().filter(|op| !matches!(op, Op::Pass)).collect();
    Ok(match ops[..] {
        [] => Read::Nothing,
        [Op::Run(command)] if is_plain(command) => match &command.assignments[..] {
            [] => Read::Call(words(command, known), None),
            [(name, value)] if command.words.is_empty() => {
                Read::Set(Rc::clone(name), expanded(std::slice::from_ref(value), known).concat())
            }
            _ => Read::Script(vec![words(command, known)]),
        },
        [Op::Begin { .. }, Op::Run(command), Op::EndCapture, Op::Run(keep)]
            if is_plain(command) && keep.words.is_empty() =>
        {
            match &keep.assignments[..] {
                [(name, Word(parts))] if matches!(parts[..], [Part::Captured(..)]) => {
                    Read::Call(words(command, known), Some(Rc::clone(name)))
                }
                _ => Read::Script(vec![words(command, known)]),
            }
        }
        _ => Read::Script(ops.iter().filter_map(|op| called(op, known)).collect()),
    })
}

fn is_plain(command: &Command) -> bool {
    let sinks = (command.stdout, command.stderr);
    command.captured == 0 && command.input.is_none() && sinks == (Sink::Out, Sink::Err)
}

fn called(op: &Op, known: &Variables) -> Option<Vec<String>> {
    let Op::Run(command) = op else { return None };
    Some(words(command, known)).filter(|words| !words.is_empty())
}

fn words(command: &Command, known: &Variables) -> Vec<String> {
    expanded(&command.words, known)
}

fn expanded(words: &[Word], known: &Variables) -> Vec<String> {
    let mut variables = known.clone();
    let mut captured = Vec::new();
    for part in words.iter().flat_map(|word| &word.0) {
        match part {
            Part::Variable(name, _) if known.value(name).is_none() => {
                variables.set(name, &marked(name));
            }
            Part::Captured(slot, _) => {
                let least = *slot as usize + 1;
                captured.resize(captured.len().max(least), Rc::from(marked("(…)").into_bytes()));
            }
            _ => {}
        }
    }
    let mut expansion = Expansion {
        variables: &variables,
        captured: &captured,
        status: 0,
        luck: &mut luck(0),
        looks: Looks::default(),
    };
    // Words that are too long for a command are too long for a translation.
    expansion.words(words).unwrap_or_default()
}

fn marked(name: &str) -> String {
    format!("{OPEN}{name}{CLOSE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Read {
        let mut known = Variables::default();
        known.set("STREAM", "clicks");
        read(line, &known).expect("a line that can be read")
    }

    #[test]
    fn one_command_is_told_from_a_script() {
        let call = |words: &[&str], kept: Option<&str>| {
            Read::Call(words.iter().map(ToString::to_string).collect(), kept.map(Rc::from))
        };
        assert_eq!(read_line("aws x --s $STREAM # y"), call(&["aws", "x", "--s", "clicks"], None));
        assert_eq!(read_line("IT=$(aws x)"), call(&["aws", "x"], Some("IT")));
        let unknown = marked("IT");
        assert_eq!(read_line("aws --i \"$IT\""), call(&["aws", "--i", &unknown], None));
        assert_eq!(read_line("A=\"$STREAM 1\""), Read::Set("A".into(), "clicks 1".into()));
        assert_eq!(read_line("# nothing"), Read::Nothing);
        for script in ["aws x | jq .", "for i in 1 2; do aws x; done", "aws x && aws y", "A=1 aws"]
        {
            assert!(matches!(read_line(script), Read::Script(_)), "{script}");
        }
    }
}
