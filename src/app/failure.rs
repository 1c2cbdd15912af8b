//! What went wrong while the visit began, and what to do about it.

use super::opening::{Opening, State};
use crate::text::Language;
use yew::prelude::*;

/// What a failure shows.
#[derive(PartialEq, Properties)]
pub struct FailureProps {
    /// The language of its words.
    pub language: Language,
    /// How the beginning went.
    pub opening: Opening,
}

/// A failure; nothing if there is none.
#[component]
pub fn Failure(props: &FailureProps) -> Html {
    let text = &props.language.text().failure;
    let State::Failed(unfetched) = &props.opening.state else { return Html::default() };
    html! {
        <div class="failure" role="alert">
            <p class="failure__what">{ (text.fetch)(&unfetched.file, &unfetched.reason) }</p>
            <p>{ text.advice }</p>
            <button type="button" onclick={props.opening.on_retry.reform(|_| ())}>
                { text.retry }
            </button>
        </div>
    }
}
