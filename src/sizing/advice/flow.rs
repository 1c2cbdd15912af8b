//! How much comes in a second, against what a shard takes.

use crate::engine::service::limits::{SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS};
use crate::sizing::findings::Load;

/// Millionths of records and bytes a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Millionths of records a second.
    pub records: u64,
    /// Millionths of bytes a second.
    pub bytes: u64,
}

/// Parts of a record and of a byte.
pub const MILLION: u64 = 1_000_000;

impl Flow {
    /// What a shard takes, of which so many thousandths are used.
    pub fn limit(usable: u64) -> Self {
        Self {
            records: SHARD_WRITE_RECORDS.value * (MILLION / 1_000) * usable,
            bytes: SHARD_WRITE_BYTES.value * (MILLION / 1_000) * usable,
        }
    }

    /// A load that comes in so many thousandths of a second, one at least.
    pub fn of(load: Load, millis: u64) -> Self {
        // Mostly numbers are small, and in the browser 128 bits are slow.
        let flow = |count: u64| {
            if let Some(product) = count.checked_mul(1_000 * MILLION) {
                return product / millis;
            }
            let product = u128::from(count) * u128::from(1_000 * MILLION);
            u64::try_from(product / u128::from(millis)).unwrap_or(u64::MAX)
        };
        Self { records: flow(load.records), bytes: flow(load.bytes) }
    }

    pub fn add(&mut self, other: Self) {
        self.records = self.records.saturating_add(other.records);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }

    /// Whether it is within a limit.
    pub fn fits(self, limit: Self) -> bool {
        self.records <= limit.records && self.bytes <= limit.bytes
    }

    /// How much of a shard it takes: to compare.
    pub fn pressure(self) -> u64 {
        self.bytes.max(self.records.saturating_mul(1_049))
    }

    /// Whole records and bytes, rounded up.
    pub fn load(self) -> Load {
        Load { records: self.records.div_ceil(MILLION), bytes: self.bytes.div_ceil(MILLION) }
    }
}
