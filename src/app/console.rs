//! The console: lines and answers, and a field to type the next line in.

pub mod entry;
pub mod log;
pub mod recall;

use crate::text::Language;
use entry::view_entry;
use log::Log;
use recall::Recall;
use shardlab::scene::words::grouped;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// What the console shows.
#[derive(PartialEq, Properties)]
pub struct ConsoleProps {
    /// The language of its words; answers are as AWS prints them.
    pub language: Language,
    /// Lines and answers.
    pub log: Log,
    /// Lines to try.
    pub tries: Rc<[AttrValue]>,
    /// Enters a line.
    pub on_enter: Callback<AttrValue>,
}

/// The field to type in, for whoever wants to focus it.
pub const PROMPT_ID: &str = "console-prompt";

/// The console.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let text = &props.language.text().console;
    let list = use_node_ref();
    use_effect_with(props.log.entered(), {
        let list = list.clone();
        move |_| scroll_to_end(&list)
    });
    let forgotten = props.log.forgotten();
    html! {
        <section class="console" aria-label={text.label}>
            <div class="console__log" ref={list} role="log" aria-label={text.log} tabindex="0">
                if forgotten > 0 {
                    <p class="console__note">{ (text.forgotten)(&grouped(forgotten)) }</p>
                }
                { for props.log.answers().map(|(number, answer)| view_entry(number, answer, text)) }
            </div>
            <div class="console__tries" role="group" aria-label={text.tries}>
                { for props.tries.iter().map(|line| view_try(line, &props.on_enter)) }
            </div>
            <Prompt language={props.language} on_enter={props.on_enter.clone()} />
            <p class="console__hint">{ text.hint }</p>
        </section>
    }
}

fn view_try(line: &AttrValue, on_enter: &Callback<AttrValue>) -> Html {
    let onclick = on_enter.reform({
        let line = line.clone();
        move |_| line.clone()
    });
    html! { <button type="button" class="console__try" {onclick}>{ line.clone() }</button> }
}

/// What the prompt is given.
#[derive(PartialEq, Properties)]
struct PromptProps {
    language: Language,
    on_enter: Callback<AttrValue>,
}

/// The field to type in. Up and down recall earlier lines.
#[component]
fn Prompt(props: &PromptProps) -> Html {
    let text = &props.language.text().console;
    let recall = use_state(Recall::default);
    let oninput = Callback::from({
        let recall = recall.clone();
        move |event: InputEvent| recall.set(recall.typed(&input_of(&event).value()))
    });
    let onkeydown = Callback::from({
        let recall = recall.clone();
        move |event: KeyboardEvent| {
            let recalled = match event.key().as_str() {
                "ArrowUp" => recall.earlier(),
                "ArrowDown" => recall.later(),
                _ => return,
            };
            event.prevent_default();
            recall.set(recalled);
        }
    });
    let onsubmit = Callback::from({
        let (recall, on_enter) = (recall.clone(), props.on_enter.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if !recall.line().trim().is_empty() {
                on_enter.emit(recall.line().to_owned().into());
                recall.set(recall.entered());
            }
        }
    });
    html! {
        <form class="console__form" {onsubmit}>
            <span class="console__sign" aria-hidden="true">{ "$" }</span>
            <input id={PROMPT_ID} class="console__prompt" type="text"
                aria-label={text.prompt} placeholder={text.placeholder}
                value={recall.line().to_owned()} {oninput} {onkeydown}
                autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="send" />
            <button type="submit" class="console__enter">{ text.enter }</button>
        </form>
    }
}

fn input_of(event: &InputEvent) -> HtmlInputElement {
    event.target_unchecked_into::<HtmlInputElement>()
}

fn scroll_to_end(list: &NodeRef) {
    if let Some(list) = list.get().and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
        list.set_scroll_top(list.scroll_height());
    }
}
