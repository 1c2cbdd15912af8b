//! What `SubscribeToShard` sends after its response: the frames of a subscription, as they are due.

use super::event_stream::{event, exception};
use super::format::Format;
use crate::api::record::records;
use crate::api::value::Fields;
use crate::api::{ApiError, answer, input, words};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::outbox::SubscriptionId;
use crate::engine::refusal::Refusal;
use crate::engine::service::fan_out::{PipeId, Push, SubscriptionEnd};
use crate::engine::service::names::ConsumerName;
use crate::engine::service::stream::Stream;
use crate::engine::time::Instant;
use std::time::Duration;

/// The body of a response that goes on: a subscription, and how far its frames were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    subscription: SubscriptionId,
    consumer: ConsumerName,
    format: &'static Format,
    stage: Stage,
    /// When the last frames were written.
    wrote: Instant,
}

/// How long a stream is silent before an event without records says that it still runs.
///
/// AWS says of `ContinuationSequenceNumber` that it captures progress even when no data is written,
/// so events without records come from time to time. How often was published by nobody: five
/// seconds are an assumption.
pub const HEARTBEAT: Duration = Duration::from_secs(5);

/// How far a subscription's frames were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Not at all.
    Fresh,
    /// There may be more.
    Open,
    /// To the last.
    Over,
}

impl Events {
    /// The subscription that `input` has just opened.
    pub(super) fn opened(sim: &Simulation, input: &Fields, format: &'static Format) -> Self {
        let found = input::consumer(sim, input);
        let (stream, consumer) = found.expect("whoever subscribed has found the consumer");
        let shard = input::shard_id(sim, &stream.name, input, "ShardId");
        let shard = shard.expect("whoever subscribed has named a shard");
        let pipe = PipeId { stream: stream.id, shard, consumer: consumer.id };
        let subscription = sim.subscription(pipe).expect("it has just been opened");
        let (consumer, wrote) = (consumer.name.clone(), sim.now());
        Self { subscription, consumer, format, stage: Stage::Fresh, wrote }
    }

    /// Which subscription it is.
    pub fn subscription(&self) -> SubscriptionId {
        self.subscription
    }

    /// Whether every frame was written: the HTTP response ends here.
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// The frames that are due by now and were not written yet; the first is `initial-response`.
    ///
    /// The first call begins to collect what is pushed, so make it before time passes. A
    /// subscription that the world has lost, because it was taken back in time, ends here.
    pub fn next_frames(&mut self, sim: &mut Simulation) -> Vec<u8> {
        let mut out = Vec::new();
        if self.stage == Stage::Fresh {
            sim.follow(self.subscription);
            event(&mut out, "initial-response", self.format.media, &self.empty());
            self.stage = Stage::Open;
        }
        if self.stage == Stage::Open {
            match sim.take_pushes(self.subscription) {
                Some(pushes) => pushes.iter().for_each(|push| self.write(&mut out, sim, push)),
                None => self.stage = Stage::Over,
            }
        }
        if out.is_empty() {
            self.beat(&mut out, sim);
        } else {
            self.wrote = sim.now();
        }
        out
    }

    /// When the next event without records is due, if none with records comes before it.
    pub fn next_heartbeat(&self, sim: &Simulation) -> Option<Instant> {
        let is_idle = sim.service().heartbeat(sim.now(), self.subscription.pipe).is_some();
        (is_idle && self.stage == Stage::Open).then_some(self.wrote + HEARTBEAT)
    }

    /// Writes the events without records that are due by now.
    fn beat(&mut self, out: &mut Vec<u8>, sim: &Simulation) {
        while self.next_heartbeat(sim).is_some_and(|due| due <= sim.now()) {
            self.wrote += HEARTBEAT;
            let push = sim.service().heartbeat(self.wrote, self.subscription.pipe);
            let stream = sim.service().stream(self.subscription.pipe.stream);
            if let (Some(push), Some(stream)) = (push, stream) {
                self.write_event(out, &records_event(sim, stream, &push));
            }
        }
    }

    /// Ends the subscription from the client's side, as closing its connection does.
    pub fn hang_up(&mut self, sim: &mut Simulation) {
        let SubscriptionId { pipe, .. } = self.subscription;
        if self.stage != Stage::Over && sim.subscription(pipe) == Some(self.subscription) {
            sim.request(|service, now| service.hang_up(now, ActorId::PERSON, pipe));
        }
        sim.forget(self.subscription);
        self.stage = Stage::Over;
    }

    /// What an answer without members looks like.
    fn empty(&self) -> Vec<u8> {
        (self.format.write)(&Fields::new())
    }

    fn write(&mut self, out: &mut Vec<u8>, sim: &Simulation, push: &Push) {
        // A stream that is gone by now has taken its records along.
        if let Some(stream) = sim.service().stream(push.stream) {
            if push.span.count() > 0 {
                self.write_event(out, &records_event(sim, stream, push));
            }
            if push.ending == Some(SubscriptionEnd::ShardEnd) {
                self.write_event(out, &end_event(stream, push));
            }
        }
        if let Some(end) = push.ending {
            if let Some(error) = self.why(sim, push, end) {
                let payload = (self.format.write)(&Fields::new().with("message", error.message));
                exception(out, error.code, self.format.media, &payload);
            }
            self.stage = Stage::Over;
        }
    }

    fn write_event(&self, out: &mut Vec<u8>, fields: &Fields) {
        event(out, "SubscribeToShardEvent", self.format.media, &(self.format.write)(fields));
    }

    /// The exception that ends a stream, if it does not just end. The words of the service for a
    /// subscription that runs were recorded by nobody: they are those of the calls.
    fn why(&self, sim: &Simulation, push: &Push, end: SubscriptionEnd) -> Option<ApiError> {
        let consumer = self.consumer.clone();
        let refusal = match end {
            SubscriptionEnd::Expired | SubscriptionEnd::ShardEnd | SubscriptionEnd::HungUp => {
                return None;
            }
            SubscriptionEnd::TakenOver => {
                Refusal::SubscriptionActive { consumer, shard: push.shard }
            }
            SubscriptionEnd::Gone => Refusal::ConsumerNotFound(consumer.to_string()),
        };
        Some(words::refused(sim, refusal))
    }
}

/// A `SubscribeToShardEvent` with records; those that have expired since are left out.
fn records_event(sim: &Simulation, stream: &Stream, push: &Push) -> Fields {
    let mut ordinals = push.span.ordinals.clone();
    ordinals.start = ordinals.start.max(stream.shards()[push.shard.0 as usize].log.horizon());
    ordinals.start = ordinals.start.min(ordinals.end);
    Fields::new()
        .with("Records", records(sim, stream, push.shard, ordinals))
        .with("ContinuationSequenceNumber", push.continuation.to_string())
        .with("MillisBehindLatest", behind(push))
}

/// The last one of a closed shard. That it has no continuation is what clients know it by.
fn end_event(stream: &Stream, push: &Push) -> Fields {
    Fields::new()
        .with("Records", Vec::new())
        .with("MillisBehindLatest", behind(push))
        .with("ChildShards", answer::child_shards(stream, &push.child_shards))
}

fn behind(push: &Push) -> i64 {
    i64::try_from(push.millis_behind_latest).expect("less than the age of the world")
}
