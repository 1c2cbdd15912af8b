//! What surrounds a command: variables, what is piped in, and files.

use super::variables::Variables;
use crate::engine::sorted::SortedMap;
use std::rc::Rc;

/// Files by their names: what `file://` may name.
pub type Files = SortedMap<String, Rc<[u8]>>;

/// What a command is started with besides its words.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    variables: &'a Variables,
    /// What is piped into it: what `file:///dev/stdin` reads.
    pub input: &'a [u8],
    /// The files of the page, if there are any.
    files: Option<&'a Files>,
}

impl<'a> Surroundings<'a> {
    /// Some variables and some input.
    pub fn new(variables: &'a Variables, input: &'a [u8]) -> Self {
        Self { variables, input, files: None }
    }

    /// The same among some files.
    #[must_use]
    pub fn with_files(self, files: &'a Files) -> Self {
        Self { files: Some(files), ..self }
    }

    /// What the file called `name` holds.
    pub fn file(&self, name: &str) -> Option<&'a [u8]> {
        match name {
            "/dev/stdin" => Some(self.input),
            name => self.files?.get(name).map(|bytes| &**bytes),
        }
    }

    /// The value of an environment variable: of one that was exported or stands before the command.
    pub fn variable(&self, name: &str) -> Option<&'a str> {
        self.variables.exported(name)
    }

    /// The files of the page, for a command that goes on later.
    pub fn files(&self) -> Option<&'a Files> {
        self.files
    }

    /// All variables, for a command that goes on later.
    pub fn variables(&self) -> &'a Variables {
        self.variables
    }
}
