//! Server-side encryption: which key new records are stored under.
//!
//! Nothing is enciphered: a record only remembers that it would have been.

use super::Service;
use super::names::StreamName;
use super::record::EncryptionType;
use crate::engine::refusal::{DailyCall, Refusal};
use crate::engine::time::Instant;
use std::rc::Rc;

/// Whether a stream encrypts. Records stored while it does carry `KMS` for ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Encryption {
    /// The KMS key; `None` while the stream does not encrypt.
    pub key_id: Option<Rc<str>>,
    /// What was asked for, until the stream is `ACTIVE` again (AWS: "once the status of the stream
    /// is ACTIVE, encryption begins for records written to the stream").
    asked: Option<Change>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Change {
    Start(Rc<str>),
    Stop,
}

impl Encryption {
    /// Under what a record is stored now.
    pub fn of_new_records(&self) -> EncryptionType {
        if self.key_id.is_some() { EncryptionType::Kms } else { EncryptionType::None }
    }

    /// Does what was asked for.
    pub(super) fn settle(&mut self) {
        match self.asked.take() {
            Some(Change::Start(key_id)) => self.key_id = Some(key_id),
            Some(Change::Stop) => self.key_id = None,
            None => {}
        }
    }
}

impl Service {
    /// Begins to encrypt new records under a key, or under another key than before. The stream is
    /// `UPDATING` until it does.
    pub fn start_stream_encryption(
        &mut self,
        now: Instant,
        name: &StreamName,
        key_id: &str,
    ) -> Result<(), Refusal> {
        let change = Change::Start(key_id.into());
        self.change_encryption(now, name, DailyCall::StartStreamEncryption, change)
    }

    /// Stops encrypting new records; those that are stored stay encrypted. The stream is `UPDATING`
    /// until it does.
    pub fn stop_stream_encryption(
        &mut self,
        now: Instant,
        name: &StreamName,
    ) -> Result<(), Refusal> {
        self.change_encryption(now, name, DailyCall::StopStreamEncryption, Change::Stop)
    }

    fn change_encryption(
        &mut self,
        now: Instant,
        name: &StreamName,
        call: DailyCall,
        change: Change,
    ) -> Result<(), Refusal> {
        let stream = self.stream_named(name)?;
        stream.must_be_active()?;
        stream.must_allow_today(now, call, &self.settings)?;
        let stream = self.stream_named_mut(name)?;
        stream.count_today(now, call);
        stream.encryption.asked = Some(change);
        let id = stream.id;
        self.begin_update(now, id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::actor::ActorId;
    use crate::engine::service::capacity_mode::CapacityMode;
    use crate::engine::service::lifecycle::NewStream;
    use crate::engine::service::record::{Carried, Put};
    use std::time::Duration;

    #[test]
    fn records_carry_what_held_when_they_were_stored() {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let name = StreamName::new("clicks").unwrap();
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name: name.clone(), mode, shards: 1, max_record_kib: 1_024 };
        let stream = sim.request(|service, now| service.create_stream(now, new)).unwrap();
        let wait = |sim: &mut Simulation| sim.advance(sim.now() + Duration::from_secs(10));
        let put = |sim: &mut Simulation| {
            let carried = Carried::Made { maker: ActorId::PERSON, number: 0 };
            let put = Put::text("k", carried, 10);
            sim.request(|service, now| service.put_record(now, ActorId::PERSON, stream, &put))
                .unwrap()
                .encryption
                .is_kms()
        };
        wait(&mut sim);
        assert!(!put(&mut sim));
        let key = "alias/aws/kinesis";
        sim.request(|service, now| service.start_stream_encryption(now, &name, key)).unwrap();
        assert!(!put(&mut sim), "not before the stream is ACTIVE again");
        let again = sim.request(|service, now| service.start_stream_encryption(now, &name, key));
        assert!(matches!(again, Err(Refusal::StreamNotActive { .. })));
        wait(&mut sim);
        assert!(put(&mut sim));
        sim.request(|service, now| service.stop_stream_encryption(now, &name)).unwrap();
        assert!(put(&mut sim));
        wait(&mut sim);
        assert!(!put(&mut sim));
        let log = &sim.service().stream(stream).unwrap().shards()[0].log;
        let flags: Vec<bool> = log.records(0..5).map(|record| record.encryption.is_kms()).collect();
        assert_eq!(flags, [false, false, true, true, false]);
    }
}
