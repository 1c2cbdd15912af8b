//! Lines that make no sense: nothing panics, and what did not reach the world changes nothing.

use crate::property::check;
use proptest::collection::vec;
use proptest::option;
use proptest::sample::select;
use proptest::strategy::Strategy;
use shardlab::console::aws::{self, SERVICES, kebab};
use shardlab::console::lab::VERBS;
use shardlab::console::{Console, complete, lex};
use std::cell::Cell;
use std::time::Duration;

/// Pieces of values, sound and not.
const VALUES: &[&str] = &[
    "",
    "orders",
    "'bad name!'",
    "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
    "arn:aws:kinesis:us-east-1:123456789012:stream/orders/consumer/c:1",
    "0",
    "-1",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "1e9",
    "YQ==",
    "'a=b,c={d'",
    "Data=YQ==,PartitionKey=a",
    "StreamMode=ON_DEMAND",
    "Type=AT_LATEST",
    "'[{\"Data\": \"YQ==\", \"PartitionKey\": \"😀\"}]'",
    "'{\"a\": [[[[1]]]]}'",
    "shardId-000000000000",
    "shardId-99999999999",
    "TRIM_HORIZON",
    "AT_TIMESTAMP=2026-11-20",
    "800/s",
    "60",
    "Sum",
    "Name=StreamName,Value=orders",
    r#"'[{"Id":"a","MetricStat":{"Metric":{},"Period":60,"Stat":"Sum"}}]'"#,
    "poisson:ramp:1/s:2/s:1m",
    "zipf:10:1.1",
    "1KiB..2KiB",
    "99999999999999999999s",
    "\"quoted \\\" text\"",
    "'open",
    "| head",
    "$(x)",
    "\\",
    "😀",
    "--",
    "-",
    "=",
    "Records[].",
    "'[?a]'",
    "'{a: b}'",
    "text",
    "table",
    "yaml",
    "yaml-stream",
    "xml",
    "eyJOZXh0VG9rZW4iOiBudWxsfQ==",
    "'{}'",
    "'{\"Data\":[1]}'",
    "'['",
    "input",
    "output",
    "yaml-input",
    "'a: [b, {c: d}]'",
    "'a: |\n  b'",
    "--debug",
    "--no-paginate",
    "--generate-cli-skeleton",
    "--no-",
    "--s",
    "me",
    "file://x",
    "help",
];

/// A line of the console: a command with options that it has, and values sound and not.
fn lines() -> impl Strategy<Value = String> {
    let options = vec((0..64_usize, select(vec![" ", "="]), select(VALUES)), 0..7);
    let last = option::weighted(0.3, select(VALUES));
    (0..1_000_usize, options, last).prop_map(|(command, options, last)| {
        let commands = commands();
        let (command, names) = &commands[command % commands.len()];
        let mut words = vec![command.clone()];
        for (name, joint, value) in options {
            let name = if names.is_empty() { "--limit" } else { &names[name % names.len()] };
            words.push(format!("{name}{joint}{value}"));
        }
        words.extend(last.map(str::to_owned));
        words.join(" ")
    })
}

/// Every command and verb with the names of its options.
fn commands() -> Vec<(String, Vec<String>)> {
    let mut commands = Vec::new();
    for verb in VERBS {
        let options = verb.options.iter().map(|option| option.name.to_owned());
        commands.push((format!("lab {}", verb.name), options.collect()));
    }
    for service in &SERVICES {
        for operation in service.operations() {
            let members = operation.input.members.iter();
            let extras = aws::extra_names(operation).map(str::to_owned);
            let names = members.map(|param| format!("--{}", kebab(param.name))).chain(extras);
            commands
                .push((format!("aws {} {}", service.name, kebab(operation.name)), names.collect()));
        }
    }
    commands
}

fn world() -> Console {
    let mut console = Console::default();
    console.enter("aws kinesis create-stream --stream-name orders --shard-count 2");
    let world = console.simulation_mut();
    world.advance(world.now() + Duration::from_secs(10));
    console
}

#[test]
fn no_line_panics_and_what_is_refused_changes_nothing() {
    let world = world();
    let refused = Cell::new(0);
    check(2_000, (vec(lines(), 1..4), 0..200_usize), |(lines, cursor)| {
        let mut console = world.clone();
        for line in lines {
            complete(&console, &line, cursor);
            let before = console.simulation().digest();
            let output = console.enter(&line);
            let reached = output.is_kept();
            assert!(reached || console.simulation().digest() == before, "{line}");
            assert!(output.status != 254 || reached, "{line}");
            refused.set(refused.get() + u32::from(!reached));
            let world = console.simulation_mut();
            world.advance(world.now() + Duration::from_millis(700));
        }
    });
    assert!(refused.get() > 100, "{}", refused.get());
}

#[test]
fn words_in_quotes_are_read_as_they_are() {
    check(500, vec(".{0,12}", 0..6), |words: Vec<String>| {
        let quoted = |word: &String| format!("'{}'", word.replace('\'', "'\\''"));
        let line: Vec<String> = words.iter().map(quoted).collect();
        assert_eq!(lex::words(&line.join(" ")), Ok(words));
    });
    check(500, ".{0,40}", |line: String| drop(lex::words(&line)));
}

/// Pieces of shell, sound and not.
const PIECES: &[&str] = &[
    "echo",
    "a",
    " ",
    " ",
    " ",
    "; ",
    "\n",
    " && ",
    " || ",
    " | ",
    "|",
    "&",
    "'",
    "\"",
    "\\",
    "$",
    "$X",
    "${X}",
    "$?",
    "$(",
    ")",
    "`",
    "X=",
    "X=5",
    "for i in ",
    "{1..3}",
    "{a,b}",
    "{",
    "}",
    ",",
    "do ",
    "; do ",
    "; done",
    "while ",
    "until ",
    "if ",
    "; then ",
    "; else ",
    "; fi",
    "true",
    "false",
    "break",
    "continue",
    "! ",
    "sleep 1",
    "sleep 0.5",
    "lab wait 1s",
    "cat",
    "base64",
    "base64 -d",
    "jq -r '.a[]'",
    "head -n 1",
    "wc -c",
    "tr a-z A-Z",
    "2>&1",
    ">/dev/null",
    ">",
    "<",
    "<<<",
    "(",
    "#",
    "[ 1 -lt 2 ]",
    "kill %1",
    "jobs",
    "$RANDOM",
    "export X",
    "unset X",
    "printf '%s\\n' ",
    "seq 3",
    "date +%s",
    "cut -c 2",
    "grep a",
    "aws kinesis list-streams",
    "aws kinesis wait stream-exists --stream-name orders",
    "lab status",
    "aws kinesis put-record --stream-name orders --partition-key a --data ",
    "YQ==",
    "😀",
    "\u{a0}",
    "\r\n",
];

#[test]
fn no_script_panics_and_bad_syntax_changes_nothing() {
    let world = world();
    let read = Cell::new(0);
    let line = vec(select(PIECES), 1..15).prop_map(|pieces| pieces.concat());
    check(4_000, vec(line, 1..4), |lines| {
        let mut console = world.clone();
        for line in lines {
            let before = (console.simulation().digest(), console.shell().as_replayed());
            let output = console.enter(&line);
            if output.status == 2 && output.stderr.contains("unexpected") {
                assert_eq!(console.simulation().digest(), before.0, "{line}");
            }
            if !output.is_kept() {
                let after = (console.simulation().digest(), console.shell().as_replayed());
                assert_eq!(after, before, "{line}");
            }
            assert!(output.parts().map(|(_, text)| text.len()).sum::<usize>() < 1 << 20, "{line}");
            let makes_sense = output.status == 0 && !output.stdout.is_empty();
            read.set(read.get() + u32::from(makes_sense));
            let until = console.simulation().now() + Duration::from_millis(400);
            console.advance_within(until, 2_000);
            for line in shardlab::console::shell::lines(&line) {
                assert!(!line.is_empty());
            }
        }
        console.enter("kill %1");
    });
    assert!(read.get() > 50, "some lines must make sense: {}", read.get());
}
