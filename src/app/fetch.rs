//! The page's own files, fetched beside it under whatever path it is served.

use super::page;
use js_sys::{Object, Promise, Reflect};
use shardlab::chunk::Unloaded;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// A file that could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfetched {
    /// Which one, from the page's folder.
    pub file: String,
    /// What the server or the browser said.
    pub reason: String,
    /// The status of the server's answer, if that is what was wrong.
    pub status: Option<u16>,
}

impl Unfetched {
    /// A file that something is wrong with, whatever the server answers.
    pub fn new(file: &str, reason: String) -> Self {
        Self { file: file.to_owned(), reason, status: None }
    }

    /// Whether the server says that there is no such file.
    pub fn is_absent(&self) -> bool {
        self.status == Some(404)
    }

    /// A server that says nothing.
    pub fn unanswered() -> Self {
        Self::new("scenarios/, data/", "no answer".to_owned())
    }

    /// A part of the program.
    pub fn of_chunk(why: Unloaded) -> Self {
        Self::new("*.wasm", why.to_string())
    }
}

/// The text of a file, named from the page's folder.
pub async fn text(file: &str) -> Result<String, Unfetched> {
    let unfetched = |reason: String| Unfetched::new(file, reason);
    let response = asked_early(file).unwrap_or_else(|| page::window().fetch_with_str(file));
    let response = JsFuture::from(response).await;
    let response: Response = response.map_err(|error| unfetched(words(&error)))?.unchecked_into();
    if !response.ok() {
        let (status, text) = (response.status(), response.status_text());
        let reason = format!("{status} {text}").trim_end().to_owned();
        return Err(Unfetched { status: Some(status), ..unfetched(reason) });
    }
    let text = response.text().map_err(|error| unfetched(words(&error)))?;
    let text = JsFuture::from(text).await.map_err(|error| unfetched(words(&error)))?;
    Ok(text.as_string().unwrap_or_default())
}

/// What `boot.js` has asked for while the wasm was on its way; each can be had once.
fn asked_early(file: &str) -> Option<Promise> {
    let early = Reflect::get(&js_sys::global(), &"shardlabEarly".into()).ok()?;
    let promise = Reflect::get(&early, &file.into()).ok()?.dyn_into().ok()?;
    // Should it stay there, its text would be missed the next time.
    Reflect::delete_property(early.unchecked_ref::<Object>(), &file.into()).ok()?;
    Some(promise)
}

/// What a JavaScript error says.
fn words(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{error:?}"),
    }
}
