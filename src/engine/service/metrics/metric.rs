//! The metrics of the namespace `AWS/Kinesis`: their names, their units, and what they are about.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html>.
//!
//! Left out: `*.Latency`, because a call takes no time in a simulation; the deprecated
//! `PutRecords.Records` and `GetRecords.IteratorAge`.

use crate::engine::service::fan_out::ConsumerId;
use crate::engine::service::monitoring::ShardMetric;
use crate::engine::service::names::{ShardId, StreamId};
use std::fmt;

/// What a statistic is about: what CloudWatch tells by dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A stream: `StreamName`.
    Stream(StreamId),
    /// A shard of a stream with enhanced monitoring: `StreamName` and `ShardId`.
    Shard(StreamId, ShardId),
    /// A registered consumer: `StreamName` and `ConsumerName`.
    Consumer(StreamId, ConsumerId),
}

/// A metric. Those that shards have too come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Metric {
    /// Bytes that a call stored; only of calls that stored something.
    IncomingBytes,
    /// Records that a call stored; only of calls that stored something.
    IncomingRecords,
    /// Bytes that a call read, or a push carried, from a shard.
    OutgoingBytes,
    /// Records that a call read, or a push carried, from a shard.
    OutgoingRecords,
    /// Records of a put that were throttled; 0 if none was.
    WriteProvisionedThroughputExceeded,
    /// 1 for a `GetRecords` call that was throttled, 0 for one that was answered.
    ReadProvisionedThroughputExceeded,
    /// How old the last record of an answer is; 0 at the tip. Of a shard.
    IteratorAgeMilliseconds,
    /// Bytes that a `PutRecord` stored; only of those that did.
    PutRecordBytes,
    /// 1 for a `PutRecord` that stored its record, 0 for one that was throttled.
    PutRecordSuccess,
    /// Bytes that a `PutRecords` stored; only of those that stored something.
    PutRecordsBytes,
    /// 1 for a `PutRecords` that stored something, 0 for one of which everything was throttled.
    PutRecordsSuccess,
    /// Records of a `PutRecords`.
    PutRecordsTotalRecords,
    /// Records that a `PutRecords` stored.
    PutRecordsSuccessfulRecords,
    /// Records of a `PutRecords` that failed inside of the service; this one never does.
    PutRecordsFailedRecords,
    /// Records of a `PutRecords` that were throttled.
    PutRecordsThrottledRecords,
    /// Bytes of an answer of `GetRecords`.
    GetRecordsBytes,
    /// Records of an answer of `GetRecords`.
    GetRecordsRecords,
    /// 1 for a `GetRecords` that was answered, 0 for one that was throttled.
    GetRecordsSuccess,
    /// How old the last record of an answer is; 0 at the tip. Of a stream.
    GetRecordsIteratorAgeMilliseconds,
    /// 1 for a subscription that was made, 0 for one that was refused because of its rate.
    SubscribeToShardSuccess,
    /// 1 for a subscription that came too soon or while another was active.
    SubscribeToShardRateExceeded,
    /// 1 for an event that was pushed.
    SubscribeToShardEventSuccess,
    /// Bytes of an event.
    SubscribeToShardEventBytes,
    /// Records of an event.
    SubscribeToShardEventRecords,
    /// How far an event's last record lies behind the tip.
    SubscribeToShardEventMillisBehindLatest,
}

/// What a metric counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricUnit {
    /// Bytes of data and partition keys.
    Bytes,
    /// Records or calls.
    Count,
    /// Milliseconds.
    Milliseconds,
}

/// Every metric with its name, in the order of the enumeration.
const NAMES: [(Metric, &str); 25] = [
    (Metric::IncomingBytes, "IncomingBytes"),
    (Metric::IncomingRecords, "IncomingRecords"),
    (Metric::OutgoingBytes, "OutgoingBytes"),
    (Metric::OutgoingRecords, "OutgoingRecords"),
    (Metric::WriteProvisionedThroughputExceeded, "WriteProvisionedThroughputExceeded"),
    (Metric::ReadProvisionedThroughputExceeded, "ReadProvisionedThroughputExceeded"),
    (Metric::IteratorAgeMilliseconds, "IteratorAgeMilliseconds"),
    (Metric::PutRecordBytes, "PutRecord.Bytes"),
    (Metric::PutRecordSuccess, "PutRecord.Success"),
    (Metric::PutRecordsBytes, "PutRecords.Bytes"),
    (Metric::PutRecordsSuccess, "PutRecords.Success"),
    (Metric::PutRecordsTotalRecords, "PutRecords.TotalRecords"),
    (Metric::PutRecordsSuccessfulRecords, "PutRecords.SuccessfulRecords"),
    (Metric::PutRecordsFailedRecords, "PutRecords.FailedRecords"),
    (Metric::PutRecordsThrottledRecords, "PutRecords.ThrottledRecords"),
    (Metric::GetRecordsBytes, "GetRecords.Bytes"),
    (Metric::GetRecordsRecords, "GetRecords.Records"),
    (Metric::GetRecordsSuccess, "GetRecords.Success"),
    (Metric::GetRecordsIteratorAgeMilliseconds, "GetRecords.IteratorAgeMilliseconds"),
    (Metric::SubscribeToShardSuccess, "SubscribeToShard.Success"),
    (Metric::SubscribeToShardRateExceeded, "SubscribeToShard.RateExceeded"),
    (Metric::SubscribeToShardEventSuccess, "SubscribeToShardEvent.Success"),
    (Metric::SubscribeToShardEventBytes, "SubscribeToShardEvent.Bytes"),
    (Metric::SubscribeToShardEventRecords, "SubscribeToShardEvent.Records"),
    (Metric::SubscribeToShardEventMillisBehindLatest, "SubscribeToShardEvent.MillisBehindLatest"),
];

impl Metric {
    /// Every metric.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(metric, _)| *metric)
    }

    /// The metric of a name; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// As CloudWatch names it: `PutRecords.Bytes`.
    pub fn name(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// What it counts.
    pub fn unit(self) -> MetricUnit {
        let name = self.name();
        if name.ends_with("Bytes") {
            MetricUnit::Bytes
        } else if name.contains("Milli") {
            MetricUnit::Milliseconds
        } else {
            MetricUnit::Count
        }
    }

    /// The metric of a number; `None` if there are not so many.
    pub(super) fn numbered(number: u8) -> Option<Self> {
        NAMES.get(usize::from(number)).map(|row| row.0)
    }
}

impl MetricUnit {
    /// As CloudWatch names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bytes => "Bytes",
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The metric that enhanced monitoring switches on.
impl From<ShardMetric> for Metric {
    fn from(metric: ShardMetric) -> Self {
        match metric {
            ShardMetric::IncomingBytes => Self::IncomingBytes,
            ShardMetric::IncomingRecords => Self::IncomingRecords,
            ShardMetric::OutgoingBytes => Self::OutgoingBytes,
            ShardMetric::OutgoingRecords => Self::OutgoingRecords,
            ShardMetric::WriteProvisionedThroughputExceeded => {
                Self::WriteProvisionedThroughputExceeded
            }
            ShardMetric::ReadProvisionedThroughputExceeded => {
                Self::ReadProvisionedThroughputExceeded
            }
            ShardMetric::IteratorAgeMilliseconds => Self::IteratorAgeMilliseconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_for_its_metric() {
        for (number, metric) in Metric::all().enumerate() {
            assert_eq!(metric as usize, number, "{metric}");
            assert_eq!(Metric::named(metric.name()), Some(metric));
            assert_eq!(Metric::numbered(u8::try_from(number).unwrap()), Some(metric));
        }
        assert_eq!(Metric::named("incomingbytes"), None);
        assert_eq!(Metric::numbered(25), None);
    }

    #[test]
    fn units_are_those_of_the_guide() {
        for (metric, unit) in [
            (Metric::PutRecordsBytes, "Bytes"),
            (Metric::SubscribeToShardEventMillisBehindLatest, "Milliseconds"),
            (Metric::IteratorAgeMilliseconds, "Milliseconds"),
            (Metric::WriteProvisionedThroughputExceeded, "Count"),
            (Metric::PutRecordSuccess, "Count"),
        ] {
            assert_eq!(metric.unit().name(), unit, "{metric}");
        }
    }

    #[test]
    fn what_shards_have_keeps_its_name() {
        for metric in ShardMetric::ALL {
            assert_eq!(Metric::from(metric).name(), metric.to_string());
        }
    }
}
