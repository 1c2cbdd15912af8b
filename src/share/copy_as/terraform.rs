//! Terraform with the AWS provider, which declares streams and consumers instead of calling
//! anything: each call changes what is declared.
//!
//! Read first: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kinesis_stream>.

use super::literal::{Quotes, Syntax, quoted};
use crate::api::value::{Fields, Value};
use crate::console::aws::Asked;

const HCL: Syntax = Syntax {
    indent: "  ",
    braces: ["{", " = ", "}"],
    quotes: Quotes::Bare,
    words: ["null", "false", "true"],
    variables: "var.",
    mixed: ["\"", "${var.", "}", "\""],
    escapes: &[],
    text: |text| quoted(text).replace("${", "$${").replace("%{", "%%{"),
    encoded: ["", ""],
    // No resource here has bytes or moments.
    blob: |_| "null".to_owned(),
    moment: |_| "null".to_owned(),
};

/// What is declared.
#[derive(Clone, Debug, Default)]
pub struct Resources(Vec<Resource>);

/// A stream or one of its consumers.
#[derive(Clone, Debug)]
struct Resource {
    stream: String,
    /// The name of the consumer, if it is one.
    consumer: Option<String>,
    attributes: Vec<(&'static str, Value)>,
}

/// What a call has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something is declared that was not.
    New,
    /// Something is declared in another way.
    Changed,
    /// Something is no longer declared.
    Gone,
    /// Nothing: the call has no counterpart.
    None,
}

/// The attribute that a member of a request sets, as far as it is set without any thought.
const ATTRIBUTES: &[(&str, &str, &str)] = &[
    ("CreateStream", "ShardCount", "shard_count"),
    ("CreateStream", "StreamModeDetails", MODE),
    ("CreateStream", "Tags", "tags"),
    ("CreateStream", "MaxRecordSizeInKiB", "max_record_size_in_kib"),
    ("CreateStream", "WarmThroughputMiBps", "warm_throughput_mib_ps"),
    ("UpdateShardCount", "TargetShardCount", "shard_count"),
    ("IncreaseStreamRetentionPeriod", "RetentionPeriodHours", "retention_period"),
    ("DecreaseStreamRetentionPeriod", "RetentionPeriodHours", "retention_period"),
    ("UpdateStreamMode", "StreamModeDetails", MODE),
    ("StartStreamEncryption", "EncryptionType", "encryption_type"),
    ("StartStreamEncryption", "KeyId", "kms_key_id"),
    ("UpdateMaxRecordSize", "MaxRecordSizeInKiB", "max_record_size_in_kib"),
    ("UpdateStreamWarmThroughput", "WarmThroughputMiBps", "warm_throughput_mib_ps"),
    ("EnableEnhancedMonitoring", "ShardLevelMetrics", METRICS),
    ("DisableEnhancedMonitoring", "ShardLevelMetrics", METRICS),
    ("AddTagsToStream", "Tags", "tags"),
    ("StopStreamEncryption", "EncryptionType", "encryption_type"),
];
const MODE: &str = "stream_mode_details";
const METRICS: &str = "shard_level_metrics";

/// A call by itself: what it declares, or why there is nothing to declare.
pub fn call(asked: &Asked) -> String {
    let mut resources = Resources::default();
    let name = asked.operation.name;
    match resources.apply(asked) {
        Change::New => resources.written(),
        Change::Changed => {
            format!("# Beside what the resource has already:\n{}", resources.written())
        }
        Change::Gone => {
            "# Take the resource out of the configuration, and Terraform destroys it.".to_owned()
        }
        Change::None if matches!(name, "SplitShard" | "MergeShards") => format!(
            "# {name}: Terraform knows how many shards there are (shard_count), not which ranges \
             they\n# own. Use the AWS command line or an SDK."
        ),
        Change::None => {
            format!("# {name}: Terraform declares what is there; it makes no such call.")
        }
    }
}

impl Resources {
    /// Follows a call that succeeded.
    pub fn apply(&mut self, asked: &Asked) -> Change {
        let (name, request) = (asked.operation.name, &asked.request);
        if asked.service != "kinesis" || asked.waiter.is_some() {
            return Change::None;
        }
        let stream = stream_of(request);
        let consumer = request.text("ConsumerName").map(str::to_owned);
        match name {
            "RegisterStreamConsumer" => {
                self.0.push(Resource { stream, consumer, attributes: Vec::new() });
                return Change::New;
            }
            "DeregisterStreamConsumer" => {
                let consumer =
                    consumer.unwrap_or_else(|| part(request, "ConsumerARN", "/consumer/"));
                self.0
                    .retain(|one| one.consumer.as_ref() != Some(&consumer) || one.stream != stream);
                return Change::Gone;
            }
            "DeleteStream" => {
                self.0.retain(|one| one.stream != stream);
                return Change::Gone;
            }
            _ if !ATTRIBUTES.iter().any(|row| row.0 == name) => return Change::None,
            _ => {}
        }
        let is_it = |one: &Resource| one.stream == stream && one.consumer.is_none();
        let place = self.0.iter().position(is_it).unwrap_or_else(|| {
            self.0.push(Resource { stream, consumer: None, attributes: Vec::new() });
            self.0.len() - 1
        });
        for (_, member, attribute) in ATTRIBUTES.iter().filter(|row| row.0 == name) {
            if let Some(value) = request.member(member) {
                self.0[place].set(name, attribute, value);
            }
        }
        if name == "CreateStream" { Change::New } else { Change::Changed }
    }

    /// The same; says whether there was a counterpart.
    pub fn is_changed_by(&mut self, asked: &Asked) -> bool {
        self.apply(asked) != Change::None
    }

    /// The resources, one after the other.
    pub fn written(&self) -> String {
        self.0.iter().map(Resource::written).collect::<Vec<_>>().join("\n\n")
    }
}

impl Resource {
    fn set(&mut self, operation: &str, attribute: &'static str, value: &Value) {
        let mut value = value.clone();
        let before = self.attributes.iter().position(|(name, _)| *name == attribute);
        let before = before.map(|place| self.attributes.remove(place).1);
        match (operation, &mut value, before) {
            ("StopStreamEncryption", value, _) => {
                *value = Value::Word("NONE");
                self.attributes.retain(|(name, _)| *name != "kms_key_id");
            }
            ("UpdateStreamMode", Value::Fields(mode), _)
                if mode.text("StreamMode") == Some("ON_DEMAND") =>
            {
                self.attributes.retain(|(name, _)| *name != "shard_count");
            }
            ("EnableEnhancedMonitoring", Value::List(metrics), Some(Value::List(old))) => {
                metrics.extend(old);
            }
            ("DisableEnhancedMonitoring", Value::List(metrics), old) => {
                let mut left = match old {
                    Some(Value::List(old)) => old,
                    _ => Vec::new(),
                };
                left.retain(|metric| !metrics.contains(metric) && !has_all(metrics));
                *metrics = left;
            }
            ("AddTagsToStream", Value::Map(tags), Some(Value::Map(mut old))) => {
                old.retain(|(key, _)| !tags.iter().any(|(tag, _)| tag == key));
                tags.extend(old);
            }
            _ => {}
        }
        self.attributes.push((attribute, value));
    }

    fn written(&self) -> String {
        let stream = label(&self.stream);
        if let Some(consumer) = &self.consumer {
            let (label, name) = (label(consumer), HCL.text(consumer));
            return format!(
                "resource \"aws_kinesis_stream_consumer\" \"{stream}_{label}\" {{\n  name       = \
                 {name}\n  stream_arn = aws_kinesis_stream.{stream}.arn\n}}"
            );
        }
        let mut rows = vec![("name", HCL.text(&self.stream))];
        let mut mode = String::new();
        for (name, value) in &self.attributes {
            match value {
                Value::Fields(fields) => {
                    let word = HCL.text(fields.text("StreamMode").unwrap_or("PROVISIONED"));
                    mode = format!("\n  {MODE} {{\n    stream_mode = {word}\n  }}\n");
                }
                Value::List(metrics) if *name == METRICS => {
                    rows.push((METRICS, HCL.value(&each(metrics), 1)));
                }
                value => rows.push((name, HCL.value(value, 1))),
            }
        }
        let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let rows: Vec<String> = rows
            .iter()
            .map(|(name, value)| {
                format!(
                    "  {name:width$} = {value}
"
                )
            })
            .collect();
        let rows = rows.concat();
        format!("resource \"aws_kinesis_stream\" \"{stream}\" {{\n{rows}{mode}}}")
    }
}

fn has_all(metrics: &[Value]) -> bool {
    metrics.iter().any(|metric| *metric == Value::Text("ALL".to_owned()))
}

/// Every metric once; Terraform has no word for all of them.
fn each(metrics: &[Value]) -> Value {
    const EACH: [&str; 7] = [
        "IncomingBytes",
        "IncomingRecords",
        "OutgoingBytes",
        "OutgoingRecords",
        "WriteProvisionedThroughputExceeded",
        "ReadProvisionedThroughputExceeded",
        "IteratorAgeMilliseconds",
    ];
    let is_on =
        |name: &&&str| has_all(metrics) || metrics.contains(&Value::Text((**name).to_string()));
    Value::List(EACH.iter().filter(is_on).map(|name| Value::Word(name)).collect())
}

/// The stream that a request is about, by name or in an ARN.
fn stream_of(request: &Fields) -> String {
    if let Some(name) = request.text("StreamName") {
        return name.to_owned();
    }
    let arn = ["StreamARN", "ConsumerARN"].iter().find(|name| request.text(name).is_some());
    part(request, arn.unwrap_or(&"StreamARN"), ":stream/")
}

/// What follows `after` in an ARN, up to the next slash or colon.
fn part(request: &Fields, member: &str, after: &str) -> String {
    let arn = request.text(member).unwrap_or_default();
    let rest = arn.split_once(after).map_or("", |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default().to_owned()
}

/// A name as Terraform labels a resource: letters, digits, `_` and `-`, and no digit first.
fn label(name: &str) -> String {
    let label = super::spelled(name).replace('.', "_dot_").replace('$', "");
    if label.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return label;
    }
    format!("_{label}")
}
