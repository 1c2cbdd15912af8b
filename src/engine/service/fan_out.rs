//! Enhanced fan-out: registered consumers, each with a pipe of its own.

use super::log::Span;
use super::names::{ConsumerName, ShardId, StreamId};
use super::sequence_number::SequenceNumber;
use crate::engine::actor::ActorId;
use crate::engine::time::Instant;
use std::collections::BTreeMap;

/// The registered consumers of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Consumers {
    registered: BTreeMap<ConsumerName, Consumer>,
}

/// A registered consumer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Consumer {
    /// When it was registered, in whole seconds; part of its ARN.
    pub created: Instant,
}

impl Consumers {
    /// Whether any consumer is registered.
    pub fn is_empty(&self) -> bool {
        self.registered.is_empty()
    }
}

/// One event of a subscription: what `SubscribeToShard` pushes to its consumer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Push {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// Who subscribed.
    pub actor: ActorId,
    /// The records, and what they weigh.
    pub span: Span,
    /// Where to subscribe again from.
    pub continuation: SequenceNumber,
    /// Milliseconds from the tip of the shard; 0 when caught up.
    pub millis_behind_latest: u64,
    /// The shards to read next, at the end of a closed shard.
    pub child_shards: Vec<ShardId>,
    /// Whether this is the last push of the subscription, and why.
    pub ending: Option<SubscriptionEnd>,
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
}
