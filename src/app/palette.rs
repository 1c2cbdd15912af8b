//! The colors of the picture, from the style sheets.

use super::page;
use shardlab::scene::shape::{HEATS, HUES, Ink};
use web_sys::HtmlElement;

/// The color of each role, read once per theme.
pub struct Palette {
    /// In the order of [`place`].
    colors: Vec<String>,
}

const NAMED: [(Ink, &str); 10] = [
    (Ink::Ground, "--color-surface"),
    (Ink::Lane, "--color-lane"),
    (Ink::Line, "--color-line"),
    (Ink::Text, "--color-text"),
    (Ink::Quiet, "--color-text-quiet"),
    (Ink::Gauge, "--color-gauge"),
    (Ink::GaugeLow, "--color-gauge-low"),
    (Ink::Consumer, "--color-accent"),
    (Ink::Behind, "--color-behind"),
    (Ink::Refused, "--color-refused"),
];

impl Palette {
    /// Reads the custom properties as they apply to an element, whose own color is used to resolve
    /// them: scripts see `light-dark(…)` as it is written.
    pub fn read(element: &HtmlElement) -> Self {
        let named = NAMED.iter().map(|(_, property)| (*property).to_owned());
        let hues = (0..HUES).map(|hue| format!("--hue-{hue}"));
        let heats = (0..HEATS).map(|heat| format!("--heat-{heat}"));
        let colors = named.chain(hues).chain(heats).map(|property| resolve(element, &property));
        let palette = Self { colors: colors.collect() };
        // The element draws no text of its own; what it was given to resolve colors goes again.
        let _ = element.style().remove_property("color");
        palette
    }

    /// The color of a role, as the canvas takes it.
    pub fn color(&self, ink: Ink) -> &str {
        self.colors.get(place(ink)).map_or("", String::as_str)
    }
}

/// Where the color of a role lies.
fn place(ink: Ink) -> usize {
    match ink {
        Ink::Hue(hue) => NAMED.len() + usize::from(hue),
        Ink::Heat(heat) => NAMED.len() + usize::from(HUES) + usize::from(heat),
        named => NAMED.iter().position(|(ink, _)| *ink == named).unwrap_or(0),
    }
}

fn resolve(element: &HtmlElement, property: &str) -> String {
    let value = format!("var({property})");
    element.style().set_property("color", &value).expect("a color can be set");
    let style = page::window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value("color").ok()).unwrap_or_default()
}
