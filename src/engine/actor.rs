//! Who sends requests.

/// Whoever sends requests to the service: the person at the console, a producer, a consumer.
///
/// Producers also make the bytes of their synthetic records again, by this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u16);

impl ActorId {
    /// The person who types at the console (and whoever calls from JavaScript).
    pub const PERSON: Self = Self(0);
    /// The last number: above it, the columns of a segment have marks of their own.
    pub const LAST: Self = Self(0x7ffe);
}
