//! Keys that work anywhere on the page: Space plays and pauses, `,` and `.` step back and forth,
//! `/` goes to the console.

use super::console::PROMPT_ID;
use super::listener::Listener;
use super::page;
use super::player::travel::Travel;
use super::store::Action;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// Listens for keys as long as the app is mounted.
#[hook]
pub fn use_keys(on_action: &Callback<Action>, on_travel: &Callback<Travel>) {
    let (on_action, on_travel) = (on_action.clone(), on_travel.clone());
    use_effect_with((), move |()| {
        let listener = Listener::on(&page::document(), "keydown", move |event| {
            let event: KeyboardEvent = event.unchecked_into();
            if is_meant_for_the_page(&event) && press(&event.key(), &on_action, &on_travel) {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Does what a key is for; says whether it is for anything.
fn press(key: &str, on_action: &Callback<Action>, on_travel: &Callback<Travel>) -> bool {
    match key {
        " " => on_action.emit(Action::Toggle),
        "," => on_travel.emit(Travel::Back),
        "." => on_travel.emit(Travel::Step),
        "/" => focus_prompt(),
        _ => return false,
    }
    true
}

/// Whether nothing with the focus wants the key for itself.
fn is_meant_for_the_page(event: &KeyboardEvent) -> bool {
    const OWN_KEYS: &str = "a, button, input, select, summary, textarea, [contenteditable]";
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let has_own = target.is_some_and(|target| target.matches(OWN_KEYS).unwrap_or(false));
    !has_modifier && !has_own
}

fn focus_prompt() {
    let prompt = page::document().get_element_by_id(PROMPT_ID);
    if let Some(prompt) = prompt.and_then(|prompt| prompt.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused keeps the focus where it is.
        let _ = prompt.focus();
    }
}
