//! `aws cloudwatch …`: questions about the metrics of streams, shards and consumers.
//!
//! A minute is shown as soon as it is over. Datapoints come in the order of time, which the real
//! service does not promise. A percentile is there where all values of a period are equal, as
//! CloudWatch has it of statistics that were handed in as sums; so it has none elsewhere. Left out:
//! alarms, dashboards, metrics of one's own, labels with `${…}`, and most functions of metric math.
//!
//! Read first: <https://docs.aws.amazon.com/cli/latest/reference/cloudwatch/>.

mod get_metric_data;
mod get_metric_statistics;
mod list_metrics;
mod math;
mod percentile;
mod query;
mod token;

use crate::api::authorization::authorize_action;
use crate::api::caller::Caller;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Row};
use crate::engine::Simulation;

/// The operations, in the order of their names.
pub const OPERATIONS: &[&Operation] = &[&ROWS[0].operation, &ROWS[1].operation, &ROWS[2].operation];

/// The same with what only a command line knows of them.
pub const ROWS: &[&Row] = &[&get_metric_data::ROW, &get_metric_statistics::ROW, &list_metrics::ROW];

/// Asks CloudWatch, which checks its parameters itself, in words of its own.
pub fn call(
    sim: &mut Simulation,
    caller: &Caller,
    operation: &Operation,
    input: &Fields,
) -> Result<Fields, ApiError> {
    let call = operation.call.expect("every operation of this table is offered");
    authorize_action(sim, caller, &format!("cloudwatch:{}", operation.name))?;
    call(sim, input)
}

/// A word of the page's own about an answer that may lack what was asked for.
pub fn hint(input: &Fields) -> Option<&'static str> {
    let queries = input.list("MetricDataQueries").iter().filter_map(|query| match query {
        Value::Fields(query) => query.fields("MetricStat")?.text("Stat"),
        _ => None,
    });
    let mut names = input.texts("ExtendedStatistics").chain(queries);
    names.any(percentile::is_percentile).then_some(percentile::HINT)
}

/// The only namespace that has metrics here.
const NAMESPACE: &str = "AWS/Kinesis";

const TEXT: Kind = Kind::Text { min: 1, max: u32::MAX, pattern: None };
const NUMBER: Kind = Kind::Integer { min: Some(1), max: None };
const TEXTS: Kind = Kind::List { min: 1, max: u32::MAX, of: &TEXT };
const DIMENSIONS: Kind = Kind::List { min: 0, max: u32::MAX, of: &Kind::Structure(&DIMENSION) };
const DIMENSION: Shape =
    Shape::new("Dimension", &[Param::required("Name", TEXT), Param::required("Value", TEXT)]);
const START_TIME: Param = Param::required("StartTime", Kind::Timestamp);
const END_TIME: Param = Param::required("EndTime", Kind::Timestamp);
const UNIT: Kind = Kind::Choice(&UNITS);

const UNITS: Choice = Choice::new(&[
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Percent",
    "Count",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
    "None",
]);
