//! The four buckets of a shard as gauges: how much is left, of how much.

use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{Anchor, Face, Ink, rect};
use super::view::Columns;
use super::words::{bytes, short};
use super::world::World;
use crate::engine::refusal::Bucket;
use crate::engine::service::limits::{
    Limit, SHARD_READ_BYTES, SHARD_READ_CALLS, SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS, Unit,
};

/// The buckets that are shown, from left to right, with their limits.
const GAUGES: [(Bucket, Limit); 4] = [
    (Bucket::WriteRecords, SHARD_WRITE_RECORDS),
    (Bucket::WriteBytes, SHARD_WRITE_BYTES),
    (Bucket::ReadCalls, SHARD_READ_CALLS),
    (Bucket::ReadBytes, SHARD_READ_BYTES),
];

/// Writes the limits above the gauges of a stream's shards.
pub fn head(columns: &Columns, bottom: i32, picture: &mut Picture) {
    for (column, (bucket, limit)) in (0..).zip(GAUGES) {
        let (what, amount) =
            if columns.is_roomy { heading(bucket, &limit) } else { narrow_heading(bucket, &limit) };
        let x = columns.gauge_middle(column);
        let style = Style::NOTE.anchored(Anchor::Middle);
        picture.write((x, bottom - 20), what, style);
        picture.write((x, bottom - 8), amount, style.inked(Ink::Text));
    }
}

/// Lays out the gauges of a lane.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    let now = world.simulation.now();
    for (column, (bucket, _)) in (0..).zip(GAUGES) {
        let bucket_state = place.shard.buckets.of(bucket);
        let (level, capacity) = (bucket_state.level(now), bucket_state.capacity());
        let debt = bucket_state.debt(now);
        let x = place.columns.gauge_middle(column);
        let width = if place.columns.is_roomy { 14 } else { 10 };
        let full = u64::from(place.body.unsigned_abs());
        let filled = i32::try_from(level * full / capacity.max(1)).unwrap_or(0);
        let top = place.top;
        picture.fill(rect(x - width / 2, top, width, place.body), Ink::Line);
        let ink = if level * 10 < capacity { Ink::GaugeLow } else { Ink::Gauge };
        picture.fill(rect(x - width / 2, top + place.body - filled, width, filled), ink);
        if place.columns.is_roomy {
            let note = Style { ink: Ink::Quiet, face: Face::Small, anchor: Anchor::Middle };
            let (text, style) = match debt {
                0 => (amount(bucket, level), note),
                _ => (format!("−{}", amount(bucket, debt)), note.inked(Ink::Text)),
            };
            picture.write((x, top + place.body + 9), text, style);
        }
    }
}

fn amount(bucket: Bucket, tokens: u64) -> String {
    match bucket {
        Bucket::WriteBytes | Bucket::ReadBytes => bytes(tokens),
        Bucket::WriteRecords | Bucket::ReadCalls | Bucket::IteratorCalls => short(tokens),
    }
}

fn heading(bucket: Bucket, limit: &Limit) -> (&'static str, String) {
    let what = if is_write(bucket) { "write" } else { "read" };
    let amount = match limit.unit {
        Unit::BytesPerSecond => format!("{}/s", bytes(limit.value)),
        Unit::RecordsPerSecond => format!("{} rec", short(limit.value)),
        _ => format!("{} calls", limit.value),
    };
    (what, amount)
}

/// The same where there is room for two letters.
fn narrow_heading(bucket: Bucket, limit: &Limit) -> (&'static str, String) {
    let what = if is_write(bucket) { "W" } else { "R" };
    let amount = match limit.unit {
        Unit::BytesPerSecond => format!("{}M", limit.value >> 20),
        Unit::RecordsPerSecond => format!("{}k", limit.value / 1_000),
        _ => limit.value.to_string(),
    };
    (what, amount)
}

fn is_write(bucket: Bucket) -> bool {
    matches!(bucket, Bucket::WriteRecords | Bucket::WriteBytes)
}
