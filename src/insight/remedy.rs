//! Remedies against a refusal, as lines of the console: what a person could do about it.

use super::receipt::{Receipt, Who};
use crate::engine::Simulation;
use crate::engine::client::consumer::{Consumer, Mode};
use crate::engine::client::keys::Keys;
use crate::engine::client::producer::{Producer, ProducerSpec, Work};
use crate::engine::client::retry::Retry;
use crate::engine::refusal::Bucket;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::limits::{
    GET_RECORDS_COUNT, SHARD_READ_BYTES, SHARD_READ_CALLS, SHARD_WRITE_RECORDS,
};
use crate::engine::service::stream::Stream;
use crate::engine::time::whole_micros;
use std::time::Duration;

/// What a person could do, and the lines that do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// What it is.
    pub fix: Fix,
    /// How it is entered.
    pub lines: Vec<String>,
}

/// What a person could do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fix {
    /// Nothing: what the others are compared with.
    Nothing,
    /// Split the shard where both halves get as much.
    Split,
    /// Keys that spread over all shards.
    Keys,
    /// Twice as many shards.
    Shards,
    /// Send again after longer and longer waits, and more often.
    Backoff,
    /// Let AWS decide how many shards there are.
    OnDemand,
    /// Enhanced fan-out for the reader that was refused.
    FanOut,
    /// Enhanced fan-out for all who poll.
    FanOutAll,
    /// Poll less often.
    Slower,
    /// Ask for fewer records at once.
    Smaller,
    /// Stop another reader.
    Fewer,
}

/// Attempts of the backoff that is tried.
const ATTEMPTS: u32 = 10;
/// So many keys spread well over any number of shards that is tried.
const MANY_KEYS: u32 = 1_000;
/// Fewer keys than this may fall unevenly.
const FEW_KEYS: u32 = 100;

/// What could be done about a refusal, likeliest help first and [`Fix::Nothing`] before all; empty
/// if nothing is known that could. `world` is as it was shortly before.
pub fn remedies(world: &Simulation, receipt: &Receipt) -> Vec<Remedy> {
    let Some(stream) = world.service().stream(receipt.throttle.stream) else { return Vec::new() };
    let mut remedies = match receipt.throttle.bucket {
        Bucket::WriteRecords | Bucket::WriteBytes => for_writers(world, stream, receipt),
        Bucket::ReadCalls | Bucket::ReadBytes => for_readers(world, stream, receipt),
        Bucket::IteratorCalls => Vec::new(),
    };
    remedies.retain(|remedy| !remedy.lines.is_empty());
    if !remedies.is_empty() {
        remedies.insert(0, Remedy { fix: Fix::Nothing, lines: Vec::new() });
    }
    remedies
}

fn for_writers(world: &Simulation, stream: &Stream, receipt: &Receipt) -> Vec<Remedy> {
    let refused = receipt.drinkers.iter().filter(|drinker| drinker.refused > 0);
    let named = refused.filter_map(|drinker| match &drinker.who {
        Who::Client(name) => Some(name.as_str()),
        Who::Person | Who::Anybody => None,
    });
    let producers: Vec<(&str, &ProducerSpec)> = named
        .filter_map(|name| {
            let is_it = |producer: &&Producer| producer.name().as_str() == name;
            match world.clients().producers().find(is_it)?.work() {
                Work::Synthetic(spec) => Some((name, spec)),
                // A replay that is named again begins anew.
                Work::Replay(_) => None,
            }
        })
        .collect();
    let lines = |line: fn(&str, &ProducerSpec) -> Option<String>| {
        producers.iter().filter_map(|(name, spec)| line(name, spec)).collect::<Vec<String>>()
    };
    let is_alone = stream.open_shard_count() < 2;
    let keys = if is_alone { Vec::new() } else { lines(other_keys) };
    vec![
        Remedy { fix: Fix::Split, lines: split(stream, receipt) },
        Remedy { fix: Fix::Keys, lines: keys },
        Remedy { fix: Fix::Shards, lines: double(stream) },
        Remedy { fix: Fix::Backoff, lines: lines(backoff) },
        Remedy { fix: Fix::OnDemand, lines: on_demand(world, stream) },
    ]
}

fn other_keys(name: &str, spec: &ProducerSpec) -> Option<String> {
    let keys = match spec.keys {
        Keys::Unique => return None,
        Keys::Uniform(keys) | Keys::Sequence(keys) if keys >= FEW_KEYS => return None,
        Keys::Zipf { keys, .. } if keys >= FEW_KEYS => keys,
        Keys::One(_) | Keys::Uniform(_) | Keys::Sequence(_) | Keys::Zipf { .. } => MANY_KEYS,
    };
    Some(format!("lab producer {name} --keys uniform:{keys}"))
}

fn backoff(name: &str, spec: &ProducerSpec) -> Option<String> {
    match spec.sending.retry {
        Retry::Backoff { attempts, .. } if attempts >= ATTEMPTS => None,
        _ => Some(format!("lab producer {name} --retry backoff:{ATTEMPTS}")),
    }
}

fn split(stream: &Stream, receipt: &Receipt) -> Vec<String> {
    let border = receipt.keys.split_at.filter(|_| stream.mode == CapacityMode::Provisioned);
    let line = border.map(|key| {
        format!(
            "aws kinesis split-shard --stream-name {} --shard-to-split {} \
             --new-starting-hash-key {key}",
            stream.name, receipt.throttle.shard
        )
    });
    line.into_iter().collect()
}

fn double(stream: &Stream) -> Vec<String> {
    let is_provisioned = stream.mode == CapacityMode::Provisioned;
    let line = is_provisioned.then(|| {
        format!(
            "aws kinesis update-shard-count --stream-name {} --target-shard-count {} \
             --scaling-type UNIFORM_SCALING",
            stream.name,
            stream.open_shard_count() * 2
        )
    });
    line.into_iter().collect()
}

fn on_demand(world: &Simulation, stream: &Stream) -> Vec<String> {
    let is_provisioned = stream.mode == CapacityMode::Provisioned;
    let line = is_provisioned.then(|| {
        format!(
            "aws kinesis update-stream-mode --stream-arn {} \
             --stream-mode-details StreamMode=ON_DEMAND",
            stream.name.arn(world.account())
        )
    });
    line.into_iter().collect()
}

/// A consumer that polls, and how often.
type Poller<'a> = (&'a Consumer, Duration);

fn for_readers(world: &Simulation, stream: &Stream, receipt: &Receipt) -> Vec<Remedy> {
    let reads = world.clients().consumers().filter(|one| one.stream() == Some(stream.id));
    let pollers: Vec<Poller> = reads
        .filter_map(|consumer| match consumer.spec().mode {
            Mode::Shared { every, .. } => Some((consumer, every)),
            Mode::EnhancedFanOut => None,
        })
        .collect();
    let of_bytes = receipt.throttle.bucket == Bucket::ReadBytes;
    let own_pipe =
        |(one, _): &Poller| format!("lab consumer {} --mode enhanced-fan-out", one.name());
    let is_refused = |(one, _): &&Poller| one.id() == receipt.throttle.actor;
    let all = if pollers.len() > 1 { pollers.iter().map(own_pipe).collect() } else { Vec::new() };
    let slower = if of_bytes { Vec::new() } else { slower(&pollers) };
    vec![
        Remedy {
            fix: Fix::FanOut,
            lines: pollers.iter().filter(is_refused).map(own_pipe).collect(),
        },
        Remedy { fix: Fix::FanOutAll, lines: all },
        Remedy { fix: Fix::Slower, lines: slower },
        Remedy { fix: Fix::Smaller, lines: smaller(stream, receipt, &pollers) },
        Remedy { fix: Fix::Shards, lines: if of_bytes { double(stream) } else { Vec::new() } },
        Remedy { fix: Fix::Fewer, lines: fewer(receipt, &pollers) },
    ]
}

/// All polls together stay a fifth below the limit.
fn slower(pollers: &[Poller]) -> Vec<String> {
    let least = 1_000 * pollers.len() as u64 / (SHARD_READ_CALLS.value - 1);
    let lines = pollers.iter().map(|(one, every)| {
        let millis = (whole_micros(*every) / 1_000 * 2).max(least);
        format!("lab consumer {} --every {millis}ms", one.name())
    });
    lines.collect()
}

/// Answers that, one of each reader together, stay a tenth below what a second gives.
fn smaller(stream: &Stream, receipt: &Receipt, pollers: &[Poller]) -> Vec<String> {
    if receipt.throttle.bucket != Bucket::ReadBytes {
        return Vec::new();
    }
    let Ok(shard) = stream.shard(receipt.throttle.shard) else { return Vec::new() };
    let records = (shard.log.tip() - shard.log.horizon()).max(1);
    let average = (shard.log.retained_bytes() / records).max(1);
    let room = SHARD_READ_BYTES.value / 10 * 9 / (pollers.len() as u64).max(1);
    let limit = (room / average).clamp(1, GET_RECORDS_COUNT.value);
    if limit >= SHARD_WRITE_RECORDS.value * 2 {
        return Vec::new();
    }
    pollers.iter().map(|(one, _)| format!("lab consumer {} --limit {limit}", one.name())).collect()
}

/// Stops whoever drank most, but for the one that was refused.
fn fewer(receipt: &Receipt, pollers: &[Poller]) -> Vec<String> {
    let others = receipt.drinkers.iter().filter_map(|drinker| match &drinker.who {
        Who::Client(name) if Some(name) != receipt.name.as_ref() => Some(name),
        Who::Client(_) | Who::Person | Who::Anybody => None,
    });
    let mut known =
        others.filter(|name| pollers.iter().any(|(one, _)| one.name().as_str() == *name));
    known.next().map(|name| format!("lab consumer {name} --stop")).into_iter().collect()
}
