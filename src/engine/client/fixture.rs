//! A small world for the tests of this folder.

use super::*;
use crate::engine::Simulation;
use crate::engine::client::arrivals::Arrivals;
use crate::engine::client::keys::Keys;
use crate::engine::client::rate::Rate;
use crate::engine::client::record_size::RecordSize;
use crate::engine::client::sending::Sending;
use crate::engine::service::capacity_mode::CapacityMode;
use crate::engine::service::lifecycle::NewStream;
use crate::engine::service::limits::MAX_RECORD_KIB_DEFAULT;
use crate::engine::service::names::StreamName;
use std::time::Duration;

pub fn name(text: &str) -> ClientName {
    ClientName::new(text).unwrap()
}

pub fn clicks() -> StreamName {
    StreamName::new("clicks").unwrap()
}

/// A world whose stream `clicks` is being created.
pub fn world(shards: u32) -> Simulation {
    let mut world = Simulation::new(7, Instant::DEFAULT_START);
    create(&mut world, shards);
    world
}

pub fn create(world: &mut Simulation, shards: u32) {
    let (name, mode) = (clicks(), CapacityMode::Provisioned);
    let new = NewStream { name, mode, shards, max_record_kib: MAX_RECORD_KIB_DEFAULT };
    world.request(|service, now| service.create_stream(now, new)).unwrap();
}

/// A producer of so many records a second, of 100 bytes each.
pub fn steady(per_second: u32, keys: Keys) -> ProducerSpec {
    ProducerSpec {
        sending: Sending::to(clicks()),
        arrivals: Arrivals::constant(Rate::per_second(per_second)),
        record_size: RecordSize::constant(100),
        keys,
    }
}

pub fn produce(world: &mut Simulation, spec: &ProducerSpec) {
    world
        .command(|clients, service, now| {
            clients.set_producer(now, service, &name("web"), spec.clone())
        })
        .unwrap();
}

pub fn consume(world: &mut Simulation, consumer: &str, spec: ConsumerSpec) {
    world
        .command(|clients, service, now| clients.set_consumer(now, service, &name(consumer), spec))
        .unwrap();
}

/// Lets time pass and returns what happened.
pub fn pass(world: &mut Simulation, secs: u64) -> Vec<Event> {
    world.advance(world.now() + Duration::from_secs(secs));
    std::iter::from_fn(|| world.poll_event()).map(|(_, event)| event).collect()
}
