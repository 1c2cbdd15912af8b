//! A line or the whole run as code for real Kinesis, copied at once and shown beside.

use super::SteerProps;
use crate::app::page;
use shardlab::share::copy_as::Form;
use shardlab::share::export::FORMS;
use shardlab::share::{WRITERS, Writers};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What is copied.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// One line.
    Line(AttrValue),
    /// All lines until now.
    Run,
}

/// What is copied, and what the whole panel is given.
#[derive(PartialEq, Properties)]
pub struct CodeProps {
    /// What is copied.
    pub source: Source,
    /// What the whole panel is given.
    pub panel: SteerProps,
}

/// A choice of languages; the code of the chosen one is copied and shown.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let text = props.panel.text();
    let (field, chosen) = (use_node_ref(), use_state(|| None::<(Form, AttrValue)>));
    let copied = use_state(|| None::<AttrValue>);
    let forms: &[Form] = match props.source {
        Source::Line(_) => &Form::ALL,
        Source::Run => &FORMS.map(|(form, _)| form),
    };
    let shown = chosen.as_ref().map(|(form, code)| match (&props.source, WRITERS.get()) {
        // What is shown follows the controls; a run is written when it is asked for.
        (Source::Line(_), Some(writers)) => {
            (*form, written(&props.source, &props.panel, writers, *form))
        }
        _ => (*form, code.clone()),
    });
    let choose = Rc::new({
        let (source, panel) = (props.source.clone(), props.panel.clone());
        let (field, chosen, copied) = (field.clone(), chosen.setter(), copied.setter());
        move |form: Form| {
            let (source, panel) = (source.clone(), panel.clone());
            let (field, chosen, copied) = (field.clone(), chosen.clone(), copied.clone());
            yew::platform::spawn_local(async move {
                let Ok(writers) = WRITERS.load().await else {
                    let unloaded = panel.language.text().console.unloaded;
                    return chosen.set(Some((form, AttrValue::Static(unloaded))));
                };
                let code = written(&source, &panel, writers, form);
                chosen.set(Some((form, code.clone())));
                if copy(&code).await.is_ok() {
                    copied.set(Some(code));
                } else if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                    // Whoever may not write to the clipboard can still press Ctrl+C.
                    field.select();
                }
            });
        }
    });
    let is_run = props.source == Source::Run;
    let button = |form: &Form| {
        let (form, choose) = (*form, Rc::clone(&choose));
        let is_chosen = shown.as_ref().is_some_and(|(shown, _)| *shown == form);
        html! {
            <button type="button" aria-pressed={is_chosen.to_string()}
                onclick={Callback::from(move |_| choose(form))}>
                { if form == Form::Aws && is_run { "bash" } else { form.name() } }
            </button>
        }
    };
    html! {
        <div class="steer__copy">
            <div class="steer__forms" role="group" aria-label={text.copy_as}>
                <span aria-hidden="true">{ text.copy_as }</span>
                { for forms.iter().map(button) }
            </div>
            if let Some((form, code)) = shown {
                <textarea ref={field} class="steer__code" readonly=true spellcheck="false"
                    aria-label={form.name()} rows={code.lines().count().clamp(2, 14).to_string()}
                    value={code.clone()} />
                <p class="sheet__note" role="status">
                    { if copied.as_ref() == Some(&code) { text.copied } else { text.select } }
                </p>
            }
        </div>
    }
}

fn written(source: &Source, panel: &SteerProps, writers: &Writers, form: Form) -> AttrValue {
    let session = panel.session.borrow();
    match source {
        Source::Line(line) => (writers.copy_as)(session.console(), line, form),
        Source::Run => (writers.export)(session.journal(), form),
    }
    .into()
}

/// Copies a text. Pages that are not served safely have no clipboard.
async fn copy(text: &str) -> Result<(), JsValue> {
    let clipboard = js_sys::Reflect::get(&page::window().navigator(), &"clipboard".into())?;
    let write = js_sys::Reflect::get(&clipboard, &"writeText".into())?;
    let write: js_sys::Function = write.dyn_into()?;
    let promise: js_sys::Promise = write.call1(&clipboard, &text.into())?.dyn_into()?;
    JsFuture::from(promise).await.map(drop)
}
