//! Made-up answers: of every member one, texts with the member's name, numbers zero.

use serde_json::{Map, Value as Json, json};

/// The answer of an operation with `moment` for its moments. The error is what the real command
/// line finds wrong with its own making: it checks the answer against the model, too.
pub fn answer(operation: &str, moment: &'static str) -> Result<Json, String> {
    let shape = SHAPES.iter().find(|row| row.0 == operation).map_or("", |row| row.1);
    let mut form = Form { rest: shape, moment, complaints: Vec::new() };
    let answer = form.structure("");
    match &form.complaints[..] {
        [] => Ok(answer),
        complaints => Err(format!("Parameter validation failed:\n{}", complaints.join("\n"))),
    }
}

/// What stands for a moment in [`shape`].
#[cfg(test)]
pub const A_MOMENT: &str = "@";

/// The members of an operation's answers, though the real command line would not make them up.
#[cfg(test)]
pub fn shape(operation: &str) -> Json {
    let shape = SHAPES.iter().find(|row| row.0 == operation).map_or("", |row| row.1);
    Form { rest: shape, moment: A_MOMENT, complaints: Vec::new() }.structure("")
}

/// A shape that is being read.
struct Form {
    rest: &'static str,
    moment: &'static str,
    complaints: Vec<String>,
}

impl Form {
    /// Members until a bracket is closed.
    fn structure(&mut self, path: &str) -> Json {
        let mut members = Map::new();
        loop {
            self.rest = self.rest.trim_start_matches(' ');
            let name = self.word();
            if name.is_empty() {
                return Json::Object(members);
            }
            let dot = if path.is_empty() { "" } else { "." };
            let value = self.value(name, &format!("{path}{dot}{name}"));
            members.insert(name.to_owned(), value);
        }
    }

    fn value(&mut self, name: &'static str, path: &str) -> Json {
        let sign = self.rest.chars().next().unwrap_or(' ');
        if "{[#?@.%!".contains(sign) {
            self.rest = &self.rest[1..];
        }
        match sign {
            '{' => {
                let members = self.structure(path);
                self.rest = &self.rest[1..];
                members
            }
            '[' => {
                let item = self.word();
                let item = self.value(item, &format!("{path}[0]"));
                self.rest = &self.rest[1..];
                json!([item])
            }
            '#' => {
                let least = self.word();
                if !least.is_empty() {
                    self.complaints.push(format!(
                        "Invalid value for parameter {path}, value: 0, valid min value: {least}"
                    ));
                }
                json!(0)
            }
            '?' => json!(true),
            '@' => json!(self.moment),
            '.' => json!(0.0),
            '%' => json!({"KeyName": 0.0}),
            '!' => {
                self.complaints.push(format!(
                    "Invalid type for parameter {path}, value: None, type: <class 'NoneType'>, \
                     valid types: <class 'bytes'>, <class 'bytearray'>, file-like object"
                ));
                Json::Null
            }
            _ => json!(name),
        }
    }

    fn word(&mut self) -> &'static str {
        let is_letter = |char: char| char.is_ascii_alphanumeric();
        let end = self.rest.find(|char| !is_letter(char)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
}

/// The members of answers in the order of the model, with the sign of what they are: nothing for
/// text, `#` for a whole number and perhaps the least that it may be, `.` for a fraction, `?` for
/// a flag, `@` for a moment, `!` for bytes, `%` for fractions by name, `{}` for members of its own,
/// `[]` for a list of what is between them. Operations that answer nothing are left out.
///
/// Source: the service's published model.
const SHAPES: &[(&str, &str)] = &[
    (
        "DescribeAccountSettings",
        "MinimumThroughputBillingCommitment{Status StartedAt@ EndedAt@ EarliestAllowedEndAt@}",
    ),
    (
        "DescribeLimits",
        "ShardLimit# OpenShardCount# OnDemandStreamCount# OnDemandStreamCountLimit# \
         ChannelCount# ChannelCountLimit#",
    ),
    (
        "DescribeStream",
        "StreamDescription{StreamName StreamARN StreamStatus StreamModeDetails{StreamMode} \
         Shards[{ShardId ParentShardId AdjacentParentShardId HashKeyRange{StartingHashKey \
         EndingHashKey} SequenceNumberRange{StartingSequenceNumber EndingSequenceNumber}}] \
         HasMoreShards? RetentionPeriodHours# StreamCreationTimestamp@ \
         EnhancedMonitoring[{ShardLevelMetrics[MetricsName]}] EncryptionType KeyId}",
    ),
    (
        "DescribeStreamConsumer",
        "ConsumerDescription{ConsumerName ConsumerARN ConsumerStatus \
         ConsumerCreationTimestamp@ StreamARN}",
    ),
    (
        "DescribeStreamSummary",
        "StreamDescriptionSummary{StreamName StreamARN StreamStatus \
         StreamModeDetails{StreamMode} RetentionPeriodHours# StreamCreationTimestamp@ \
         EnhancedMonitoring[{ShardLevelMetrics[MetricsName]}] EncryptionType KeyId \
         OpenShardCount# ConsumerCount# WarmThroughput{TargetMiBps# CurrentMiBps#} \
         MaxRecordSizeInKiB#1024 ChannelCount# RecordDistributionStrategy QueueCount#}",
    ),
    (
        "DisableEnhancedMonitoring",
        "StreamName CurrentShardLevelMetrics[MetricsName] \
         DesiredShardLevelMetrics[MetricsName] StreamARN",
    ),
    (
        "EnableEnhancedMonitoring",
        "StreamName CurrentShardLevelMetrics[MetricsName] \
         DesiredShardLevelMetrics[MetricsName] StreamARN",
    ),
    (
        "GetMetricData",
        "MetricDataResults[{Id Label Timestamps[@] Values[.] StatusCode Messages[{Code \
         Value}]}] NextToken Messages[{Code Value}]",
    ),
    (
        "GetMetricStatistics",
        "Label Datapoints[{Timestamp@ SampleCount. Average. Sum. Minimum. Maximum. Unit \
         ExtendedStatistics%}]",
    ),
    (
        "GetRecords",
        "Records[{SequenceNumber ApproximateArrivalTimestamp@ Data! PartitionKey \
         EncryptionType}] NextShardIterator MillisBehindLatest# ChildShards[{ShardId \
         ParentShards[ShardId] HashKeyRange{StartingHashKey EndingHashKey}}]",
    ),
    ("GetResourcePolicy", "Policy"),
    ("GetShardIterator", "ShardIterator"),
    (
        "ListMetrics",
        "Metrics[{Namespace MetricName Dimensions[{Name Value}]}] NextToken \
         OwningAccounts[AccountId]",
    ),
    (
        "ListShards",
        "Shards[{ShardId ParentShardId AdjacentParentShardId HashKeyRange{StartingHashKey \
         EndingHashKey} SequenceNumberRange{StartingSequenceNumber EndingSequenceNumber}}] \
         NextToken",
    ),
    (
        "ListStreamConsumers",
        "Consumers[{ConsumerName ConsumerARN ConsumerStatus ConsumerCreationTimestamp@}] \
         NextToken",
    ),
    (
        "ListStreams",
        "StreamNames[StreamName] HasMoreStreams? NextToken StreamSummaries[{StreamName \
         StreamARN StreamStatus StreamModeDetails{StreamMode} StreamCreationTimestamp@}]",
    ),
    ("ListTagsForResource", "Tags[{Key Value}]"),
    ("ListTagsForStream", "Tags[{Key Value}] HasMoreTags?"),
    ("PutRecord", "ShardId SequenceNumber EncryptionType"),
    (
        "PutRecords",
        "FailedRecordCount#1 Records[{SequenceNumber ShardId ErrorCode ErrorMessage}] \
         EncryptionType",
    ),
    (
        "RegisterStreamConsumer",
        "Consumer{ConsumerName ConsumerARN ConsumerStatus ConsumerCreationTimestamp@}",
    ),
    (
        "UpdateAccountSettings",
        "MinimumThroughputBillingCommitment{Status StartedAt@ EndedAt@ EarliestAllowedEndAt@}",
    ),
    ("UpdateShardCount", "StreamName CurrentShardCount#1 TargetShardCount#1 StreamARN"),
    (
        "UpdateStreamWarmThroughput",
        "StreamARN StreamName WarmThroughput{TargetMiBps# CurrentMiBps#}",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::aws::SERVICES;

    #[test]
    fn every_shape_is_read_to_its_end() {
        for (name, shape) in SHAPES {
            let mut form = Form { rest: shape, moment: "", complaints: Vec::new() };
            assert!(form.structure("").as_object().is_some_and(|members| !members.is_empty()));
            assert_eq!(form.rest, "", "{name}");
            let mut operations = SERVICES.iter().flat_map(crate::console::aws::Service::operations);
            assert!(operations.any(|operation| operation.name == *name), "{name}");
        }
        assert!(SHAPES.is_sorted());
    }

    #[test]
    fn what_the_model_forbids_is_complained_about() {
        let said = answer("UpdateShardCount", "").expect_err("counts are at least one");
        assert_eq!(
            said,
            "Parameter validation failed:\n\
             Invalid value for parameter CurrentShardCount, value: 0, valid min value: 1\n\
             Invalid value for parameter TargetShardCount, value: 0, valid min value: 1"
        );
        let said = answer("GetRecords", "").expect_err("bytes are never nothing");
        assert!(said.contains("Records[0].Data, value: None"), "{said}");
        assert_eq!(answer("DeleteStream", ""), Ok(json!({})));
    }
}
