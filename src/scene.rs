//! What there is to see: a simulation and a view in, shapes to draw out.
//!
//! Pure: no canvas, no colors, no clock. Coordinates are whole CSS pixels, colors are roles
//! ([`Ink`](shape::Ink)), and the cost is bounded by pixels: where records lie closer together than
//! they can be told apart, a strip shows how many there are.

pub mod axis;
pub mod bars;
pub mod consumers;
pub mod flights;
pub mod forecast;
pub mod gauges;
pub mod growth;
pub mod heat;
pub mod hue;
pub mod key_bar;
pub mod key_load;
pub mod key_space;
pub mod lane;
pub mod locks;
pub mod picture;
pub mod pipes;
pub mod pointing;
pub mod producers;
pub mod records;
pub mod refusals;
pub mod rows;
pub mod shape;
pub mod spots;
pub mod thinned;
pub mod view;
pub mod words;

pub use pointing::hit;

use crate::engine::Simulation;
use crate::insight::history::History;
use axis::Axis;
use heat::Strip;
use lane::Place;
use picture::Picture;
use producers::Source;
use rows::{Phase, Row, Rows};
use view::{Columns, View};

/// Lays everything out that the view shows.
///
/// The height of a picture is that of all rows, so that whoever shows it knows how far it scrolls;
/// shapes are made only for the rows that the view shows.
pub fn lay_out(simulation: &Simulation, history: &History, view: &View) -> Picture {
    let world = World { simulation, history };
    let columns = Columns::of(view.width);
    let axis = Axis::of(&columns, simulation.now(), view.window);
    let frame = Frame { view, columns: &columns, axis: &axis };
    let rows = Rows::of(simulation, view);
    let mut picture = Picture::new(rows.height);
    // Above the view, unless the head of the stream is seen.
    let mut source = Source { y: view.top - axis::HEIGHT, places: Vec::new() };
    for (top, row) in rows.visible(view) {
        let place = |stream, shard, top, body| Place {
            stream,
            shard,
            top,
            body,
            frame: &frame,
            columns: &columns,
            axis: &axis,
            source: &source,
        };
        match row {
            Row::Stream(stream) => {
                source = key_space::stream_head(&world, &frame, stream, top, &mut picture);
            }
            Row::Lane { stream, shard, body, phase: Phase::Whole, .. } => {
                lane::lay_out(&world, &place(stream, shard, top, body), &mut picture);
            }
            Row::Lane { stream, shard, body, rise, phase: Phase::Changing } => {
                let place = place(stream, shard, top - rise, body);
                lane::lay_out_changing(&world, &place, &mut picture);
            }
            Row::Thin { stream, shard, height } => {
                lane::lay_out_thin(&world, &place(stream, shard, top, height), &mut picture);
            }
            Row::Heat { stream, shards, height } => {
                let strip = Strip { stream, shards, top, height };
                heat::lay_out(&world, &strip, &frame, &mut picture);
            }
        }
    }
    axis.lay_out(view.top, &mut picture);
    picture
}

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

/// What is looked at.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The state.
    pub simulation: &'a Simulation,
    /// How it came to be.
    pub history: &'a History,
}
