//! What happened in each second: the truth behind CloudWatch's minutes.
//!
//! The service's own metrics are CloudWatch's and know minutes only; a burst that throttles for a
//! third of a second vanishes in them. These are folded from events, by stream and by shard,
//! whether or not the stream has enhanced monitoring.

use crate::engine::event::Event;
use crate::engine::service::metrics::{Book, Grain, Metric as M, Scope, Statistic};
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::time::Instant;
use std::time::Duration;

/// The last quarter of an hour, second by second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seconds(Book);

/// How long a second is kept, if memory lets it: a chart is not wider.
pub const KEPT: Duration = Duration::from_mins(15);

/// With hundreds of busy shards the oldest seconds go early.
const GRAIN: Grain = Grain { width: Duration::from_secs(1), kept: KEPT, bytes_max: 4 << 20 };

impl Default for Seconds {
    fn default() -> Self {
        Self(Book::new(GRAIN))
    }
}

impl Seconds {
    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        match *event {
            Event::RecordsAccepted { stream, shard, records, bytes, .. } => {
                let values = [
                    (M::IncomingBytes, Some(bytes.into())),
                    (M::IncomingRecords, Some(records.into())),
                ];
                self.add(at, (stream, shard), &values);
            }
            Event::WritesThrottled { throttle, records, .. } => {
                let values = [(M::WriteProvisionedThroughputExceeded, Some(records.into()))];
                self.add(at, (throttle.stream, throttle.shard), &values);
            }
            Event::ReadThrottled(throttle) => {
                let values = [(M::ReadProvisionedThroughputExceeded, Some(1))];
                self.add(at, (throttle.stream, throttle.shard), &values);
            }
            Event::RecordsRead { stream, shard, records, bytes, behind_millis, .. } => {
                let values = [
                    (M::GetRecordsBytes, Some(bytes.into())),
                    (M::GetRecordsRecords, Some(records.into())),
                    (M::GetRecordsIteratorAgeMilliseconds, Some(behind_millis)),
                ];
                self.add(at, (stream, shard), &values);
            }
            Event::RecordsPushed { stream, consumer, records, bytes, behind_millis, .. } => {
                let values = [
                    (M::SubscribeToShardEventBytes, Some(bytes.into())),
                    (M::SubscribeToShardEventRecords, Some(records.into())),
                    (M::SubscribeToShardEventMillisBehindLatest, Some(behind_millis)),
                ];
                self.0.add(at, Scope::Consumer(stream, consumer), &values);
            }
            _ => {}
        }
    }

    /// The seconds with a value that are over at `now` and begin at `from` or later, oldest first.
    pub fn series(
        &self,
        now: Instant,
        from: Instant,
        scope: Scope,
        metric: M,
    ) -> Vec<(Instant, Statistic)> {
        self.0.series_from(now, from, scope, metric)
    }

    /// Heap bytes that they take.
    pub fn bytes(&self) -> u64 {
        self.0.bytes()
    }

    /// Heap bytes of these that `later`, which they have become, does not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        self.0.bytes_beside(&later.0)
    }

    fn add(
        &mut self,
        at: Instant,
        (stream, shard): (StreamId, ShardId),
        values: &[(M, Option<u64>)],
    ) {
        self.0.add(at, Scope::Stream(stream), values);
        self.0.add(at, Scope::Shard(stream, shard), values);
    }
}
