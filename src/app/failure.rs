//! What went wrong, and what to do about it.

use super::opening::Opening;
use super::opening::state::State;
use super::room::{ANNOUNCED, CEILING, Room};
use crate::text::Language;
use shardlab::scene::words::grouped;
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

/// That memory is short; nothing while it is not.
pub fn view_room(language: Language, room: Room) -> Html {
    let text = &language.text().failure;
    let what = match room {
        Room::Plenty => return Html::default(),
        Room::Little => (text.little_room)(&grouped(ANNOUNCED), &grouped(CEILING)),
        Room::None => (text.no_room)(&grouped(CEILING)),
    };
    html! {
        <div class="failure" role="alert">
            <p class="failure__what">{ what }</p>
            <p>{ text.room_advice }</p>
        </div>
    }
}
