//! Lines that make no sense: nothing panics, and what did not reach the world changes nothing.

use shardlab::console::Console;
use shardlab::console::aws::{SERVICES, kebab};
use shardlab::console::lab::VERBS;
use shardlab::engine::rng::Rng;

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
];

#[test]
fn lines_at_random_never_panic_and_bad_ones_change_nothing() {
    let mut luck = Rng::seeded(1);
    let mut console = Console::default();
    console.enter("aws kinesis create-stream --stream-name orders --shard-count 2");
    for round in 0..4_000 {
        let line = line(&mut luck);
        let before = console.simulation().digest();
        let output = console.enter(&line);
        let reached = output.is_kept();
        assert!(reached || console.simulation().digest() == before, "{line}");
        assert!(output.status != 254 || reached, "{line}");
        let world = console.simulation_mut();
        if round % 10 == 0 {
            world.advance(world.now() + std::time::Duration::from_millis(700));
        }
        world.drop_events();
    }
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
fn shell_at_random_never_panics_and_bad_syntax_changes_nothing() {
    let mut luck = Rng::seeded(2);
    let mut console = Console::default();
    console.enter("aws kinesis create-stream --stream-name orders --shard-count 2");
    let mut read = 0;
    for _ in 0..20_000 {
        let length = 1 + pick(&mut luck, 14);
        let line: String = (0..length).map(|_| PIECES[pick(&mut luck, PIECES.len())]).collect();
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
        read += usize::from(output.status == 0 && !output.stdout.is_empty());
        if luck.below(4) == 0 {
            let until = console.simulation().now() + std::time::Duration::from_millis(400);
            console.advance_within(until, 2_000);
        }
        for line in shardlab::console::shell::lines(&line) {
            assert!(!line.is_empty());
        }
        console.simulation_mut().drop_events();
        console.shell_mut().drop_printed();
        for job in 1..30 {
            if console.shell().job_due(job).is_some() && luck.below(3) == 0 {
                console.enter(&format!("kill %{job}"));
            }
        }
    }
    assert!(read > 200, "some lines must make sense: {read}");
}

fn line(luck: &mut Rng) -> String {
    let mut words = Vec::new();
    let options: Vec<String> = if luck.below(4) == 0 {
        let verb = VERBS[pick(luck, VERBS.len())];
        words.extend(["lab".to_owned(), verb.name.to_owned()]);
        verb.options.iter().map(|option| option.name.to_owned()).collect()
    } else {
        let service = &SERVICES[usize::from(luck.below(4) > 0)];
        let operations: Vec<_> = service.operations().collect();
        let operation = operations[pick(luck, operations.len())];
        words.extend(["aws".to_owned(), service.name.to_owned(), kebab(operation.name)]);
        operation.input.members.iter().map(|param| format!("--{}", kebab(param.name))).collect()
    };
    for option in options {
        if luck.below(3) > 0 {
            let joint = if luck.below(5) == 0 { "=" } else { " " };
            words.push(format!("{option}{joint}{}", VALUES[pick(luck, VALUES.len())]));
        }
    }
    if luck.below(3) == 0 {
        words.push(VALUES[pick(luck, VALUES.len())].to_owned());
    }
    words.join(" ")
}

fn pick(luck: &mut Rng, among: usize) -> usize {
    usize::try_from(luck.below(among as u64)).unwrap()
}
