//! A line that a control stands for: shown before it is entered, entered, or copied.

use super::SteerProps;
use super::code::{Code, Source};
use yew::prelude::*;

/// What a line is shown with.
#[derive(PartialEq, Properties)]
pub struct LineProps {
    /// The line.
    pub line: AttrValue,
    /// Why it cannot be entered, if it cannot.
    #[prop_or_default]
    pub reason: Option<AttrValue>,
    /// What the whole panel is given.
    pub panel: SteerProps,
}

/// A line, its button, and the languages that it can be copied as.
#[component]
pub fn Line(props: &LineProps) -> Html {
    let text = props.panel.text();
    let id = super::use_id();
    let onclick = {
        let line = props.line.to_string();
        props.panel.on_enter.reform(move |_| vec![line.clone()])
    };
    html! {
        <div class="steer__line">
            if let Some(reason) = &props.reason {
                <p class="steer__reason" id={id.clone()}>{ reason.clone() }</p>
            } else {
                <pre class="steer__preview" aria-label={text.preview}>{ props.line.clone() }</pre>
            }
            <button type="button" class="steer__enter" disabled={props.reason.is_some()} {onclick}
                aria-describedby={props.reason.as_ref().map(|_| id)}>
                { text.enter }
            </button>
            if props.reason.is_none() {
                <Code source={Source::Line(props.line.clone())} panel={props.panel.clone()} />
            }
        </div>
    }
}
