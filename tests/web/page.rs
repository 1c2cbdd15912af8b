//! The page, mounted and used as a visitor would.

use crate::app;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};
use yew::AppHandle;
use yew::platform::time::sleep;

/// A mounted page; gone when dropped.
struct Page {
    place: Element,
    handle: Option<AppHandle<app::App>>,
}

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

impl Page {
    async fn mounted() -> Self {
        let place = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&place).expect("a parent");
        let handle = Some(app::mount(&place));
        let page = Self { place, handle };
        page.wait(300).await;
        page
    }

    async fn wait(&self, millis: u64) {
        sleep(Duration::from_millis(millis)).await;
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.place.query_selector(selector).expect("a valid selector");
        found.unwrap_or_else(|| panic!("{selector} is on the page")).unchecked_into()
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    /// Types a line and enters it.
    async fn enter(&self, line: &str) {
        let prompt: HtmlInputElement = self.find("#console-prompt").unchecked_into();
        prompt.set_value(line);
        let typed = web_sys::Event::new_with_event_init_dict("input", &{
            let init = web_sys::EventInit::new();
            init.set_bubbles(true);
            init
        });
        prompt.dispatch_event(&typed.expect("an event")).expect("somebody listens");
        self.wait(50).await;
        self.find(".console__enter").click();
        self.wait(300).await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.place.remove();
    }
}

#[wasm_bindgen_test]
async fn the_clock_moves_until_paused() {
    let page = Page::mounted().await;
    let early = page.text(".clock__now");
    page.wait(700).await;
    let late = page.text(".clock__now");
    assert_ne!(early, late);
    page.find(".player__toggle").click();
    page.wait(300).await;
    let paused = page.text(".clock__now");
    page.wait(500).await;
    assert_eq!(page.text(".clock__now"), paused);
}

#[wasm_bindgen_test]
async fn a_typed_line_is_answered_and_seen() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 3").await;
    page.enter("aws kinesis list-streams").await;
    assert!(page.text(".console__stdout").contains("orders"));
    page.enter("lab wait 10s").await;
    assert!(page.text(".stage__summary").contains('3'), "{}", page.text(".stage__summary"));
    page.enter("aws kinesis no-such-operation").await;
    assert!(page.text(".console__stderr").contains("argument operation"));
}

/// Tests are not served with the page's files, so they see what a visitor sees without them.
#[wasm_bindgen_test]
async fn a_missing_scenario_says_what_to_do() {
    let page = Page::mounted().await;
    page.wait(300).await;
    assert!(page.text("[role=alert]").contains("scenarios/hot-shard.txt"));
}

#[wasm_bindgen_test]
async fn the_canvas_has_a_name_and_a_description() {
    let page = Page::mounted().await;
    let canvas = page.find("canvas");
    assert!(canvas.get_attribute("aria-label").is_some_and(|label| !label.is_empty()));
    let description = canvas.get_attribute("aria-describedby").expect("a description");
    assert!(!page.text(&format!("#{description}")).is_empty());
}

#[wasm_bindgen_test]
async fn a_page_that_is_gone_leaves_nothing_behind() {
    for _ in 0..5 {
        drop(Page::mounted().await);
    }
    assert_eq!(document().query_selector_all("canvas").expect("a valid selector").length(), 0);
}
