//! Server-side encryption: which key new records are stored under.
//!
//! Nothing is enciphered: a record only remembers that it would have been.

use super::Service;
use super::names::StreamName;
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
        let stream = self.stream_named_mut(name)?;
        stream.must_be_active()?;
        stream.must_allow_today(now, call)?;
        stream.count_today(now, call);
        stream.encryption.asked = Some(change);
        let id = stream.id;
        self.begin_update(now, id);
        Ok(())
    }
}
