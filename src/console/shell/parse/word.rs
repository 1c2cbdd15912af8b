//! Words: quotes, backslashes, and what a dollar sign or backquotes stand for.

use super::{Parser, Until, is_word_end, refused};
use crate::console::shell::error::ShellError;
use crate::console::shell::program::{Destination, Input, Op, Part, Quoting, Word};
use crate::console::variables::{is_name, is_name_part};
use std::borrow::Cow;

/// A word that grows.
#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    text: String,
    quoting: Option<Quoting>,
}

impl Parts {
    /// Adds text; an empty quoted one counts, too.
    fn text(&mut self, text: &str, quoting: Quoting) {
        if self.quoting != Some(quoting) {
            self.flush();
            self.quoting = Some(quoting);
        }
        self.text.push_str(text);
    }

    fn part(&mut self, part: Part) {
        self.flush();
        self.done.push(part);
    }

    fn flush(&mut self) {
        if let Some(quoting) = self.quoting.take() {
            self.done.push(Part::Text(self.text.as_str().into(), quoting));
            self.text.clear();
        }
    }
}

impl Parser<'_> {
    /// The next word; empty if a sign follows that ends words.
    pub(super) fn word(&mut self) -> Result<Word, ShellError> {
        let mut parts = Parts::default();
        while let Some(char) = self.peek().filter(|char| !is_word_end(*char)) {
            self.bump();
            match char {
                '\'' => {
                    let text = self.until_quote()?;
                    parts.text(&text, Quoting::Quoted);
                }
                '"' => self.double_quoted(&mut parts)?,
                '\\' => match self.peek() {
                    None => return Err(ShellError::Backslash),
                    Some('\n') => self.bump(),
                    Some('\r') if self.take("\r\n") => {}
                    Some(char) => {
                        self.bump();
                        parts.text(char.encode_utf8(&mut [0; 4]), Quoting::Quoted);
                    }
                },
                '$' => self.dollar(&mut parts, Quoting::Bare)?,
                '`' => self.backquotes(&mut parts, Quoting::Bare)?,
                char => parts.text(char.encode_utf8(&mut [0; 4]), Quoting::Bare),
            }
        }
        parts.flush();
        Ok(Word(parts.done))
    }

    fn until_quote(&mut self) -> Result<String, ShellError> {
        let end = self.rest().find('\'').ok_or(ShellError::Unclosed("'"))?;
        let text = self.rest()[..end].to_owned();
        self.at += end + 1;
        Ok(text)
    }

    fn double_quoted(&mut self, parts: &mut Parts) -> Result<(), ShellError> {
        const UNCLOSED: ShellError = ShellError::Unclosed("\"");
        parts.text("", Quoting::Quoted);
        loop {
            let char = self.peek().ok_or(UNCLOSED)?;
            self.bump();
            match char {
                '"' => return Ok(()),
                '$' => self.dollar(parts, Quoting::Quoted)?,
                '`' => self.backquotes(parts, Quoting::Quoted)?,
                '\\' => {
                    let next = self.peek().ok_or(UNCLOSED)?;
                    self.bump();
                    if !matches!(next, '\n' | '"' | '\\' | '$' | '`') {
                        parts.text("\\", Quoting::Quoted);
                    }
                    if next != '\n' {
                        parts.text(next.encode_utf8(&mut [0; 4]), Quoting::Quoted);
                    }
                }
                char => parts.text(char.encode_utf8(&mut [0; 4]), Quoting::Quoted),
            }
        }
    }

    /// What follows a dollar sign; it stands for itself where nothing else is meant.
    fn dollar(&mut self, parts: &mut Parts, quoting: Quoting) -> Result<(), ShellError> {
        match self.peek() {
            Some('(') if self.peek_second() == Some('(') => Err(refused::ARITHMETIC),
            Some('(') => {
                self.bump();
                self.substitution(parts, quoting, Until::Parenthesis)
            }
            Some('{') => {
                self.bump();
                let end = self.rest().find('}').ok_or(ShellError::Unclosed("}"))?;
                let name = &self.rest()[..end];
                if name != "?" && !is_name(name) {
                    return Err(refused::PARAMETER);
                }
                parts.part(Part::Variable(name.into(), quoting));
                self.at += end + 1;
                Ok(())
            }
            Some('?') => {
                self.bump();
                parts.part(Part::Variable("?".into(), quoting));
                Ok(())
            }
            Some(char) if char == '_' || char.is_ascii_alphabetic() => {
                let rest = self.rest();
                let end = rest.find(|char| !is_name_part(char)).unwrap_or(rest.len());
                parts.part(Part::Variable(rest[..end].into(), quoting));
                self.at += end;
                Ok(())
            }
            Some('\'') if quoting == Quoting::Bare => Err(refused::DOLLAR_QUOTE),
            next => {
                if let Some(error) = next.and_then(refused::parameter) {
                    return Err(error);
                }
                parts.text("$", quoting);
                Ok(())
            }
        }
    }

    /// A command whose answer takes its place: its steps come before those of the command around.
    fn substitution(
        &mut self,
        parts: &mut Parts,
        quoting: Quoting,
        until: Until,
    ) -> Result<(), ShellError> {
        let slot = self.captured;
        self.ops.push(Op::Begin { input: Input::Around, output: Destination::Memory });
        self.list(until)?;
        self.ops.push(Op::EndCapture);
        self.captured = slot + 1;
        parts.part(Part::Captured(slot, quoting));
        Ok(())
    }

    /// A command between backquotes, within which backslashes quote backquotes.
    fn backquotes(&mut self, parts: &mut Parts, quoting: Quoting) -> Result<(), ShellError> {
        let mut inner = String::new();
        loop {
            let char = self.peek().ok_or(ShellError::Unclosed("`"))?;
            self.bump();
            match char {
                '`' => break,
                '\\' => match self.peek() {
                    Some(char @ ('`' | '\\' | '$')) => {
                        self.bump();
                        inner.push(char);
                    }
                    _ => inner.push('\\'),
                },
                char => inner.push(char),
            }
        }
        let text = std::mem::replace(&mut self.text, Cow::Owned(inner));
        let at = std::mem::take(&mut self.at);
        self.substitution(parts, quoting, Until::End)?;
        (self.text, self.at) = (text, at);
        Ok(())
    }
}
