//! Finished minutes as bytes: some ten of them a metric and minute instead of forty.
//!
//! Numbers are written with seven bits a byte, the lowest first. A bin is its number, its length
//! and its rows; a row is its scope, its length and its cells; so whoever looks for one scope skips
//! the others.

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

/// Writes the rows of a bin.
pub fn write_bin(out: &mut Vec<u8>, number: u64, rows: &[Row]) {
    let mut body = Vec::new();
    let mut cells = Vec::new();
    for row in rows {
        cells.clear();
        for Cell { metric, statistic } in &row.cells {
            cells.push(*metric as u8);
            let Statistic { count, sum, min, max } = *statistic;
            for part in [count, sum, min, max - min] {
                write(&mut cells, part);
            }
        }
        let (kind, stream, part) = match row.scope {
            Scope::Stream(stream) => (0, stream, 0),
            Scope::Shard(stream, shard) => (1, stream, shard.0),
            Scope::Consumer(stream, consumer) => (2, stream, consumer.0),
        };
        write(&mut body, u64::from(stream.0) << 2 | kind);
        write(&mut body, part.into());
        write(&mut body, cells.len() as u64);
        body.extend_from_slice(&cells);
    }
    write(out, number);
    write(out, body.len() as u64);
    out.extend_from_slice(&body);
}

/// What [`write_bin`] wrote, read from its beginning.
#[derive(Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next bin's number and its rows; `None` at the end.
    pub fn bin(&mut self) -> Option<(u64, Reader<'a>)> {
        let number = self.number()?;
        Some((number, self.part()?))
    }

    /// The next row's scope and its cells; `None` at the end.
    pub fn row(&mut self) -> Option<(Scope, Reader<'a>)> {
        let tagged = self.number()?;
        let stream = StreamId(u32::try_from(tagged >> 2).ok()?);
        let part = u32::try_from(self.number()?).ok()?;
        let scope = match tagged & 3 {
            0 => Scope::Stream(stream),
            1 => Scope::Shard(stream, ShardId(part)),
            _ => Scope::Consumer(stream, ConsumerId(part)),
        };
        Some((scope, self.part()?))
    }

    /// The next cell; `None` at the end.
    pub fn cell(&mut self) -> Option<Cell> {
        let (&metric, rest) = self.0.split_first()?;
        self.0 = rest;
        let (count, sum, min) = (self.number()?, self.number()?, self.number()?);
        let statistic = Statistic { count, sum, min, max: min + self.number()? };
        Some(Cell { metric: Metric::numbered(metric)?, statistic })
    }

    fn part(&mut self) -> Option<Reader<'a>> {
        let length = usize::try_from(self.number()?).ok()?;
        let (part, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Reader(part))
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

fn write(out: &mut Vec<u8>, mut number: u64) {
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
        let statistic = Statistic { count: 1, sum: u64::MAX, min: 0, max: u64::MAX };
        let small = Statistic { count: 300, sum: 127, min: 0, max: 128 };
        let cell = |metric, statistic| Cell { metric, statistic };
        let rows = [
            Row {
                scope: Scope::Stream(StreamId(u32::MAX)),
                cells: vec![cell(Metric::IncomingBytes, statistic)],
            },
            Row {
                scope: Scope::Shard(StreamId(0), ShardId(u32::MAX)),
                cells: vec![
                    cell(Metric::IncomingBytes, small),
                    cell(Metric::SubscribeToShardEventMillisBehindLatest, small),
                ],
            },
            Row {
                scope: Scope::Consumer(StreamId(1), ConsumerId(2)),
                cells: vec![cell(Metric::SubscribeToShardSuccess, small)],
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
}
