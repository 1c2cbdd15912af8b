//! What CloudWatch knows of the streams: statistics of each minute, as the service sends them.
//!
//! The service takes one value a call, or a call and shard, or a push: never one a record. A call
//! that is refused for another reason than its rate is not counted. CloudWatch shows a minute some
//! minutes after it is over; here it is there as soon as it is over.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html>.

mod book;
mod folded;
mod metric;
mod names;
mod packed;
mod statistic;

pub use book::{Book, Grain};
pub use metric::{Metric, MetricUnit, Scope};
pub use names::Dimensions;
pub use statistic::Statistic;

use super::fan_out::ConsumerId;
use super::monitoring::{Monitoring, ShardMetric};
use super::names::{ShardId, StreamId};
use super::{Service, Touched};
use crate::engine::time::Instant;
use names::Gone;
use std::rc::Rc;

/// The metrics of all streams, those included that were deleted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Metrics {
    minutes: Book,
    /// Who had a name when it went, oldest first.
    gone: Rc<Vec<Gone>>,
}

/// By which operation records came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PutOperation {
    /// One record.
    PutRecord,
    /// A list of records.
    PutRecords,
}

/// What became of the records of one call.
#[derive(Clone, Copy)]
pub(super) struct Tally {
    pub records: u64,
    pub stored: u64,
    pub bytes: u64,
}

/// What one call of `GetRecords` or one push carried.
#[derive(Clone, Copy)]
pub(super) struct Load {
    pub records: u64,
    pub bytes: u64,
    pub behind_millis: u64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { minutes: Book::new(Grain::MINUTE), gone: Rc::default() }
    }
}

impl Metrics {
    /// A call of a producer was answered.
    pub(super) fn put(
        &mut self,
        now: Instant,
        stream: StreamId,
        operation: PutOperation,
        tally: Tally,
    ) {
        use Metric as M;
        let Tally { records, stored, bytes } = tally;
        let throttled = records - stored;
        let if_stored = |value: u64| (stored > 0).then_some(value);
        let success = Some(u64::from(stored > 0));
        let incoming = [
            (M::IncomingBytes, if_stored(bytes)),
            (M::IncomingRecords, if_stored(stored)),
            (M::WriteProvisionedThroughputExceeded, Some(throttled)),
        ];
        let [one, two, three] = incoming;
        let scope = Scope::Stream(stream);
        match operation {
            PutOperation::PutRecord => {
                let own = [(M::PutRecordBytes, if_stored(bytes)), (M::PutRecordSuccess, success)];
                self.minutes.add(now, scope, &[one, two, three, own[0], own[1]]);
            }
            PutOperation::PutRecords => self.minutes.add(
                now,
                scope,
                &[
                    one,
                    two,
                    three,
                    (M::PutRecordsBytes, if_stored(bytes)),
                    (M::PutRecordsSuccess, success),
                    (M::PutRecordsTotalRecords, Some(records)),
                    (M::PutRecordsSuccessfulRecords, Some(stored)),
                    (M::PutRecordsFailedRecords, Some(0)),
                    (M::PutRecordsThrottledRecords, Some(throttled)),
                ],
            ),
        }
    }

    /// The shards that a call touched, if their stream keeps metrics of them.
    #[cold]
    pub(super) fn put_in_shards(
        &mut self,
        now: Instant,
        stream: StreamId,
        kept: &Monitoring,
        touched: &[Touched],
    ) {
        for entry in touched {
            let (shard, tally) = entry.tally();
            let if_stored = |value: u64| (tally.stored > 0).then_some(value);
            self.of_shard(
                now,
                (stream, shard),
                kept,
                &mut [
                    (ShardMetric::IncomingBytes, if_stored(tally.bytes)),
                    (ShardMetric::IncomingRecords, if_stored(tally.stored)),
                    (
                        ShardMetric::WriteProvisionedThroughputExceeded,
                        Some(tally.records - tally.stored),
                    ),
                ],
            );
        }
    }

    /// A call of `GetRecords` was answered, or throttled if it carries nothing.
    pub(super) fn got(
        &mut self,
        now: Instant,
        (stream, shard): (StreamId, ShardId),
        kept: &Monitoring,
        load: Option<Load>,
    ) {
        let throttled = Some(u64::from(load.is_none()));
        self.minutes.add(
            now,
            Scope::Stream(stream),
            &[
                (Metric::ReadProvisionedThroughputExceeded, throttled),
                (Metric::GetRecordsBytes, load.map(|load| load.bytes)),
                (Metric::GetRecordsRecords, load.map(|load| load.records)),
                (Metric::GetRecordsSuccess, Some(u64::from(load.is_some()))),
                (Metric::GetRecordsIteratorAgeMilliseconds, load.map(|load| load.behind_millis)),
            ],
        );
        self.of_shard(
            now,
            (stream, shard),
            kept,
            &mut [
                (ShardMetric::OutgoingBytes, load.map(|load| load.bytes)),
                (ShardMetric::OutgoingRecords, load.map(|load| load.records)),
                (ShardMetric::ReadProvisionedThroughputExceeded, throttled),
                (ShardMetric::IteratorAgeMilliseconds, load.map(|load| load.behind_millis)),
            ],
        );
    }

    /// Somebody asked for a subscription, and got it or was told to come later.
    pub(super) fn subscribed(
        &mut self,
        now: Instant,
        stream: StreamId,
        consumer: ConsumerId,
        made: Result<(), ()>,
    ) {
        self.minutes.add(
            now,
            Scope::Consumer(stream, consumer),
            &[
                (Metric::SubscribeToShardSuccess, Some(u64::from(made.is_ok()))),
                (Metric::SubscribeToShardRateExceeded, made.err().map(|()| 1)),
            ],
        );
    }

    /// An event was pushed.
    pub(super) fn pushed(
        &mut self,
        now: Instant,
        (stream, shard): (StreamId, ShardId),
        consumer: ConsumerId,
        kept: &Monitoring,
        load: Load,
    ) {
        self.minutes.add(
            now,
            Scope::Consumer(stream, consumer),
            &[
                (Metric::SubscribeToShardEventSuccess, Some(1)),
                (Metric::SubscribeToShardEventBytes, Some(load.bytes)),
                (Metric::SubscribeToShardEventRecords, Some(load.records)),
                (Metric::SubscribeToShardEventMillisBehindLatest, Some(load.behind_millis)),
            ],
        );
        self.of_shard(
            now,
            (stream, shard),
            kept,
            &mut [
                (ShardMetric::OutgoingBytes, Some(load.bytes)),
                (ShardMetric::OutgoingRecords, Some(load.records)),
            ],
        );
    }

    /// Heap bytes that what this has become later does not keep as well.
    pub(super) fn bytes_beside(&self, later: &Self) -> u64 {
        self.minutes.bytes_beside(&later.minutes)
    }

    /// Takes those values of a shard that its stream keeps.
    fn of_shard(
        &mut self,
        now: Instant,
        (stream, shard): (StreamId, ShardId),
        kept: &Monitoring,
        values: &mut [(ShardMetric, Option<u64>)],
    ) {
        if kept.shard_metrics.is_empty() {
            return;
        }
        let mut kept_values = [(Metric::IncomingBytes, None); 4];
        for (place, &mut (metric, value)) in kept_values.iter_mut().zip(values.iter_mut()) {
            *place = (metric.into(), value.filter(|_| kept.shard_metrics.contains(&metric)));
        }
        self.minutes.add(now, Scope::Shard(stream, shard), &kept_values[..values.len()]);
    }
}

impl Service {
    /// The statistics of a metric by the minute: when it begins, and what happened in it. Oldest
    /// first, of minutes that are over at `now` and begin at `from` or later; minutes without a
    /// value are left out.
    pub fn metric_series(
        &self,
        now: Instant,
        from: Instant,
        scope: Scope,
        metric: Metric,
    ) -> Vec<(Instant, Statistic)> {
        self.metrics.minutes.series_from(now, from, scope, metric)
    }

    /// Every metric that had a value in a minute that is over at `now` and begins at `from` or
    /// later, by scope.
    pub fn metrics_known(&self, now: Instant, from: Instant) -> Vec<(Scope, Metric)> {
        self.metrics.minutes.known(now, from)
    }
}
