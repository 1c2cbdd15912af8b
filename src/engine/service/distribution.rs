//! Who chooses the shard of a record: its partition key, or the service.
//!
//! Read first: <https://docs.aws.amazon.com/streams/latest/dev/service-managed-record-distribution.html>.

use super::Service;
use super::capacity_mode::CapacityMode;
use super::hash_key::HashKey;
use super::names::{ShardId, StreamId, StreamName};
use super::stream::Stream;
use crate::engine::refusal::Refusal;

/// Who chooses the shard of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distribution {
    /// The record's partition key, or its explicit hash key.
    #[default]
    UserPartitionKey,
    /// The service (`AUTO`), evenly over the open shards. AWS does not say by which algorithm;
    /// here each open shard gets the next record in its turn, in the order of their ranges.
    Auto {
        /// The place of the shard whose turn it is.
        turn: u32,
    },
}

impl Distribution {
    /// The service chooses.
    pub const AUTO: Self = Self::Auto { turn: 0 };

    /// Whether the service chooses.
    pub fn is_auto(self) -> bool {
        self != Self::UserPartitionKey
    }

    /// Refuses `AUTO` for a provisioned stream.
    pub fn must_suit(self, mode: CapacityMode) -> Result<(), Refusal> {
        if mode == CapacityMode::Provisioned && self.is_auto() {
            let words = "RecordDistributionStrategy AUTO is only supported for streams in \
                         ON_DEMAND mode.";
            return Err(Refusal::InvalidArgument(words.to_owned()));
        }
        Ok(())
    }
}

impl Service {
    /// Sets who chooses the shards of a new stream's records, which suits its mode.
    pub fn begin_distribution(&mut self, stream: StreamId, distribution: Distribution) {
        let stream = self.stream_mut(stream).expect("it has just been created");
        stream.distribution = distribution;
    }

    /// Changes who chooses the shards of an on-demand stream's records, at once: AWS says that the
    /// change takes effect immediately, without a time in which the stream is `UPDATING`.
    pub fn update_distribution(
        &mut self,
        name: &StreamName,
        distribution: Distribution,
    ) -> Result<(), Refusal> {
        let stream = self.stream_named_mut(name)?;
        distribution.must_suit(stream.mode)?;
        if stream.mode == CapacityMode::Provisioned {
            return Err(Refusal::ProvisionedOnly(name.clone()));
        }
        stream.must_be_active()?;
        if stream.distribution.is_auto() != distribution.is_auto() {
            stream.distribution = distribution;
        }
        Ok(())
    }
}

impl Stream {
    /// The open shard that the next record goes to.
    #[inline]
    pub(super) fn place(&mut self, key: HashKey) -> ShardId {
        match self.distribution {
            Distribution::UserPartitionKey => self.owner(key),
            Distribution::Auto { turn } => self.place_in_turn(turn),
        }
    }

    #[cold]
    fn place_in_turn(&mut self, turn: u32) -> ShardId {
        // There are fewer shards after a merge.
        let turn = turn % self.open_shard_count();
        self.distribution = Distribution::Auto { turn: turn + 1 };
        self.open_shards().nth(turn as usize).expect("a turn of an open shard").id
    }
}
