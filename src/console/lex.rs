//! Words of a line, as a POSIX shell would take it apart.
//!
//! Quotes, backslashes, line continuation and comments work. What a shell can do beyond that is
//! refused by name, so that nobody takes a pipe for an argument.

use std::iter::Peekable;
use std::str::CharIndices;

/// Why a line has no words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexError {
    /// A quote that nobody closed.
    #[error("unexpected end of line while looking for the closing {0}")]
    Unclosed(char),
    /// A backslash at the very end, where the next line is missing.
    #[error("the line ends in a backslash, so the next line belongs to it: enter both at once")]
    Unfinished,
    /// Something that a shell has and this console lacks.
    #[error("{what} is not part of this console: {instead}")]
    Unsupported {
        /// The syntax, as typed.
        what: &'static str,
        /// What does the job.
        instead: &'static str,
    },
}

/// The words of `line`; none if it is empty or a comment.
///
/// ```
/// use shardlab::console::lex::words;
///
/// let line = r#"aws kinesis put-record --data={\"Data\":\"1\"} --partition-key 'key 1' # one"#;
/// let words = words(line).expect("nothing is left open");
/// assert_eq!(words[3..], [r#"--data={"Data":"1"}"#, "--partition-key", "key 1"]);
/// ```
pub fn words(line: &str) -> Result<Vec<String>, LexError> {
    let mut words = Vec::new();
    let mut chars = line.char_indices().peekable();
    loop {
        while chars.next_if(|(_, char)| char.is_ascii_whitespace() && *char != '\n').is_some() {}
        match chars.peek() {
            None => break,
            Some((_, '#')) => while chars.next_if(|(_, char)| *char != '\n').is_some() {},
            Some((_, '\n')) => after_newline(&mut chars, &words)?,
            Some(_) => words.extend(word(&mut chars, &words)?),
        }
    }
    Ok(words)
}

/// The lines of a text, such as a scenario file or pasted notes: continuations joined, line breaks
/// within quotes kept, empty lines and comments left out.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (char, quote) {
            ('\n', None) => {
                lines.push(String::new());
                continue;
            }
            ('\r', None) => continue,
            ('#', None) if lines.last().is_some_and(|line| !line.ends_with(is_part_of_word)) => {
                chars.find(|char| *char == '\n');
                lines.push(String::new());
                continue;
            }
            ('\'' | '"', None) => quote = Some(char),
            (_, Some(open)) if char == open => quote = None,
            _ => {}
        }
        let line = lines.last_mut().expect("there is a line from the start");
        line.push(char);
        if char == '\\' && quote != Some('\'') {
            line.extend(chars.next());
        }
    }
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn is_part_of_word(char: char) -> bool {
    !char.is_ascii_whitespace()
}

type Chars<'a> = Peekable<CharIndices<'a>>;

/// A line break is the end of the line; after it only blanks and comments may follow.
fn after_newline(chars: &mut Chars<'_>, words: &[String]) -> Result<(), LexError> {
    while chars.next_if(|(_, char)| char.is_ascii_whitespace()).is_some() {}
    match chars.peek() {
        None | Some((_, '#')) => Ok(()),
        Some(_) if words.is_empty() => Ok(()),
        Some(_) => Err(LexError::Unsupported {
            what: "a second command in one line",
            instead: "enter one line at a time, or end a line in \\ to go on with it",
        }),
    }
}

/// The next word; `None` if it was nothing but a continuation of the line.
fn word(chars: &mut Chars<'_>, before: &[String]) -> Result<Option<String>, LexError> {
    let mut word = String::new();
    let mut is_word = false;
    while let Some((_, char)) = chars.next_if(|(_, char)| !char.is_ascii_whitespace()) {
        match char {
            '\'' => single_quoted(chars, &mut word)?,
            '"' => double_quoted(chars, &mut word)?,
            '\\' => match chars.next() {
                None => return Err(LexError::Unfinished),
                Some((_, '\n')) => continue,
                Some((_, char)) => word.push(char),
            },
            '$' => {
                dollar(chars)?;
                word.push('$');
            }
            '=' if before.is_empty() && !is_word_quoted(&word) => return Err(ASSIGNMENT),
            char => {
                if let Some(error) = operator(char, chars) {
                    return Err(error);
                }
                word.push(char);
            }
        }
        is_word = true;
    }
    Ok(is_word.then_some(word))
}

/// Whether what stands before `=` in the first word cannot be a variable's name.
fn is_word_quoted(word: &str) -> bool {
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    word.is_empty() || !word.chars().all(is_name)
}

fn single_quoted(chars: &mut Chars<'_>, word: &mut String) -> Result<(), LexError> {
    loop {
        match chars.next() {
            None => return Err(LexError::Unclosed('\'')),
            Some((_, '\'')) => return Ok(()),
            Some((_, char)) => word.push(char),
        }
    }
}

fn double_quoted(chars: &mut Chars<'_>, word: &mut String) -> Result<(), LexError> {
    loop {
        match chars.next() {
            None => return Err(LexError::Unclosed('"')),
            Some((_, '"')) => return Ok(()),
            Some((_, '\\')) => match chars.next() {
                None => return Err(LexError::Unclosed('"')),
                Some((_, '\n')) => {}
                Some((_, char @ ('"' | '\\' | '$' | '`'))) => word.push(char),
                Some((_, char)) => word.extend(['\\', char]),
            },
            Some((_, '$')) => {
                dollar(chars)?;
                word.push('$');
            }
            Some((_, '`')) => return Err(BACKQUOTES),
            Some((_, char)) => word.push(char),
        }
    }
}

/// A dollar sign stands for itself unless a shell would put something in its place.
fn dollar(chars: &mut Chars<'_>) -> Result<(), LexError> {
    match chars.peek() {
        Some((_, '(')) => Err(LexError::Unsupported {
            what: "$( … )",
            instead: "run the inner command by itself and paste what it prints",
        }),
        Some((_, char)) if char.is_ascii_alphanumeric() || "_{?!$@*#-".contains(*char) => {
            Err(LexError::Unsupported {
                what: "$NAME",
                instead: "write the value itself, or put it between single quotes if the dollar \
                          sign is meant",
            })
        }
        _ => Ok(()),
    }
}

const BACKQUOTES: LexError = LexError::Unsupported {
    what: "` … `",
    instead: "run the inner command by itself and paste what it prints",
};

const ASSIGNMENT: LexError =
    LexError::Unsupported { what: "NAME=value", instead: "write the value where it is needed" };

/// What a shell would do with an unquoted sign that is more than itself.
fn operator(char: char, chars: &mut Chars<'_>) -> Option<LexError> {
    let doubled = chars.peek().is_some_and(|(_, next)| *next == char);
    let (what, instead) = match char {
        '`' => return Some(BACKQUOTES),
        '|' if doubled => ("||", "enter one line at a time"),
        '|' => ("a pipe |", "enter the command before it and read what it prints"),
        '&' if doubled => ("&&", "enter one line at a time"),
        '&' => ("&", "nothing runs in the background; producers and consumers are `lab` commands"),
        ';' => (";", "enter one line at a time"),
        '<' | '>' => ("redirection < >", "there are no files here; the answer stays on the page"),
        '(' | ')' => ("( … )", "enter one line at a time, or quote the parentheses"),
        _ => return None,
    };
    Some(LexError::Unsupported { what, instead })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Vec<String> {
        words(line).expect("a line of plain words")
    }

    #[test]
    fn words_are_separated_by_blanks_and_comments_end_the_line() {
        assert_eq!(split("  lab\twait  10s # ten seconds"), ["lab", "wait", "10s"]);
        assert_eq!(split("a#b"), ["a#b"]);
        assert_eq!(split("# nothing"), [""; 0]);
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split("\n\n"), [""; 0]);
    }

    #[test]
    fn quotes_keep_blanks_and_join_with_what_they_touch() {
        assert_eq!(split(r#"--a='x y'"z" ''"#), ["--a=x yz", ""]);
        assert_eq!(split(r#""a\"b\n\\" 'a\"b'"#), [r#"a"b\n\"#, r#"a\"b"#]);
        assert_eq!(split("'주문 번호'"), ["주문 번호"]);
    }

    #[test]
    fn backslashes_quote_one_sign_and_continue_lines() {
        assert_eq!(split(r#"--data={\"Data\":\"1\"}"#), [r#"--data={"Data":"1"}"#]);
        assert_eq!(split("aws \\\n  kinesis\\\n-x"), ["aws", "kinesis-x"]);
        assert_eq!(split("a \\\n"), ["a"]);
        assert_eq!(words("a \\"), Err(LexError::Unfinished));
    }

    #[test]
    fn open_quotes_are_named() {
        assert_eq!(words("'a"), Err(LexError::Unclosed('\'')));
        assert_eq!(words("\"a"), Err(LexError::Unclosed('"')));
        assert_eq!(words("\"a\\"), Err(LexError::Unclosed('"')));
    }

    #[test]
    fn what_only_a_shell_can_is_refused_by_name() {
        for (line, what) in [
            ("a | b", "a pipe |"),
            ("a || b", "||"),
            ("a && b", "&&"),
            ("a & b", "&"),
            ("a; b", ";"),
            ("a > b", "redirection < >"),
            ("a $(b)", "$( … )"),
            ("a \"$(b)\"", "$( … )"),
            ("a `b`", "` … `"),
            ("a $B", "$NAME"),
            ("A=b", "NAME=value"),
            ("a (b)", "( … )"),
            ("a\nb", "a second command in one line"),
        ] {
            match words(line) {
                Err(LexError::Unsupported { what: named, .. }) => assert_eq!(named, what, "{line}"),
                other => panic!("{line}: {other:?}"),
            }
        }
        assert_eq!(split("a '$(b) | c' \\| 5$ --x=y"), ["a", "$(b) | c", "|", "5$", "--x=y"]);
    }

    #[test]
    fn a_text_is_split_into_lines_at_breaks_that_count() {
        let text =
            "# one\nlab wait 1s\n\n  lab producer web \\\n    --rate 5/s\nx 'a\nb' # don't\ny";
        assert_eq!(
            lines(text),
            ["lab wait 1s", "lab producer web \\\n    --rate 5/s", "x 'a\nb'", "y"]
        );
        for line in lines(text) {
            assert!(words(&line).is_ok(), "{line}");
        }
    }
}
