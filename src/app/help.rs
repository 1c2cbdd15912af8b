//! The keys of the page, and the words of Kinesis with what they mean.

use crate::text::Language;
use crate::text::help::{self as words, TERMS, Term};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the help is given.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// The language of its words.
    pub language: Language,
}

/// AWS's own words on all of it.
const GUIDE: &str = "https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html";

shardlab::chunk! {
    /// The help, fetched when it is first shown.
    pub static HELP(panels): fn(HelpProps) -> Html = |props| html! { <Help ..props /> };
}

/// The help.
#[component]
fn Help(props: &HelpProps) -> Html {
    let language = props.language;
    let text = language.of(&words::ALL);
    let sought = use_state_eq(String::new);
    let oninput = Callback::from({
        let setter = sought.setter();
        move |event: InputEvent| {
            setter.set(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    });
    let mut found = TERMS.iter().filter(|term| term.is_like(&sought, language)).peekable();
    let is_found = found.peek().is_some();
    html! {
        <div class="help sheet">
            <h2 class="sheet__name">{ text.keys }</h2>
            <dl class="help__keys">
                { for text.bindings.iter().map(|(keys, what)| html! {
                    <>
                        <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                        <dd>{ *what }</dd>
                    </>
                }) }
            </dl>
            <h2 class="sheet__name">{ text.terms }</h2>
            <label class="help__seek">
                <span>{ text.seek }</span>
                <input type="search" value={(*sought).clone()} spellcheck="false"
                    autocomplete="off" {oninput} />
            </label>
            if is_found {
                <dl class="help__terms">{ for found.map(|term| view_entry(term, language)) }</dl>
            } else {
                <p class="sheet__note" role="status">{ text.none }</p>
            }
            <p><a href={GUIDE} target="_blank" rel="noopener">{ text.guide }</a></p>
        </div>
    }
}

fn view_entry(term: &Term, language: Language) -> Html {
    html! {
        <>
            <dt>
                <dfn lang="en">{ term.name }</dfn>
                if let Some(reading) = term.reading(language) {
                    <span class="help__reading">{ reading }</span>
                }
            </dt>
            <dd>{ term.meaning(language) }</dd>
        </>
    }
}

/// A word of AWS's where it is used; what it means stands in its tooltip, if the help knows it.
pub fn view_term(name: &'static str, language: Language) -> Html {
    match Term::named(name) {
        None => html! { name },
        Some(term) => html! { <abbr class="term" title={term.hint(language)}>{ name }</abbr> },
    }
}
