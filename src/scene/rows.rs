//! What lies below what: streams, and under each its shards, in the height that there is.

use super::axis;
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

/// Up to so many shards a stream gets lanes, beyond that thin ones.
const LANES_MAX: usize = 32;
/// Up to so many shards a stream gets thin lanes, beyond that a heat strip.
const THIN_MAX: usize = 384;
/// How high a stream's name is with the space around it.
pub const HEAD: i32 = 46;
/// How high the consumers below a lane are, with the space after it.
pub const FOOT: i32 = 26;
/// How high the records of a lane are, at least and at most.
const BODY: (i32, i32) = (30, 76);
/// How high a thin lane is, at least and at most.
const THIN: (i32, i32) = (4, 12);
/// How high a heat strip is.
const HEAT: i32 = 288;
/// Space after the lanes of a stream.
const GAP: i32 = 10;

impl<'a> Rows<'a> {
    /// The rows of a simulation. Lanes share the height of the view, and scroll if it is too low.
    pub fn of(simulation: &'a Simulation, view: &View) -> Self {
        let streams: Vec<(&Stream, usize)> =
            simulation.service().streams().map(|stream| (stream, shown(stream).count())).collect();
        let sizes = Sizes::of(&streams, view.height);
        let mut rows = Self { height: axis::HEIGHT, rows: Vec::new() };
        for (stream, shards) in streams {
            rows.push(Row::Stream(stream), HEAD);
            rows.push_shards(stream, shards, &sizes);
            rows.height += GAP;
        }
        rows
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
        if shards > THIN_MAX {
            self.push(Row::Heat { stream, shards, height: HEAT }, HEAT);
            return;
        }
        for shard in shown(stream) {
            if shards > LANES_MAX {
                self.push(Row::Thin { stream, shard, height: sizes.thin }, sizes.thin);
            } else {
                self.push(Row::Lane { stream, shard, body: sizes.body }, sizes.body + FOOT);
            }
        }
    }

    fn push(&mut self, row: Row<'a>, height: i32) {
        self.rows.push((self.height, row));
        self.height += height;
    }
}

/// The shards of a stream that still hold something, by number.
pub fn shown(stream: &Stream) -> impl Iterator<Item = &Shard> {
    stream.shards().iter().filter(|shard| !shard.is_expired())
}

/// Whether the shards of a stream are few enough for lanes, and there are any.
pub fn has_lanes(stream: &Stream) -> bool {
    (1..=LANES_MAX).contains(&shown(stream).count())
}

struct Sizes {
    body: i32,
    thin: i32,
}

impl Sizes {
    fn of(streams: &[(&Stream, usize)], height: i32) -> Self {
        let count = |least: usize, most: usize| {
            let counts = streams.iter().map(|(_, shards)| *shards);
            let counts = counts.filter(|shards| (least..=most).contains(shards));
            i32::try_from(counts.sum::<usize>()).unwrap_or(i32::MAX)
        };
        let heads = i32::try_from(streams.len()).unwrap_or(0) * (HEAD + GAP);
        let (lanes, thin) = (count(1, LANES_MAX), count(LANES_MAX + 1, THIN_MAX));
        let left = height - axis::HEIGHT - heads;
        Self {
            body: (left / lanes.max(1) - FOOT).clamp(BODY.0, BODY.1),
            thin: (left / thin.max(1)).clamp(THIN.0, THIN.1),
        }
    }
}
