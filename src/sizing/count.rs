//! Counting in bounded memory.

pub mod distinct;
pub mod keys;
pub mod pairs;
pub mod places;
pub mod timeline;

use crate::engine::service::limits::{SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS};

/// How much of a shard something takes, in bytes of its byte limit: records count as the bytes
/// that a record is worth where both limits bind at once, a little over a KiB.
#[inline]
pub fn weight(records: u64, bytes: u64) -> u64 {
    records * RECORD_BYTES + bytes
}

/// 1 MiB/s over 1,000 records/s.
const RECORD_BYTES: u64 = SHARD_WRITE_BYTES.value.div_ceil(SHARD_WRITE_RECORDS.value);
