//! The field to type in, its list of candidates, and the search through earlier lines.

use super::PROMPT_ID;
use super::completion::{Completion, Popup};
use super::edit::Field;
use super::hand::{Hand, use_hand};
use super::typist::Search;
use crate::app::page;
use crate::text::{self, Language};
use shardlab::scene::words::grouped;
use yew::prelude::*;

/// What the prompt is given.
#[derive(PartialEq, Properties)]
pub struct PromptProps {
    /// The language of its words.
    pub language: Language,
    /// Enters commands.
    pub on_enter: Callback<Vec<String>>,
    /// Asks what the word at the cursor could become.
    pub on_complete: Callback<Field, Completion>,
    /// Empties the log.
    pub on_clear: Callback<()>,
    /// Stops what is in progress.
    pub on_interrupt: Callback<()>,
}

/// The list of candidates, for the field that it belongs to.
const POPUP_ID: &str = "console-candidates";

/// The prompt. What is typed lives in the field alone, so that typing draws nothing anew.
#[component]
pub fn Prompt(props: &PromptProps) -> Html {
    let text = &props.language.text().console;
    let (field, query) = (use_node_ref(), use_node_ref());
    let hand = use_hand(props, &field);
    let (popup, search) = {
        let typist = hand.typist.borrow();
        (typist.popup.clone(), typist.search.clone())
    };
    let is_first = use_mut_ref(|| true);
    use_effect_with(search.is_some(), {
        let (hand, query) = (hand.clone(), query.clone());
        move |is_searching| {
            // A page that begins leaves the focus where the visitor has it.
            if !is_first.replace(false) {
                hand.focus(is_searching.then_some(&query));
            }
        }
    });
    let chosen = popup.as_ref().and_then(|popup| popup.chosen).map(option_id);
    use_effect_with(chosen.clone(), |chosen| chosen.as_deref().map_or((), bring_into_view));
    html! {
        <form class="console__form" onsubmit={hand.on(Hand::submitted)}>
            if let Some(search) = &search {
                { view_search(search, &hand, &query, text) }
            }
            if let Some(popup) = &popup {
                { view_popup(popup, &hand, text) }
            }
            <span class="console__sign" aria-hidden="true">{ "$" }</span>
            <textarea id={PROMPT_ID} class="console__prompt" ref={field} rows="1"
                aria-label={text.prompt} placeholder={text.placeholder}
                aria-autocomplete="list" aria-haspopup="listbox"
                aria-controls={popup.is_some().then_some(POPUP_ID)}
                aria-activedescendant={chosen}
                oninput={hand.on(Hand::typed)} onkeydown={hand.on(Hand::pressed)}
                onpaste={hand.on(Hand::pasted)} onblur={hand.on(Hand::left)}
                autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="send" />
            <button type="submit" class="console__enter">{ text.enter }</button>
            <span class="hidden" role="status">
                if let Some(popup) = &popup {
                    { (text.candidates)(&grouped(popup.completion.candidates.len() as u64)) }
                }
            </span>
        </form>
    }
}

fn view_popup(popup: &Popup, hand: &Hand, text: &text::Console) -> Html {
    let option = |(place, candidate): (usize, &AttrValue)| {
        let is_chosen = popup.chosen == Some(place);
        // The field keeps the focus, whatever is pressed beside it.
        let onpointerdown = Callback::from(|event: PointerEvent| event.prevent_default());
        let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
        let hand = hand.clone();
        let onclick = Callback::from(move |_| hand.picked(place));
        html! {
            <li key={place} id={option_id(place)} class="console__candidate" role="option"
                aria-selected={is_chosen.to_string()} {onpointerdown} {onmousedown} {onclick}>
                { candidate.clone() }
            </li>
        }
    };
    html! {
        <ul id={POPUP_ID} class="console__popup" role="listbox" aria-label={text.popup}>
            { for popup.completion.candidates.iter().enumerate().map(option) }
        </ul>
    }
}

fn view_search(search: &Search, hand: &Hand, query: &NodeRef, text: &text::Console) -> Html {
    let is_missing = search.found.is_none() && !search.text.is_empty();
    html! {
        <label class="console__search">
            <span>{ text.search }</span>
            <input type="text" class="console__query" ref={query.clone()}
                value={search.text.clone()} aria-invalid={is_missing.to_string()}
                oninput={hand.on(Hand::looked_for)} onkeydown={hand.on(Hand::pressed_in_search)}
                autocomplete="off" autocapitalize="off" spellcheck="false" />
            <span role="status">{ if is_missing { text.not_found } else { "" } }</span>
        </label>
    }
}

fn option_id(place: usize) -> String {
    format!("{POPUP_ID}-{place}")
}

fn bring_into_view(id: &str) {
    if let Some(option) = page::document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
