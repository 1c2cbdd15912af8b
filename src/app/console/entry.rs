//! Lines and their answers.

use super::log::Block;
use crate::app::session::Answer;
use crate::app::store::Action;
use crate::text::{self, Language};
use shardlab::console::output::{Output, Stream};
use shardlab::insight::subject::{Sought, Subject};
use shardlab::scene::words::grouped;
use std::rc::Rc;
use yew::prelude::*;

/// What a block of entries shows.
#[derive(PartialEq, Properties)]
pub struct EntriesProps {
    /// The language of their words; answers are as AWS prints them.
    pub language: Language,
    /// The lines and what they printed.
    pub block: Rc<Block>,
    /// Tells more about what was refused.
    pub on_action: Callback<Action>,
}

/// Lines and their answers, one below the other.
///
/// A component of its own, so that a line that is entered draws no other block anew.
#[component]
pub fn Entries(props: &EntriesProps) -> Html {
    let entry = |(number, answer): (u64, &Answer)| {
        html! {
            <Entry key={number} language={props.language} answer={answer.clone()}
                on_action={props.on_action.clone()} />
        }
    };
    html! { <div class="console__block">{ for props.block.numbered().map(entry) }</div> }
}

/// What an entry shows.
#[derive(PartialEq, Properties)]
pub struct EntryProps {
    /// The language of its words; answers are as AWS prints them.
    pub language: Language,
    /// The line and what it printed.
    pub answer: Answer,
    /// Tells more about what was refused.
    pub on_action: Callback<Action>,
}

/// The most characters of an answer that are shown.
const SHOWN_MAX: usize = 12_000;

/// A line and its answer; what went wrong is told apart by its color.
///
/// A component of its own, so that a line that is entered draws no other anew.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
    let text = &props.language.text().console;
    let Answer { at, line, output, branched, script, refusal } = &props.answer;
    let clock = at.to_string();
    html! {
        <div class="console__entry" data-status={output.status.to_string()}>
            <p class="console__line">
                <time class="console__time">{ clock.get(11..19).unwrap_or("").to_owned() }</time>
                if let Some(number) = script {
                    <span class="console__sign" title={line.to_string()}>
                        { format!("[{number}] ") }
                    </span>
                } else if !line.is_empty() {
                    <span class="console__sign" aria-hidden="true">{ "$ " }</span>
                    <code>{ line.to_string() }</code>
                }
            </p>
            if let Some(branch) = branched {
                <p class="console__note">{ (text.branched)(branch) }</p>
            }
            { view_output(output, text) }
            if let Some(sought) = refusal {
                { view_why(*sought, &props.on_action, props.language) }
            }
            if let Some(hint) = &output.hint {
                <p class="console__remark" role="note">{ hint.clone() }</p>
            }
        </div>
    }
}

fn view_why(sought: Sought, on_action: &Callback<Action>, language: Language) -> Html {
    let onclick = on_action.reform(move |_| Action::Choose(Subject::Refusal(sought)));
    html! {
        <button type="button" class="console__why" {onclick}>
            { language.of(&text::receipt::WHY) }
        </button>
    }
}

/// What was printed, in the order in which a terminal shows it, up to some length.
fn view_output(output: &Output, text: &text::Console) -> Html {
    let (mut parts, mut left, mut hidden) = (Vec::new(), SHOWN_MAX, 0);
    for (stream, part) in output.parts() {
        let part = part.trim_matches('\n');
        let end = part.char_indices().nth(left).map_or(part.len(), |(end, _)| end);
        let (shown, rest) = part.split_at(end);
        left -= shown.chars().count();
        hidden += rest.chars().count();
        let class = match stream {
            Stream::Out => "console__stdout",
            Stream::Err => "console__stderr",
        };
        if !shown.is_empty() {
            parts.push(html! { <pre {class}>{ shown.to_owned() }</pre> });
        }
    }
    html! {
        <>
            { parts }
            if hidden > 0 {
                <p class="console__note">{ (text.more)(&grouped(hidden as u64)) }</p>
            }
        </>
    }
}
