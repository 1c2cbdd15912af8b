//! Play, pause, step and speed, and the way through the whole run.

pub mod travel;

use super::session::run::Run;
use super::session::travel::Travel;
use super::speed::Speed;
use super::still::view_still;
use super::store::Action;
use crate::text::Language;
use travel::{view_scrubber, view_travel};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the player shows.
pub struct Player<'a> {
    /// The language of its words.
    pub language: Language,
    /// Whether time passes.
    pub is_playing: bool,
    /// How fast it should pass.
    pub speed: Speed,
    /// The date and time.
    pub time: &'a str,
    /// The whole run.
    pub run: &'a Run,
    /// Whether something is looked for ahead.
    pub is_looking_ahead: bool,
    /// What the viewer chooses.
    pub on_action: &'a Callback<Action>,
    /// Where the viewer wants to go.
    pub on_travel: &'a Callback<Travel>,
}

/// What the player's buttons show.
struct Buttons {
    language: Language,
    is_playing: bool,
    speed: Speed,
    on_action: Callback<Action>,
    on_travel: Callback<Travel>,
}

/// The player's buttons.
pub fn view_player(player: &Player) -> Html {
    let Player { language, is_playing, speed, .. } = *player;
    let (on_action, on_travel) = (player.on_action.clone(), player.on_travel.clone());
    let buttons = Buttons { language, is_playing, speed, on_action, on_travel };
    let pace = u64::from(speed.simulated) << 32 | u64::from(speed.viewed);
    view_still([pace, (language as u64) << 1 | u64::from(is_playing)], move || {
        view_buttons(&buttons)
    })
}

fn view_buttons(player: &Buttons) -> Html {
    let text = &player.language.text().player;
    let label = if player.is_playing { text.pause } else { text.play };
    html! {
        <div class="player" role="group" aria-label={text.label}>
            <button type="button" class="player__back" title={text.back_hint}
                onclick={player.on_travel.reform(|_| Travel::Back)}>
                { text.back }
            </button>
            <button type="button" class="player__toggle"
                data-playing={player.is_playing.to_string()}
                onclick={player.on_action.reform(|_| Action::Toggle)}>
                <span class="player__icon" aria-hidden="true" />
                { label }
            </button>
            <button type="button" class="player__step" title={text.step_hint}
                onclick={player.on_travel.reform(|_| Travel::Step)}>
                { text.step }
            </button>
            { view_speed(player, text.speed) }
        </div>
    }
}

/// The way through the run.
pub fn view_way(player: &Player) -> Html {
    html! {
        <div class="player__way">
            { view_scrubber(player) }
            { view_travel(player) }
        </div>
    }
}

fn view_speed(player: &Buttons, label: &'static str) -> Html {
    let speed = player.speed.to_string();
    let oninput = player.on_action.reform(|event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let place = input.and_then(|input| input.value().parse().ok()).unwrap_or(0);
        Action::Pace(Speed::stop(place))
    });
    html! {
        <label class="player__speed">
            <span>{ label }</span>
            <input type="range" min="0" max={(Speed::STOPS.len() - 1).to_string()} step="1"
                value={player.speed.place().to_string()} aria-valuetext={speed.clone()} {oninput} />
            <output class="player__value">{ speed }</output>
        </label>
    }
}
