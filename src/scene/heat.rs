//! Thousands of shards: a strip in which a line stands for a few of them.

use super::axis::{Axis, Bin};
use super::picture::Picture;
use super::rows::shown;
use super::shape::{HEATS, Ink, rect};
use super::{Frame, World, key_space};
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
pub const LINE: i32 = 3;
/// The first shard of every so many lines is named.
const NAMED: usize = 8;
/// How wide a bin is: a strip is as many look-ups as lines times bins.
const BIN: u32 = 12;
/// How wide a mark of refused records is.
const REFUSED: i32 = 6;

impl<'a> Strip<'a> {
    /// The shards of the line at a height of the picture, by number.
    pub fn shards_at(&self, y: i32) -> impl Iterator<Item = &'a Shard> + use<'a> {
        let (strip, line) = (*self, usize::try_from((y - self.top).div_euclid(LINE)).ok());
        let numbered = shown(self.stream).enumerate();
        numbered
            .filter(move |(number, _)| Some(strip.line_of(*number)) == line)
            .map(|found| found.1)
    }

    /// The line of a shard, given how many are shown before it: all lines stand for as many, give
    /// or take one.
    fn line_of(&self, number: usize) -> usize {
        let lines = usize::try_from(self.height / LINE).unwrap_or(1).clamp(1, self.shards.max(1));
        number * lines / self.shards.max(1)
    }
}

/// Lays out a strip: warmer where more of the limit is used, red where records were refused. A line
/// shows how much its busiest shard took, and what any of its shards refused.
pub fn lay_out(
    world: &World,
    strip: &Strip,
    Frame { axis, columns, .. }: &Frame,
    picture: &mut Picture,
) {
    let Strip { stream, top, height, .. } = *strip;
    picture.fill(rect(axis.left, top, axis.right - axis.left, height), Ink::Lane);
    let y_of = |line: usize| top + i32::try_from(line).unwrap_or(0) * LINE;
    let mut busiest: Vec<(u64, &Shard)> = Vec::new();
    // However many shards refuse, a place of the strip is red once.
    let mut refused = Vec::new();
    for (number, shard) in shown(stream).enumerate() {
        let line = strip.line_of(number);
        let records = shard.log.tip() - shard.log.ordinal_at(axis.start());
        if line == busiest.len() {
            busiest.push((records, shard));
            if line.is_multiple_of(NAMED) {
                let at = (columns.label, y_of(line) + LINE / 2);
                key_space::label_among_many(shard.id, at, picture);
            }
        } else if records > busiest[line].0 {
            busiest[line] = (records, shard);
        }
        let timeline = world.history.timeline(stream.id, shard.id, Mark::WriteRefused);
        for bin in timeline.iter().flat_map(|found| found.bins(axis.now, axis.window)) {
            let (first, last) = (axis.x(bin.from), axis.x(bin.until.min(axis.now)));
            let columns = first / REFUSED..=(last - 1).max(first) / REFUSED;
            for spot in columns.map(|column| (y_of(line), column)) {
                if let Err(at) = refused.binary_search(&spot) {
                    refused.insert(at, spot);
                }
            }
        }
    }
    for (line, (_, shard)) in busiest.into_iter().enumerate() {
        lay_line(shard, axis, y_of(line), picture);
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
