//! Why a line is no program.

/// What is wrong with a line. Nothing of it was run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShellError {
    /// A quote or bracket that nobody closed.
    #[error("unexpected end of line while looking for the closing {0}")]
    Unclosed(&'static str),
    /// A backslash at the very end, where the next line is missing.
    #[error("the line ends in a backslash, so the next line belongs to it: enter both at once")]
    Backslash,
    /// An operator at the very end, after which a command is missing.
    #[error("the line ends before the command that belongs to it: enter both at once")]
    NoCommand,
    /// A sign or reserved word where none can be.
    #[error("syntax error near unexpected token `{0}'")]
    Unexpected(String),
    /// Something that a shell has and this console lacks.
    #[error("{what} is not part of this console: {instead}")]
    Unsupported {
        /// The syntax, as typed.
        what: &'static str,
        /// What does the job.
        instead: &'static str,
    },
    /// More than a console of a page should hold.
    #[error("{0}")]
    TooMuch(&'static str),
}

impl ShellError {
    /// Whether more lines could complete what was typed.
    pub fn is_unfinished(&self) -> bool {
        matches!(self, Self::Unclosed(_) | Self::Backslash | Self::NoCommand)
    }
}

/// Something that a shell has and this console lacks.
pub const fn unsupported(what: &'static str, instead: &'static str) -> ShellError {
    ShellError::Unsupported { what, instead }
}
