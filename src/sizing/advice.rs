//! What stream the data needs, with the numbers that say why.
//!
//! Loads are taken second by second of the data's own time, at the speed that is wished for. The
//! rule behind [`Advice::shards`]: in no second may a shard get more bytes or records than its
//! limits and the headroom allow. The 10 MiB that an idle shard takes at once are left for what
//! comes unevenly within a second; [`Needs::tank`] says what could be saved by using them.

mod balance;
mod costs;
mod critical;
mod flow;
mod flows;
mod shards;

use super::findings::{Findings, Load};
use super::turns::{Alone, Pause, at_once};
use crate::engine::service::limits::{RETENTION_HOURS_MIN, SHARD_WRITE_BYTES};
use crate::engine::time::Instant;
use crate::insight::pricing::{Bill, Plan, Prices};
pub(super) use flow::Flow;
use flows::Flows;

/// What the stream is wished to do. Numbers beyond their ranges are taken as the nearest within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// Consumers that poll and share the read limit, each of which reads everything: 0 to 1,000.
    pub shared: u32,
    /// Registered consumers, with a read limit each: 0 to 50.
    pub fan_out: u32,
    /// Hours that records are kept: 24 to 8,760.
    pub retention_hours: u32,
    /// How fast the data's time passes, in thousandths, as `lab replay --speed` takes it: 1,000 is
    /// as it was, 2,000 twice the traffic. 1 to 1,000,000,000. Without a time column of no effect.
    pub speed_thousandths: u64,
    /// Thousandths of every limit that are to stay free: 0 to 900.
    pub headroom_permille: u32,
    /// Without a time column: hours that the file is taken to be of, evenly. 1 to 87,600.
    pub hours: u32,
    /// Prices that the bills go by.
    pub prices: Prices,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            shared: 1,
            fan_out: 0,
            retention_hours: 24,
            speed_thousandths: 1_000,
            headroom_permille: 200,
            hours: 24,
            prices: Prices::default(),
        }
    }
}

/// What stream the data needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The wishes it is for, within their ranges.
    pub wishes: Wishes,
    /// The shards to create: [`KeyAdvice::with_keys`] if there is such a number, else those with
    /// salt, else [`Needs::even`].
    pub shards: u32,
    /// The rates that it goes by.
    pub rates: Rates,
    /// How many shards each limit asks for, with keys that spread evenly.
    pub needs: Needs,
    /// What the keys of the file change about that, if there is a key column.
    pub keys: Option<KeyAdvice>,
    /// What a month costs, by plan, if the data went on like this for 730 hours.
    pub costs: [Cost; 3],
}

/// Rates at the speed that is wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Microseconds that the data takes.
    pub span_micros: u64,
    /// The second with most bytes.
    pub bytes_peak: Rate,
    /// The second with most records.
    pub records_peak: Rate,
    /// The mean second of the minute with most bytes; the mean of all without a time column.
    pub minute: Rate,
    /// The mean second.
    pub mean: Rate,
}

/// What comes in a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// When, in the data's own time; 0 where that means nothing.
    pub at: Instant,
    /// Records and bytes a second, rounded up.
    pub load: Load,
}

/// Shards by limit, with keys that spread evenly; at least one each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// By bytes written in the peak second: 1 MiB/s a shard.
    pub bytes: u32,
    /// By records written in the peak second: 1,000/s a shard.
    pub records: u32,
    /// By bytes that consumers which poll read in the peak minute: 2 MiB/s a shard for all of them.
    /// What they do not get in a second they read in the next. Registered consumers need none.
    pub reads: u32,
    /// The most of the three: what [`Advice::shards`] begins with.
    pub even: u32,
    /// By bytes written, if the burst of 10 MiB that an idle shard takes is used up when it must
    /// be: with fewer the tank is empty at some second.
    pub tank: u32,
    /// By bytes and records of the peak minute, evened out: no burst helps with fewer for long.
    pub minute: u32,
    /// Milliseconds between two polls of a consumer, if all that share a shard's 5 calls a second
    /// poll equally often; 0 without such consumers.
    pub poll_millis: u32,
}

/// What the keys change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAdvice {
    /// The fewest shards of equal ranges, [`Needs::even`] or more, with which no shard gets too
    /// much in any second; `None` if there is no such number up to `tried`.
    pub with_keys: Option<u32>,
    /// The largest number that was tried.
    pub tried: u32,
    /// How full the busiest shard is in its busiest second with [`Needs::even`] shards of equal
    /// ranges: thousandths of its limit, without headroom.
    pub fullest_permille: u64,
    /// When that is.
    pub fullest_at: Instant,
    /// The key that takes most of a shard in one second.
    pub hottest: Option<KeyPeak>,
    /// Keys that take more in one second than a whole shard takes: no number of shards helps.
    pub too_hot: u64,
    /// Keys that take more in one second than the headroom leaves of a shard.
    pub over_headroom: u64,
    /// What to do about those.
    pub salt: Option<Salt>,
    /// Ranges that balance the load at its peaks.
    pub splits: Splits,
    /// Steps in which too much came for one shard, but of which only sums were kept: they count as
    /// if their keys spread evenly.
    pub unknown_steps: u64,
}

/// A key in its busiest second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPeak {
    /// Its text, if it was kept.
    pub text: Option<String>,
    /// The first half of its MD5.
    pub hash: u64,
    /// When, in the data's own time, and what it takes in a second.
    pub rate: Rate,
    /// Thousandths of a shard's limit that it takes.
    pub permille: u64,
}

/// Suffixes for hot keys: `key-0`, `key-1`, … in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt {
    /// How many suffixes.
    pub suffixes: u32,
    /// How many keys need them: those over the headroom.
    pub keys: u64,
    /// The fewest shards of equal ranges that then do.
    pub shards: u32,
}

/// Ranges of different widths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splits {
    /// How many.
    pub shards: u32,
    /// Where each but the first begins: hash keys, rising.
    pub starts: Vec<u128>,
    /// How full the busiest of them is in its busiest second: thousandths of a shard's limit.
    pub fullest_permille: u64,
    /// The same with as many equal ranges.
    pub even_permille: u64,
}

/// What a plan costs a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Which.
    pub plan: Plan,
    /// Line by line.
    pub bill: Bill,
}

impl Wishes {
    /// With every number within its range.
    #[must_use]
    pub fn sound(self) -> Self {
        Self {
            shared: self.shared.min(1_000),
            fan_out: self.fan_out.min(50),
            retention_hours: self.retention_hours.clamp(24, 8_760),
            speed_thousandths: self.speed_thousandths.clamp(1, 1_000_000_000),
            headroom_permille: self.headroom_permille.min(900),
            hours: self.hours.clamp(1, 87_600),
            ..self
        }
    }

    /// Thousandths of every limit that may be used.
    fn usable(&self) -> u64 {
        1_000 - u64::from(self.headroom_permille)
    }
}

/// What stream the data needs: a few milliseconds, and some tenths of a second for the largest
/// files.
pub fn advice(findings: &Findings, wishes: &Wishes) -> Advice {
    at_once(advice_in_turns(findings, wishes, &Alone))
}

/// The same, with pauses.
pub async fn advice_in_turns(findings: &Findings, wishes: &Wishes, pause: &impl Pause) -> Advice {
    let wishes = wishes.sound();
    debug_assert!(u64::from(wishes.retention_hours) >= RETENTION_HOURS_MIN.value);
    let flows = Flows::of(findings, &wishes, pause).await;
    let needs = needs(&flows, &wishes, pause).await;
    let keys = match findings.facts.keys {
        Some(_) => Some(shards::keys(findings, &flows, &wishes, needs.even, pause).await),
        None => None,
    };
    let with_keys = keys.as_ref().map(|keys| keys.with_keys.or(keys.salt.map(|salt| salt.shards)));
    let shards = with_keys.flatten().unwrap_or(needs.even);
    let rates = flows.rates();
    Advice {
        wishes,
        shards,
        rates,
        needs,
        keys,
        costs: costs::monthly(findings, &wishes, rates.span_micros, shards),
    }
}

async fn needs(flows: &Flows, wishes: &Wishes, pause: &impl Pause) -> Needs {
    let limit = Flow::limit(wishes.usable());
    let count =
        |flow: u64, limit: u64| u32::try_from(flow.div_ceil(limit).max(1)).unwrap_or(u32::MAX);
    let (peaks, minute) = (flows.peaks(), flows.minute().1);
    let [bytes, records] =
        [count(peaks[0].1.bytes, limit.bytes), count(peaks[1].1.records, limit.records)];
    let read = minute.bytes.saturating_mul(wishes.shared.into());
    let reads = count(read, 2 * limit.bytes);
    Needs {
        bytes,
        records,
        reads,
        even: bytes.max(records).max(reads),
        tank: flows.tank(wishes.usable(), bytes, pause).await,
        minute: count(minute.bytes, limit.bytes).max(count(minute.records, limit.records)),
        poll_millis: 200 * wishes.shared,
    }
}

/// Thousandths of a shard's limit: 1 MiB/s or 1,000 records/s, whichever is fuller.
fn permille(flow: Flow) -> u64 {
    let limit = Flow::limit(1_000);
    let of = |part: u64, whole: u64| {
        let parts = u128::from(part) * 1_000 / u128::from(whole);
        u64::try_from(parts).unwrap_or(u64::MAX)
    };
    of(flow.bytes, limit.bytes).max(of(flow.records, limit.records))
}

const _: () = assert!(SHARD_WRITE_BYTES.value == 1 << 20, "as the words above say");
