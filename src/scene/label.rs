//! What a shard is called, beside its lane, and which part of the key space it owns.

use super::key_space::{part_of, percents};
use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{Anchor, Ink, rect};
use crate::engine::service::names::ShardId;

/// Lays out a shard's name, the part of the key space that it owns as a bar, and as percents.
pub fn lay_out(place: &Place, picture: &mut Picture) {
    let Place { columns, shard, top, .. } = *place;
    let width = columns.label_width;
    let name = format!("shardId-…{:03}", shard.id.0);
    let name = if columns.is_roomy { name } else { format!("…{:03}", shard.id.0) };
    picture.write((columns.label, top + 8), name, Style::FACT.inked(Ink::Text));
    let bar = rect(columns.label, top + 19, width, 6);
    picture.fill(bar, Ink::Line);
    let part = part_of(&shard.range, bar);
    if shard.is_open() {
        picture.fill(part, Ink::Quiet);
    } else {
        picture.hatch(part, Ink::Quiet);
    }
    let style = Style::NOTE.anchored(Anchor::Start);
    picture.write((columns.label, top + 34), percents(&shard.range), style);
}

/// Lays out the number of a shard among hundreds, of which some are named.
pub fn among_many(shard: ShardId, at: (i32, i32), picture: &mut Picture) {
    picture.write(at, format!("…{:03}", shard.0), Style::NOTE);
}
