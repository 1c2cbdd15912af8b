//! Enhanced fan-out: registered consumers, each with a pipe of its own to every shard.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html>.

mod push;
mod subscription;

pub use push::Push;
pub use subscription::{PipeId, Subscribed, Subscription, SubscriptionEnd};

use super::account::Account;
use super::capacity_mode::CapacityMode;
use super::limits::{CONSUMERS_REGISTERING, STREAM_CONSUMERS, STREAM_CONSUMERS_ADVANTAGE};
use super::names::{ConsumerName, ShardId, StreamId, StreamName};
use super::stream::{Stream, StreamStatus};
use super::tags::Tags;
use super::{Service, Task};
use crate::engine::event::Event;
use crate::engine::refusal::Refusal;
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use std::fmt;
use std::time::Duration;
use subscription::Pipe;

/// How long a consumer is `CREATING`. AWS names no time; clients look again every second or so.
pub const REGISTER_TIME: Duration = Duration::from_secs(5);
/// How long a consumer is `DELETING`. AWS names no time; like registering.
pub const DEREGISTER_TIME: Duration = Duration::from_secs(5);

/// A registered consumer's number in its stream, counted from 0 and never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConsumerId(pub u32);

/// The registered consumers of a stream, and their pipes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Consumers {
    registered: SortedMap<ConsumerId, Consumer>,
    registrations: u32,
    pipes: SortedMap<(ShardId, ConsumerId), Pipe>,
}

/// A registered consumer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Consumer {
    /// Its number.
    pub id: ConsumerId,
    /// Its name.
    pub name: ConsumerName,
    /// Its status.
    pub status: ConsumerStatus,
    /// When it was registered, in whole seconds; part of its ARN.
    pub created: Instant,
    /// Tags.
    pub tags: Tags,
}

/// The status of a registered consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsumerStatus {
    /// It was asked for and cannot subscribe yet.
    Creating,
    /// It can subscribe.
    Active,
    /// It is going away.
    Deleting,
}

impl fmt::Display for ConsumerStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Creating => "CREATING",
            Self::Active => "ACTIVE",
            Self::Deleting => "DELETING",
        })
    }
}

impl Consumer {
    /// Its ARN. A consumer registered anew under an old name has another one.
    pub fn arn(&self, account: &Account, stream: &StreamName) -> String {
        format!("{}/consumer/{}:{}", stream.arn(account), self.name, self.created.secs())
    }
}

impl Consumers {
    /// Whether no consumer is registered.
    pub fn is_empty(&self) -> bool {
        self.registered.is_empty()
    }

    /// All of them, in the order in which they were registered.
    pub fn iter(&self) -> impl Iterator<Item = &Consumer> {
        self.registered.values()
    }

    /// The consumer of a number; `None` once it is gone.
    pub fn get(&self, id: ConsumerId) -> Option<&Consumer> {
        self.registered.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: ConsumerId) -> Option<&mut Consumer> {
        self.registered.get_mut(&id)
    }

    /// The consumer of a name.
    pub fn named(&self, name: &ConsumerName) -> Option<&Consumer> {
        self.iter().find(|consumer| consumer.name == *name)
    }

    /// The subscriptions, by shard and then by consumer.
    pub fn subscriptions(
        &self,
    ) -> impl Iterator<Item = (ShardId, ConsumerId, &Subscription)> + use<'_> {
        let with_pipes = self.pipes.iter();
        with_pipes.filter_map(|(&(shard, id), pipe)| Some((shard, id, pipe.subscription.as_ref()?)))
    }
}

impl Service {
    /// Begins to register a consumer; it can subscribe after [`REGISTER_TIME`].
    pub fn register_stream_consumer(
        &mut self,
        now: Instant,
        stream: &StreamName,
        name: ConsumerName,
        tags: Tags,
    ) -> Result<ConsumerId, Refusal> {
        let found = self.stream_named(stream)?;
        if !matches!(found.status, StreamStatus::Active | StreamStatus::Updating) {
            return Err(Refusal::StreamNotActive { stream: stream.clone(), status: found.status });
        }
        if found.consumers.named(&name).is_some() {
            return Err(Refusal::ConsumerExists { stream: stream.clone(), consumer: name });
        }
        let creating = |consumer: &&Consumer| consumer.status == ConsumerStatus::Creating;
        if found.consumers.iter().count() as u64 >= self.consumer_limit(found) {
            return Err(Refusal::TooManyConsumers(stream.clone()));
        }
        if found.consumers.iter().filter(creating).count() as u64 >= CONSUMERS_REGISTERING.value {
            return Err(Refusal::TooManyRegistering(stream.clone()));
        }
        let found = self.stream_named_mut(stream)?;
        let (stream, id) = (found.id, ConsumerId(found.consumers.registrations));
        let (status, created) = (ConsumerStatus::Creating, Instant::from_secs(now.secs()));
        found.settle(now);
        found.consumers.registrations += 1;
        found.consumers.registered.insert(id, Consumer { id, name, status, created, tags });
        self.agenda
            .plan(now + self.settings.takes(REGISTER_TIME), Task::ActivateConsumer(stream, id));
        self.consumer_changed(stream, id);
        Ok(id)
    }

    /// Begins to remove a consumer; its subscriptions end at once.
    pub fn deregister_stream_consumer(&mut self, now: Instant, stream: StreamId, id: ConsumerId) {
        let found = self.consumer_mut(stream, id).expect("whoever deregisters found the consumer");
        if found.status == ConsumerStatus::Deleting {
            return;
        }
        found.status = ConsumerStatus::Deleting;
        self.agenda
            .plan(now + self.settings.takes(DEREGISTER_TIME), Task::RemoveConsumer(stream, id));
        self.consumer_changed(stream, id);
        self.end_subscriptions(now, stream, |consumer| consumer == id);
    }

    /// The consumer of a name, with its stream.
    pub fn consumer_named(
        &self,
        stream: &StreamName,
        name: &ConsumerName,
    ) -> Result<(&Stream, &Consumer), Refusal> {
        let stream = self.stream_named(stream)?;
        let consumer = stream.consumers.named(name);
        let consumer = consumer.ok_or_else(|| Refusal::ConsumerNotFound(name.to_string()))?;
        Ok((stream, consumer))
    }

    /// The consumer of an ARN, with its stream.
    pub fn consumer_of_arn(&self, arn: &str) -> Result<(&Stream, &Consumer), Refusal> {
        let account = &self.settings.account;
        let streams =
            StreamName::from_arn(account, arn).and_then(|name| self.stream_named(&name).ok());
        let found = streams.and_then(|stream| {
            let consumer =
                stream.consumers.iter().find(|found| found.arn(account, &stream.name) == arn)?;
            Some((stream, consumer))
        });
        found.ok_or_else(|| Refusal::ConsumerNotFound(arn.to_owned()))
    }

    /// How many consumers may be registered with a stream.
    pub fn consumer_limit(&self, stream: &Stream) -> u64 {
        let advantage = self.settings.commitment.is_on() && stream.mode == CapacityMode::OnDemand;
        if advantage { STREAM_CONSUMERS_ADVANTAGE.value } else { STREAM_CONSUMERS.value }
    }

    pub(super) fn activate_consumer(&mut self, stream: StreamId, id: ConsumerId) {
        if let Some(consumer) = self.consumer_mut(stream, id)
            && consumer.status == ConsumerStatus::Creating
        {
            consumer.status = ConsumerStatus::Active;
            self.consumer_changed(stream, id);
        }
    }

    pub(super) fn remove_consumer(&mut self, now: Instant, stream: StreamId, id: ConsumerId) {
        let Some(found) = self.streams.get_mut(stream.0 as usize).and_then(Option::as_mut) else {
            return;
        };
        found.settle(now);
        if let Some(gone) = found.consumers.registered.remove(&id) {
            self.metrics.consumer_gone(now, stream, id, gone.name);
        }
        found.consumers.pipes.retain(|&(_, consumer), _| consumer != id);
        self.resource_policies.forget_consumer(stream, id);
        self.consumer_changed(stream, id);
    }

    fn consumer_mut(&mut self, stream: StreamId, id: ConsumerId) -> Option<&mut Consumer> {
        self.stream_mut(stream)?.consumers.get_mut(id)
    }

    fn consumer_changed(&mut self, stream: StreamId, consumer: ConsumerId) {
        let found = self.stream(stream).and_then(|stream| stream.consumers.get(consumer));
        let status = found.map(|consumer| consumer.status);
        self.events.push(Event::ConsumerStatusChanged { stream, consumer, status });
    }
}

#[cfg(test)]
mod world {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::actor::ActorId;
    use crate::engine::service::iterator::StartingPosition;
    use crate::engine::service::lifecycle::NewStream;
    use crate::engine::service::record::{Carried, Put};

    pub(super) const STREAM: StreamId = StreamId(0);
    pub(super) const PIPE: PipeId =
        PipeId { stream: STREAM, shard: ShardId(0), consumer: ConsumerId(0) };
    pub(super) const ALICE: ActorId = ActorId(1);
    pub(super) const BOB: ActorId = ActorId(2);

    pub(super) fn name() -> StreamName {
        StreamName::new("clicks").unwrap()
    }

    /// A stream of one shard with one registered consumer.
    pub(super) fn with_consumer() -> Simulation {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name: name(), mode, shards: 1, max_record_kib: 10_240 };
        sim.request(|service, now| service.create_stream(now, new)).unwrap();
        wait(&mut sim, 10_000);
        register(&mut sim, "search").unwrap();
        wait(&mut sim, 5_000);
        sim.drop_events();
        sim
    }

    pub(super) fn register(sim: &mut Simulation, consumer: &str) -> Result<ConsumerId, Refusal> {
        let consumer = ConsumerName::new(consumer).unwrap();
        sim.request(|service, now| {
            service.register_stream_consumer(now, &name(), consumer, Tags::default())
        })
    }

    pub(super) fn wait(sim: &mut Simulation, millis: u64) {
        sim.advance(sim.now() + Duration::from_millis(millis));
    }

    pub(super) fn put(sim: &mut Simulation, size: u32) {
        let carried = Carried::Made { maker: ALICE, number: 0 };
        let put = Put::text("k", carried, size);
        sim.request(|service, now| service.put_record(now, ALICE, STREAM, &put)).unwrap();
    }

    pub(super) fn subscribe(sim: &mut Simulation, actor: ActorId) -> Result<Subscribed, Refusal> {
        let from = StartingPosition::TrimHorizon;
        sim.request(|service, now| service.subscribe_to_shard(now, actor, PIPE, &from))
    }

    /// Each push since the last call: when, from which record on, how many records and bytes.
    pub(super) fn pushes(sim: &mut Simulation) -> Vec<(Instant, u64, u32, u32)> {
        std::iter::from_fn(|| sim.poll_event())
            .filter_map(|(at, event)| match event {
                Event::RecordsPushed { first, records, bytes, .. } => {
                    Some((at, first, records, bytes))
                }
                _ => None,
            })
            .collect()
    }

    pub(super) fn ends(sim: &mut Simulation) -> Vec<(Instant, ActorId, SubscriptionEnd)> {
        std::iter::from_fn(|| sim.poll_event())
            .filter_map(|(at, event)| match event {
                Event::SubscriptionEnded { actor, end, .. } => Some((at, actor, end)),
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::world::*;
    use super::*;

    #[test]
    fn twenty_consumers_may_be_registered_and_five_at_once() {
        let mut sim = with_consumer();
        for number in 1..20 {
            if number % 5 == 1 {
                wait(&mut sim, 5_000);
            }
            register(&mut sim, &format!("c{number}")).unwrap();
            if number == 5 {
                assert!(matches!(register(&mut sim, "x"), Err(Refusal::TooManyRegistering(_))));
            }
        }
        assert!(matches!(register(&mut sim, "x"), Err(Refusal::TooManyConsumers(_))));
    }
}
