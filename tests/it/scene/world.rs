//! A world with one stream, for the tests of its picture.

use shardlab::engine::Simulation;
use shardlab::engine::actor::ActorId;
use shardlab::engine::client::consumer::ConsumerSpec;
use shardlab::engine::client::name::ClientName;
use shardlab::engine::service::capacity_mode::CapacityMode;
use shardlab::engine::service::hash_key::HashKey;
use shardlab::engine::service::lifecycle::NewStream;
use shardlab::engine::service::names::{ShardId, StreamId, StreamName};
use shardlab::engine::service::record::{Carried, Put};
use shardlab::engine::service::stream::{Stream, StreamStatus};
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::scene::lay_out;
use shardlab::scene::picture::Picture;
use shardlab::scene::view::View;
use std::time::Duration;

/// A world with one stream, and what has happened in it.
pub struct World {
    pub simulation: Simulation,
    pub history: History,
    pub stream: StreamId,
}

impl World {
    pub fn with_shards(shards: u32) -> Self {
        let mut simulation = Simulation::new(7, Instant::DEFAULT_START);
        let name = StreamName::new("clicks").expect("a name");
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name, mode, shards, max_record_kib: 1_024 };
        let stream = simulation.request(|service, now| service.create_stream(now, new));
        let stream = stream.expect("room for a stream");
        let mut world = Self { simulation, history: History::default(), stream };
        world.wait(Duration::from_secs(11));
        world
    }

    pub fn wait(&mut self, time: Duration) {
        self.simulation.advance(self.simulation.now() + time);
        while let Some((at, event)) = self.simulation.poll_event() {
            self.history.record(at, &event);
        }
    }

    pub fn put(&mut self, key: &str, records: usize) {
        let data = [0; 100].into();
        let put = Put::text(key, Carried::Stored(&data), 100);
        let puts = vec![put; records];
        let (stream, mut outcomes) = (self.stream, Vec::new());
        self.simulation
            .request(|service, now| {
                service.put_records(now, ActorId::PERSON, stream, &puts, &mut outcomes)
            })
            .expect("an active stream");
    }

    pub fn wait_until(&mut self, at: Instant) {
        self.wait(at.since(self.simulation.now()));
    }

    pub fn wait_for(&mut self, status: StreamStatus) {
        while self.found().status != status {
            self.wait(Duration::from_millis(50));
        }
    }

    pub fn found(&self) -> &Stream {
        self.simulation.service().stream(self.stream).expect("it was created")
    }

    pub fn child_opened(&self) -> Instant {
        self.found().shards().last().expect("it has shards").opened
    }

    pub fn split(&mut self, shard: u32, at: u128) {
        let name = StreamName::new("clicks").expect("a name");
        self.simulation
            .request(|service, now| service.split_shard(now, &name, ShardId(shard), HashKey(at)))
            .expect("an active stream");
    }

    pub fn consume(&mut self, name: &str, spec: ConsumerSpec) {
        let name = ClientName::new(name).expect("a name");
        self.simulation
            .command(|clients, service, now| clients.set_consumer(now, service, &name, spec))
            .expect("a sound consumer");
    }

    pub fn spec(&self, name: &str) -> ConsumerSpec {
        let name = ClientName::new(name).expect("a name");
        self.simulation.clients().consumer_named(&name).expect("it was made").spec().clone()
    }

    pub fn picture(&self, view: View) -> Picture {
        lay_out(&self.simulation, &self.history, &view)
    }
}
