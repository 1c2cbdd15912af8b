//! The shape of an operation's input, as the service's published model has it.
//!
//! One table, many readers: validation, JSON types, the console's options, help and completion are
//! all computed from these constants.

use crate::api::pattern::Pattern;

/// Members in the order of the model, and the order in which the validator names them.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// The structure's name in the model (`StreamModeDetails`), or the operation's.
    pub name: &'static str,
    /// In the order of the model: what help prints and what `--generate-cli-skeleton` would.
    pub members: &'static [Param],
    /// Names of members in the order recorded from the service's validation errors; members that
    /// are not listed follow in the order of the model.
    pub checked: &'static [&'static str],
}

/// One member of a structure, or one parameter of an operation.
#[derive(Debug, PartialEq, Eq)]
pub struct Param {
    /// As on the wire: `StreamName`.
    pub name: &'static str,
    /// What its values may be.
    pub kind: Kind,
    /// Whether a request without it is refused before the service looks at anything else.
    pub required: bool,
}

/// What a value may be. Bounds are inclusive.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text with bounds in characters, not bytes.
    Text {
        /// Fewest characters.
        min: u32,
        /// Most characters; `u32::MAX` where the model has no bound.
        max: u32,
        /// Which characters, in which order.
        pattern: Option<Pattern>,
    },
    /// One of a closed set of words.
    Choice(&'static Choice),
    /// A whole number of 32 bits.
    Integer {
        /// Smallest value, if the model has one.
        min: Option<i64>,
        /// Largest value, if the model has one.
        max: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// Seconds since 1970 on the wire, to the millisecond.
    Timestamp,
    /// Bytes, base64 on the wire; the bound counts bytes before base64.
    Blob {
        /// Most bytes.
        max: u32,
    },
    /// A list.
    List {
        /// Fewest items.
        min: u32,
        /// Most items.
        max: u32,
        /// What each item may be.
        of: &'static Kind,
    },
    /// A map from text to text.
    Map {
        /// Fewest entries.
        min: u32,
        /// Most entries.
        max: u32,
        /// Fewest and most characters of a key.
        keys: (u32, u32),
        /// Fewest and most characters of a value.
        values: (u32, u32),
    },
    /// A structure with members of its own.
    Structure(&'static Shape),
}

/// A closed set of words.
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// In the order of the model: what help prints.
    pub words: &'static [&'static str],
    /// In the order the validator prints them, which is the service's own and not sorted.
    pub said: &'static [&'static str],
}

/// How the AWS command line reads an operation page by page and prints it as one answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Pages {
    /// The parameter that asks for the page after.
    pub input_token: &'static str,
    /// Where an answer says what to ask for next.
    pub output_token: Token,
    /// The parameter that says how long a page is; empty if there is none. Whoever types it, or
    /// the input token, gets one page as the service sent it.
    pub limit: &'static str,
    /// The parameters that a token stands for: a request with a token leaves them out.
    pub implied: &'static [&'static str],
    /// The members that are joined over all pages. They are printed first.
    pub results: &'static [&'static [&'static str]],
    /// The members printed after them, from the first page, `null` if the service sent none.
    pub rest: &'static [&'static [&'static str]],
}

/// Where an answer says what to ask for next.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// A member of the answer, absent on the last page.
    Member(&'static str),
    /// `member` of the last item of `list`, as long as `more` is true.
    LastOf {
        /// The list, from the answer's root.
        list: &'static [&'static str],
        /// The member of its items.
        member: &'static str,
        /// The flag that says whether there is a next page, from the answer's root.
        more: &'static [&'static str],
    },
}

impl Shape {
    /// A shape whose members are checked in the order of the model.
    pub const fn new(name: &'static str, members: &'static [Param]) -> Self {
        Self { name, members, checked: &[] }
    }

    /// The member called `name`.
    pub fn member(&self, name: &str) -> Option<&'static Param> {
        self.members.iter().find(|param| param.name == name)
    }

    /// The members in the order in which the validator names them.
    pub fn in_checked_order(&self) -> impl Iterator<Item = &'static Param> {
        let recorded = self.checked.iter().filter_map(|name| self.member(name));
        let rest = self.members.iter().filter(|param| !self.checked.contains(&param.name));
        recorded.chain(rest)
    }
}

impl Choice {
    /// Words that the validator prints in the order of the model, as far as anyone has recorded.
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words, said: words }
    }
}

impl Param {
    /// A parameter every request must have.
    pub const fn required(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: true }
    }

    /// A parameter a request may leave out.
    pub const fn optional(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: false }
    }
}
