//! Carries out in the browser's field what the typist decides, and shows what it offers.
//!
//! A chunk of its own: a page in which nobody types does without it, see
//! [`prompt`](super::prompt).

use super::completion::{Completion, Popup};
use super::edit::Field;
use super::hands::{Hands, Offer, POPUP_ID, Tools};
use super::script;
use super::typist::{Deed, Press, Search, Typist, With};
use crate::app::page;
use crate::text;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlDocument, HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

shardlab::chunk! {
    /// Makes the hands of a prompt.
    pub static HAND(prompt): fn(Tools) -> Rc<dyn Hands> = |tools| Rc::new(Hand(Rc::new(Inner {
        typist: RefCell::default(),
        query: NodeRef::default(),
        is_searching: Cell::new(false),
        tools,
    })));
}

/// What the listeners share.
#[derive(Clone)]
struct Hand(Rc<Inner>);

struct Inner {
    /// Who decides.
    typist: RefCell<Typist>,
    /// The field of the search.
    query: NodeRef,
    /// Whether the search was drawn last time.
    is_searching: Cell<bool>,
    tools: Tools,
}

/// The most lines that the field shows; beyond, it scrolls.
const ROWS_MAX: usize = 12;

impl Hands for Hand {
    fn typed(&self) {
        self.grow();
        let field = self.read();
        self.act(|typist, complete| {
            typist.typed(&field, complete);
            Deed::Stay
        });
    }

    fn pressed(&self, event: &KeyboardEvent) {
        // While a letter of Korean is being put together, its keys are not ours.
        if !event.is_composing() {
            let (key, field) = (event.key(), self.read());
            let press = Press { key: &key, with: with(event) };
            self.answer(event, |typist, complete| typist.press(press, &field, complete));
        }
    }

    /// Prompts are not part of what was typed.
    fn pasted(&self, event: &Event) {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let Some(text) = data.and_then(|data| data.get_data("text").ok()) else { return };
        let typed = script::unprompted(&text);
        if typed != text {
            event.prevent_default();
            let selected = self.read().selected;
            self.act(|_, _| Deed::Replace(selected, typed));
        }
    }

    fn submitted(&self) {
        let field = self.read();
        self.act(|typist, _| typist.submit(&field));
    }

    /// A list that nobody sees the use of goes.
    fn left(&self) {
        self.act(|typist, _| {
            typist.popup = None;
            Deed::Stay
        });
    }

    /// What is not whole goes back where it was typed, to be gone on with.
    fn catch_up(&self, text: &str) {
        let since = self.area().map(|area| area.value()).unwrap_or_default();
        if script::commands(text).1 {
            return self.show(&format!("{text}\n{since}"));
        }
        let field = Field { text: text.to_owned(), ..Field::default() };
        self.act(|typist, _| typist.submit(&field));
        self.show(&since);
    }

    fn offer(&self, text: &'static text::Console) -> Offer {
        let typist = self.0.typist.borrow();
        let (search, popup) = (typist.search.as_ref(), typist.popup.as_ref());
        let view = html! {
            <>
                { search.map(|search| view_search(search, self, text)).unwrap_or_default() }
                { popup.map(|popup| view_popup(popup, self, text)).unwrap_or_default() }
            </>
        };
        Offer {
            view,
            candidates: popup.map(|popup| popup.completion.candidates.len() as u64),
            chosen: popup.and_then(|popup| popup.chosen).map(option_id),
            key: [
                search.is_some().into(),
                popup.and_then(|popup| popup.chosen).map_or(0, |chosen| chosen as u64 + 1),
            ],
        }
    }

    /// The search gets the focus when it begins; it goes back to the field when the search ends.
    fn drawn(&self) {
        let (is_searching, chosen) = {
            let typist = self.0.typist.borrow();
            (typist.search.is_some(), typist.popup.as_ref().and_then(|popup| popup.chosen))
        };
        if self.0.is_searching.replace(is_searching) != is_searching {
            let target = if is_searching { &self.0.query } else { &self.0.tools.field };
            if let Some(target) = target.cast::<HtmlElement>() {
                // Where the focus cannot go, it stays.
                let _ = target.focus();
            }
        }
        if let Some(chosen) = chosen {
            bring_into_view(&option_id(chosen));
        }
    }
}

impl Hand {
    /// A listener that uses this hand.
    fn on<E: 'static>(&self, listen: fn(&Self, &E)) -> Callback<E> {
        let hand = self.clone();
        Callback::from(move |event| listen(&hand, &event))
    }

    /// A key is pressed in the search.
    fn pressed_in_search(&self, event: &KeyboardEvent) {
        if !event.is_composing() {
            let key = event.key();
            let press = Press { key: &key, with: with(event) };
            self.answer(event, |typist, _| typist.press_in_search(press));
        }
    }

    /// The search looks for something else.
    fn looked_for(&self, event: &InputEvent) {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        self.act(|typist, _| typist.look_for(&input.value()));
    }

    /// A candidate is pointed at.
    fn picked(&self, place: usize) {
        self.act(|typist, _| typist.pick(place));
    }

    /// Lets the typist answer a key, and keeps it from the browser unless it is left to it.
    fn answer(
        &self,
        event: &KeyboardEvent,
        decide: impl FnOnce(&mut Typist, &dyn Fn(&Field) -> Completion) -> Deed,
    ) {
        // First, because entering a line may take a while.
        let is_ours = self.act(decide);
        if is_ours {
            event.prevent_default();
        }
    }

    /// Lets the typist decide and does it; says whether that was anything.
    fn act(&self, decide: impl FnOnce(&mut Typist, &dyn Fn(&Field) -> Completion) -> Deed) -> bool {
        let deed = {
            let mut typist = self.0.typist.borrow_mut();
            let shown = (typist.popup.clone(), typist.search.clone());
            let deed = decide(&mut typist, &|field| self.0.tools.on_complete.emit(field.clone()));
            if shown != (typist.popup.clone(), typist.search.clone()) {
                self.0.tools.update.force_update();
            }
            deed
        };
        let is_ours = deed != Deed::Leave;
        self.perform(deed);
        is_ours
    }

    fn perform(&self, deed: Deed) {
        match deed {
            Deed::Leave | Deed::Stay => {}
            Deed::Replace(range, text) => self.replace(range, &text),
            Deed::Go(place) => self.select(place..place),
            Deed::Show(text) => self.show(&text),
            Deed::Enter(commands) => {
                self.show("");
                self.0.tools.on_enter.emit(commands);
            }
            Deed::Clear => self.0.tools.on_clear.emit(()),
            Deed::Interrupt => self.0.tools.on_interrupt.emit(()),
        }
    }

    fn area(&self) -> Option<HtmlTextAreaElement> {
        self.0.tools.field.cast()
    }

    fn read(&self) -> Field {
        let Some(area) = self.area() else { return Field::default() };
        let start = area.selection_start().ok().flatten().unwrap_or(0);
        let end = area.selection_end().ok().flatten().unwrap_or(start);
        Field::new(area.value(), start..end)
    }

    fn select(&self, range: Range<usize>) {
        let field = self.read();
        if let Some(area) = self.area() {
            // A text field has places to select.
            let _ = area.set_selection_range(field.units(range.start), field.units(range.end));
        }
    }

    /// Replaces as if typed, so that the browser's undo knows of it.
    fn replace(&self, range: Range<usize>, text: &str) {
        let Some(area) = self.area() else { return };
        if range.is_empty() && text.is_empty() {
            return;
        }
        // What cannot be focused cannot be typed into; then the text is set below.
        let _ = area.focus();
        self.select(range.clone());
        let document = page::document().unchecked_into::<HtmlDocument>();
        let command = if text.is_empty() { "delete" } else { "insertText" };
        let typed = document.exec_command_with_show_ui_and_value(command, false, text);
        if typed != Ok(true) {
            let mut whole = area.value();
            whole.replace_range(range.clone(), text);
            area.set_value(&whole);
            self.select(range.start + text.len()..range.start + text.len());
            self.grow();
        }
    }

    fn show(&self, text: &str) {
        if let Some(area) = self.area() {
            area.set_value(text);
            self.grow();
        }
    }

    /// As many rows as there are lines, where the style sheet cannot do it by itself.
    fn grow(&self) {
        if let Some(area) = self.area() {
            let lines = area.value().matches('\n').count() + 1;
            area.set_rows(u32::try_from(lines.min(ROWS_MAX)).unwrap_or(1));
        }
    }
}

fn with(event: &KeyboardEvent) -> With {
    match (event.ctrl_key(), event.shift_key(), event.alt_key() || event.meta_key()) {
        (false, false, false) => With::Nothing,
        (false, true, false) => With::Shift,
        (true, false, false) => With::Control,
        _ => With::Other,
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

fn view_search(search: &Search, hand: &Hand, text: &text::Console) -> Html {
    let is_missing = search.found.is_none() && !search.text.is_empty();
    html! {
        <label class="console__search">
            <span>{ text.search }</span>
            <input type="text" class="console__query" ref={hand.0.query.clone()}
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
