//! What the marks of the picture mean.

use super::still::view_still;
use crate::text::{Language, Legend};
use yew::prelude::*;

/// The legend.
pub fn view_legend(language: Language) -> Html {
    view_still([language as u64, 0], move || view_marks(&language.text().stage.legend))
}

fn view_marks(text: &Legend) -> Html {
    let marks = [
        ("records", text.records),
        ("height", text.height),
        ("refused", text.refused),
        ("fading", text.fading),
        ("shared", text.shared),
        ("enhanced", text.enhanced),
        ("locked", text.locked),
        ("twice", text.twice),
        ("hatched", text.hatched),
    ];
    let items = marks.map(|(mark, words)| {
        html! {
            <li class="legend__item">
                <span class="legend__mark" data-mark={mark} aria-hidden="true" />
                { words }
            </li>
        }
    });
    html! { <ul class="legend" tabindex="0" aria-label={text.label}>{ for items }</ul> }
}
