//! Through what consumers read a shard: one pipe that all who poll share, and one for each that has
//! enhanced fan-out. All are equally wide: 2 MiB a second.

use super::consumers::{Pipe, pipe};
use super::flights::passed;
use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{Anchor, Form, Ink, Rect, rect};
use super::words::fitted;
use super::world::World;
use crate::engine::actor::ActorId;
use crate::engine::client::consumer::{Consumer, ConsumerStatus};
use crate::engine::service::limits::{FAN_OUT_BYTES, SHARD_READ_BYTES};
use crate::engine::time::whole_micros;
use crate::insight::flows::Flow;
use crate::insight::history::Mark;
use std::time::Duration;

/// What a pipe is high at most.
const THICK: i32 = 9;
/// How far the places of two consumers are apart, at least and at most.
const PITCH: (i32, i32) = (4, 17);
/// From this distance on there is room for names.
const NAMES: i32 = 11;
/// How long the taps of a shared pipe are.
const TAP: i32 = 7;
/// From one notch of what flows to the next.
const NOTCH: i32 = 9;
/// Use is measured over this time at least: the limit is one a second.
const MEASURED: Duration = Duration::from_secs(1);

/// Lays out the pipes of a lane.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    let (shared, own): (Vec<&Consumer>, Vec<&Consumer>) =
        readers(world, place).partition(|consumer| pipe(consumer) == Pipe::Shared);
    let all = i32::try_from(shared.len() + own.len()).unwrap_or(i32::MAX);
    if all == 0 {
        return;
    }
    let pitch = (place.body / all).clamp(PITCH.0, PITCH.1);
    let shown = all.min(place.body / pitch);
    let columns = place.columns;
    let has_names = columns.pipes_width > 80;
    let length = if has_names { 46 } else { columns.pipes_width - 2 };
    let first = place.top + (place.body - shown * pitch) / 2 + pitch / 2;
    let row = |number: i32| first + number * pitch;
    let thick = (pitch - 2).clamp(2, THICK);
    let taps = i32::try_from(shared.len()).unwrap_or(i32::MAX).min(shown);
    if taps > 0 {
        let (y, end) = (i32::midpoint(row(0), row(taps - 1)), columns.pipes + length - TAP);
        let at = rect(columns.pipes, y - thick / 2, length - TAP, thick);
        let flows = shared.iter().map(|consumer| consumer.id()).chain([ActorId::PERSON]);
        lay_pipe(world, place, at, flows, picture);
        picture.fill(rect(end, row(0) - 1, 2, row(taps - 1) - row(0) + 2), Ink::Gauge);
        for tap in 0..taps {
            picture.fill(rect(end, row(tap) - 1, TAP, 2), Ink::Gauge);
        }
        lay_refused(world, place, at, picture);
    }
    for (number, consumer) in (taps..shown).zip(&own) {
        let at = rect(columns.pipes, row(number) - thick / 2, length, thick);
        lay_pipe(world, place, at, [consumer.id()].into_iter(), picture);
    }
    if has_names && pitch >= NAMES {
        for (number, consumer) in (0..shown).zip(shared.iter().chain(&own)) {
            let room = columns.pipes_width - length - 4;
            let name = fitted(consumer.name().as_str(), room);
            picture.write((columns.pipes + length + 4, row(number)), name, Style::NOTE);
        }
    } else if has_names {
        let text = match (shared.len(), own.len()) {
            (0, own) => format!("{own} own"),
            (shared, 0) => format!("{shared} shared"),
            (shared, own) => format!("{shared} + {own}"),
        };
        let at = (columns.pipes + columns.pipes_width, place.top + place.body / 2);
        picture.write(at, text, Style::NOTE.anchored(Anchor::End));
    }
}

/// The consumers that read a shard now.
fn readers<'a>(world: &World<'a>, place: &Place) -> impl Iterator<Item = &'a Consumer> {
    let (stream, shard) = (place.stream.id, place.shard.id);
    world.simulation.clients().consumers().filter(move |consumer| {
        let mut positions = consumer.positions();
        consumer.stream() == Some(stream)
            && consumer.status() == ConsumerStatus::Reading
            && positions.any(|(of, position)| of == shard && !position.has_ended())
    })
}

/// A pipe, as full as it was used lately, and what is on its way in it.
fn lay_pipe(
    world: &World,
    place: &Place,
    at: Rect,
    actors: impl Iterator<Item = ActorId>,
    picture: &mut Picture,
) {
    let flows = &world.history.flows;
    let flows = actors.filter_map(|actor| flows.read(place.stream.id, place.shard.id, actor));
    let flows: Vec<&Flow> = flows.collect();
    picture.fill(at, Ink::Line);
    let span = place.frame.view.second().max(MEASURED);
    let bytes: u64 = flows.iter().map(|flow| flow.within(place.axis.now, span)).sum();
    let limit = SHARD_READ_BYTES.value.max(FAN_OUT_BYTES.value);
    let full = u128::from(limit) * u128::from(whole_micros(span)) / 1_000_000;
    let used = u128::from(bytes) * u128::from(at.height.unsigned_abs());
    let used = i32::try_from(used.div_ceil(full.max(1))).unwrap_or(at.height).min(at.height);
    let water = Rect { y: at.y + at.height - used, height: used, ..at };
    let Some(flight) = place.frame.view.flight() else {
        return picture.fill(water, Ink::Consumer);
    };
    let since = place.axis.now.before(flight);
    if flows.iter().any(|flow| flow.packets(since).1) {
        picture.fill(water, Ink::Consumer);
        // What never ends shows that it moves by notches, at the pace of packets.
        let micros = whole_micros(flight).max(1);
        let phase = place.axis.now.micros() % micros * u64::from(at.width.unsigned_abs()) / micros;
        let phase = i32::try_from(phase).unwrap_or(0) % NOTCH;
        for x in (at.x + phase..at.x + at.width - 1).step_by(NOTCH.unsigned_abs() as usize) {
            picture.fill(Rect { x, width: 2, ..water }, Ink::Line);
        }
        return;
    }
    picture.fill(water, Ink::Behind);
    for packet in flows.iter().flat_map(|flow| flow.packets(since).0) {
        let part = passed(place.axis.now, packet.at, flight);
        let long = u64::from(packet.amount) * 12 / (1 << 20) + 3;
        let long = i32::try_from(long).unwrap_or(at.width).min(at.width / 2);
        let x = at.x + (at.width - long) * part / 1_000;
        let high = if packet.amount == 0 { 2 } else { at.height };
        picture.fill(rect(x, at.y + (at.height - high) / 2, long, high), Ink::Consumer);
    }
}

/// Calls that were refused come from the taps, and get no further than the shard.
fn lay_refused(world: &World, place: &Place, at: Rect, picture: &mut Picture) {
    let Some(flight) = place.frame.view.flight() else { return };
    let timeline = world.history.timeline(place.stream.id, place.shard.id, Mark::ReadRefused);
    for bin in timeline.iter().flat_map(|line| line.bins(place.axis.now, flight)).take(8) {
        let part = passed(place.axis.now, bin.from, flight);
        let x = at.x + at.width * (600 - part).max(0) / 600;
        picture.mark((x, at.y + at.height / 2), 3, Form::Cross, Ink::Refused);
    }
}
