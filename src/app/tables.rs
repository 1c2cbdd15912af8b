//! The picture's twin in words: tables of shards, consumers and the last events.

use super::session::Session;
use super::store::Action;
use crate::text::Language;
use crate::text::tables as words;
use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::client::consumer::{Consumer, Mode};
use shardlab::engine::event::Event;
use shardlab::engine::service::names::{ShardId, StreamId};
use shardlab::engine::service::shard::Shard;
use shardlab::engine::service::stream::Stream;
use shardlab::insight::history::Mark;
use shardlab::insight::recent::Told;
use shardlab::insight::subject::{Sought, Subject};
use shardlab::scene::key_space::percents;
use shardlab::scene::words::{grouped, span};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use yew::prelude::*;

/// What the tables are given.
#[derive(Clone, Properties)]
pub struct TablesProps {
    /// The language of their words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// Tells more about a refusal.
    pub on_action: Callback<Action>,
}

/// The session stays what it was when the page started.
impl PartialEq for TablesProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language && self.pulse == other.pulse
    }
}

/// Rows of a table at most: more are not read but scrolled past, and cost a render each.
const ROWS_MAX: usize = 100;
/// How far back refusals are counted.
const WINDOW: Duration = Duration::from_secs(30);

/// A row's cells, and the refusal that it tells of.
type Row<const COLUMNS: usize> = ([String; COLUMNS], Option<Sought>);

shardlab::chunk! {
    /// The tables, fetched when they are first shown.
    pub static TABLES(panels): fn(TablesProps) -> Html = |props| html! { <Tables ..props /> };
}

/// The tables.
#[component]
fn Tables(props: &TablesProps) -> Html {
    let session = props.session.borrow();
    let text = props.language.of(&words::ALL);
    let simulation = session.simulation();
    let shards = simulation.service().streams().flat_map(|stream| {
        let shards = stream.shards().iter().filter(|shard| !shard.is_expired());
        shards.map(move |shard| (stream, shard))
    });
    let shards = shards.map(|(stream, shard)| shard_row(&session, stream, shard, text));
    let consumers = simulation.clients().consumers();
    let consumers = consumers.map(|consumer| consumer_row(simulation, consumer, text));
    let events = session.history().recent.newest_first();
    let events = events.filter_map(|told| event_row(&session, told, text));
    html! {
        <div class="tables sheet">
            { view_table(text.shards, &text.shard_columns, shards, props) }
            { view_table(text.consumers, &text.consumer_columns, consumers, props) }
            { view_table(text.events, &text.event_columns, events, props) }
        </div>
    }
}

fn view_table<const COLUMNS: usize>(
    name: &'static str,
    columns: &[&'static str; COLUMNS],
    mut rows: impl Iterator<Item = Row<COLUMNS>>,
    props: &TablesProps,
) -> Html {
    let text = props.language.of(&words::ALL);
    let shown: Vec<Row<COLUMNS>> = rows.by_ref().take(ROWS_MAX).collect();
    let more = rows.count();
    html! {
        <section class="sheet__scroll">
            <h2 class="sheet__name">{ name }</h2>
            if shown.is_empty() {
                <p class="sheet__note">{ text.none }</p>
            } else {
                <table class="sheet__table">
                    <thead>
                        <tr>{ for columns.iter().map(view_column) }</tr>
                    </thead>
                    <tbody>{ for shown.into_iter().map(|row| view_row(row, props)) }</tbody>
                </table>
            }
            if more > 0 {
                <p class="sheet__note">{ (text.more)(&grouped(more as u64)) }</p>
            }
        </section>
    }
}

fn view_column(name: &&'static str) -> Html {
    html! { <th scope="col">{ *name }</th> }
}

fn view_row<const COLUMNS: usize>((cells, refusal): Row<COLUMNS>, props: &TablesProps) -> Html {
    let why = refusal.map(|sought| view_why(sought, props));
    let last = COLUMNS - 1;
    let cells = cells.into_iter().enumerate().map(|(place, cell)| {
        html! { <td>{ cell }{ why.clone().filter(|_| place == last) }</td> }
    });
    html! { <tr>{ for cells }</tr> }
}

fn view_why(sought: Sought, props: &TablesProps) -> Html {
    let text = props.language.of(&crate::text::receipt::ALL);
    let onclick = props.on_action.reform(move |_| Action::Choose(Subject::Refusal(sought)));
    let label = (text.why_shard)(&sought.shard.to_string());
    html! {
        <button type="button" class="sheet__why" aria-label={label} {onclick}>{ text.why }</button>
    }
}

fn shard_row(session: &Session, stream: &Stream, shard: &Shard, text: &words::Tables) -> Row<5> {
    let refused = session.history().timeline(stream.id, shard.id, Mark::WriteRefused);
    let refused = refused.map_or(0, |line| line.sum(session.now(), WINDOW));
    let retained = grouped(shard.log.tip() - shard.log.horizon());
    let keys = if shard.is_open() { percents(&shard.range) } else { text.closed.to_owned() };
    let last = Sought::last(session.history(), (stream.id, shard.id), session.now(), WINDOW);
    ([stream.name.to_string(), shard.id.to_string(), keys, retained, grouped(refused)], last)
}

fn consumer_row(simulation: &Simulation, consumer: &Consumer, text: &words::Tables) -> Row<6> {
    let (mut records, mut millis) = (0, 0);
    for lag in consumer.lags(simulation.service(), simulation.now()) {
        records += lag.records;
        millis = millis.max(lag.millis);
    }
    let reads = match consumer.spec().mode {
        Mode::Shared { .. } => text.shared,
        Mode::EnhancedFanOut => text.enhanced,
    };
    let cells = [
        consumer.name().to_string(),
        consumer.stream().map_or_else(String::new, |stream| stream_name(simulation, stream)),
        reads.to_owned(),
        grouped(records),
        span(Duration::from_millis(millis)),
        grouped(consumer.counters().lost),
    ];
    (cells, None)
}

fn event_row(session: &Session, told: &Told, text: &words::Tables) -> Option<Row<5>> {
    let simulation = session.simulation();
    let (what, place, actor, records) = kind(&told.event)?;
    let place = place.map_or_else(String::new, |(stream, shard)| {
        let stream = stream_name(simulation, stream);
        shard.map_or_else(|| stream.clone(), |shard| format!("{stream} {shard}"))
    });
    let who = match actor {
        None => String::new(),
        Some(ActorId::PERSON) => text.person.to_owned(),
        Some(actor) => {
            simulation.clients().name(actor).map_or_else(String::new, ToString::to_string)
        }
    };
    let when = told.at.to_string().get(11..23).unwrap_or("").trim_end_matches('+').to_owned();
    let records = records.map_or_else(String::new, grouped);
    Some(([when, text.kinds[what].to_owned(), place, who, records], Sought::of(told)))
}

/// What an event is about: its place among the kinds, where it was, who was it, how many records.
pub type About = (usize, Option<(StreamId, Option<ShardId>)>, Option<ActorId>, Option<u64>);

pub fn kind(event: &Event) -> Option<About> {
    let at = |stream, shard| Some((stream, Some(shard)));
    Some(match *event {
        Event::StreamStatusChanged { stream, .. } => (0, Some((stream, None)), None, None),
        Event::ConsumerStatusChanged { stream, .. } => (1, Some((stream, None)), None, None),
        Event::WritesThrottled { throttle, records, .. } => {
            (2, at(throttle.stream, throttle.shard), Some(throttle.actor), Some(records.into()))
        }
        Event::ReadThrottled(throttle) => {
            (3, at(throttle.stream, throttle.shard), Some(throttle.actor), None)
        }
        Event::Subscribed { stream, shard, actor, .. } => (4, at(stream, shard), Some(actor), None),
        Event::SubscriptionEnded { stream, shard, actor, .. } => {
            (5, at(stream, shard), Some(actor), None)
        }
        Event::RecordsExpired { stream, shard, records, .. } => {
            (6, at(stream, shard), None, Some(records))
        }
        Event::ShardOpened { stream, shard } => (7, at(stream, shard), None, None),
        Event::ShardClosed { stream, shard } => (8, at(stream, shard), None, None),
        Event::ShardExpired { stream, shard } => (9, at(stream, shard), None, None),
        Event::RecordsRetried { actor, records, .. } => {
            (10, None, Some(actor), Some(records.into()))
        }
        Event::RecordsGivenUp { actor, records } => (11, None, Some(actor), Some(records.into())),
        Event::RecordsDuplicated { actor, records } => {
            (12, None, Some(actor), Some(records.into()))
        }
        Event::RecordsLost { stream, shard, actor, records, .. } => {
            (13, at(stream, shard), Some(actor), Some(records))
        }
        Event::RowSkipped { actor, .. } => (14, None, Some(actor), None),
        // A list does not keep what every call does.
        Event::RecordsAccepted { .. } | Event::RecordsRead { .. } | Event::RecordsPushed { .. } => {
            return None;
        }
    })
}

fn stream_name(simulation: &Simulation, stream: StreamId) -> String {
    let found = simulation.service().stream(stream);
    found.map_or_else(String::new, |stream| stream.name.to_string())
}
