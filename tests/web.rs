//! What only a browser can show.
#![cfg(target_arch = "wasm32")]

// The page is a binary, which tests cannot see, so it is compiled once more for them. Its files
// name each other from the root, hence the `use`.
#[path = "../src"]
mod source {
    pub mod app;
    pub mod text;
}
use source::{app, text};

#[path = "web/bindings.rs"]
mod bindings;
#[path = "web/determinism.rs"]
mod determinism;
#[path = "it/everything.rs"]
mod everything;
#[path = "web/mounted.rs"]
mod mounted;
#[path = "web/page.rs"]
mod page_in_use;
#[path = "web/panels.rs"]
mod panels;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// The first page as the browser's own parser reads it.
fn page() -> Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let page = document.create_element("html").expect("an element");
    page.set_inner_html(include_str!("../index.html"));
    page
}

fn attribute(page: &Element, selector: &str, name: &str) -> String {
    let element = page.query_selector(selector).expect("a valid selector");
    element.and_then(|element| element.get_attribute(name)).unwrap_or_default()
}

#[wasm_bindgen_test]
fn the_page_has_one_place_to_mount_the_app() {
    let places = page().query_selector_all("#app").expect("a valid selector");
    assert_eq!(places.length(), 1);
}

#[wasm_bindgen_test]
fn the_page_forbids_inline_scripts() {
    let selector = "meta[http-equiv=Content-Security-Policy]";
    let policy = attribute(&page(), selector, "content");
    let scripts = policy.split(';').map(str::trim).find(|rule| rule.starts_with("script-src "));
    assert_eq!(scripts, Some("script-src 'self' 'wasm-unsafe-eval'"));
}
