//! Paints a strip of thousands of shards: a line stands for a few of them, and shows the busiest.

use super::axis::{Axis, Bin};
use super::detail::shown;
use super::frame::Frame;
use super::label;
use super::picture::Picture;
use super::shape::{HEATS, Ink, rect};
use super::strip::{LINE, Strip};
use super::world::World;
use crate::engine::service::limits::SHARD_WRITE_RECORDS;
use crate::engine::service::shard::Shard;
use crate::insight::history::Mark;

/// The first shard of every so many lines is named.
const NAMED: usize = 8;
/// How wide a bin is: a strip is as many look-ups as lines times bins.
const BIN: u32 = 12;
/// How wide a mark of refused records is.
const REFUSED: i32 = 6;

/// Lays out a strip: warmer where more of the limit is used, red where records were refused. A line
/// shows how much its busiest shard took, and what any of its shards refused.
pub fn lay_out(world: &World, strip: &Strip, frame: &Frame, picture: &mut Picture) {
    let Frame { axis, columns, .. } = frame;
    picture.fill(rect(axis.left, strip.top, axis.right - axis.left, strip.height), Ink::Lane);
    for (number, line) in strip.lines(axis.start()).into_iter().enumerate() {
        let y = strip.y_of(number);
        lay_line(line.busiest, axis, y, picture);
        if number.is_multiple_of(NAMED) {
            let at = (columns.label, y + LINE / 2);
            label::among_many(line.first.id, at, picture);
        }
    }
    for (line, column) in refused(world, strip, axis) {
        let x = (column * REFUSED).max(axis.left);
        let end = ((column + 1) * REFUSED).min(axis.right);
        picture.fill(rect(x, strip.y_of(line), end - x, LINE), Ink::Refused);
    }
}

/// Where a strip is red, line by line; however many shards refuse, a place is red once.
fn refused(world: &World, strip: &Strip, axis: &Axis) -> Vec<(usize, i32)> {
    let mut refused = Vec::new();
    for (number, shard) in shown(strip.stream).enumerate() {
        let timeline = world.history.timeline(strip.stream.id, shard.id, Mark::WriteRefused);
        for bin in timeline.iter().flat_map(|found| found.bins(axis.now, axis.window)) {
            let (first, last) = (axis.x(bin.from), axis.x(bin.until.min(axis.now)));
            let columns = first / REFUSED..=(last - 1).max(first) / REFUSED;
            for place in columns.map(|column| (strip.line_of(number), column)) {
                if let Err(at) = refused.binary_search(&place) {
                    refused.insert(at, place);
                }
            }
        }
    }
    refused
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
