//! What AWS runs: streams, shards, their limits, and the requests that it answers.
//!
//! Every request takes the time first and who asks second, and is answered with a value or a
//! [`Refusal`]; a refusal changes nothing. What takes a while is planned and performed when it is
//! due.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html>.

pub mod account;
pub mod capacity_mode;
pub mod commitment;
pub mod control_rate;
pub mod daily_limit;
pub mod distribution;
pub mod encryption;
pub mod fan_out;
pub mod hash_key;
pub mod invariants;
pub mod iterator;
pub mod lifecycle;
pub mod limits;
pub mod log;
pub mod metrics;
pub mod monitoring;
pub mod names;
mod owners;
pub mod partition_key;
pub mod payload;
pub mod policy;
pub mod read;
pub mod record;
pub mod resharding;
pub mod resource_policy;
pub mod retention;
pub mod sequence_number;
pub mod shard;
pub mod stream;
pub mod tags;
pub mod token_bucket;
pub mod usage;
pub mod users;
pub mod write;

use super::actor::ActorId;
use super::event::Event;
use super::refusal::{Bucket, Refusal, Throttle};
use super::schedule::Schedule;
use super::sorted::SortedMap;
use super::time::Instant;
use account::Settings;
use control_rate::ControlBuckets;
use fan_out::{ConsumerId, PipeId, Push, SubscriptionEnd};
use metrics::Metrics;
use names::{ShardId, StreamId, StreamName};
use partition_key::{KeyId, KnownKeys, PartitionKey};
use resource_policy::ResourcePolicies;
use shard::Shard;
use std::collections::VecDeque;
use std::time::Duration;
use stream::Stream;
use usage::Usage;
use users::Users;
use write::Touched;

/// The service: all streams of an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Service {
    settings: Settings,
    /// Tells this simulation's tokens from another's.
    secret: u64,
    /// Streams by number; one that was deleted leaves its place empty.
    streams: Vec<Option<Stream>>,
    names: SortedMap<StreamName, StreamId>,
    keys: KnownKeys,
    agenda: Schedule<Task>,
    events: Vec<Event>,
    /// What subscriptions push, on its way to the clients; empty between tasks.
    pushes: VecDeque<Push>,
    iterators_issued: u64,
    control_buckets: ControlBuckets,
    users: Users,
    resource_policies: ResourcePolicies,
    metrics: Metrics,
    /// What streams have used that are gone.
    departed: Usage,
    /// Shards that the call being answered has touched; empty between calls.
    touched: Vec<Touched>,
}

/// What the service will do later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Task {
    /// A stream that was asked for becomes usable.
    ActivateStream(StreamId),
    /// A change is done.
    FinishUpdate(StreamId),
    /// A stream goes away.
    RemoveStream(StreamId),
    /// The next splits or merges of a plan are due.
    Reshard(StreamId),
    /// A consumer that was registered can subscribe.
    ActivateConsumer(StreamId, ConsumerId),
    /// A consumer goes away.
    RemoveConsumer(StreamId, ConsumerId),
    /// Records go out to a subscription.
    Push(PipeId),
    /// The five minutes of a subscription are over.
    ExpireSubscription(PipeId),
    /// A minute of an on-demand stream is over.
    SampleDemand(StreamId),
    /// The account's commitment ends.
    EndCommitment,
    /// Records of a shard pass their retention.
    TrimShard(StreamId, ShardId),
}

impl Service {
    /// An account without streams.
    pub fn new(secret: u64, settings: Settings) -> Self {
        Self {
            settings,
            secret,
            streams: Vec::new(),
            names: SortedMap::default(),
            keys: KnownKeys::default(),
            agenda: Schedule::default(),
            events: Vec::new(),
            pushes: VecDeque::new(),
            iterators_issued: 0,
            control_buckets: ControlBuckets::default(),
            users: Users::default(),
            resource_policies: ResourcePolicies::default(),
            metrics: Metrics::default(),
            departed: Usage::default(),
            touched: Vec::new(),
        }
    }

    /// When the first planned task is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.agenda.next_due()
    }

    /// Performs the first planned task if it is due at `until` or before, and says when it was due.
    pub fn perform_next(&mut self, until: Instant) -> Option<Instant> {
        let (now, task) = self.agenda.take_due(until)?;
        match task {
            Task::ActivateStream(stream) => self.activate_stream(now, stream),
            Task::FinishUpdate(stream) => self.finish_update(stream),
            Task::RemoveStream(stream) => self.remove_stream(now, stream),
            Task::Reshard(stream) => self.reshard(now, stream),
            Task::ActivateConsumer(stream, consumer) => self.activate_consumer(stream, consumer),
            Task::RemoveConsumer(stream, consumer) => self.remove_consumer(now, stream, consumer),
            Task::Push(pipe) => self.push(now, pipe),
            Task::ExpireSubscription(pipe) => {
                self.end_subscription(now, pipe, SubscriptionEnd::Expired);
            }
            Task::SampleDemand(stream) => self.sample_demand(now, stream),
            Task::EndCommitment => self.end_commitment(now),
            Task::TrimShard(stream, shard) => self.trim_planned(now, stream, shard),
        }
        Some(now)
    }

    /// Takes the events since the last call.
    pub fn drain_events(&mut self) -> impl Iterator<Item = Event> {
        self.events.drain(..)
    }

    /// Takes the oldest push that no client has received yet.
    pub fn take_push(&mut self) -> Option<Push> {
        self.pushes.pop_front()
    }

    /// Learns a key that will be put many times, so that it is hashed once.
    pub fn learn_key(&mut self, key: &PartitionKey) -> KeyId {
        self.keys.learn(key)
    }

    /// The keys that were learned.
    pub fn known_keys(&self) -> &KnownKeys {
        &self.keys
    }

    /// What is set for the whole account.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Sets how many bytes an idle shard takes at once, for all shards: today's 10 MiB or the
    /// classic 1 MiB of before 2025-10.
    pub fn set_write_burst_bytes(&mut self, now: Instant, bytes: u64) {
        self.settings.write_burst_bytes = bytes;
        for shard in self.streams.iter_mut().flatten().flat_map(Stream::shards_mut) {
            shard.buckets.write_bytes.resize(now, bytes);
        }
    }

    /// Tells this simulation's tokens from another's.
    pub fn secret(&self) -> u64 {
        self.secret
    }

    /// All streams by name.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        self.names.values().filter_map(|&id| self.stream(id))
    }

    /// The number of the stream of a name.
    pub fn stream_id(&self, name: &StreamName) -> Result<StreamId, Refusal> {
        self.names.get(name).copied().ok_or_else(|| Refusal::StreamNotFound(name.clone()))
    }

    /// The stream of a name.
    pub fn stream_named(&self, name: &StreamName) -> Result<&Stream, Refusal> {
        let id = self.stream_id(name)?;
        Ok(self.stream(id).expect("a name stands for a stream that exists"))
    }

    /// A stream; `None` once it is gone.
    pub fn stream(&self, id: StreamId) -> Option<&Stream> {
        self.streams.get(id.0 as usize)?.as_ref()
    }

    /// A shard; `None` once its stream is gone or it has expired.
    pub fn shard(&self, stream: StreamId, shard: ShardId) -> Option<&Shard> {
        self.stream(stream)?.shard(shard).ok()
    }

    /// Heap bytes of this service that `later`, which it has become, does not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        let mut bytes = self.metrics.bytes_beside(&later.metrics);
        for stream in self.streams.iter().flatten() {
            let later = later.stream(stream.id).map_or(&[][..], Stream::shards);
            for (place, shard) in stream.shards().iter().enumerate() {
                let own = || shard.log.heap_bytes() as u64;
                let log = later.get(place).map(|later| shard.log.bytes_beside(&later.log));
                bytes += size_of::<Shard>() as u64 + log.unwrap_or_else(own);
            }
        }
        bytes
    }

    /// Heap bytes that records take.
    pub fn record_bytes(&self) -> u64 {
        let logs = self.streams().flat_map(Stream::shards).map(|shard| &shard.log);
        logs.map(|log| log.heap_bytes() as u64).sum()
    }

    /// Keeps no record by itself that `later` keeps, which this service has become; says whether
    /// that changes anything. Then it is not to be used before it is [cut](Self::cut_records).
    pub fn share_records(&mut self, later: &Self) -> bool {
        let mut changed = false;
        for stream in self.streams.iter_mut().flatten() {
            let Some(later) = later.stream(stream.id) else { continue };
            for (shard, later) in stream.shards_mut().iter_mut().zip(later.shards()) {
                changed |= shard.log.share_open(&later.log);
            }
        }
        changed
    }

    /// Leaves out the records of a later service that this one keeps.
    pub fn cut_records(&mut self) {
        for shard in self.streams.iter_mut().flatten().flat_map(Stream::shards_mut) {
            shard.log.cut();
        }
    }

    fn stream_mut(&mut self, id: StreamId) -> Option<&mut Stream> {
        self.streams.get_mut(id.0 as usize)?.as_mut()
    }

    /// The stream of a name, to be changed.
    fn stream_named_mut(&mut self, name: &StreamName) -> Result<&mut Stream, Refusal> {
        let id = self.stream_id(name)?;
        Ok(self.stream_mut(id).expect("a name stands for a stream that exists"))
    }
}

impl Shard {
    /// The receipt of a bucket that refused.
    fn throttle(&self, stream: StreamId, ask: Ask, bucket: Bucket) -> Throttle {
        let Ask { now, actor, tokens, wait } = ask;
        let level = self.buckets.of(bucket);
        Throttle {
            stream,
            shard: self.id,
            actor,
            bucket,
            asked: tokens,
            level: tokens_of(level.level(now)),
            debt: tokens_of(level.debt(now)),
            fits_at: now + wait,
        }
    }
}

/// What was asked of a bucket.
#[derive(Clone, Copy)]
struct Ask {
    now: Instant,
    actor: ActorId,
    tokens: u32,
    wait: Duration,
}

/// A bucket's tokens, or an answer's bytes, in the 32 bits that they need.
fn tokens_of(count: u64) -> u32 {
    u32::try_from(count).expect("a bucket and a call hold at most 10 MiB")
}
