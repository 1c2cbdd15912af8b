//! `aws help`, `aws kinesis help` and the help of an operation, from the tables.

use std::fmt::Write;

use super::globals;
use super::limits::{limits, type_name};
use super::naming::kebab;
use super::options::{extras, names};
use super::service::row;
use crate::api::Operation;
use crate::api::model::{Kind, Param};
use crate::console::output::Output;

/// What `aws help` prints.
pub fn of_all() -> Output {
    let mut out = String::from(
        "AWS()\n\nSYNOPSIS\n    aws [options] <command> <subcommand> [parameters]\n\nCOMMANDS\n    \
         kinesis     streams of records; `aws kinesis help` lists what it does\n\nOPTIONS OF EVERY \
         COMMAND\n",
    );
    for name in globals::names() {
        let choices = globals::choices(name).join(" | ");
        let _ = writeln!(out, "    {}", format!("{name} {choices}").trim_end());
    }
    Output::answer(out)
}

/// What `aws kinesis help` prints.
pub fn of_service(operations: impl Iterator<Item = &'static Operation>) -> Output {
    let mut out = String::from(
        "KINESIS()\n\nSYNOPSIS\n    aws kinesis <operation> [options]\n\nOPERATIONS\n",
    );
    for operation in operations {
        let _ = writeln!(out, "    {:<33}{}", kebab(operation.name), row(operation).doc);
    }
    out.push_str(
        "    wait                             Waits until a stream is there, or is gone.\n\n`aws \
         kinesis <operation> help` has its options and an example.\n",
    );
    Output::answer(out)
}

/// What `aws kinesis <operation> help` prints.
pub fn of_operation(operation: &'static Operation) -> Output {
    let command = kebab(operation.name);
    let title = command.to_ascii_uppercase();
    let mut out = format!(
        "{title}()\n\nNAME\n    {command} - {}\n\nSYNOPSIS\n    aws kinesis {command}\n",
        row(operation).doc
    );
    for (option, param) in names(operation) {
        let typed = if takes_nothing(param) {
            format!("{option} | --no-{}", &option[2..])
        } else {
            format!("{option} <value>")
        };
        let line = if param.required { typed } else { format!("[{typed}]") };
        let _ = writeln!(out, "        {line}");
    }
    for name in extras(operation) {
        let _ = writeln!(out, "        [{name} <value>]");
    }
    out.push_str("\nOPTIONS\n");
    for (option, param) in names(operation) {
        let required = if param.required { "Required. " } else { "" };
        let _ = writeln!(out, "    {option} ({})\n        {required}{}", type_name(&param.kind), {
            limits(&param.kind)
        });
    }
    let _ = writeln!(out, "\nEXAMPLE\n    {}", example(operation));
    Output::answer(out)
}

fn takes_nothing(param: &Param) -> bool {
    param.kind == Kind::Boolean
}

/// A line that asks for the operation with what it must have.
pub fn example(operation: &'static Operation) -> String {
    let mut line = format!("aws kinesis {}", kebab(operation.name));
    let has_stream = operation.input.member("StreamName").is_some();
    for (option, param) in names(operation) {
        // A stream must be named in one way or the other, whatever the model requires.
        if param.required || (has_stream && param.name == "StreamName") {
            let _ = write!(line, " {option} {}", sample(param));
        }
    }
    line
}

/// Values of examples, by the names of members.
const SAMPLES: &[(&str, &str)] = &[
    ("AdjacentShardToMerge", "shardId-000000000001"),
    ("ConsumerName", "search"),
    ("Data", "aGVsbG8="),
    ("EncryptionType", "KMS"),
    ("KeyId", "alias/aws/kinesis"),
    ("NewStartingHashKey", "170141183460469231731687303715884105728"),
    ("PartitionKey", "user-1"),
    ("Policy", "'{\"Version\":\"2012-10-17\",\"Statement\":[]}'"),
    ("Records", "Data=aGVsbG8=,PartitionKey=user-1"),
    ("ResourceARN", "arn:aws:kinesis:us-east-1:123456789012:stream/orders"),
    ("RetentionPeriodHours", "48"),
    ("ShardId", "shardId-000000000000"),
    ("ShardIterator", "AAAAAAAAAAE="),
    ("ShardIteratorType", "TRIM_HORIZON"),
    ("ShardLevelMetrics", "ALL"),
    ("ShardToMerge", "shardId-000000000000"),
    ("ShardToSplit", "shardId-000000000000"),
    ("StreamARN", "arn:aws:kinesis:us-east-1:123456789012:stream/orders"),
    ("StreamModeDetails", "StreamMode=ON_DEMAND"),
    ("StreamName", "orders"),
    ("TagKeys", "team"),
    ("Tags", "team=search"),
    ("TargetShardCount", "2"),
];

fn sample(param: &Param) -> String {
    if let Some((_, sample)) = SAMPLES.iter().find(|row| row.0 == param.name) {
        return (*sample).to_owned();
    }
    match &param.kind {
        Kind::Choice(choice) => choice.words.first().copied().unwrap_or_default().to_owned(),
        Kind::Integer { min, .. } => min.unwrap_or(1).max(1).to_string(),
        Kind::Structure(shape) => {
            let required = shape.members.iter().filter(|param| param.required);
            let pairs: Vec<String> =
                required.map(|param| format!("{}={}", param.name, sample(param))).collect();
            pairs.join(",")
        }
        Kind::Timestamp => "2026-01-01T00:00:00Z".to_owned(),
        _ => "example".to_owned(),
    }
}
