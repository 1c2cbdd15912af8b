//! The counts, and the hash of the whole state on demand.

use crate::text::Language;
use shardlab::insight::totals::Totals;
use shardlab::scene::words::grouped;
use yew::prelude::*;

/// The counts, with the hash that was asked for last.
pub fn view_totals(
    language: Language,
    totals: &Totals,
    digest: Option<AttrValue>,
    on_digest: &Callback<()>,
) -> Html {
    let text = &language.text().totals;
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
                    onclick={on_digest.reform(|_| ())}>
                    { text.digest }
                </button>
                <output>{ digest }</output>
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
