//! What a tool is started with and what comes of it.

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
    pub fn input(&self) -> Result<&'a [u8], String> {
        self.has_read.set(true);
        self.input.ok_or_else(|| "nothing is piped into it: write `… | COMMAND`".to_owned())
    }

    /// The same as text; bytes that are none become replacement characters.
    pub fn text(&self) -> Result<String, String> {
        self.input().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }
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
    pub fn of(stdout: impl Into<Vec<u8>>) -> Self {
        Self { stdout: stdout.into(), ..Self::default() }
    }

    /// Nothing printed.
    pub fn status(status: u8) -> Self {
        Self { status, ..Self::default() }
    }
}

/// The complaint about an option that a tool does not have here.
pub fn no_option(option: &str, has: &str) -> String {
    format!("{option} is not part of this console; there are {has}")
}

/// The complaint about a file.
pub fn no_file(name: &str) -> String {
    format!("{name}: there are no files here; pipe the text in with `echo … |`")
}
