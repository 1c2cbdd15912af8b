//! Recorded sessions of the real command line: what it printed of an answer, and what of a query.
//!
//! `tests/cli` holds them in blocks. `$` begins the command, `<` a page of the answer as the
//! command line holds it, and what follows is what it printed; `[exit status 255]` ends it where
//! it failed. The sessions were made with version 2.9.19.

use serde_json::Value as Json;
use shardlab::console::aws::globals;
use shardlab::console::aws::print::{Answer, print};
use shardlab::console::{aws, lex};
use std::fmt::Write;
use std::path::Path;

#[test]
fn answers_are_printed_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut count = 0;
    let mut wrong = String::new();
    for file in std::fs::read_dir(folder).expect("the folder of sessions") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a session is text");
        for session in text.split("\n$ ").skip(1) {
            let (command, rest) = session.split_once('\n').unwrap_or((session, ""));
            let pages = rest.lines().take_while(|line| line.starts_with("< "));
            let pages: Vec<&str> = pages.collect();
            let length: usize = pages.iter().map(|page| page.len() + 1).sum();
            let expected = rest[length..].trim_end_matches('\n');
            let printed = printed(command, &pages);
            count += 1;
            if printed.trim_end_matches('\n') != expected {
                let pages = pages.join("\n");
                let _ = writeln!(
                    wrong,
                    "$ {command}\n{pages}\n--- printed\n{printed}\n--- recorded\n{expected}\n"
                );
            }
        }
    }
    assert!(count > 50, "only {count} sessions");
    assert!(wrong.is_empty(), "{wrong}");
}

fn printed(command: &str, pages: &[&str]) -> String {
    let words = lex::words(command).expect("plain words");
    let split = match globals::split(&words[1..]) {
        Ok(split) => split,
        Err(output) => return format!("{}[exit status {}]", output.stderr, output.status),
    };
    let operation = aws::operations()
        .find(|operation| aws::kebab(operation.name) == split.commands[1])
        .expect("an operation");
    let is_paged = !split.globals.is_one_page;
    let answer = Answer {
        pages: pages
            .iter()
            .map(|page| serde_json::from_str::<Json>(&page[2..]).expect("a page is JSON"))
            .collect(),
        joined: operation.pages.as_ref().filter(|_| is_paged),
        resume: None,
    };
    match print(operation.name, &answer, &split.globals.style) {
        Ok(text) => text,
        Err(message) => format!("\n{message}\n[exit status 255]"),
    }
}
