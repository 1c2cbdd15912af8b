//! What a shell has and this console lacks, with what does the job.

use crate::console::shell::error::{ShellError, unsupported};

pub const BACKGROUND: ShellError = unsupported(
    "&",
    "other lines can be entered while one sleeps; producers and consumers are `lab` commands",
);
pub const PARENTHESES: ShellError =
    unsupported("( … )", "enter the commands without them, or quote the parentheses");
pub const FUNCTION: ShellError =
    unsupported("a function", "write a loop, or recall the line with the arrow keys");
pub const REDIRECTION_OF_MANY: ShellError =
    unsupported("a redirection after a whole loop", "write it after the commands within");
pub const TO_FILE: ShellError = unsupported(
    "> FILE",
    "there are no files here; the answer stays on the page, and NAME=$( … ) keeps it",
);
pub const FROM_FILE: ShellError =
    unsupported("< FILE", "there are no files here; write `echo TEXT | COMMAND`");
pub const HERE_DOCUMENT: ShellError =
    unsupported("<<", "write `echo TEXT | COMMAND`, or `COMMAND <<< TEXT`");
pub const PROCESS: ShellError = unsupported("<( … )", "write `COMMAND | COMMAND`");
pub const PIPE_BOTH: ShellError = unsupported("|&", "write `2>&1 |`");
pub const ARITHMETIC_COMMAND: ShellError =
    unsupported("(( … ))", "count with `for i in {1..20}`, or compare with [ \"$i\" -lt 20 ]");
pub const ARITHMETIC: ShellError =
    unsupported("$(( … ))", "count with `for i in {1..20}`, or write the result itself");
pub const PARAMETER: ShellError =
    unsupported("${NAME…}", "write ${NAME}, and quote the dollar sign if it is meant");
pub const DOLLAR_QUOTE: ShellError =
    unsupported("$'…'", "write \"$(printf 'a\\tb')\" for tabs and line breaks");

/// Reserved words of other shells' constructs.
const WORDS: [(&str, &str); 8] = [
    ("{", "enter the commands without braces, or quote the brace"),
    ("case", "write `if [ … ]; then …; fi`"),
    ("select", "write a `for` loop"),
    ("function", "write a loop, or recall the line with the arrow keys"),
    ("[[", "write [ … ]"),
    ("time", "commands take no simulated time; `date` tells it"),
    ("coproc", "nothing runs in the background; producers and consumers are `lab` commands"),
    ("((", "count with `for i in {1..20}`"),
];

/// A reserved word that stands for something that is not here.
pub fn reserved(word: &str) -> Option<ShellError> {
    let (what, instead) = WORDS.into_iter().find(|(what, _)| *what == word)?;
    Some(match what {
        "{" => unsupported("{ …; }", instead),
        _ => unsupported(what, instead),
    })
}

/// A dollar sign with what follows it, if a shell would put something there that is not here.
pub fn parameter(char: char) -> Option<ShellError> {
    let no_arguments = "a line has no arguments; quote the dollar sign if it is meant";
    Some(match char {
        '0'..='9' => unsupported("$1", no_arguments),
        '@' => unsupported("$@", no_arguments),
        '*' => unsupported("$*", no_arguments),
        '#' => unsupported("$#", no_arguments),
        '!' => unsupported("$!", "`jobs` lists the lines in progress"),
        '$' => unsupported("$$", "nothing has a process number here; $RANDOM makes names differ"),
        '-' => unsupported("$-", "there are no settings; quote the dollar sign if it is meant"),
        _ => return None,
    })
}
