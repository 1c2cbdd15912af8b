//! How much memory is left for records: announced before it is short, and never exceeded.

use shardlab::engine::service::Service;
use shardlab::engine::service::stream::Stream;

/// How much room there is for more records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Enough.
    #[default]
    Plenty,
    /// [`ANNOUNCED`] records are retained: the page pauses once and says so.
    Little,
    /// [`CEILING`] records are retained: time stands still.
    None,
}

/// Retained records from which on room is said to be short: 0.3 GB where they are alike, 1 GB where
/// they are as unlike as can be (8 to 25 bytes each).
pub const ANNOUNCED: u64 = 40_000_000;
/// The most retained records: 0.5 to 1.5 GB. A page's memory ends at 4 GB, and growing copies it.
pub const CEILING: u64 = 60_000_000;

impl Room {
    /// The room beside a number of retained records.
    pub fn beside(records: u64) -> Self {
        match records {
            CEILING.. => Self::None,
            ANNOUNCED.. => Self::Little,
            _ => Self::Plenty,
        }
    }

    /// The room that a service leaves.
    pub fn left_by(service: &Service) -> Self {
        let shards = service.streams().flat_map(Stream::shards);
        Self::beside(shards.map(|shard| shard.log.tip() - shard.log.horizon()).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_gets_short_before_it_ends() {
        let rooms = [0, ANNOUNCED, CEILING].map(Room::beside);
        assert_eq!(rooms, [Room::Plenty, Room::Little, Room::None]);
    }
}
