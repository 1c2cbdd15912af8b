//! Hands every line to the page's own script, which keeps it outside of the wasm's memory: should
//! the wasm fail, the visitor's lines are not lost with it.

use super::session::Session;
use js_sys::{Function, Reflect};
use shardlab::engine::time::{Instant, whole_micros};
use wasm_bindgen::{JsCast, JsValue};

/// What was handed over.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    begun: Instant,
    branch: usize,
    lines: usize,
    last: Instant,
}

impl Keeper {
    /// Hands over what is new in the session's current branch; after a change of branches, all.
    pub fn follow(&mut self, session: &Session) {
        let (branch, entries) = session.lines();
        let begun = session.begun();
        let is_same = branch == self.branch && begun == self.begun;
        if !is_same || entries.len() < self.lines || self.lines == 0 {
            call("shardlabForget", &[]);
            *self = Self { begun, branch, lines: 0, last: begun };
        }
        for entry in entries.get(self.lines..).unwrap_or_default() {
            let micros = whole_micros(entry.at.since(self.last));
            if micros > 0 {
                keep(&format!("lab wait {}.{:06}s", micros / 1_000_000, micros % 1_000_000));
            }
            keep(&entry.line);
            self.last = entry.at;
        }
        self.lines = entries.len();
    }
}

fn keep(line: &str) {
    call("shardlabKeep", &[line]);
}

/// Hands over the whole run as a link, for the same need.
pub fn keep_link(link: &str) {
    call("shardlabKeepLink", &[link]);
}

/// Calls a function that `boot.js` has defined; elsewhere there is none, and nothing to be done.
fn call(name: &str, arguments: &[&str]) {
    let function = Reflect::get(&js_sys::global(), &name.into()).ok();
    if let Some(function) = function.and_then(|value| value.dyn_into::<Function>().ok()) {
        let argument = arguments.first().map_or(JsValue::UNDEFINED, |text| JsValue::from_str(text));
        // What the script makes of it is its own business.
        let _ = function.call1(&JsValue::NULL, &argument);
    }
}

/// Has a failure of the wasm shown together with the lines that were kept.
pub fn show_panics() {
    yew::set_custom_panic_hook(Box::new(|info| {
        let message = info.to_string();
        web_sys::console::error_1(&message.as_str().into());
        call("shardlabFail", &[&message]);
    }));
}
