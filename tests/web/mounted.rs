//! A page that is mounted, used as a visitor would, and gone when it is dropped.

use crate::app;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
    KeyboardEvent, KeyboardEventInit,
};
use yew::AppHandle;
use yew::platform::time::sleep;

/// A mounted page; gone when dropped.
pub struct Page {
    place: Element,
    handle: Option<AppHandle<app::App>>,
}

pub fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

impl Page {
    pub async fn mounted() -> Self {
        let place = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&place).expect("a parent");
        let handle = Some(app::mount(&place));
        let page = Self { place, handle };
        page.wait(300).await;
        page
    }

    pub async fn wait(&self, millis: u64) {
        sleep(Duration::from_millis(millis)).await;
    }

    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.place.query_selector(selector).expect("a valid selector");
        found.unwrap_or_else(|| panic!("{selector} is on the page")).unchecked_into()
    }

    pub fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    pub fn prompt(&self) -> HtmlTextAreaElement {
        self.find("#console-prompt").unchecked_into()
    }

    /// Sets what a field says, as typing does.
    pub fn set(&self, selector: &str, value: &str) {
        let field = self.find(selector);
        match field.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.set_value(value),
            None => self.prompt().set_value(value),
        }
        let init = EventInit::new();
        init.set_bubbles(true);
        let typed = web_sys::Event::new_with_event_init_dict("input", &init).expect("an event");
        field.dispatch_event(&typed).expect("somebody listens");
    }

    /// Presses a key in the prompt, with Ctrl if it is written `^c`; says whether the page keeps it
    /// from the browser.
    pub async fn press(&self, key: &str) -> bool {
        let init = KeyboardEventInit::new();
        let letter = key.strip_prefix('^');
        init.set_key(letter.unwrap_or(key));
        init.set_ctrl_key(letter.is_some());
        init.set_bubbles(true);
        init.set_cancelable(true);
        let press = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
        let is_left = self.prompt().dispatch_event(&press.expect("an event"));
        self.wait(50).await;
        !is_left.expect("somebody listens")
    }

    /// Types a line and enters it.
    pub async fn enter(&self, line: &str) {
        self.set("#console-prompt", line);
        self.find(".console__enter").click();
        self.wait(300).await;
    }

    pub fn count(&self, selector: &str) -> u32 {
        self.place.query_selector_all(selector).expect("a valid selector").length()
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
