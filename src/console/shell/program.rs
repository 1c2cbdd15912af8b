//! What a line becomes: a flat list of steps, so that a script can stop at any of them, be copied
//! with the world, and go on later.

use std::rc::Rc;

/// The steps of a line, in order.
pub type Program = Rc<[Op]>;

/// One step. Places are indices of the program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Does nothing.
    Pass,
    /// Runs a command.
    Run(Command),
    /// Goes to another step.
    Jump(u32),
    /// Goes to another step if the last command ended like this.
    JumpIf(Ending, u32),
    /// Turns success into failure, and the other way round.
    Negate,
    /// Ends well.
    Succeed,
    /// Begins a shell within the shell.
    Begin {
        /// Where its commands read.
        input: Input,
        /// Where they print.
        output: Destination,
    },
    /// Ends that shell; what it printed into memory becomes a result.
    End,
    /// The same at the end of `$( )`, after which `$?` is again what it was before.
    EndCapture,
    /// Begins a loop over the values of some words.
    Each {
        /// The words.
        words: Vec<Word>,
        /// How many results they take.
        captured: u32,
    },
    /// Begins a loop without values.
    Repeat,
    /// Gives a variable the loop's next value; without one, the loop ends at that step.
    Next(Rc<str>, u32),
    /// Ends the innermost loop, and goes to that step.
    Leave(u32),
    /// Goes on with the innermost loop at that step.
    Again(u32),
}

/// How a command can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// With status 0.
    Success,
    /// With another.
    Failure,
}

/// Where the commands of a shell within the shell read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// Where the shell around reads.
    Around,
    /// The last result: what the command before the `|` printed.
    Piped,
}

/// Where the commands of a shell within the shell print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Destination {
    /// Where the shell around prints.
    Around,
    /// Into memory.
    Memory,
}

/// A simple command.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Command {
    /// What stands before it: `NAME=value`.
    pub assignments: Vec<(Rc<str>, Word)>,
    /// Its name and arguments.
    pub words: Vec<Word>,
    /// What follows `<<<`.
    pub input: Option<Word>,
    /// Where its answer goes.
    pub stdout: Sink,
    /// Where its complaints go.
    pub stderr: Sink,
    /// How many results its words take.
    pub captured: u32,
}

/// Where something printed goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sink {
    /// The answer, which can be piped.
    Out,
    /// The complaints.
    Err,
    /// `/dev/null`.
    Nowhere,
}

/// A word before its expansion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word(pub Vec<Part>);

/// Part of a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Text as it is.
    Text(Rc<str>, Quoting),
    /// The value of a variable.
    Variable(Rc<str>, Quoting),
    /// A result of a command within `$( )`: the first, the second, …
    Captured(u32, Quoting),
}

/// Whether a part stands between quotes: then it is not split into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quoting {
    /// It does not.
    Bare,
    /// It does.
    Quoted,
}
