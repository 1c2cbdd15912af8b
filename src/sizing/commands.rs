//! The lines that build the stream which is advised.

use super::advice::{Advice, Splits};
use std::fmt::Write;

/// How the stream is to be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build<'a> {
    /// Provisioned, with so many shards of equal ranges.
    Even(u32),
    /// Provisioned, with ranges that balance the load. AWS makes equal ranges only, so they are
    /// split off one by one, which leaves closed shards behind that nobody pays for.
    Balanced(&'a Splits),
    /// On demand.
    OnDemand,
}

/// Console lines that build the stream that is advised, with its retention, its registered
/// consumers (`app-1`, `app-2`, …) and records of up to so many KiB. They run here and on AWS;
/// [`plan`](crate::share::Writers::plan) writes them in other languages.
///
/// ```
/// use shardlab::sizing::{Build, Choice, Survey, Wishes, advice, commands, sniff};
///
/// let file = b"user,at\nann,1700000000\nbob,1700000000\n";
/// let form = sniff(file).expect("it is a CSV file");
/// let mut survey = Survey::new(&form, Choice::of(&form));
/// survey.feed(file);
/// let advice = advice(&survey.finish(), &Wishes { retention_hours: 48, ..Wishes::default() });
/// let lines = commands(&advice, "clicks", Build::Even(advice.shards), 1_024);
/// assert_eq!(lines, [
///     "aws kinesis create-stream --stream-name clicks --shard-count 1",
///     "aws kinesis wait stream-exists --stream-name clicks",
///     "aws kinesis increase-stream-retention-period --stream-name clicks \
///      --retention-period-hours 48",
/// ]);
/// ```
pub fn commands(advice: &Advice, stream: &str, build: Build, record_kib_max: u32) -> Vec<String> {
    let shards = match build {
        Build::Even(shards) => format!("--shard-count {shards}"),
        Build::Balanced(_) => "--shard-count 1".to_owned(),
        Build::OnDemand => "--stream-mode-details StreamMode=ON_DEMAND".to_owned(),
    };
    let mut create = format!("aws kinesis create-stream --stream-name {stream} {shards}");
    if record_kib_max > 1_024 {
        let _ = write!(create, " --max-record-size-in-ki-b {record_kib_max}");
    }
    let wait = format!("aws kinesis wait stream-exists --stream-name {stream}");
    let mut lines = vec![create, wait.clone()];
    if let Build::Balanced(splits) = build {
        // The upper part of each split is split next: shards are numbered as they are made.
        for (place, start) in splits.starts.iter().enumerate() {
            let shard = 2 * place;
            lines.push(format!(
                "aws kinesis split-shard --stream-name {stream} --shard-to-split \
                 shardId-{shard:012} --new-starting-hash-key {start}"
            ));
            lines.push(wait.clone());
        }
    }
    let hours = advice.wishes.retention_hours;
    if hours > 24 {
        lines.push(format!(
            "aws kinesis increase-stream-retention-period --stream-name {stream} \
             --retention-period-hours {hours}"
        ));
        if advice.wishes.fan_out > 0 {
            lines.push(wait);
        }
    }
    for number in 1..=advice.wishes.fan_out {
        lines.push(format!(
            "aws kinesis register-stream-consumer --stream-arn \
             arn:aws:kinesis:us-east-1:123456789012:stream/{stream} --consumer-name app-{number}"
        ));
    }
    lines
}
