//! Commands: simple ones, loops and conditions.

use super::{Parser, Until, is_word_end, refused};
use crate::console::shell::braces;
use crate::console::shell::error::ShellError;
use crate::console::shell::program::{Command, Ending, Op, Part, Quoting, Sink, Word};
use crate::console::variables::is_name;

/// The place that a `break` leads to, before it is known.
const UNKNOWN: u32 = u32::MAX;

impl Parser<'_> {
    /// Reads one command.
    pub(super) fn command(&mut self) -> Result<(), ShellError> {
        match self.bare_word() {
            "" => match self.peek() {
                Some('(') if self.peek_second() == Some('(') => Err(refused::ARITHMETIC_COMMAND),
                Some('(') => Err(refused::PARENTHESES),
                _ => self.simple(),
            },
            "for" => self.each(),
            "while" => self.repeat("while", Ending::Failure),
            "until" => self.repeat("until", Ending::Success),
            "if" => self.condition(),
            word @ ("break" | "continue") => {
                let start = self.repeats_at.ok_or(ShellError::Unexpected(word.to_owned()))?;
                let op = if word == "break" { Op::Leave(UNKNOWN) } else { Op::Again(start) };
                self.at += word.len();
                self.ops.push(op);
                self.nothing_more()
            }
            word @ ("do" | "done" | "then" | "elif" | "else" | "fi" | "esac" | "}" | "!") => {
                Err(ShellError::Unexpected(word.to_owned()))
            }
            word => match refused::reserved(word) {
                Some(error) => Err(error),
                None => self.simple(),
            },
        }
    }

    /// `for NAME in WORDS; do LIST; done`
    fn each(&mut self) -> Result<(), ShellError> {
        self.at += "for".len();
        self.skip_blanks();
        if self.rest().starts_with("((") {
            return Err(refused::ARITHMETIC_COMMAND);
        }
        let name = self.bare_word().to_owned();
        if !is_name(&name) {
            return Err(self.unexpected("done"));
        }
        self.at += name.len();
        self.skip_blanks();
        let is_in = self.reserved(&["in"]).is_some();
        if !is_in {
            return Err(self.unexpected("done"));
        }
        let outer = std::mem::take(&mut self.captured);
        let mut words = Vec::new();
        loop {
            self.skip_blanks();
            if self.peek().is_none_or(is_word_end) {
                break;
            }
            words.extend(braces::expand(self.word()?)?);
        }
        let captured = std::mem::replace(&mut self.captured, outer);
        self.ops.push(Op::Each { words, captured });
        self.skip_separator();
        let is_do = self.reserved(&["do"]).is_some();
        if !is_do {
            return Err(self.unexpected("done"));
        }
        let start = self.place();
        let next = self.ops.len();
        self.ops.push(Op::Pass);
        self.body(start)?;
        self.ops.push(Op::Jump(start));
        let end = self.place();
        self.ops[next] = Op::Next(name.as_str().into(), end);
        self.end_loop(next, end);
        Ok(())
    }

    /// `while LIST; do LIST; done`
    fn repeat(&mut self, word: &str, leaves: Ending) -> Result<(), ShellError> {
        self.at += word.len();
        self.ops.push(Op::Repeat);
        let (start, begun) = (self.place(), self.ops.len());
        let outer = self.repeats_at.replace(start);
        self.list(Until::Word(&["do", "done"])).and_then(|word| match word {
            "done" => Err(ShellError::Unexpected(word.to_owned())),
            _ => Ok(()),
        })?;
        self.repeats_at = outer;
        let exit = self.ops.len();
        self.ops.push(Op::Pass);
        self.body(start)?;
        self.ops.push(Op::Jump(start));
        self.ops[exit] = Op::JumpIf(leaves, self.place());
        self.ops.extend([Op::Succeed, Op::Leave(UNKNOWN)]);
        self.end_loop(begun, self.place());
        Ok(())
    }

    /// The body of a loop, and its `done`.
    fn body(&mut self, start: u32) -> Result<(), ShellError> {
        let outer = self.repeats_at.replace(start);
        self.list(Until::Word(&["done"]))?;
        self.repeats_at = outer;
        self.nothing_more()
    }

    /// Tells each `break` of the loop that begins at `begun` where the loop ends.
    fn end_loop(&mut self, begun: usize, end: u32) {
        for op in &mut self.ops[begun..] {
            if *op == Op::Leave(UNKNOWN) {
                *op = Op::Leave(end);
            }
        }
    }

    /// `if LIST; then LIST; elif LIST; then LIST; else LIST; fi`
    fn condition(&mut self) -> Result<(), ShellError> {
        self.at += "if".len();
        let mut ends = Vec::new();
        loop {
            self.list(Until::Word(&["then", "fi"])).and_then(|word| match word {
                "fi" => Err(ShellError::Unexpected(word.to_owned())),
                _ => Ok(()),
            })?;
            let skip = self.ops.len();
            self.ops.push(Op::Pass);
            let word = self.list(Until::Word(&["elif", "else", "fi"]))?;
            ends.push(self.ops.len());
            self.ops.push(Op::Pass);
            self.ops[skip] = Op::JumpIf(Ending::Failure, self.place());
            match word {
                "elif" => continue,
                "else" => {
                    self.list(Until::Word(&["fi"]))?;
                }
                _ => self.ops.push(Op::Succeed),
            }
            break;
        }
        let end = self.place();
        for place in ends {
            self.ops[place] = Op::Jump(end);
        }
        self.nothing_more()
    }

    /// A name, its arguments, and what stands before and beside them.
    fn simple(&mut self) -> Result<(), ShellError> {
        let outer = std::mem::take(&mut self.captured);
        let mut command = Command {
            assignments: Vec::new(),
            words: Vec::new(),
            input: None,
            stdout: Sink::Out,
            stderr: Sink::Err,
            captured: 0,
        };
        let begun = self.at;
        loop {
            self.skip_blanks();
            match self.peek() {
                Some('(') if command.words.len() == 1 && self.peek_second() == Some(')') => {
                    return Err(refused::FUNCTION);
                }
                Some('(') => return Err(refused::PARENTHESES),
                _ if self.redirection(&mut command)? => {}
                None => break,
                Some(char) if is_word_end(char) => break,
                Some(_) => self.argument(&mut command)?,
            }
        }
        if self.at == begun {
            return Err(self.unexpected(""));
        }
        command.captured = std::mem::replace(&mut self.captured, outer);
        self.ops.push(Op::Run(command));
        Ok(())
    }

    /// The next word of a command: an assignment before its name, else an argument.
    fn argument(&mut self, command: &mut Command) -> Result<(), ShellError> {
        let is_export = matches!(command.words.first().map(|word| &word.0[..]),
            Some([Part::Text(name, Quoting::Bare)]) if **name == *"export");
        if let Some((name, _)) = self.bare_word().split_once('=')
            && is_name(name)
        {
            let name = name.to_owned();
            if command.words.is_empty() {
                self.at += name.len() + 1;
                let value = self.word()?;
                command.assignments.push((name.as_str().into(), value));
                return Ok(());
            }
            if is_export {
                command.words.push(unsplit(self.word()?));
                return Ok(());
            }
        }
        command.words.extend(braces::expand(self.word()?)?);
        Ok(())
    }

    /// Takes a redirection, if one comes next.
    fn redirection(&mut self, command: &mut Command) -> Result<bool, ShellError> {
        let rest = self.rest();
        let both = rest.starts_with("&>");
        let digits = rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        let number = &rest[..digits];
        let is_input = match rest[digits..].chars().next() {
            Some('<') => true,
            Some('>') => false,
            _ if both => false,
            _ => return Ok(false),
        };
        let is_stderr = number == "2";
        if digits > 1 || !matches!(number, "" | "0" | "1" | "2") {
            return Err(refused::TO_FILE);
        }
        self.at += digits + if both { 2 } else { 1 };
        if is_input {
            self.input(command)?;
            return Ok(true);
        }
        let stream = self.target(command)?;
        if is_stderr || both {
            command.stderr = stream;
        }
        if !is_stderr {
            command.stdout = stream;
        }
        Ok(true)
    }

    /// What follows a `<`.
    fn input(&mut self, command: &mut Command) -> Result<(), ShellError> {
        if self.take("<<") {
            self.skip_blanks();
            let mut word = self.word()?;
            if word.0.is_empty() {
                return Err(self.unexpected(""));
            }
            word.0.push(Part::Text("\n".into(), Quoting::Quoted));
            command.input = Some(unsplit(word));
            return Ok(());
        }
        match self.peek() {
            Some('<') => Err(refused::HERE_DOCUMENT),
            Some('(') => Err(refused::PROCESS),
            _ => {
                self.skip_blanks();
                if self.bare_word() != "/dev/null" {
                    return Err(refused::FROM_FILE);
                }
                self.at += "/dev/null".len();
                command.input = Some(Word::default());
                Ok(())
            }
        }
    }

    /// What follows a `>`: the streams that there are without files.
    fn target(&mut self, command: &Command) -> Result<Sink, ShellError> {
        let is_copy = self.take("&");
        if !is_copy && !self.take(">") {
            self.take("|");
        }
        self.skip_blanks();
        let word = self.bare_word();
        let stream = match word {
            "1" if is_copy => command.stdout,
            "2" if is_copy => command.stderr,
            "/dev/null" if !is_copy => Sink::Nowhere,
            "/dev/stdout" if !is_copy => command.stdout,
            "/dev/stderr" if !is_copy => command.stderr,
            "" if self.peek() == Some('(') => return Err(refused::PROCESS),
            "" => return Err(self.unexpected("")),
            _ => return Err(refused::TO_FILE),
        };
        self.at += word.len();
        Ok(stream)
    }

    /// After a whole construct there may be no more words.
    fn nothing_more(&mut self) -> Result<(), ShellError> {
        self.skip_blanks();
        match self.peek() {
            Some(char) if !is_word_end(char) || char == '(' => Err(self.unexpected("")),
            _ => Ok(()),
        }
    }

    fn skip_separator(&mut self) {
        self.skip_blanks();
        self.take(";");
        self.skip_blanks();
        while self.take("\n") {
            self.skip_blanks();
        }
    }

    /// The complaint about what comes next; at the end of the text, about what is open.
    fn unexpected(&self, closing: &'static str) -> ShellError {
        let signs = ["&&", "||", ";;"];
        let sign = signs.iter().find(|sign| self.rest().starts_with(**sign));
        match (self.bare_word(), self.peek()) {
            ("", None) if closing.is_empty() => ShellError::NoCommand,
            ("", None) => ShellError::Unclosed(closing),
            ("", Some('\n')) => ShellError::Unexpected("newline".to_owned()),
            ("", Some(char)) => {
                ShellError::Unexpected(sign.map_or(char.to_string(), |sign| (*sign).to_owned()))
            }
            (word, _) => ShellError::Unexpected(word.to_owned()),
        }
    }
}

/// The same word, of which whatever its expansions become stays one.
fn unsplit(mut word: Word) -> Word {
    for part in &mut word.0 {
        match part {
            Part::Text(_, quoting) | Part::Variable(_, quoting) | Part::Captured(_, quoting) => {
                *quoting = Quoting::Quoted;
            }
        }
    }
    word
}
