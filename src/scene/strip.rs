//! Thousands of shards in the height of a few hundred: a line of a strip stands for some of them.

use super::detail::shown;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;
use crate::engine::time::Instant;

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

/// A line of a strip.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The first of its shards.
    pub first: &'a Shard,
    /// The one that took most records, the first of equals: the one that is shown.
    pub busiest: &'a Shard,
    /// How many it took.
    records: u64,
}

/// How high a line is, in pixels.
pub const LINE: i32 = 3;

impl<'a> Strip<'a> {
    /// The shards of a line, by number.
    pub fn shards_of(&self, line: usize) -> impl Iterator<Item = &'a Shard> + use<'a> {
        let strip = *self;
        let numbered = shown(self.stream).enumerate();
        numbered.filter(move |(number, _)| strip.line_of(*number) == line).map(|found| found.1)
    }

    /// The line at a height of the picture, should the strip reach that far.
    pub fn line_at(&self, y: i32) -> Option<usize> {
        usize::try_from((y - self.top).div_euclid(LINE)).ok()
    }

    /// The upper edge of a line.
    pub fn y_of(&self, line: usize) -> i32 {
        self.top + i32::try_from(line).unwrap_or(0) * LINE
    }

    /// All lines, with what their shards took since then.
    pub fn lines(&self, since: Instant) -> Vec<Line<'a>> {
        let mut lines: Vec<Line> = Vec::new();
        for (number, shard) in shown(self.stream).enumerate() {
            let records = shard.log.tip() - shard.log.ordinal_at(since);
            match lines.get_mut(self.line_of(number)) {
                None => lines.push(Line { first: shard, busiest: shard, records }),
                Some(line) if records > line.records => {
                    *line = Line { busiest: shard, records, ..*line };
                }
                Some(_) => {}
            }
        }
        lines
    }

    /// The line of a shard, given how many are shown before it: all lines stand for as many, give
    /// or take one.
    pub fn line_of(&self, number: usize) -> usize {
        let lines = usize::try_from(self.height / LINE).unwrap_or(1).clamp(1, self.shards.max(1));
        number * lines / self.shards.max(1)
    }
}
