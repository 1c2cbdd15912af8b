//! A text to take along, and the button that copies it.

use super::page;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What is taken along.
#[derive(PartialEq, Properties)]
pub struct CopiedProps {
    /// Names the field.
    pub label: &'static str,
    /// Names the button.
    pub copy: &'static str,
    /// Names it once it was pressed.
    pub copied: &'static str,
    /// The text.
    pub content: AttrValue,
}

/// A text to take along: a field, and a button that copies it. On paper the field is a text.
#[component]
pub fn Copied(props: &CopiedProps) -> Html {
    let field = use_node_ref();
    // What was copied: another text has not been.
    let copied = use_state_eq(AttrValue::default);
    let onclick = Callback::from({
        let (field, content, copied) = (field.clone(), props.content.clone(), copied.setter());
        move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.select();
            }
            let (content, copied) = (content.clone(), copied.clone());
            let promise = page::window().navigator().clipboard().write_text(&content);
            yew::platform::spawn_local(async move {
                // Where a browser forbids it, the text is selected by now.
                if JsFuture::from(promise).await.is_ok() {
                    copied.set(content);
                }
            });
        }
    });
    let is_copied = *copied == props.content && !copied.is_empty();
    let rows = props.content.lines().count().clamp(3, 14).to_string();
    html! {
        <div class="copied">
            <textarea ref={field} readonly=true spellcheck="false" {rows} aria-label={props.label}
                value={props.content.clone()} />
            <pre class="copied__printed" aria-hidden="true">{ props.content.clone() }</pre>
            <button type="button" {onclick}>
                { if is_copied { props.copied } else { props.copy } }
            </button>
        </div>
    }
}
