//! A stream: its shards, who owns which hash key, and what is set for it.

use super::account::Settings;
use super::capacity_mode::{CapacityMode, Demand};
use super::distribution::Distribution;
use super::encryption::Encryption;
use super::fan_out::Consumers;
use super::hash_key::{HashKey, HashKeyRange};
use super::monitoring::Monitoring;
use super::names::{ShardId, StreamId, StreamName};
use super::owners::Owners;
use super::resharding::Plan;
use super::shard::Shard;
use super::tags::Tags;
use super::usage::Usage;
use crate::engine::refusal::{DailyCall, Refusal};
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use std::fmt;
use std::time::Duration;

/// A stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stream {
    /// Its number in this simulation.
    pub id: StreamId,
    /// Its name.
    pub name: StreamName,
    /// Its status.
    pub status: StreamStatus,
    /// When it was created, in whole seconds as AWS tells it.
    pub created: Instant,
    /// How long records are retained, 24 to 8,760 hours.
    pub retention_hours: u32,
    /// The most KiB of a record's data and partition key, 1,024 to 10,240.
    pub max_record_kib: u32,
    /// Who decides how many shards there are.
    pub mode: CapacityMode,
    /// Who chooses the shard of a record.
    pub distribution: Distribution,
    /// Whether new records are encrypted.
    pub encryption: Encryption,
    /// Metrics that are kept for each shard.
    pub monitoring: Monitoring,
    /// Tags.
    pub tags: Tags,
    /// Registered consumers and their subscriptions.
    pub consumers: Consumers,
    /// What was asked of it, while it is an on-demand stream.
    pub demand: Option<Demand>,
    /// What is left to do of a resharding.
    pub resharding: Option<Plan>,
    /// Calls that are allowed only so often in any 24 hours, and when they came.
    pub daily_calls: SortedMap<DailyCall, Vec<Instant>>,
    /// What it has used of what is billed.
    pub(super) usage: Usage,
    /// Shards that it will have when it is created; 0 from then on.
    pub(super) first_shards: u32,
    /// All shards ever, by number.
    shards: Vec<Shard>,
    /// Who owns which hash key.
    owners: Owners,
    /// The last index given by each group of shards; see `GROUP`.
    indices: Vec<u64>,
}

/// The status of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamStatus {
    /// It was asked for and is not there yet.
    Creating,
    /// It can be used and changed.
    Active,
    /// It can be used; it is being changed.
    Updating,
    /// It is going away.
    Deleting,
}

impl fmt::Display for StreamStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Creating => "CREATING",
            Self::Active => "ACTIVE",
            Self::Updating => "UPDATING",
            Self::Deleting => "DELETING",
        })
    }
}

/// Shards that share one counter of sequence indices. Real indices are not dense in a shard; that
/// five neighbors share a counter is how kinesalite explains what was seen.
const GROUP: u32 = 5;

/// What the seconds in the first shards' sequence numbers lie before the creation of their stream,
/// as in 5 of 5 recorded streams.
const EPOCH_LEAD: Duration = Duration::from_secs(3);

impl Stream {
    /// A stream that is being created.
    pub fn creating(id: StreamId, name: StreamName, mode: CapacityMode, now: Instant) -> Self {
        Self {
            id,
            name,
            status: StreamStatus::Creating,
            created: Instant::from_secs(now.secs()),
            retention_hours: 24,
            max_record_kib: super::limits::MAX_RECORD_KIB_DEFAULT,
            mode,
            distribution: Distribution::default(),
            encryption: Encryption::default(),
            monitoring: Monitoring::default(),
            tags: Tags::default(),
            consumers: Consumers::default(),
            demand: None,
            resharding: None,
            daily_calls: SortedMap::default(),
            usage: Usage::starting(now),
            first_shards: 0,
            shards: Vec::new(),
            owners: Owners::default(),
            indices: Vec::new(),
        }
    }

    /// Opens the first shards, each an even part of the key space.
    pub fn open_first_shards(&mut self, count: u32, now: Instant, settings: &Settings) {
        assert!(self.shards.is_empty(), "the first shards are opened once");
        let epoch_secs = self.created.before(EPOCH_LEAD).secs();
        for range in HashKeyRange::initial(count) {
            self.open_shard(range, epoch_secs, now, settings);
        }
    }

    /// Opens a shard and gives it the next number. The range must be free.
    pub fn open_shard(
        &mut self,
        range: HashKeyRange,
        epoch_secs: u64,
        now: Instant,
        settings: &Settings,
    ) -> ShardId {
        self.settle(now);
        let id = u32::try_from(self.shards.len()).expect("a stream has fewer than 2^32 shards");
        let id = ShardId(id);
        self.shards.push(Shard::open(id, range, epoch_secs, now, settings));
        self.owners.insert(range.start, id);
        self.indices.resize((id.0 / GROUP + 1) as usize, 0);
        id
    }

    /// Takes an open shard's range away from it. Whoever closes a shard opens its children at once.
    pub fn close_shard(&mut self, id: ShardId, now: Instant) {
        self.settle(now);
        let shard = &mut self.shards[id.0 as usize];
        assert!(shard.is_open(), "only an open shard closes");
        shard.phase = super::shard::Phase::Closed { at: now };
        let start = shard.range.start;
        self.owners.remove(start);
    }

    /// How long records are retained.
    pub fn retention(&self) -> Duration {
        Duration::from_secs(u64::from(self.retention_hours) * 3_600)
    }

    /// The most bytes of a record's data and partition key.
    pub fn max_record_bytes(&self) -> u64 {
        u64::from(self.max_record_kib) * super::limits::KIB
    }

    /// All shards ever, by number: open, closed and expired.
    pub fn shards(&self) -> &[Shard] {
        &self.shards
    }

    /// The shards, for the files of this folder that change them.
    pub(super) fn shards_mut(&mut self) -> &mut [Shard] {
        &mut self.shards
    }

    /// A shard that exists and has not expired.
    pub fn shard(&self, id: ShardId) -> Result<&Shard, Refusal> {
        let shard = self.shards.get(id.0 as usize).filter(|shard| !shard.is_expired());
        shard.ok_or_else(|| Refusal::ShardNotFound { stream: self.name.clone(), shard: id })
    }

    /// The open shards in the order of their ranges.
    pub fn open_shards(&self) -> impl DoubleEndedIterator<Item = &Shard> + ExactSizeIterator {
        self.owners.ids().iter().map(|id| &self.shards[id.0 as usize])
    }

    /// How many shards are open.
    pub fn open_shard_count(&self) -> u32 {
        u32::try_from(self.owners.ids().len()).expect("a stream has fewer than 2^32 shards")
    }

    /// The open shard that owns a hash key.
    #[inline]
    pub fn owner(&self, key: HashKey) -> ShardId {
        self.owners.of(key)
    }

    /// A shard and the consumers, to be changed together.
    pub(super) fn shard_and_consumers(&mut self, id: ShardId) -> (&mut Shard, &mut Consumers) {
        (&mut self.shards[id.0 as usize], &mut self.consumers)
    }

    /// The last sequence index that a shard's group gave.
    pub(super) fn last_index(&self, id: ShardId) -> u64 {
        self.indices[(id.0 / GROUP) as usize]
    }

    /// Notes the last sequence index that a shard's group gave.
    #[inline]
    pub(super) fn give_index(&mut self, id: ShardId, index: u64) {
        self.indices[(id.0 / GROUP) as usize] = index;
    }

    /// Refuses unless the stream is `ACTIVE`.
    pub(super) fn must_be_active(&self) -> Result<(), Refusal> {
        if self.status == StreamStatus::Active {
            return Ok(());
        }
        Err(Refusal::StreamNotActive { stream: self.name.clone(), status: self.status })
    }

    /// Refuses unless records can be put and got; a stream that is being created is not found yet.
    pub(super) fn must_be_usable(&self) -> Result<(), Refusal> {
        match self.status {
            StreamStatus::Active | StreamStatus::Updating => Ok(()),
            StreamStatus::Creating | StreamStatus::Deleting => {
                Err(Refusal::StreamNotFound(self.name.clone()))
            }
        }
    }
}
