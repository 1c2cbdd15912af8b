//! The field to type in. What its keys do, its list of candidates and its search come with
//! [`Hands`], which are fetched when the field gets the focus; what is entered before they are here
//! waits for them.

use super::completion::Completion;
use super::edit::Field;
use super::hand::HAND;
use super::hands::{Hands, Offer, POPUP_ID, Tools};
use crate::app::once::{use_change, use_once};
use crate::text::Language;
use shardlab::scene::words::grouped;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The field to type in, for whoever wants to focus it.
pub const PROMPT_ID: &str = "console-prompt";

/// What the prompt is given; the callbacks stay the same for ever.
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

/// What waits for hands, and then the hands.
struct Grip {
    tools: Tools,
    hands: RefCell<Option<Rc<dyn Hands>>>,
    is_loading: Cell<bool>,
    /// Texts that were entered without hands.
    waiting: RefCell<Vec<String>>,
}

/// The prompt. What is typed lives in the field alone, so that typing draws nothing anew.
#[component]
pub fn Prompt(props: &PromptProps) -> Html {
    let text = &props.language.text().console;
    let (field, update) = (use_node_ref(), use_force_update());
    let grip = use_once(|| {
        let tools = Tools {
            field: field.clone(),
            update,
            on_enter: props.on_enter.clone(),
            on_complete: props.on_complete.clone(),
            on_clear: props.on_clear.clone(),
            on_interrupt: props.on_interrupt.clone(),
        };
        Grip::on(tools)
    });
    let offer = grip.hands().map_or_else(Offer::default, |hands| hands.offer(text));
    use_change(offer.key, {
        let grip = Rc::clone(&grip);
        Box::new(move || {
            if let Some(hands) = grip.hands() {
                hands.drawn();
            }
        })
    });
    html! {
        <form class="console__form" onsubmit={grip.listen(Grip::submitted)}
            onfocusin={grip.listen(|grip, _| grip.load())}>
            { offer.view }
            <span class="console__sign" aria-hidden="true">{ "$" }</span>
            <textarea id={PROMPT_ID} class="console__prompt" ref={field} rows="1"
                aria-label={text.prompt} placeholder={text.placeholder}
                aria-autocomplete="list" aria-haspopup="listbox"
                aria-controls={offer.candidates.map(|_| POPUP_ID)}
                aria-activedescendant={offer.chosen}
                oninput={grip.listen(Grip::typed)} onkeydown={grip.listen(Grip::pressed)}
                onpaste={grip.listen(Grip::pasted)} onblur={grip.listen(Grip::left)}
                autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="send" />
            <button type="submit" class="console__enter">{ text.enter }</button>
            <span class="hidden" role="status">
                if let Some(count) = offer.candidates {
                    { (text.candidates)(&grouped(count)) }
                }
            </span>
        </form>
    }
}

impl Grip {
    fn on(tools: Tools) -> Self {
        let hands = HAND.get().map(|make| make(tools.clone()));
        Self {
            tools,
            hands: RefCell::new(hands),
            is_loading: Cell::new(false),
            waiting: RefCell::default(),
        }
    }

    fn hands(&self) -> Option<Rc<dyn Hands>> {
        self.hands.borrow().clone()
    }

    /// A listener.
    fn listen<E: 'static>(self: &Rc<Self>, listen: fn(&Rc<Self>, &E)) -> Callback<E> {
        let grip = Rc::clone(self);
        Callback::from(move |event| listen(&grip, &event))
    }

    fn typed(self: &Rc<Self>, _: &InputEvent) {
        if let Some(hands) = self.hands() {
            hands.typed();
        }
    }

    fn pressed(self: &Rc<Self>, event: &KeyboardEvent) {
        if let Some(hands) = self.hands() {
            hands.pressed(event);
        } else if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            self.wait();
        }
    }

    fn pasted(self: &Rc<Self>, event: &Event) {
        if let Some(hands) = self.hands() {
            hands.pasted(event);
        }
    }

    fn submitted(self: &Rc<Self>, event: &SubmitEvent) {
        event.prevent_default();
        match self.hands() {
            Some(hands) => hands.submitted(),
            None => self.wait(),
        }
    }

    fn left(self: &Rc<Self>, _: &FocusEvent) {
        if let Some(hands) = self.hands() {
            hands.left();
        }
    }

    /// Takes what was entered out of the field, for the hands to come.
    fn wait(self: &Rc<Self>) {
        if let Some(area) = self.tools.field.cast::<HtmlTextAreaElement>() {
            self.waiting.borrow_mut().push(area.value());
            area.set_value("");
        }
        self.load();
    }

    /// Fetches hands, unless they are here or on their way. Where they cannot be had, a text is
    /// entered as one line, as most are.
    fn load(self: &Rc<Self>) {
        if self.hands().is_some() || self.is_loading.replace(true) {
            return;
        }
        let grip = Rc::clone(self);
        yew::platform::spawn_local(async move {
            let hands = HAND.load().await.ok().map(|make| make(grip.tools.clone()));
            grip.is_loading.set(false);
            grip.hands.replace(hands.clone());
            for text in grip.waiting.take() {
                match &hands {
                    Some(hands) => hands.catch_up(&text),
                    None => grip.tools.on_enter.emit(vec![text]),
                }
            }
            if let Some(hands) = hands {
                hands.typed();
            }
        });
    }
}
