//! What there is to see: a simulation and a view in, shapes to draw out.
//!
//! Pure: no canvas, no colors, no clock. Coordinates are whole CSS pixels, colors are roles
//! ([`Ink`](shape::Ink)), and the cost is bounded by pixels: where records lie closer together than
//! they can be told apart, a strip shows how many there are.
//!
//! From the ground up: what a picture is made of ([`shape`], [`picture`]); what is looked at
//! ([`world`]) and through what ([`view`], [`axis`], [`frame`]); which shards are shown, in how
//! much detail ([`detail`]) and on which rows ([`rows`]). Each part lays itself out at the
//! [`place`] that it is given; [`head`], [`lane`] and [`heat`] put the parts of a row together,
//! and [`lay_out`] the rows. [`pointing`] and [`spots`] find in the same rows what was laid out
//! there.

pub mod axis;
pub mod bars;
pub mod consumers;
pub mod detail;
pub mod flights;
pub mod forecast;
pub mod frame;
pub mod gauges;
pub mod growth;
pub mod head;
pub mod heat;
pub mod hue;
pub mod key_bar;
pub mod key_load;
pub mod key_space;
pub mod label;
pub mod lane;
pub mod locks;
pub mod picture;
pub mod pipes;
pub mod place;
pub mod pointing;
pub mod producers;
pub mod records;
pub mod refusals;
pub mod rows;
pub mod shape;
pub mod spots;
pub mod strip;
pub mod thinned;
pub mod view;
pub mod words;
pub mod world;

pub use pointing::hit;
pub use world::World;

use crate::engine::Simulation;
use crate::insight::history::History;
use axis::Axis;
use frame::Frame;
use picture::Picture;
use place::{Place, Source};
use rows::{Phase, Row, Rows};
use strip::Strip;
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
                source = head::lay_out(&world, &frame, stream, top, &mut picture);
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
