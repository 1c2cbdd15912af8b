//! The counts, and the hash of the whole state on demand.

use crate::text::Language;
use shardlab::insight::totals::Totals as Counts;
use shardlab::scene::words::grouped;
use yew::prelude::*;

/// What the counts show.
#[derive(PartialEq, Properties)]
pub struct TotalsProps {
    /// The language of its words.
    pub language: Language,
    /// The counts.
    pub totals: Counts,
    /// The hash that was asked for last.
    pub digest: Option<AttrValue>,
    /// Asks for the hash.
    pub on_digest: Callback<()>,
}

/// The counts.
#[component]
pub fn Totals(props: &TotalsProps) -> Html {
    let (text, totals) = (&props.language.text().totals, &props.totals);
    html! {
        <div class="totals" role="group" aria-label={text.label}>
            <dl class="totals__list">
                { view_count(text.offered, totals.offered(), "plain") }
                { view_count(text.accepted, totals.accepted, "plain") }
                { view_count(text.throttled, totals.throttled, "refused") }
                { view_count(text.read, totals.read, "plain") }
                { view_count(text.expired, totals.expired, "plain") }
                { view_count(text.lost, totals.lost, "refused") }
            </dl>
            <div class="totals__digest">
                <button type="button" title={text.digest_hint}
                    onclick={props.on_digest.reform(|_| ())}>
                    { text.digest }
                </button>
                <output>{ props.digest.clone() }</output>
            </div>
        </div>
    }
}

fn view_count(name: &'static str, count: u64, kind: &'static str) -> Html {
    html! {
        <div class="totals__count" data-kind={if count > 0 { kind } else { "none" }}>
            <dt>{ name }</dt>
            <dd>{ grouped(count) }</dd>
        </div>
    }
}
