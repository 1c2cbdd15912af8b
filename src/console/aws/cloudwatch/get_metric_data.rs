//! `GetMetricData`: values of several metrics in one answer.

use super::math::{self, Queries, Series, Term};
use super::model::{DIMENSIONS, END_TIME, NUMBER, START_TIME, TEXT, UNIT};
use super::query::{self, Query, Span};
use super::token;
use crate::api::authorization::Resource;
use crate::api::model::{Choice, Kind, Pages, Param, Shape, Token};
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::time::Instant;

pub(super) const ROW: Row = Row {
    doc: "Tells values of several metrics in one answer.",
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "MaxDatapoints",
        implied: &[],
        results: &[&["MetricDataResults"], &["Messages"]],
        rest: &[],
    }),
    operation: Operation {
        name: "GetMetricData",
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
                Param::optional("NextToken", TEXT),
                Param::optional("ScanBy", Kind::Choice(&SCAN_BY)),
                Param::optional("MaxDatapoints", NUMBER),
            ],
        ),
        call: Some(get_metric_data),
    },
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
/// Datapoints of an answer, and as many as there are if nobody says.
const DATAPOINTS_MAX: usize = 100_800;

const CODE: &str = "ValidationError";

fn get_metric_data(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    query::must_fit(input, "MetricDataQueries", QUERIES_MAX, CODE)?;
    let scan = input.text("ScanBy");
    if scan.is_some_and(|scan| !SCAN_BY.words.contains(&scan)) {
        return Err(query::not_in_set("ScanBy", SCAN_BY.words, CODE));
    }
    let most = input.integer("MaxDatapoints").map_or(Some(DATAPOINTS_MAX), |most| {
        usize::try_from(most).ok().filter(|most| (1..=DATAPOINTS_MAX).contains(most))
    });
    let most = most.ok_or_else(|| ApiError::new(CODE, BAD_MAX))?;
    let start = token::open(sim, input, ROW.operation.name)?;
    let queries: Vec<&Fields> = input.list("MetricDataQueries").iter().filter_map(fields).collect();
    for (place, asked) in queries.iter().enumerate() {
        check_id(id(asked), &queries[..place])?;
    }
    let mut page = Page { seen: 0, start: start.skipped, end: start.skipped + most, cut: false };
    let mut results = Vec::new();
    let mut asker = Asker { sim, input, asked: start.asked, queries: &queries, open: Vec::new() };
    for (place, asked) in queries.iter().enumerate() {
        let mut points = asker.points(place)?;
        if scan != Some("TimestampAscending") {
            points.reverse();
        }
        if asked.member("ReturnData") != Some(&Value::Boolean(false)) {
            results.extend(page.take(asked, points).map(Value::Fields));
        }
    }
    let next = page.cut.then(|| token::seal(sim, ROW.operation.name, start, page.end));
    Ok(Fields::new()
        .with("MetricDataResults", results)
        .with_some("NextToken", next)
        .with("Messages", vec![]))
}

/// Which datapoints of all that were found are in an answer.
struct Page {
    seen: usize,
    start: usize,
    end: usize,
    /// Whether there are more after it.
    cut: bool,
}

impl Page {
    /// The part of a result that is in this page; a result without datapoints is in the first.
    fn take(&mut self, asked: &Fields, points: Vec<(Value, Value)>) -> Option<Fields> {
        let (first, last) = (self.seen, self.seen + points.len());
        self.seen = last;
        let is_cut = last > self.end;
        self.cut |= is_cut;
        let (from, to) = (first.max(self.start), last.min(self.end));
        let is_here = from < to || (first == last && self.start == 0 && !self.cut);
        if !is_here {
            return None;
        }
        let points = points.into_iter().skip(from - first).take(to - from);
        let (times, values): (Vec<_>, Vec<_>) = points.unzip();
        let named = asked.at(&["MetricStat", "Metric", "MetricName"]).cloned();
        let label = asked.member("Label").cloned().or(named);
        let label = label.unwrap_or_else(|| Value::Text(id(asked).to_owned()));
        let status = if is_cut { "PartialData" } else { "Complete" };
        let result = Fields::new()
            .with("Id", id(asked).to_owned())
            .with("Label", label)
            .with("Timestamps", times)
            .with("Values", values)
            .with("StatusCode", status);
        Some(result)
    }
}

/// Asks for the datapoints of queries, which may be made of others.
struct Asker<'a> {
    sim: &'a Simulation,
    input: &'a Fields,
    /// When the first page was asked for.
    asked: Instant,
    queries: &'a [&'a Fields],
    /// Expressions that are being worked out, by their places.
    open: Vec<usize>,
}

impl Asker<'_> {
    /// The times and values of one query, by rising time.
    fn points(&mut self, place: usize) -> Result<Vec<(Value, Value)>, ApiError> {
        let path = format!("MetricDataQueries.member.{}", place + 1);
        let pair = |(at, value): (Instant, f64)| (at.into(), value.into());
        if self.queries[place].text("Expression").is_none() {
            let (_, points) = self.metric(place, &path)?;
            return Ok(points.into_iter().map(pair).collect());
        }
        let term = self.expression(place, &path)?;
        let Term::Series(series) = term else {
            let what = if matches!(term, Term::Many(_)) { "several series" } else { "a number" };
            let why = format!("it comes to {what}, and has to come to one series");
            return Err(wrong(id(self.queries[place]), &why));
        };
        Ok(series.points.into_iter().map(pair).collect())
    }

    fn expression(&mut self, place: usize, path: &str) -> Result<Term, ApiError> {
        let asked = self.queries[place];
        if asked.fields("MetricStat").is_some() {
            return Err(ApiError::new(CODE, format!("{path} has both {BOTH}")));
        }
        if self.open.contains(&place) {
            return Err(wrong(id(asked), "it is made of itself"));
        }
        self.open.push(place);
        let term = math::evaluate(asked.text("Expression").unwrap_or_default(), self);
        self.open.pop();
        // What is wrong with another query is said of that one.
        term.map_err(|why| {
            let is_said = why.starts_with(WRONG);
            if is_said { ApiError::new(CODE, why) } else { wrong(id(asked), &why) }
        })
    }

    fn metric(&self, place: usize, path: &str) -> Result<(u64, Vec<(Instant, f64)>), ApiError> {
        let asked = self.queries[place];
        let Some(stat) = asked.fields("MetricStat") else {
            return Err(required(&format!("{path}.MetricStat")));
        };
        let mut span = Span::read(self.input, stat.integer("Period").unwrap_or_default(), CODE)?;
        let name = stat.text("Stat").unwrap_or_default();
        query::check_statistic(name, &format!("{path}.MetricStat.Stat"), CODE)?;
        query::check_unit(stat.text("Unit"), &format!("{path}.MetricStat.Unit"), CODE)?;
        let empty = Fields::new();
        let metric = stat.fields("Metric").unwrap_or(&empty);
        for member in ["Namespace", "MetricName"] {
            if metric.text(member).is_none() {
                return Err(required(&format!("{path}.MetricStat.Metric.{member}")));
            }
        }
        let asked_minute = Instant::from_secs(self.asked.secs() / 60 * 60);
        span.end = span.end.min(asked_minute);
        let points = Query::new(metric, stat.text("Unit"), span).points(self.sim);
        let pair = |(at, statistic): &(_, _)| Some((*at, query::value(statistic, name)?));
        Ok((span.period_secs, points.iter().filter_map(pair).collect()))
    }

    fn term(&mut self, place: usize) -> Result<Term, ApiError> {
        let path = format!("MetricDataQueries.member.{}", place + 1);
        if self.queries[place].text("Expression").is_some() {
            return self.expression(place, &path);
        }
        let (period_secs, points) = self.metric(place, &path)?;
        Ok(Term::Series(Series { period_secs, points }))
    }
}

impl Queries for Asker<'_> {
    fn of_id(&mut self, wanted: &str) -> Result<Term, String> {
        match self.queries.iter().position(|query| id(query) == wanted) {
            Some(place) => self.term(place).map_err(|error| error.message),
            None => Err(format!("there is no query with the id {wanted}")),
        }
    }

    fn metrics(&mut self, text: Option<&str>) -> Result<Vec<Series>, String> {
        let mut all = Vec::new();
        for (place, query) in self.queries.iter().enumerate() {
            let Some(stat) = query.fields("MetricStat") else { continue };
            let name = stat.fields("Metric").and_then(|metric| metric.text("MetricName"));
            let mut names = [Some(id(query)), query.text("Label"), name].into_iter().flatten();
            if text.is_none_or(|text| names.any(|name| name.contains(text)))
                && let Term::Series(series) = self.term(place).map_err(|error| error.message)?
            {
                all.push(series);
            }
        }
        Ok(all)
    }

    fn span(&self) -> (Instant, Instant) {
        let (start, end) = (self.input.timestamp("StartTime"), self.input.timestamp("EndTime"));
        let start = start.unwrap_or_default().secs() / 60 * 60;
        (Instant::from_secs(start), end.unwrap_or_default().min(self.asked))
    }
}

fn wrong(id: &str, why: &str) -> ApiError {
    ApiError::new(CODE, format!("{WRONG}{id}': {why}"))
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
/// As recorded of expressions; what follows is our own.
const WRONG: &str = "Error in expression '";
/// Our own words for a rule of the service's documentation.
const BOTH: &str = "MetricStat and Expression: a query has one of them.";
/// Our own words for a rule of the service's documentation.
const BAD_MAX: &str = "The parameter MaxDatapoints must be from 1 to 100800.";
