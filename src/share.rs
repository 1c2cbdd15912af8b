//! What leaves the page: a run as a link, and lines and whole runs as code for real Kinesis.

pub mod copy_as;
pub mod export;
pub mod link;

use crate::console::Console;
use crate::journal::Journal;
use copy_as::Form;

crate::chunk! {
    /// Who writes code: in the file of the console, by whose parser it reads lines. A build that
    /// asks for it nowhere must not have it, for it could not be cut out there.
    #[cfg(feature = "app")]
    pub static WRITERS(console): Writers =
        Writers { copy_as: copy_as::copy_as, export: export::export, plan: export::plan };
}

/// Who writes code.
#[derive(Debug)]
pub struct Writers {
    /// A line in another language.
    pub copy_as: fn(&Console, &str, Form) -> String,
    /// A run.
    pub export: fn(&Journal, Form) -> String,
    /// Lines that nobody has run yet, one after the other.
    pub plan: fn(&Console, &[String], Form) -> String,
}
