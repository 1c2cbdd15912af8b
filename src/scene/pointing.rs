//! What lies under a point of the picture.

use super::axis::{self, Axis};
use super::rows::{FOOT, Row, Rows};
use super::strip::{LINE, Strip};
use super::view::{Columns, View};
use super::world::World;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::time::Instant;
use crate::insight::subject::{Sought, Subject};

/// How far beside a mark a finger still means it, in pixels.
const NEAR: u32 = 4;

/// What lies at a point of the view: the refusal at or near a red mark, else the record there, else
/// the shard or stream whose row it is.
pub fn hit(world: &World, view: &View, (x, y): (i32, i32)) -> Option<Subject> {
    if y < axis::HEIGHT {
        return None;
    }
    let columns = Columns::of(view.width);
    let axis = Axis::of(&columns, world.simulation.now(), view.window);
    let below = y + view.top;
    let rows = Rows::of(world.simulation, view);
    let (top, row) = rows.visible(view).filter(|(top, _)| *top <= below).last()?;
    let (stream, shard, height) = match row {
        Row::Stream(stream) => return Some(Subject::Stream(stream.id)),
        Row::Heat { stream, shards, height } => {
            return in_strip(world, &axis, &Strip { stream, shards, top, height }, (x, below));
        }
        Row::Lane { stream, shard, body, .. } => (stream.id, shard.id, body + FOOT),
        Row::Thin { stream, shard, height } => (stream.id, shard.id, height),
    };
    if below >= top + height {
        return None;
    }
    // What falls from a lane falls into the chute.
    let x = if (axis.right + 1..columns.pipes).contains(&x) { columns.label } else { x };
    if let Some(found) = refusal(world, &axis, (stream, shard), x) {
        return Some(Subject::Refusal(found));
    }
    let ordinal = record(world, &axis, (stream, shard), x);
    Some(ordinal.map_or(Subject::Shard(stream, shard), |ordinal| Subject::Record {
        stream,
        shard,
        ordinal,
    }))
}

/// The refusal at a place of a strip, or on the next line, as lines are lower than fingers are
/// steady; else the shard that the line shows.
fn in_strip(world: &World, axis: &Axis, strip: &Strip, (x, y): (i32, i32)) -> Option<Subject> {
    let stream = strip.stream.id;
    for line in [y, y - LINE, y + LINE].into_iter().filter_map(|y| strip.line_at(y)) {
        for shard in strip.shards_of(line) {
            if let Some(found) = refusal(world, axis, (stream, shard.id), x) {
                return Some(Subject::Refusal(found));
            }
        }
    }
    let line = *strip.lines(axis.start()).get(strip.line_at(y)?)?;
    Some(Subject::Shard(stream, line.busiest.id))
}

/// The record at a place of a lane, or the first one just to the right of it.
fn record(world: &World, axis: &Axis, (stream, shard): (StreamId, ShardId), x: i32) -> Option<u64> {
    if !(axis.left..=axis.right).contains(&x) {
        return None;
    }
    let log = &world.simulation.service().shard(stream, shard)?.log;
    let instant = axis.at(x);
    let ordinal = log.ordinal_at(instant).max(log.horizon());
    let is_near =
        |arrival: Instant| arrival.micros().saturating_sub(instant.micros()) <= axis.time_of(NEAR);
    log.arrival(ordinal).is_some_and(is_near).then_some(ordinal)
}

/// The refusal that is meant: beside the lane, the last one.
fn refusal(world: &World, axis: &Axis, place: (StreamId, ShardId), x: i32) -> Option<Sought> {
    let times = (axis.now, axis.window);
    if x < axis.left {
        return Sought::last(world.history, place, axis.now, axis.window);
    }
    if x > axis.right {
        return None;
    }
    let instant = axis.at(x);
    let sought = Sought::nearest(world.history, place, times, instant)?;
    let reach = axis.time_of(NEAR);
    let is_near = |other: Instant| instant.micros().abs_diff(other.micros()) <= reach;
    let is_inside = (sought.from..=sought.until).contains(&instant);
    (is_inside || is_near(sought.from) || is_near(sought.until)).then_some(sought)
}
