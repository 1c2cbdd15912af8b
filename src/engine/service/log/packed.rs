//! Rows in blocks, each column of a block in as few bytes as its values need.
//!
//! Records of one shard that lie side by side are alike: they arrive within milliseconds, their
//! numbers rise by a little, their maker is the same. So a block keeps its first row, and of each
//! other value how far it is from the first one's: six bytes a row or so, where a plain one takes
//! 24. Every value is found without unpacking others. Blocks never change: copies of a segment
//! share them. A few lie side by side as soon as they are there, as it takes long to give many
//! small pieces of memory back.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// One record: its columns. Of the first [`RISING`] no value is below that of the row before.
pub type Row = [u32; COLUMNS];

/// Columns of a row.
pub const COLUMNS: usize = 6;
/// Columns whose values never fall.
pub const RISING: usize = 3;
/// Rows of a block.
pub const BLOCK: usize = 32;
/// Blocks that lie side by side. A copy made before they did keeps those it has by itself.
const GROUP: usize = 16;

/// Rows in whole blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Packed(Vec<Block>);

/// Rows whose columns lie one after the other.
#[derive(Clone, Debug)]
struct Block {
    first: Row,
    /// The smallest record of all but the first: the running total rises by so much at least.
    size: u32,
    /// The place of its first byte, in [`BLOCK`]s, above three bits for each column: how many bytes
    /// a value takes.
    layout: u32,
    /// Its bytes alone, or those of all blocks beside it.
    bytes: Rc<[u8]>,
}

/// One column of a block.
#[derive(Clone, Copy)]
struct Column<'a> {
    rises: bool,
    first: u32,
    /// By how much every value rises over the one before.
    step: u32,
    /// Bytes of a value.
    width: usize,
    /// From the column's first byte to the end of all.
    bytes: &'a [u8],
}

/// The bits of a value of so many bytes.
const MASKS: [u32; 5] = [0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff];
const WIDTH_BITS: usize = 3;
const LAYOUT_BITS: usize = WIDTH_BITS * COLUMNS;
/// The column of running totals, whose steps are the records' sizes.
const TOTAL: usize = 2;
/// Blocks that are looked through before all others.
const LAST_BLOCKS: usize = 8;

impl Packed {
    /// Packs a block.
    pub fn push(&mut self, rows: &[Row; BLOCK]) {
        let first = rows[0];
        let sizes = rows.windows(2).map(|pair| pair[1][TOTAL] - pair[0][TOTAL]);
        let size = sizes.min().expect("more than one row");
        let (mut apart, mut bits) = (*rows, [0; COLUMNS]);
        let mut least = 0;
        for row in &mut apart {
            row[TOTAL] -= least;
            least += size;
            for column in 0..COLUMNS {
                // What rises has small differences; keys and the like share their upper bits.
                let value = &mut row[column];
                let rises = column < RISING;
                *value = if rises { *value - first[column] } else { *value ^ first[column] };
                bits[column] |= *value;
            }
        }
        let (mut packed, mut end) = ([0; BLOCK * COLUMNS * 4], 0);
        let mut layout = 0;
        for (column, bits) in bits.into_iter().enumerate() {
            let to = &mut packed[end..];
            let width = (u32::BITS - bits.leading_zeros()).div_ceil(8);
            match width {
                1 => write::<1>(to, &apart, column),
                2 => write::<2>(to, &apart, column),
                3 => write::<3>(to, &apart, column),
                4 => write::<4>(to, &apart, column),
                _ => {}
            }
            layout |= width << (WIDTH_BITS * column);
            end += width as usize * BLOCK;
        }
        self.0.push(Block { first, size, layout, bytes: Rc::from(&packed[..end]) });
        if self.0.len().is_multiple_of(GROUP) {
            self.gather();
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len() * BLOCK
    }

    /// One value.
    pub fn value(&self, place: usize, column: usize) -> u32 {
        self.column(place / BLOCK, column).value(place % BLOCK)
    }

    /// How many rows there are, of the first `len`, before the first whose value in a rising column
    /// is above `most`.
    pub fn up_to(&self, len: usize, column: usize, most: u32) -> usize {
        let blocks = &self.0[..len.div_ceil(BLOCK)];
        let holds = |block: &Block| block.first[column] <= most;
        // Pushes ask for what came in the last milliseconds.
        let last = blocks.len().saturating_sub(LAST_BLOCKS);
        let block = match blocks[last..].iter().rposition(holds) {
            Some(place) => last + place,
            None => match blocks.partition_point(holds) {
                0 => return 0,
                after => after - 1,
            },
        };
        len.min(block * BLOCK + self.column(block, column).up_to(most))
    }

    /// Leaves only the blocks that hold the first `len` rows.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len.div_ceil(BLOCK));
    }

    /// Gives back the room that nothing will be put into.
    pub fn shrink(&mut self) {
        self.gather();
        self.0.shrink_to_fit();
    }

    /// Puts the blocks of the last group side by side.
    #[cold]
    fn gather(&mut self) {
        let group = self.0.len().saturating_sub(1) / GROUP * GROUP;
        let mut all = Vec::new();
        for block in &self.0[group..] {
            all.extend_from_slice(block.own_bytes());
        }
        let all: Rc<[u8]> = all.into();
        let mut place = 0;
        for block in &mut self.0[group..] {
            block.layout = place << LAYOUT_BITS | block.widths();
            block.bytes = Rc::clone(&all);
            place += block.width_of_all();
        }
    }

    /// Heap bytes asked for.
    pub fn heap_bytes(&self) -> usize {
        self.list_bytes() + bytes_of(&self.0)
    }

    /// Heap bytes that rows which these have become do not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> usize {
        let shared = self.0.iter().zip(&later.0);
        let shared = shared.take_while(|(own, later)| Rc::ptr_eq(&own.bytes, &later.bytes)).count();
        self.list_bytes() + bytes_of(&self.0[shared..])
    }

    fn list_bytes(&self) -> usize {
        self.0.capacity() * size_of::<Block>()
    }

    fn column(&self, block: usize, column: usize) -> Column<'_> {
        let block = &self.0[block];
        let before: usize = (0..column).map(|column| block.width(column)).sum();
        Column {
            rises: column < RISING,
            first: block.first[column],
            step: if column == TOTAL { block.size } else { 0 },
            width: block.width(column),
            bytes: &block.bytes[block.at() + before * BLOCK..],
        }
    }
}

/// Heap bytes of blocks, with the two counts of who shares them; those of a group count with its
/// first block.
fn bytes_of(blocks: &[Block]) -> usize {
    let first = blocks.iter().filter(|block| block.at() == 0);
    first.map(|block| 2 * size_of::<usize>() + block.bytes.len()).sum()
}

impl Block {
    /// Bytes of a value of a column.
    fn width(&self, column: usize) -> usize {
        (self.layout >> (WIDTH_BITS * column) & 7) as usize
    }

    /// Bytes of a row.
    fn width_of_all(&self) -> u32 {
        (0..COLUMNS).map(|column| self.layout >> (WIDTH_BITS * column) & 7).sum()
    }

    /// The place of its first byte.
    fn at(&self) -> usize {
        (self.layout >> LAYOUT_BITS) as usize * BLOCK
    }

    /// Its bytes, without those of blocks beside it.
    fn own_bytes(&self) -> &[u8] {
        &self.bytes[self.at()..][..self.width_of_all() as usize * BLOCK]
    }

    fn widths(&self) -> u32 {
        self.layout & ((1 << LAYOUT_BITS) - 1)
    }
}

/// Wherever its bytes lie.
impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        let all = |block: &Self| (block.first, block.size, block.widths());
        all(self) == all(other) && self.own_bytes() == other.own_bytes()
    }
}

impl Eq for Block {}

impl Hash for Block {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.first, self.size, self.widths(), self.own_bytes()).hash(state);
    }
}

impl Column<'_> {
    fn value(self, place: usize) -> u32 {
        let bytes = &self.bytes[place * self.width..];
        // Four bytes at once, of which some are other values': nobody guesses how wide these are.
        let four =
            bytes.first_chunk().map_or_else(|| last_bytes(bytes), |four| u32::from_le_bytes(*four));
        let apart = four & MASKS[self.width];
        let place = u32::try_from(place).expect("a block is short");
        if self.rises { self.first + self.step * place + apart } else { self.first ^ apart }
    }

    /// How many values of a rising column are not above `most`, which the first one is not. Counts
    /// all of them, as nobody guesses the turns of a search.
    fn up_to(self, most: u32) -> usize {
        if self.width == 2 && self.step == 0 {
            // As most arrivals are: sixteen at once.
            let apart = most - self.first;
            let pairs = self.bytes[..2 * BLOCK].chunks_exact(2);
            let values = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            return values.filter(|value| u32::from(*value) <= apart).count();
        }
        (0..BLOCK).filter(|&place| self.value(place) <= most).count()
    }
}

/// Bytes before which no others stand, as the number that they are.
#[cold]
fn last_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Writes the lowest bytes of each value of a column.
fn write<const WIDTH: usize>(to: &mut [u8], rows: &[Row; BLOCK], column: usize) {
    for (to, row) in to.chunks_exact_mut(WIDTH).zip(rows) {
        to.copy_from_slice(&row[column].to_le_bytes()[..WIDTH]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    #[test]
    fn what_was_packed_is_found_again() {
        let mut luck = Rng::seeded(1);
        let (mut packed, mut plain, mut rising) = (Packed::default(), Vec::new(), [0; RISING]);
        for _ in 0..300 {
            let bits: Row =
                std::array::from_fn(|_| [0, 1, 7, 8, 9, 16, 17, 31, 32][pick(&mut luck)]);
            let block: [Row; BLOCK] = std::array::from_fn(|_| {
                let mut row = bits.map(|bits| u32::try_from(luck.below(1 << bits)).unwrap());
                for (value, last) in row.iter_mut().zip(&mut rising) {
                    *last += *value % 100_000;
                    *value = *last;
                }
                row
            });
            packed.push(&block);
            plain.extend(block);
        }
        assert_eq!(packed.len(), plain.len());
        let apart = packed.clone();
        assert_eq!(apart.bytes_beside(&packed), apart.list_bytes());
        packed.shrink();
        assert_eq!(packed, apart);
        assert!(packed.heap_bytes() < apart.heap_bytes());
        for (place, row) in plain.iter().enumerate() {
            assert_eq!(std::array::from_fn(|column| packed.value(place, column)), *row);
        }
        for (column, last) in rising.into_iter().enumerate() {
            for (len, part) in [0, 1, 16, 100, plain.len()].into_iter().zip(0..) {
                for most in [0, 1, last / 50 * part, last - 1, last, u32::MAX] {
                    let expected = plain[..len].partition_point(|row| row[column] <= most);
                    assert_eq!(packed.up_to(len, column, most), expected, "{len} {most}");
                }
            }
        }
    }

    fn pick(luck: &mut Rng) -> usize {
        usize::try_from(luck.below(9)).unwrap()
    }
}
