//! Where one command ends and the next begins in a text of several lines: what a shell's prompt
//! knows when it asks for more. What the commands mean is the shell's own business.

/// Reads a text line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// What is open: a quote, a backquote, or `(` for a substitution or group.
    open: Vec<char>,
    /// `for`, `while`, `if` and the like that were not yet ended.
    blocks: u32,
    /// Whether the line ended in a backslash, `|`, `&&` or `||`.
    is_continued: bool,
}

impl Reader {
    /// Reads a line; says whether a command ends with it.
    pub fn read(&mut self, line: &str) -> bool {
        // The backslash or operator that this line goes on from has had its say.
        let mut words = Words { starts_command: !self.is_continued, ..Words::default() };
        self.is_continued = false;
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            let top = self.open.last().copied();
            match (top, letter) {
                (Some('\''), '\'') | (Some('"'), '"') | (Some('`'), '`') => {
                    self.open.pop();
                }
                (Some('\''), _) => {}
                (_, '\\') => {
                    self.is_continued = letters.next().is_none();
                    words.push('\\');
                }
                (_, '`') => self.open.push('`'),
                (_, '$') if letters.next_if_eq(&'(').is_some() => {
                    self.open.push('(');
                    words = Words { starts_command: true, ..Words::default() };
                }
                (Some('"'), _) => {}
                (_, '\'' | '"') => {
                    self.open.push(letter);
                    words.push(letter);
                }
                (_, '#') if words.word.is_empty() => break,
                (Some('('), ')') => {
                    self.close(&mut words);
                    self.open.pop();
                    words.starts_command = false;
                }
                (_, '(') => {
                    self.open.push('(');
                    words.starts_command = true;
                }
                (_, ';' | '|' | '&') => {
                    self.close(&mut words);
                    words.starts_command = true;
                    self.is_continued =
                        letter != ';' && letters.next_if_eq(&letter).is_some() || letter == '|';
                }
                (_, space) if space.is_whitespace() => self.close(&mut words),
                _ => {
                    words.push(letter);
                    self.is_continued = false;
                }
            }
        }
        self.close(&mut words);
        self.is_at_start()
    }

    /// Whether the next line begins a command.
    pub fn is_at_start(&self) -> bool {
        self.open.is_empty() && self.blocks == 0 && !self.is_continued
    }

    /// Takes a word that has ended.
    fn close(&mut self, words: &mut Words) {
        let word = std::mem::take(&mut words.word);
        if word.is_empty() || !words.starts_command {
            return;
        }
        match word.as_str() {
            "for" | "case" => {
                self.blocks += 1;
                words.starts_command = false;
            }
            "if" | "while" | "until" | "{" => self.blocks += 1,
            "done" | "fi" | "esac" | "}" => self.blocks = self.blocks.saturating_sub(1),
            "do" | "then" | "else" | "elif" => {}
            _ => words.starts_command = false,
        }
    }
}

/// The word that is being read.
#[derive(Default)]
struct Words {
    word: String,
    /// Whether it stands where a command's name does.
    starts_command: bool,
}

impl Words {
    fn push(&mut self, letter: char) {
        self.word.push(letter);
    }
}

/// The commands of a text, each with its line breaks, and whether the last one goes on beyond it.
/// Empty lines and comments between commands are left out.
pub fn commands(text: &str) -> (Vec<String>, bool) {
    let (mut commands, mut reader, mut begun) = (Vec::new(), Reader::default(), String::new());
    for line in text.lines() {
        let bare = line.trim_start();
        if reader.is_at_start() && (bare.is_empty() || bare.starts_with('#')) {
            continue;
        }
        begun.push_str(line);
        if reader.read(line) {
            commands.push(std::mem::take(&mut begun));
        } else {
            begun.push('\n');
        }
    }
    let is_open = !begun.is_empty();
    if is_open {
        commands.push(begun);
    }
    (commands, is_open)
}

/// A pasted text as it would have been typed: without the `$ ` of a prompt where every command has
/// it, and then without the `> ` of lines that go on from the one before.
pub fn unprompted(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end_matches('\n');
    let (mut bare, mut reader) = (Vec::new(), Reader::default());
    for line in text.lines() {
        let begins = reader.is_at_start();
        let is_filler = line.trim().is_empty() || line.starts_with('#');
        let typed = match line.strip_prefix(if begins { "$ " } else { "> " }) {
            Some(typed) => typed,
            None if begins && !is_filler => return text.to_owned(),
            None => line,
        };
        if !(begins && is_filler) {
            reader.read(typed);
        }
        bare.push(typed);
    }
    bare.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let (commands, is_open) = commands(text);
        assert!(!is_open, "{text}");
        commands
    }

    #[test]
    fn each_line_is_a_command_but_for_those_that_go_on() {
        assert_eq!(
            split("aws a\n\n# a remark\naws b # and another\n"),
            ["aws a", "aws b # and another"]
        );
        for whole in [
            "aws kinesis put-record \\\n  --data aGk= \\\n  --partition-key 1",
            "for i in 1 2 3\ndo\n  echo $i\ndone",
            "for i in 1 2; do for j in 3 4; do\necho $i $j\ndone; done",
            "if true; then\n echo done\nfi",
            "echo 'one\ntwo' \"three\nfour\"",
            "A=$(aws kinesis list-streams \\\n --output text\n)",
            "echo a |\n base64 &&\n echo b",
            "echo `echo a\n`",
        ] {
            assert_eq!(split(whole), [whole]);
            assert_eq!(split(&format!("{whole}\necho next")), [whole, "echo next"]);
        }
    }

    #[test]
    fn words_that_only_look_like_blocks_open_none() {
        for line in
            ["echo for you", "echo \"it's\"", "echo it\\'s", "echo 'a\\'", "A=1 echo {", "a & b"]
        {
            assert_eq!(split(line), [line]);
        }
    }

    #[test]
    fn what_is_open_waits_for_more() {
        for line in ["echo 'a", "for i in 1; do", "a |", "a \\", "$(b", "echo \"$(a", "a &&"] {
            assert!(commands(line).1, "{line}");
        }
    }

    #[test]
    fn prompts_are_taken_off_where_every_command_has_one() {
        let note = "$ aws a \\\n>   --b c\n$ aws d\n";
        assert_eq!(unprompted(note), "aws a \\\n  --b c\naws d");
        for text in ["$ aws a\naws b", "aws a\n$ aws b", "$A", "echo 1\necho 2"] {
            assert_eq!(unprompted(text), text);
        }
        assert_eq!(unprompted("# first\r\n$ aws a\r\n\r\n$ aws b"), "# first\naws a\n\naws b");
    }
}
