//! Scripts in progress: what they print later, what else can be entered meanwhile, and that any
//! past instant of theirs is found again.

use shardlab::console::Console;
use shardlab::console::shell::Shell;
use shardlab::engine::rng::Rng;
use shardlab::engine::time::Instant;
use shardlab::journal::{Entry, Journal};
use std::time::Duration;

const START: Instant = Instant::DEFAULT_START;

fn after(secs: u64) -> Instant {
    START + Duration::from_secs(secs)
}

/// What scripts have printed since the last look: seconds since the start, and the text.
fn printed(journal: &mut Journal) -> Vec<(u64, String)> {
    let next = || journal.take_printed().map(|later| ((later.at - START).as_secs(), later.output));
    std::iter::from_fn(next).map(|(at, output)| (at, output.stdout)).collect()
}

fn text(at: u64, text: &str) -> (u64, String) {
    (at, text.to_owned())
}

#[test]
fn a_script_prints_when_its_time_comes() {
    let mut journal = Journal::default();
    let output = journal.enter("echo a; sleep 5; echo b; sleep 5; echo c");
    assert_eq!((output.stdout.as_str(), output.job, output.wait), ("a\n", Some(1), None));
    assert!(output.is_kept());
    journal.advance(after(4));
    assert_eq!(printed(&mut journal), []);
    journal.advance(after(60));
    assert_eq!(printed(&mut journal), [text(5, "b\n"), text(10, "c\n")]);
    assert_eq!(journal.next_due(), None);
}

#[test]
fn a_line_that_only_waits_is_no_script() {
    let mut journal = Journal::default();
    for line in ["sleep 10", "lab wait 10s", "echo a; sleep 10"] {
        let output = journal.enter(line);
        assert_eq!((output.wait, output.job), (Some(Duration::from_secs(10)), None), "{line}");
        assert!(!output.is_kept(), "{line}");
    }
    assert_eq!(journal.entries(), []);
}

#[test]
fn lines_typed_meanwhile_run_at_once_and_share_the_variables() {
    let mut journal = Journal::default();
    journal.enter("X=1; sleep 10; echo $X; X=3");
    journal.enter("sleep 5; X=2; for i in 1 2; do sleep 1; done");
    assert_eq!(journal.enter("echo $X").stdout, "1\n");
    let jobs = journal.enter("jobs").stdout;
    assert!(jobs.starts_with("[1]  Running    X=1; sleep 10") && jobs.contains("[2]"), "{jobs}");
    journal.advance(after(20));
    assert_eq!(journal.take_printed().map(|later| later.job), Some(2));
    assert_eq!(printed(&mut journal), [text(10, "2\n")]);
    assert_eq!(journal.enter("echo $X; jobs").stdout, "3\n");
}

#[test]
fn a_script_can_be_ended() {
    let mut journal = Journal::default();
    journal.enter("while true; do date +%S; sleep 10; done");
    journal.advance(after(25));
    assert_eq!(printed(&mut journal), [text(10, "10\n"), text(20, "20\n")]);
    let output = journal.enter("kill %1");
    assert!(output.stdout.starts_with("[1]  Terminated    while true"), "{output:?}");
    journal.advance(after(60));
    assert_eq!(printed(&mut journal), []);
    assert_eq!(journal.enter("kill %1").status, 1);
    journal.seek(after(22));
    journal.advance(after(60));
    assert_eq!(printed(&mut journal), [], "a replay ends it, too");
}

#[test]
fn a_script_that_never_sleeps_does_not_hold_up_the_page() {
    let mut journal = Journal::default();
    let output = journal.enter("while true; do :; done");
    assert_eq!(output.job, Some(1));
    assert!(!journal.advance_within(after(1), 1_000), "time gets no further");
    assert_eq!(journal.enter("kill %1").status, 0);
    assert!(journal.advance_within(after(1), 1_000));
}

/// A journal with scripts that sleep, wait, draw and depend on how lines have ended.
fn scripted() -> Journal {
    let mut journal = Journal::default();
    for line in [
        "aws kinesis create-stream --stream-name clicks --shard-count 2",
        "aws kinesis wait stream-exists --stream-name clicks && lab producer web --stream clicks \
         --rate 300/s --keys uniform:50 --api put-record",
        "for i in {1..40}; do X=$(sleep 0.25; echo $RANDOM); aws kinesis put-record --stream-name \
         clicks --partition-key k-$X-$i --data $(echo -n \"$i $?\" | base64); sleep 0.7; done",
        "sleep 12; lab consumer audit --stream clicks --from TRIM_HORIZON; echo $RANDOM $X",
    ] {
        assert_eq!(journal.enter(line).status, 0, "{line}");
    }
    journal.advance(after(15));
    for line in ["nonsense", "echo \"$?\"", "aws kinesis put-recrod", "X=$?; echo $X"] {
        journal.enter(line);
    }
    journal.enter(
        "aws kinesis put-record --stream-name clicks --partition-key a$? --data aGVsbG8= | cat",
    );
    journal.advance(after(17));
    journal.enter("kill %2");
    journal.advance(after(60));
    journal.drop_news();
    journal
}

/// All that is to come follows from this.
fn state(console: &Console) -> (u64, Shell) {
    (console.simulation().digest(), console.shell().as_replayed())
}

/// The state at an instant of a run that is made afresh from its lines.
fn fresh_run(entries: &[Entry], to: Instant) -> Console {
    let mut console = Console::default();
    for (place, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.at <= to) {
        if place == 0 || entries[place - 1].at != entry.at {
            while !console.arrive_within(entry.at, 7) {}
        }
        console.enter_again(&entry.line);
    }
    while !console.advance_within(to, 5) {}
    console
}

#[test]
fn seeking_into_a_script_equals_a_fresh_run() {
    let mut journal = scripted();
    let entries = journal.entries().to_vec();
    let lines: Vec<&str> = entries.iter().map(|entry| &*entry.line).collect();
    assert!(lines.contains(&"aws kinesis put-recrod"), "its status was looked at: {lines:?}");
    assert!(!lines.contains(&"nonsense"), "its status was not needed: {lines:?}");
    let mut luck = Rng::seeded(3);
    let whole = (0..8).map(|_| Duration::from_secs(luck.below(60)));
    let whole: Vec<Duration> = whole.collect();
    let any = (0..8).map(|_| Duration::from_micros(luck.below(60_000_000)));
    for far in any.chain(whole).collect::<Vec<_>>() {
        journal.seek(START + far);
        let fresh = fresh_run(&entries, START + far);
        assert_eq!(state(journal.console()), state(&fresh), "at {far:?}");
    }
}

/// A journal whose lines are throttled, so that they pause and ask again, three of one instant.
fn throttled() -> Journal {
    let mut journal = Journal::default();
    journal.run("aws kinesis create-stream --stream-name clicks --shard-count 1; sleep 10");
    journal.enter(
        "lab producer web --stream clicks --rate 5000/s --record-size 10B --keys one:a --api \
         put-record --retry none",
    );
    journal.advance(after(12));
    let put = "aws kinesis put-record --stream-name clicks --partition-key a --data aGk=";
    for line in [
        format!("{put}; echo $? $RANDOM"),
        format!("export AWS_MAX_ATTEMPTS=6; X=$({put} --query ShardId | cat); echo $X"),
        format!("{put} --debug"),
    ] {
        let output = journal.enter(&line);
        assert!(output.job.is_some() && output.is_kept(), "it pauses: {output:?}");
        assert_eq!(output.stdout, "", "{output:?}");
    }
    journal.advance(after(60));
    journal
}

#[test]
fn a_line_that_is_throttled_pauses_and_asks_again() {
    let mut journal = throttled();
    let told: Vec<_> = std::iter::from_fn(|| journal.take_printed()).collect();
    let ends: Vec<_> = told.iter().filter(|told| told.is_over).map(|told| told.at).collect();
    assert_eq!(ends.len(), 3, "{told:?}");
    assert!(ends[0] != ends[1] && ends[1] != ends[2], "chance parts them: {told:?}");
    let last = after(12) + Duration::from_secs(1 + 2 + 4 + 8 + 16);
    assert!(ends.iter().all(|at| (after(12)..=last).contains(at)), "{told:?}");
}

#[test]
fn seeking_into_a_pause_equals_a_fresh_run() {
    let mut journal = throttled();
    let entries = journal.entries().to_vec();
    let end = state(journal.console());
    let mut paused = 0;
    for millis in (11_900..16_000).step_by(97) {
        let to = START + Duration::from_millis(millis);
        journal.seek(to);
        paused += u32::from(journal.console().shell().next_due().is_some());
        let fresh = fresh_run(&entries, to);
        assert_eq!(state(journal.console()), state(&fresh), "at {millis} ms");
    }
    assert!(paused > 8, "{paused} instants lay within a pause");
    journal.seek(after(60));
    assert_eq!(state(journal.console()), end);
}

#[test]
fn a_pause_before_asking_again_can_be_ended() {
    let mut journal = throttled();
    journal.seek(after(12));
    let jobs = journal.enter("jobs").stdout;
    assert!(jobs.contains("[3]  Running    aws kinesis put-record"), "{jobs}");
    for job in 1..=3 {
        assert_eq!(journal.enter(&format!("kill %{job}")).status, 0);
    }
    assert_eq!(journal.console().shell().next_due(), None);
}

#[test]
fn how_far_time_goes_at_once_changes_nothing_in_a_script() {
    let mut journal = scripted();
    let end = state(journal.console());
    journal.seek(START);
    while !journal.advance_within(after(60), 3) {
        journal.drop_news();
    }
    assert_eq!(state(journal.console()), end);
}

#[test]
fn a_line_entered_beside_a_script_is_replayed_where_it_was() {
    let mut journal = Journal::default();
    journal.run("aws kinesis create-stream --stream-name clicks --shard-count 1; sleep 10");
    // At second 15 the script starts a producer, whose first call is due at that very instant.
    journal.enter(
        "sleep 5; lab producer web --stream clicks --rate 1000/s --api put-record --keys one:a",
    );
    for tasks in [u64::MAX, 1, 2] {
        journal.seek(after(14));
        journal.advance_within(after(15), tasks);
        journal.enter("lab producer web --stop");
        journal.advance(after(20));
        let digest = journal.simulation().digest();
        journal.seek(after(14));
        journal.seek(after(20));
        assert_eq!(journal.simulation().digest(), digest);
    }
    assert_eq!(journal.branches().len(), 3);
}

#[test]
fn an_unkept_line_in_the_past_does_not_change_what_was_recorded() {
    let mut journal = Journal::default();
    journal.run("aws kinesis create-stream --stream-name clicks --shard-count 1; sleep 10");
    journal.advance(after(12));
    journal.enter("aws kinesis put-record --stream-name clicks --partition-key a$? --data aGk=");
    journal.advance(after(20));
    let digest = journal.simulation().digest();
    journal.seek(after(11));
    assert_eq!(journal.enter("nonsense").status, 127);
    journal.advance(after(20));
    assert_eq!(journal.simulation().digest(), digest);
    assert_eq!(journal.branches().len(), 1);
}

#[test]
fn running_a_line_waits_for_its_script() {
    let mut journal = Journal::default();
    let output = journal.run("for i in 1 2 3; do echo $i; sleep 10; nonsense; done");
    assert_eq!(output.stdout, "1\n2\n3\n");
    assert_eq!((output.status, output.job), (127, None));
    assert_eq!(journal.simulation().now(), after(30));
    let endless = journal.run("while true; do sleep 3600; done");
    assert!(endless.job.is_some());
    assert_eq!(journal.simulation().now(), after(30) + Duration::from_hours(24));
}
