//! A receipt: why a shard refused, in numbers. What the bucket held at that microsecond, who had
//! drunk from it in the seconds before, and which keys brought what it stored.

pub mod keys;
pub mod watch;

use crate::engine::refusal::{Bucket, Throttle};
use crate::engine::service::limits::{
    self, Limit, SHARD_ITERATOR_CALLS, SHARD_READ_BYTES, SHARD_READ_CALLS, SHARD_WRITE_BYTES,
    SHARD_WRITE_RECORDS,
};
use crate::engine::time::Instant;
use keys::KeyShare;
use std::time::Duration;

/// How far a receipt looks back.
pub const BEFORE: Duration = Duration::from_secs(2);
/// And how far ahead.
pub const AFTER: Duration = Duration::from_millis(500);
/// Columns of the level, each [`COLUMN`] wide.
pub const COLUMNS: u32 = 100;
/// How much time a column stands for.
pub const COLUMN: Duration = Duration::from_millis(25);
/// Where AWS explains the limits.
pub const DOCUMENTATION: &str = limits::SHARD_WRITE_RECORDS.source;

/// Why a shard refused, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// When.
    pub at: Instant,
    /// What the bucket looked like.
    pub throttle: Throttle,
    /// The name of the stream.
    pub stream: String,
    /// The name of whoever asked; `None` for the person.
    pub name: Option<String>,
    /// The most tokens that the bucket holds.
    pub capacity: u64,
    /// Tokens that it gets a second.
    pub rate: u64,
    /// Tokens that it held before that microsecond; below zero if it owed some.
    pub before: i64,
    /// Tokens that were taken in it.
    pub taken: u64,
    /// Tokens that were refused in it; of readers, calls.
    pub refused: u64,
    /// The level from [`BEFORE`] until [`AFTER`] the refusal.
    pub columns: Vec<Column>,
    /// Who took or was refused tokens in the time before, whoever asked for most first.
    pub drinkers: Vec<Drinker>,
    /// The keys of most of what the shard stored in the time before, and how many more there are.
    pub keys: KeyShare,
    /// The name of the error.
    pub code: &'static str,
    /// What AWS says.
    pub message: String,
}

/// A short stretch of a level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The lowest level in it, in tokens; below zero in debt.
    pub low: i64,
    /// The highest level in it.
    pub high: i64,
}

/// Whoever drank from a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drinker {
    /// Who.
    pub who: Who,
    /// Tokens taken.
    pub taken: u64,
    /// Tokens refused, one more time with each attempt; of readers, calls.
    pub refused: u64,
}

/// Who drank from a bucket.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// The person at the console.
    Person,
    /// A producer or consumer.
    Client(String),
    /// Whoever called: of these calls no event tells.
    Anybody,
}

impl Receipt {
    /// The limit that the bucket stands for.
    pub fn limit(&self) -> Limit {
        limit(self.throttle.bucket)
    }

    /// How many tokens came in the time before, the full bucket's left out.
    pub fn refilled(&self) -> u64 {
        self.rate * BEFORE.as_secs()
    }

    /// How many tokens were asked for in the time before.
    pub fn asked(&self) -> u64 {
        self.drinkers.iter().map(|drinker| drinker.taken + drinker.refused).sum()
    }

    /// How long until what was asked for would have fitted.
    pub fn wait(&self) -> Duration {
        self.throttle.fits_at - self.at
    }
}

/// The limit that a bucket stands for.
pub fn limit(bucket: Bucket) -> Limit {
    match bucket {
        Bucket::WriteRecords => SHARD_WRITE_RECORDS,
        Bucket::WriteBytes => SHARD_WRITE_BYTES,
        Bucket::ReadCalls => SHARD_READ_CALLS,
        Bucket::ReadBytes => SHARD_READ_BYTES,
        Bucket::IteratorCalls => SHARD_ITERATOR_CALLS,
    }
}
