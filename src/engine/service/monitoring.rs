//! Enhanced monitoring: metrics that are kept for each shard.

use std::collections::BTreeSet;

/// Which metrics a stream keeps for each shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Monitoring {
    /// In the order in which AWS lists them.
    pub shard_metrics: BTreeSet<ShardMetric>,
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
