//! A shard's lane: what it is called, its records over time, its limits, and who reads it.

use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{Anchor, Ink, Rect, rect};
use super::world::World;
use super::{consumers, flights, forecast, gauges, label, locks, pipes, records, refusals};

/// Lays out a lane with everything that belongs to it.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    label::lay_out(place, picture);
    lay_ground(place, picture);
    records::lay_out(world, place, picture);
    forecast::lay_out(world, place, picture);
    locks::lay_out(place, picture);
    refusals::lay_out(world, place, picture);
    gauges::lay_out(world, place, picture);
    consumers::lay_out(world, place, picture);
    pipes::lay_out(world, place, picture);
    flights::lay_out(world, place, picture);
}

/// Lays out a lane that grows or shrinks: its records only.
pub fn lay_out_changing(world: &World, place: &Place, picture: &mut Picture) {
    picture.fill(rect(0, place.top - 2, i32::from(i16::MAX), place.body + 4), Ink::Ground);
    lay_ground(place, picture);
    records::lay_out(world, place, picture);
}

/// Lays out one lane among hundreds: records and refusals only.
pub fn lay_out_thin(world: &World, place: &Place, picture: &mut Picture) {
    let every = (24 / place.body).max(1).unsigned_abs();
    if place.shard.id.0.is_multiple_of(every) {
        let at = (place.columns.label, place.top + place.body / 2);
        label::among_many(place.shard.id, at, picture);
    }
    lay_ground(&Place { body: place.body - 1, ..*place }, picture);
    records::lay_out_thin(world, place, picture);
    refusals::lay_out_thin(world, place, picture);
}

/// The lane itself: hatched where there can be no records, because they would have expired, or
/// because the shard was closed or not yet open.
fn lay_ground(place: &Place, picture: &mut Picture) {
    let Place { shard, stream, axis, .. } = *place;
    let ground = place.ground();
    picture.fill(ground, Ink::Lane);
    let horizon = axis.now.before(stream.retention());
    let first = if horizon > shard.opened { horizon } else { shard.opened };
    let before = axis.x(first) - ground.x;
    picture.hatch(Rect { width: before, ..ground }, Ink::Line);
    if let Some(closed) = shard.closed() {
        let x = axis.x(closed);
        picture.hatch(Rect { x, width: axis.right - x, ..ground }, Ink::Line);
    }
    if horizon > shard.opened && horizon > axis.start() {
        let x = axis.x(horizon);
        picture.fill(Rect { x, width: 1, ..ground }, Ink::Quiet);
        if place.columns.is_roomy && place.body >= 24 {
            let style = Style::NOTE.anchored(Anchor::Start);
            picture.write((x + 4, ground.y + 8), "TRIM_HORIZON", style);
        }
    }
}
