//! How often each control call may come: one table, one bucket for each of its rows in use.

use super::Service;
use super::limits::{API, Limit, QUOTAS, Scope, Unit, limit};
use super::names::StreamId;
use super::token_bucket::TokenBucket;
use crate::engine::refusal::Refusal;
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;

/// Calls that have a rate, by the names of their operations; the others have none that AWS
/// publishes. Records are put and got without a look at this table.
pub const CONTROL_RATES: &[Limit] = &[
    account("AddTagsToStream", 5, QUOTAS),
    account("CreateStream", 5, QUOTAS),
    account("DecreaseStreamRetentionPeriod", 5, QUOTAS),
    account("DeleteStream", 5, QUOTAS),
    stream("DeregisterStreamConsumer", 5),
    account("DescribeAccountSettings", 5, API),
    account("DescribeLimits", 1, QUOTAS),
    account("DescribeStream", 10, QUOTAS),
    stream("DescribeStreamConsumer", 20),
    account("DescribeStreamSummary", 20, QUOTAS),
    account("DisableEnhancedMonitoring", 5, QUOTAS),
    account("EnableEnhancedMonitoring", 5, QUOTAS),
    account("IncreaseStreamRetentionPeriod", 5, QUOTAS),
    stream("ListShards", 1_000),
    stream("ListStreamConsumers", 5),
    account("ListStreams", 5, QUOTAS),
    account("ListTagsForStream", 5, QUOTAS),
    account("MergeShards", 5, QUOTAS),
    account("RegisterStreamConsumer", 5, QUOTAS),
    account("RemoveTagsFromStream", 5, QUOTAS),
    account("SplitShard", 5, QUOTAS),
    account("UpdateAccountSettings", 5, API),
    account("UpdateShardCount", 10, API),
    account("UpdateStreamWarmThroughput", 5, API),
];

/// What is left of the rates; a call that nobody made yet has no bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ControlBuckets(SortedMap<(u32, Option<StreamId>), TokenBucket>);

impl ControlBuckets {
    /// Forgets a stream that is gone.
    pub(super) fn forget(&mut self, gone: StreamId) {
        self.0.retain(|(_, stream), _| *stream != Some(gone));
    }
}

/// A row of [`CONTROL_RATES`], and the stream if it counts for each by itself.
type Key = (u32, Option<StreamId>);

impl Service {
    /// Charges a control call, or refuses one that comes too often. Whoever takes requests from
    /// outside asks this first; `stream` is the one that the call is about, if it exists.
    ///
    /// A call that is refused costs nothing, so patience is always rewarded.
    pub fn charge_control(
        &mut self,
        now: Instant,
        operation: &str,
        stream: Option<StreamId>,
    ) -> Result<(), Refusal> {
        if let Some((key, charged)) = self.control_charge(now, operation, stream)? {
            self.control_buckets.0.insert(key, charged);
        }
        Ok(())
    }

    /// Which bucket a control call would be charged to, and what would be left in it; `None` if
    /// calls of the kind are not counted.
    pub fn control_charge(
        &self,
        now: Instant,
        operation: &str,
        stream: Option<StreamId>,
    ) -> Result<Option<(Key, TokenBucket)>, Refusal> {
        let Some(row) = CONTROL_RATES.iter().position(|rate| rate.name == operation) else {
            return Ok(None);
        };
        if !self.settings.enforces_rates() {
            return Ok(None);
        }
        let rate = CONTROL_RATES[row];
        let row = u32::try_from(row).expect("the table has a few dozen rows");
        let key = (row, stream.filter(|_| rate.per == Scope::Stream));
        let bucket = self.control_buckets.0.get(&key).copied();
        let bucket = bucket.unwrap_or_else(|| TokenBucket::full(rate.value, rate.value, now));
        let Some(charged) = bucket.charged(now, 1) else {
            let stream = stream.and_then(|id| self.stream(id));
            return Err(Refusal::RateExceeded(stream.map(|stream| stream.name.clone())));
        };
        Ok(Some((key, charged)))
    }
}

const fn account(operation: &'static str, calls: u64, source: &'static str) -> Limit {
    limit(operation, calls, Unit::CallsPerSecond, Scope::Account, source)
}

const fn stream(operation: &'static str, calls: u64) -> Limit {
    limit(operation, calls, Unit::CallsPerSecond, Scope::Stream, API)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::account::Settings;
    use std::time::Duration;

    #[test]
    fn every_rate_refuses_one_more_and_names_no_other_call() {
        for rate in CONTROL_RATES {
            let mut service = Service::new(7, Settings::default());
            let now = Instant::DEFAULT_START;
            for _ in 0..rate.value {
                assert_eq!(service.charge_control(now, rate.name, None), Ok(()));
            }
            let refused = Err(Refusal::RateExceeded(None));
            assert_eq!(service.charge_control(now, rate.name, None), refused, "{}", rate.name);
            let wait = Duration::from_micros(1_000_000_u64.div_ceil(rate.value));
            assert_eq!(service.charge_control(now + wait, rate.name, None), Ok(()));
        }
    }

    #[test]
    fn streams_have_rates_of_their_own_where_aws_says_so() {
        let (mut service, now) = (Service::new(7, Settings::default()), Instant::DEFAULT_START);
        let mut list = |stream| service.charge_control(now, "ListStreamConsumers", Some(stream));
        for _ in 0..5 {
            assert_eq!(list(StreamId(0)), Ok(()));
        }
        assert!(list(StreamId(0)).is_err());
        assert_eq!(list(StreamId(1)), Ok(()));
    }
}
