//! Two branches beside each other: how each of them stands, and where they part.

use super::choice::view_choice;
use super::money::dollars;
use super::page;
use super::session::Session;
use super::session::rivals::{Happened, Rivals, Verdict};
use super::tables::kind;
use crate::text::{Language, compare as words, tables};
use shardlab::engine::event::Event;
use shardlab::engine::time::Instant;
use shardlab::insight::compare::{Measure, Standing, better};
use shardlab::insight::pricing::Prices;
use shardlab::journal::Entry;
use shardlab::scene::words::{grouped, span};
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::rc::Rc;
use std::time::Duration;
use yew::platform::{spawn_local, time::sleep};
use yew::prelude::*;

/// What the comparison is given.
#[derive(Clone, Properties)]
pub struct CompareProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// What things cost.
    pub prices: Prices,
}

/// The session stays what it was when the page started.
impl PartialEq for CompareProps {
    fn eq(&self, other: &Self) -> bool {
        (self.language, self.pulse, self.prices) == (other.language, other.pulse, other.prices)
    }
}

/// What there is to show of a comparison.
#[derive(Clone, PartialEq)]
enum Outcome {
    /// Nobody has asked.
    None,
    /// The branches are on their way.
    Running,
    /// Their names, when the run began, and what came of it.
    Done([Rc<str>; 2], Instant, Rc<Verdict>),
}

/// What is compared: two branches, and whether at the earlier of their ends instead of now.
#[derive(Clone, Copy, PartialEq)]
struct Question {
    branches: [usize; 2],
    instant: usize,
}

/// Work between two breaths of the page, in milliseconds.
const WORK_MILLIS: f64 = 8.0;
/// A row: its name, what each branch has of it, the difference, and which is better.
type Row = (String, [String; 2], String, Option<Ordering>);

shardlab::chunk! {
    /// The comparison, fetched when it is first shown.
    pub static COMPARE(panels): fn(CompareProps) -> Html = |props| html! { <Compare ..props /> };
}

/// The comparison.
#[component]
fn Compare(props: &CompareProps) -> Html {
    let text = props.language.of(&words::ALL);
    let session = props.session.borrow();
    let (current, names) = session.branch_names();
    let asked = use_state_eq(|| None::<Question>);
    let outcome = use_state_eq(|| Outcome::None);
    // Which question is being answered; another number ends the work on an older one.
    let turn = use_mut_ref(|| Rc::new(Cell::new(0_u32)));
    let turn = Rc::clone(&turn.borrow());
    use_effect_with((), {
        let turn = Rc::clone(&turn);
        move |()| move || turn.set(turn.get() + 1)
    });
    if names.len() < 2 {
        return html! { <div class="compare sheet"><p>{ text.one_branch }</p></div> };
    }
    let other = usize::from(current == 0);
    let question = asked.unwrap_or(Question { branches: [other, current], instant: 0 });
    let choose = |change: fn(&mut Question, usize)| {
        let asked = asked.setter();
        Callback::from(move |place| {
            let mut changed = question;
            change(&mut changed, place);
            asked.set(Some(changed));
        })
    };
    let choice = |side: usize, change| {
        view_choice(text.branches[side], &names, question.branches[side], choose(change))
    };
    let onclick = {
        let (session, outcome) = (Rc::clone(&props.session), outcome.setter());
        let (names, prices) = (names.clone(), props.prices);
        move |_: MouseEvent| {
            turn.set(turn.get() + 1);
            outcome.set(Outcome::Running);
            let names = question.branches.map(|branch| Rc::clone(&names[branch]));
            let (rivals, begun) = set_off(&session.borrow(), question);
            let done = {
                let outcome = outcome.clone();
                move |verdict| outcome.set(Outcome::Done(names, begun, Rc::new(verdict)))
            };
            spawn_local(run(rivals, prices, Rc::clone(&turn), done));
        }
    };
    html! {
        <div class="compare sheet">
            <div class="compare__choices">
                { choice(0, |question, place| question.branches[0] = place) }
                { choice(1, |question, place| question.branches[1] = place) }
                { view_choice(text.instant, &text.instants, question.instant,
                    choose(|question, place| question.instant = place)) }
                <button type="button" class="compare__go" {onclick}>{ text.begin }</button>
            </div>
            <div role="status">
                if *outcome == Outcome::Running {
                    <p>{ text.running }</p>
                }
            </div>
            if let Outcome::Done(names, begun, verdict) = &*outcome {
                { view_verdict(names, *begun, verdict, props.language) }
            }
        </div>
    }
}

fn set_off(session: &Session, question: Question) -> (Rivals, Instant) {
    let to = match question.instant {
        0 => session.now(),
        _ => session.earlier_end(question.branches),
    };
    (session.rivals(question.branches, to), session.begun())
}

/// Works in pieces, so that the page goes on meanwhile, until it is done or nobody asks any more.
async fn run(mut rivals: Rivals, prices: Prices, turn: Rc<Cell<u32>>, done: impl FnOnce(Verdict)) {
    let own = turn.get();
    loop {
        sleep(Duration::from_millis(4)).await;
        if turn.get() != own {
            return;
        }
        let deadline = page::millis() + WORK_MILLIS;
        if rivals.work(|| page::millis() < deadline) {
            break;
        }
    }
    done(rivals.verdict(&prices));
}

fn view_verdict(
    names: &[Rc<str>; 2],
    begun: Instant,
    verdict: &Verdict,
    language: Language,
) -> Html {
    let text = language.of(&words::ALL);
    let rows = rows(&verdict.standings, language);
    let heads = names.iter().map(view_head);
    let cell = |text_of: String, is_better: bool| {
        html! {
            <td>
                { text_of }
                if is_better {
                    <small class="compare__better">{ format!("✓ {}", text.better) }</small>
                }
            </td>
        }
    };
    let row = |(name, [a, b], difference, better): Row| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { cell(a, better == Some(Ordering::Less)) }
                { cell(b, better == Some(Ordering::Greater)) }
                <td>{ difference }</td>
            </tr>
        }
    };
    let at = verdict.at[0].min(verdict.at[1]);
    html! {
        <>
            <h2 class="sheet__name">{ (text.at)(&elapsed(at, begun)) }</h2>
            <div class="sheet__scroll" tabindex="0" role="region" aria-label={text.begin}>
                <table class="sheet__table">
                    <thead><tr>
                        <td></td>
                        { for heads }
                        <th scope="col">{ text.difference }</th>
                    </tr></thead>
                    <tbody>{ for rows.into_iter().map(row) }</tbody>
                </table>
            </div>
            <h2 class="sheet__name">{ text.parts }</h2>
            if verdict.lines.is_none() && verdict.events.is_none() {
                <p>{ text.same }</p>
            } else {
                { view_parting(names, begun, verdict, language) }
            }
        </>
    }
}

fn view_parting(
    names: &[Rc<str>; 2],
    begun: Instant,
    verdict: &Verdict,
    language: Language,
) -> Html {
    let text = language.of(&words::ALL);
    let line = |entry: &Entry| format!("{} {}", elapsed(entry.at, begun), entry.line);
    let event =
        |(at, event): &Happened| format!("{} {}", elapsed(*at, begun), name_of(event, language));
    let lines = verdict.lines.as_ref().map(|pair| pair.each_ref().map(|e| e.as_ref().map(line)));
    let events = verdict.events.map(|pair| pair.each_ref().map(|e| e.as_ref().map(event)));
    let row = |(name, pair): (&'static str, Option<[Option<String>; 2]>)| {
        let cells = pair.unwrap_or_default();
        let cell = |text_of: Option<String>| {
            html! { <td>{ text_of.unwrap_or_else(|| text.none.to_owned()) }</td> }
        };
        html! { <tr><th scope="row">{ name }</th>{ for cells.into_iter().map(cell) }</tr> }
    };
    html! {
        <table class="sheet__table">
            <thead><tr>
                <td></td>
                { for names.iter().map(view_head) }
            </tr></thead>
            <tbody>{ for text.firsts.into_iter().zip([lines, events]).map(row) }</tbody>
        </table>
    }
}

fn view_head(name: &Rc<str>) -> Html {
    html! { <th scope="col">{ name.to_string() }</th> }
}

/// Measures first, then consumers: those of the first branch, and those that only the second has.
fn rows(standings: &[Standing; 2], language: Language) -> Vec<Row> {
    let text = language.of(&words::ALL);
    let mut rows = Vec::new();
    for (measure, name) in text.measures.iter().enumerate() {
        let values = standings.each_ref().map(|standing| standing.values[measure]);
        let is_cost = measure == Measure::Cost as usize;
        let shown = if is_cost { dollars } else { grouped };
        let difference = signed(values, shown);
        rows.push(((*name).to_owned(), values.map(shown), difference, better(measure, values)));
    }
    let [a, b] = standings;
    let only_b = b.lags.iter().filter(|behind| a.lag(&behind.name).is_none());
    for behind in a.lags.iter().chain(only_b) {
        let lags = standings.each_ref().map(|standing| standing.lag(&behind.name));
        let cells = lags.map(|lag| {
            lag.map_or_else(
                || text.absent.to_owned(),
                |lag| format!("{} ({})", grouped(lag.records), millis(lag.millis)),
            )
        });
        let (difference, order) = match lags {
            [Some(a), Some(b)] => {
                let order = a.millis.cmp(&b.millis);
                let order = (order != Ordering::Equal).then_some(order);
                (signed([a.records, b.records], grouped), order)
            }
            _ => (String::new(), None),
        };
        rows.push(((text.behind)(&behind.name), cells, difference, order));
    }
    rows
}

/// The second less the first, with its sign.
fn signed([a, b]: [u64; 2], shown: fn(u64) -> String) -> String {
    match b.cmp(&a) {
        Ordering::Less => format!("−{}", shown(a - b)),
        Ordering::Equal => "0".to_owned(),
        Ordering::Greater => format!("+{}", shown(b - a)),
    }
}

fn millis(millis: u64) -> String {
    span(Duration::from_millis(millis))
}

/// Time since the run began, in seconds with all their digits that are not zero.
fn elapsed(at: Instant, begun: Instant) -> String {
    let time = at.since(begun);
    let micros = format!("{}.{:06}", grouped(time.as_secs()), time.subsec_micros());
    format!("{} s", micros.trim_end_matches('0').trim_end_matches('.'))
}

fn name_of(event: &Event, language: Language) -> &'static str {
    let text = language.of(&words::ALL);
    let place = match event {
        Event::RecordsAccepted { .. } => 0,
        Event::RecordsRead { .. } => 1,
        Event::RecordsPushed { .. } => 2,
        _ => return kind(event).map_or("", |(kind, ..)| language.of(&tables::ALL).kinds[kind]),
    };
    text.kinds[place]
}
