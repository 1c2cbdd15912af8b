//! The shell around the commands: what it keeps between lines.

pub mod variables;

use variables::Variables;

/// What a command is started with besides its words.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    variables: &'a Variables,
    /// What is piped into it: what `file:///dev/stdin` reads.
    pub input: &'a [u8],
}

impl<'a> Surroundings<'a> {
    /// Some variables and some input.
    pub fn new(variables: &'a Variables, input: &'a [u8]) -> Self {
        Self { variables, input }
    }

    /// The value of an environment variable: of one that was exported or stands before the command.
    pub fn variable(&self, name: &str) -> Option<&'a str> {
        self.variables.exported(name)
    }
}
