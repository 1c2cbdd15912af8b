//! The gallery: the scenarios to choose from, each a link that begins anew with its lines.

use super::fetch::{self, Unfetched};
use super::lazy::view_lazy;
use super::once::{use_change, use_kept};
use super::page;
use super::scenario::{GALLERY, Scenario};
use crate::text::Language;
use std::rc::Rc;
use yew::prelude::*;

/// A scenario's name, and its file as far as it was fetched.
type Entry = (&'static str, Result<Scenario, Unfetched>);

/// What the gallery is told.
#[derive(Clone, PartialEq, Properties)]
pub struct GalleryProps {
    /// The language of its words.
    pub language: Language,
}

shardlab::chunk! {
    /// The list, fetched when it is first opened.
    static LIST(gallery): fn(GalleryProps) -> Html = |props| html! { <List ..props /> };
}

/// The gallery: a button that opens the list.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let language = props.language;
    let text = &language.text().gallery;
    let was_opened = use_kept(|| false);
    let ontoggle = Callback::from({
        let setter = was_opened.clone();
        move |_: Event| setter.set(true)
    });
    html! {
        <details class="gallery" {ontoggle}>
            <summary class="gallery__open">{ text.open }</summary>
            <div class="gallery__panel">
                <p class="gallery__note">{ text.note }</p>
                if was_opened.get() {
                    { view_lazy(language, &LIST, GalleryProps { language }) }
                }
            </div>
        </details>
    }
}

/// The list. Its files are fetched with it.
#[component]
fn List(props: &GalleryProps) -> Html {
    let entries = use_state(|| None::<Rc<[Entry]>>);
    use_change([0, 0], {
        let setter = entries.setter();
        Box::new(move || {
            yew::platform::spawn_local(async move { setter.set(Some(fetched().await)) });
        })
    });
    html! {
        <ol class="gallery__list">
            { for entries.iter().flat_map(|all| all.iter()).map(|one| view(one, props.language)) }
        </ol>
    }
}

fn view((name, scenario): &Entry, language: Language) -> Html {
    let place = Language::ALL.iter().position(|known| *known == language).unwrap_or(0);
    match scenario {
        Ok(scenario) => {
            let mut words = scenario.words[place].iter().cloned();
            html! {
                <li>
                    <a class="gallery__link" href={page::address_of_scenario(name)}>
                        { words.next() }
                    </a>
                    <p>{ for words }</p>
                </li>
            }
        }
        Err(Unfetched { file, reason, .. }) => {
            html! { <li>{ (language.text().failure.fetch)(file, reason) }</li> }
        }
    }
}

async fn fetched() -> Rc<[Entry]> {
    let mut entries = Vec::new();
    for name in GALLERY {
        let text = fetch::text(&format!("scenarios/{name}.txt")).await;
        entries.push((name, text.map(|text| Scenario::parse(&text))));
    }
    entries.into()
}
