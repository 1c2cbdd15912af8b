//! A run as a script for real Kinesis: for the shell, Python or JavaScript, and its streams and
//! consumers for Terraform.
//!
//! The shell gets the lines as they were typed, with variables and all, and `sleep` for the time
//! between them, so that the page runs the script again to the same state. A line that was refused
//! may be refused again, which does not end the script. A `lab` line has no counterpart and
//! becomes a comment that begins with `#lab:`: a shell passes over it, a reader sees what was done,
//! and whoever takes the mark away has the whole run back for Shardlab.

use super::copy_as::{Deed, Form, Resources, comment, deed, head, statement};
use crate::console::Console;
use crate::console::variables::Variables;
use crate::engine::time::{Instant, whole_micros};
use crate::journal::{Entry, Journal};
use std::fmt::Write;
use std::time::Duration;

/// What stands before a `lab` line in a shell script.
pub const LAB: &str = "#lab: ";

/// The languages that a run can be exported to, with the endings of their files' names.
pub const FORMS: [(Form, &str); 4] =
    [(Form::Aws, "sh"), (Form::Boto3, "py"), (Form::JavaScript, "mjs"), (Form::Terraform, "tf")];

/// The lines entered by now as a script in one of the [`FORMS`].
pub fn export(journal: &Journal, form: Form) -> String {
    let (entries, ends): (Vec<_>, Vec<_>) =
        journal.entries().iter().map(|entry| ended(journal, entry)).unzip();
    match form {
        Form::Terraform => declared(journal.console(), &entries),
        _ => scripted(journal, form, &entries, &ends),
    }
}

/// Lines that nobody has run yet as a script in one of the [`FORMS`]; each is waited for, and none
/// is expected to be refused.
pub fn plan(console: &Console, lines: &[String], form: Form) -> String {
    let entry =
        |line: &String| Entry { at: Instant::default(), line: line.as_str().into(), status: 0 };
    let entries: Vec<Entry> = lines.iter().map(entry).collect();
    if form == Form::Terraform {
        return declared(console, &entries);
    }
    let mut writer = Writer::new(form, console);
    for entry in &entries {
        writer.line(entry);
    }
    writer.written()
}

fn scripted(journal: &Journal, form: Form, entries: &[Entry], ends: &[Instant]) -> String {
    let mut writer = Writer::new(form, journal.console());
    let mut before = journal.begun();
    for (entry, end) in entries.iter().zip(ends) {
        writer.sleep(entry.at - before);
        // What became a comment takes no time, and what a line overtook is over by then.
        before = before.max(match writer.line(entry) {
            Written::Code => *end,
            Written::Comment => entry.at,
        });
    }
    writer.sleep(journal.simulation().now() - before);
    writer.written()
}

/// A line as it ended, and when: at once, unless it became a script, as a command does that pauses
/// before it asks again. One that still ran when the next line came runs to its end first in a
/// shell.
fn ended(journal: &Journal, entry: &Entry) -> (Entry, Instant) {
    let files = journal.console().files();
    let may_pause = match deed(&entry.line, &Variables::default(), files) {
        Deed::Script(_) | Deed::Sequence(_) => true,
        Deed::Ask(..) => entry.status == 0,
        _ => false,
    };
    let (mut entry, at) = (entry.clone(), entry.at);
    if !may_pause {
        return (entry, at);
    }
    let (mut again, until) = (journal.clone(), journal.simulation().now());
    again.seek(at);
    let due = |again: &Journal, job| again.console().shell().job_due(job);
    let job = again.console().shell().job_of(&entry.line);
    let Some(job) = job else { return (entry, at) };
    while let Some(at) = due(&again, job).filter(|at| *at <= until) {
        again.advance(at);
        while let Some(printed) = again.take_printed() {
            if printed.job == job && printed.is_over {
                entry.status = printed.output.status;
            }
        }
        again.drop_news();
    }
    (entry, again.simulation().now())
}

/// What a reader must know before running it.
fn opening(form: Form, body: &str) -> String {
    let mut notes = "A run of Shardlab. On a real account it creates streams, which cost money \
                     until they are deleted.\n"
        .to_owned();
    if body.contains(":123456789012:") {
        notes += "Put your own account in place of 123456789012, and your Region.\n";
    }
    comment(form, &notes)
}

/// What a line became.
enum Written {
    /// What takes its time, as it did here; in a shell every line.
    Code,
    /// What is only read.
    Comment,
}

struct Writer<'a> {
    form: Form,
    console: &'a Console,
    /// Variables that have the same value in every run.
    known: Variables,
    body: String,
}

impl<'a> Writer<'a> {
    fn new(form: Form, console: &'a Console) -> Self {
        Self { form, console, known: Variables::default(), body: String::new() }
    }

    /// All of it.
    fn written(self) -> String {
        let Self { form, body, .. } = self;
        let shebang = if form == Form::Aws { "#!/usr/bin/env bash\n" } else { "" };
        let strict = if form == Form::Aws { "set -euo pipefail\n\n" } else { "" };
        format!("{shebang}{}{strict}{}{body}", opening(form, &body), head(form, &body))
    }

    fn sleep(&mut self, gap: Duration) {
        if !gap.is_zero() {
            self.body += &statement(&Deed::Sleep(whole_micros(gap)), self.form);
        }
    }

    fn line(&mut self, entry: &Entry) -> Written {
        let line = entry.line.trim();
        let deed = deed(line, &self.known, self.console.files());
        if self.form == Form::Aws {
            self.shell_line(line, &deed, entry.status);
            return Written::Code;
        }
        if !deed.is_code() {
            self.body += &comment(self.form, line);
            return Written::Comment;
        }
        let code = statement(&deed, self.form);
        match (self.form, entry.status) {
            (_, 0) => self.body += &code,
            (Form::Boto3, _) => {
                self.body += "try:\n";
                for line in code.lines() {
                    let _ = writeln!(self.body, "    {line}");
                }
                self.body += "except kinesis.exceptions.ClientError as error:\n    print(error)\n";
            }
            _ => {
                self.body += "try {\n";
                for line in code.lines() {
                    let _ = writeln!(self.body, "  {line}");
                }
                self.body += "} catch (error) {\n  console.error(error);\n}\n";
            }
        }
        Written::Code
    }

    fn shell_line(&mut self, line: &str, deed: &Deed, status: u8) {
        if let Deed::Lab(_) = deed {
            for line in line.lines() {
                let _ = writeln!(self.body, "{LAB}{line}");
            }
            return;
        }
        // `set -e` ends a script at the first refusal, a lesson goes on.
        let (open, close) = match (status, line.contains('\n')) {
            (0, _) => ("", ""),
            (_, false) => ("", " || true"),
            (_, true) => ("{ ", "\n} || true"),
        };
        let _ = writeln!(self.body, "{open}{line}{close}");
    }
}

/// The streams and consumers that are there at the end, and what Terraform cannot do.
fn declared(console: &Console, entries: &[Entry]) -> String {
    let (mut resources, mut rest) = (Resources::default(), String::new());
    let known = Variables::default();
    for entry in entries.iter().filter(|entry| entry.status == 0) {
        let mut is_declared = |deed: &Deed| match deed {
            Deed::Ask(asked, _) => resources.is_changed_by(asked),
            _ => false,
        };
        match deed(&entry.line, &known, console.files()) {
            Deed::Sequence(deeds) => {
                for deed in deeds.iter().filter(|deed| !is_declared(deed)) {
                    rest += &comment(Form::Terraform, &statement(deed, Form::Aws));
                }
            }
            deed if is_declared(&deed) => {}
            _ => rest += &comment(Form::Terraform, &entry.line),
        }
    }
    let mut text = opening(Form::Terraform, "");
    text += "\nterraform {\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n\
             \x20   }\n  }\n}\n\n";
    text += &resources.written();
    if !rest.is_empty() {
        text += "\n\n# What Terraform does not do:\n";
        text += &rest;
    }
    text.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use crate::share::copy_as::seconds;

    #[test]
    fn seconds_have_no_more_digits_than_they_need() {
        let written = [10_000_000, 250_000, 1].map(seconds);
        assert_eq!(written, ["10", "0.25", "0.000001"]);
    }
}
