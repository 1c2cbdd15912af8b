//! Enhanced monitoring: metrics that are kept for each shard.

use super::Service;
use super::names::StreamName;
use crate::engine::refusal::Refusal;
use crate::engine::time::Instant;
use std::fmt;

/// Which metrics a stream keeps for each shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Monitoring {
    /// In the order in which AWS lists them.
    pub shard_metrics: Vec<ShardMetric>,
}

/// A metric that can be kept for each shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShardMetric {
    /// Bytes put.
    IncomingBytes,
    /// Records put.
    IncomingRecords,
    /// Bytes got or pushed.
    OutgoingBytes,
    /// Records got or pushed.
    OutgoingRecords,
    /// Records refused by throttling.
    WriteProvisionedThroughputExceeded,
    /// `GetRecords` calls refused by throttling.
    ReadProvisionedThroughputExceeded,
    /// The age of the last record got.
    IteratorAgeMilliseconds,
}

impl ShardMetric {
    /// Every metric: what `ALL` stands for.
    pub const ALL: [Self; 7] = [
        Self::IncomingBytes,
        Self::IncomingRecords,
        Self::OutgoingBytes,
        Self::OutgoingRecords,
        Self::WriteProvisionedThroughputExceeded,
        Self::ReadProvisionedThroughputExceeded,
        Self::IteratorAgeMilliseconds,
    ];

    /// The metric of a name; `None` for `ALL`, which stands for every one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.to_string() == name)
    }
}

/// The name that AWS gives it.
impl fmt::Display for ShardMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IncomingBytes => "IncomingBytes",
            Self::IncomingRecords => "IncomingRecords",
            Self::OutgoingBytes => "OutgoingBytes",
            Self::OutgoingRecords => "OutgoingRecords",
            Self::WriteProvisionedThroughputExceeded => "WriteProvisionedThroughputExceeded",
            Self::ReadProvisionedThroughputExceeded => "ReadProvisionedThroughputExceeded",
            Self::IteratorAgeMilliseconds => "IteratorAgeMilliseconds",
        })
    }
}

/// What a change of the metrics answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricsChange {
    /// What was kept when it was asked.
    pub current: Vec<ShardMetric>,
    /// What is kept once it is done.
    pub desired: Vec<ShardMetric>,
}

impl Service {
    /// Keeps more metrics. The stream is `UPDATING` for a moment.
    pub fn enable_enhanced_monitoring(
        &mut self,
        now: Instant,
        name: &StreamName,
        metrics: &[ShardMetric],
    ) -> Result<MetricsChange, Refusal> {
        self.change_metrics(now, name, |kept, metric| {
            kept.contains(metric) || metrics.contains(metric)
        })
    }

    /// Keeps fewer metrics. The stream is `UPDATING` for a moment.
    pub fn disable_enhanced_monitoring(
        &mut self,
        now: Instant,
        name: &StreamName,
        metrics: &[ShardMetric],
    ) -> Result<MetricsChange, Refusal> {
        self.change_metrics(now, name, |kept, metric| {
            kept.contains(metric) && !metrics.contains(metric)
        })
    }

    fn change_metrics(
        &mut self,
        now: Instant,
        name: &StreamName,
        keeps: impl Fn(&[ShardMetric], &ShardMetric) -> bool,
    ) -> Result<MetricsChange, Refusal> {
        let stream = self.stream_named_mut(name)?;
        stream.must_be_active()?;
        let current = stream.monitoring.shard_metrics.clone();
        let all = ShardMetric::ALL.into_iter();
        let desired: Vec<ShardMetric> = all.filter(|metric| keeps(&current, metric)).collect();
        stream.monitoring.shard_metrics.clone_from(&desired);
        let id = stream.id;
        self.begin_update(now, id);
        Ok(MetricsChange { current, desired })
    }
}
