//! Rows in blocks, each column of a block in as few bytes as its values need.
//!
//! Records of one shard that lie side by side are alike: they arrive within milliseconds, their
//! numbers rise by a little, their maker is the same. So a block keeps its first row, and of each
//! other value how far it is from the first one's: eight bytes a row or so, where a plain one takes
//! 24. Every value is found without unpacking others.

/// One record: its columns. Of the first [`RISING`] no value is below that of the row before.
pub type Row = [u32; COLUMNS];

/// Columns of a row.
pub const COLUMNS: usize = 6;
/// Columns whose values never fall.
pub const RISING: usize = 3;
/// Rows of a block.
pub const BLOCK: usize = 32;

/// Rows in whole blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Packed {
    blocks: Vec<Block>,
    bytes: Vec<u8>,
}

/// Where the columns of a block are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Block {
    first: Row,
    /// The place of its first byte, above two bits of [`WIDTHS`] for each column.
    layout: u32,
}

/// One column of a block.
#[derive(Clone, Copy)]
struct Column<'a> {
    rises: bool,
    first: u32,
    /// The place in [`WIDTHS`].
    kind: usize,
    /// From the column's first byte to the end of all.
    bytes: &'a [u8],
}

/// How many bytes a value may take.
const WIDTHS: [usize; 4] = [0, 1, 2, 4];
/// The bits of such a value.
const MASKS: [u32; 4] = [0, 0xff, 0xffff, 0xffff_ffff];
const LAYOUT_BITS: usize = 2 * COLUMNS;
/// Blocks that are looked through before all others.
const LAST_BLOCKS: usize = 8;

impl Packed {
    /// Packs a block.
    pub fn push(&mut self, rows: &[Row; BLOCK]) {
        let first = rows[0];
        let (mut apart, mut bits) = (*rows, [0; COLUMNS]);
        for row in &mut apart {
            for column in 0..COLUMNS {
                // What rises has small differences; keys and the like share their upper bits.
                let value = &mut row[column];
                let rises = column < RISING;
                *value = if rises { *value - first[column] } else { *value ^ first[column] };
                bits[column] |= *value;
            }
        }
        let at = u32::try_from(self.bytes.len()).expect("a segment is short");
        let mut layout = at << LAYOUT_BITS;
        let (mut packed, mut end) = ([0; BLOCK * COLUMNS * 4], 0);
        for (column, bits) in bits.into_iter().enumerate() {
            let to = &mut packed[end..];
            let kind = match bits {
                0 => 0,
                1..=0xff => 1,
                0x100..=0xffff => 2,
                _ => 3,
            };
            match kind {
                1 => write::<1>(to, &apart, column),
                2 => write::<2>(to, &apart, column),
                3 => write::<4>(to, &apart, column),
                _ => {}
            }
            layout |= kind << (2 * column);
            end += WIDTHS[kind as usize] * BLOCK;
        }
        self.bytes.extend_from_slice(&packed[..end]);
        self.blocks.push(Block { first, layout });
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.blocks.len() * BLOCK
    }

    /// One value.
    pub fn value(&self, place: usize, column: usize) -> u32 {
        self.column(place / BLOCK, column).value(place % BLOCK)
    }

    /// How many rows there are, of the first `len`, before the first whose value in a rising column
    /// is above `most`.
    pub fn up_to(&self, len: usize, column: usize, most: u32) -> usize {
        let blocks = &self.blocks[..len.div_ceil(BLOCK)];
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
        if let Some(gone) = self.blocks.get(len.div_ceil(BLOCK)) {
            self.bytes.truncate(gone.at());
            self.blocks.truncate(len.div_ceil(BLOCK));
        }
    }

    /// Gives back the room that nothing will be put into.
    pub fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }

    /// Heap bytes asked for.
    pub fn heap_bytes(&self) -> usize {
        self.blocks.capacity() * size_of::<Block>() + self.bytes.capacity()
    }

    fn column(&self, block: usize, column: usize) -> Column<'_> {
        let block = &self.blocks[block];
        let kind = |column: usize| (block.layout >> (2 * column) & 3) as usize;
        let before: usize = (0..column).map(|column| WIDTHS[kind(column)]).sum();
        let bytes = &self.bytes[block.at() + before * BLOCK..];
        Column { rises: column < RISING, first: block.first[column], kind: kind(column), bytes }
    }
}

impl Block {
    /// The place of its first byte.
    fn at(&self) -> usize {
        (self.layout >> LAYOUT_BITS) as usize
    }
}

impl Column<'_> {
    fn value(self, place: usize) -> u32 {
        let bytes = &self.bytes[place * WIDTHS[self.kind]..];
        // Four bytes at once, of which some are other values': nobody guesses how wide these are.
        let four =
            bytes.first_chunk().map_or_else(|| last_bytes(bytes), |four| u32::from_le_bytes(*four));
        let apart = four & MASKS[self.kind];
        if self.rises { self.first + apart } else { self.first ^ apart }
    }

    /// How many values of a rising column are not above `most`, which the first one is not. Counts
    /// all of them, as nobody guesses the turns of a search.
    fn up_to(self, most: u32) -> usize {
        if WIDTHS[self.kind] == 2 {
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
