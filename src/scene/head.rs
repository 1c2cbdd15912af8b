//! The head of a stream above its shards: its name and status, its producers, its key space.

use super::detail::{has_lanes, shown};
use super::frame::Frame;
use super::picture::{Picture, Style};
use super::place::Source;
use super::rows::HEAD;
use super::words::{fitted, span};
use super::world::World;
use super::{gauges, key_bar, producers};
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::stream::Stream;

/// Lays out a stream's name, its status, its producers and its key space; says where its records
/// come from.
pub fn lay_out(
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
    if has_lanes(stream) {
        gauges::head(columns, top + HEAD - 4, picture);
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
