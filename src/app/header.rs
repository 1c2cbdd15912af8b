//! The head of the page: what it is, and in which language and theme.

use super::gallery::Gallery;
use super::still::view_still;
use super::store::Action;
use super::theme::Theme;
use crate::text::Language;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The head of the page, with the language and theme that are chosen.
pub fn view_header(language: Language, theme: Theme, on_action: &Callback<Action>) -> Html {
    let on_action = on_action.clone();
    view_still([language as u64, theme as u64], move || view_head(language, theme, &on_action))
}

fn view_head(language: Language, theme: Theme, on_action: &Callback<Action>) -> Html {
    let text = &language.text().header;
    let on_language = on_action.reform(|place: usize| {
        Action::Speak(Language::ALL.get(place).copied().unwrap_or_default())
    });
    let on_theme = on_action
        .reform(|place: usize| Action::Dress(Theme::ALL.get(place).copied().unwrap_or_default()));
    let languages = Language::ALL.map(|offered| (offered.text().name, offered == language));
    let themes = [
        (text.theme_system, theme == Theme::System),
        (text.theme_light, theme == Theme::Light),
        (text.theme_dark, theme == Theme::Dark),
    ];
    html! {
        <header class="header">
            <h1 class="header__name">{ "Shardlab" }</h1>
            <p class="header__claim">{ text.claim }</p>
            <Gallery {language} />
            { view_choice(text.language, &languages, &on_language) }
            { view_choice(text.theme, &themes, &on_theme) }
        </header>
    }
}

fn view_choice(
    label: &'static str,
    names: &[(&'static str, bool)],
    on_choice: &Callback<usize>,
) -> Html {
    let onchange = on_choice.reform(|event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        target.and_then(|select| usize::try_from(select.selected_index()).ok()).unwrap_or(0)
    });
    let options = names.iter().map(|(name, selected)| {
        html! { <option selected={*selected}>{ *name }</option> }
    });
    html! {
        <label class="header__choice">
            <span class="hidden">{ label }</span>
            <select {onchange}>{ for options }</select>
        </label>
    }
}
