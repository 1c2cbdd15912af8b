//! The console: lines and answers, and a field to type the next line in.

pub mod completion;
pub mod edit;
pub mod entry;
pub mod hand;
pub mod hands;
pub mod log;
pub mod prompt;
pub mod recall;
pub mod script;
pub mod typist;

use super::once::use_change;
use super::session::Progress;
use super::store::Action;
use crate::text::{self, Language};
use completion::Completion;
use edit::Field;
use entry::Entries;
use gloo_timers::callback::Timeout;
use log::{Block, Log};
use prompt::Prompt;
use shardlab::scene::words::grouped;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What the console shows.
#[derive(PartialEq, Properties)]
pub struct ConsoleProps {
    /// The language of its words; answers are as AWS prints them.
    pub language: Language,
    /// Lines and answers.
    pub log: Rc<Log>,
    /// The line that lets time pass, with those that wait for it.
    pub progress: Option<Progress>,
    /// Lines to try.
    pub tries: Rc<[AttrValue]>,
    /// Enters commands.
    pub on_enter: Callback<Vec<String>>,
    /// Asks what the word at the cursor could become.
    pub on_complete: Callback<Field, Completion>,
    /// Empties the log.
    pub on_clear: Callback<()>,
    /// Stops what is in progress.
    pub on_interrupt: Callback<()>,
    /// Tells more about what was refused.
    pub on_action: Callback<Action>,
}

/// The console.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let text = &props.language.text().console;
    let list = use_node_ref();
    use_change([props.log.entered(), props.progress.is_some().into()], {
        let list = list.clone();
        // Afterwards, so that the line is there before its place is measured.
        Box::new(move || {
            Timeout::new(0, move || scroll_to_end(&list)).forget();
        })
    });
    let forgotten = props.log.forgotten();
    // A list of their own: among others, blocks would be made anew whenever one is added.
    let blocks: Html = props.log.blocks().map(|block| view_block(props, block)).collect();
    html! {
        <section class="console" aria-label={text.label} onfocusin={|_| load_ahead()}>
            <div class="console__log" ref={list} role="log" aria-label={text.log} tabindex="0">
                if forgotten > 0 {
                    <p class="console__note">{ (text.forgotten)(&grouped(forgotten)) }</p>
                }
                { blocks }
                if let Some(progress) = &props.progress {
                    { view_progress(progress, &props.on_interrupt, text) }
                }
            </div>
            <div class="console__tries" role="group" aria-label={text.tries}>
                { for props.tries.iter().map(|line| view_try(line, &props.on_enter)) }
            </div>
            <Prompt language={props.language} on_enter={props.on_enter.clone()}
                on_complete={props.on_complete.clone()} on_clear={props.on_clear.clone()}
                on_interrupt={props.on_interrupt.clone()} />
            <p class="console__hint">{ text.hint }</p>
        </section>
    }
}

fn view_block(props: &ConsoleProps, block: &Rc<Block>) -> Html {
    html! {
        <Entries key={block.first} language={props.language} block={Rc::clone(block)}
            on_action={props.on_action.clone()} />
    }
}

fn view_progress(progress: &Progress, on_interrupt: &Callback<()>, text: &text::Console) -> Html {
    html! {
        <p class="console__progress">
            <span>{ text.in_progress }</span>
            <code>{ progress.line.to_string() }</code>
            if progress.waiting > 0 {
                <span>{ (text.waiting)(&grouped(progress.waiting)) }</span>
            }
            <button type="button" onclick={on_interrupt.reform(|_| ())}>{ text.stop }</button>
        </p>
    }
}

fn view_try(line: &AttrValue, on_enter: &Callback<Vec<String>>) -> Html {
    let onclick = on_enter.reform({
        let line = line.clone();
        move |_| vec![line.to_string()]
    });
    html! { <button type="button" class="console__try" {onclick}>{ line.clone() }</button> }
}

/// Whoever comes here will enter lines: what those may need is fetched by then.
fn load_ahead() {
    yew::platform::spawn_local(async {
        // A failure matters only to a line, and is told then.
        let _ = shardlab::journal::load().await;
    });
}

fn scroll_to_end(list: &NodeRef) {
    if let Some(list) = list.get().and_then(|list| list.dyn_into::<HtmlElement>().ok()) {
        list.set_scroll_top(list.scroll_height());
    }
}
