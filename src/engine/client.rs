//! What customers run: producers and consumers, through the service's public requests only.
//!
//! Each client has a name, a number ([`ActorId`]) that it keeps for ever, and luck of its own,
//! forked from the seed by its name. Naming a client again changes it. A client whose stream cannot
//! be used waits and looks again; it never fails.

pub mod alias;
pub mod arrivals;
pub mod consumer;
pub mod counters;
pub mod dataset;
pub mod error;
pub mod exponential;
mod fault;
#[cfg(test)]
mod fixture;
pub mod flow;
pub mod keys;
pub mod library;
mod lineage;
pub mod name;
mod origin;
pub mod position;
pub mod producer;
mod questions;
pub mod rate;
pub mod record_size;
pub mod replay;
pub mod retry;
pub mod sending;
mod source;
pub mod synthetic;
mod turn;
pub mod zipf;

pub use fault::Fault;

use super::actor::ActorId;
use super::event::Event;
use super::rng::Rng;
use super::schedule::Schedule;
use super::service::Service;
use super::service::fan_out::Push;
use super::sorted::SortedMap;
use super::time::Instant;
use consumer::{Consumer, ConsumerSpec};
use dataset::Dataset;
use error::ClientError;
use library::Library;
use name::ClientName;
use producer::{Producer, ProducerSpec, Work};
use replay::{Playlist, ReplaySpec};
use source::Source;
use std::rc::Rc;
use turn::{Scratch, Task, Turn};

/// Everybody who sends requests by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clients {
    /// Unused itself: every client forks its own luck from it, by name.
    root: Rng,
    /// Clients by number, from 1 on; none ever goes, so that records can be made again.
    actors: Vec<Client>,
    producers: SortedMap<ClientName, ActorId>,
    consumers: SortedMap<ClientName, ActorId>,
    library: Library,
    agenda: Schedule<Task>,
    events: Vec<Event>,
    scratch: Scratch,
}

/// A client of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Client {
    Producer(Box<Producer>),
    Consumer(Box<Consumer>),
}

impl Clients {
    /// Nobody yet.
    pub fn new(root: Rng) -> Self {
        Self {
            root,
            actors: Vec::new(),
            producers: SortedMap::default(),
            consumers: SortedMap::default(),
            library: Library::default(),
            agenda: Schedule::default(),
            events: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Starts a producer of synthetic records, or changes the one of this name.
    pub fn set_producer(
        &mut self,
        now: Instant,
        service: &mut Service,
        name: &ClientName,
        spec: ProducerSpec,
    ) -> Result<(), ClientError> {
        spec.check()?;
        let source = Source::synthetic(now, &spec, service);
        self.put_to_work(now, service, name, Work::Synthetic(spec), source)
    }

    /// Puts a data set into the library, where replays find it; one that runs keeps what it has.
    pub fn add_dataset(&mut self, name: ClientName, data: Rc<Dataset>) {
        self.library.add(name, data);
    }

    /// Starts a replay, or changes the one of this name. One of the same rows that has not ended
    /// goes on where it is; any other starts with the first row.
    pub fn set_replay(
        &mut self,
        now: Instant,
        service: &mut Service,
        name: &ClientName,
        spec: ReplaySpec,
    ) -> Result<(), ClientError> {
        let Some(data) = self.library.get(&spec.data) else {
            let known = self.library.iter().map(|(name, _)| name.clone()).collect();
            return Err(ClientError::UnknownData { name: spec.data, known });
        };
        spec.check(data)?;
        let list = Rc::new(Playlist::of(data, &spec, service)?);
        let source = Source::rows(now, list, spec.pace.clone());
        self.put_to_work(now, service, name, Work::Replay(spec), source)
    }

    /// Stops a producer or replay. Naming it again starts it anew, or lets a replay go on.
    pub fn stop_producer(&mut self, name: &ClientName) -> Result<(), ClientError> {
        self.producer_mut(name)?.stop();
        Ok(())
    }

    /// Starts a consumer, or changes the one of this name.
    pub fn set_consumer(
        &mut self,
        now: Instant,
        service: &mut Service,
        name: &ClientName,
        spec: ConsumerSpec,
    ) -> Result<(), ClientError> {
        spec.check()?;
        let id = if let Some(&id) = self.consumers.get(name) {
            id
        } else {
            let id = self.next_id()?;
            let fresh = Consumer::new(id, name.clone(), spec.clone(), &self.root);
            self.actors.push(Client::Consumer(Box::new(fresh)));
            self.consumers.insert(name.clone(), id);
            id
        };
        let (actors, mut turn) = self.split(now, service);
        consumer(actors, id).work_on(spec, &mut turn);
        Ok(())
    }

    /// Stops a consumer; naming it again lets it go on where it was.
    pub fn stop_consumer(
        &mut self,
        now: Instant,
        service: &mut Service,
        name: &ClientName,
    ) -> Result<(), ClientError> {
        let Some(&id) = self.consumers.get(name) else {
            let known = self.consumers.keys().cloned().collect();
            return Err(ClientError::UnknownConsumer { name: name.clone(), known });
        };
        let (actors, mut turn) = self.split(now, service);
        consumer(actors, id).stop(&mut turn);
        Ok(())
    }

    /// Heap bytes that a clone does not share, about.
    pub fn unshared_bytes(&self) -> u64 {
        let bytes = self.actors.iter().map(|client| match client {
            Client::Producer(_) => size_of::<Producer>() as u64,
            Client::Consumer(consumer) => consumer.unshared_bytes(),
        });
        bytes.sum()
    }

    /// When the first planned task is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.agenda.next_due()
    }

    /// Performs the first planned task if it is due at `until` or before, and says when it was due.
    pub fn perform_next(&mut self, until: Instant, service: &mut Service) -> Option<Instant> {
        let (now, task) = self.agenda.take_due(until)?;
        let (actors, mut turn) = self.split(now, service);
        match task {
            Task::Send { actor, run, records } => {
                producer(actors, actor).send(run, records, &mut turn);
            }
            Task::Resend { actor, pending, attempt } => {
                producer(actors, actor).resend(&pending, attempt, &mut turn);
            }
            Task::LookAgain { actor, run } => match &mut actors[place(actor)] {
                Client::Producer(producer) => producer.look_again(run, &mut turn),
                Client::Consumer(consumer) => consumer.look_again(run, &mut turn),
            },
            Task::Poll { actor, run, shard } => {
                consumer(actors, actor).poll(run, shard, &mut turn);
            }
            Task::Subscribe { actor, run, shard } => {
                consumer(actors, actor).subscribe(run, shard, &mut turn);
            }
        }
        Some(now)
    }

    /// Takes the events since the last call.
    pub fn drain_events(&mut self) -> impl Iterator<Item = Event> {
        self.events.drain(..)
    }

    /// Hands a push to the consumer that subscribed; the person's are nobody's here.
    pub fn receive(&mut self, now: Instant, push: &Push, service: &mut Service) {
        if self.consumer(push.actor).is_some() {
            let (actors, mut turn) = self.split(now, service);
            consumer(actors, push.actor).receive(push, &mut turn);
        }
    }

    fn put_to_work(
        &mut self,
        now: Instant,
        service: &mut Service,
        name: &ClientName,
        work: Work,
        source: Source,
    ) -> Result<(), ClientError> {
        let id = if let Some(&id) = self.producers.get(name) {
            id
        } else {
            let id = self.next_id()?;
            let fresh = Producer::new(id, name.clone(), work.clone(), source.clone(), &self.root);
            self.actors.push(Client::Producer(Box::new(fresh)));
            self.producers.insert(name.clone(), id);
            id
        };
        let (actors, mut turn) = self.split(now, service);
        producer(actors, id).work_on(work, source, &mut turn);
        Ok(())
    }

    fn next_id(&self) -> Result<ActorId, ClientError> {
        let id = u16::try_from(self.actors.len() + 1).map(ActorId);
        id.ok().filter(|id| *id <= ActorId::LAST).ok_or(ClientError::TooManyClients)
    }

    fn producer_mut(&mut self, name: &ClientName) -> Result<&mut Producer, ClientError> {
        match self.producers.get(name) {
            Some(&id) => Ok(producer(&mut self.actors, id)),
            None => Err(ClientError::UnknownProducer {
                name: name.clone(),
                known: self.producers.keys().cloned().collect(),
            }),
        }
    }

    fn split<'a>(
        &'a mut self,
        now: Instant,
        service: &'a mut Service,
    ) -> (&'a mut Vec<Client>, Turn<'a>) {
        let Self { actors, agenda, events, scratch, .. } = self;
        (actors, Turn { now, service, agenda, events, scratch })
    }
}

fn place(actor: ActorId) -> usize {
    usize::from(actor.0) - 1
}

fn producer(actors: &mut [Client], actor: ActorId) -> &mut Producer {
    match &mut actors[place(actor)] {
        Client::Producer(producer) => producer,
        Client::Consumer(_) => unreachable!("only a producer plans puts"),
    }
}

fn consumer(actors: &mut [Client], actor: ActorId) -> &mut Consumer {
    match &mut actors[place(actor)] {
        Client::Consumer(consumer) => consumer,
        Client::Producer(_) => unreachable!("only a consumer plans reads"),
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::{clicks, consume, name, pass, produce, steady, world};
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::client::keys::Keys;

    fn busy() -> Simulation {
        let mut world = world(2);
        let mut spec = steady(2_500, Keys::Zipf { keys: 100, exponent_hundredths: 120 });
        spec.arrivals.spacing = arrivals::Spacing::Poisson;
        produce(&mut world, &spec);
        consume(&mut world, "billing", ConsumerSpec::polling(clicks()));
        consume(&mut world, "search", ConsumerSpec::enhanced(clicks()));
        world
    }

    #[test]
    fn the_same_seed_gives_the_same_history_whatever_the_steps() {
        let (mut one, mut other) = (busy(), busy());
        pass(&mut one, 60);
        for _ in 0..60 {
            pass(&mut other, 1);
        }
        assert_eq!(one.digest(), other.digest());
        let mut branch = one.clone();
        pass(&mut one, 30);
        assert_ne!(branch.digest(), one.digest());
        pass(&mut branch, 30);
        assert_eq!(branch, one);
        assert_eq!(branch.digest(), one.digest());
    }

    #[test]
    fn another_client_leaves_the_luck_of_the_others_alone() {
        let (mut alone, mut together) = (busy(), busy());
        let spec = steady(1, Keys::Unique);
        together
            .command(|clients, service, now| {
                clients.set_producer(now, service, &name("mobile"), spec)
            })
            .unwrap();
        for world in [&mut alone, &mut together] {
            pass(world, 15);
        }
        let offered = |world: &Simulation| {
            world.clients().producer_named(&name("web")).unwrap().counters().offered
        };
        assert_eq!(offered(&alone), offered(&together));
    }
}
