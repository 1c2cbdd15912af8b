//! Names of streams and shards, and which part of the key space a shard owns.

use super::lane::Place;
use super::picture::{Picture, Style};
use super::producers::Source;
use super::rows::{self, shown};
use super::shape::{Anchor, Ink, Rect, rect};
use super::words::{fitted, span};
use super::{Frame, World, gauges, key_bar, producers};
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::hash_key::HashKeyRange;
use crate::engine::service::names::ShardId;
use crate::engine::service::stream::Stream;

/// Lays out a stream's name, its status, its producers and its key space; says where its records
/// come from.
pub fn stream_head(
    world: &World,
    frame: &Frame,
    stream: &Stream,
    top: i32,
    picture: &mut Picture,
) -> Source {
    let columns = frame.columns;
    let (end, source) = producers::lay_out(world, frame, stream, top + 2, picture);
    let name = fitted(stream.name.as_str(), end - columns.left - 40);
    picture.write((columns.label, top + 10), name.clone(), Style::NAME);
    let facts = format!(
        "{} · {} · {} · retention {}",
        stream.status,
        shards_text(stream),
        mode_text(stream),
        span(stream.retention())
    );
    let name_width = 10 * i32::try_from(name.chars().count()).unwrap_or(0);
    let x = (columns.label + name_width + 12).max(columns.left);
    picture.write((x, top + 10), fitted(&facts, (end - x) * 6 / 7), Style::FACT);
    key_bar::lay_out(world, frame, stream, top + 22, picture);
    if rows::has_lanes(stream) {
        gauges::head(columns, top + rows::HEAD - 4, picture);
    }
    source
}

fn mode_text(stream: &Stream) -> &'static str {
    match stream.mode {
        CapacityMode::Provisioned => "PROVISIONED",
        CapacityMode::OnDemand => "ON_DEMAND",
    }
}

fn shards_text(stream: &Stream) -> String {
    let (open, all) = (stream.open_shard_count() as usize, shown(stream).count());
    let closed = if all > open { format!(" + {} closed", all - open) } else { String::new() };
    format!("{open} {}{closed}", if open == 1 { "shard" } else { "shards" })
}

/// Lays out a shard's name, the part of the key space that it owns as a bar, and as percents.
pub fn label(place: &Place, picture: &mut Picture) {
    let Place { columns, shard, top, body, .. } = *place;
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
    if body + rows::FOOT >= 44 {
        let style = Style::NOTE.anchored(Anchor::Start);
        picture.write((columns.label, top + 34), percents(&shard.range), style);
    }
}

/// Lays out the number of a shard among hundreds, of which some are named.
pub fn label_among_many(shard: ShardId, at: (i32, i32), picture: &mut Picture) {
    picture.write(at, format!("…{:03}", shard.0), Style::NOTE);
}

/// The part of a bar that stands for a range of the key space, at least a pixel wide.
pub fn part_of(range: &HashKeyRange, bar: Rect) -> Rect {
    // The upper 32 bits are as fine as any screen.
    let at = |key: u128, width: i32| {
        let wide = ((key >> 96) * u128::from(width.unsigned_abs())) >> 32;
        i32::try_from(wide).unwrap_or(width)
    };
    let start = at(range.start.0, bar.width);
    let end = at(range.end.0, bar.width + 1).max(start + 1);
    Rect { x: bar.x + start, width: end - start, ..bar }
}

/// `25–50 %` of the key space.
pub fn percents(range: &HashKeyRange) -> String {
    let tenths = |key: u128| ((key >> 64) * 1_000 + (1 << 63)) >> 64;
    let text = |tenths: u128| match tenths % 10 {
        0 => format!("{}", tenths / 10),
        tenth => format!("{}.{tenth}", tenths / 10),
    };
    format!("{}–{} %", text(tenths(range.start.0)), text(tenths(range.end.0)))
}
