//! Subscriptions: who waits for the records of which shard, for five minutes at a time.

use super::push::{PUSH_LATENCY, Push};
use super::{ConsumerId, ConsumerStatus};
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::Refusal;
use crate::engine::schedule::Ticket;
use crate::engine::service::account::Settings;
use crate::engine::service::iterator::StartingPosition;
use crate::engine::service::limits::{
    FAN_OUT_BYTES, SUBSCRIBE_CALLS, SUBSCRIPTION_GUARD, SUBSCRIPTION_LIFE,
};
use crate::engine::service::log::Span;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::sequence_number::SequenceNumber;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;
use crate::engine::service::token_bucket::TokenBucket;
use crate::engine::service::{Service, Task};
use crate::engine::time::Instant;
use std::time::Duration;

/// Where a consumer's pipe is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PipeId {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// Which consumer.
    pub consumer: ConsumerId,
}

/// What one consumer may take from one shard, and who takes it at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pipe {
    /// `SubscribeToShard` calls.
    calls: TokenBucket,
    /// Bytes pushed; may be in debt after a record larger than the bucket.
    pub(super) bytes: TokenBucket,
    /// When somebody last subscribed.
    subscribed: Instant,
    pub(super) subscription: Option<Subscription>,
}

/// A subscription: whoever holds it is pushed the records of a shard as they arrive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subscription {
    /// Who subscribed.
    pub actor: ActorId,
    /// The ordinal of the next record.
    pub next: u64,
    /// When its life is over.
    pub expires: Instant,
    /// The push that is planned; `None` while it waits for records at the tip.
    pub(super) push: Option<Ticket>,
    pub(super) expiry: Ticket,
}

impl Subscription {
    /// Whether it waits for records at the tip of its shard.
    pub fn is_waiting(&self) -> bool {
        self.push.is_none()
    }
}

/// What `SubscribeToShard` answers before the first push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subscribed {
    /// Where the subscription is.
    pub pipe: PipeId,
    /// The ordinal of the next record.
    pub next: u64,
    /// Where to subscribe again from, until the first push says more.
    pub continuation: SequenceNumber,
    /// When its life is over.
    pub expires: Instant,
}

/// Why a subscription ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubscriptionEnd {
    /// Its five minutes are over.
    Expired,
    /// A new subscription of the same consumer took over.
    TakenOver,
    /// The shard is closed and read to its end.
    ShardEnd,
    /// The stream or the consumer is gone.
    Gone,
    /// Its holder hung up.
    HungUp,
}

impl Service {
    /// Subscribes a registered consumer to a shard: from then on its records are pushed to `actor`.
    ///
    /// A consumer has one subscription a shard. Within 5 seconds a second one is refused; later it
    /// takes the first one over.
    pub fn subscribe_to_shard(
        &mut self,
        now: Instant,
        actor: ActorId,
        pipe: PipeId,
        position: &StartingPosition,
    ) -> Result<Subscribed, Refusal> {
        let PipeId { stream, shard, .. } = pipe;
        let found = self.stream(stream).expect("whoever subscribes has just looked the stream up");
        found.must_have_active_consumer(pipe.consumer)?;
        found.must_be_usable()?;
        found.shard(shard)?;
        self.trim(now, stream, shard);
        let found = self.stream(stream).expect("trimming removes no stream");
        let next = found.ordinal_of(now, found.shard(shard)?, position)?;
        let allowed = found.must_allow_subscription(now, pipe, &self.settings);
        let made = allowed.as_ref().map(|_| ()).map_err(|_| ());
        self.metrics.subscribed(now, stream, pipe.consumer, made);
        let (calls, bytes) = allowed?;
        let found = self.stream(stream).expect("counting removes no stream");
        let continuation = found.continuation(now, found.shard(shard)?, next);
        self.end_subscription(now, pipe, SubscriptionEnd::TakenOver);
        let expires = now + Duration::from_secs(SUBSCRIPTION_LIFE.value);
        let expiry = self.agenda.plan(expires, Task::ExpireSubscription(pipe));
        let push = Some(self.agenda.plan(now + PUSH_LATENCY, Task::Push(pipe)));
        let subscription = Some(Subscription { actor, next, expires, push, expiry });
        let consumers = &mut self.stream_mut(stream).expect("it was just found").consumers;
        let entry = Pipe { calls, bytes, subscribed: now, subscription };
        consumers.pipes.insert((shard, pipe.consumer), entry);
        self.events.push(Event::Subscribed { stream, shard, actor, consumer: pipe.consumer });
        Ok(Subscribed { pipe, next, continuation, expires })
    }

    /// Ends a subscription from its holder's side; nothing happens if `actor` does not hold it any
    /// more. The 5 seconds before the next one still count.
    pub fn hang_up(&mut self, now: Instant, actor: ActorId, pipe: PipeId) {
        if self.subscription(pipe).is_some_and(|held| held.actor == actor) {
            self.end_subscription(now, pipe, SubscriptionEnd::HungUp);
        }
    }

    /// The subscription of a pipe; `None` if nobody holds one.
    pub fn subscription(&self, pipe: PipeId) -> Option<&Subscription> {
        let pipes = &self.stream(pipe.stream)?.consumers.pipes;
        pipes.get(&(pipe.shard, pipe.consumer))?.subscription.as_ref()
    }

    /// A push without records, of a subscription that waits for some: where it would go on.
    pub fn heartbeat(&self, now: Instant, id: PipeId) -> Option<Push> {
        let held = self.subscription(id).filter(|held| held.is_waiting())?;
        let span = Span { ordinals: held.next..held.next, bytes: 0 };
        Some(self.stream(id.stream)?.push_of(now, id, held.actor, span, None))
    }

    /// Ends the subscription of a pipe, if there is one, and tells its holder.
    pub(in crate::engine::service) fn end_subscription(
        &mut self,
        now: Instant,
        id: PipeId,
        end: SubscriptionEnd,
    ) {
        let Some(stream) = self.stream_mut(id.stream) else { return };
        let pipe = stream.consumers.pipes.get_mut(&(id.shard, id.consumer));
        let Some(ended) = pipe.and_then(|pipe| pipe.subscription.take()) else { return };
        let shard = &mut stream.shards_mut()[id.shard.0 as usize];
        shard.subscriptions -= u32::from(ended.is_waiting());
        let span = Span { ordinals: ended.next..ended.next, bytes: 0 };
        let push = stream.push_of(now, id, ended.actor, span, Some(end));
        for ticket in ended.push.into_iter().chain([ended.expiry]) {
            self.agenda.cancel(ticket);
        }
        self.deliver(now, push);
    }

    /// Ends all subscriptions of the consumers for which `of` holds.
    pub(in crate::engine::service) fn end_subscriptions(
        &mut self,
        now: Instant,
        stream: StreamId,
        of: impl Fn(ConsumerId) -> bool,
    ) {
        let found = self.stream(stream).expect("whoever ends subscriptions found the stream");
        let held = found.consumers.subscriptions().filter(|&(_, consumer, _)| of(consumer));
        let held = held.map(|(shard, consumer, _)| PipeId { stream, shard, consumer });
        for pipe in held.collect::<Vec<_>>() {
            self.end_subscription(now, pipe, SubscriptionEnd::Gone);
        }
    }
}

impl Stream {
    fn must_have_active_consumer(&self, id: ConsumerId) -> Result<(), Refusal> {
        let Some(consumer) = self.consumers.get(id) else {
            return Err(Refusal::ConsumerNotFound(format!("number {} of {}", id.0, self.name)));
        };
        if consumer.status == ConsumerStatus::Active {
            return Ok(());
        }
        let (consumer, created) = (consumer.name.clone(), consumer.created);
        Err(Refusal::ConsumerNotActive { stream: self.name.clone(), consumer, created })
    }

    /// The two buckets of a pipe once another call is charged, unless it comes too early.
    fn must_allow_subscription(
        &self,
        now: Instant,
        id: PipeId,
        settings: &Settings,
    ) -> Result<(TokenBucket, TokenBucket), Refusal> {
        let consumer = self.consumers.get(id.consumer).expect("it was just found active");
        let (consumer, shard) = (consumer.name.clone(), id.shard);
        let pipe = self.consumers.pipes.get(&(shard, id.consumer));
        let calls = pipe.map_or_else(|| settings.bucket(SUBSCRIBE_CALLS, now), |pipe| pipe.calls);
        let Some(calls) = calls.charged(now, 1) else {
            return Err(Refusal::SubscribesTooOften { consumer, shard });
        };
        let guard = Duration::from_secs(SUBSCRIPTION_GUARD.value);
        let guarded = pipe.is_some_and(|pipe| now < pipe.subscribed + guard);
        if guarded && settings.enforces_rates() {
            return Err(Refusal::SubscriptionActive { consumer, shard });
        }
        Ok((calls, pipe.map_or_else(|| settings.bucket(FAN_OUT_BYTES, now), |pipe| pipe.bytes)))
    }

    /// The number after which whoever has everything before `next` reads on. It moves even where no
    /// record is left to name.
    pub(super) fn continuation(&self, now: Instant, shard: &Shard, next: u64) -> SequenceNumber {
        let log = &shard.log;
        let last = next.checked_sub(1).and_then(|last| log.index_and_arrival(last));
        let before_next = || log.index_and_arrival(next).map(|(index, at)| (index - 1, at));
        let none = || (self.last_index(shard.id), now);
        let (index, arrival) = last.or_else(before_next).unwrap_or_else(none);
        shard.sequence_number(index, arrival)
    }

    /// What a pipe's holder is told: records, or why there will be no more.
    pub(super) fn push_of(
        &self,
        now: Instant,
        id: PipeId,
        actor: ActorId,
        span: Span,
        ending: Option<SubscriptionEnd>,
    ) -> Push {
        let shard = &self.shards()[id.shard.0 as usize];
        let at_end = ending == Some(SubscriptionEnd::ShardEnd);
        Push {
            stream: id.stream,
            shard: id.shard,
            consumer: id.consumer,
            actor,
            continuation: self.continuation(now, shard, span.ordinals.end),
            millis_behind_latest: shard.millis_behind(now, span.ordinals.end),
            child_shards: if at_end { shard.children.clone() } else { Vec::new() },
            span,
            ending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::fan_out::world::*;
    use crate::engine::service::hash_key::HashKeyRange;

    #[test]
    fn a_second_subscription_is_refused_and_later_takes_over() {
        let mut sim = with_consumer();
        subscribe(&mut sim, ALICE).unwrap();
        wait(&mut sim, 500);
        assert!(matches!(subscribe(&mut sim, BOB), Err(Refusal::SubscribesTooOften { .. })));
        wait(&mut sim, 2_000);
        assert!(matches!(subscribe(&mut sim, BOB), Err(Refusal::SubscriptionActive { .. })));
        wait(&mut sim, 2_500);
        let now = sim.now();
        subscribe(&mut sim, BOB).unwrap();
        assert_eq!(ends(&mut sim), [(now, ALICE, SubscriptionEnd::TakenOver)]);
        wait(&mut sim, 400_000);
        let end = now + Duration::from_mins(5);
        assert_eq!(ends(&mut sim), [(end, BOB, SubscriptionEnd::Expired)]);
    }

    #[test]
    fn a_closed_shard_ends_its_subscriptions_with_its_children() {
        let mut sim = with_consumer();
        subscribe(&mut sim, ALICE).unwrap();
        let at = HashKeyRange::ALL.midpoint();
        sim.request(|service, now| service.split_shard(now, &name(), ShardId(0), at)).unwrap();
        wait(&mut sim, 4_990);
        put(&mut sim, 100);
        let arrival = sim.now();
        wait(&mut sim, 1_000);
        assert_eq!(ends(&mut sim), [(arrival + PUSH_LATENCY, ALICE, SubscriptionEnd::ShardEnd)]);
        // Whoever subscribes to it again is told again.
        wait(&mut sim, 5_000);
        subscribe(&mut sim, ALICE).unwrap();
        wait(&mut sim, 1_000);
        assert_eq!(ends(&mut sim).len(), 1);
    }

    #[test]
    fn only_its_holder_hangs_a_subscription_up() {
        let mut sim = with_consumer();
        subscribe(&mut sim, ALICE).unwrap();
        sim.request(|service, now| service.hang_up(now, BOB, PIPE));
        assert_eq!(sim.service().subscription(PIPE).map(|held| held.actor), Some(ALICE));
        sim.request(|service, now| service.hang_up(now, ALICE, PIPE));
        assert_eq!(sim.service().subscription(PIPE), None);
        put(&mut sim, 100);
        wait(&mut sim, 1_000);
        assert_eq!(pushes(&mut sim), []);
    }

    #[test]
    fn deregistering_ends_subscriptions_and_frees_the_name() {
        let mut sim = with_consumer();
        subscribe(&mut sim, ALICE).unwrap();
        assert!(matches!(register(&mut sim, "search"), Err(Refusal::ConsumerExists { .. })));
        sim.request(|service, now| service.deregister_stream_consumer(now, STREAM, ConsumerId(0)));
        assert_eq!(ends(&mut sim)[0].2, SubscriptionEnd::Gone);
        assert!(matches!(subscribe(&mut sim, ALICE), Err(Refusal::ConsumerNotActive { .. })));
        wait(&mut sim, 5_000);
        assert!(matches!(subscribe(&mut sim, ALICE), Err(Refusal::ConsumerNotFound(_))));
        assert_eq!(register(&mut sim, "search"), Ok(ConsumerId(1)));
    }

    #[test]
    fn a_continuation_goes_on_where_the_last_push_ended() {
        let mut sim = with_consumer();
        for _ in 0..3 {
            put(&mut sim, 100);
        }
        let first = subscribe(&mut sim, ALICE).unwrap();
        assert_eq!(first.next, 0);
        wait(&mut sim, 6_000);
        let stream = sim.service().stream(STREAM).unwrap();
        for next in [0, 2, 3] {
            let shard = &stream.shards()[0];
            let after = stream.continuation(sim.now(), shard, next).to_string();
            let position = StartingPosition::AfterSequenceNumber(after);
            assert_eq!(stream.ordinal_of(sim.now(), shard, &position), Ok(next));
        }
    }
}
