//! Splits and merges: a shard and a border are chosen on the key space, or a shard and its
//! neighbour.

use super::key_space::{Choice, STEPS, at_step, step_of, view_bar, view_load};
use super::line::Line;
use super::{SteerProps, selected, stream_named};
use crate::app::session::Session;
use shardlab::engine::service::hash_key::HashKey;
use shardlab::engine::service::shard::Shard;
use shardlab::engine::service::stream::Stream;
use shardlab::scene::key_load::KeyLoad;
use shardlab::scene::key_space::percents;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the part is given.
#[derive(PartialEq, Properties)]
pub struct ShardsProps {
    /// The stream that is chosen; empty if there is none.
    pub stream: AttrValue,
    /// What the whole panel is given.
    pub panel: SteerProps,
}

/// What was chosen; what is no longer there is as if it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chosen {
    shard: u32,
    neighbour: Option<u32>,
    border: Border,
}

/// Where a split shall draw its border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Border {
    /// So many steps from the start.
    Step(u32),
    /// Where the last records are parted evenly.
    Best,
}

const FIRST: Chosen = Chosen { shard: 0, neighbour: None, border: Border::Step(STEPS / 2) };
/// How many of a shard's last records are looked at.
const RECORDS: u64 = 2_000;

/// The key space, and the lines of a split and a merge.
#[component]
pub fn Shards(props: &ShardsProps) -> Html {
    let (panel, text) = (&props.panel, props.panel.text());
    let chosen = use_state_eq(|| FIRST);
    let session = props.panel.session.borrow();
    let stream = stream_named(&session, &props.stream);
    let Some((stream, first)) = stream.and_then(|one| Some((one, one.open_shards().next()?)))
    else {
        return html! { <p class="sheet__note">{ text.no_stream }</p> };
    };
    let shard = open_shard(stream, chosen.shard).unwrap_or(first);
    let neighbours = neighbours(stream, shard);
    let neighbour = neighbours.iter().copied().find(|one| Some(one.id.0) == chosen.neighbour);
    let (load, at) = border(&session, shard, chosen.border);
    let choice = Choice { shard: shard.id.0, neighbour: neighbour.map(|one| one.id.0), at };
    let choose = {
        let (chosen, shard) = (chosen.setter(), shard.id.0);
        let beside: Vec<u32> = neighbours.iter().map(|one| one.id.0).collect();
        Callback::from(move |id: u32| {
            let neighbour = Some(id).filter(|id| beside.contains(id));
            let shard = if neighbour.is_some() { shard } else { id };
            chosen.set(Chosen { shard, neighbour, ..FIRST });
        })
    };
    let set = |change: fn(&mut Chosen, u32)| {
        let (chosen, now) = (chosen.setter(), Chosen { shard: shard.id.0, ..*chosen });
        Callback::from(move |number: u32| {
            let mut changed = now;
            change(&mut changed, number);
            chosen.set(changed);
        })
    };
    let on_step = set(|chosen, step| chosen.border = Border::Step(step));
    let on_shard = set(|chosen, id| *chosen = Chosen { shard: id, ..FIRST });
    let on_neighbour = set(|chosen, id| chosen.neighbour = Some(id));
    let on_best = set(|chosen, _| chosen.border = Border::Best);
    html! {
        <div class="steer__shards">
            <p class="sheet__note">{ text.shards_note }</p>
            { view_bar(stream, &choice, &choose, text) }
            { view_list(text.shard, stream.open_shards(), Some(shard), &on_shard) }
            { view_split(panel, stream, shard, (&load, at), [&on_step, &on_best]) }
            { view_merge(panel, stream, shard, (&neighbours, neighbour), &on_neighbour) }
        </div>
    }
}

/// The last records of a shard, and where its border would be.
fn border(session: &Session, shard: &Shard, border: Border) -> (KeyLoad, HashKey) {
    let load = KeyLoad::of(session.simulation(), shard, RECORDS);
    let at = match border {
        Border::Step(step) => at_step(&shard.range, step),
        Border::Best => load.best_split().unwrap_or(shard.range.midpoint()),
    };
    (load, at)
}

fn open_shard(stream: &Stream, id: u32) -> Option<&Shard> {
    stream.shards().get(id as usize).filter(|shard| shard.is_open())
}

/// The open shards before and after one, in the order of their ranges.
fn neighbours<'a>(stream: &'a Stream, shard: &Shard) -> Vec<&'a Shard> {
    let open: Vec<&Shard> = stream.open_shards().collect();
    let place = open.iter().position(|one| one.id == shard.id).unwrap_or(0);
    let before = place.checked_sub(1).and_then(|place| open.get(place));
    before.into_iter().chain(open.get(place + 1)).copied().collect()
}

fn view_list<'a>(
    label: &'static str,
    shards: impl Iterator<Item = &'a Shard>,
    chosen: Option<&Shard>,
    on_choose: &Callback<u32>,
) -> Html {
    let onchange = on_choose.reform(|event: Event| selected(&event).parse().unwrap_or(0));
    let chosen = chosen.map(|shard| shard.id);
    html! {
        <label class="steer__field">
            <span>{ label }</span>
            <select {onchange}>
                { for shards.map(|shard| html! {
                    <option selected={Some(shard.id) == chosen} value={shard.id.0.to_string()}>
                        { format!("{} {}", shard.id, percents(&shard.range)) }
                    </option>
                }) }
            </select>
        </label>
    }
}

fn view_split(
    panel: &SteerProps,
    stream: &Stream,
    shard: &Shard,
    (load, at): (&KeyLoad, HashKey),
    [on_step, on_best]: [&Callback<u32>; 2],
) -> Html {
    let text = panel.text();
    let step = step_of(&shard.range, at);
    let oninput = on_step.reform(|event: InputEvent| {
        event.target_unchecked_into::<HtmlInputElement>().value().parse().unwrap_or(STEPS / 2)
    });
    let below = load.percent_below(at);
    let said = match below {
        Some(below) => (text.parted)(&below.to_string(), &(100 - below).to_string()),
        None => text.no_records.to_owned(),
    };
    let line = format!(
        "aws kinesis split-shard --stream-name {} --shard-to-split {} --new-starting-hash-key {at}",
        stream.name, shard.id
    );
    html! {
        <div class="steer__group" role="group" aria-label={text.split}>
            <h3 class="sheet__heading">{ text.split }</h3>
            <div class="key-space__zoom">
                { view_load(load, &shard.range) }
                <input type="range" class="key-space__handle" min="1"
                    max={(STEPS - 1).to_string()} value={step.to_string()} aria-label={text.border}
                    aria-valuetext={said.clone()} {oninput} />
            </div>
            <p class="sheet__note">{ said.clone() }</p>
            <div class="steer__buttons">
                <button type="button" onclick={on_step.reform(|_| STEPS / 2)}>
                    { text.middle }
                </button>
                <button type="button" disabled={load.best_split().is_none()}
                    title={text.best_hint} onclick={on_best.reform(|_| 0)}>{ text.best }</button>
            </div>
            <Line line={AttrValue::from(line)} panel={panel.clone()} />
        </div>
    }
}

fn view_merge(
    panel: &SteerProps,
    stream: &Stream,
    shard: &Shard,
    (neighbours, chosen): (&[&Shard], Option<&Shard>),
    on_choose: &Callback<u32>,
) -> Html {
    let text = panel.text();
    let Some(neighbour) = chosen.or(neighbours.first().copied()) else {
        return html! {};
    };
    let is_lower = shard.range.start < neighbour.range.start;
    let (lower, upper) = if is_lower { (shard, neighbour) } else { (neighbour, shard) };
    let beside = neighbours.iter().copied();
    let line = format!(
        "aws kinesis merge-shards --stream-name {} --shard-to-merge {} \
         --adjacent-shard-to-merge {}",
        stream.name, lower.id, upper.id
    );
    html! {
        <div class="steer__group" role="group" aria-label={text.merge}>
            <h3 class="sheet__heading">{ text.merge }</h3>
            { view_list(text.neighbour, beside, Some(neighbour), on_choose) }
            <Line line={AttrValue::from(line)} panel={panel.clone()} />
        </div>
    }
}
