//! One form of the panel: its fields, and the line that they make.

use super::field::{Field, Kind};
use super::form::{FORMS, Form, Given, Place, Values, Wrong, first_values};
use super::line::Line;
use super::{SteerProps, selected, stream_named};
use crate::app::session::Session;
use crate::text::steer as words;
use shardlab::scene::words::grouped;
use std::rc::Rc;
use web_sys::{HtmlDetailsElement, HtmlInputElement};
use yew::prelude::*;

/// What a form is given.
#[derive(PartialEq, Properties)]
pub struct FormProps {
    /// Its place among the forms.
    pub place: usize,
    /// The stream that is chosen; empty if there is none.
    pub stream: AttrValue,
    /// What the whole panel is given.
    pub panel: SteerProps,
}

/// A form, closed until it is wanted: then it costs nothing.
#[component]
pub fn FormView(props: &FormProps) -> Html {
    let (form, panel) = (&FORMS[props.place], &props.panel);
    let text = panel.text();
    let is_open = use_state_eq(|| false);
    let values = use_state(first_values);
    let ontoggle = {
        let is_open = is_open.setter();
        Callback::from(move |event: Event| {
            is_open.set(event.target_unchecked_into::<HtmlDetailsElement>().open());
        })
    };
    let session = panel.session.borrow();
    html! {
        <details class="steer__form" {ontoggle}>
            <summary>{ text.forms[props.place].0 }</summary>
            if *is_open {
                { view_body(form, props, &session, &values) }
            }
        </details>
    }
}

fn view_body(
    form: &'static Form,
    props: &FormProps,
    session: &Session,
    values: &UseStateHandle<Values>,
) -> Html {
    let text = props.panel.text();
    let service = session.simulation().service();
    let account = &service.settings().account;
    let stream = stream_named(session, &props.stream);
    let filled = with_those_there(values, session);
    let given = Given { values: &filled, stream, account };
    let wrong = form.wrong(&given);
    let reason = match (&wrong, stream) {
        (_, None) if form.place == Place::Stream => Some(text.no_stream.to_owned()),
        (Some((field, why)), _) => {
            Some(format!("{}: {}", text.fields[*field as usize], say(why, text)))
        }
        _ => None,
    };
    let line: AttrValue = form.line(&given).into();
    let wrong = wrong.map(|(field, _)| field);
    let field = |field: Field| {
        let names = names(known_as(field).unwrap_or(field), session);
        let change = changing(form, values, field, &props.panel);
        view_field(field, &given.value(field), (wrong, names), &change, text)
    };
    html! {
        <>
            <p class="sheet__note">{ text.forms[props.place].1 }</p>
            <div class="steer__fields">{ for form.fields(&given).map(field) }</div>
            <Line {line} reason={reason.map(AttrValue::from)} panel={props.panel.clone()} />
        </>
    }
}

/// Who is not chosen, or is no longer there, is the first who is.
fn with_those_there(values: &Values, session: &Session) -> Values {
    let mut filled = Rc::clone(values);
    for field in [Field::Producer, Field::Consumer] {
        let names = names(field, session);
        if !names.iter().any(|name| **name == *values[field as usize]) {
            let first = names.into_iter().next().unwrap_or_default();
            Rc::make_mut(&mut filled)[field as usize] = first.into();
        }
    }
    filled
}

fn names(field: Field, session: &Session) -> Vec<String> {
    let clients = session.simulation().clients();
    if field == Field::Producer {
        clients.producers().map(|found| found.name().to_string()).collect()
    } else {
        clients.consumers().map(|found| found.name().to_string()).collect()
    }
}

/// What a field does with another value. The name of somebody who is there brings what was said of
/// them.
fn changing(
    form: &'static Form,
    values: &UseStateHandle<Values>,
    field: Field,
    panel: &SteerProps,
) -> Callback<AttrValue> {
    let (values, session) = (values.clone(), Rc::clone(&panel.session));
    Callback::from(move |value: AttrValue| {
        let mut changed = Rc::clone(&values);
        Rc::make_mut(&mut changed)[field as usize] = value.clone();
        let session = session.borrow();
        if known_as(field).is_some_and(|field| names(field, &session).contains(&value.to_string()))
        {
            let account = &session.simulation().service().settings().account;
            let given = Given { values: &changed, stream: None, account };
            let who = format!("{} {value}", (form.head)(&given));
            let lines = session.journal().entries().iter().map(|entry| &*entry.line);
            changed = form.recalled(&who, &given, lines);
        }
        values.set(changed);
    })
}

/// The field that lists those whom a field may name anew.
fn known_as(field: Field) -> Option<Field> {
    match field {
        Field::NewProducer => Some(Field::Producer),
        Field::NewConsumer => Some(Field::Consumer),
        _ => None,
    }
}

fn view_field(
    field: Field,
    value: &AttrValue,
    (wrong, names): (Option<Field>, Vec<String>),
    change: &Callback<AttrValue>,
    text: &words::Steer,
) -> Html {
    let (control, range) = match field.row().1 {
        Kind::Choice(words) => {
            let words = words.iter().map(ToString::to_string).collect();
            (view_list(words, value, change), None)
        }
        Kind::Producer | Kind::Consumer => (view_list(names, value, change), None),
        kind => {
            let oninput = change.reform(|event: InputEvent| {
                event.target_unchecked_into::<HtmlInputElement>().value().into()
            });
            let range = match kind {
                Kind::Number(min, max) => Some(format!("{}–{}", grouped(min), grouped(max))),
                _ => None,
            };
            let inputmode = range.as_ref().map(|_| "numeric");
            let is_invalid = (wrong == Some(field)).then_some("true");
            let known = known_as(field).map(|known| format!("steer-known-{}", known as usize));
            let control = html! {
                <>
                    <input type="text" value={value.clone()} {oninput} {inputmode}
                        autocomplete="off" spellcheck="false" aria-invalid={is_invalid}
                        list={known.clone()} data-field={(field as usize).to_string()} />
                    if known.is_some() {
                        <datalist id={known}>
                            { for names.into_iter().map(|name| html! { <option value={name} /> }) }
                        </datalist>
                    }
                </>
            };
            (control, range)
        }
    };
    html! {
        <label class="steer__field" key={field as usize}>
            <span>
                { text.fields[field as usize] }
                if let Some(range) = range {
                    <small class="steer__range">{ range }</small>
                }
            </span>
            { control }
        </label>
    }
}

fn view_list(names: Vec<String>, value: &AttrValue, change: &Callback<AttrValue>) -> Html {
    let onchange = change.reform(|event: Event| selected(&event));
    html! {
        <select {onchange}>
            { for names.into_iter().map(|name| html! {
                <option selected={*name == **value} value={name.clone()}>{ name }</option>
            }) }
        </select>
    }
}

fn say(wrong: &Wrong, text: &words::Steer) -> String {
    match wrong {
        Wrong::Range(min, max) => (text.range)(&grouped(*min), &grouped(*max)),
        Wrong::Text(why) => why.clone(),
        Wrong::Nobody => text.nobody.to_owned(),
    }
}
