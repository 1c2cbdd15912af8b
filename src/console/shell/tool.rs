//! Small tools around pipes: what notes use between two `aws` commands.

mod base64;
mod check;
mod clock;
mod jq;
mod print;
mod text;

use crate::engine::time::Instant;
use std::cell::Cell;

/// What a tool is started with.
pub struct Call<'a> {
    /// What follows its name.
    pub arguments: &'a [String],
    /// What is piped into it.
    input: Option<&'a [u8]>,
    has_read: Cell<bool>,
    /// The time.
    pub now: Instant,
}

/// What a tool prints.
#[derive(Default)]
pub struct Answer {
    /// Bytes for whoever reads on.
    pub stdout: Vec<u8>,
    /// What went wrong on the way.
    pub complaint: String,
    /// Zero if all went well.
    pub status: u8,
}

impl Answer {
    /// Something printed, and nothing wrong with it.
    fn of(stdout: impl Into<Vec<u8>>) -> Self {
        Self { stdout: stdout.into(), ..Self::default() }
    }

    /// Nothing printed.
    fn status(status: u8) -> Self {
        Self { status, ..Self::default() }
    }
}

/// What a tool does; an error says what is wrong, without the tool's name and a line break.
pub type Tool = fn(&Call<'_>) -> Result<Answer, String>;

/// Every tool, by name.
pub const TOOLS: &[(&str, Tool)] = &[
    (":", |_| Ok(Answer::status(0))),
    ("[", check::bracket),
    ("base64", base64::run),
    ("cat", text::cat),
    ("clear", |_| Ok(Answer::status(0))),
    ("cut", text::cut),
    ("date", clock::date),
    ("echo", print::echo),
    ("false", |_| Ok(Answer::status(1))),
    ("grep", text::grep),
    ("head", text::head),
    ("jq", jq::run),
    ("md5sum", text::md5sum),
    ("printf", print::printf),
    ("seq", print::seq),
    ("tail", text::tail),
    ("test", check::test),
    ("tr", text::tr),
    ("true", |_| Ok(Answer::status(0))),
    ("wc", text::wc),
];

impl<'a> Call<'a> {
    /// A call at some time.
    pub fn new(arguments: &'a [String], input: Option<&'a [u8]>, now: Instant) -> Self {
        Self { arguments, input, has_read: Cell::new(false), now }
    }

    /// Whether it has read what was piped in.
    pub fn has_read(&self) -> bool {
        self.has_read.get()
    }

    /// What is piped in; without a pipe, a tool would wait for somebody to type.
    fn input(&self) -> Result<&'a [u8], String> {
        self.has_read.set(true);
        self.input.ok_or_else(|| "nothing is piped into it: write `… | COMMAND`".to_owned())
    }

    /// The same as text; bytes that are none become replacement characters.
    fn text(&self) -> Result<String, String> {
        self.input().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }
}

/// The complaint about an option that a tool does not have here.
fn no_option(option: &str, has: &str) -> String {
    format!("{option} is not part of this console; there are {has}")
}

/// The complaint about a file.
fn no_file(name: &str) -> String {
    format!("{name}: there are no files here; pipe the text in with `echo … |`")
}
