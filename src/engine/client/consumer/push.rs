//! Enhanced fan-out: registered once, subscribed to each shard for five minutes at a time.
//!
//! Records are pushed as they come, however long the consumer works on those it has.

use super::{Consumer, ConsumerStatus};
use crate::engine::client::position::Resume;
use crate::engine::client::turn::{LOOK_AGAIN, Task, Turn};
use crate::engine::refusal::Refusal;
use crate::engine::service::fan_out::{
    ConsumerStatus as RegisteredStatus, PipeId, Push, SubscriptionEnd,
};
use crate::engine::service::limits::SUBSCRIPTION_GUARD;
use crate::engine::service::names::{ConsumerName, ShardId, StreamId};
use crate::engine::service::tags::Tags;
use crate::engine::time::Instant;
use std::time::Duration;

/// How a consumer stands with its stream.
pub(super) enum Registration {
    /// It can subscribe.
    Active,
    /// Not yet.
    Pending,
    /// It was registered, and somebody has deregistered it.
    Removed,
}

impl Consumer {
    /// Subscribes to a shard, from where it was read up to.
    pub(in crate::engine::client) fn subscribe(
        &mut self,
        run: u32,
        shard: ShardId,
        turn: &mut Turn,
    ) {
        let (Some(stream), Some(consumer)) = (self.stream, self.registered) else { return };
        if run != self.run {
            return;
        }
        if turn.service.stream(stream).is_none() {
            return self.wait(ConsumerStatus::WaitingForStream, turn);
        }
        let position = self.positions.get_mut(&shard).expect("a shard that is read is known");
        let (pipe, from) = (PipeId { stream, shard, consumer }, position.resume.position());
        match turn.service.subscribe_to_shard(turn.now, self.id, pipe, &from) {
            Ok(subscribed) => position.begin(subscribed.next, turn.now),
            Err(refusal) => self.not_subscribed(stream, shard, &refusal, turn),
        }
    }

    /// Takes a push of one of its subscriptions.
    pub(in crate::engine::client) fn receive(&mut self, push: &Push, turn: &mut Turn) {
        let Push { stream, shard, consumer, ref span, continuation, ending, .. } = *push;
        let mine = (self.stream, self.registered) == (Some(stream), Some(consumer));
        if !mine || self.status != ConsumerStatus::Reading || !self.positions.contains_key(&shard) {
            return;
        }
        if span.count() > 0 {
            self.counters.pushes += 1;
            self.counters.bytes += span.bytes;
            self.receive_records(stream, shard, &span.ordinals, turn.now, turn);
            let position = self.positions.get_mut(&shard).expect("it has just been read");
            position.resume = Resume::After(continuation);
        }
        match ending {
            None | Some(SubscriptionEnd::HungUp) => {}
            Some(SubscriptionEnd::ShardEnd) => self.end_shard(stream, shard, turn),
            Some(SubscriptionEnd::Expired) => self.plan_subscribe(shard, turn.now, turn),
            Some(SubscriptionEnd::TakenOver) => {
                let guard = Duration::from_secs(SUBSCRIPTION_GUARD.value);
                self.plan_subscribe(shard, turn.now + guard, turn);
            }
            Some(SubscriptionEnd::Gone) => self.wait(ConsumerStatus::Registering, turn),
        }
    }

    /// Ends all its subscriptions.
    pub(super) fn hang_up(&mut self, turn: &mut Turn) {
        let (Some(stream), Some(consumer)) = (self.stream, self.registered) else { return };
        for &shard in self.positions.keys() {
            turn.service.hang_up(turn.now, self.id, PipeId { stream, shard, consumer });
        }
    }

    /// Whether it can subscribe; it asks to be registered, if it has not yet.
    pub(super) fn registration(&mut self, stream: StreamId, turn: &mut Turn) -> Registration {
        let name = ConsumerName::new(self.name.as_str()).expect("names have the same rules");
        let found = turn.service.stream(stream).and_then(|found| found.consumers.named(&name));
        let found = found.map(|found| (found.id, found.status));
        match (self.registered, found) {
            (Some(was), Some((id, status)))
                if was != id || status == RegisteredStatus::Deleting =>
            {
                Registration::Removed
            }
            (Some(_), None) => Registration::Removed,
            (_, Some((_, RegisteredStatus::Deleting))) => Registration::Pending,
            (_, Some((id, status))) => {
                self.registered = Some(id);
                let active = status == RegisteredStatus::Active;
                if active { Registration::Active } else { Registration::Pending }
            }
            (None, None) => {
                // A refusal passes, or somebody makes room: it asks again when it looks again.
                let (stream, tags) = (&self.spec.stream, Tags::default());
                let id = turn.service.register_stream_consumer(turn.now, stream, name, tags);
                self.registered = id.ok();
                Registration::Pending
            }
        }
    }

    /// Plans a subscription.
    pub(super) fn plan_subscribe(&mut self, shard: ShardId, due: Instant, turn: &mut Turn) {
        let task = Task::Subscribe { actor: self.id, run: self.run, shard };
        turn.agenda.plan(due, task);
    }

    fn not_subscribed(
        &mut self,
        stream: StreamId,
        shard: ShardId,
        refusal: &Refusal,
        turn: &mut Turn,
    ) {
        match refusal {
            Refusal::StreamNotFound(_) => self.wait(ConsumerStatus::WaitingForStream, turn),
            Refusal::ConsumerNotFound(_) | Refusal::ConsumerNotActive { .. } => {
                self.wait(ConsumerStatus::Registering, turn);
            }
            Refusal::ShardNotFound { .. } => self.end_shard(stream, shard, turn),
            Refusal::TimestampInFuture { timestamp, .. } => {
                self.plan_subscribe(shard, *timestamp, turn);
            }
            _ => {
                self.counters.throttled += 1;
                self.plan_subscribe(shard, turn.now + LOOK_AGAIN, turn);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Simulation;
    use crate::engine::client::consumer::{Consumer, ConsumerSpec, ConsumerStatus};
    use crate::engine::client::fixture::{clicks, consume, name, pass, produce, steady, world};
    use crate::engine::client::keys::Keys;
    use crate::engine::client::position::Start;
    use crate::engine::event::Event;
    use crate::engine::service::names::ShardId;

    fn from_the_oldest(mut spec: ConsumerSpec) -> ConsumerSpec {
        spec.from = Start::TrimHorizon;
        spec
    }

    fn search(world: &Simulation) -> &Consumer {
        world.clients().consumer_named(&name("search")).unwrap()
    }

    fn accepted(world: &Simulation) -> u64 {
        world.clients().producer_named(&name("web")).unwrap().counters().accepted
    }

    #[test]
    fn everything_is_pushed_and_subscriptions_are_renewed() {
        let mut world = world(2);
        produce(&mut world, &steady(50, Keys::Uniform(50)));
        consume(&mut world, "search", from_the_oldest(ConsumerSpec::enhanced(clicks())));
        assert_eq!(search(&world).status(), ConsumerStatus::WaitingForStream);
        pass(&mut world, 12);
        assert_eq!(search(&world).status(), ConsumerStatus::Registering);
        let events = pass(&mut world, 1_000);
        let renewals = events.iter().filter(|event| matches!(event, Event::Subscribed { .. }));
        assert_eq!(renewals.count(), 2 * 4);
        world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
        pass(&mut world, 1);
        let counters = search(&world).counters();
        assert_eq!((counters.records, counters.lost), (accepted(&world), 0));
        assert!(counters.bytes > 100 * counters.records);
        assert!(search(&world).lags(world.service(), world.now()).all(|lag| lag.records == 0));
    }

    #[test]
    fn whoever_is_stopped_stays_registered_and_goes_on_where_it_was() {
        let mut world = world(1);
        pass(&mut world, 20);
        produce(&mut world, &steady(10, Keys::Unique));
        let spec = from_the_oldest(ConsumerSpec::enhanced(clicks()));
        consume(&mut world, "search", spec.clone());
        pass(&mut world, 20);
        world
            .command(|clients, service, now| clients.stop_consumer(now, service, &name("search")))
            .unwrap();
        let before = search(&world).counters().records;
        let events = pass(&mut world, 60);
        assert!(!events.iter().any(|event| matches!(event, Event::RecordsPushed { .. })));
        let stream = world.service().stream_named(&clicks()).unwrap();
        assert_eq!(stream.consumers.iter().count(), 1);
        assert_eq!(search(&world).counters().records, before);
        consume(&mut world, "search", spec);
        world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
        pass(&mut world, 10);
        assert_eq!(search(&world).counters().records, accepted(&world));
    }

    #[test]
    fn whoever_is_deregistered_stops_until_it_is_named_again() {
        let mut world = world(1);
        pass(&mut world, 20);
        let spec = ConsumerSpec::enhanced(clicks());
        consume(&mut world, "search", spec.clone());
        pass(&mut world, 20);
        let stream = search(&world).stream().unwrap();
        let registered = search(&world).registered().unwrap();
        world.request(|service, now| service.deregister_stream_consumer(now, stream, registered));
        pass(&mut world, 20);
        assert_eq!(search(&world).status(), ConsumerStatus::Stopped);
        consume(&mut world, "search", spec);
        pass(&mut world, 20);
        assert_eq!(search(&world).status(), ConsumerStatus::Reading);
        assert_ne!(search(&world).registered(), Some(registered));
    }

    #[test]
    fn parents_are_read_before_their_children_in_both_modes() {
        for spec in [ConsumerSpec::enhanced(clicks()), ConsumerSpec::polling(clicks())] {
            let mut world = world(2);
            pass(&mut world, 20);
            produce(&mut world, &steady(200, Keys::Uniform(50)));
            consume(&mut world, "search", from_the_oldest(spec));
            pass(&mut world, 30);
            world
                .request(|service, now| {
                    let range = service.stream_named(&clicks())?.shard(ShardId(0))?.range;
                    service.split_shard(now, &clicks(), ShardId(0), range.midpoint())
                })
                .unwrap();
            let mut events = pass(&mut world, 60);
            world
                .request(|service, now| {
                    service.merge_shards(now, &clicks(), ShardId(2), ShardId(3))
                })
                .unwrap();
            events.extend(pass(&mut world, 60));
            world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
            events.extend(pass(&mut world, 10));
            let search = search(&world);
            assert_eq!(search.counters().records, accepted(&world));
            let ended: Vec<(u32, bool)> =
                search.positions().map(|(id, at)| (id.0, at.has_ended())).collect();
            let expected = [(0, true), (1, false), (2, true), (3, true), (4, false)];
            assert_eq!(ended, expected);
            let read: Vec<u32> = events
                .iter()
                .filter_map(|event| match event {
                    Event::RecordsRead { shard, records: 1.., .. }
                    | Event::RecordsPushed { shard, .. } => Some(shard.0),
                    _ => None,
                })
                .collect();
            let first = |of| read.iter().position(|&shard| shard == of).unwrap();
            let last = |of| read.iter().rposition(|&shard| shard == of).unwrap();
            assert!(last(0) < first(2).min(first(3)));
            assert!(last(2).max(last(3)) < first(4));
        }
    }
}
