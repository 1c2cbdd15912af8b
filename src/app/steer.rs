//! The panel that steers: every control stands for a line, shows it, and enters it.

mod code;
mod field;
mod form;
mod form_view;
mod key_space;
mod line;
mod recall;
mod shards;

use super::console::log::Log;
use super::session::Session;
use super::session::travel::Travel;
use super::session::undo::gist;
use crate::text::Language;
use crate::text::steer as words;
use code::{Code, Source};
use form::SECTIONS;
use form_view::FormView;
use shardlab::engine::service::names::StreamName;
use shardlab::engine::service::stream::Stream;
use shards::Shards;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What every part of the panel is given.
#[derive(Clone, Properties)]
pub struct SteerProps {
    /// The language of its words.
    pub language: Language,
    /// The world; the same one for ever.
    pub session: Rc<RefCell<Session>>,
    /// Another number asks to look at the world again.
    pub pulse: u64,
    /// Lines and answers.
    pub log: Rc<Log>,
    /// Enters lines.
    pub on_enter: Callback<Vec<String>>,
    /// Takes lines back.
    pub on_travel: Callback<Travel>,
}

/// The session and the ways to it stay what they were when the page started.
impl PartialEq for SteerProps {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
            && self.pulse == other.pulse
            && self.log.entered() == other.log.entered()
    }
}

shardlab::chunk! {
    /// The panel, when it is first opened.
    pub static STEER(panels): fn(SteerProps) -> Html = |props| html! { <Steer ..props /> };
}

impl SteerProps {
    fn text(&self) -> &'static words::Steer {
        self.language.of(&words::ALL)
    }
}

/// The panel.
#[component]
fn Steer(props: &SteerProps) -> Html {
    let text = props.text();
    let chosen = use_state_eq(AttrValue::default);
    let names: Vec<String> = {
        let session = props.session.borrow();
        session.simulation().service().streams().map(|stream| stream.name.to_string()).collect()
    };
    let is_there = names.iter().any(|name| **name == **chosen);
    let stream: AttrValue = match names.first() {
        Some(first) if !is_there => first.clone().into(),
        Some(_) => (*chosen).clone(),
        None => AttrValue::default(),
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| chosen.set(selected(&event)))
    };
    let forms = |section: usize| {
        SECTIONS[section].clone().map(|place| {
            html! { <FormView key={place} {place} stream={stream.clone()} panel={props.clone()} /> }
        })
    };
    html! {
        <div class="steer sheet">
            { view_undo(props) }
            { view_outcome(props) }
            <p class="sheet__note">{ text.note }</p>
            <label class="steer__field">
                <span>{ text.stream }</span>
                <select class="steer__stream" {onchange} disabled={names.is_empty()}>
                    { for names.into_iter().map(|name| html! {
                        <option selected={*name == *stream} value={name.clone()}>{ name }</option>
                    }) }
                </select>
            </label>
            { view_section(text.sections[0], html! { <>{ for forms(0) }</> }) }
            { view_section(text.sections[1], html! {
                <Shards stream={stream.clone()} panel={props.clone()} />
            }) }
            { view_section(text.sections[2], html! { <>{ for forms(1) }</> }) }
            { view_section(text.sections[3], html! { <>{ for forms(2) }</> }) }
            { view_section(text.sections[4], html! { <>{ for forms(3) }</> }) }
            { view_section(text.sections[5], html! {
                <Code source={Source::Run} panel={props.clone()} />
            }) }
        </div>
    }
}

fn view_section(name: &'static str, content: Html) -> Html {
    html! {
        <section class="steer__section">
            <h2 class="sheet__name">{ name }</h2>
            { content }
        </section>
    }
}

fn view_undo(props: &SteerProps) -> Html {
    let session = props.session.borrow();
    let text = props.text();
    let button = |name: fn(&str) -> String, line: Option<&Rc<str>>, travel: Travel, keys| {
        let title = line.map(ToString::to_string);
        let name = name(&line.map_or_else(String::new, |line| gist(line)));
        html! {
            <button type="button" disabled={line.is_none()} {title} aria-keyshortcuts={keys}
                onclick={props.on_travel.reform(move |_| travel.clone())}>
                { name }
            </button>
        }
    };
    html! {
        <div class="steer__undo" role="group" aria-label={text.undo_label}>
            { button(text.undo, session.undoable(), Travel::Undo, "Control+Z") }
            { button(text.redo, session.redoable(), Travel::Redo, "Control+Shift+Z") }
        </div>
    }
}

/// What became of the last line: its answer is in the console, which is not seen now. One that was
/// throttled and asks again has no outcome yet.
fn view_outcome(props: &SteerProps) -> Html {
    let Some(answer) = props.log.last() else { return html! {} };
    let goes_on = props.session.borrow().progress().filter(|_| answer.output.job.is_some());
    if goes_on.is_some_and(|progress| progress.line == answer.line) {
        return html! {};
    }
    let (text, output) = (props.text(), &answer.output);
    let (status, said) = match output.status {
        0 => ("done", text.done),
        _ => ("refused", output.stderr.trim()),
    };
    html! {
        <p class="steer__outcome" role="status" data-status={status}>
            <code>{ answer.line.to_string() }</code>{ "\n" }{ said.to_owned() }
        </p>
    }
}

/// What a list says after a choice.
fn selected(event: &Event) -> AttrValue {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    select.map(|select| select.value()).unwrap_or_default().into()
}

/// The stream of that name.
fn stream_named<'a>(session: &'a Session, name: &str) -> Option<&'a Stream> {
    let name = StreamName::new(name)?;
    session.simulation().service().stream_named(&name).ok()
}

/// An id that no other element of the page has.
#[hook]
fn use_id() -> AttrValue {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    let id = use_memo((), |()| {
        let number = NEXT.replace(NEXT.get() + 1);
        AttrValue::from(format!("steer-{number}"))
    });
    (*id).clone()
}
