//! The colors of the picture, from the style sheets, and its faces, as JavaScript has them.

use super::page;
use js_sys::JsString;
use shardlab::scene::shape::{Anchor, Face, HEATS, HUES, Ink};
use web_sys::HtmlElement;

/// The color of each role, read once per theme, and what else the canvas is told by its name.
pub struct Palette {
    /// In the order of [`place`].
    colors: Vec<JsString>,
    /// In the order of [`Face`].
    faces: [JsString; 3],
    /// In the order of [`Anchor`].
    anchors: [JsString; 3],
}

const FACES: [&str; 3] =
    ["600 14px system-ui, sans-serif", "12px system-ui, sans-serif", "11px system-ui, sans-serif"];
const ANCHORS: [&str; 3] = ["left", "center", "right"];

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
        let all = named.chain(hues).chain(heats);
        let colors = all.map(|property| resolve(element, &property).into()).collect();
        let (faces, anchors) = (FACES.map(JsString::from), ANCHORS.map(JsString::from));
        let palette = Self { colors, faces, anchors };
        // The element draws no text of its own; what it was given to resolve colors goes again.
        let _ = element.style().remove_property("color");
        palette
    }

    /// The color of a role, as the canvas takes it.
    pub fn color(&self, ink: Ink) -> &JsString {
        &self.colors[place(ink)]
    }

    /// Size, weight and family of a face, as the canvas takes them.
    pub fn face(&self, face: Face) -> &JsString {
        &self.faces[face as usize]
    }

    /// Where a text lies, as the canvas takes it.
    pub fn anchor(&self, anchor: Anchor) -> &JsString {
        &self.anchors[anchor as usize]
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
