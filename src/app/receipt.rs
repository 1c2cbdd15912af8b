//! The receipt of a refusal: why, in words and numbers that a newcomer can follow, and what helps.
//!
//! The inquiry goes on in small pieces while this is seen, and stays with the page when it is not.

mod amount;
mod offers;
mod remedies;
mod spark;

use super::page;
use super::session::Session;
use super::store::Action;
use crate::text::Language;
use crate::text::receipt as words;
use amount::{clock, kind, refused_kind};
use gloo_timers::callback::Interval;
use offers::view_offers;
use remedies::view_remedies;
use shardlab::engine::refusal::Bucket;
use shardlab::insight::inquiry::{Inquiry, Progress};
use shardlab::insight::receipt::{DOCUMENTATION, Drinker, Receipt as Found, Who};
use shardlab::insight::remedy::{Fix, Remedy};
use shardlab::insight::subject::Subject;
use shardlab::journal;
use shardlab::scene::words::{grouped, span};
use spark::view_spark;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What the receipt is given.
#[derive(Clone, Properties)]
pub struct ReceiptProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// What was chosen last.
    pub subject: Option<Subject>,
    /// The inquiry into it; the same place for ever.
    pub inquiry: Rc<RefCell<Option<Inquiry>>>,
    /// Chooses a refusal.
    pub on_action: Callback<Action>,
    /// Enters lines into the run.
    pub on_enter: Callback<Vec<String>>,
}

/// The world, the place of the inquiry and the callbacks stay what they were. A receipt says by
/// itself when there is more of it; only what is offered in its place goes with the run.
impl PartialEq for ReceiptProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
            && self.subject == other.subject
            && (self.pulse == other.pulse
                || self.inquiry.borrow().as_ref().is_some_and(|inquiry| !inquiry.is_lost()))
    }
}

/// Milliseconds between two pieces of work, and how long each may take: frames stay smooth.
const EVERY_MILLIS: u32 = 24;
const WORK_MILLIS: f64 = 6.0;
/// How long after a failure to load something is tried again.
const PATIENCE: Duration = Duration::from_secs(5);
/// A key with at least so many percent of what a shard stored is called hot.
const HOT_PERCENT: u64 = 20;

shardlab::chunk! {
    /// The receipt, fetched when it is first shown.
    pub static RECEIPT(panels): fn(ReceiptProps) -> Html = |props| html! { <Receipt ..props /> };
}

/// The receipt.
#[component]
fn Receipt(props: &ReceiptProps) -> Html {
    let renew = use_force_update();
    let entered = use_state_eq(|| None::<Fix>);
    let title = use_node_ref();
    use_effect_with(props.subject, {
        let (inquiry, entered) = (props.inquiry.clone(), entered.setter());
        let title = title.clone();
        move |_| {
            entered.set(None);
            yew::platform::spawn_local(load());
            // Whoever has just chosen it is led here; whoever comes back by the tabs is not.
            let is_new = |inquiry: &Inquiry| inquiry.receipt().is_none() && !inquiry.is_lost();
            let chosen = title.cast::<HtmlElement>();
            let chosen = chosen.filter(|_| inquiry.borrow().as_ref().is_some_and(is_new));
            if let Some(title) = chosen {
                // What cannot be focused is read where it is.
                let _ = title.focus();
            }
            let going = Rc::new(RefCell::new(None::<Interval>));
            let interval = Interval::new(EVERY_MILLIS, {
                let going = Rc::clone(&going);
                move || match work(&inquiry) {
                    Progress::Same => {}
                    Progress::More => renew.force_update(),
                    Progress::Over => {
                        renew.force_update();
                        // From outside of the interval's own call, which it would not survive.
                        let done = going.borrow_mut().take();
                        gloo_timers::callback::Timeout::new(0, move || drop(done)).forget();
                    }
                }
            });
            *going.borrow_mut() = Some(interval);
            move || drop(going.borrow_mut().take())
        }
    });
    let text = props.language.of(&words::ALL);
    let on_try = Callback::from({
        let (on_enter, entered) = (props.on_enter.clone(), entered.clone());
        move |remedy: Remedy| {
            on_enter.emit(remedy.lines);
            entered.set(Some(remedy.fix));
        }
    });
    let inquiry = props.inquiry.borrow();
    let offers = |words| {
        let offers = view_offers(&props.session.borrow(), text, &props.on_action);
        html! { <>{ view_note(words) }{ offers }</> }
    };
    let body = match inquiry.as_ref() {
        None => offers(text.choose),
        Some(inquiry) if inquiry.is_lost() => offers(text.lost),
        Some(inquiry) => match inquiry.receipt().filter(|found| !found.columns.is_empty()) {
            None => view_note(text.looking),
            Some(found) => html! {
                <>
                    { view_receipt(found, text) }
                    { view_remedies(inquiry, text, *entered, &on_try) }
                </>
            },
        },
    };
    html! {
        <article class="receipt sheet" aria-busy={is_busy(inquiry.as_ref()).to_string()}>
            <h2 class="receipt__title" ref={title} tabindex="-1">{ text.title }</h2>
            { body }
        </article>
    }
}

/// Loads what the lines of remedies may need.
async fn load() {
    while journal::load().await.is_err() {
        yew::platform::time::sleep(PATIENCE).await;
    }
}

/// One piece of work.
fn work(inquiry: &RefCell<Option<Inquiry>>) -> Progress {
    let deadline = page::millis() + WORK_MILLIS;
    let mut inquiry = inquiry.borrow_mut();
    let Some(inquiry) = inquiry.as_mut() else { return Progress::Over };
    loop {
        let progress = inquiry.work(|| page::millis() < deadline);
        if progress != Progress::Same || page::millis() >= deadline {
            return progress;
        }
    }
}

fn is_busy(inquiry: Option<&Inquiry>) -> bool {
    inquiry.is_some_and(|inquiry| {
        !inquiry.is_lost()
            && (inquiry.receipt().is_none()
                || inquiry.tried().iter().any(|tried| tried.outcome.is_none()))
    })
}

fn view_note(words: &'static str) -> Html {
    html! { <p class="sheet__note">{ words }</p> }
}

fn view_receipt(found: &Found, text: &words::Receipt) -> Html {
    let throttle = &found.throttle;
    let who = name(found, text);
    let refused = refused_kind(found).text(found.refused, text);
    let shard = throttle.shard.to_string();
    let lead = (text.lead)(&clock(found.at), &shard, &found.stream, &who, &refused);
    let kind = kind(throttle.bucket);
    let rule = (text.rules)[rule_of(throttle.bucket)];
    let rule = rule(&kind.text(found.rate, text), &kind.text(found.capacity, text));
    html! {
        <>
            <p class="receipt__lead">{ lead }</p>
            <p class="receipt__short">{ in_short(found, text) }</p>
            <p>{ rule }</p>
            { view_spark(found, text) }
            <h3 class="receipt__name">{ text.arithmetic }</h3>
            <ol class="receipt__steps">
                { for arithmetic(found, text).into_iter().map(|step| html! { <li>{ step }</li> }) }
            </ol>
            { view_drinkers(found, text) }
            { view_keys(found, text) }
            <h3 class="receipt__name">{ text.aws }</h3>
            <pre class="receipt__aws">{ format!("{}: {}", found.code, found.message) }</pre>
            <p>
                <a href={DOCUMENTATION} target="_blank" rel="noopener">{ text.documentation }</a>
            </p>
        </>
    }
}

fn rule_of(bucket: Bucket) -> usize {
    match bucket {
        Bucket::WriteRecords => 0,
        Bucket::WriteBytes => 1,
        Bucket::ReadCalls => 2,
        Bucket::ReadBytes => 3,
        Bucket::IteratorCalls => 4,
    }
}

/// The steps of the arithmetic.
fn arithmetic(found: &Found, text: &words::Receipt) -> Vec<String> {
    let kind = kind(found.throttle.bucket);
    let amount = |tokens: u64| kind.text(tokens, text);
    let held = match u64::try_from(found.before) {
        Ok(level) => (text.held)(&kind.number(level), &amount(found.capacity)),
        Err(_) => (text.owed)(&amount(found.before.unsigned_abs())),
    };
    let refused = refused_kind(found).text(found.refused, text);
    let came = if found.taken == 0 || kind != refused_kind(found) {
        (text.came_in_vain)(&refused)
    } else {
        (text.came)(&amount(found.taken + found.refused), &amount(found.taken), &refused)
    };
    let (wait, time) = (span(found.wait()), clock(found.throttle.fits_at));
    let fits = if found.before < 0 {
        (text.debt_paid)(&wait, &time)
    } else {
        (text.fits)(&amount(found.throttle.asked.into()), &wait, &time)
    };
    vec![held, came, fits]
}

fn view_drinkers(found: &Found, text: &words::Receipt) -> Html {
    let bucket = found.throttle.bucket;
    let (kind, refused_kind) = (kind(bucket), refused_kind(found));
    let row = |drinker: &Drinker| {
        let who = match &drinker.who {
            Who::Person => text.person.to_owned(),
            Who::Client(name) => name.clone(),
            Who::Anybody => text.anybody.to_owned(),
        };
        // Of what was refused of answers, nobody knows how large they would have been.
        let asked = if kind == refused_kind {
            kind.number(drinker.taken + drinker.refused)
        } else {
            String::from("–")
        };
        let (taken, refused) = (kind.number(drinker.taken), refused_kind.number(drinker.refused));
        html! {
           <tr>
               <th scope="row">{ who }</th>
               <td>{ asked }</td>
               <td>{ taken }</td>
               <td>{ refused }</td>
           </tr>
        }
    };
    let (room, all) = (kind.text(found.refilled(), text), kind.text(found.asked(), text));
    let verdict = (kind == refused_kind).then(|| match times_too_much(found) {
        Some(times) => (text.too_much)(&room, &all, &times),
        None => (text.enough)(&room, &all),
    });
    html! {
        <>
            <h3 class="receipt__name">{ text.drinkers }</h3>
            <table class="sheet__table">
                <thead>
                    <tr>
                        { for text.drinker_columns.iter().map(|name| html! {
                            <th scope="col">{ *name }</th>
                        }) }
                    </tr>
                </thead>
                <tbody>{ for found.drinkers.iter().map(row) }</tbody>
            </table>
            if let Some(verdict) = verdict {
                <p>{ verdict }</p>
            }
        </>
    }
}

fn view_keys(found: &Found, text: &words::Receipt) -> Html {
    let Some((key, percent)) = found.keys.hottest() else { return Html::default() };
    let (count, percent_text) = (grouped(found.keys.count), percent.to_string());
    let words = if found.keys.count == 1 {
        (text.one_key)(key)
    } else if percent >= HOT_PERCENT {
        (text.hot_key)(&count, key, &percent_text)
    } else {
        (text.even_keys)(&count, &percent.max(1).to_string())
    };
    html! {
        <>
            <h3 class="receipt__name">{ text.keys }</h3>
            <p>{ text.key_rule }</p>
            <p>{ words }</p>
        </>
    }
}

fn name(found: &Found, text: &words::Receipt) -> String {
    let Some(name) = &found.name else { return text.person.to_owned() };
    let is_write = matches!(found.throttle.bucket, Bucket::WriteRecords | Bucket::WriteBytes);
    let [producer, consumer] = text.clients;
    if is_write { producer(name) } else { consumer(name) }
}

/// The one sentence that says why.
fn in_short(found: &Found, text: &words::Receipt) -> String {
    let [calls, read, iterators] = text.short_reads;
    match found.throttle.bucket {
        Bucket::WriteRecords | Bucket::WriteBytes => {}
        Bucket::ReadCalls => return calls.to_owned(),
        Bucket::ReadBytes => return read.to_owned(),
        Bucket::IteratorCalls => return iterators.to_owned(),
    }
    match (times_too_much(found), found.keys.hottest()) {
        (None, _) => text.short_burst.to_owned(),
        (Some(times), Some((key, percent))) if percent >= HOT_PERCENT => {
            (text.short_hot)(&times, &percent.to_string(), key)
        }
        (Some(times), _) => (text.short_even)(&times),
    }
}

/// How many times as much was asked for as there can be, if it was more; with a tenth.
fn times_too_much(found: &Found) -> Option<String> {
    let (asked, room) = (found.asked(), found.refilled().max(1));
    let tenths = asked * 10 / room;
    (asked > room).then(|| format!("{}.{}", tenths / 10, tenths % 10))
}
