//! What can be asked about all clients.

use super::consumer::Consumer;
use super::library::Library;
use super::name::ClientName;
use super::producer::Producer;
use super::{Client, Clients};
use crate::engine::actor::ActorId;

impl Clients {
    /// The producers and replays by name, stopped ones too.
    pub fn producers(&self) -> impl Iterator<Item = &Producer> {
        self.producers.values().filter_map(|&id| self.producer(id))
    }

    /// The producer of a name.
    pub fn producer_named(&self, name: &ClientName) -> Option<&Producer> {
        self.producers.get(name).and_then(|&id| self.producer(id))
    }

    /// The producer of a number.
    pub fn producer(&self, id: ActorId) -> Option<&Producer> {
        match self.actors.get(usize::from(id.0).checked_sub(1)?)? {
            Client::Producer(producer) => Some(producer),
            Client::Consumer(_) => None,
        }
    }

    /// The consumers by name, stopped ones too.
    pub fn consumers(&self) -> impl Iterator<Item = &Consumer> {
        self.consumers.values().filter_map(|&id| self.consumer(id))
    }

    /// The consumer of a name.
    pub fn consumer_named(&self, name: &ClientName) -> Option<&Consumer> {
        self.consumers.get(name).and_then(|&id| self.consumer(id))
    }

    /// The consumer of a number.
    pub fn consumer(&self, id: ActorId) -> Option<&Consumer> {
        match self.actors.get(usize::from(id.0).checked_sub(1)?)? {
            Client::Consumer(consumer) => Some(consumer),
            Client::Producer(_) => None,
        }
    }

    /// The name of a client; `None` for the person and for numbers not given yet.
    pub fn name(&self, id: ActorId) -> Option<&ClientName> {
        match self.actors.get(usize::from(id.0).checked_sub(1)?)? {
            Client::Producer(producer) => Some(producer.name()),
            Client::Consumer(consumer) => Some(consumer.name()),
        }
    }

    /// The data of a record that a producer makes again; `None` if it never made it.
    pub fn bytes(&self, maker: ActorId, number: u32) -> Option<Vec<u8>> {
        self.producer(maker)?.data(number)
    }

    /// The partition key of a record whose key its maker makes again.
    pub fn key_text(&self, maker: ActorId, number: u32) -> Option<String> {
        Some(self.producer(maker)?.key_text(number))
    }

    /// The data sets that can be replayed.
    pub fn library(&self) -> &Library {
        &self.library
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::actor::ActorId;
    use crate::engine::client::fixture::{pass, produce, steady, world};
    use crate::engine::client::keys::Keys;
    use crate::engine::service::record::Carried;

    #[test]
    fn records_and_their_keys_are_made_again_as_they_were_put() {
        let mut world = world(1);
        pass(&mut world, 20);
        let mut spec = steady(10, Keys::Unique);
        produce(&mut world, &spec);
        pass(&mut world, 5);
        spec.record_size.max = 300;
        produce(&mut world, &spec);
        pass(&mut world, 5);
        let log = &world.service().streams().next().unwrap().shards()[0].log;
        let sizes: Vec<u32> = log.records(0..log.tip()).map(|record| record.size).collect();
        assert!(sizes.iter().max() > sizes.iter().min());
        for record in log.records(0..log.tip()) {
            let Carried::Made { maker, number } = record.carried else { panic!("made again") };
            let data = world.clients().bytes(maker, number).unwrap();
            let key = world.clients().key_text(maker, number).unwrap();
            assert_eq!(data.len() + key.len(), record.size as usize);
        }
        assert_eq!(world.clients().bytes(ActorId(1), 1_000_000), None);
        assert_eq!(world.clients().bytes(ActorId::PERSON, 0), None);
    }
}
