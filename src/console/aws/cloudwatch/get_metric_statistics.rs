//! `GetMetricStatistics`: statistics of one metric by the period.

use super::query::{self, Query, STATISTICS, Span};
use super::{DIMENSIONS, END_TIME, NUMBER, START_TIME, TEXT, TEXTS, UNIT};
use crate::api::authorization::Resource;
use crate::api::model::{Param, Shape};
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Plane};
use crate::engine::Simulation;

pub(super) const OPERATION: Operation = Operation {
    name: "GetMetricStatistics",
    doc: "Tells statistics of one metric by the period.",
    plane: Plane::Data,
    resource: Resource::Any,
    input: Shape::new(
        "GetMetricStatistics",
        &[
            Param::required("Namespace", TEXT),
            Param::required("MetricName", TEXT),
            Param::optional("Dimensions", DIMENSIONS),
            START_TIME,
            END_TIME,
            Param::required("Period", NUMBER),
            Param::optional("Statistics", TEXTS),
            Param::optional("ExtendedStatistics", TEXTS),
            Param::optional("Unit", UNIT),
        ],
    ),
    pages: None,
    call: Some(get_metric_statistics),
};

/// Datapoints of an answer.
const DATAPOINTS_MAX: u64 = 1_440;
/// Dimensions of a metric.
const DIMENSIONS_MAX: usize = 30;

const VALUE: &str = "InvalidParameterValue";
const COMBINATION: &str = "InvalidParameterCombination";

fn get_metric_statistics(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let span = Span::read(input, input.integer("Period").unwrap_or_default(), VALUE)?;
    query::must_fit(input, "Dimensions", DIMENSIONS_MAX, VALUE)?;
    check_statistics(input)?;
    query::check_unit(input.text("Unit"), "Unit", VALUE)?;
    let length = span.length();
    if length > DATAPOINTS_MAX {
        return Err(ApiError::new(
            COMBINATION,
            format!(
                "You have requested up to {length} datapoints, which exceeds the limit of \
                 {DATAPOINTS_MAX}. You may reduce the datapoints requested by increasing Period, \
                 or decreasing the time range."
            ),
        ));
    }
    let query = Query::new(input, input.text("Unit"), span);
    let unit = query.metric.as_ref().map(|(metric, _)| metric.unit().name());
    let asked = |name: &str| input.texts("Statistics").any(|asked| asked == name);
    let datapoint = |(at, statistic): &(_, _)| {
        let mut point = Fields::new().with("Timestamp", *at);
        for name in ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] {
            if let Some(value) = query::value(statistic, name).filter(|_| asked(name)) {
                point.push(name, value);
            }
        }
        Value::Fields(point.with_some("Unit", unit))
    };
    let datapoints: Vec<Value> = query.points(sim).iter().map(datapoint).collect();
    let label = input.text("MetricName").unwrap_or_default().to_owned();
    Ok(Fields::new().with("Label", label).with("Datapoints", datapoints))
}

fn check_statistics(input: &Fields) -> Result<(), ApiError> {
    if !input.list("ExtendedStatistics").is_empty() {
        return Err(ApiError::new(COMBINATION, NO_PERCENTILES));
    }
    if input.list("Statistics").is_empty() {
        return Err(ApiError::new(COMBINATION, NO_STATISTICS));
    }
    for (name, number) in input.texts("Statistics").zip(1..) {
        if !STATISTICS.contains(&name) {
            let path = format!("Statistics.member.{number}");
            return Err(query::not_in_set(&path, &STATISTICS, VALUE));
        }
    }
    Ok(())
}

/// As recorded from the real service.
const NO_STATISTICS: &str =
    "At least one of the parameters Statistics and ExtendedStatistics must be specified.";
/// Our own: the real service has them.
const NO_PERCENTILES: &str = "ExtendedStatistics is not part of this simulation: no percentiles \
    are kept, only SampleCount, Average, Sum, Minimum and Maximum. Ask for Statistics.";
