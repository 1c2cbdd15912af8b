//! What a survey has found.

mod peaks;

use super::count::keys::{KeyCount, Keys};
use super::count::timeline::Timeline;
use super::count::weight;
use super::turns::Pause;
use crate::engine::service::payload::Payload;
use crate::engine::time::Instant;
pub(super) use peaks::bucket;
pub use peaks::{Peak, Slice};

/// Equal parts of the key space that loads are given for.
pub const BUCKETS: usize = 1_024;
/// The most keys that are named.
pub const HOTTEST: usize = 100;
/// Bad lines that are named for each reason.
pub const BAD_LINES: usize = 5;

/// Records and their bytes, partition keys included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Records.
    pub records: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Load {
    /// How much of a shard it takes: bytes, or records where they bind sooner, as the bytes that a
    /// record is worth where both limits of a shard bind at once (1,049).
    pub fn pressure(self) -> u64 {
        weight(self.records, 0).max(self.bytes)
    }

    pub(super) fn add(&mut self, records: u64, bytes: u64) {
        self.records += records;
        self.bytes += bytes;
    }
}

/// What a survey has found.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What can be told of it.
    pub facts: Facts,
    pub(super) timeline: Timeline,
    pub(super) counted: Keys,
}

/// What can be told of a file without its data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Its lines, the header and blank ones included.
    pub lines: u64,
    /// Lines that end with `\n`, with `\r\n`, and with `\r` alone: more than one kind is a sign of
    /// a file that was put together, and harmless.
    pub line_ends: [u64; 3],
    /// The rows that can be put as records. Without a key column, each has a key of 16 bytes of its
    /// own, as `lab replay` gives it.
    pub total: Load,
    /// Bytes of the largest record that can be put.
    pub largest: u64,
    /// What the records are billed as.
    pub payload: Payload,
    /// The rows that cannot be put, by reason, in the order of [`Reason`].
    pub bad: Vec<BadRows>,
    /// What was found about keys, if there is a key column.
    pub keys: Option<KeyFindings>,
    /// What was found about times, if there is a time column.
    pub time: Option<TimeFindings>,
}

/// Rows that cannot be put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRows {
    /// Why.
    pub reason: Reason,
    /// How many.
    pub rows: u64,
    /// The first [`BAD_LINES`] of them, by the number of the line they begin in, counted from 1.
    pub lines: Vec<u64>,
}

/// Why a row cannot be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It has another number of cells than there are columns.
    Cells,
    /// A quote is never closed, or something is behind one that is.
    Quotes,
    /// It is no JSON object.
    Json,
    /// It holds bytes that are no character.
    Encoding,
    /// It has no key, or an empty one.
    NoKey,
    /// Its key has more than 256 characters.
    LongKey,
    /// It has no time, or none that can be read.
    Time,
    /// With its key it is larger than a record may be.
    Size,
}

/// How many reasons there are.
pub const REASONS: usize = Reason::Size as usize + 1;

impl Reason {
    /// All of them.
    pub const ALL: [Self; REASONS] = [
        Self::Cells,
        Self::Quotes,
        Self::Json,
        Self::Encoding,
        Self::NoKey,
        Self::LongKey,
        Self::Time,
        Self::Size,
    ];
}

/// A number that may be an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// It was counted.
    Exact(u64),
    /// It is an estimate.
    About {
        /// The estimate.
        value: u64,
        /// Two of three such estimates are off by less than so many thousandths.
        error_permille: u32,
    },
}

impl Count {
    /// The number, exact or not.
    pub fn value(self) -> u64 {
        match self {
            Self::Exact(value) | Self::About { value, .. } => value,
        }
    }
}

/// What was found about keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFindings {
    /// Distinct keys: exact up to 1,000,000.
    pub distinct: Count,
    /// The [`HOTTEST`] keys that take most of a shard, heaviest first.
    pub hottest: Vec<HotKey>,
    /// A key that is not among the counted takes at most so much, as [`Load::pressure`]: 0 if all
    /// are counted.
    pub uncounted_max: u64,
    /// Loads of [`BUCKETS`] equal parts of the key space, over the whole file.
    pub space: Vec<Load>,
    /// Millionths of the whole that the hottest key takes.
    pub hottest_ppm: u32,
    /// Millionths of the whole in the busiest sixteenth of the key space; even would be 62,500.
    pub sixteenth_ppm: u32,
}

/// A key with what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotKey {
    /// Its text, if it was kept: of 32 MiB of key texts, those that came first.
    pub text: Option<String>,
    /// Where it falls in the key space.
    pub hash: u128,
    /// Its records and bytes.
    pub load: Load,
    /// The most that may be missing, as [`Load::pressure`]: 0 if all distinct keys were counted.
    pub missed_max: u64,
}

/// What was found about times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeFindings {
    /// The earliest time.
    pub first: Instant,
    /// The latest time.
    pub last: Instant,
    /// Seconds of the steps that were counted by: 1 up to 48 days of data, else 10, 60, 600, 3,600
    /// or 86,400. What is called a second is such a step then.
    pub step_secs: u32,
    /// Steps that records fell into.
    pub steps: u64,
    /// The step that takes most, by [`Load::pressure`]; the first of several.
    pub peak_second: Peak,
    /// The minute by the clock that takes most; the peak step if that is longer.
    pub peak_minute: Peak,
    /// Steps in which only sums were kept, not what each key had: the least busy ones, if there are
    /// more than two million pairs of step and key.
    pub steps_without_keys: u64,
}

impl TimeFindings {
    /// Microseconds of the data's own time, both ends included: at least one step.
    pub fn span_micros(&self) -> u64 {
        let span = self.last.micros() - self.first.micros();
        span.max(u64::from(self.step_secs) * 1_000_000)
    }
}

impl KeyFindings {
    pub(super) async fn of(keys: &Keys, space: Vec<Load>, pause: &impl Pause) -> Self {
        let distinct = if keys.are_exact() {
            Count::Exact(keys.distinct())
        } else {
            use super::count::distinct::Distinct;
            Count::About { value: keys.distinct(), error_permille: Distinct::ERROR_PERMILLE }
        };
        let hot = |count: &KeyCount| HotKey {
            text: keys.text(count).map(str::to_owned),
            hash: count.hash(),
            load: Load { records: count.records.into(), bytes: count.bytes },
            missed_max: count.missed,
        };
        let hottest: Vec<HotKey> = keys.hottest(HOTTEST, pause).await.iter().map(hot).collect();
        let weigh = |load: &Load| weight(load.records, load.bytes);
        let all: u64 = space.iter().map(weigh).sum();
        let sixteenths = space.chunks(BUCKETS / 16).map(|part| part.iter().map(weigh).sum());
        let hottest_ppm = ppm(hottest.first().map_or(0, |key| weigh(&key.load)), all);
        Self {
            distinct,
            uncounted_max: keys.bound(),
            hottest_ppm,
            sixteenth_ppm: ppm(sixteenths.max().unwrap_or(0), all),
            hottest,
            space,
        }
    }
}

/// Millionths.
pub(super) fn ppm(part: u64, whole: u64) -> u32 {
    let parts = u128::from(part) * 1_000_000 / u128::from(whole.max(1));
    u32::try_from(parts).unwrap_or(u32::MAX)
}
