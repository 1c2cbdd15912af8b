//! Finished minutes as bytes: some three of them a metric and minute instead of forty.
//!
//! Numbers are written with seven bits a byte, the lowest first. A bin is its number, its length
//! and its rows; a row is its scope, its length and its cells; so whoever looks for one scope skips
//! the others. A cell is a byte for the metric and what is short to say about it, then its numbers:
//! most metrics of a row have as many values as the one before, and often all of them are alike.

use super::metric::{Metric, Scope};
use super::statistic::Statistic;
use crate::engine::service::fan_out::ConsumerId;
use crate::engine::service::names::{ShardId, StreamId};

/// One metric of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Which.
    pub metric: Metric,
    /// Its values.
    pub statistic: Statistic,
}

/// What a bin holds about one scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// About what.
    pub scope: Scope,
    /// By rising metric; never empty.
    pub cells: Vec<Cell>,
}

/// The bits of a cell's first byte that are the metric's number.
const METRIC: u8 = 0x1f;
/// The bit that says that there are as many values as the cell before has; before the first, one.
const SAME_COUNT: u8 = 0x20;
/// The values differ: their sum, the smallest, and how much larger the largest is.
const DIFFERENT: u8 = 0;
/// All values are alike: one of them.
const ALIKE: u8 = 1 << 6;
/// All values are 0: nothing more.
const ALL_ZERO: u8 = 2 << 6;
/// All values are 1: nothing more.
const ALL_ONE: u8 = 3 << 6;

/// Writes the rows of a bin.
pub fn write_bin(out: &mut Vec<u8>, number: u64, rows: &[Row]) {
    let mut body = Vec::new();
    let mut cells = Vec::new();
    for row in rows {
        cells.clear();
        let mut count = 1;
        for cell in &row.cells {
            write_cell(&mut cells, cell, count);
            count = cell.statistic.count;
        }
        let (kind, stream, part) = match row.scope {
            Scope::Stream(stream) => (0, stream, None),
            Scope::Shard(stream, shard) => (1, stream, Some(shard.0)),
            Scope::Consumer(stream, consumer) => (2, stream, Some(consumer.0)),
        };
        write(&mut body, u64::from(stream.0) << 2 | kind);
        if let Some(part) = part {
            write(&mut body, part.into());
        }
        write(&mut body, cells.len() as u64);
        body.extend_from_slice(&cells);
    }
    write(out, number);
    write(out, body.len() as u64);
    out.extend_from_slice(&body);
}

/// Writes a cell that follows one with so many values.
fn write_cell(out: &mut Vec<u8>, cell: &Cell, count_before: u64) {
    let Statistic { count, sum, min, max } = cell.statistic;
    let shape = match (min, max) {
        _ if min != max => DIFFERENT,
        (0, _) => ALL_ZERO,
        (1, _) => ALL_ONE,
        _ => ALIKE,
    };
    let is_same = count == count_before;
    out.push(cell.metric as u8 | if is_same { SAME_COUNT } else { 0 } | shape);
    if !is_same {
        write(out, count);
    }
    match shape {
        DIFFERENT => [sum, min, max - min].into_iter().for_each(|part| write(out, part)),
        ALIKE => write(out, min),
        _ => {}
    }
}

/// What [`write_bin`] wrote, read from its beginning.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

/// The cells of a row.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    bytes: Reader<'a>,
    /// How many values the last one had.
    count: u64,
}

impl<'a> Reader<'a> {
    /// The next bin's number and its rows; `None` at the end.
    pub fn bin(&mut self) -> Option<(u64, Reader<'a>)> {
        let number = self.number()?;
        Some((number, self.part()?))
    }

    /// The next row's scope and its cells; `None` at the end.
    pub fn row(&mut self) -> Option<(Scope, Cells<'a>)> {
        let tagged = self.number()?;
        let stream = StreamId(u32::try_from(tagged >> 2).ok()?);
        let scope = match tagged & 3 {
            0 => Scope::Stream(stream),
            1 => Scope::Shard(stream, ShardId(self.short()?)),
            _ => Scope::Consumer(stream, ConsumerId(self.short()?)),
        };
        Some((scope, Cells { bytes: self.part()?, count: 1 }))
    }

    fn short(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// As many bytes as the next number says.
    pub fn part(&mut self) -> Option<Reader<'a>> {
        let length = self.length()?;
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Reader(part))
    }

    /// The next number, which counts bytes.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

impl Cells<'_> {
    /// The next cell; `None` at the end.
    pub fn cell(&mut self) -> Option<Cell> {
        let (&first, rest) = self.bytes.0.split_first()?;
        self.bytes.0 = rest;
        if first & SAME_COUNT == 0 {
            self.count = self.bytes.number()?;
        }
        let count = self.count;
        let alike = |value: u64| Statistic { count, sum: count * value, min: value, max: value };
        let statistic = match first & !(METRIC | SAME_COUNT) {
            DIFFERENT => {
                let (sum, min) = (self.bytes.number()?, self.bytes.number()?);
                Statistic { count, sum, min, max: min + self.bytes.number()? }
            }
            ALIKE => alike(self.bytes.number()?),
            ALL_ZERO => alike(0),
            _ => alike(1),
        };
        Some(Cell { metric: Metric::numbered(first & METRIC)?, statistic })
    }
}

/// Writes a number.
pub fn write(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_reads_back() {
        let of = |values: &[u64]| {
            let mut statistic = Statistic::default();
            for value in values {
                statistic.add(*value);
            }
            statistic
        };
        let one = [of(&[0]), of(&[1]), of(&[2]), of(&[u64::MAX])];
        let many = [of(&[0; 300]), of(&[1; 300]), of(&[127; 3]), of(&[0, u64::MAX]), of(&[5, 6])];
        let row = |scope, statistics: &[Statistic]| Row {
            scope,
            cells: Metric::all()
                .zip(statistics)
                .map(|(metric, &statistic)| Cell { metric, statistic })
                .collect(),
        };
        let mixed: Vec<_> = many.iter().chain(&one).chain(&many).copied().collect();
        let rows = [
            row(Scope::Stream(StreamId(u32::MAX)), &one),
            row(Scope::Shard(StreamId(0), ShardId(u32::MAX)), &mixed),
            row(Scope::Consumer(StreamId(1), ConsumerId(2)), &many),
            Row {
                scope: Scope::Consumer(StreamId(2), ConsumerId(0)),
                cells: vec![Cell {
                    metric: Metric::SubscribeToShardEventMillisBehindLatest,
                    statistic: of(&[1, 2, 3]),
                }],
            },
        ];
        let mut bytes = Vec::new();
        write_bin(&mut bytes, 7, &rows);
        write_bin(&mut bytes, 1 << 40, &rows[..1]);
        let mut reader = Reader(&bytes);
        for (number, rows) in [(7, &rows[..]), (1 << 40, &rows[..1])] {
            let (found, mut inside) = reader.bin().unwrap();
            assert_eq!(found, number);
            for row in rows {
                let (scope, mut cells) = inside.row().unwrap();
                let cells = std::iter::from_fn(|| cells.cell()).collect();
                assert_eq!(Row { scope, cells }, *row);
            }
            assert!(inside.row().is_none());
        }
        assert!(reader.bin().is_none());
    }

    #[test]
    fn every_metric_fits_beside_its_bits() {
        assert!(Metric::all().all(|metric| metric as u8 <= METRIC));
    }
}
