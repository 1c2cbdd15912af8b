//! CloudWatch's metrics as curves: its minutes, the seconds behind them, and the limit.

use super::history::History;
use super::seconds::KEPT;
use crate::engine::Simulation;
use crate::engine::service::limits::{
    Limit, SHARD_READ_BYTES, SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS,
};
use crate::engine::service::metrics::{Metric, MetricUnit, Scope, Statistic};
use crate::engine::time::Instant;
use std::time::Duration;

/// A metric over the last quarter of an hour, or since the run began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What it shows.
    pub metric: Metric,
    /// Per second: of each second that had a value, oldest first.
    pub seconds: Vec<Point>,
    /// Per second as CloudWatch's minute tells it: the sum by sixty, or the maximum. Oldest first.
    /// Empty where CloudWatch is told nothing, as for a shard without enhanced monitoring.
    pub minutes: Vec<Point>,
    /// What is allowed in a second on average, if it is limited.
    pub limit: Option<u64>,
    /// The last minute's own number: its sum, or its maximum.
    pub last_minute: Option<u64>,
}

/// A value at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When its second or minute begins.
    pub from: Instant,
    /// How much in a second.
    pub value: u64,
}

/// What charts are about.
#[derive(Clone, Copy, Debug)]
pub struct Charts<'a> {
    simulation: &'a Simulation,
    history: &'a History,
    /// Whose they are.
    pub scope: Scope,
    /// When the curves begin.
    pub from: Instant,
    /// When they end: now, unless the run is younger than a chart is wide.
    pub until: Instant,
}

/// Whose limit holds.
#[derive(Clone, Copy)]
enum Allowed {
    Unlimited,
    /// The shard's, times the open shards.
    Shards(Limit),
}

use Allowed::{Shards, Unlimited};

/// The metrics of a stream or shard, by their names at CloudWatch's stream level.
const STREAM: [(Metric, Allowed); 7] = [
    (Metric::IncomingRecords, Shards(SHARD_WRITE_RECORDS)),
    (Metric::IncomingBytes, Shards(SHARD_WRITE_BYTES)),
    (Metric::WriteProvisionedThroughputExceeded, Unlimited),
    (Metric::GetRecordsRecords, Unlimited),
    (Metric::GetRecordsBytes, Shards(SHARD_READ_BYTES)),
    (Metric::ReadProvisionedThroughputExceeded, Unlimited),
    (Metric::GetRecordsIteratorAgeMilliseconds, Unlimited),
];

/// Those of a registered consumer.
const CONSUMER: [(Metric, Allowed); 3] = [
    (Metric::SubscribeToShardEventRecords, Unlimited),
    (Metric::SubscribeToShardEventBytes, Shards(SHARD_READ_BYTES)),
    (Metric::SubscribeToShardEventMillisBehindLatest, Unlimited),
];

impl<'a> Charts<'a> {
    /// The charts of a stream, a shard or a registered consumer, in a run that has begun then.
    pub fn of(
        simulation: &'a Simulation,
        history: &'a History,
        scope: Scope,
        begun: Instant,
    ) -> Self {
        let now = simulation.now();
        let from = begun.max(now.before(KEPT));
        Self { simulation, history, scope, from, until: now.max(from + NARROWEST) }
    }

    /// All of them.
    pub fn all(&self) -> Vec<Chart> {
        let rows: &[_] =
            if matches!(self.scope, Scope::Consumer(..)) { &CONSUMER } else { &STREAM };
        rows.iter().map(|(metric, allowed)| self.chart(*metric, *allowed)).collect()
    }

    fn chart(&self, metric: Metric, allowed: Allowed) -> Chart {
        let (now, from) = (self.simulation.now(), self.from);
        let seconds = self.history.seconds.series(now, from, self.scope, metric);
        let seconds =
            seconds.into_iter().map(|(from, found)| Point { from, value: total(metric, &found) });
        let told = match self.scope {
            Scope::Shard(..) => at_shard_level(metric),
            Scope::Stream(_) | Scope::Consumer(..) => metric,
        };
        // The minute that the curves begin in is shown from its beginning.
        let first = Instant::from_micros(from.micros() / MINUTE_MICROS * MINUTE_MICROS);
        let minutes = self.simulation.service().metric_series(now, first, self.scope, told);
        let minutes: Vec<_> =
            minutes.into_iter().map(|(at, found)| (at, total(metric, &found))).collect();
        let per_second = |value| if is_age(metric) { value } else { value / 60 };
        Chart {
            metric,
            seconds: seconds.collect(),
            last_minute: minutes.last().map(|minute| minute.1),
            minutes: minutes
                .into_iter()
                .map(|(from, value)| Point { from, value: per_second(value) })
                .collect(),
            limit: self.limit(allowed),
        }
    }

    fn limit(&self, allowed: Allowed) -> Option<u64> {
        let Shards(limit) = allowed else { return None };
        let shards = match self.scope {
            Scope::Shard(..) => 1,
            Scope::Stream(stream) | Scope::Consumer(stream, _) => {
                let stream = self.simulation.service().stream(stream)?;
                u64::from(stream.open_shard_count())
            }
        };
        Some(limit.value * shards)
    }
}

/// Microseconds of a minute.
const MINUTE_MICROS: u64 = 60_000_000;
/// The least time that a chart is wide.
const NARROWEST: Duration = Duration::from_mins(2);

impl Chart {
    /// The highest value that it shows, at least 1.
    pub fn highest(&self) -> u64 {
        let values = self.seconds.iter().chain(&self.minutes).map(|point| point.value);
        values.chain(self.limit).max().unwrap_or(0).max(1)
    }

    /// The second with the highest value.
    pub fn peak(&self) -> Option<Point> {
        self.seconds.iter().max_by_key(|point| point.value).copied()
    }
}

/// Whether a metric tells how old something is: then the oldest counts, not the sum.
pub fn is_age(metric: Metric) -> bool {
    metric.unit() == MetricUnit::Milliseconds
}

fn total(metric: Metric, statistic: &Statistic) -> u64 {
    if is_age(metric) { statistic.max } else { statistic.sum }
}

/// CloudWatch has other names for what it is told of a shard.
fn at_shard_level(metric: Metric) -> Metric {
    match metric {
        Metric::GetRecordsBytes => Metric::OutgoingBytes,
        Metric::GetRecordsRecords => Metric::OutgoingRecords,
        Metric::GetRecordsIteratorAgeMilliseconds => Metric::IteratorAgeMilliseconds,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::names::StreamId;
    use crate::journal::Journal;

    /// What happens within two minutes and a bit, if a burst of a second comes every ten.
    fn burst() -> (Journal, History) {
        let (mut journal, mut history) = (Journal::default(), History::default());
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 1",
            "lab wait 10s",
            "lab producer web --stream clicks --rate bursts:2500/s:1s:9s --keys uniform:9",
            "lab wait 130s",
        ] {
            assert_eq!(journal.run(line).status, 0, "{line}");
        }
        while let Some((at, event)) = journal.simulation_mut().poll_event() {
            history.record(at, &event);
        }
        (journal, history)
    }

    #[test]
    fn a_minute_hides_the_burst_that_its_seconds_show() {
        let (journal, history) = burst();
        let (simulation, begun) = (journal.simulation(), Instant::DEFAULT_START);
        let stream = simulation.service().streams().next().map_or(StreamId(0), |stream| stream.id);
        let charts = Charts::of(simulation, &history, Scope::Stream(stream), begun).all();
        let incoming = &charts[0];
        assert_eq!((incoming.metric, incoming.limit), (Metric::IncomingRecords, Some(1_000)));
        let minute = incoming.minutes.last().expect("a minute is over").value;
        let peak = incoming.peak().expect("seconds are kept").value;
        assert!(minute < 250 && peak >= 1_000, "a minute says {minute}, its seconds {peak}");
        let throttled = &charts[2];
        assert!(throttled.peak().is_some_and(|peak| peak.value > 500), "{throttled:?}");
        let second = |chart: &Chart| -> u64 { chart.seconds.iter().map(|point| point.value).sum() };
        assert_eq!(second(incoming), history.totals.accepted);
        assert_eq!(second(throttled), history.totals.throttled);
    }

    #[test]
    fn of_a_shard_cloudwatch_knows_nothing_unless_it_is_told() {
        let (mut journal, history) = burst();
        let stream = journal.simulation().service().streams().next().expect("a stream");
        let scope = Scope::Shard(stream.id, stream.shards()[0].id);
        let minutes = |journal: &Journal| {
            let charts = Charts::of(journal.simulation(), &history, scope, Instant::DEFAULT_START);
            charts.all()[0].minutes.len()
        };
        assert_eq!(minutes(&journal), 0);
        for line in [
            "aws kinesis enable-enhanced-monitoring --stream-name clicks \
             --shard-level-metrics ALL",
            "lab wait 130s",
        ] {
            assert_eq!(journal.run(line).status, 0, "{line}");
        }
        assert!(minutes(&journal) > 0);
    }
}
