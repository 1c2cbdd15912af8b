//! CloudWatch's metrics by the minute, and the seconds behind them.

mod why;

use super::help::view_term;
use super::session::Session;
use super::store::Action;
use crate::text::Language;
use crate::text::charts as words;
use shardlab::engine::Simulation;
use shardlab::engine::service::metrics::{Metric, MetricUnit, Scope};
use shardlab::engine::time::Instant;
use shardlab::insight::charts::{Chart, Charts, Point};
use shardlab::scene::words::{bytes, grouped, span};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::Duration;
use web_sys::HtmlSelectElement;
use why::Refusals;
use yew::prelude::*;

/// What the charts are given.
#[derive(Clone, Properties)]
pub struct ChartsProps {
    /// The language of their words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// Asks why there was a refusal.
    pub on_action: Callback<Action>,
}

/// The session and the callback stay what they were when the page started.
impl PartialEq for ChartsProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language && self.pulse == other.pulse
    }
}

/// How wide and high a curve's own units are; it is stretched to its place.
const WIDTH: u64 = 450;
const HEIGHT: u64 = 100;
/// Shards of a stream that can be chosen: more would make a list that nobody reads.
const SHARDS_MAX: usize = 64;

shardlab::chunk! {
    /// The charts, fetched when they are first shown.
    pub static CHARTS(panels): fn(ChartsProps) -> Html = |props| html! { <ChartsPanel ..props /> };
}

/// The charts of a stream, a shard or a consumer, which can be chosen.
#[component]
fn ChartsPanel(props: &ChartsProps) -> Html {
    let text = props.language.of(&words::ALL);
    let chosen = use_state_eq(|| None::<Scope>);
    let session = props.session.borrow();
    let simulation = session.simulation();
    let scopes = scopes(simulation);
    let is_there = |scope: &Scope| scopes.iter().any(|(there, _)| there == scope);
    let Some(scope) = chosen.filter(is_there).or(scopes.first().map(|first| first.0)) else {
        return html! { <p class="charts sheet sheet__note">{ text.none }</p> };
    };
    let onchange = Callback::from({
        let (setter, all) = (chosen.setter(), scopes.iter().map(|one| one.0).collect::<Vec<_>>());
        move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            let at = usize::try_from(select.selected_index()).unwrap_or(0);
            setter.set(all.get(at).copied());
        }
    });
    let options = scopes.iter().map(|(one, place)| {
        html! { <option selected={*one == scope}>{ name(place, text) }</option> }
    });
    let charts = Charts::of(simulation, session.history(), scope, session.begun());
    html! {
        <div class="charts sheet">
            <label class="charts__subject">
                <span>{ text.subject }</span>
                <select {onchange}>{ for options }</select>
            </label>
            <p class="charts__legend">
                <span class="charts__sample" data-kind="seconds">{ text.seconds }</span>
                <span class="charts__sample" data-kind="minutes">{ text.minutes }</span>
                <span class="charts__sample" data-kind="limit">{ text.limit }</span>
            </p>
            { view_advice(simulation, scope, text) }
            { for charts.all().iter().map(|chart| view_chart(&charts, chart, props)) }
        </div>
    }
}

/// The parts of a name: a stream, and a shard or consumer of it.
enum Place {
    Stream(String),
    Shard(String, String),
    Consumer(String, String),
}

/// Everything that has charts, each stream before what belongs to it.
fn scopes(simulation: &Simulation) -> Vec<(Scope, Place)> {
    let mut scopes = Vec::new();
    for stream in simulation.service().streams() {
        let name = || stream.name.to_string();
        scopes.push((Scope::Stream(stream.id), Place::Stream(name())));
        for shard in stream.open_shards().take(SHARDS_MAX) {
            let place = Place::Shard(name(), shard.id.to_string());
            scopes.push((Scope::Shard(stream.id, shard.id), place));
        }
        for consumer in stream.consumers.iter() {
            let place = Place::Consumer(name(), consumer.name.to_string());
            scopes.push((Scope::Consumer(stream.id, consumer.id), place));
        }
    }
    scopes
}

fn name(place: &Place, text: &words::Charts) -> String {
    match place {
        Place::Stream(stream) => stream.clone(),
        Place::Shard(stream, shard) => (text.shard)(stream, shard),
        Place::Consumer(stream, consumer) => (text.consumer)(stream, consumer),
    }
}

/// A shard without enhanced monitoring has no minutes: how to get them.
fn view_advice(simulation: &Simulation, scope: Scope, text: &words::Charts) -> Html {
    let Scope::Shard(stream, _) = scope else { return Html::default() };
    let stream = simulation.service().stream(stream);
    let stream = stream.filter(|stream| stream.monitoring.shard_metrics.is_empty());
    let Some(stream) = stream else { return Html::default() };
    let line = format!(
        "aws kinesis enable-enhanced-monitoring --stream-name {} --shard-level-metrics ALL",
        stream.name
    );
    html! { <p class="sheet__note">{ (text.unmonitored)(&line) }</p> }
}

fn view_chart(charts: &Charts, chart: &Chart, props: &ChartsProps) -> Html {
    let language = props.language;
    let text = language.of(&words::ALL);
    let frame = Frame { from: charts.from, until: charts.until, highest: chart.highest() };
    let amount = |value| amount(chart.metric, value);
    let told = chart
        .last_minute
        .map_or_else(|| text.no_minute.to_owned(), |value| (text.last_minute)(&amount(value)));
    let peak = chart.peak().filter(|peak| peak.value > 0);
    let refusals = Refusals::of(charts, chart);
    let why = refusals.zip(peak).map(|(refusals, peak)| refusals.view_button(peak.from, props));
    let peak = peak.map(|peak| (text.peak)(&amount(peak.value), &time_of_day(peak.from)));
    let limit = chart.limit.map(|limit| (text.allowed)(&amount(limit)));
    html! {
        <figure class="charts__chart" data-kind={refusals.map(|_| "refused")}>
            <figcaption>
                <strong class="charts__name">
                    { view_term(chart.metric.name(), language) }
                </strong>
                { for [Some(told), peak, limit].into_iter().flatten().map(|fact| html! {
                    <span class="charts__fact">{ fact }</span>
                }) }
                { why }
            </figcaption>
            <svg class="charts__curve" viewBox={format!("0 0 {WIDTH} {HEIGHT}")}
                preserveAspectRatio="none" aria-hidden="true"
                onclick={refusals.map(|refusals| refusals.click(props))}>
                <path class="charts__minutes" d={frame.bars(&chart.minutes, MINUTE)} />
                <path class="charts__seconds" d={frame.bars(&chart.seconds, SECOND)} />
                if let Some(limit) = chart.limit {
                    <path class="charts__limit" d={format!("M0 {}H{WIDTH}", frame.y(limit))} />
                }
            </svg>
        </figure>
    }
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// Where values lie in a curve.
struct Frame {
    from: Instant,
    until: Instant,
    highest: u64,
}

impl Frame {
    fn x(&self, at: Instant) -> u64 {
        let width = (self.until - self.from).as_micros().max(1);
        let wide = (at.max(self.from) - self.from).as_micros() * u128::from(WIDTH) / width;
        u64::try_from(wide).map_or(WIDTH, |x| x.min(WIDTH))
    }

    fn y(&self, value: u64) -> u64 {
        let high = u128::from(value) * u128::from(HEIGHT) / u128::from(self.highest);
        HEIGHT - u64::try_from(high).map_or(HEIGHT, |high| high.min(HEIGHT))
    }

    /// Bars from the bottom, each as wide as its time. Of those in one column, the highest shows.
    fn bars(&self, points: &[Point], width: Duration) -> String {
        let mut path = String::new();
        let mut points = points.iter().peekable();
        while let Some(point) = points.next() {
            let left = self.x(point.from);
            let (mut right, mut value) = (self.x(point.from + width), point.value);
            while let Some(next) = points.next_if(|next| self.x(next.from) == left) {
                value = value.max(next.value);
                right = self.x(next.from + width);
            }
            let right = right.max(left + 1);
            // Writing to a string succeeds.
            let _ = write!(path, "M{left} {HEIGHT}V{}H{right}V{HEIGHT}z", self.y(value));
        }
        path
    }
}

fn amount(metric: Metric, value: u64) -> String {
    match metric.unit() {
        MetricUnit::Bytes => bytes(value),
        MetricUnit::Count => grouped(value),
        MetricUnit::Milliseconds => span(Duration::from_millis(value)),
    }
}

/// `00:01:02` of `2026-11-20T00:01:02+00:00`.
fn time_of_day(at: Instant) -> String {
    at.to_string().get(11..19).unwrap_or("").to_owned()
}
