//! Thousands of shards: a strip in which a line stands for a few of them.

use super::World;
use super::axis::{Axis, Bin};
use super::picture::Picture;
use super::rows::shown;
use super::shape::{HEATS, Ink, rect};
use crate::engine::service::limits::SHARD_WRITE_RECORDS;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;
use crate::insight::history::Mark;

/// Which shards, and where they are.
#[derive(Clone, Copy)]
pub struct Strip<'a> {
    /// Whose shards.
    pub stream: &'a Stream,
    /// How many of them are shown.
    pub shards: usize,
    /// The upper edge.
    pub top: i32,
    /// How high all of them are together.
    pub height: i32,
}

/// How high a line is.
const LINE: i32 = 3;
/// How wide a bin is: a strip is as many look-ups as lines times bins.
const BIN: u32 = 12;
/// How wide a mark of refused records is.
const REFUSED: i32 = 6;

/// Lays out a strip: warmer where more of the limit is used, red where records were refused. A line
/// shows how much its first shard took, and what any of its shards refused.
pub fn lay_out(world: &World, strip: &Strip, axis: &Axis, picture: &mut Picture) {
    let Strip { stream, shards, top, height } = *strip;
    let lines = usize::try_from(height / LINE).unwrap_or(1).max(1);
    let per_line = shards.div_ceil(lines).max(1);
    picture.fill(rect(axis.left, top, axis.right - axis.left, height), Ink::Lane);
    // However many shards refuse, a place of the strip is red once.
    let mut refused = Vec::new();
    for (number, shard) in shown(stream).enumerate() {
        let y = top + i32::try_from(number / per_line).unwrap_or(0) * LINE;
        if number.is_multiple_of(per_line) {
            lay_line(shard, axis, y, picture);
        }
        let timeline = world.history.timeline(stream.id, shard.id, Mark::WriteRefused);
        for bin in timeline.iter().flat_map(|found| found.bins(axis.now, axis.window)) {
            let (first, last) = (axis.x(bin.from), axis.x(bin.until.min(axis.now)));
            let columns = first / REFUSED..=(last - 1).max(first) / REFUSED;
            for spot in columns.map(|column| (y, column)) {
                if let Err(at) = refused.binary_search(&spot) {
                    refused.insert(at, spot);
                }
            }
        }
    }
    for (y, column) in refused {
        let x = (column * REFUSED).max(axis.left);
        let end = ((column + 1) * REFUSED).min(axis.right);
        picture.fill(rect(x, y, end - x, LINE), Ink::Refused);
    }
}

fn lay_line(shard: &Shard, axis: &Axis, y: i32, picture: &mut Picture) {
    let mut from = shard.log.ordinal_at(axis.start());
    for bin in axis.bins(BIN) {
        if from >= shard.log.tip() {
            break;
        }
        let until = shard.log.ordinal_at(bin.until).max(from);
        if until > from {
            picture.fill(rect(bin.x, y, bin.width, LINE), Ink::Heat(heat(&bin, until - from)));
        }
        from = until;
    }
}

/// The step for a part of the limit; what is used at all is seen.
fn heat(bin: &Bin, records: u64) -> u8 {
    let micros = (bin.until - bin.from).as_micros().max(1);
    let used = u128::from(records) * 1_000_000 * u128::from(HEATS);
    let step = used / (u128::from(SHARD_WRITE_RECORDS.value) * micros);
    u8::try_from(step).unwrap_or(HEATS).min(HEATS - 1)
}
