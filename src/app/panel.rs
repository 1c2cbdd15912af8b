//! The panels beside the picture: one is seen at a time, and tabs choose it.
//!
//! A panel is a component that is given the session and a `pulse`. When the pulse changes it looks
//! at the world again and shows what it finds; it keeps nothing of the world itself. Panels other
//! than the console are mounted only while they are seen, so a panel that is not costs nothing.

use super::page;
use super::still::view_still;
use super::store::Action;
use crate::text::Language;
use shardlab::insight::subject::Subject;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What stands beside the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// Lines and answers.
    #[default]
    Console,
    /// Controls that enter lines.
    Steer,
    /// CloudWatch's metrics, and the seconds behind them.
    Charts,
    /// What there is to know about a shard, a record, a producer, a consumer.
    Inspector,
    /// Shards, consumers and events as tables.
    Tables,
    /// Why a shard refused, and what helps.
    Receipt,
    /// What the stream costs.
    Cost,
    /// Two branches beside each other.
    Compare,
    /// A file of the visitor's own, and the stream that it needs.
    Data,
    /// Links, files, and snippets for other pages.
    Share,
    /// Keys, and the words of Kinesis.
    Help,
}

impl Panel {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 11] = [
        Self::Console,
        Self::Steer,
        Self::Charts,
        Self::Inspector,
        Self::Tables,
        Self::Receipt,
        Self::Cost,
        Self::Compare,
        Self::Data,
        Self::Share,
        Self::Help,
    ];

    /// Its name in the address and in the ids of its elements.
    pub fn name(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Steer => "steer",
            Self::Charts => "charts",
            Self::Inspector => "inspector",
            Self::Tables => "tables",
            Self::Receipt => "receipt",
            Self::Cost => "cost",
            Self::Compare => "compare",
            Self::Data => "data",
            Self::Share => "share",
            Self::Help => "help",
        }
    }

    /// The panel that tells about a subject.
    pub fn about(subject: Subject) -> Self {
        match subject {
            Subject::Refusal(_) => Self::Receipt,
            Subject::Stream(_)
            | Subject::Shard(..)
            | Subject::Record { .. }
            | Subject::Client(_) => Self::Inspector,
        }
    }

    fn tab_id(self) -> String {
        format!("tab-{}", self.name())
    }

    /// The id of its element.
    pub fn id(self) -> String {
        format!("panel-{}", self.name())
    }
}

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
    fn the_page_s_first_script_knows_every_name() {
        let names: Vec<&str> =
            ["picture", "totals"].into_iter().chain(Panel::ALL.map(Panel::name)).collect();
        let script = include_str!("../../www/boot.js");
        assert!(script.contains(&format!("const VIEWS = \"{}\"", names.join(" "))), "{names:?}");
    }

    #[test]
    fn arrow_keys_go_around() {
        let last = Panel::ALL[Panel::ALL.len() - 1];
        assert_eq!(chosen_by("ArrowLeft", Panel::Console), Some(last));
        assert_eq!(chosen_by("ArrowRight", last), Some(Panel::Console));
        assert_eq!(chosen_by("End", Panel::Console), Some(last));
        assert_eq!(chosen_by("a", last), None);
    }
}
