//! The key space of a stream as a bar: open shards solid, below their closed parents hatched; and
//! a shard's own part of it, larger, with the border that a split would draw.

use crate::text::steer as words;
use shardlab::engine::service::hash_key::{HashKey, HashKeyRange};
use shardlab::engine::service::shard::Shard;
use shardlab::engine::service::stream::Stream;
use shardlab::scene::key_load::KeyLoad;
use shardlab::scene::key_space::percents;
use std::fmt::Write;
use yew::prelude::*;

/// Generations of closed shards that are shown at most.
const GENERATIONS: u32 = 3;
/// Parts of a shard's range whose records are counted.
const BINS: u32 = 60;
/// Open shards up to which each is a button to reach by itself. Of more, one is too narrow to hit,
/// and too many to go through with the keyboard: there is a list beside the bar.
const BUTTONS_MAX: usize = 64;
/// Steps of the border from one end of a shard to the other.
pub const STEPS: u32 = 1_000;

/// Which shards of the bar are chosen.
pub struct Choice {
    /// The one to be split or merged.
    pub shard: u32,
    /// The neighbour to merge it with.
    pub neighbour: Option<u32>,
    /// Where a split would draw its border.
    pub at: HashKey,
}

/// The whole bar. Open shards are buttons; a second one beside the first chooses both.
pub fn view_bar(
    stream: &Stream,
    choice: &Choice,
    on_choose: &Callback<u32>,
    text: &words::Steer,
) -> Html {
    let generations = generations(stream);
    let rows = (1..=GENERATIONS).rev().filter(|row| generations.contains(row));
    let closed = |row: u32| {
        let shards = stream.shards().iter().zip(&generations);
        let shards = shards.filter(move |(_, generation)| **generation == row);
        html! {
            <div class="key-space__row key-space__row--closed">
                { for shards.map(|(shard, _)| view_part(shard, text)) }
            </div>
        }
    };
    let is_narrow = stream.open_shards().len() > BUTTONS_MAX;
    let open = |shard: &Shard| {
        let id = shard.id.0;
        let is_chosen = id == choice.shard || Some(id) == choice.neighbour;
        // What is seen of it comes first, so that it can be called by it.
        let name = format!("{id}: {} {}", shard.id, percents(&shard.range));
        html! {
            <button type="button" class="key-space__open" key={id} style={place(&shard.range)}
                aria-pressed={is_chosen.to_string()} title={name.clone()} aria-label={name}
                tabindex={(is_narrow && !is_chosen).then_some("-1")}
                onclick={on_choose.reform(move |_| id)}>
                { id }
            </button>
        }
    };
    html! {
        <div class="key-space" role="group" aria-label={text.key_space}>
            { for rows.map(closed) }
            <div class={classes!("key-space__row", is_narrow.then_some("key-space__row--narrow"))}>
                { for stream.open_shards().map(open) }
                <span class="key-space__border" style={format!("left:{}%", percent(choice.at))} />
            </div>
            <p class="key-space__ends" aria-hidden="true">
                <span>{ "0" }</span><span>{ "2¹²⁸−1" }</span>
            </p>
        </div>
    }
}

fn view_part(shard: &Shard, text: &words::Steer) -> Html {
    let name = format!("{} {} ({})", shard.id, percents(&shard.range), text.closed);
    html! {
        <span class="key-space__closed" style={place(&shard.range)} title={name.clone()} role="img"
            aria-label={name} />
    }
}

/// The last records of a shard over its range: how many bytes fall where.
pub fn view_load(load: &KeyLoad, range: &HashKeyRange) -> Html {
    let bins = load.bins(range, BINS);
    let most = bins.iter().max().copied().unwrap_or(0).max(1);
    let path = bins.iter().enumerate().fold(String::new(), |mut path, (bin, bytes)| {
        if *bytes > 0 {
            let height = (bytes * 20).div_ceil(most);
            let _ = write!(path, "M{bin} 20v-{height}h1v{height}z");
        }
        path
    });
    html! {
        <svg class="key-space__load" viewBox={format!("0 0 {BINS} 20")} preserveAspectRatio="none"
            aria-hidden="true">
            <path d={path} />
        </svg>
    }
}

/// So many of [`STEPS`] of a range from its start; half of them is where an even split draws it.
pub fn at_step(range: &HashKeyRange, step: u32) -> HashKey {
    if step * 2 == STEPS {
        return range.midpoint();
    }
    let (width, steps, step) = (range.width(), u128::from(STEPS), u128::from(step));
    HashKey(range.start.0 + width / steps * step + width % steps * step / steps)
}

/// The nearest step to a hash key of a range.
pub fn step_of(range: &HashKeyRange, at: HashKey) -> u32 {
    let step = at.0.saturating_sub(range.start.0) / (range.width() / u128::from(STEPS)).max(1);
    u32::try_from(step).unwrap_or(STEPS).clamp(1, STEPS - 1)
}

/// How many generations stand between each shard and the open ones: none for these; beyond what is
/// shown for those that have expired.
fn generations(stream: &Stream) -> Vec<u32> {
    let shards = stream.shards();
    let mut generations = vec![u32::MAX; shards.len()];
    // Children have higher numbers than their parents.
    for (place, shard) in shards.iter().enumerate().rev() {
        if shard.is_open() {
            generations[place] = 0;
        } else if !shard.is_expired() {
            let children = shard.children.iter().map(|child| generations[child.0 as usize]);
            generations[place] = children.max().unwrap_or(0).saturating_add(1);
        }
    }
    generations
}

fn place(range: &HashKeyRange) -> String {
    let (left, right) = (percent(range.start), percent(range.end));
    format!("left:{left}%;width:{}%", right - left)
}

/// Where a hash key lies, in percent; for drawing.
fn percent(key: HashKey) -> f64 {
    let top = u32::try_from(key.0 >> 96).expect("the top of 128 bits is 32 wide");
    f64::from(top) * 100.0 / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::console::Console;
    use std::time::Duration;

    #[test]
    fn steps_lead_from_one_end_to_the_other() {
        for range in HashKeyRange::initial(3).chain([HashKeyRange::ALL]) {
            assert_eq!(at_step(&range, 0), range.start);
            assert_eq!(at_step(&range, STEPS), range.end);
            assert_eq!(at_step(&range, STEPS / 2), range.midpoint());
            for step in [1, 250, 999] {
                assert!(range.contains(at_step(&range, step)));
                assert!(step_of(&range, at_step(&range, step)).abs_diff(step) <= 1);
            }
        }
    }

    #[test]
    fn parents_stand_above_their_children() {
        let mut console = Console::default();
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 2",
            "aws kinesis split-shard --stream-name clicks --shard-to-split 0 \
             --new-starting-hash-key 1000",
            "aws kinesis split-shard --stream-name clicks --shard-to-split 3 \
             --new-starting-hash-key 100000",
        ] {
            console.enter(line);
            let until = console.simulation().now() + Duration::from_mins(1);
            console.advance_within(until, u64::MAX);
        }
        let stream = console.simulation().service().streams().next().unwrap();
        assert_eq!(generations(stream), [2, 0, 0, 1, 0, 0]);
    }
}
