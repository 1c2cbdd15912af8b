//! Keys that work anywhere on the page: Space plays and pauses, `,` and `.` step back and forth,
//! `/` goes to the console, `?` lists the keys, Ctrl+Z takes the last line back, Ctrl+Shift+Z
//! brings it back again.

use super::console::prompt::PROMPT_ID;
use super::listener::Listener;
use super::once::use_once;
use super::page;
use super::panel::Panel;
use super::session::travel::Travel;
use super::store::Action;
use super::tabs::focus_tab;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// Listens for keys as long as the app is mounted.
#[hook]
pub fn use_keys(on_action: &Callback<Action>, on_travel: &Callback<Travel>) {
    let (on_action, on_travel) = (on_action.clone(), on_travel.clone());
    use_once(|| {
        Listener::on(&page::document(), "keydown", move |event| {
            let event: KeyboardEvent = event.unchecked_into();
            let is_taken = if event.ctrl_key() || event.meta_key() {
                press_with_control(&event, &on_travel)
            } else {
                is_meant_for_the_page(&event) && press(&event.key(), &on_action, &on_travel)
            };
            if is_taken {
                event.prevent_default();
            }
        })
    });
}

/// Does what a key is for; says whether it is for anything.
fn press(key: &str, on_action: &Callback<Action>, on_travel: &Callback<Travel>) -> bool {
    match key {
        " " => on_action.emit(Action::Toggle),
        "," => on_travel.emit(Travel::Back),
        "." => on_travel.emit(Travel::Step),
        "/" => focus_prompt(),
        "?" => {
            on_action.emit(Action::Open(Panel::Help));
            focus_tab(Panel::Help);
        }
        _ => return false,
    }
    true
}

/// The same with Ctrl or Command. A field has an undo of its own.
fn press_with_control(event: &KeyboardEvent, on_travel: &Callback<Travel>) -> bool {
    const FIELDS: &str = "input:not([type=range]), textarea, [contenteditable]";
    if event.alt_key() || is_from(event, FIELDS) {
        return false;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z", false) => on_travel.emit(Travel::Undo),
        ("Z" | "z", true) | ("y", false) => on_travel.emit(Travel::Redo),
        _ => return false,
    }
    true
}

/// Whether nothing with the focus wants the key for itself: a field wants all of them, a button the
/// space that presses it.
fn is_meant_for_the_page(event: &KeyboardEvent) -> bool {
    let wanted_by = match event.key().as_str() {
        " " => "a, button, input, select, summary, textarea, [contenteditable]",
        _ => "input, select, textarea, [contenteditable]",
    };
    !event.alt_key() && !is_from(event, wanted_by)
}

fn is_from(event: &KeyboardEvent, elements: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(elements).unwrap_or(false))
}

fn focus_prompt() {
    let prompt = page::document().get_element_by_id(PROMPT_ID);
    if let Some(prompt) = prompt.and_then(|prompt| prompt.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused keeps the focus where it is.
        let _ = prompt.focus();
    }
}
