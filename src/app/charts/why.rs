//! From a curve of refusals to the receipt of one of them.

use super::ChartsProps;
use crate::app::session::Session;
use crate::app::store::Action;
use crate::text::receipt as words;
use shardlab::engine::service::metrics::{Metric, Scope};
use shardlab::engine::time::{Instant, whole_micros};
use shardlab::insight::charts::{Chart, Charts};
use shardlab::insight::history::Mark;
use shardlab::insight::seconds::KEPT;
use shardlab::insight::subject::{Sought, Subject};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// A curve of refusals.
#[derive(Clone, Copy)]
pub struct Refusals {
    scope: Scope,
    metric: Metric,
    mark: Mark,
    from: Instant,
    until: Instant,
}

impl Refusals {
    /// What a curve shows, if that is refusals.
    pub fn of(charts: &Charts, chart: &Chart) -> Option<Self> {
        let mark = match chart.metric {
            Metric::WriteProvisionedThroughputExceeded => Mark::WriteRefused,
            Metric::ReadProvisionedThroughputExceeded => Mark::ReadRefused,
            _ => return None,
        };
        let Charts { scope, from, until, .. } = *charts;
        Some(Self { scope, metric: chart.metric, mark, from, until })
    }

    /// The refusal nearest to an instant.
    fn nearest(&self, session: &Session, instant: Instant) -> Option<Sought> {
        let (stream, only) = match self.scope {
            Scope::Stream(stream) => (stream, None),
            Scope::Shard(stream, shard) => (stream, Some(shard)),
            Scope::Consumer(..) => return None,
        };
        let shards = session.simulation().service().stream(stream)?.shards().iter();
        let places = shards
            .map(|shard| shard.id)
            .filter(|shard| only.is_none_or(|only| only == *shard))
            .map(|shard| (stream, shard, self.mark));
        Sought::nearest_of(session.history(), places, (session.now(), KEPT), instant)
    }

    /// A button that asks about the refusal nearest to an instant.
    pub fn view_button(self, instant: Instant, props: &ChartsProps) -> Html {
        let why = props.language.of(&words::WHY);
        let onclick = self.asking(props, move |_| instant);
        let label = format!("{}: {why}", self.metric.name());
        html! {
            <button type="button" class="sheet__why" aria-label={label} {onclick}>{ *why }</button>
        }
    }

    /// What a click into the curve does: it asks about the refusal nearest to it.
    pub fn click(self, props: &ChartsProps) -> Callback<MouseEvent> {
        self.asking(props, move |event| self.pointed_at(event))
    }

    fn asking(
        self,
        props: &ChartsProps,
        instant: impl Fn(&MouseEvent) -> Instant + 'static,
    ) -> Callback<MouseEvent> {
        let (session, on_action) = (props.session.clone(), props.on_action.clone());
        Callback::from(move |event: MouseEvent| {
            let found = self.nearest(&session.borrow(), instant(&event));
            if let Some(sought) = found {
                on_action.emit(Action::Choose(Subject::Refusal(sought)));
            }
        })
    }

    fn pointed_at(&self, event: &MouseEvent) -> Instant {
        let curve = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let width = curve.map_or(1, |curve| curve.client_width()).max(1);
        let part = event.offset_x().clamp(0, width).unsigned_abs();
        let micros = whole_micros(self.until - self.from);
        self.from
            + Duration::from_micros(micros / u64::from(width.unsigned_abs()) * u64::from(part))
    }
}
