//! How many bytes of data a synthetic record has.

use super::error::ClientError;
use crate::engine::rng::split_mix;
use crate::engine::service::limits::{KIB, MAX_RECORD_KIB_CEILING};

/// Bytes of data (the partition key comes on top), even draws from a range with both its ends.
///
/// A record's size is made from its number, so that its bytes can be made again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordSize {
    /// The smallest, at least 1.
    pub min: u32,
    /// The largest, at most 10 MiB.
    pub max: u32,
}

impl RecordSize {
    /// The size of a producer of which nothing else was said.
    pub const DEFAULT: Self = Self::constant(1_024);

    /// Always so many bytes.
    pub const fn constant(bytes: u32) -> Self {
        Self { min: bytes, max: bytes }
    }

    /// The size of the record of a number, for a producer with this salt.
    #[inline]
    pub(super) fn of(self, salt: u64, number: u32) -> u32 {
        if self.min == self.max {
            return self.min;
        }
        let mut word = salt ^ (u64::from(number) << 32);
        let outcomes = u64::from(self.max - self.min) + 1;
        let drawn = ((split_mix(&mut word) >> 32) * outcomes) >> 32;
        self.min + u32::try_from(drawn).expect("below the outcomes")
    }

    pub(super) fn check(self) -> Result<(), ClientError> {
        let most = u64::from(MAX_RECORD_KIB_CEILING) * KIB;
        let sound = 1 <= self.min && self.min <= self.max && u64::from(self.max) <= most;
        if sound { Ok(()) } else { Err(ClientError::RecordSize { most }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_stays_in_its_range_and_comes_again_for_the_same_number() {
        let size = RecordSize { min: 100, max: 104 };
        let mut seen = [0_u32; 5];
        for number in 0..1_000 {
            assert_eq!(size.of(7, number), size.of(7, number));
            seen[(size.of(7, number) - 100) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| (150..250).contains(&count)), "{seen:?}");
    }
}
