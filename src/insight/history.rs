//! What has happened, folded for the picture and the numbers beside it, in bounded memory.

use super::flows::Flows;
use super::recent::Recent;
use super::seconds::Seconds;
use super::timeline::Timeline;
use super::totals::Totals;
use crate::engine::event::Event;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use std::time::Duration;

/// The events of a run, folded: nothing in here grows with the number of records.
///
/// It takes what `Simulation::poll_event` gives, in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Everything counted.
    pub totals: Totals,
    /// The last things worth telling.
    pub recent: Recent,
    /// What happened in each second.
    pub seconds: Seconds,
    /// What flows between clients and streams.
    pub flows: Flows,
    timelines: SortedMap<Place, Timeline>,
}

type Place = (StreamId, ShardId, Mark);

/// What is worth a red mark in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Records that a shard refused.
    WriteRefused,
    /// Calls of readers that a shard refused.
    ReadRefused,
    /// Records that a consumer missed.
    Lost,
}

impl Mark {
    /// Whether a shard said no.
    fn is_refusal(self) -> bool {
        matches!(self, Self::WriteRefused | Self::ReadRefused)
    }
}

/// Timelines kept, about 14 KiB each. Shards beyond that are still counted in the totals.
const TIMELINES_MAX: usize = 512;
/// What a timeline takes: 14 scales of 256 bins of 4 bytes.
const TIMELINE_BYTES: u64 = 14 << 10;

impl History {
    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        self.totals.count(event);
        self.recent.record(at, event);
        self.seconds.record(at, event);
        self.flows.record(at, event);
        match *event {
            Event::WritesThrottled { throttle, records, .. } => {
                self.mark((throttle.stream, throttle.shard, Mark::WriteRefused), at, records);
            }
            Event::ReadThrottled(throttle) => {
                self.mark((throttle.stream, throttle.shard, Mark::ReadRefused), at, 1);
            }
            Event::RecordsLost { stream, shard, records, .. } => {
                let records = u32::try_from(records).unwrap_or(u32::MAX);
                self.mark((stream, shard, Mark::Lost), at, records);
            }
            Event::ShardExpired { stream, shard } => {
                self.timelines.retain(|place, _| (place.0, place.1) != (stream, shard));
            }
            Event::StreamStatusChanged { stream, status: None } => {
                self.timelines.retain(|place, _| place.0 != stream);
            }
            _ => {}
        }
    }

    /// When something happened in a shard; `None` if it never did.
    pub fn timeline(&self, stream: StreamId, shard: ShardId, mark: Mark) -> Option<&Timeline> {
        self.timelines.get(&(stream, shard, mark))
    }

    /// The shard that refused most records within the last `window`, and how many.
    pub fn hottest(&self, now: Instant, window: Duration) -> Option<(StreamId, ShardId, u64)> {
        let writes = self.timelines.iter().filter(|(place, _)| place.2 == Mark::WriteRefused);
        let sums = writes.map(|(place, line)| (place.0, place.1, line.sum(now, window)));
        sums.filter(|(_, _, records)| *records > 0).max_by_key(|(_, _, records)| *records)
    }

    /// The shards that refused something within the last `window`, and how often, records of
    /// producers and calls of readers together; by stream and shard.
    pub fn refusing(&self, now: Instant, window: Duration) -> Vec<(StreamId, ShardId, u64)> {
        let mut refusing: Vec<(StreamId, ShardId, u64)> = Vec::new();
        for (&(stream, shard, _), line) in self.timelines.iter().filter(|(p, _)| p.2.is_refusal()) {
            let times = line.sum(now, window);
            match refusing.last_mut().filter(|last| (last.0, last.1) == (stream, shard)) {
                Some(last) => last.2 += times,
                None => refusing.push((stream, shard, times)),
            }
        }
        refusing.retain(|found| found.2 > 0);
        refusing
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> u64 {
        self.own_bytes() + self.seconds.bytes() + self.recent.bytes()
    }

    /// About how many bytes it takes that `later`, which it has become, does not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        let seconds = self.seconds.bytes_beside(&later.seconds);
        self.own_bytes() + seconds + self.recent.bytes_beside(&later.recent)
    }

    fn own_bytes(&self) -> u64 {
        self.timelines.len() as u64 * TIMELINE_BYTES + self.flows.bytes()
    }

    fn mark(&mut self, place: Place, at: Instant, count: u32) {
        if self.timelines.contains_key(&place) || self.timelines.len() < TIMELINES_MAX {
            self.timelines.or_default(place).add(at, count);
        }
    }
}
