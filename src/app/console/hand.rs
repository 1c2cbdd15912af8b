//! Carries out in the browser's field what the typist decides.

use super::completion::Completion;
use super::edit::Field;
use super::prompt::PromptProps;
use super::script;
use super::typist::{Deed, Press, Typist, With};
use crate::app::page;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlDocument, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What the prompt's listeners share.
#[derive(Clone)]
pub struct Hand {
    /// Who decides.
    pub typist: Rc<RefCell<Typist>>,
    field: NodeRef,
    update: UseForceUpdateHandle,
    on_enter: Callback<Vec<String>>,
    on_complete: Callback<Field, Completion>,
    on_clear: Callback<()>,
    on_interrupt: Callback<()>,
}

/// The most lines that the field shows; beyond, it scrolls.
const ROWS_MAX: usize = 12;

/// A hand for the field of a prompt.
#[hook]
pub fn use_hand(props: &PromptProps, field: &NodeRef) -> Hand {
    Hand {
        typist: use_mut_ref(Typist::default),
        field: field.clone(),
        update: use_force_update(),
        on_enter: props.on_enter.clone(),
        on_complete: props.on_complete.clone(),
        on_clear: props.on_clear.clone(),
        on_interrupt: props.on_interrupt.clone(),
    }
}

impl Hand {
    /// A listener that uses this hand.
    pub fn on<E: 'static>(&self, listen: fn(&Self, &E)) -> Callback<E> {
        let hand = self.clone();
        Callback::from(move |event| listen(&hand, &event))
    }

    /// The search gets the focus when it begins; it goes back to the field when the search ends.
    pub fn focus(&self, query: Option<&NodeRef>) {
        let target = query.unwrap_or(&self.field);
        if let Some(target) = target.cast::<web_sys::HtmlElement>() {
            // Where the focus cannot go, it stays.
            let _ = target.focus();
        }
    }

    /// The field was changed by whatever means.
    pub fn typed(&self, _: &InputEvent) {
        self.grow();
        let field = self.read();
        self.act(|typist, complete| {
            typist.typed(&field, complete);
            Deed::Stay
        });
    }

    /// A key is pressed in the field.
    pub fn pressed(&self, event: &KeyboardEvent) {
        // While a letter of Korean is being put together, its keys are not ours.
        if !event.is_composing() {
            let (key, field) = (event.key(), self.read());
            let press = Press { key: &key, with: with(event) };
            self.answer(event, |typist, complete| typist.press(press, &field, complete));
        }
    }

    /// A key is pressed in the search.
    pub fn pressed_in_search(&self, event: &KeyboardEvent) {
        if !event.is_composing() {
            let key = event.key();
            let press = Press { key: &key, with: with(event) };
            self.answer(event, |typist, _| typist.press_in_search(press));
        }
    }

    /// The search looks for something else.
    pub fn looked_for(&self, event: &InputEvent) {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        self.act(|typist, _| typist.look_for(&input.value()));
    }

    /// Something is pasted: prompts are not part of what was typed.
    pub fn pasted(&self, event: &Event) {
        let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let Some(text) = data.and_then(|data| data.get_data("text").ok()) else { return };
        let typed = script::unprompted(&text);
        if typed != text {
            event.prevent_default();
            let selected = self.read().selected;
            self.act(|_, _| Deed::Replace(selected, typed));
        }
    }

    /// The button beside the field.
    pub fn submitted(&self, event: &SubmitEvent) {
        event.prevent_default();
        let field = self.read();
        self.act(|typist, _| typist.submit(&field));
    }

    /// A candidate is pointed at.
    pub fn picked(&self, place: usize) {
        self.act(|typist, _| typist.pick(place));
    }

    /// The focus left the field: a list that nobody sees the use of goes.
    pub fn left(&self, _: &FocusEvent) {
        self.act(|typist, _| {
            typist.popup = None;
            Deed::Stay
        });
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
            let mut typist = self.typist.borrow_mut();
            let shown = (typist.popup.clone(), typist.search.clone());
            let deed = decide(&mut typist, &|field| self.on_complete.emit(field.clone()));
            if shown != (typist.popup.clone(), typist.search.clone()) {
                self.update.force_update();
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
                self.on_enter.emit(commands);
            }
            Deed::Clear => self.on_clear.emit(()),
            Deed::Interrupt => self.on_interrupt.emit(()),
        }
    }

    fn area(&self) -> Option<HtmlTextAreaElement> {
        self.field.cast()
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
