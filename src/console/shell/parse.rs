//! Lines read as a POSIX shell reads them, into steps.
//!
//! Read first: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html>, 2.2 to
//! 2.10. What is left out is refused by name; `{1..20}` is from bash.

mod command;
mod refused;
mod word;

use super::error::ShellError;
use super::program::{Destination, Ending, Input, Op, Program};
use std::borrow::Cow;

/// Reads a text to its end: one line, or several that follow each other.
pub fn parse(text: &str) -> Result<Program, ShellError> {
    let mut parser = Parser::new(text);
    parser.list(Until::End)?;
    Ok(parser.ops.into())
}

/// The lines of a text, such as a scenario or pasted notes. What goes on over several lines, such
/// as a loop or a quoted line break, stays together; comments and empty lines are left out. Where a
/// line cannot be read, it ends at its line break, and says so when it is entered.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut parser = Parser::new(rest);
        let (end, is_line) = match parser.list(Until::LineBreak) {
            Ok(_) => (parser.at, !parser.ops.is_empty()),
            Err(error) if error.is_unfinished() => (rest.len(), true),
            Err(_) => (parser.line_end(), true),
        };
        let (line, after) = rest.split_at(end);
        if is_line {
            lines.push(line.trim().to_owned());
        }
        rest = after;
    }
    lines
}

/// Where a list of commands ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// At the end of the text.
    End,
    /// At a line break, or at the end of the text.
    LineBreak,
    /// At a closing parenthesis, which is taken.
    Parenthesis,
    /// At one of some reserved words, which is taken.
    Word(&'static [&'static str]),
}

/// How deep commands may stand in commands.
const DEPTH_MAX: u32 = 30;
/// The most steps of a line.
const OPS_MAX: usize = 50_000;

/// Reads a text and writes down the steps.
struct Parser<'a> {
    text: Cow<'a, str>,
    /// How far it was read, in bytes.
    at: usize,
    ops: Vec<Op>,
    depth: u32,
    /// How many results the command that is being read takes.
    captured: u32,
    /// Where the innermost loop that is being read goes on.
    repeats_at: Option<u32>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let text = Cow::Borrowed(text);
        Self { text, at: 0, ops: Vec::new(), depth: 0, captured: 0, repeats_at: None }
    }

    /// Reads commands until the list ends; says with which word.
    fn list(&mut self, until: Until) -> Result<&'static str, ShellError> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(ShellError::TooMuch("commands stand in commands at most 30 deep here"));
        }
        let mut is_empty = true;
        loop {
            self.skip_blanks();
            if self.ops.len() > OPS_MAX {
                return Err(ShellError::TooMuch(
                    "this is too much for one line: enter it in parts",
                ));
            }
            match self.peek() {
                None => return self.end_of_text(until),
                Some('\n') => {
                    self.bump();
                    if until == Until::LineBreak {
                        self.depth -= 1;
                        return Ok("");
                    }
                    continue;
                }
                Some(')') if until == Until::Parenthesis => {
                    self.bump();
                    self.depth -= 1;
                    return Ok("");
                }
                Some(_) => {}
            }
            if let Until::Word(words) = until
                && let Some(word) = self.reserved(words)
            {
                if is_empty {
                    return Err(ShellError::Unexpected(word.to_owned()));
                }
                self.depth -= 1;
                return Ok(word);
            }
            self.and_or()?;
            is_empty = false;
            self.separator()?;
        }
    }

    fn end_of_text(&mut self, until: Until) -> Result<&'static str, ShellError> {
        self.depth -= 1;
        match until {
            Until::End | Until::LineBreak => Ok(""),
            Until::Parenthesis => Err(ShellError::Unclosed(")")),
            Until::Word(words) => Err(ShellError::Unclosed(words[words.len() - 1])),
        }
    }

    /// What stands between two commands of a list: `;` is taken, the rest is for the list to see.
    fn separator(&mut self) -> Result<(), ShellError> {
        self.skip_blanks();
        match self.peek() {
            Some(';') => {
                self.bump();
                match self.peek() {
                    Some(';') => Err(ShellError::Unexpected(";;".to_owned())),
                    _ => Ok(()),
                }
            }
            None | Some('\n' | ')') => Ok(()),
            Some('&') => Err(refused::BACKGROUND),
            Some('(') => Err(refused::PARENTHESES),
            Some('<' | '>') => Err(refused::REDIRECTION_OF_MANY),
            Some(char) => Err(ShellError::Unexpected(char.to_string())),
        }
    }

    /// Pipelines joined by `&&` and `||`, which bind equally.
    fn and_or(&mut self) -> Result<(), ShellError> {
        let mut skip = None;
        loop {
            self.pipeline()?;
            if let Some((place, ending)) = skip.take() {
                self.ops[place] = Op::JumpIf(ending, self.place());
            }
            self.skip_blanks();
            let ending = if self.take("&&") {
                Ending::Failure
            } else if self.take("||") {
                Ending::Success
            } else {
                return Ok(());
            };
            skip = Some((self.ops.len(), ending));
            self.ops.push(Op::Pass);
            self.skip_lines()?;
        }
    }

    /// Commands joined by `|`. Each of several is a shell of its own, one after the other: what one
    /// prints, the next one reads.
    fn pipeline(&mut self) -> Result<(), ShellError> {
        let negates = self.reserved(&["!"]).is_some();
        let mut input = Input::Around;
        loop {
            let begun = self.ops.len();
            self.ops.push(Op::Pass);
            self.skip_blanks();
            self.command()?;
            self.skip_blanks();
            let is_piped = self.peek() == Some('|') && self.peek_second() != Some('|');
            let output = if is_piped { Destination::Memory } else { Destination::Around };
            if is_piped || input == Input::Piped {
                self.ops[begun] = Op::Begin { input, output };
                self.ops.push(Op::End);
            }
            if !is_piped {
                break;
            }
            self.bump();
            if self.peek() == Some('&') {
                return Err(refused::PIPE_BOTH);
            }
            input = Input::Piped;
            self.skip_lines()?;
        }
        if negates {
            self.ops.push(Op::Negate);
        }
        Ok(())
    }

    /// Blanks, comments and line breaks before a command that has to follow.
    fn skip_lines(&mut self) -> Result<(), ShellError> {
        loop {
            self.skip_blanks();
            match self.peek() {
                Some('\n') => self.bump(),
                None => return Err(ShellError::NoCommand),
                Some(_) => return Ok(()),
            }
        }
    }

    /// Where the next step will be.
    fn place(&self) -> u32 {
        u32::try_from(self.ops.len()).expect("a line has fewer than 2^32 steps")
    }

    /// Skips blanks, continued lines and a comment. Notes copied from a web page have no-break
    /// spaces, and returns before line breaks.
    fn skip_blanks(&mut self) {
        loop {
            match (self.peek(), self.peek_second()) {
                (Some(' ' | '\t' | '\r' | '\u{a0}'), _) => self.bump(),
                (Some('\\'), Some('\n')) => self.at += 2,
                (Some('\\'), Some('\r')) if self.rest().starts_with("\\\r\n") => self.at += 3,
                (Some('#'), _) => {
                    self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                }
                _ => return,
            }
        }
    }

    /// Takes one of some reserved words, if it is what comes next.
    fn reserved(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let next = self.bare_word();
        let word = words.iter().find(|word| **word == next)?;
        self.at += word.len();
        Some(word)
    }

    /// The word that comes next, as it is typed: quoted, it is none that is reserved.
    fn bare_word(&self) -> &str {
        let rest = self.rest();
        &rest[..rest.find(is_word_end).unwrap_or(rest.len())]
    }

    /// Where the line ends in which the reading stopped.
    fn line_end(&self) -> usize {
        let from = if matches!(self.text, Cow::Borrowed(_)) { self.at } else { 0 };
        self.text[from..].find('\n').map_or(self.text.len(), |at| from + at + 1)
    }

    fn take(&mut self, sign: &str) -> bool {
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn bump(&mut self) {
        let char = self.peek();
        self.at += char.map_or(0, char::len_utf8);
    }
}

/// Whether a word that is not quoted ends before this.
fn is_word_end(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n' | '\u{a0}' | ';' | '&' | '|' | '<' | '>' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_into_lines_at_breaks_that_count() {
        let text = "# one\nlab wait 1s\n\n  lab producer web \\\n    --rate 5/s\nx 'a\nb' # don't\n\
                    for i in 1 2; do\n  echo $i\ndone\necho a |\n  wc -l\nfi\ny \"$(a;\nb)\"\r\nz";
        assert_eq!(
            lines(text),
            [
                "lab wait 1s",
                "lab producer web \\\n    --rate 5/s",
                "x 'a\nb' # don't",
                "for i in 1 2; do\n  echo $i\ndone",
                "echo a |\n  wc -l",
                "fi",
                "y \"$(a;\nb)\"",
                "z"
            ]
        );
        assert_eq!(lines("a\nb 'c\nd"), ["a", "b 'c\nd"]);
        assert_eq!(lines(" \n# c\n"), [""; 0]);
    }

    #[test]
    fn what_is_open_is_named() {
        for (line, closing) in [
            ("'a", "'"),
            ("\"a", "\""),
            ("\"a\\", "\""),
            ("a $(b", ")"),
            ("a `b", "`"),
            ("a \"${b", "}"),
            ("for i in 1; do", "done"),
            ("for i in 1", "done"),
            ("while a; do b", "done"),
            ("if a; then b", "fi"),
        ] {
            let error = parse(line).expect_err(line);
            assert_eq!(error, ShellError::Unclosed(closing), "{line}");
            assert!(error.is_unfinished());
        }
        assert_eq!(parse("a \\"), Err(ShellError::Backslash));
        for line in ["a |", "a &&", "a ||", "a && \n"] {
            assert_eq!(parse(line), Err(ShellError::NoCommand), "{line}");
        }
    }

    #[test]
    fn what_can_stand_nowhere_is_named() {
        for (line, token) in [
            ("; a", ";"),
            ("a ;; b", ";;"),
            ("a | | b", "|"),
            ("&& a", "&&"),
            ("a && | b", "|"),
            ("done", "done"),
            ("for i in 1; do done", "done"),
            ("if a; fi", "fi"),
            ("a )", ")"),
            ("for 1 in a; do b; done", "1"),
            ("for i in a; b; done", "b"),
        ] {
            assert_eq!(parse(line), Err(ShellError::Unexpected(token.to_owned())), "{line}");
        }
    }

    #[test]
    fn what_only_a_whole_shell_can_is_refused_by_name() {
        for (line, what) in [
            ("a & b", "&"),
            ("a > b", "> FILE"),
            ("a < b", "< FILE"),
            ("a << b", "<<"),
            ("(a)", "( … )"),
            ("{ a; }", "{ …; }"),
            ("f() { a; }", "a function"),
            ("case a in b) c;; esac", "case"),
            ("echo $((1 + ))", "$(( … ))"),
            ("echo ${a:-b}", "${NAME…}"),
            ("echo $1", "$1"),
            ("[[ a ]]", "[["),
            ("a <(b)", "<( … )"),
            ("a |& b", "|&"),
        ] {
            match parse(line) {
                Err(ShellError::Unsupported { what: named, .. }) => {
                    assert_eq!(named, what, "{line}");
                }
                other => panic!("{line}: {other:?}"),
            }
        }
    }
}
