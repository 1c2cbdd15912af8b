//! `GetMetricStatistics`: statistics of one metric by the period.

use super::model::{DIMENSIONS, END_TIME, NUMBER, START_TIME, TEXT, TEXTS, UNIT};
use super::percentile::is_percentile;
use super::query::{self, Query, STATISTICS, Span};
use crate::api::authorization::Resource;
use crate::api::model::{Param, Shape};
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;

pub(super) const ROW: Row = Row {
    doc: "Tells statistics of one metric by the period.",
    pages: None,
    operation: Operation {
        name: "GetMetricStatistics",
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
        call: Some(get_metric_statistics),
    },
};

/// Datapoints of an answer.
const DATAPOINTS_MAX: u64 = 1_440;
/// Percentiles of a call.
const EXTENDED_MAX: usize = 10;
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
    let has_extended = !input.list("ExtendedStatistics").is_empty();
    let asked = |name: &str| input.texts("Statistics").any(|asked| asked == name);
    let datapoint = |(at, statistic): &(_, _)| {
        let mut point = Fields::new().with("Timestamp", *at);
        for name in ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] {
            if let Some(value) = query::value(statistic, name).filter(|_| asked(name)) {
                point.push(name, value);
            }
        }
        let extended = input.texts("ExtendedStatistics");
        let extended: Vec<(String, Value)> = extended
            .filter_map(|name| Some((name.to_owned(), query::value(statistic, name)?.into())))
            .collect();
        let is_known = !extended.is_empty();
        let point = point.with_some("Unit", unit);
        let point =
            if is_known { point.with("ExtendedStatistics", Value::Named(extended)) } else { point };
        (is_known || !has_extended).then_some(Value::Fields(point))
    };
    let datapoints: Vec<Value> = query.points(sim).iter().filter_map(datapoint).collect();
    let label = input.text("MetricName").unwrap_or_default().to_owned();
    Ok(Fields::new().with("Label", label).with("Datapoints", datapoints))
}

fn check_statistics(input: &Fields) -> Result<(), ApiError> {
    match (input.list("Statistics"), input.list("ExtendedStatistics")) {
        ([], []) => return Err(ApiError::new(COMBINATION, NO_STATISTICS)),
        ([_, ..], [_, ..]) => return Err(ApiError::new(COMBINATION, BOTH)),
        _ => {}
    }
    query::must_fit(input, "ExtendedStatistics", EXTENDED_MAX, VALUE)?;
    for (name, number) in input.texts("ExtendedStatistics").zip(1..) {
        let path = format!("ExtendedStatistics.member.{number}");
        if STATISTICS.contains(&name) || (name.starts_with('p') && !is_percentile(name)) {
            return Err(ApiError::new(VALUE, format!("The parameter {path} {NO_PERCENTILE}")));
        }
        query::check_statistic(name, &path, VALUE)?;
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
/// Our own words for a rule of the service's documentation.
const BOTH: &str = "Statistics and ExtendedStatistics cannot be asked for in one call.";
/// Our own words for a rule of the service's documentation.
const NO_PERCENTILE: &str =
    "must be a percentile from p0 to p100; other statistics are asked for with Statistics.";
