//! The page's own files, fetched beside it under whatever path it is served.

use super::page;
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
}

impl Unfetched {
    /// A server that says nothing.
    pub fn unanswered() -> Self {
        Self { file: "scenarios/, data/".to_owned(), reason: "no answer".to_owned() }
    }
}

/// The text of a file, named from the page's folder.
pub async fn text(file: &str) -> Result<String, Unfetched> {
    let unfetched = |reason: String| Unfetched { file: file.to_owned(), reason };
    let response = JsFuture::from(page::window().fetch_with_str(file)).await;
    let response: Response = response.map_err(|error| unfetched(words(&error)))?.unchecked_into();
    if !response.ok() {
        let (status, text) = (response.status(), response.status_text());
        return Err(unfetched(format!("{status} {text}").trim_end().to_owned()));
    }
    let text = response.text().map_err(|error| unfetched(words(&error)))?;
    let text = JsFuture::from(text).await.map_err(|error| unfetched(words(&error)))?;
    Ok(text.as_string().unwrap_or_default())
}

/// What a JavaScript error says.
fn words(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{error:?}"),
    }
}
