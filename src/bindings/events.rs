//! What has happened, as scripts see it: one flat object an event, with names in place of numbers.

use super::{count, millis};
use crate::api::value::{Fields, Value};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::Throttle;
use crate::engine::service::names::{ShardId, StreamId, StreamName};
use crate::engine::time::Instant;
use std::collections::VecDeque;

/// The most events that are kept until somebody asks for them; the oldest go first.
pub const RECENT_MAX: usize = 10_000;

/// Events that nobody has asked for yet.
#[derive(Debug, Default)]
pub struct Recent {
    kept: VecDeque<(Instant, Event)>,
    /// Names of streams, of those too that went away in the meantime.
    names: Vec<(StreamId, StreamName)>,
}

/// Where and when something has happened, with the world that knows the names.
struct Scene<'a> {
    recent: &'a Recent,
    sim: &'a Simulation,
    at: Instant,
}

impl Recent {
    /// Takes the events of a world, and drops the oldest beyond the bound.
    pub fn collect(&mut self, sim: &mut Simulation) {
        while let Some((at, event)) = sim.poll_event() {
            if let Event::StreamStatusChanged { stream, status: Some(_) } = event
                && let Some(found) = sim.service().stream(stream)
                && self.names.last().is_none_or(|(last, _)| *last < stream)
            {
                self.names.push((stream, found.name.clone()));
            }
            if self.kept.len() >= RECENT_MAX {
                self.kept.pop_front();
            }
            self.kept.push_back((at, event));
        }
    }

    /// The events since the last call, as objects.
    pub fn take(&mut self, sim: &Simulation) -> Vec<Fields> {
        let kept = std::mem::take(&mut self.kept);
        let all = kept.iter().map(|(at, event)| Scene { recent: self, sim, at: *at }.object(event));
        let all = all.collect();
        self.names.retain(|(id, _)| sim.service().stream(*id).is_some());
        all
    }
}

impl Scene<'_> {
    fn event(&self, kind: &'static str) -> Fields {
        Fields::with_room(8).with("at", millis(self.at)).with("type", kind)
    }

    fn stream(&self, kind: &'static str, id: StreamId) -> Fields {
        let names = &self.recent.names;
        let found = names.binary_search_by_key(&id, |(id, _)| *id).ok();
        let name = found.map(|place| names[place].1.to_string());
        self.event(kind).with("stream", name.unwrap_or_default())
    }

    fn shard(&self, kind: &'static str, stream: StreamId, shard: ShardId) -> Fields {
        self.stream(kind, stream).with("shard", shard.to_string())
    }

    /// The name of a client; the person's requests come from the script.
    fn actor(&self, id: ActorId) -> String {
        self.sim.clients().name(id).map_or_else(|| "person".to_owned(), ToString::to_string)
    }

    fn throttled(&self, kind: &'static str, throttle: &Throttle) -> Fields {
        self.shard(kind, throttle.stream, throttle.shard)
            .with("actor", self.actor(throttle.actor))
            .with("bucket", format!("{:?}", throttle.bucket))
            .with("asked", throttle.asked)
            .with("level", throttle.level)
            .with("fitsAt", millis(throttle.fits_at))
    }

    fn records(&self, of: Fields, actor: ActorId, first: u64, records: Value) -> Fields {
        of.with("actor", self.actor(actor)).with("first", count(first)).with("records", records)
    }

    #[expect(clippy::too_many_lines, reason = "one arm an event: the compiler lists what misses")]
    fn object(&self, event: &Event) -> Fields {
        match *event {
            Event::StreamStatusChanged { stream, status } => {
                let status = status.map_or_else(|| "GONE".to_owned(), |status| status.to_string());
                self.stream("StreamStatusChanged", stream).with("status", status)
            }
            Event::ConsumerStatusChanged { stream, consumer, status } => {
                let status = status.map_or_else(|| "GONE".to_owned(), |status| status.to_string());
                self.stream("ConsumerStatusChanged", stream)
                    .with("consumer", consumer.0)
                    .with("status", status)
            }
            Event::RecordsAccepted { stream, shard, actor, first, records, bytes } => {
                let of = self.shard("RecordsAccepted", stream, shard);
                self.records(of, actor, first, records.into()).with("bytes", bytes)
            }
            Event::WritesThrottled { ref throttle, records, bytes } => self
                .throttled("WritesThrottled", throttle)
                .with("records", records)
                .with("bytes", bytes),
            Event::RecordsRead { stream, shard, actor, first, records, bytes, behind_millis } => {
                let of = self.shard("RecordsRead", stream, shard);
                self.records(of, actor, first, records.into())
                    .with("bytes", bytes)
                    .with("behindMillis", count(behind_millis))
            }
            Event::ReadThrottled(ref throttle) => self.throttled("ReadThrottled", throttle),
            Event::RecordsPushed {
                stream,
                shard,
                actor,
                consumer,
                first,
                records,
                bytes,
                behind_millis,
            } => {
                let of = self.shard("RecordsPushed", stream, shard).with("consumer", consumer.0);
                self.records(of, actor, first, records.into())
                    .with("bytes", bytes)
                    .with("behindMillis", count(behind_millis))
            }
            Event::Subscribed { stream, shard, actor, consumer } => self
                .shard("Subscribed", stream, shard)
                .with("actor", self.actor(actor))
                .with("consumer", consumer.0),
            Event::SubscriptionEnded { stream, shard, actor, consumer, end } => self
                .shard("SubscriptionEnded", stream, shard)
                .with("actor", self.actor(actor))
                .with("consumer", consumer.0)
                .with("end", format!("{end:?}")),
            Event::RecordsExpired { stream, shard, first, records, bytes } => self
                .shard("RecordsExpired", stream, shard)
                .with("first", count(first))
                .with("records", count(records))
                .with("bytes", count(bytes)),
            Event::ShardOpened { stream, shard } => self.shard("ShardOpened", stream, shard),
            Event::ShardClosed { stream, shard } => self.shard("ShardClosed", stream, shard),
            Event::ShardExpired { stream, shard } => self.shard("ShardExpired", stream, shard),
            Event::RecordsRetried { actor, records, due } => self
                .event("RecordsRetried")
                .with("actor", self.actor(actor))
                .with("records", records)
                .with("due", millis(due)),
            Event::RecordsGivenUp { actor, records } => self
                .event("RecordsGivenUp")
                .with("actor", self.actor(actor))
                .with("records", records),
            Event::RecordsDuplicated { actor, records } => self
                .event("RecordsDuplicated")
                .with("actor", self.actor(actor))
                .with("records", records),
            Event::RecordsLost { stream, shard, actor, first, records } => {
                let of = self.shard("RecordsLost", stream, shard);
                self.records(of, actor, first, count(records))
            }
            Event::RowSkipped { actor, line } => {
                self.event("RowSkipped").with("actor", self.actor(actor)).with("line", line)
            }
        }
    }
}
