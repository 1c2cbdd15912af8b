//! What lies over the picture for whoever has no pointer: an outline that goes from shard to shard.
//!
//! Tab comes to it once; arrow keys, page keys, Home and End go on from there; Enter looks closer.

use super::once::use_kept;
use super::store::Action;
use shardlab::scene::spots::Spot;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What can have the focus.
#[derive(Clone, PartialEq, Properties)]
pub struct SpotsProps {
    /// Names all of it.
    pub label: &'static str,
    /// From top to bottom.
    pub spots: Rc<[Spot]>,
    /// Looks closer.
    pub on_action: Callback<Action>,
}

/// The outlines, one of which can be seen at a time.
#[component]
pub fn Spots(props: &SpotsProps) -> Html {
    let (at, group) = (use_kept(|| 0_u32), use_node_ref());
    let last = u32::try_from(props.spots.len()).unwrap_or(0).saturating_sub(1);
    let here = at.get().min(last);
    let onkeydown = Callback::from({
        let (setter, group) = (at.clone(), group.clone());
        move |event: KeyboardEvent| {
            let Some(to) = sought(&event.key(), here, last) else { return };
            event.prevent_default();
            setter.set(to);
            let there = group.cast::<HtmlElement>().and_then(|group| group.children().item(to));
            if let Some(there) = there.and_then(|there| there.dyn_into::<HtmlElement>().ok()) {
                // What cannot be focused leaves the focus where it is.
                let _ = there.focus();
            }
        }
    });
    let spot = |(place, spot): (u32, &Spot)| {
        let subject = spot.subject;
        let is_low = spot.height < LOW;
        let class = if is_low { "stage__spot stage__spot--low" } else { "stage__spot" };
        html! {
            <button type="button" {class}
                aria-label={spot.name.clone()}
                tabindex={if place == here { "0" } else { "-1" }}
                style={format!("top:{}px;height:{}px", spot.top, spot.height)}
                onclick={props.on_action.reform(move |_| Action::Choose(subject))} />
        }
    };
    html! {
        <div class="stage__spots" ref={group} role="group" aria-label={props.label} {onkeydown}>
            { for (0..).zip(props.spots.iter()).map(spot) }
        </div>
    }
}

/// What is lower than so many pixels would be hidden by an outline inside of it.
const LOW: i32 = 16;
/// How many spots a page is.
const PAGE: u32 = 16;

/// Where a key leads.
fn sought(key: &str, here: u32, last: u32) -> Option<u32> {
    match key {
        "ArrowDown" | "ArrowRight" => Some((here + 1).min(last)),
        "ArrowUp" | "ArrowLeft" => Some(here.saturating_sub(1)),
        "PageDown" => Some((here + PAGE).min(last)),
        "PageUp" => Some(here.saturating_sub(PAGE)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_stop_at_the_ends() {
        assert_eq!(sought("ArrowUp", 0, 3), Some(0));
        assert_eq!(sought("ArrowDown", 3, 3), Some(3));
        assert_eq!(sought("PageDown", 1, 3), Some(3));
        assert_eq!(sought("PageUp", 40, 99), Some(24));
        assert_eq!(sought("End", 1, 3), Some(3));
        assert_eq!(sought("a", 1, 3), None);
    }
}
