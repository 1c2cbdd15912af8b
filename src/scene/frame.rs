//! What holds for everything in a picture.

use super::axis::Axis;
use super::view::{Columns, View};

/// What holds for everything in a picture.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// What is shown.
    pub view: &'a View,
    /// Its columns.
    pub columns: &'a Columns,
    /// Time in the lanes.
    pub axis: &'a Axis,
}
