//! What the marks of the picture mean.

use crate::text::Language;
use yew::prelude::*;

/// What the legend shows.
#[derive(PartialEq, Properties)]
pub struct LegendProps {
    /// The language of its words.
    pub language: Language,
}

/// The legend.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let text = &props.language.text().stage.legend;
    let marks = [
        ("records", text.records),
        ("height", text.height),
        ("refused", text.refused),
        ("shared", text.shared),
        ("enhanced", text.enhanced),
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
    html! { <ul class="legend">{ for items }</ul> }
}
