//! Recorded sessions of the real command line: what it printed of an answer, and what of a query.
//!
//! `tests/cli` holds them in blocks. `$` begins the command, `<` a page of the answer as the
//! command line holds it, and what follows is what it printed, to the last byte; `[exit status
//! 255]` ends it where it failed. The sessions were made with version 2.9.19. Sessions from the
//! line to its end, with the requests between, are played in `console::aws`.

use serde_json::Value as Json;
use shardlab::api::ROWS;
use shardlab::console::aws::globals;
use shardlab::console::aws::print::{Answer, print};
use shardlab::console::{Console, aws, complete, lex};
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

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
            // An empty line parts the sessions: the split took it.
            let expected = &rest[length..];
            let printed = printed(command, &pages);
            count += 1;
            if printed != expected {
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
        Err(output) => return format!("{}[exit status {}]\n", output.stderr, output.status),
    };
    let row = ROWS
        .iter()
        .find(|row| aws::kebab(row.operation.name) == split.commands[1])
        .expect("an operation");
    let operation = &row.operation;
    let is_paged = !split.globals.is_one_page;
    let answer = Answer {
        pages: pages
            .iter()
            .map(|page| serde_json::from_str::<Json>(&page[2..]).expect("a page is JSON"))
            .collect(),
        joined: row.pages.as_ref().filter(|_| is_paged),
        resume: None,
    };
    match print(operation.name, &answer, &split.globals.style) {
        Ok(text) => text,
        Err(message) => format!("\n{message}\n[exit status 255]\n"),
    }
}

/// A world with two streams and a consumer.
fn world() -> Console {
    let mut console = Console::default();
    for line in [
        "aws kinesis create-stream --stream-name orders --shard-count 2",
        "aws kinesis create-stream --stream-name clicks --shard-count 1",
    ] {
        assert_eq!(console.enter(line).status, 0, "{line}");
    }
    let world = console.simulation_mut();
    world.advance(world.now() + Duration::from_secs(10));
    let line = "aws kinesis register-stream-consumer --consumer-name search --stream-arn \
                arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    assert_eq!(console.enter(line).status, 0);
    console
}

fn words_at_end(console: &Console, line: &str) -> Vec<String> {
    complete(console, line, line.len()).words
}

#[test]
fn what_may_come_next_is_known() {
    let console = world();
    let arn = "arn:aws:kinesis:us-east-1:123456789012:stream/";
    for (line, expected) in [
        ("", vec!["aws", "lab"]),
        ("a", vec!["aws"]),
        ("aws k", vec!["kinesis"]),
        ("aws kinesis put-rec", vec!["put-record", "put-records"]),
        ("aws kinesis put-record --stream-n", vec!["--stream-name"]),
        ("aws kinesis put-record --stream-name x --stream-n", vec![]),
        ("aws kinesis put-record --stream-name ", vec!["clicks", "orders"]),
        ("aws kinesis put-record --stream-name=o", vec!["orders"]),
        ("aws kinesis list-streams --output y", vec!["yaml", "yaml-stream"]),
        ("aws kinesis put-record --cli-binary-format r", vec!["raw-in-base64-out"]),
        (
            "aws kinesis get-shard-iterator --stream-name orders --shard-id ",
            vec!["shardId-000000000000", "shardId-000000000001"],
        ),
        (
            "aws kinesis get-shard-iterator --stream-name clicks --shard-id ",
            vec!["shardId-000000000000"],
        ),
        ("IT=$(aws kinesis get-shard-iterator --shard-iterator-type L", vec!["LATEST"]),
        ("aws kinesis list-streams | aws kinesis delete-s", vec!["delete-stream"]),
        ("aws kinesis describe-stream-consumer --consumer-name ", vec!["search"]),
        ("aws kinesis 'put-recor", vec!["put-record", "put-records"]),
        ("lab wa", vec!["wait"]),
        ("lab producer web --stream ", vec!["clicks", "orders"]),
        ("lab producer web --rec", vec!["--record-size"]),
        ("what is ", vec![]),
    ] {
        assert_eq!(words_at_end(&console, line), expected, "{line}");
    }
    let arns = words_at_end(&console, "aws kinesis delete-stream --stream-arn ");
    assert_eq!(arns, [format!("{arn}clicks"), format!("{arn}orders")]);
    let found = complete(&console, "aws kinesis list-streams --output=js --debug", 36);
    assert_eq!((found.start, found.words), (34, vec!["json".to_owned()]));
    for (line, cursor) in [("주문", 1), ("aws", 99), ("", 5), ("aws kinesis \\", 13)] {
        complete(&console, line, cursor);
    }
}

#[test]
fn examples_of_the_help_can_be_entered() {
    for operation in aws::operations() {
        let line = aws::example(operation);
        let output = world().enter(&line);
        // The service may refuse it: its shards and iterators are not this world's.
        assert!(matches!(output.status, 0 | 254), "{line}: {output:?}");
        let help = world().enter(&format!("aws kinesis {} help", aws::kebab(operation.name)));
        assert!(help.status == 0 && help.stdout.contains(&line), "{help:?}");
        for param in operation.input.members {
            assert!(help.stdout.contains(&format!("--{} (", aws::kebab(param.name))), "{help:?}");
        }
    }
    assert!(world().enter("aws kinesis help").stdout.contains("put-record "));
    assert!(world().enter("aws help").stdout.contains("kinesis"));
}

#[test]
fn slips_get_a_hint_apart_from_the_output() {
    let mut console = world();
    let iterator = "aws kinesis get-shard-iterator --stream-name orders \
                    --shard-id shardId-000000000000 --shard-iterator-type LATEST";
    for (line, stdout, hint) in [
        (format!("{iterator} --query SHARDIterator"), "null\n", "Write --query 'ShardIterator'"),
        (
            format!("{iterator} --query SHARDIterator --output text"),
            "None\n",
            "Write --query 'ShardIterator'",
        ),
        (
            "aws kinesis list-streams --query 'streamnames[0]'".to_owned(),
            "null\n",
            "Write --query 'StreamNames[0]'",
        ),
        (
            "aws kinesis put-record --stream-name orders --partition-key a --data 'Hi!'".to_owned(),
            "",
            "raw-in-base64-out",
        ),
        ("aws kinesis get-records --shard-iterator None".to_owned(), "", "--query"),
        (
            "aws kinesis put-record --stream-name orders --partition-key a --data file://x"
                .to_owned(),
            "",
            "Drop it on the page",
        ),
    ] {
        let output = console.enter(&line);
        assert_eq!(output.stdout, stdout, "{line}");
        let said = output.hint.unwrap_or_default();
        assert!(said.contains(hint), "{line}: {said}");
    }
    for line in [iterator.to_owned(), format!("{iterator} --query Nothing")] {
        assert_eq!(console.enter(&line).hint, None, "{line}");
    }
}

#[test]
fn files_of_the_page_are_values() {
    let mut console = world();
    console.add_file("hello.txt", *b"hello");
    console.add_file("bytes", [0xff_u8, 0]);
    console.add_file("records.json", *br#"[{"Data":"YQ==","PartitionKey":"b"}]"#);
    let put = "aws kinesis put-record --stream-name orders --partition-key a --query ShardId";
    for (line, status) in [
        (format!("{put} --cli-binary-format raw-in-base64-out --data file://hello.txt"), 0),
        (format!("{put} --data fileb://bytes"), 0),
        (format!("{put} --data file://bytes"), 252),
        (format!("{put} --data file://hello.txt"), 255),
        ("aws kinesis put-records --stream-name orders --records file://records.json".into(), 0),
    ] {
        let output = console.enter(&line);
        assert_eq!(output.status, status, "{line}: {output:?}");
    }
    let iterator = "aws kinesis get-shard-iterator --stream-name orders \
                    --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON --query \
                    ShardIterator --output text";
    let iterator = console.enter(iterator).stdout;
    let line = format!(
        "aws kinesis get-records --output text --query Records[].Data --shard-iterator {iterator}"
    );
    let output = console.enter(line.trim());
    assert_eq!(output.stdout, "aGVsbG8=\t/wA=\n", "{output:?}");
}
