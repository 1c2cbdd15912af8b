//! What the marks of the picture mean.

use crate::text::Legend;
use yew::prelude::*;

/// The legend.
pub fn view_legend(text: &Legend) -> Html {
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
