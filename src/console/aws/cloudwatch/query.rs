//! What the questions have in common: a metric, a stretch of time, and its datapoints.

use super::model::{NAMESPACE, UNITS};
use super::percentile::{self, is_percentile};
use crate::api::ApiError;
use crate::api::value::{Fields, Value};
use crate::engine::Simulation;
use crate::engine::service::metrics::{Dimensions, Grain, Metric, Statistic};
use crate::engine::service::names::{ConsumerName, ShardId, StreamName};
use crate::engine::sorted::sort;
use crate::engine::time::Instant;
use std::time::Duration;

/// A metric over a stretch of time.
pub struct Query {
    /// `None` if nothing is ever kept under that name, those dimensions and that unit.
    pub metric: Option<(Metric, Dimensions)>,
    pub span: Span,
}

/// From when to when, in datapoints of which length.
#[derive(Clone, Copy)]
pub struct Span {
    pub start: Instant,
    pub end: Instant,
    pub period_secs: u64,
}

/// The statistics that are kept, as CloudWatch lists them in its refusal.
pub const STATISTICS: [&str; 5] = ["Minimum", "Maximum", "Average", "SampleCount", "Sum"];

const MINUTE_SECS: u64 = 60;

impl Span {
    /// Reads the two times; the period is as typed. The start is rounded down to a minute, as
    /// CloudWatch does it.
    pub fn read(input: &Fields, period: i64, code: &'static str) -> Result<Self, ApiError> {
        let time = |name| input.timestamp(name).unwrap_or_default();
        let (start, end) = (time("StartTime"), time("EndTime"));
        if start == end {
            return Err(ApiError::new(code, SAME));
        }
        if start > end {
            return Err(ApiError::new(code, BACKWARDS));
        }
        let start = Instant::from_secs(start.secs() / MINUTE_SECS * MINUTE_SECS);
        let period_secs = u64::try_from(period).unwrap_or_default();
        let is_fine = matches!(period_secs, 1 | 5 | 10 | 20 | 30);
        if period_secs == 0 || !(is_fine || period_secs.is_multiple_of(MINUTE_SECS)) {
            return Err(ApiError::new(code, UNEVEN));
        }
        Ok(Self { start, end, period_secs })
    }

    /// The most datapoints that there can be.
    pub fn length(&self) -> u64 {
        self.end.since(self.start).as_secs() / self.period_secs
    }
}

impl Query {
    /// What is asked for by a structure with `MetricName`, `Namespace` and `Dimensions`.
    pub fn new(metric: &Fields, unit: Option<&str>, span: Span) -> Self {
        let named = metric.text("MetricName").and_then(Metric::named);
        let named = named.filter(|named| unit.is_none_or(|unit| unit == named.unit().name()));
        let named = named.filter(|_| metric.text("Namespace") == Some(NAMESPACE));
        let metric = named.zip(dimensions(metric.list("Dimensions")));
        Self { metric, span }
    }

    /// The datapoints by rising time: when each begins, and what is in it. Periods begin at the
    /// start that was asked for.
    pub fn points(&self, sim: &Simulation) -> Vec<(Instant, Statistic)> {
        let Some((metric, dimensions)) = &self.metric else { return Vec::new() };
        let (service, now) = (sim.service(), sim.now());
        let Span { start, end, period_secs } = self.span;
        let from = start.max(now.before(Grain::MINUTE.kept));
        let mut points: Vec<(Instant, Statistic)> = Vec::new();
        for scope in service.metric_scopes(dimensions) {
            let minutes = service.metric_series(now, from, scope, *metric);
            for (at, statistic) in minutes.into_iter().take_while(|(at, _)| *at < end) {
                let periods = at.since(start).as_secs() / period_secs;
                let at = start + Duration::from_secs(periods * period_secs);
                points.push((at, statistic));
            }
        }
        let mut order: Vec<(u64, u32)> =
            points.iter().zip(0..).map(|((at, _), number)| (at.micros(), number)).collect();
        sort(&mut order);
        let mut points: Vec<(Instant, Statistic)> =
            order.iter().map(|(_, number)| points[*number as usize]).collect();
        points.dedup_by(|(later, more), (at, statistic)| {
            let same = later == at;
            if same {
                statistic.merge(more);
            }
            same
        });
        points
    }
}

/// The dimensions of a list of names and values; `None` if no metric has such a set.
fn dimensions(list: &[Value]) -> Option<Dimensions> {
    let find = |wanted: &str| {
        list.iter().find_map(|item| match item {
            Value::Fields(item) if item.text("Name") == Some(wanted) => item.text("Value"),
            _ => None,
        })
    };
    let stream = StreamName::new(find("StreamName")?)?;
    match list.len() {
        1 => Some(Dimensions::Stream(stream)),
        2 => find("ShardId")
            .and_then(|text| ShardId::parse(text).filter(|shard| shard.to_string() == text))
            .map(|shard| Dimensions::Shard(stream.clone(), shard))
            .or_else(|| {
                let consumer = ConsumerName::new(find("ConsumerName")?)?;
                Some(Dimensions::Consumer(stream, consumer))
            }),
        _ => None,
    }
}

/// A statistic by its name; `None` if nobody knows it.
#[expect(clippy::cast_precision_loss, reason = "clients hold such a number as a double, too")]
pub fn value(statistic: &Statistic, name: &str) -> Option<f64> {
    let Statistic { count, sum, min, max } = *statistic;
    let (dividend, divisor) = match name {
        "SampleCount" => (count, 1),
        "Average" => (sum, count),
        "Sum" => (sum, 1),
        "Minimum" => (min, 1),
        "Maximum" => (max, 1),
        _ => percentile::value(statistic)?,
    };
    Some(dividend as f64 / divisor as f64)
}

/// Refuses what is neither a statistic that is kept nor a percentile.
pub fn check_statistic(name: &str, path: &str, code: &'static str) -> Result<(), ApiError> {
    if STATISTICS.contains(&name) || is_percentile(name) {
        return Ok(());
    }
    let trimmed = ["tm", "wm", "tc", "ts", "TM(", "WM(", "TC(", "TS(", "pr", "PR(", "IQM"];
    if trimmed.iter().any(|start| name.starts_with(start)) {
        return Err(ApiError::new(code, format!("The parameter {path} ({name}) {TRIMMED}")));
    }
    Err(not_in_set(path, &STATISTICS, code))
}

/// Our own: the real service has them of metrics whose values it knows.
const TRIMMED: &str = "is left out of this simulation: Kinesis hands in sums, not values. Ask for \
    Average, Minimum or Maximum.";

/// Refuses a unit that CloudWatch does not know.
pub fn check_unit(unit: Option<&str>, path: &str, code: &'static str) -> Result<(), ApiError> {
    if unit.is_none_or(|unit| UNITS.words.contains(&unit)) {
        return Ok(());
    }
    Err(not_in_set(path, UNITS.words, code))
}

/// The refusal of a word outside of a closed set.
pub fn not_in_set(path: &str, words: &[&str], code: &'static str) -> ApiError {
    let words = words.join(", ");
    ApiError::new(code, format!("The parameter {path} must be a value in the set [ {words} ]."))
}

/// The refusal of a list that is too long.
pub fn must_fit(
    input: &Fields,
    name: &str,
    most: usize,
    code: &'static str,
) -> Result<(), ApiError> {
    if input.list(name).len() <= most {
        return Ok(());
    }
    Err(ApiError::new(
        code,
        format!("The collection {name} must not have a size greater than {most}."),
    ))
}

/// As recorded from the real service.
const SAME: &str = "The parameter StartTime must not equal parameter EndTime.";
/// As recorded from the real service.
const BACKWARDS: &str = "The parameter StartTime must be less than the parameter EndTime.";
/// Our own: which words AWS uses is not recorded.
const UNEVEN: &str = "The parameter Period must be a multiple of 60.";
