//! Inside of another page: what that page says is followed, and the way out of it is shown.
//!
//! What is left out there is left out by style sheets, after attributes that `boot.js` reads from
//! the address. `embedded.js` talks with the page around.

use super::autosave::clock_of;
use super::links::LINKS;
use super::listener::Listener;
use super::once::{use_kept, use_once};
use super::opening::Opening;
use super::page;
use super::session::Session;
use super::stage::Controls;
use super::store::Action;
use super::theme::Theme;
use crate::text::Language;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, HtmlAnchorElement};
use yew::prelude::*;

/// Whether somebody could see the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It is in view, or nobody says that it is not.
    Seen,
    /// It was scrolled out of view.
    Unseen,
}

/// Follows what the page around says: whether this one is in view, and which theme and language it
/// has itself.
#[hook]
pub fn use_host(on_action: &Callback<Action>) -> Sight {
    let sight = use_kept(|| Sight::Seen);
    let (setter, on_action) = (sight.clone(), on_action.clone());
    use_once(|| {
        Listener::on(&page::document(), "shardlab-host", move |event| {
            let detail = event.unchecked_into::<CustomEvent>().detail().as_string();
            let said = detail.unwrap_or_default();
            let theme = said.strip_prefix("theme:");
            let language = said.strip_prefix("lang:").and_then(Language::of_tag);
            if let Some(name) = theme {
                let theme = Theme::ALL.into_iter().find(|theme| theme.name() == name);
                on_action.emit(Action::Dress(theme.unwrap_or_default()));
            } else if let Some(language) = language {
                on_action.emit(Action::Speak(language));
            } else {
                setter.set(if said == "unseen" { Sight::Unseen } else { Sight::Seen });
            }
        })
    });
    sight.get()
}

/// The way out, seen only inside of another page: begin once more, or go on in a page of its own.
pub fn view_embed(
    language: Language,
    session: &Rc<RefCell<Session>>,
    controls: Controls,
    opening: &Opening,
) -> Html {
    let text = &language.text().share;
    let address = format!("{}?lang={}", page::address(), language.tag());
    // The browser follows the address that stands there when the click has been told.
    let onclick = Callback::from({
        let (session, address) = (Rc::clone(session), address.clone());
        move |event: MouseEvent| {
            let Some(links) = LINKS.get() else { return };
            let link = (links.plain)(&session.borrow(), clock_of(controls.clock), controls.speed);
            // Yew listens at its root, so the current target is that. The link holds only text.
            if let Some(anchor) = event.target_dyn_into::<HtmlAnchorElement>() {
                anchor.set_href(&format!("{address}#{link}"));
            }
        }
    });
    html! {
        <footer class="embed">
            <button type="button" onclick={opening.on_retry.reform(|_| ())}>{ text.reset }</button>
            <a href={address} target="_blank" rel="noopener" {onclick}>{ text.open }</a>
        </footer>
    }
}
