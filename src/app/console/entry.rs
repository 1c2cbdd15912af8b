//! One line and its answer.

use crate::app::session::Answer;
use crate::text;
use shardlab::scene::words::grouped;
use yew::prelude::*;

/// The most characters of an answer that are shown.
const SHOWN_MAX: usize = 12_000;

/// A line and its answer; what went wrong is told apart by its color and by its place.
pub fn view_entry(number: u64, answer: &Answer, text: &text::Console) -> Html {
    let output = &answer.output;
    let clock = answer.at.to_string();
    html! {
        <div class="console__entry" key={number} data-status={output.status.to_string()}>
            <p class="console__line">
                <time class="console__time">{ clock.get(11..19).unwrap_or("").to_owned() }</time>
                <span class="console__sign" aria-hidden="true">{ "$ " }</span>
                <code>{ answer.line.to_string() }</code>
            </p>
            { view_output(&output.stdout, "console__stdout", text) }
            { view_output(&output.stderr, "console__stderr", text) }
        </div>
    }
}

fn view_output(output: &str, class: &'static str, text: &text::Console) -> Html {
    let output = output.trim_matches('\n');
    if output.is_empty() {
        return Html::default();
    }
    let end = output.char_indices().nth(SHOWN_MAX).map_or(output.len(), |(end, _)| end);
    let (shown, hidden) = output.split_at(end);
    let more = (text.more)(&grouped(hidden.chars().count() as u64));
    html! {
        <>
            <pre {class}>{ shown.to_owned() }</pre>
            if !hidden.is_empty() {
                <p class="console__note">{ more }</p>
            }
        </>
    }
}
