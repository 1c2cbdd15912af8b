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
mod model;
mod percentile;
mod query;
mod token;

use crate::api::authorization::authorize_action;
use crate::api::caller::Caller;
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
