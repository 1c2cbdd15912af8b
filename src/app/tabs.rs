//! The tabs that choose which panel is seen, and the place where it is seen.

use super::page;
use super::panel::Panel;
use super::still::view_still;
use super::store::Action;
use crate::text::Language;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The tabs: Tab enters and leaves them, arrow keys, Home and End choose.
pub fn view_tabs(language: Language, open: Panel, on_action: &Callback<Action>) -> Html {
    let on_action = on_action.clone();
    view_still([language as u64, open as u64], move || view_all_tabs(language, open, &on_action))
}

fn view_all_tabs(language: Language, open: Panel, on_action: &Callback<Action>) -> Html {
    let text = &language.text().panel;
    let onkeydown = Callback::from({
        let on_action = on_action.clone();
        move |event: KeyboardEvent| {
            if let Some(panel) = chosen_by(&event.key(), open) {
                event.prevent_default();
                on_action.emit(Action::Open(panel));
                focus_tab(panel);
            }
        }
    });
    let tab = |(panel, name): (Panel, &'static str)| {
        let is_open = panel == open;
        html! {
            <button type="button" role="tab" class="panel__tab" id={panel.tab_id()}
                aria-controls={is_open.then(|| panel.id())} aria-selected={is_open.to_string()}
                tabindex={if is_open { "0" } else { "-1" }}
                onclick={on_action.reform(move |_| Action::Open(panel))}>
                { name }
            </button>
        }
    };
    html! {
        <div class="panel__tabs" role="tablist" aria-label={text.label} {onkeydown}>
            { for Panel::ALL.into_iter().zip(text.names).map(tab) }
        </div>
    }
}

/// A panel's content where it belongs. The console keeps what is typed in it while it is not seen.
pub fn view_panel(panel: Panel, open: Panel, content: Html) -> Html {
    let is_open = panel == open;
    html! {
        if is_open || panel == Panel::Console {
            <div key={panel.name()} class="panel" role="tabpanel" id={panel.id()}
                aria-labelledby={panel.tab_id()} hidden={!is_open}
                tabindex={(panel != Panel::Console).then_some("0")}>
                { content }
            </div>
        }
    }
}

/// The panel that a key goes to from the one that is open.
fn chosen_by(key: &str, open: Panel) -> Option<Panel> {
    let all = Panel::ALL;
    let at = all.iter().position(|panel| *panel == open)?;
    let to = match key {
        "ArrowRight" => (at + 1) % all.len(),
        "ArrowLeft" => (at + all.len() - 1) % all.len(),
        "Home" => 0,
        "End" => all.len() - 1,
        _ => return None,
    };
    Some(all[to])
}

/// Gives the tab of a panel the focus.
pub fn focus_tab(panel: Panel) {
    let element = page::document().get_element_by_id(&panel.tab_id());
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused keeps the focus where it is.
        let _ = element.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_around() {
        let last = Panel::ALL[Panel::ALL.len() - 1];
        assert_eq!(chosen_by("ArrowLeft", Panel::Console), Some(last));
        assert_eq!(chosen_by("ArrowRight", last), Some(Panel::Console));
        assert_eq!(chosen_by("End", Panel::Console), Some(last));
        assert_eq!(chosen_by("a", last), None);
    }
}
