//! What a line would call, read without running anything: for whoever writes it in another
//! language.

use super::error::ShellError;
use super::expand::{Expansion, Looks, luck};
use super::parse::parse;
use super::program::{Command, Ending, Op, Part, Sink, Word};
use crate::console::variables::Variables;
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
    /// Several of these, one after the other.
    Sequence(Vec<Read>),
    /// Anything else: pipes, loops, conditions; with the commands in it, in order.
    Script(Vec<Vec<String>>),
}

/// Stands before the name of a variable whose value is not known, in words that were read.
pub const OPEN: char = '\u{e000}';
/// Stands after it.
pub const CLOSE: char = '\u{e001}';

/// Reads a line. Variables that are known have their values; the others, and `$( )`, stand between
/// [`OPEN`] and [`CLOSE`].
pub fn read(line: &str, known: &Variables) -> Result<Read, ShellError> {
    let program = parse(line)?;
    Ok(match sequence(&program, known) {
        None => Read::Script(program.iter().filter_map(|op| called(op, known)).collect()),
        Some(reads) if reads.len() > 1 => Read::Sequence(reads),
        Some(reads) => reads.into_iter().next().unwrap_or(Read::Nothing),
    })
}

/// The commands of a program that runs one after the other, `&&` or not; `None` of any other.
fn sequence(program: &[Op], known: &Variables) -> Option<Vec<Read>> {
    let ops: Vec<&Op> = program.iter().filter(|op| !matches!(op, Op::Pass)).collect();
    let (mut reads, mut rest) = (Vec::new(), &ops[..]);
    while let [op, after @ ..] = rest {
        rest = after;
        match op {
            Op::JumpIf(Ending::Failure, step) if ends(program, *step) => {}
            Op::Run(command) if is_plain(command) => match &command.assignments[..] {
                [] => reads.push(Read::Call(words(command, known), None)),
                [(name, value)] if command.words.is_empty() => {
                    let value = expanded(std::slice::from_ref(value), known).concat();
                    reads.push(Read::Set(Rc::clone(name), value));
                }
                _ => return None,
            },
            Op::Begin { .. } => {
                let [Op::Run(command), Op::EndCapture, Op::Run(keep), after @ ..] = rest else {
                    return None;
                };
                let [(name, Word(parts))] = &keep.assignments[..] else { return None };
                let is_kept = matches!(parts[..], [Part::Captured(..)]) && keep.words.is_empty();
                if !is_kept || !is_plain(command) {
                    return None;
                }
                reads.push(Read::Call(words(command, known), Some(Rc::clone(name))));
                rest = after;
            }
            _ => return None,
        }
    }
    Some(reads)
}

/// Whether a program that failed does nothing more from a step on.
fn ends(program: &[Op], step: u32) -> bool {
    let rest = program.get(step as usize..).unwrap_or_default();
    match rest.iter().find(|op| !matches!(op, Op::Pass)) {
        None => true,
        Some(Op::JumpIf(Ending::Failure, next)) => *next > step && ends(program, *next),
        Some(_) => false,
    }
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
        let both = Read::Sequence(vec![call(&["aws", "x"], None), call(&["aws", "y"], Some("B"))]);
        for several in ["aws x; B=$(aws y)", "aws x && B=$(aws y)", "aws x\nB=$(aws y)\n"] {
            assert_eq!(read_line(several), both, "{several}");
        }
        for script in [
            "aws x | jq .",
            "for i in 1 2; do aws x; done",
            "aws x || aws y",
            "aws x && aws y; aws z",
            "if aws x; then aws y; fi",
            "A=1 aws",
        ] {
            assert!(matches!(read_line(script), Read::Script(_)), "{script}");
        }
    }
}
