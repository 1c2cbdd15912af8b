//! Refusals to ask about, for whoever has chosen none.

use crate::app::session::Session;
use crate::app::store::Action;
use crate::text::receipt as words;
use shardlab::insight::subject::{Sought, Subject};
use yew::prelude::*;

/// The most of them: as many as are read at a glance.
const MOST: usize = 6;

/// The last refusals of the run's shards, each of which can be chosen.
pub fn view_offers(
    session: &Session,
    text: &'static words::Receipt,
    on_action: &Callback<Action>,
) -> Html {
    let offers = Sought::last_of_each(session.history(), session.now(), session.elapsed(), MOST);
    if offers.is_empty() {
        return Html::default();
    }
    let offer = |sought| view_offer(session, sought, text, on_action);
    html! { <ul class="receipt__offers">{ for offers.into_iter().filter_map(offer) }</ul> }
}

fn view_offer(
    session: &Session,
    sought: Sought,
    text: &'static words::Receipt,
    on_action: &Callback<Action>,
) -> Option<Html> {
    let stream = session.simulation().service().stream(sought.stream)?;
    let shard = format!("{} {}", stream.name, sought.shard);
    let onclick = on_action.reform(move |_| Action::Choose(Subject::Refusal(sought)));
    Some(html! {
        <li><button type="button" {onclick}>{ (text.why_shard)(&shard) }</button></li>
    })
}
