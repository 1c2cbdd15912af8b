//! Records on their way from producers into a lane, and those that it refuses.
//!
//! Where a flight is follows from when its record was stored and from the time, and from nothing
//! else: whoever goes back sees the same. What is too fast to be followed is a band as wide as the
//! part of the limit that is used.

use super::hue::{form, hash_of, hue};
use super::picture::{Picture, Style};
use super::place::Place;
use super::records::used;
use super::shape::{Anchor, Form, Ink, rect};
use super::thinned::{step_of, thinned};
use super::words::short;
use super::world::World;
use crate::engine::actor::ActorId;
use crate::engine::service::record::{Carried, StoredRecord};
use crate::engine::time::{Instant, whole_micros};
use crate::insight::history::Mark;
use std::time::Duration;

/// About the most records of a lane that are on their way at a time.
const IN_FLIGHT: u64 = 24;
/// Up to so many records on their way show the forms of their keys.
const FORMS: u64 = 8;
/// Refusals closer than this, in thousandths of the way, are one mark.
const APART: i32 = 80;
/// The whole way.
const WAY: i32 = 1_000;

/// Lays out what comes into a lane.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    let Some(flight) = place.frame.view.flight() else {
        return lay_band(place, picture);
    };
    let (log, now) = (&place.shard.log, world.simulation.now());
    // Counted over more than a flight, so that it seldom changes how many are shown.
    let count = (log.tip() - log.ordinal_at(now.before(4 * flight))) / 4;
    let step = step_of(count, IN_FLIGHT);
    for record in thinned(log, now.before(flight), step) {
        let hash = hash_of(world.simulation, &record);
        let part = passed(now, record.arrival, flight);
        let spread = i32::try_from((record.ordinal * 37 + record.index) & 0xff).unwrap_or(0);
        let at = on_the_way(place, source(place, &record), spread, part);
        if count <= FORMS {
            picture.mark(at, 4, form(hash), hue(hash));
        } else {
            let size = if step > 1 { 4 } else { 3 };
            picture.fill(rect(at.0 - size / 2, at.1 - size / 2, size, size), hue(hash));
        }
    }
    lay_refused(world, place, flight, picture);
}

/// What was refused falls from the lane.
fn lay_refused(world: &World, place: &Place, flight: Duration, picture: &mut Picture) {
    let timeline = world.history.timeline(place.stream.id, place.shard.id, Mark::WriteRefused);
    let (now, mut last) = (world.simulation.now(), 2 * WAY);
    let (left, width) = (place.columns.right, place.columns.pipes - place.columns.right);
    for bin in timeline.iter().flat_map(|line| line.bins(now, flight)) {
        let part = passed(now, bin.from, flight);
        if last - part < APART || part >= WAY {
            continue;
        }
        last = part;
        // Off the lane sideways, and down faster and faster.
        let across = i32::try_from(bin.from.micros() / 1_000 % 7).unwrap_or(0);
        let x = left + 4 + (width - 8) * part * (across + 2) / (8 * WAY);
        let y = place.top + place.body / 3 + (place.body * part / WAY) * part / WAY;
        let radius = if place.columns.is_roomy { 4 } else { 3 };
        picture.mark((x, y), radius, Form::Cross, Ink::Refused);
    }
}

/// How much of a way is done, in thousandths.
pub fn passed(now: Instant, since: Instant, flight: Duration) -> i32 {
    let part = whole_micros(now.since(since)) * u64::from(WAY.unsigned_abs());
    i32::try_from(part / whole_micros(flight).max(1)).unwrap_or(WAY)
}

/// The middle of the place of whoever made a record, if it is shown.
fn source(place: &Place, record: &StoredRecord) -> Option<i32> {
    let maker = match record.carried {
        Carried::Made { maker, .. } => maker,
        Carried::Stored(_) => ActorId::PERSON,
    };
    let found = place.source.places.iter().find(|(_, actor)| *actor == maker);
    found.map(|(x, _)| *x)
}

/// From a producer's place to the top of the chute, down, and into the lane.
fn on_the_way(place: &Place, from: Option<i32>, spread: i32, part: i32) -> (i32, i32) {
    let (left, right) = (place.columns.right, place.columns.pipes);
    let chute = left + 3 + (right - left - 6) * spread / 256;
    let from = (from.unwrap_or(chute), place.source.y);
    let top = (chute, place.source.y + 24);
    let end = place.top + 4 + (place.body - 8) * ((spread * 7) & 0xff) / 256;
    let between = |(x, y): (i32, i32), (to_x, to_y): (i32, i32), start: i32, stop: i32| {
        let part = (part - start) * WAY / (stop - start);
        (x + (to_x - x) * part / WAY, y + (to_y - y) * part / WAY)
    };
    match part {
        ..200 => between(from, top, 0, 200),
        200..850 => between(top, (chute, end), 200, 850),
        _ => between((chute, end), (left, end), 850, WAY),
    }
}

/// A band as high as the part of the limit that is used.
fn lay_band(place: &Place, picture: &mut Picture) {
    let span = place.frame.view.second();
    let since = place.axis.now.before(span);
    let log = &place.shard.log;
    let records = log.ordinal_at(since)..log.tip();
    if records.is_empty() {
        return;
    }
    let height = used(log, whole_micros(span), &records, place.body);
    let middle = place.top + place.body / 2;
    let (left, width) = (place.columns.right, place.columns.pipes - place.columns.right);
    picture.fill(rect(left + 3, middle - height / 2, width - 6, height), Ink::Hue(4));
    if place.columns.is_roomy {
        let micros = u128::from(whole_micros(span).max(1));
        let rate = u128::from(records.end - records.start) * 1_000_000 / micros;
        let text = short(u64::try_from(rate).unwrap_or(u64::MAX));
        let style = Style::NOTE.inked(Ink::Text).anchored(Anchor::Middle);
        // Above the band, on a ground of its own: where the two meet, the band is as bright as the
        // text in one of the themes.
        picture.fill(rect(left + 3, place.top, width - 6, 16), Ink::Ground);
        picture.write((left + width / 2, place.top + 8), text, style);
    }
}
