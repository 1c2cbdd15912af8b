//! What the visitor hands to the data lab, wherever on the page that happens.

use super::once::{use_kept, use_once};
use super::panel::Panel;
use super::store::{Action, Store};
use crate::text::Language;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// Files that come from elsewhere on the page, one at least.
#[derive(Clone, Debug)]
pub enum Handed {
    /// They are opened, one at a time.
    Open(Rc<[File]>),
    /// They are too large for anything else: the visitor is asked.
    Offer(Rc<[File]>),
}

/// What the data lab is given, whether it is seen or not.
#[derive(Clone)]
pub struct Handing {
    /// How often files were handed over, and the last ones.
    pub last: (u32, Rc<[File]>),
    /// What the lab keeps while another panel is seen. Its type is the lab's own affair, whose code
    /// is a chunk.
    pub kept: Kept,
    offer: Option<Rc<[File]>>,
    on_hand: Callback<Option<Handed>>,
}

/// What the lab keeps.
pub type Kept = Rc<RefCell<Option<Rc<dyn Any>>>>;

/// Another file, or another offer.
impl PartialEq for Handing {
    fn eq(&self, other: &Self) -> bool {
        (self.last.0, &self.offer) == (other.last.0, &other.offer)
    }
}

impl Handing {
    /// Takes what is handed over.
    pub fn on_data(&self) -> Callback<Handed> {
        self.on_hand.reform(Some)
    }
}

/// Takes files for the data lab and opens it.
#[hook]
pub fn use_handing(store: &UseReducerHandle<Store>) -> Handing {
    let last = use_kept(|| (0, Rc::default()));
    let offer = use_kept(|| None);
    let kept = use_once(|| RefCell::new(None));
    // Whoever listens for files does so from the beginning to the end of the page.
    let on_hand = use_once(|| {
        let count = Cell::new(0_u32);
        let (last, offer, dispatch) = (last.clone(), offer.clone(), store.dispatcher());
        Callback::from(move |handed| match handed {
            Some(Handed::Open(files)) => {
                count.set(count.get() + 1);
                last.set((count.get(), files));
                offer.set(None);
                dispatch.dispatch(Action::Open(Panel::Data));
            }
            Some(Handed::Offer(files)) => offer.set(Some(files)),
            None => offer.set(None),
        })
    });
    Handing { last: last.get(), kept, offer: offer.get(), on_hand: (*on_hand).clone() }
}

/// Asks whether large files are to be surveyed.
pub fn view_offer(language: Language, handing: &Handing) -> Html {
    let Some(files) = &handing.offer else { return Html::default() };
    let names: Vec<String> = files.iter().map(File::name).collect();
    let text = language.text();
    let open = {
        let files = Rc::clone(files);
        handing.on_hand.reform(move |_: MouseEvent| Some(Handed::Open(Rc::clone(&files))))
    };
    html! {
        <div class="failure" role="status">
            <p class="failure__what">{ names.join(", ") }</p>
            <p>{ text.console.survey }</p>
            <p class="failure__choices">
                <button type="button" onclick={open}>{ text.console.survey_yes }</button>
                <button type="button" onclick={handing.on_hand.reform(|_: MouseEvent| None)}>
                    { text.share.hide }
                </button>
            </p>
        </div>
    }
}
