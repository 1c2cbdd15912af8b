//! `GetMetricData`: values of several metrics in one answer.

use super::query::{self, Query, STATISTICS, Span};
use super::{DIMENSIONS, END_TIME, NUMBER, START_TIME, TEXT, UNIT};
use crate::api::authorization::Resource;
use crate::api::model::{Choice, Kind, Param, Shape};
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Plane};
use crate::engine::Simulation;

pub(super) const OPERATION: Operation = Operation {
    name: "GetMetricData",
    doc: "Tells values of several metrics in one answer.",
    plane: Plane::Data,
    resource: Resource::Any,
    input: Shape::new(
        "GetMetricData",
        &[
            Param::required(
                "MetricDataQueries",
                Kind::List { min: 0, max: u32::MAX, of: &Kind::Structure(&QUERY) },
            ),
            START_TIME,
            END_TIME,
            Param::optional("ScanBy", Kind::Choice(&SCAN_BY)),
        ],
    ),
    pages: None,
    call: Some(get_metric_data),
};

const QUERY: Shape = Shape::new(
    "MetricDataQuery",
    &[
        Param::required("Id", TEXT),
        Param::optional("MetricStat", Kind::Structure(&METRIC_STAT)),
        Param::optional("Expression", TEXT),
        Param::optional("Label", Kind::Text { min: 0, max: u32::MAX, pattern: None }),
        Param::optional("ReturnData", Kind::Boolean),
    ],
);

const METRIC_STAT: Shape = Shape::new(
    "MetricStat",
    &[
        Param::required("Metric", Kind::Structure(&METRIC)),
        Param::required("Period", NUMBER),
        Param::required("Stat", TEXT),
        Param::optional("Unit", UNIT),
    ],
);

const METRIC: Shape = Shape::new(
    "Metric",
    &[
        Param::optional("Namespace", TEXT),
        Param::optional("MetricName", TEXT),
        Param::optional("Dimensions", DIMENSIONS),
    ],
);

const SCAN_BY: Choice = Choice::new(&["TimestampDescending", "TimestampAscending"]);

/// Queries of a call.
const QUERIES_MAX: usize = 500;

const CODE: &str = "ValidationError";

fn get_metric_data(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    query::must_fit(input, "MetricDataQueries", QUERIES_MAX, CODE)?;
    let scan = input.text("ScanBy");
    if scan.is_some_and(|scan| !SCAN_BY.words.contains(&scan)) {
        return Err(query::not_in_set("ScanBy", SCAN_BY.words, CODE));
    }
    let queries: Vec<&Fields> = input.list("MetricDataQueries").iter().filter_map(fields).collect();
    for (place, asked) in queries.iter().enumerate() {
        check_id(id(asked), &queries[..place])?;
    }
    let mut results = Vec::new();
    for (place, asked) in queries.iter().enumerate() {
        let mut result = answer(sim, input, asked, place + 1)?;
        if scan != Some("TimestampAscending") {
            result.reverse();
        }
        if asked.member("ReturnData") == Some(&Value::Boolean(false)) {
            continue;
        }
        let (times, values): (Vec<_>, Vec<_>) = result.into_iter().unzip();
        let named = asked.at(&["MetricStat", "Metric", "MetricName"]).cloned();
        let label = asked.member("Label").cloned().or(named).unwrap_or(Value::Null);
        let result = Fields::new()
            .with("Id", id(asked).to_owned())
            .with("Label", label)
            .with("Timestamps", times)
            .with("Values", values)
            .with("StatusCode", "Complete");
        results.push(Value::Fields(result));
    }
    Ok(Fields::new().with("MetricDataResults", results).with("Messages", vec![]))
}

/// The times and values of one query, by rising time.
fn answer(
    sim: &Simulation,
    input: &Fields,
    asked: &Fields,
    number: usize,
) -> Result<Vec<(Value, Value)>, ApiError> {
    let path = format!("MetricDataQueries.member.{number}");
    if asked.text("Expression").is_some() {
        let id = id(asked);
        return Err(ApiError::new(CODE, format!("{path}.Expression ({id}) {NO_EXPRESSION}")));
    }
    let Some(stat) = asked.fields("MetricStat") else {
        return Err(required(&format!("{path}.MetricStat")));
    };
    let span = Span::read(input, stat.integer("Period").unwrap_or_default(), CODE)?;
    let name = stat.text("Stat").unwrap_or_default();
    if !STATISTICS.contains(&name) {
        return Err(query::not_in_set(&format!("{path}.MetricStat.Stat"), &STATISTICS, CODE));
    }
    query::check_unit(stat.text("Unit"), &format!("{path}.MetricStat.Unit"), CODE)?;
    let empty = Fields::new();
    let metric = stat.fields("Metric").unwrap_or(&empty);
    for member in ["Namespace", "MetricName"] {
        if metric.text(member).is_none() {
            return Err(required(&format!("{path}.MetricStat.Metric.{member}")));
        }
    }
    let points = Query::new(metric, stat.text("Unit"), span).points(sim);
    let pair =
        |(at, statistic): &(_, _)| Some((Value::Timestamp(*at), query::value(statistic, name)?));
    Ok(points.iter().filter_map(pair).collect())
}

fn check_id(id: &str, before: &[&Fields]) -> Result<(), ApiError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !id.starts_with(|first: char| first.is_ascii_lowercase()) || !id.bytes().all(allowed) {
        return Err(ApiError::new(CODE, format!("The value {id} for parameter Id {BAD_ID}")));
    }
    if before.iter().any(|query| query.text("Id") == Some(id)) {
        return Err(ApiError::new(CODE, SAME_ID));
    }
    Ok(())
}

fn id(query: &Fields) -> &str {
    query.text("Id").unwrap_or_default()
}

fn fields(value: &Value) -> Option<&Fields> {
    match value {
        Value::Fields(fields) => Some(fields),
        _ => None,
    }
}

/// Our own words for what the model leaves optional and the service does not.
fn required(path: &str) -> ApiError {
    ApiError::new(CODE, format!("The parameter {path} is required."))
}

/// As recorded from the real service.
const SAME_ID: &str = "The values for parameter id in MetricDataQueries are not unique.";
/// Our own words for a rule of the service's documentation.
const BAD_ID: &str = "is not valid: it begins with a lowercase letter, and letters, numbers and \
    underscores follow.";
/// Our own: the real service has them.
const NO_EXPRESSION: &str =
    "is not part of this simulation: metric math is left out. Ask for a MetricStat.";
