//! A console line as the same call in another language.
//!
//! The line is read by the console's own parser into an operation and its input, which every
//! language then writes from the operation's table; nothing about an operation stands here.
//! Comments in the code are English, like the code.

mod aws;
mod boto3;
mod http;
mod javascript;
mod lab;
mod literal;
mod terraform;

use crate::console::Console;
use crate::console::aws::{self as cli, Asked};
use crate::console::shell::calls::{self, Read};
use crate::console::surroundings::{Files, Surroundings};
use crate::console::variables::Variables;
use std::rc::Rc;
pub use terraform::Resources;

/// The languages that a line can be copied as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The AWS command line, with every option written out.
    Aws,
    /// Python with boto3.
    Boto3,
    /// JavaScript with the AWS SDK, version 3.
    JavaScript,
    /// Terraform with the AWS provider.
    Terraform,
    /// The HTTP request, not signed.
    Http,
}

impl Form {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Aws, Self::Boto3, Self::JavaScript, Self::Terraform, Self::Http];

    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::Boto3 => "boto3",
            Self::JavaScript => "JavaScript",
            Self::Terraform => "Terraform",
            Self::Http => "HTTP",
        }
    }

    /// What a comment begins with.
    fn comment(self) -> &'static str {
        if self == Self::JavaScript { "// " } else { "# " }
    }
}

/// What a line does, in words that every language can write.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Asks a service, and keeps the answer in a variable if there is one.
    Ask(Box<Asked>, Option<Rc<str>>),
    /// Gives a variable a value.
    Set(Rc<str>, String),
    /// Waits so many microseconds.
    Sleep(u64),
    /// Something that AWS has no call for.
    Lab(String),
    /// Several, one after the other.
    Sequence(Vec<Deed>),
    /// A script of the shell, with the calls in it.
    Script(Vec<Deed>),
    /// Nothing, or nothing that can be read.
    Other,
}

impl Deed {
    /// Whether every language that a program can be written in has code for it.
    pub fn is_code(&self) -> bool {
        matches!(self, Self::Ask(..) | Self::Set(..) | Self::Sleep(_) | Self::Sequence(_))
    }
}

/// What a line does; variables that are known have their values.
pub fn deed(line: &str, known: &Variables, files: &Files) -> Deed {
    calls::read(line, known).map_or(Deed::Other, |read| of_read(read, known, files))
}

fn of_read(read: Read, known: &Variables, files: &Files) -> Deed {
    let of_words = |words: &[String], kept| of_words(words, kept, known, files);
    match read {
        Read::Call(words, kept) => of_words(&words, kept),
        Read::Set(name, value) => Deed::Set(name, value),
        Read::Sequence(reads) => {
            let deeds: Vec<Deed> =
                reads.into_iter().map(|read| of_read(read, known, files)).collect();
            if deeds.iter().all(Deed::is_code) {
                Deed::Sequence(deeds)
            } else {
                Deed::Script(told(deeds))
            }
        }
        Read::Script(commands) => {
            Deed::Script(told(commands.iter().map(|words| of_words(words, None)).collect()))
        }
        Read::Nothing => Deed::Other,
    }
}

/// Those that something can be said of.
fn told(mut deeds: Vec<Deed>) -> Vec<Deed> {
    deeds.retain(|deed| !matches!(deed, Deed::Other));
    deeds
}

fn of_words(words: &[String], kept: Option<Rc<str>>, known: &Variables, files: &Files) -> Deed {
    let Some((name, arguments)) = words.split_first() else { return Deed::Other };
    match name.as_str() {
        "aws" => {
            let around = Surroundings::new(known, &[]).with_files(files);
            cli::read(arguments, &around)
                .map_or(Deed::Other, |asked| Deed::Ask(Box::new(asked), kept))
        }
        "lab" => match (arguments.first().map(String::as_str), lab::wait(arguments)) {
            (_, Some(micros)) => Deed::Sleep(micros),
            (verb, None) => Deed::Lab(verb.unwrap_or("help").to_owned()),
        },
        "sleep" => lab::sleep(arguments).map_or(Deed::Other, Deed::Sleep),
        _ => Deed::Other,
    }
}

/// A console line as the same call in another language, ready to paste.
pub fn copy_as(console: &Console, line: &str, form: Form) -> String {
    let deed = deed(line, console.shell().variables(), console.files());
    let body = match (&deed, form) {
        // A script of the shell is one already.
        (Deed::Sequence(_) | Deed::Script(_) | Deed::Set(..), Form::Aws) => line.trim().to_owned(),
        (Deed::Other, _) => {
            comment(form, "This line calls nothing of AWS that could be read.")
                + &comment(form, line.trim())
        }
        (Deed::Script(deeds), _) => {
            let parts = deeds.iter().map(|deed| statement(deed, form));
            let note = "The line is a script of the shell; these are the calls in it.";
            comment(form, note) + &parts.collect::<Vec<_>>().join("\n")
        }
        (Deed::Lab(_), _) => statement(&deed, form) + &comment(form, line.trim()),
        (deed, _) => statement(deed, form),
    };
    head(form, &body) + body.trim_end() + "\n"
}

/// A deed as code, with a line break at its end.
pub(in crate::share) fn statement(deed: &Deed, form: Form) -> String {
    let written = match (deed, form) {
        (Deed::Ask(asked, kept), Form::Aws) => Some(aws::call(asked, kept.as_deref())),
        (Deed::Ask(asked, kept), Form::Boto3) => Some(boto3::call(asked, kept.as_deref())),
        (Deed::Ask(asked, kept), Form::JavaScript) => {
            Some(javascript::call(asked, kept.as_deref()))
        }
        (Deed::Ask(asked, _), Form::Terraform) => Some(terraform::call(asked)),
        (Deed::Ask(asked, _), Form::Http) => Some(http::call(asked)),
        (Deed::Set(name, value), Form::Aws) => Some(format!("{name}={}", aws::word(value))),
        (Deed::Set(name, value), Form::Boto3) => Some(format!("{name} = {}", boto3::text(value))),
        (Deed::Set(name, value), Form::JavaScript) => {
            Some(format!("var {name} = {};", javascript::text(value)))
        }
        (Deed::Sleep(micros), Form::Aws) => Some(format!("sleep {}", seconds(*micros))),
        (Deed::Sleep(micros), Form::Boto3) => Some(format!("time.sleep({})", seconds(*micros))),
        (Deed::Sleep(micros), Form::JavaScript) => Some(javascript::sleep(*micros)),
        (Deed::Sequence(deeds), _) => {
            return deeds.iter().map(|deed| statement(deed, form)).collect();
        }
        (Deed::Lab(verb), _) => return comment(form, lab::note(verb)),
        _ => None,
    };
    match written {
        Some(code) => code + "\n",
        None => comment(form, "This has no counterpart here."),
    }
}

/// What stands above the code.
pub(in crate::share) fn head(form: Form, body: &str) -> String {
    match form {
        Form::Boto3 => boto3::head(body),
        Form::JavaScript => javascript::head(body),
        _ => String::new(),
    }
}

/// A comment, with a line break at its end.
pub(in crate::share) fn comment(form: Form, text: &str) -> String {
    text.lines().flat_map(|line| [form.comment(), line, "\n"]).collect()
}

/// `10` or `0.25`: microseconds as seconds.
pub(in crate::share) fn seconds(micros: u64) -> String {
    let (whole, part) = (micros / 1_000_000, micros % 1_000_000);
    if part == 0 {
        return whole.to_string();
    }
    format!("{whole}.{part:06}").trim_end_matches('0').to_owned()
}

/// The variable that a text is, if it is nothing but one whose value is not known.
fn variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix(calls::OPEN)?.strip_suffix(calls::CLOSE)?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    Some(name).filter(|_| is_name)
}

/// A text in which variables whose value is not known stand as in the shell.
fn spelled(text: &str) -> String {
    text.replace(calls::OPEN, "$").replace(calls::CLOSE, "")
}
