//! Where consumers are in a shard: pointers below its lane, and how far each is behind.

use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{Anchor, Ink, Shape, rect};
use super::words::span;
use super::world::World;
use crate::engine::client::consumer::{Consumer, Mode};
use std::time::Duration;

/// Consumers at about the same place, which share a label.
struct Group<'a> {
    /// Where the last of them is.
    x: i32,
    /// By their numbers, so that a label keeps its order while they overtake each other.
    consumers: Vec<&'a Consumer>,
}

/// Consumers closer to now than this keep up; how long the last poll is ago says nothing.
const KEEPS_UP: i32 = 48;
/// A pointer's height with the space before a label.
const POINTER: i32 = 9;
/// About how wide a character of a label is.
const CHAR: i32 = 6;

/// Lays out the consumers of a lane.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    let mut found: Vec<(i32, &Consumer)> = Vec::new();
    for (x, consumer) in positions(world, place) {
        // From the right on. They are few, and a sort of their own would weigh more than its use.
        let at = found.partition_point(|(other, _)| *other >= x);
        found.insert(at, (x, consumer));
    }
    let bottom = place.top + place.body;
    if let Some((last, _)) = found.last() {
        picture.fill(rect(*last, bottom, place.axis.right - last, 2), Ink::Behind);
    }
    let mut groups: Vec<Group> = Vec::new();
    for (x, consumer) in found {
        let hollow = pipe(consumer) == Pipe::Own;
        picture.shapes.push(Shape::Pointer { x, y: bottom + 2, ink: Ink::Consumer, hollow });
        let mut group = match groups.pop() {
            Some(group) if group.x - x < KEEPS_UP => group,
            others => {
                groups.extend(others);
                Group { x, consumers: Vec::new() }
            }
        };
        group.x = x;
        let at = group.consumers.partition_point(|other| other.id() < consumer.id());
        group.consumers.insert(at, consumer);
        groups.push(group);
    }
    if place.columns.is_roomy {
        write_labels(world, &groups, place, picture);
    }
}

/// Writes labels to the left of their pointers, those that fit before the next group.
fn write_labels(world: &World, groups: &[Group], place: &Place, picture: &mut Picture) {
    let lefts = groups.iter().skip(1).map(|next| next.x + POINTER).chain([place.axis.left]);
    for (group, left) in groups.iter().zip(lefts) {
        let is_behind = group.x < place.axis.right - KEEPS_UP;
        let labels = group.consumers.iter().map(|consumer| {
            let mut lags = consumer.lags(world.simulation.service(), place.axis.now);
            match lags.find(|lag| lag.shard == place.shard.id && is_behind) {
                Some(lag) => {
                    format!("{} −{}", consumer.name(), span(Duration::from_millis(lag.millis)))
                }
                None => consumer.name().to_string(),
            }
        });
        let label = labels.collect::<Vec<String>>().join(", ");
        let width = CHAR * i32::try_from(label.chars().count()).unwrap_or(i32::MAX / CHAR);
        let end = group.x - POINTER;
        if end - width >= left {
            let at = (end, place.top + place.body + 9);
            picture.write(at, label, Style::NOTE.anchored(Anchor::End));
        }
    }
}

/// The consumers that read a shard, each with the place of the first record that it has not
/// processed; whoever has processed everything is at now.
fn positions<'a>(world: &World<'a>, place: &Place) -> impl Iterator<Item = (i32, &'a Consumer)> {
    let (stream, shard, axis) = (place.stream.id, place.shard.id, *place.axis);
    let log = &place.shard.log;
    let consumers = world.simulation.clients().consumers();
    consumers.filter(move |consumer| consumer.stream() == Some(stream)).filter_map(
        move |consumer| {
            let mut positions = consumer.positions();
            let (_, position) = positions.find(|(of, _)| *of == shard)?;
            let next = position.processed(axis.now).filter(|_| !position.has_ended())?;
            let arrival = log.arrival(next.max(log.horizon()));
            Some((arrival.map_or(axis.right, |arrival| axis.x(arrival)), consumer))
        },
    )
}

/// What a consumer reads through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pipe {
    /// One that all polling consumers share.
    Shared,
    /// One of its own: enhanced fan-out.
    Own,
}

/// What a consumer reads through.
pub fn pipe(consumer: &Consumer) -> Pipe {
    match consumer.spec().mode {
        Mode::Shared { .. } => Pipe::Shared,
        Mode::EnhancedFanOut => Pipe::Own,
    }
}
