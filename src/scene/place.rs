//! Where a shard's lane is in the picture, and where its records come from.

use super::axis::Axis;
use super::frame::Frame;
use super::shape::{Rect, rect};
use super::view::Columns;
use crate::engine::actor::ActorId;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;

/// Which lane, and where it is.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Whose shard.
    pub stream: &'a Stream,
    /// The shard.
    pub shard: &'a Shard,
    /// The upper edge.
    pub top: i32,
    /// How high the records are.
    pub body: i32,
    /// What holds for all lanes.
    pub frame: &'a Frame<'a>,
    /// The columns of the view.
    pub columns: &'a Columns,
    /// Time in the lanes.
    pub axis: &'a Axis,
    /// Where its records come from.
    pub source: &'a Source,
}

impl Place<'_> {
    /// Where the records are.
    pub fn ground(&self) -> Rect {
        let Axis { left, right, .. } = *self.axis;
        rect(left, self.top, right - left, self.body)
    }
}

/// Where the records of a stream's producers come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The lower edge of their places.
    pub y: i32,
    /// The middle of each place, and whose it is.
    pub places: Vec<(i32, ActorId)>,
}
