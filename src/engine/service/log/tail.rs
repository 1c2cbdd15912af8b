//! The end of a log: the rows that do not fill a block yet, and what an append has to know.

use super::packed::{BLOCK, COLUMNS, Row};
use super::segment::{Base, ROWS};
use crate::engine::time::Instant;
use std::hash::{Hash, Hasher};

/// The last rows of the open segment.
///
/// It is a part of its shard, not of the segment on the heap: so a put that finds the shard has
/// found all that it needs, and looks at the segment once in 32 records. Among thousands of
/// shards each such look waits for memory.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Tail {
    /// Where the open segment begins; without arrival and index while it is empty.
    pub base: Base,
    /// How many records the open segment has, those in its blocks included.
    pub len: u32,
    /// Their bytes.
    pub bytes: u32,
    /// The last ones of a whole block before are still there, behind those that count.
    rows: [Row; BLOCK],
}

/// Written out, as a derived one would make row after row.
impl Default for Tail {
    fn default() -> Self {
        Self { base: Base::default(), len: 0, bytes: 0, rows: [[0; COLUMNS]; BLOCK] }
    }
}

impl Tail {
    /// Whether the open segment has begun, and a record can still be expressed as a row of it.
    #[inline]
    pub fn has_room(&self, now: Instant, index: u64, size: u32) -> bool {
        let (arrival, steps) = self.since_base(now, index);
        let bytes = u64::from(self.bytes) + u64::from(size);
        // Neither empty, where it wraps around, nor full.
        let fits = self.len.wrapping_sub(1) < ROWS - 1;
        fits && u32::try_from(arrival | steps | bytes).is_ok()
    }

    /// Begins the open segment, which is empty.
    pub fn begin(&mut self, now: Instant, index: u64) {
        (self.base.arrival, self.base.index) = (now, index);
    }

    /// Adds the row of a record; the first one may be any, others [have room](Self::has_room).
    /// Answers with the rows of a block if they have become one.
    #[inline]
    pub fn push(
        &mut self,
        now: Instant,
        index: u64,
        size: u32,
        [key, number, source]: [u32; 3],
    ) -> Option<&[Row; BLOCK]> {
        let (arrival, steps) = self.since_base(now, index);
        self.bytes += size;
        let fits = |wide: u64| u32::try_from(wide).expect("there is room");
        let row = [fits(arrival), fits(steps), self.bytes, key, number, source];
        self.rows[self.len as usize % BLOCK] = row;
        self.len += 1;
        (self.len as usize).is_multiple_of(BLOCK).then_some(&self.rows)
    }

    /// The rows that are in no block.
    pub fn rows(&self) -> &[Row] {
        &self.rows[..self.len as usize % BLOCK]
    }

    /// The rows as a block, the last one as often as it takes; `None` if there are none.
    pub fn padded(&self) -> Option<[Row; BLOCK]> {
        let last = *self.rows().last()?;
        let mut block = [last; BLOCK];
        block[..self.rows().len()].copy_from_slice(self.rows());
        Some(block)
    }

    /// Goes on to the next segment.
    pub fn turn_over(&mut self) {
        self.base = Base {
            first: self.base.first + u64::from(self.len),
            bytes: self.base.bytes + u64::from(self.bytes),
            ..Base::default()
        };
        (self.len, self.bytes) = (0, 0);
    }

    #[inline]
    fn since_base(&self, now: Instant, index: u64) -> (u64, u64) {
        (now.micros() - self.base.arrival.micros(), index - self.base.index)
    }
}

/// Rows that do not count any more make no difference.
impl PartialEq for Tail {
    fn eq(&self, other: &Self) -> bool {
        let all = |tail: &Self| (tail.base, tail.len, tail.bytes);
        all(self) == all(other) && self.rows() == other.rows()
    }
}

impl Eq for Tail {}

impl Hash for Tail {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.rows(), self.base, self.len, self.bytes).hash(state);
    }
}
