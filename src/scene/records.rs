//! The records of a lane: cards, ticks or a strip, by how much room each has.

use super::axis::{Bin, scaled};
use super::bars::Bars;
use super::hue::{form, hash_at, hash_of, hue};
use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{HUES, Ink, rect};
use super::words::fitted;
use super::world::World;
use crate::engine::service::limits::{SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS};
use crate::engine::service::log::Log;
use crate::engine::service::record::{Key, StoredRecord};
use crate::engine::time::whole_micros;
use std::ops::Range;

/// A record with at least this much room of its own shows its partition key.
const CARD: u64 = 84;
/// A record with at least this much room of its own is a tick.
const TICK: u64 = 2;
/// How wide a tick is at most.
const TICK_WIDTH: u64 = 3;
/// A record with at least this much room of its own shows the form of its key too.
const MARKED: u64 = 14;
/// How wide the form of a key is.
const MARK: i32 = 8;
/// How wide a bin of a strip is.
const BIN: u32 = 4;
/// The most records of a bin whose keys are looked at: what a bar of four colors can show.
const SAMPLES: u64 = 6;

/// Lays out the records of a lane.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    let log = &place.shard.log;
    let shown = log.ordinal_at(place.axis.start())..log.tip();
    let count = shown.end - shown.start;
    let width = u64::from(place.axis.width());
    if count * TICK > width {
        lay_strip(world, place, picture);
    } else if count * CARD > width {
        let room = width / count.max(1);
        lay_ticks(world, place, shown, (room / 2).clamp(1, TICK_WIDTH), picture);
    } else {
        lay_cards(world, place, shown, picture);
    }
}

/// Lays out the records of one lane among hundreds: one color a bin.
pub fn lay_out_thin(world: &World, place: &Place, picture: &mut Picture) {
    let height = place.body - 1;
    for_each_bin(place, BIN * 2, |bin, records| {
        let middle = records.start + (records.end - records.start) / 2;
        if let Some(hash) = hash_at(world.simulation, &place.shard.log, middle) {
            picture.fill(rect(bin.x, place.top, bin.width, height), hue(hash));
        }
    });
}

/// One bar a bin, as high as the part of the shard's limit that it used, colored by the keys in it.
fn lay_strip(world: &World, place: &Place, picture: &mut Picture) {
    let mut bars = Bars::default();
    for_each_bin(place, BIN, |bin, records| {
        let height =
            used(&place.shard.log, whole_micros(bin.until - bin.from), &records, place.body);
        let counts = sample(world, &place.shard.log, &records);
        let y = place.top + place.body - height;
        bars.stack(&counts, rect(bin.x, y, bin.width, height));
    });
    bars.paint(picture);
}

/// How high a bar is: the part of the shard's write limit that records used in some microseconds,
/// or their bytes, whichever is more.
pub fn used(log: &Log, micros: u64, records: &Range<u64>, body: i32) -> i32 {
    let bytes = log.bytes_before(records.end) - log.bytes_before(records.start);
    let tall = 1_000_000 * u64::from(body.unsigned_abs());
    let part = |used: u64, limit: u64| scaled(used, tall, limit.saturating_mul(micros.max(1)));
    let count = records.end - records.start;
    let height = part(count, SHARD_WRITE_RECORDS.value).max(part(bytes, SHARD_WRITE_BYTES.value));
    i32::try_from(height).unwrap_or(body).clamp(3, body)
}

/// How many of a few records of a bin have each hue.
fn sample(world: &World, log: &Log, records: &Range<u64>) -> [i32; HUES as usize] {
    let mut counts = [0; HUES as usize];
    let count = records.end - records.start;
    let samples = count.min(SAMPLES);
    for number in 0..samples {
        let hash = hash_at(world.simulation, log, records.start + number * count / samples);
        if let Some(Ink::Hue(hue)) = hash.map(hue) {
            counts[usize::from(hue)] += 1;
        }
    }
    counts
}

fn lay_ticks(world: &World, place: &Place, shown: Range<u64>, width: u64, picture: &mut Picture) {
    let marks = (shown.end - shown.start) * MARKED <= u64::from(place.axis.width());
    let (width, mut last) = (i32::try_from(width).unwrap_or(1), i32::MIN / 2);
    for record in place.shard.log.records(shown) {
        let x = (place.axis.x(record.arrival) - width).max(place.axis.left);
        let hash = hash_of(world.simulation, &record);
        picture.fill(rect(x, place.top + 3, width, place.body - 6), hue(hash));
        if marks && x - last >= MARK {
            picture.mark((x + width / 2, place.top + 7), MARK / 2, form(hash), hue(hash));
            last = x;
        }
    }
}

fn lay_cards(world: &World, place: &Place, shown: Range<u64>, picture: &mut Picture) {
    let mut room_from = place.axis.left;
    let key_y = place.top + place.body / 2;
    let mut notes = Vec::new();
    lay_ticks(world, place, shown.clone(), TICK_WIDTH, picture);
    for record in place.shard.log.records(shown) {
        let end = place.axis.x(record.arrival) - 7;
        let key = key_text(world, &record);
        let width = 6 * i32::try_from(key.chars().count()).unwrap_or(i32::MAX / 8);
        if end - width >= room_from {
            notes.push((end, key.to_owned()));
        }
        room_from = end + 11;
    }
    for (end, key) in notes {
        let style = Style::NOTE.anchored(super::shape::Anchor::End);
        picture.write((end, key_y), fitted(&key, 80), style);
    }
}

/// The partition key as it is written; keys that are made anew for every record have no room here.
fn key_text<'a>(world: &World<'a>, record: &StoredRecord<'a>) -> &'a str {
    match record.key {
        Key::Known(id) => world.simulation.service().known_keys().text(id),
        Key::Text(text) => text,
        Key::Made => "",
    }
}

/// Calls with every bin that holds records, and which ones.
pub fn for_each_bin(place: &Place, pixels: u32, mut call: impl FnMut(Bin, Range<u64>)) {
    let log = &place.shard.log;
    let mut from = log.ordinal_at(place.axis.start());
    for bin in place.axis.bins(pixels) {
        if from >= log.tip() {
            break;
        }
        let until = log.ordinal_at(bin.until).max(from);
        if until > from {
            call(bin, from..until);
        }
        from = until;
    }
}
