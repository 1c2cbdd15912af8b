//! The cost meter: what a stream has cost and goes on to cost, billed in every way there is.

mod prices;

use super::choice::view_choice;
use super::money::dollars;
use super::session::Session;
use super::store::Action;
use crate::text::Language;
use crate::text::cost as words;
use prices::PriceList;
use shardlab::engine::service::Service;
use shardlab::engine::service::capacity_mode::CapacityMode;
use shardlab::engine::service::stream::Stream;
use shardlab::engine::service::usage::{Meter, Metered};
use shardlab::engine::time::Instant;
use shardlab::insight::pricing::rate::{hourly, shards_needed};
use shardlab::insight::pricing::{
    Bill, HOUR, LINES, MONTH_HOURS, PAGE, Plan, Prices, plan_of, with_shards,
};
use shardlab::scene::words::{bytes, grouped};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What the cost meter is given.
#[derive(Clone, Properties)]
pub struct CostProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// The prices.
    pub prices: Prices,
    /// Sets them.
    pub on_action: Callback<Action>,
}

/// The session stays what it was when the page started, and an action means the same for ever.
impl PartialEq for CostProps {
    fn eq(&self, other: &Self) -> bool {
        (self.language, self.pulse, self.prices) == (other.language, other.pulse, other.prices)
    }
}

/// A way to be billed, with what that comes to.
struct Column {
    name: &'static str,
    note: Option<String>,
    is_current: bool,
    bill: Bill,
}

shardlab::chunk! {
    /// The cost meter, fetched when it is first shown.
    pub static COST(panels): fn(CostProps) -> Html = |props| html! { <Cost ..props /> };
}

/// The cost meter.
#[component]
fn Cost(props: &CostProps) -> Html {
    let chosen = use_state_eq(|| None::<String>);
    let horizon = use_state_eq(|| 0_usize);
    let text = props.language.of(&words::ALL);
    let session = props.session.borrow();
    let (service, now) = (session.simulation().service(), session.now());
    let names: Vec<String> = service.streams().map(|stream| stream.name.to_string()).collect();
    let place = names.iter().position(|name| chosen.as_ref() == Some(name)).unwrap_or(0);
    let Some(stream) = service.streams().nth(place) else {
        return html! { <div class="cost sheet"><p>{ text.no_stream }</p></div> };
    };
    let on_stream = {
        let (chosen, names) = (chosen.setter(), names.clone());
        Callback::from(move |place: usize| chosen.set(names.get(place).cloned()))
    };
    let on_horizon = Callback::from({
        let horizon = horizon.setter();
        move |place| horizon.set(place)
    });
    let used = used(service, stream, now, *horizon);
    html! {
        <div class="cost sheet">
            <div class="cost__choices">
                if names.len() > 1 {
                    { view_choice(text.stream, &names, place, on_stream) }
                }
                { view_choice(text.horizon, &text.horizons, *horizon, on_horizon) }
            </div>
            if let Some(used) = used {
                { view_bills(&columns(&session, stream, &used, props), text) }
            } else {
                <p>{ text.no_minute }</p>
            }
            { for text.notes.map(|note| html! { <p class="sheet__note">{ note }</p> }) }
            <PriceList language={props.language} prices={props.prices}
                on_action={props.on_action.clone()} />
            <a class="cost__page" href={PAGE} target="_blank" rel="noopener noreferrer">
                { text.page }
            </a>
        </div>
    }
}

/// What was used so far, or would be in an hour or a month like the last minute.
fn used(service: &Service, stream: &Stream, now: Instant, horizon: usize) -> Option<Metered> {
    match horizon {
        0 => {
            let [provisioned, on_demand] = stream.usage(now);
            Some(provisioned.plus(&on_demand))
        }
        1 => hourly(service, stream, now),
        _ => hourly(service, stream, now).map(|used| used.times(MONTH_HOURS)),
    }
}

fn columns(session: &Session, stream: &Stream, used: &Metered, props: &CostProps) -> Vec<Column> {
    let text = props.language.of(&words::ALL);
    let (service, seconds) = (session.simulation().service(), &session.history().seconds);
    let current = plan_of(service, stream.mode);
    let column = |plan: Plan, used: &Metered, note| Column {
        name: text.plans[plan as usize],
        note,
        is_current: plan == current,
        bill: Bill::of(plan, used, &props.prices),
    };
    let shards = u64::from(stream.open_shard_count());
    let needed = shards_needed(service, seconds, stream, session.now());
    let note = (text.shards)(&grouped(shards));
    let mut columns = vec![column(Plan::Provisioned, used, Some(note))];
    if needed != shards || stream.mode == CapacityMode::OnDemand {
        let note = (text.needed)(&grouped(needed));
        let fewer = column(Plan::Provisioned, &with_shards(used, needed), Some(note));
        columns.push(Column { is_current: false, ..fewer });
    }
    columns.push(column(Plan::Standard, used, None));
    columns.push(column(Plan::Advantage, used, None));
    columns
}

/// The bills beside each other, and which is the cheapest.
fn view_bills(columns: &[Column], text: &words::Cost) -> Html {
    let mut by_total: Vec<usize> = (0..columns.len()).collect();
    by_total.sort_unstable_by_key(|&place| columns[place].bill.total());
    let cheapest = by_total[0];
    let current = columns.iter().position(|column| column.is_current).unwrap_or(0);
    let other = if cheapest == current { by_total[1] } else { current };
    let less = columns[other].bill.total() - columns[cheapest].bill.total();
    let name = |place: usize| match &columns[place].note {
        Some(note) => format!("{} ({note})", columns[place].name),
        None => columns[place].name.to_owned(),
    };
    let verdict = (text.verdict)(&name(cheapest), &dollars(less), &name(other));
    let lines = (0..LINES).filter(|&line| columns.iter().any(|column| is_used(column, line)));
    html! {
        <>
            if less > 0 {
                <p class="cost__verdict">{ verdict }</p>
            }
            <div class="sheet__scroll" tabindex="0" role="region" aria-label={text.total}>
                <table class="sheet__table">
                    <thead><tr>
                        <td></td>
                        { for columns.iter().enumerate().map(|(place, column)| {
                            let is_cheapest = less > 0 && place == cheapest;
                            view_head(column, is_cheapest.then_some(text.cheapest), text)
                        }) }
                    </tr></thead>
                    <tbody>
                        { for lines.map(|line| view_line(columns, line, text)) }
                        <tr class="cost__total">
                            <th scope="row">{ text.total }</th>
                            { for columns.iter().map(|column| html! {
                                <td>{ dollars(column.bill.total()) }</td>
                            }) }
                        </tr>
                    </tbody>
                </table>
            </div>
        </>
    }
}

fn is_used(column: &Column, line: usize) -> bool {
    column.bill.items[line].is_some_and(|item| item.nanos > 0 || item.quantity > 0)
}

fn view_head(column: &Column, cheapest: Option<&'static str>, text: &words::Cost) -> Html {
    let marks = [column.is_current.then_some(text.current), cheapest];
    let mark = |mark: &'static str| html! { <strong class="cost__mark">{ mark }</strong> };
    html! {
        <th scope="col">
            { column.name }
            if let Some(note) = &column.note {
                <small class="cost__quantity">{ note }</small>
            }
            { for marks.into_iter().flatten().map(mark) }
        </th>
    }
}

fn view_line(columns: &[Column], line: usize, text: &words::Cost) -> Html {
    let cell = |column: &Column| {
        column.bill.items[line].map_or_else(
            || html! { <td>{ "–" }</td> },
            |item| {
                html! {
                    <td>
                        { dollars(item.nanos) }
                        if item.quantity > 0 {
                            <small class="cost__quantity">
                                { quantity(item.meter, item.quantity) }
                            </small>
                        }
                    </td>
                }
            },
        )
    };
    html! {
        <tr>
            <th scope="row">{ text.lines[line] }</th>
            { for columns.iter().map(cell) }
        </tr>
    }
}

/// What a meter shows, as people read it.
fn quantity(meter: Meter, value: u64) -> String {
    match meter {
        Meter::StreamTime | Meter::ShardTime | Meter::ExtendedTime | Meter::ConsumerTime => {
            let hours = value / HOUR;
            // A run of a few seconds has its digits, too.
            match (hours, value % HOUR) {
                (0, rest) => format!("0.{:04} h", rest / (HOUR / 10_000)),
                (_, rest) => format!("{}.{:02} h", grouped(hours), rest / (HOUR / 100)),
            }
        }
        Meter::PutUnits => grouped(value),
        Meter::KibIn => bytes(value.saturating_mul(1_024)),
        Meter::BytesOut | Meter::OldBytesOut | Meter::BytesPushed => bytes(value),
        Meter::ExtendedStorage | Meter::LongStorage => format!("{}·h", bytes(value)),
    }
}
