//! What went wrong while the visit began, and what to do about it.

use super::opening::{Opening, State};
use crate::text::Language;
use yew::prelude::*;

/// A failure; nothing if there is none.
pub fn view_failure(language: Language, opening: &Opening) -> Html {
    let text = &language.text().failure;
    let State::Failed(unfetched) = &opening.state else { return Html::default() };
    html! {
        <div class="failure" role="alert">
            <p class="failure__what">{ (text.fetch)(&unfetched.file, &unfetched.reason) }</p>
            <p>{ text.advice }</p>
            <button type="button" onclick={opening.on_retry.reform(|_| ())}>
                { text.retry }
            </button>
        </div>
    }
}
