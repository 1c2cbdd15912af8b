//! Level of detail: which shards of a stream are shown, and how much of each, by how many they are.

use crate::engine::service::shard::Shard;
use crate::engine::service::stream::Stream;

/// How much is shown of each shard of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything: a lane with gauges and consumers.
    Lanes,
    /// A thin lane of records and refusals.
    Thin,
    /// A line of a heat strip, which several shards may share.
    Heat,
}

/// Up to so many shards a stream gets lanes, beyond that thin ones.
const LANES_MAX: usize = 32;
/// Up to so many shards a stream gets thin lanes, beyond that a heat strip.
pub const THIN_MAX: usize = 384;

impl Detail {
    /// How much is shown of each of so many shards.
    pub fn of(shards: usize) -> Self {
        if shards <= LANES_MAX {
            Self::Lanes
        } else if shards <= THIN_MAX {
            Self::Thin
        } else {
            Self::Heat
        }
    }
}

/// The shards of a stream that still hold something, by number.
pub fn shown(stream: &Stream) -> impl Iterator<Item = &Shard> {
    stream.shards().iter().filter(|shard| !shard.is_expired())
}

/// Whether the shards of a stream are few enough for lanes, and there are any.
pub fn has_lanes(stream: &Stream) -> bool {
    let shards = shown(stream).count();
    shards > 0 && Detail::of(shards) == Detail::Lanes
}
