//! What lies below what: streams, and under each its shards, in the height that there is.

use super::axis;
use super::detail::{Detail, shown};
use super::growth::{Growth, WHOLE};
use super::strip::LINE;
use super::view::View;
use crate::engine::Simulation;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;

/// All rows of a picture, each with its upper edge.
pub struct Rows<'a> {
    /// How high all of them are together.
    pub height: i32,
    rows: Vec<(i32, Row<'a>)>,
}

/// One row.
#[derive(Clone, Copy)]
pub enum Row<'a> {
    /// A stream's name and what holds for all its shards.
    Stream(&'a Stream),
    /// A shard with its records, gauges and consumers.
    Lane {
        /// Whose shard.
        stream: &'a Stream,
        /// The shard.
        shard: &'a Shard,
        /// How high its records are.
        body: i32,
        /// How far above its place it is on its way there, out of its parent's lane.
        rise: i32,
        /// Whether it is there, and as high as the others.
        phase: Phase,
    },
    /// A shard among many.
    Thin {
        /// Whose shard.
        stream: &'a Stream,
        /// The shard.
        shard: &'a Shard,
        /// How high it is.
        height: i32,
    },
    /// More shards than there are pixels.
    Heat {
        /// Whose shards.
        stream: &'a Stream,
        /// How many of them are shown.
        shards: usize,
        /// How high all of them are together.
        height: i32,
    },
}

/// Whether a lane is as it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It grows or shrinks, and shows its records only.
    Changing,
    /// It shows everything.
    Whole,
}

/// How high a stream's name is with the space around it.
pub const HEAD: i32 = 60;
/// How high the consumers below a lane are, with the space after it.
pub const FOOT: i32 = 26;
/// How high the records of a lane are, at least and at most.
const BODY: (i32, i32) = (30, 76);
/// How high a lane is at least while it grows.
const LEAST: i32 = 4;
/// How high a thin lane is, at least and at most.
const THIN: (i32, i32) = (4, 12);
/// How high a heat strip is, at least and at most.
const HEAT: (i32, i32) = (288, 576);
/// Space after the lanes of a stream.
const GAP: i32 = 10;

impl<'a> Rows<'a> {
    /// The rows of a simulation. Lanes share the height of the view, and scroll if it is too low.
    pub fn of(simulation: &'a Simulation, view: &View) -> Self {
        let growth = Growth::of(view, simulation.now());
        let streams: Vec<(&Stream, usize)> =
            simulation.service().streams().map(|stream| (stream, shown(stream).count())).collect();
        let sizes = Sizes::of(&streams, view.height, growth);
        let mut rows = Self { height: axis::HEIGHT, rows: Vec::new() };
        for (stream, shards) in streams {
            rows.push(Row::Stream(stream), HEAD);
            rows.push_shards(stream, shards, &sizes);
            rows.height += GAP;
        }
        rows
    }

    /// All rows with their upper edges in the picture.
    pub fn all(self) -> impl Iterator<Item = (i32, Row<'a>)> {
        self.rows.into_iter()
    }

    /// The rows that a view shows, with their upper edges in the picture.
    pub fn visible(self, view: &View) -> impl Iterator<Item = (i32, Row<'a>)> {
        let (top, bottom) = (view.top, view.top + view.height);
        let after = self.rows.iter().map(|row| row.0).skip(1).chain([self.height]);
        let bottoms: Vec<i32> = after.collect();
        let rows = self.rows.into_iter().zip(bottoms);
        rows.filter(move |((start, _), end)| *start < bottom && *end > top).map(|(row, _)| row)
    }

    fn push_shards(&mut self, stream: &'a Stream, shards: usize, sizes: &Sizes) {
        match Detail::of(shards) {
            Detail::Lanes => self.push_lanes(stream, sizes),
            Detail::Thin => {
                for shard in shown(stream) {
                    self.push(Row::Thin { stream, shard, height: sizes.thin }, sizes.thin);
                }
            }
            Detail::Heat => {
                self.push(Row::Heat { stream, shards, height: sizes.heat }, sizes.heat);
            }
        }
    }

    fn push_lanes(&mut self, stream: &'a Stream, sizes: &Sizes) {
        let first = self.rows.len();
        for shard in stream.shards() {
            let grown = sizes.growth.of_shard(stream, shard);
            if grown == WHOLE {
                let (body, phase) = (sizes.body, Phase::Whole);
                let row = Row::Lane { stream, shard, body, rise: 0, phase };
                self.push(row, sizes.body + FOOT);
            } else if grown > 0 {
                let way = self.way_from_parent(first, shard);
                let rise = if shard.is_expired() { 0 } else { way * (WHOLE - grown) / WHOLE };
                let body = (sizes.body * grown / WHOLE).max(LEAST);
                let row = Row::Lane { stream, shard, body, rise, phase: Phase::Changing };
                self.push(row, (sizes.body + FOOT) * grown / WHOLE);
            }
        }
    }

    /// How far below its parent's lane the next one is; the stream's lanes begin with `first`.
    fn way_from_parent(&self, first: usize, shard: &Shard) -> i32 {
        let is_parent = |row: &Row| match row {
            Row::Lane { shard: other, .. } => Some(other.id) == shard.parent,
            _ => false,
        };
        let parent = self.rows[first..].iter().find(|(_, row)| is_parent(row));
        parent.map_or(0, |(top, _)| self.height - top)
    }

    fn push(&mut self, row: Row<'a>, height: i32) {
        self.rows.push((self.height, row));
        self.height += height;
    }
}

struct Sizes {
    body: i32,
    thin: i32,
    heat: i32,
    growth: Growth,
}

impl Sizes {
    fn of(streams: &[(&Stream, usize)], height: i32, growth: Growth) -> Self {
        let in_detail = |detail: Detail| {
            streams.iter().filter(move |(_, shards)| Detail::of(*shards) == detail)
        };
        let thin: usize = in_detail(Detail::Thin).map(|(_, shards)| *shards).sum();
        // Lanes make room for one that grows as it grows.
        let grown = |stream: &Stream| -> i32 {
            stream.shards().iter().map(|shard| growth.of_shard(stream, shard)).sum()
        };
        let lanes: i32 = in_detail(Detail::Lanes).map(|(stream, _)| grown(stream)).sum();
        let heads = i32::try_from(streams.len()).unwrap_or(0) * (HEAD + GAP);
        let left = (height - axis::HEIGHT - heads).max(0);
        let count = |found: usize| i32::try_from(found).unwrap_or(i32::MAX).max(1);
        let strips = in_detail(Detail::Heat).count();
        Self {
            body: (left * WHOLE / lanes.max(WHOLE) - FOOT).clamp(BODY.0, BODY.1),
            thin: (left / count(thin)).clamp(THIN.0, THIN.1),
            heat: (left / count(strips)).clamp(HEAT.0, HEAT.1) / LINE * LINE,
            growth,
        }
    }
}
