//! What is worth saying about a run that was opened, and what stands in its way.

use super::lazy::view_lazy;
use super::opening::Opening;
use super::opening::state::{Opened, Source, State};
use crate::text::Language;
use crate::text::share::RULES_CHANGED;
use shardlab::scene::words::grouped;
use shardlab::share::link::{BadLink, MADE_BY, Named, RULES};
use std::cmp::Ordering;
use yew::prelude::*;

/// What is told.
#[derive(Clone, PartialEq, Properties)]
struct NoticeProps {
    /// The language of its words.
    pub language: Language,
    /// How the visit began.
    pub opening: Opening,
    /// How far a run that is replayed came.
    pub percent: Option<u64>,
}

shardlab::chunk! {
    /// The notice. What opens the run of a link has fetched it.
    static NOTICE(links): fn(NoticeProps) -> Html = |props| html! { <Notice ..props /> };
}

/// The notice; nothing if there is nothing to say.
pub fn view_notice(language: Language, opening: &Opening, percent: Option<u64>) -> Html {
    match &opening.state {
        State::Opened(_) | State::Bad(_) | State::Lacks(_) => {}
        _ if percent.is_some() => {}
        _ => return Html::default(),
    }
    view_lazy(language, &NOTICE, NoticeProps { language, opening: opening.clone(), percent })
}

#[component]
fn Notice(props: &NoticeProps) -> Html {
    let text = &props.language.text().share;
    // The notice that was hidden: another one is seen again.
    let hidden = use_state_eq(|| None::<State>);
    let opening = &props.opening;
    if let Some(percent) = props.percent {
        return html! {
            <p class="failure" role="status">{ (text.opening)(&percent.to_string()) }</p>
        };
    }
    let is_hidden = hidden.as_ref() == Some(&opening.state);
    match &opening.state {
        State::Opened(opened) if !is_hidden => {
            let on_hide = Callback::from({
                let state = opening.state.clone();
                move |_| hidden.set(Some(state.clone()))
            });
            view_opened(props, opened, &on_hide)
        }
        State::Bad(bad) => {
            let what = match bad {
                BadLink::Newer => text.bad[0],
                BadLink::Altered => text.bad[1],
                BadLink::TooLong => text.bad[2],
                BadLink::Senseless => text.bad[3],
            };
            html! {
                <div class="failure" role="alert">
                    <p class="failure__what">{ what }</p>
                    { view_afresh(props) }
                </div>
            }
        }
        State::Lacks(files) => view_lacking(props, files),
        _ => Html::default(),
    }
}

fn view_opened(props: &NoticeProps, opened: &Opened, on_hide: &Callback<MouseEvent>) -> Html {
    let text = &props.language.text().share;
    let goes_on = opened.source == Source::LastVisit;
    if !goes_on && opened.made_by.is_none() {
        return Html::default();
    }
    let written = |version: &[u64; 3]| format!("{}.{}.{}", version[0], version[1], version[2]);
    html! {
        <div class="failure" role="status">
            if goes_on {
                <p>{ text.goes_on }</p>
            }
            if let Some((version, rules)) = &opened.made_by {
                <p>{ match rules.cmp(&RULES) {
                    Ordering::Less => props.language.of(&RULES_CHANGED)[0].to_owned(),
                    Ordering::Greater => props.language.of(&RULES_CHANGED)[1].to_owned(),
                    Ordering::Equal => (text.other_version)(&written(version), &written(&MADE_BY)),
                } }</p>
            }
            <p class="failure__choices">
                if goes_on {
                    { view_afresh(props) }
                }
                <button type="button" onclick={on_hide}>{ text.hide }</button>
            </p>
        </div>
    }
}

fn view_lacking(props: &NoticeProps, files: &[Named]) -> Html {
    let text = &props.language.text().share;
    let line = |file: &Named| {
        let (bytes, digest) = (grouped(file.size), file.digest_text());
        html! { <li>{ (text.lacking)(&file.name, &bytes, &digest) }</li> }
    };
    html! {
        <div class="failure" role="alert">
            <p class="failure__what">{ text.lacks }</p>
            <ul>{ for files.iter().map(line) }</ul>
            <p>{ text.lacks_advice }</p>
            { view_afresh(props) }
        </div>
    }
}

fn view_afresh(props: &NoticeProps) -> Html {
    let onclick = props.opening.on_afresh.reform(|_| ());
    html! { <button type="button" {onclick}>{ props.language.text().share.afresh }</button> }
}
