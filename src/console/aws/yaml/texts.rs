//! Texts: without quotes, between quotes, in the lines below a sign, and after a tag.

use serde_json::Value as Json;

use super::{FOLDED, Fault, Place, Reader};

impl<'a> Reader<'a> {
    pub(super) fn tagged(&mut self) -> Result<Json, Fault> {
        let is_binary = self.is_sign("!!binary");
        if !is_binary && !self.is_sign("!!str") {
            return Err(Fault::LeftOut("tags but !!binary and !!str are left out"));
        }
        self.at += if is_binary { "!!binary".len() } else { "!!str".len() };
        self.skip_blanks();
        let text = match self.peek() {
            Some('"' | '\'') => self.quoted()?,
            Some('|' | '>' | '{' | '[' | '&' | '*') => {
                return Err(Fault::LeftOut("after a tag, write the text in quotes"));
            }
            _ => self.plain(Place::Block)?.to_owned(),
        };
        self.has_bytes |= is_binary && !text.is_empty();
        Ok(Json::String(text))
    }

    /// Text without quotes, to the end of the line or whatever ends it before.
    pub(super) fn plain(&mut self, place: Place) -> Result<&'a str, Fault> {
        let rest = self.rest();
        let mut before = ' ';
        let end = rest.char_indices().find(|(at, char)| {
            let after = rest[at + char.len_utf8()..].chars().next();
            let is_blank = after.is_none_or(|after| " \t\n".contains(after));
            let in_flow = place == Place::Flow;
            let ends = match char {
                '\n' => true,
                '#' => " \t".contains(before) && *at > 0,
                ':' => is_blank || (in_flow && after.is_some_and(|after| ",[]{}".contains(after))),
                ',' | '[' | ']' | '{' | '}' => in_flow,
                _ => false,
            };
            before = *char;
            ends
        });
        let end = end.map_or(rest.len(), |(at, _)| at);
        let text = rest[..end].trim_end_matches([' ', '\t']);
        self.at += if self.text[self.at + end..].starts_with(':') { end } else { text.len() };
        if text.contains('\t') || rest.starts_with('\t') {
            return Err(Fault::LeftOut("tabs between words are left out: write blanks"));
        }
        if text.starts_with(['@', '`', ',', ']', '}']) || text.is_empty() {
            return Err(Fault::Invalid);
        }
        Ok(text)
    }

    pub(super) fn quoted(&mut self) -> Result<String, Fault> {
        let quote = self.peek().unwrap_or('"');
        let rest = &self.rest()[1..];
        let mut text = String::new();
        let mut chars = rest.char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '\n' => return Err(FOLDED),
                '\'' if quote == '\'' && rest[at + 1..].starts_with('\'') => {
                    chars.next();
                    text.push('\'');
                }
                char if char == quote => {
                    self.at += at + 2;
                    return Ok(text);
                }
                '\\' if quote == '"' => text.push(escape(&mut chars)?),
                char => text.push(char),
            }
        }
        Err(Fault::Invalid)
    }

    /// The lines below `|`, as they are.
    pub(super) fn literal(&mut self, least: usize) -> Result<Json, Fault> {
        self.at += 1;
        let keep = self.peek().filter(|sign| "+-".contains(*sign));
        self.at += usize::from(keep.is_some());
        if self.peek().is_some_and(|sign| sign.is_ascii_digit()) {
            return Err(Fault::LeftOut("an indentation after | is left out: indent the lines"));
        }
        self.skip_blanks();
        if self.peek().is_some_and(|next| next != '\n') {
            return Err(Fault::Invalid);
        }
        let mut text = String::new();
        let mut indent = None;
        while let Some(below) = self.rest().strip_prefix('\n') {
            let line = below.split('\n').next().unwrap_or_default();
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let is_empty = blanks == line.len();
            let cut = *indent.get_or_insert(if is_empty { usize::MAX } else { blanks });
            let cut = if cut == usize::MAX && !is_empty { blanks } else { cut };
            indent = Some(cut).filter(|cut| *cut != usize::MAX);
            if !is_empty && (blanks < cut || blanks < least) {
                break;
            }
            if below.is_empty() {
                break;
            }
            text.extend([line.get(cut..).unwrap_or_default(), "\n"]);
            self.at += 1 + line.len();
        }
        let trimmed = text.trim_end_matches('\n').len();
        match keep {
            Some('+') => {}
            Some(_) => text.truncate(trimmed),
            None => text.truncate(if trimmed == 0 { 0 } else { (trimmed + 1).min(text.len()) }),
        }
        Ok(Json::String(text))
    }
}

/// What follows a backslash between double quotes.
fn escape(chars: &mut std::str::CharIndices<'_>) -> Result<char, Fault> {
    let (_, sign) = chars.next().ok_or(Fault::Invalid)?;
    let digits = match sign {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let mut code = 0;
        for _ in 0..digits {
            let digit = chars.next().and_then(|(_, char)| char.to_digit(16));
            code = code * 16 + digit.ok_or(Fault::Invalid)?;
        }
        return char::from_u32(code).ok_or(Fault::Invalid);
    }
    let (names, chars) = (
        "0abtnvfre \"/\\N_LP\t",
        "\0\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1b} \"/\\\u{85}\u{a0}\u{2028}\u{2029}\t",
    );
    if sign == '\n' {
        return Err(FOLDED);
    }
    let place = names.chars().position(|name| name == sign).ok_or(Fault::Invalid)?;
    chars.chars().nth(place).ok_or(Fault::Invalid)
}
