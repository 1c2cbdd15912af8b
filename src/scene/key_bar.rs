//! The key space of a stream as a bar: who owns which part, whose children they are, and where the
//! keys of the newest records fall.

use super::bars::Bars;
use super::detail::shown;
use super::frame::Frame;
use super::hue::{hash_at, hue};
use super::key_space::part_of;
use super::picture::{Picture, Style};
use super::shape::{HUES, Ink, Rect, rect};
use super::thinned::{step_of, thinned_ordinals};
use super::world::World;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::stream::Stream;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// Generations of parents that are shown, the last ones.
const GENERATIONS: i32 = 2;
/// How high a generation is.
const GENERATION: i32 = 4;
/// How high the heap of keys is.
const HEAP: i32 = 18;
/// How high the open shards are.
const OPEN: i32 = 6;
/// How high all of it is.
pub const HEIGHT: i32 = GENERATIONS * GENERATION + HEAP + OPEN;
/// How wide a heap of keys is.
const BIN: i32 = 4;
/// A heap of so many times its fair share is as high as can be.
const FAIR_SHARES: i32 = 8;
/// About the most records whose keys are looked at.
const SAMPLES: u64 = 512;
/// About the most keys that fall at a time.
const FALLING: u64 = 96;

/// Lays out the key space of a stream, from an upper edge on.
pub fn lay_out(world: &World, frame: &Frame, stream: &Stream, top: i32, picture: &mut Picture) {
    let columns = frame.columns;
    let width = columns.right - columns.left;
    let open = rect(columns.left, top + HEIGHT - OPEN, width, OPEN);
    picture.fill(open, if stream.open_shard_count() == 0 { Ink::Line } else { Ink::Quiet });
    lay_shards(stream, open, picture);
    let heap = rect(open.x, open.y - HEAP, width, HEAP);
    lay_keys(world, frame, stream, heap, picture);
    if let Some(flight) = frame.view.flight() {
        lay_falling(world, stream, flight, heap, picture);
    }
    if columns.is_roomy {
        picture.write((columns.label, open.y + 2), "keys 0…2^128−1", Style::NOTE);
    }
}

/// Open shards side by side, and above them the generations that they came from.
fn lay_shards(stream: &Stream, open: Rect, picture: &mut Picture) {
    let shards = stream.shards();
    let mut depths = vec![0_i32; shards.len()];
    for (number, shard) in shards.iter().enumerate().rev() {
        let part = part_of(&shard.range, open);
        if shard.is_open() {
            if part.width >= BIN && part.x > open.x {
                picture.fill(rect(part.x, open.y, 1, OPEN), Ink::Ground);
            }
            continue;
        }
        let children = shard.children.iter().filter_map(|child| depths.get(child.0 as usize));
        let depth = children.max().map_or(1, |deepest| deepest + 1);
        depths[number] = depth;
        if depth <= GENERATIONS && !shard.is_expired() {
            let y = open.y - HEAP - depth * GENERATION;
            let place = Rect { y, height: GENERATION - 1, width: part.width - 1, ..part };
            picture.hatch(place, Ink::Quiet);
            picture.fill(Rect { height: 1, ..place }, Ink::Line);
        }
    }
}

/// How many of the newest records fall where, colored by their keys.
fn lay_keys(world: &World, frame: &Frame, stream: &Stream, heap: Rect, picture: &mut Picture) {
    let fallen = fallen(world, stream, frame.axis.start(), SAMPLES);
    let bins = (heap.width / BIN).max(1);
    let mut counts = vec![[0_i32; HUES as usize]; bins.unsigned_abs() as usize];
    for key in &fallen {
        let bin = across(key.hash, bins).unsigned_abs() as usize;
        if let Some(counts) = counts.get_mut(bin) {
            counts[key.hue] += 1;
        }
    }
    let total = i32::try_from(fallen.len()).unwrap_or(i32::MAX / 4);
    let mut bars = Bars::default();
    for (bin, counts) in (0..).zip(&counts) {
        let sum: i32 = counts.iter().sum();
        let height = sum * bins * HEAP / (FAIR_SHARES * total).max(1);
        let height = if sum == 0 { 0 } else { height.clamp(2, HEAP) };
        let (x, y) = (heap.x + bin * BIN, heap.y + HEAP - height);
        bars.stack(counts, rect(x, y, BIN, height));
    }
    bars.paint(picture);
}

/// Keys of the records that come just now, on their way down.
fn lay_falling(
    world: &World,
    stream: &Stream,
    flight: Duration,
    heap: Rect,
    picture: &mut Picture,
) {
    let now = world.simulation.now();
    for key in fallen(world, stream, now.before(flight), FALLING) {
        let passed = whole_micros(now.since(key.arrival)) * u64::from(heap.height.unsigned_abs());
        let down = i32::try_from(passed / whole_micros(flight).max(1)).unwrap_or(0);
        let (x, y) = (heap.x + across(key.hash, heap.width), heap.y - 6 + down);
        picture.fill(rect(x - 1, y, 2, 5), Ink::Hue(u8::try_from(key.hue).unwrap_or(0)));
    }
}

/// Where a key lies in a key space of some width.
fn across(hash: HashKey, width: i32) -> i32 {
    let place = ((hash.0 >> 96) * u128::from(width.unsigned_abs())) >> 32;
    i32::try_from(place).unwrap_or(0)
}

/// A record's key.
struct Fallen {
    hash: HashKey,
    hue: usize,
    arrival: Instant,
}

/// The keys of records since an instant, about `most` of them. Those that an explicit hash key put
/// elsewhere are left out: it is not kept.
fn fallen(world: &World, stream: &Stream, since: Instant, most: u64) -> Vec<Fallen> {
    let count = shown(stream).map(|shard| shard.log.tip() - shard.log.ordinal_at(since)).sum();
    let step = step_of(count, most);
    let mut keys = Vec::new();
    for shard in shown(stream) {
        for ordinal in thinned_ordinals(&shard.log, since, step) {
            let found = hash_at(world.simulation, &shard.log, ordinal);
            let Some(hash) = found.filter(|hash| shard.range.contains(*hash)) else { continue };
            if let (Ink::Hue(hue), Some(arrival)) = (hue(hash), shard.log.arrival(ordinal)) {
                keys.push(Fallen { hash, hue: usize::from(hue), arrival });
            }
        }
    }
    keys
}
