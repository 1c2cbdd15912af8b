//! Small tools around pipes: what notes use between two `aws` commands.

mod base64;
mod call;
mod check;
mod clock;
mod jq;
mod print;
mod text;

pub use call::{Answer, Call};

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
