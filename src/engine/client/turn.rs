//! A client's turn: what is planned, and what it may use while it acts.

use super::keys::Drawn;
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::schedule::Schedule;
use crate::engine::service::Service;
use crate::engine::service::names::ShardId;
use crate::engine::service::partition_key::KeyId;
use crate::engine::service::record::Put;
use crate::engine::service::write::Outcome;
use crate::engine::time::Instant;
use std::hash::{Hash, Hasher};
use std::time::Duration;

/// How long a client waits before it looks again for a stream that cannot be used.
pub const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What a client will do later. A task of an earlier run of its client does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Task {
    /// A producer sends the records that it has collected.
    Send { actor: ActorId, run: u32, records: u32 },
    /// A producer sends records again.
    Resend { actor: ActorId, pending: Vec<Pending>, attempt: u32 },
    /// A client looks whether its stream can be used.
    LookAgain { actor: ActorId, run: u32 },
    /// A consumer polls a shard.
    Poll { actor: ActorId, run: u32, shard: ShardId },
    /// A consumer subscribes to a shard.
    Subscribe { actor: ActorId, run: u32, shard: ShardId },
}

/// A record on its way: everything that is needed to send it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pending {
    pub number: u32,
    /// Bytes of data and partition key.
    pub size: u32,
    /// The learned key; `None` for one that is made again.
    pub key: Option<KeyId>,
    /// Whether it was stored by a call whose answer was lost.
    pub stored: bool,
}

/// What a client may use while it acts.
pub(super) struct Turn<'a> {
    pub now: Instant,
    pub service: &'a mut Service,
    pub agenda: &'a mut Schedule<Task>,
    pub events: &'a mut Vec<Event>,
    pub scratch: &'a mut Scratch,
}

/// Memory that calls use again and again; what is in it between calls means nothing.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub drawn: Drawn,
    pub puts: Vec<Put<'static>>,
    pub outcomes: Vec<Outcome>,
}

impl Clone for Scratch {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Scratch {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Scratch {}

impl Hash for Scratch {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}
