//! Lines and runs as code for real Kinesis: every operation in every language, and exported
//! scripts that lead where the run led.

use expect_test::expect_file;
use shardlab::console::Console;
use shardlab::console::aws::{self, SERVICES, Service};
use shardlab::console::shell::lines;
use shardlab::console::surroundings::Surroundings;
use shardlab::console::variables::Variables;
use shardlab::journal::Journal;
use shardlab::share::copy_as::{Form, copy_as};
use shardlab::share::export::{FORMS, LAB, export};
use std::fmt::Write;

/// A line of every operation, as its help has it, and lines with values that are hard to write.
fn some_lines() -> Vec<String> {
    let operations = SERVICES.iter().flat_map(Service::operations);
    let mut lines: Vec<String> = operations.map(aws::example).collect();
    let hard = include_str!("../share/lines.txt").lines();
    lines.extend(hard.filter(|line| !line.starts_with("##")).map(str::to_owned));
    lines
}

fn console() -> Console {
    let mut console = Console::default();
    console.enter("STREAM=clicks");
    console
}

#[test]
fn every_operation_is_written_in_every_language() {
    let console = console();
    for form in Form::ALL {
        let mut all = String::new();
        for line in some_lines() {
            let code = copy_as(&console, &line, form);
            writeln!(all, "$ {line}\n{code}").unwrap();
        }
        let name = form.name().to_lowercase();
        expect_file![format!("../share/{name}.txt")].assert_eq(&all);
    }
}

/// The request of a line.
fn request(line: &str) -> Option<String> {
    let words = shardlab::console::lex::words(line).ok()?;
    let variables = Variables::default();
    let asked = aws::read(words.get(1..)?, &Surroundings::new(&variables, &[]))?;
    Some(format!("{} {:?} {:?}", asked.operation.name, asked.waiter, asked.request))
}

#[test]
fn a_written_out_line_asks_for_the_same() {
    let console = Console::default();
    let mut read = 0;
    for line in some_lines().iter().filter(|line| !line.contains('$')) {
        if let Some(before) = request(line) {
            let again = copy_as(&console, line, Form::Aws);
            assert_eq!(request(&again), Some(before), "{line}\n{again}");
            read += 1;
        }
    }
    assert!(read >= 50, "{read} lines were read");
}

/// A run with refusals, waits, variables and a script.
fn run(lab: &[&str]) -> Journal {
    let mut journal = Journal::default();
    for line in lab {
        journal.run(line);
    }
    for line in include_str!("../share/run.txt").lines() {
        journal.run(line);
    }
    journal
}

fn state(journal: &Journal) -> (String, u64) {
    (journal.simulation().now().to_string(), journal.simulation().digest())
}

#[test]
fn an_exported_script_leads_where_the_run_led() {
    let journal = run(&[]);
    let script = export(&journal, Form::Aws);
    let mut again = Journal::default();
    let mut statuses = Vec::new();
    for line in lines(&script) {
        statuses.push((again.run(&line).status, line));
    }
    statuses.retain(|(status, _)| *status != 0);
    let failed: Vec<&str> = statuses.iter().map(|(_, line)| &**line).collect();
    assert_eq!(failed, ["set -euo pipefail"], "what is refused does not end the script");
    assert_eq!(state(&again), state(&journal), "{script}");
}

#[test]
fn lab_lines_come_back_when_their_mark_is_taken_away() {
    let lab = [
        "lab start --seed 7 --at 2026-11-20T00:00:00Z",
        "aws kinesis create-stream --stream-name busy --shard-count 1",
        "lab wait 10s",
        "lab producer web --stream busy --rate 800/s",
        "lab wait 1500ms",
    ];
    let journal = run(&lab);
    let script = export(&journal, Form::Aws);
    assert_eq!(script.matches(LAB).count(), 2);
    let mut again = Journal::default();
    for line in lines(&script.replace(LAB, "")) {
        again.run(&line);
    }
    assert_eq!(state(&again), state(&journal));
}

#[test]
fn a_run_is_written_in_every_language() {
    let journal = run(&["lab wait 1s"]);
    for (form, ending) in FORMS {
        expect_file![format!("../share/run.{ending}")].assert_eq(&export(&journal, form));
    }
}

#[test]
fn a_line_that_was_refused_after_pauses_ends_no_script_and_declares_no_stream() {
    let mut journal = Journal::default();
    for line in [
        "aws kinesis create-stream --stream-name huge --shard-count 30000",
        "aws kinesis create-stream --stream-name small --shard-count 1",
        "lab wait 10s",
    ] {
        journal.run(line);
    }
    assert_eq!(journal.entries()[0].status, 0, "it was not over");
    let script = export(&journal, Form::Aws);
    assert!(script.contains("--shard-count 30000 || true\n"), "{script}");
    let mut again = Journal::default();
    for line in lines(&script) {
        again.run(&line);
    }
    assert_eq!(state(&again), state(&journal), "{script}");
    let declared = export(&journal, Form::Terraform);
    assert!(!declared.contains("huge") && declared.contains("small"), "{declared}");
}

#[test]
fn commands_of_one_line_are_written_one_after_the_other() {
    let mut journal = Journal::default();
    for line in [
        "aws kinesis create-stream --stream-name hard --shard-count 3; \
         aws kinesis wait stream-exists --stream-name hard",
        "KEY='a \"b\" {c}'",
        "aws kinesis put-record --stream-name hard --partition-key \"$KEY\" \
         --data \"pre-$KEY-{post}\" --cli-binary-format raw-in-base64-out",
        "lab wait 20s",
        "for i in 1 2; do aws kinesis put-record --stream-name hard --partition-key $i \
         --data YQ==; sleep 2; done",
    ] {
        journal.run(line);
    }
    let python = export(&journal, Form::Boto3);
    let javascript = export(&journal, Form::JavaScript);
    for (code, words) in [
        (&python, "kinesis.create_stream(StreamName=\"hard\", ShardCount=3)\n"),
        (&python, "kinesis.get_waiter(\"stream_exists\").wait(StreamName=\"hard\")\nKEY = "),
        (&python, "Data=f\"pre-{KEY}-{{post}}\".encode()"),
        (&javascript, "await kinesis.send(new CreateStreamCommand("),
        (&javascript, "await waitUntilStreamExists("),
        (&javascript, "Data: new TextEncoder().encode(`pre-${KEY}-{post}`)"),
        (&javascript, "import { CreateStreamCommand, KinesisClient, PutRecordCommand, waitUntil"),
    ] {
        assert!(code.contains(words), "{words}\n{code}");
    }
    let declared = export(&journal, Form::Terraform);
    assert!(declared.contains("shard_count = 3"), "{declared}");
    assert!(
        declared.contains("\n# aws kinesis wait stream-exists --stream-name hard\n"),
        "{declared}"
    );
    let all: String = FORMS.iter().map(|(form, _)| export(&journal, *form)).collect();
    assert!(!all.contains(['\u{e000}', '\u{e001}']), "{all}");
}

#[test]
fn a_line_that_overtook_a_script_makes_no_pause_longer() {
    let mut journal = Journal::default();
    journal.run("aws kinesis create-stream --stream-name s --shard-count 1");
    journal.run("lab wait 10s");
    journal.enter(
        "for i in 1 2 3; do aws kinesis put-record --stream-name s --partition-key $i \
         --data YQ==; sleep 1; done",
    );
    journal.advance(journal.simulation().now() + std::time::Duration::from_millis(500));
    journal.enter("aws kinesis list-streams");
    journal.advance(journal.simulation().now() + std::time::Duration::from_secs(4));
    let script = export(&journal, Form::Aws);
    assert!(script.ends_with("done\naws kinesis list-streams\nsleep 1.5\n"), "{script}");
}
