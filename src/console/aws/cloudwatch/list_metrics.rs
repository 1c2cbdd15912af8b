//! `ListMetrics`: which metrics there are.
//!
//! Metrics that had a value in the last two weeks are listed, by stream, then by what they are
//! about. The real service shows a new one after up to 15 minutes; here it is there after its first
//! minute.

use super::model::{NAMESPACE, TEXT};
use super::query::not_in_set;
use super::token;
use crate::api::authorization::Resource;
use crate::api::model::{Choice, Kind, Pages, Param, Shape, Token};
use crate::api::value::{Fields, Value};
use crate::api::{ApiError, Operation, Plane, Row};
use crate::engine::Simulation;
use crate::engine::service::metrics::{Dimensions, Metric};
use crate::engine::sorted::sort_shared;
use std::time::Duration;

pub(super) const ROW: Row = Row {
    doc: "Tells which metrics there are.",
    pages: Some(Pages {
        input_token: "NextToken",
        output_token: Token::Member("NextToken"),
        limit: "",
        implied: &[],
        results: &[&["Metrics"], &["OwningAccounts"]],
        rest: &[],
    }),
    operation: Operation {
        name: "ListMetrics",
        plane: Plane::Data,
        resource: Resource::Any,
        input: Shape::new(
            "ListMetrics",
            &[
                Param::optional("Namespace", TEXT),
                Param::optional("MetricName", TEXT),
                Param::optional(
                    "Dimensions",
                    Kind::List { min: 0, max: u32::MAX, of: &Kind::Structure(&FILTER) },
                ),
                Param::optional("NextToken", TEXT),
                Param::optional("RecentlyActive", Kind::Choice(&RECENTLY)),
            ],
        ),
        call: Some(list_metrics),
    },
};

const FILTER: Shape =
    Shape::new("DimensionFilter", &[Param::required("Name", TEXT), Param::optional("Value", TEXT)]);

const RECENTLY: Choice = Choice::new(&["PT3H"]);

/// Metrics of a page. A page after the first is of those that are known then: a metric that came
/// up in between can move one over its edge.
const PAGE_MAX: usize = 500;
/// Metrics that were silent for longer are not listed.
const LISTED: Duration = Duration::from_hours(14 * 24);
/// The same of those that were recently active.
const RECENT: Duration = Duration::from_hours(3);

fn list_metrics(sim: &mut Simulation, input: &Fields) -> Result<Fields, ApiError> {
    let recently = input.text("RecentlyActive");
    if recently.is_some_and(|recently| !RECENTLY.words.contains(&recently)) {
        return Err(not_in_set("RecentlyActive", RECENTLY.words, "InvalidParameterValue"));
    }
    let heard = if recently.is_some() { RECENT } else { LISTED };
    let (service, now) = (sim.service(), sim.now());
    let known = service.metrics_known(now, now.before(heard));
    let named = known
        .into_iter()
        .filter_map(|(scope, metric)| Some((service.metric_dimensions(scope)?, metric)));
    let mut metrics: Vec<_> = named.filter(|found| is_asked_for(input, found)).collect();
    sort_shared(&mut metrics);
    metrics.dedup();
    let start = token::open(sim, input, ROW.operation.name)?;
    let end = start.skipped.saturating_add(PAGE_MAX);
    let next = (metrics.len() > end).then(|| token::seal(sim, ROW.operation.name, start, end));
    let page = metrics.iter().skip(start.skipped).take(PAGE_MAX);
    let page = page.map(shown).collect::<Vec<_>>();
    Ok(Fields::new().with("Metrics", page).with_some("NextToken", next))
}

fn is_asked_for(input: &Fields, (dimensions, metric): &(Dimensions, Metric)) -> bool {
    let is = |name, value| input.text(name).is_none_or(|asked| asked == value);
    let pairs = pairs(dimensions);
    is("Namespace", NAMESPACE)
        && is("MetricName", metric.name())
        && input.list("Dimensions").iter().all(|filter| match filter {
            Value::Fields(filter) => pairs.iter().any(|(name, value)| {
                let asked = filter.text("Value");
                filter.text("Name") == Some(name) && asked.is_none_or(|asked| asked == value)
            }),
            _ => false,
        })
}

fn shown((dimensions, metric): &(Dimensions, Metric)) -> Value {
    let dimension = |(name, value)| {
        Value::Fields(
            Fields::new().with("Name", Value::Word(name)).with("Value", Value::Text(value)),
        )
    };
    let dimensions: Vec<_> = pairs(dimensions).into_iter().map(dimension).collect();
    let metric = Fields::new()
        .with("Namespace", NAMESPACE)
        .with("MetricName", metric.name())
        .with("Dimensions", dimensions);
    Value::Fields(metric)
}

/// The names and values of dimensions.
fn pairs(dimensions: &Dimensions) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("StreamName", dimensions.stream().to_string())];
    match dimensions {
        Dimensions::Stream(_) => {}
        Dimensions::Shard(_, shard) => pairs.push(("ShardId", shard.to_string())),
        Dimensions::Consumer(_, consumer) => pairs.push(("ConsumerName", consumer.to_string())),
    }
    pairs
}
