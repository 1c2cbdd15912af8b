//! What has happened, as scripts see it: one flat object an event, with names in place of numbers.

use super::{count, millis};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::Throttle;
use crate::engine::service::names::{ShardId, StreamId, StreamName};
use crate::engine::time::Instant;
use serde::ser::{Serialize, SerializeMap, Serializer};
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

/// One event: its members by name.
pub struct Happened(Vec<(&'static str, Member)>);

enum Member {
    Text(String),
    Number(f64),
}

impl Serialize for Happened {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, member) in &self.0 {
            match member {
                Member::Text(text) => map.serialize_entry(name, text)?,
                Member::Number(number) => map.serialize_entry(name, number)?,
            }
        }
        map.end()
    }
}

impl Happened {
    fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.0.push((name, Member::Text(text.into())));
        self
    }

    fn number(mut self, name: &'static str, number: impl Into<f64>) -> Self {
        self.0.push((name, Member::Number(number.into())));
        self
    }
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
    pub fn take(&mut self, sim: &Simulation) -> Vec<Happened> {
        let kept = std::mem::take(&mut self.kept);
        let all = kept.iter().map(|(at, event)| Scene { recent: self, sim, at: *at }.object(event));
        let all = all.collect();
        self.names.retain(|(id, _)| sim.service().stream(*id).is_some());
        all
    }
}

impl Scene<'_> {
    fn event(&self, kind: &'static str) -> Happened {
        Happened(Vec::with_capacity(8)).number("at", millis(self.at)).text("type", kind)
    }

    fn stream(&self, kind: &'static str, id: StreamId) -> Happened {
        let names = &self.recent.names;
        let found = names.binary_search_by_key(&id, |(id, _)| *id).ok();
        let name = found.map(|place| names[place].1.to_string());
        self.event(kind).text("stream", name.unwrap_or_default())
    }

    fn shard(&self, kind: &'static str, stream: StreamId, shard: ShardId) -> Happened {
        self.stream(kind, stream).text("shard", shard.to_string())
    }

    /// The name of a client; the person's requests come from the script.
    fn actor(&self, id: ActorId) -> String {
        self.sim.clients().name(id).map_or_else(|| "person".to_owned(), ToString::to_string)
    }

    fn throttled(&self, kind: &'static str, throttle: &Throttle) -> Happened {
        self.shard(kind, throttle.stream, throttle.shard)
            .text("actor", self.actor(throttle.actor))
            .text("bucket", format!("{:?}", throttle.bucket))
            .number("asked", throttle.asked)
            .number("level", throttle.level)
            .number("fitsAt", millis(throttle.fits_at))
    }

    fn records(&self, of: Happened, actor: ActorId, first: u64, records: f64) -> Happened {
        of.text("actor", self.actor(actor)).number("first", count(first)).number("records", records)
    }

    #[expect(clippy::too_many_lines, reason = "one arm an event: the compiler lists what misses")]
    fn object(&self, event: &Event) -> Happened {
        match *event {
            Event::StreamStatusChanged { stream, status } => {
                let status = status.map_or_else(|| "GONE".to_owned(), |status| status.to_string());
                self.stream("StreamStatusChanged", stream).text("status", status)
            }
            Event::ConsumerStatusChanged { stream, consumer, status } => {
                let status = status.map_or_else(|| "GONE".to_owned(), |status| status.to_string());
                self.stream("ConsumerStatusChanged", stream)
                    .number("consumer", consumer.0)
                    .text("status", status)
            }
            Event::RecordsAccepted { stream, shard, actor, first, records, bytes } => {
                let of = self.shard("RecordsAccepted", stream, shard);
                self.records(of, actor, first, records.into()).number("bytes", bytes)
            }
            Event::WritesThrottled { ref throttle, records, bytes } => self
                .throttled("WritesThrottled", throttle)
                .number("records", records)
                .number("bytes", bytes),
            Event::RecordsRead { stream, shard, actor, first, records, bytes, behind_millis } => {
                let of = self.shard("RecordsRead", stream, shard);
                self.records(of, actor, first, records.into())
                    .number("bytes", bytes)
                    .number("behindMillis", count(behind_millis))
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
                let of = self.shard("RecordsPushed", stream, shard).number("consumer", consumer.0);
                self.records(of, actor, first, records.into())
                    .number("bytes", bytes)
                    .number("behindMillis", count(behind_millis))
            }
            Event::Subscribed { stream, shard, actor, consumer } => self
                .shard("Subscribed", stream, shard)
                .text("actor", self.actor(actor))
                .number("consumer", consumer.0),
            Event::SubscriptionEnded { stream, shard, actor, consumer, end } => self
                .shard("SubscriptionEnded", stream, shard)
                .text("actor", self.actor(actor))
                .number("consumer", consumer.0)
                .text("end", format!("{end:?}")),
            Event::RecordsExpired { stream, shard, first, records, bytes } => self
                .shard("RecordsExpired", stream, shard)
                .number("first", count(first))
                .number("records", count(records))
                .number("bytes", count(bytes)),
            Event::ShardOpened { stream, shard } => self.shard("ShardOpened", stream, shard),
            Event::ShardClosed { stream, shard } => self.shard("ShardClosed", stream, shard),
            Event::ShardExpired { stream, shard } => self.shard("ShardExpired", stream, shard),
            Event::RecordsRetried { actor, records, due } => self
                .event("RecordsRetried")
                .text("actor", self.actor(actor))
                .number("records", records)
                .number("due", millis(due)),
            Event::RecordsGivenUp { actor, records } => self
                .event("RecordsGivenUp")
                .text("actor", self.actor(actor))
                .number("records", records),
            Event::RecordsDuplicated { actor, records } => self
                .event("RecordsDuplicated")
                .text("actor", self.actor(actor))
                .number("records", records),
            Event::RecordsLost { stream, shard, actor, first, records } => {
                let of = self.shard("RecordsLost", stream, shard);
                self.records(of, actor, first, count(records))
            }
            Event::RowSkipped { actor, line } => {
                self.event("RowSkipped").text("actor", self.actor(actor)).number("line", line)
            }
        }
    }
}
