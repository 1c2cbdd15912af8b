//! The browser's page around the app: its window, its address, its language.

use crate::text::Language;
use std::time::Duration;
use web_sys::{
    Document, HtmlElement, MediaQueryList, PerformanceNavigation, UrlSearchParams, Window,
};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the page has a window")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The root element: the one with the language and the theme.
pub fn root() -> HtmlElement {
    use wasm_bindgen::JsCast;
    let root = document().document_element().expect("a document has a root");
    root.unchecked_into()
}

/// Milliseconds of the viewer's clock, for budgets of work only.
pub fn millis() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// A parameter of the page's address, such as `lang` of `?lang=ko`.
pub fn parameter(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The address of this page with another scenario; the language and theme it asks for stay.
pub fn address_of_scenario(name: &str) -> String {
    let search = window().location().search().unwrap_or_default();
    let kept = search.trim_start_matches('?').split('&');
    let kept = kept.filter(|part| !part.is_empty() && !part.starts_with("scenario="));
    kept.fold(format!("?scenario={name}"), |address, part| address + "&" + part)
}

/// Whether the page stands inside of another one, which asks for less of it.
pub fn is_embedded() -> bool {
    parameter("embed").is_some_and(|asked| asked != "0")
}

/// Whether the visitor came here by an address, rather than by a reload or by going back.
pub fn is_new_visit() -> bool {
    let navigation = window().performance().map(|performance| performance.navigation());
    navigation.is_none_or(|navigation| navigation.type_() == PerformanceNavigation::TYPE_NAVIGATE)
}

/// Ten thousand years, which is further than any clock goes.
const SECS_MAX: u64 = 320_000_000_000;

/// The instant that the address asks for, after the beginning: seconds such as `42.5`.
pub fn instant() -> Option<Duration> {
    let asked = parameter("t")?;
    let (whole, rest) = asked.split_once('.').unwrap_or((&asked, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) {
        return None;
    }
    // Whole numbers: the code that reads others is ten times as large as all else here.
    let micros: u32 = format!("{rest:0<6}").get(..6)?.parse().ok()?;
    let secs: u64 = whole.parse().ok().filter(|secs| *secs <= SECS_MAX)?;
    Some(Duration::new(secs, micros * 1_000))
}

/// The address of this page and nothing behind it.
pub fn address() -> String {
    let href = window().location().href().unwrap_or_default();
    href.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The language that the address asks for, else the browser's, else English.
pub fn language() -> Language {
    let asked = parameter("lang").as_deref().and_then(Language::of_tag);
    let preferred = || window().navigator().language().as_deref().and_then(Language::of_tag);
    asked.or_else(preferred).unwrap_or_default()
}

/// Tells the browser which language the page is in, for screen readers and fonts.
pub fn speak(language: Language) {
    root().set_lang(language.tag());
    document().set_title(language.text().title);
}

/// A question to the style sheets, such as whether the viewer wants less motion.
pub fn media(query: &str) -> MediaQueryList {
    let list = window().match_media(query).expect("a well-formed media query");
    list.expect("a window that is shown has media")
}
