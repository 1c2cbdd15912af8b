//! Consumers: they read every shard of a stream from a position on, each with its own progress.

mod poll;
mod push;
mod spec;

pub use spec::{ConsumerSpec, ConsumerStatus, Mode, POLL_INTERVAL};

use super::counters::ConsumerCounters;
use super::lineage;
use super::name::ClientName;
use super::position::{Position, Resume};
use super::turn::{LOOK_AGAIN, Task, Turn};
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::rng::Rng;
use crate::engine::service::Service;
use crate::engine::service::fan_out::ConsumerId;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::sorted::SortedMap;
use crate::engine::time::{Instant, whole_micros};
use push::Registration;
use std::ops::Range;
use std::time::Duration;

/// How far a consumer is behind in one shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lag {
    /// Which shard.
    pub shard: ShardId,
    /// Records that it has not processed.
    pub records: u64,
    /// How old the first of these is, in milliseconds; 0 if there is none.
    pub millis: u64,
}

/// A consumer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Consumer {
    id: ActorId,
    name: ClientName,
    spec: ConsumerSpec,
    status: ConsumerStatus,
    counters: ConsumerCounters,
    /// Rises whenever what was planned no longer holds.
    run: u32,
    luck: Rng,
    stream: Option<StreamId>,
    /// As what it is registered with the stream.
    registered: Option<ConsumerId>,
    positions: SortedMap<ShardId, Position>,
}

impl Consumer {
    /// A consumer that does nothing until it is [put to work](Self::work_on).
    pub(super) fn new(id: ActorId, name: ClientName, spec: ConsumerSpec, root: &Rng) -> Self {
        let luck = root.fork(&format!("consumer/{name}"));
        Self {
            id,
            name,
            spec,
            status: ConsumerStatus::Stopped,
            counters: ConsumerCounters::default(),
            run: 0,
            luck,
            stream: None,
            registered: None,
            positions: SortedMap::default(),
        }
    }

    /// Its number.
    pub fn id(&self) -> ActorId {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &ClientName {
        &self.name
    }

    /// What it was asked to do.
    pub fn spec(&self) -> &ConsumerSpec {
        &self.spec
    }

    /// What it is doing.
    pub fn status(&self) -> ConsumerStatus {
        self.status
    }

    /// What it has read.
    pub fn counters(&self) -> &ConsumerCounters {
        &self.counters
    }

    /// The stream that it reads; `None` while it waits for its first one.
    pub fn stream(&self) -> Option<StreamId> {
        self.stream
    }

    /// Where it is in each shard, by the shards' numbers; those read to their end stay.
    pub fn positions(&self) -> impl Iterator<Item = (ShardId, &Position)> {
        self.positions.iter().map(|(&shard, position)| (shard, position))
    }

    /// How far it is behind in each shard that can be read, by the shards' numbers.
    pub fn lags(&self, service: &Service, now: Instant) -> impl Iterator<Item = Lag> {
        let found = self.stream.and_then(|id| service.stream(id));
        self.positions.iter().filter_map(move |(&shard, position)| {
            let log = &found?.shard(shard).ok()?.log;
            let next = position.processed(now)?.max(log.horizon());
            let millis = log.arrival(next).map_or(0, |arrival| now.millis() - arrival.millis());
            Some(Lag { shard, records: log.tip().saturating_sub(next), millis })
        })
    }

    /// Bytes that a clone does not share, about.
    pub fn unshared_bytes(&self) -> u64 {
        let positions = self.positions.len() * size_of::<(ShardId, Position)>();
        (size_of::<Self>() + positions) as u64
    }

    /// As what it is registered with its stream; `None` for one that polls, and before it is.
    pub fn registered(&self) -> Option<ConsumerId> {
        self.registered
    }

    /// Begins to read, or reads on in another way. Where it has read up to it goes on, unless it is
    /// another stream now or another start.
    pub(super) fn work_on(&mut self, spec: ConsumerSpec, turn: &mut Turn) {
        let same_but_work = ConsumerSpec { processing: spec.processing, ..self.spec.clone() };
        if self.status == ConsumerStatus::Reading && same_but_work == spec {
            self.spec = spec;
            return;
        }
        self.hang_up(turn);
        if (&self.spec.stream, self.spec.from) != (&spec.stream, spec.from) {
            self.forget();
        }
        self.spec = spec;
        self.registered = None;
        self.begin(turn);
    }

    /// Reads no more.
    pub(super) fn stop(&mut self, turn: &mut Turn) {
        self.run += 1;
        self.status = ConsumerStatus::Stopped;
        self.hang_up(turn);
    }

    /// Looks whether the stream can be used by now.
    pub(super) fn look_again(&mut self, run: u32, turn: &mut Turn) {
        if run == self.run {
            self.begin(turn);
        }
    }

    fn begin(&mut self, turn: &mut Turn) {
        self.run += 1;
        let found = turn.service.stream_id(&self.spec.stream).ok();
        if found.is_some() && self.stream != found {
            // A stream of the same name, created anew, has nothing to do with the old one.
            self.forget();
        }
        let usable = found.filter(|&id| {
            turn.service.stream(id).is_some_and(|stream| stream.open_shard_count() > 0)
        });
        let Some(stream) = usable else {
            return self.wait(ConsumerStatus::WaitingForStream, turn);
        };
        self.stream = Some(stream);
        if self.spec.mode == Mode::EnhancedFanOut {
            match self.registration(stream, turn) {
                Registration::Active => {}
                Registration::Pending => return self.wait(ConsumerStatus::Registering, turn),
                Registration::Removed => {
                    (self.status, self.registered) = (ConsumerStatus::Stopped, None);
                    return;
                }
            }
        }
        self.status = ConsumerStatus::Reading;
        if self.positions.is_empty() {
            let start = Resume::From(self.spec.from);
            for shard in lineage::first_shards(turn.service, stream, self.spec.from, turn.now) {
                self.positions.insert(shard, Position::at(start));
            }
        }
        let open = self.positions.iter().filter(|(_, position)| !position.has_ended());
        for shard in open.map(|(&shard, _)| shard).collect::<Vec<_>>() {
            self.begin_shard(shard, turn.now, turn);
        }
    }

    fn wait(&mut self, status: ConsumerStatus, turn: &mut Turn) {
        self.run += 1;
        self.status = status;
        let task = Task::LookAgain { actor: self.id, run: self.run };
        turn.agenda.plan(turn.now + LOOK_AGAIN, task);
    }

    fn forget(&mut self) {
        (self.stream, self.registered) = (None, None);
        self.positions.clear();
    }

    /// Plans the first reading of a shard, `from` some moment on.
    fn begin_shard(&mut self, shard: ShardId, from: Instant, turn: &mut Turn) {
        match self.spec.mode {
            Mode::EnhancedFanOut => self.plan_subscribe(shard, from, turn),
            Mode::Shared { every, .. } => {
                // Nobody starts all threads in the same microsecond.
                let phase = self.luck.below(whole_micros(every.min(POLL_INTERVAL)));
                self.plan_poll(shard, from + Duration::from_micros(phase), turn);
            }
        }
    }

    /// A shard was read to its end: its children come next, unless another parent of theirs is
    /// still being read.
    fn end_shard(&mut self, stream: StreamId, shard: ShardId, turn: &mut Turn) {
        let tip = turn.service.stream(stream).map_or(0, |found| {
            found.shards().get(shard.0 as usize).map_or(0, |shard| shard.log.tip())
        });
        let Some(position) = self.positions.get_mut(&shard) else { return };
        let (first, lost) = (position.next_ordinal().unwrap_or(tip), position.end_at(tip));
        self.note_lost(stream, shard, first, lost, turn);
        for child in lineage::children(turn.service, stream, shard).to_vec() {
            let has_ended = |shard| self.positions.get(&shard).map(Position::has_ended);
            if self.positions.contains_key(&child)
                || lineage::must_wait(turn.service, stream, child, has_ended)
            {
                continue;
            }
            let parents = lineage::parents(turn.service, stream, child);
            let parents = parents.filter_map(|parent| self.positions.get(&parent));
            let done = parents.map(Position::done).max().unwrap_or(turn.now).max(turn.now);
            self.positions.insert(child, Position::of_child());
            self.begin_shard(child, done, turn);
        }
    }

    /// Counts records that were read or pushed.
    fn receive_records(
        &mut self,
        stream: StreamId,
        shard: ShardId,
        ordinals: &Range<u64>,
        received: Instant,
        turn: &mut Turn,
    ) {
        let position = self.positions.get_mut(&shard).expect("a shard that is read is known");
        let expected = position.next_ordinal().unwrap_or(ordinals.start);
        let lost = position.take(ordinals, received, self.spec.processing);
        self.counters.records += ordinals.end - ordinals.start;
        self.note_lost(stream, shard, expected, lost, turn);
    }

    fn note_lost(
        &mut self,
        stream: StreamId,
        shard: ShardId,
        first: u64,
        records: u64,
        turn: &mut Turn,
    ) {
        if records > 0 {
            self.counters.lost += records;
            let actor = self.id;
            turn.events.push(Event::RecordsLost { stream, shard, actor, first, records });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{clicks, consume, create, name, pass, produce, steady, world};
    use super::super::keys::Keys;
    use super::super::position::Start;
    use super::*;
    use crate::engine::Simulation;

    fn consumer<'a>(world: &'a Simulation, text: &str) -> &'a Consumer {
        world.clients().consumer_named(&name(text)).unwrap()
    }

    fn stop(world: &mut Simulation, text: &str) {
        world
            .command(|clients, service, now| clients.stop_consumer(now, service, &name(text)))
            .unwrap();
    }

    #[test]
    fn a_consumer_reads_what_was_put() {
        let mut world = world(2);
        let spec = ConsumerSpec { from: Start::TrimHorizon, ..ConsumerSpec::polling(clicks()) };
        produce(&mut world, &steady(200, Keys::Uniform(50)));
        consume(&mut world, "billing", spec);
        pass(&mut world, 60);
        world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
        pass(&mut world, 10);
        let accepted = world.clients().producer_named(&name("web")).unwrap().counters().accepted;
        let billing = consumer(&world, "billing");
        assert!(accepted > 9_000, "{accepted}");
        assert_eq!(billing.counters().records, accepted);
        assert_eq!((billing.counters().lost, billing.counters().throttled), (0, 0));
        assert_eq!(billing.status(), ConsumerStatus::Reading);
        let lags: Vec<Lag> = billing.lags(world.service(), world.now()).collect();
        assert_eq!(
            lags.iter().map(|lag| (lag.records, lag.millis)).collect::<Vec<_>>(),
            [(0, 0), (0, 0)]
        );
    }

    #[test]
    fn work_that_takes_longer_than_records_come_makes_a_lag() {
        let mut world = world(1);
        pass(&mut world, 20);
        produce(&mut world, &steady(100, Keys::Uniform(5)));
        let processing = Duration::from_millis(20);
        consume(&mut world, "slow", ConsumerSpec { processing, ..ConsumerSpec::polling(clicks()) });
        pass(&mut world, 120);
        let slow = consumer(&world, "slow");
        let lag = slow.lags(world.service(), world.now()).next().unwrap();
        // Half of the 100 records a second are worked on; the others wait.
        assert!((5_500..6_600).contains(&lag.records), "{lag:?}");
        assert!((50_000..70_000).contains(&lag.millis), "{lag:?}");
    }

    #[test]
    fn whoever_falls_behind_the_trim_horizon_loses_records_and_says_which() {
        let mut world = world(1);
        pass(&mut world, 20);
        produce(&mut world, &steady(1, Keys::Uniform(5)));
        let from = Start::TrimHorizon;
        let processing = Duration::from_secs(2);
        let spec = ConsumerSpec { from, processing, ..ConsumerSpec::polling(clicks()) };
        consume(&mut world, "slow", spec);
        let events = pass(&mut world, 3 * 86_400);
        let lost: Vec<(u64, u64)> = events
            .iter()
            .filter_map(|event| match event {
                Event::RecordsLost { first, records, .. } => Some((*first, *records)),
                _ => None,
            })
            .collect();
        let slow = consumer(&world, "slow").counters();
        assert!(!lost.is_empty());
        assert_eq!(lost.iter().map(|(_, records)| records).sum::<u64>(), slow.lost);
        let shard = &world.service().streams().next().unwrap().shards()[0];
        let next = consumer(&world, "slow").positions().next().unwrap().1.next_ordinal().unwrap();
        assert_eq!(slow.records + slow.lost, next);
        assert!(next <= shard.log.tip());
    }

    #[test]
    fn a_stream_that_comes_later_or_anew_is_read_when_it_is_there() {
        let mut world = Simulation::new(7, Instant::DEFAULT_START);
        let spec = ConsumerSpec { from: Start::TrimHorizon, ..ConsumerSpec::polling(clicks()) };
        consume(&mut world, "early", spec);
        produce(&mut world, &steady(10, Keys::Unique));
        pass(&mut world, 30);
        assert_eq!(consumer(&world, "early").status(), ConsumerStatus::WaitingForStream);
        create(&mut world, 1);
        pass(&mut world, 30);
        let read = consumer(&world, "early").counters().records;
        assert!((150..=210).contains(&read), "{read}");
        let remove = super::super::super::service::lifecycle::RegisteredConsumers::Remove;
        world.request(|service, now| service.delete_stream(now, &clicks(), remove)).unwrap();
        pass(&mut world, 30);
        assert_eq!(consumer(&world, "early").status(), ConsumerStatus::WaitingForStream);
        create(&mut world, 1);
        pass(&mut world, 30);
        assert!(consumer(&world, "early").counters().records > read + 150);
    }

    #[test]
    fn a_consumer_that_is_stopped_goes_on_where_it_was() {
        let mut world = world(1);
        pass(&mut world, 20);
        let spec = ConsumerSpec { from: Start::TrimHorizon, ..ConsumerSpec::polling(clicks()) };
        produce(&mut world, &steady(10, Keys::Unique));
        consume(&mut world, "reader", spec.clone());
        pass(&mut world, 10);
        stop(&mut world, "reader");
        // Longer than an iterator lives.
        pass(&mut world, 600);
        let before = consumer(&world, "reader").counters().records;
        assert!(before < 110, "{before}");
        consume(&mut world, "reader", spec);
        pass(&mut world, 20);
        world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
        pass(&mut world, 20);
        let accepted = world.clients().producer_named(&name("web")).unwrap().counters().accepted;
        assert_eq!(consumer(&world, "reader").counters().records, accepted);
    }
}
