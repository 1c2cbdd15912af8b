//! What there is to know about what the viewer points at, or pastes.

use super::session::Session;
use super::store::Action;
use crate::text::Language;
use crate::text::inspector as words;
use shardlab::engine::time::Instant;
use shardlab::insight::inspection::{Inspection, Value, World, everything, read_token};
use shardlab::insight::subject::Subject;
use shardlab::scene::words::{bytes, grouped, span};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the inspector is given.
#[derive(Clone, Properties)]
pub struct InspectorProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// What the viewer pointed at last.
    pub subject: Option<Subject>,
    /// Points at something else.
    pub on_action: Callback<Action>,
}

/// The session and the callback stay what they were when the page started.
impl PartialEq for InspectorProps {
    fn eq(&self, other: &Self) -> bool {
        (self.language, self.pulse, self.subject) == (other.language, other.pulse, other.subject)
    }
}

shardlab::chunk! {
    /// The inspector, fetched when it is first shown.
    pub static INSPECTOR(panels): fn(InspectorProps) -> Html =
        |props| html! { <Inspector ..props /> };
}

/// The inspector.
#[component]
fn Inspector(props: &InspectorProps) -> Html {
    let text = props.language.of(&words::ALL);
    let pasted = use_state_eq(String::new);
    use_effect_with(props.subject, {
        let setter = pasted.setter();
        // Whoever points at something wants to see that.
        move |_| setter.set(String::new())
    });
    let session = props.session.borrow();
    let world = World { simulation: session.simulation(), history: session.history() };
    let oninput = Callback::from({
        let setter = pasted.setter();
        move |event: InputEvent| {
            setter.set(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    });
    let read = read_token(world.simulation, &pasted);
    let is_inspected = |subject: &Subject| !matches!(subject, Subject::Refusal(_));
    let subject = props.subject.filter(is_inspected);
    let found = subject.map(|subject| Inspection::of(world, subject));
    html! {
        <div class="inspector sheet">
            { view_choice(props, &everything(world.simulation), text) }
            <label class="inspector__paste">
                <span>{ text.paste }</span>
                <input type="text" value={(*pasted).clone()} spellcheck="false"
                    autocomplete="off" {oninput} />
            </label>
            if let Some((kind, found)) = read {
                <p class="inspector__kind">{ (text.read)(kind) }</p>
                { view(&found, &props.on_action, text) }
            } else {
                { match found {
                    None => html! { <p class="sheet__note">{ text.prompt }</p> },
                    Some(None) => html! { <p class="sheet__note">{ text.gone }</p> },
                    Some(Some(found)) => view(&found, &props.on_action, text),
                } }
            }
        </div>
    }
}

fn view_choice(props: &InspectorProps, all: &[(String, Subject)], text: &words::Inspector) -> Html {
    let chosen = all.iter().position(|(_, subject)| Some(*subject) == props.subject);
    let onchange = Callback::from({
        let on_action = props.on_action.clone();
        let subjects: Vec<Subject> = all.iter().map(|one| one.1).collect();
        move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            // The first option stands for nothing.
            let at = usize::try_from(select.selected_index() - 1).ok();
            if let Some(subject) = at.and_then(|at| subjects.get(at)) {
                on_action.emit(Action::Choose(*subject));
            }
        }
    });
    let options = all.iter().enumerate().map(|(place, (name, _))| {
        html! { <option selected={chosen == Some(place)}>{ name.clone() }</option> }
    });
    html! {
        <label class="inspector__choice">
            <span>{ text.choose }</span>
            <select {onchange}>
                <option selected={chosen.is_none()}>{ "–" }</option>
                { for options }
            </select>
        </label>
    }
}

fn view(found: &Inspection, on_action: &Callback<Action>, text: &words::Inspector) -> Html {
    html! {
        <>
            <h2 class="inspector__title sheet__name">{ found.title.clone() }</h2>
            <dl class="inspector__facts">
                { for found.facts.iter().map(|(label, value)| html! {
                    <>
                        <dt>{ (text.label)(*label) }</dt>
                        <dd>{ write(value, text) }</dd>
                    </>
                }) }
            </dl>
            if !found.keys.is_empty() {
                <h3 class="sheet__heading">{ text.keys }</h3>
                <ol class="inspector__keys">
                    { for found.keys.iter().map(|(key, part)| html! {
                        <li>
                            <code>{ key.clone() }</code>
                            { format!(" {}.{} %", part / 10, part % 10) }
                        </li>
                    }) }
                </ol>
            }
            if let Some(data) = &found.data {
                <h3 class="sheet__heading">{ text.data }</h3>
                <pre class="inspector__data" tabindex="0">{ data.clone() }</pre>
            }
            if !found.related.is_empty() {
                <h3 class="sheet__heading">{ text.related }</h3>
                <div class="inspector__related">
                    { for found.related.iter().map(|related| view_related(related, on_action)) }
                </div>
            }
        </>
    }
}

fn view_related((name, subject): &(String, Subject), on_action: &Callback<Action>) -> Html {
    let subject = *subject;
    let onclick = on_action.reform(move |_| Action::Choose(subject));
    html! { <button type="button" {onclick}>{ name.clone() }</button> }
}

fn write(value: &Value, text: &words::Inspector) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Count(count) => grouped(*count),
        Value::Bytes(count) => bytes(*count),
        Value::Span(duration) => span(*duration),
        Value::At(instant) => date_and_time(*instant),
        Value::Of(some, all) => (text.of)(&grouped(*some), &grouped(*all)),
        Value::Lag(records, time) => (text.lag)(&grouped(*records), &span(*time)),
        Value::MillionthsPerSecond(rate) => {
            let (whole, tenths) = (rate / 1_000_000, rate / 100_000 % 10);
            (text.per_second)(&format!("{}.{tenths}", grouped(whole)))
        }
        Value::IsOwnPipe(is_own) => text.pipes[usize::from(*is_own)].to_owned(),
    }
}

/// `2026-11-20 00:00:01.234`.
fn date_and_time(instant: Instant) -> String {
    let millis = instant.micros() / 1_000 % 1_000;
    let text = instant.to_string();
    let (date, time) = (text.get(..10).unwrap_or(""), text.get(11..19).unwrap_or(""));
    format!("{date} {time}.{millis:03}")
}
