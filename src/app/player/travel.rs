//! Travel through the run as the player offers it: the scrubber, the skips and the branches.

use super::Player;
use crate::app::session::course::{Sign, UNITS};
use crate::app::session::run::Run;
use crate::app::session::travel::Travel;
use crate::text;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Kinds of marks, in the order of [`Run::paths`].
const KINDS: [&str; 5] = ["line", "refusal", "reshard", "expiry", "loss"];
/// The least that an arrow key moves, in milliseconds.
const ARROW_MIN_MILLIS: u64 = 1_000;

/// The scrubber over the whole run, with its marks.
pub fn view_scrubber(player: &Player) -> Html {
    let (run, text) = (player.run, &player.language.text().player);
    let oninput = player.on_travel.reform(|event: InputEvent| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        Travel::Seek(input.value().parse().unwrap_or(0))
    });
    let onkeydown = Callback::from({
        let on_travel = player.on_travel.clone();
        let (position, total) = (run.position_millis, run.total_millis);
        move |event: KeyboardEvent| {
            if let Some(to) = sought(&event.key(), position, total) {
                event.prevent_default();
                on_travel.emit(Travel::Seek(to));
            }
        }
    });
    let mark = |(place, path): (usize, &String)| {
        let row = format!("translate(0 {place})");
        html! {
            <path class="player__mark" data-kind={KINDS[place]} d={path.clone()} transform={row} />
        }
    };
    html! {
        <div class="player__run">
            <svg class="player__marks" viewBox={format!("0 0 {UNITS} {}", KINDS.len())}
                preserveAspectRatio="none" aria-hidden="true">
                { for run.paths.iter().enumerate().map(mark) }
            </svg>
            <input type="range" class="player__scrubber" aria-label={text.scrubber}
                aria-valuetext={player.time.to_owned()} min="0" step="1"
                max={run.total_millis.max(1).to_string()}
                value={run.position_millis.to_string()} {oninput} {onkeydown} />
        </div>
    }
}

/// The skips and the branches.
pub fn view_travel(player: &Player) -> Html {
    let text = &player.language.text().player;
    let skips = [
        (text.refusal, Sign::Refusal),
        (text.expiry, Sign::Expiry),
        (text.status_change, Sign::Status),
    ];
    html! {
        <div class="player__travel">
            <div class="player__skips" role="group" aria-label={text.skip}>
                <span aria-hidden="true">{ text.skip }</span>
                { for skips.into_iter().map(|(name, sign)| html! {
                    <button type="button"
                        onclick={player.on_travel.reform(move |_| Travel::Skip(sign))}>
                        { name }
                    </button>
                }) }
                if player.is_looking_ahead {
                    <button type="button" class="player__stay"
                        onclick={player.on_travel.reform(|_| Travel::Stay)}>
                        { text.stop }
                    </button>
                }
            </div>
            <p class="player__legend" aria-hidden="true">
                { for KINDS.iter().zip(text.marks).map(|(kind, name)| html! {
                    <span class="player__sample" data-kind={*kind}>{ name }</span>
                }) }
            </p>
            { view_branches(player.run, player.on_travel, text) }
        </div>
    }
}

fn view_branches(run: &Run, on_travel: &Callback<Travel>, text: &text::Player) -> Html {
    let on_switch = on_travel.reform(|event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let place = select.map_or(0, |select| select.selected_index());
        Travel::Switch(usize::try_from(place).unwrap_or(0))
    });
    let on_rename = on_travel.reform(|event: Event| {
        Travel::Rename(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let name = run.branches.get(run.branch).map(ToString::to_string).unwrap_or_default();
    html! {
        <div class="player__branches" role="group" aria-label={text.branches}>
            if run.branches.len() > 1 {
                <select aria-label={text.branches} onchange={on_switch}>
                    { for run.branches.iter().enumerate().map(|(place, name)| html! {
                        <option selected={place == run.branch}>{ name.to_string() }</option>
                    }) }
                </select>
                <input type="text" class="player__name" aria-label={text.branch_name}
                    title={text.branch_name} value={name} maxlength="40" onchange={on_rename} />
            }
            <button type="button" title={text.branch_hint}
                onclick={on_travel.reform(|_| Travel::Branch)}>
                { text.branch }
            </button>
        </div>
    }
}

/// Where a key leads from a position, all in milliseconds.
fn sought(key: &str, position: u64, total: u64) -> Option<u64> {
    let near = (total / 100).max(ARROW_MIN_MILLIS);
    let to = match key {
        "ArrowLeft" | "ArrowDown" => position.saturating_sub(near),
        "ArrowRight" | "ArrowUp" => position + near,
        "PageDown" => position.saturating_sub(near * 10),
        "PageUp" => position + near * 10,
        "Home" => 0,
        "End" => total,
        _ => return None,
    };
    Some(to.min(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_through_runs_of_any_length() {
        let hour = 3_600_000;
        assert_eq!(sought("ArrowLeft", hour, hour), Some(3_564_000));
        assert_eq!(sought("ArrowRight", 5_000, 10_000), Some(6_000));
        assert_eq!(sought("PageUp", 5_000, 10_000), Some(10_000));
        assert_eq!(sought("Home", 5_000, 10_000), Some(0));
        assert_eq!(sought("a", 5_000, 10_000), None);
    }
}
