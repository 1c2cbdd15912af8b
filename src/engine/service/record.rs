//! Records: what is put, and what is stored of it.

use super::hash_key::HashKey;
use super::partition_key::KeyId;
use crate::engine::actor::ActorId;
use crate::engine::time::Instant;
use std::rc::Rc;

/// What a record carries. Synthetic data is not stored: whoever made it makes it again when asked;
/// what a person or a file put is stored once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carried<'a> {
    /// Bytes as they were put.
    Stored(&'a Rc<[u8]>),
    /// Bytes that their maker makes again.
    Made {
        /// Whom to ask.
        maker: ActorId,
        /// The maker's number of the record.
        number: u32,
    },
}

/// A partition key on its way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// A key of the table of known keys.
    Known(KeyId),
    /// A key that is stored beside its record.
    Text {
        /// The text, 1 to 256 characters.
        text: &'a str,
        /// Where it falls.
        hash: HashKey,
    },
    /// A key that is made again with its record.
    Made {
        /// Where it falls.
        hash: HashKey,
    },
}

impl<'a> Key<'a> {
    /// A key that is stored beside its record; hashes the text.
    #[inline]
    pub fn text(text: &'a str) -> Self {
        Self::Text { text, hash: HashKey::of(text) }
    }
}

/// A record as a shard takes it.
#[derive(Clone, Copy, Debug)]
pub struct NewRecord<'a> {
    /// The partition key.
    pub key: Key<'a>,
    /// The data.
    pub carried: Carried<'a>,
    /// Bytes of data and partition key together.
    pub size: u32,
    /// Whether the stream encrypts.
    pub encrypted: bool,
}

/// A stored record's partition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StoredKey<'a> {
    /// A key of the table of known keys.
    Known(KeyId),
    /// The text.
    Text(&'a str),
    /// A key that the record's maker makes again.
    Made,
}

/// A record as it lies in a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredRecord<'a> {
    /// Its place in the shard, counted from 0.
    pub ordinal: u64,
    /// The index of its sequence number.
    pub index: u64,
    /// When it arrived.
    pub arrival: Instant,
    /// Bytes of data and partition key together.
    pub size: u32,
    /// Whether it was stored while the stream encrypted.
    pub encrypted: bool,
    /// The partition key.
    pub key: StoredKey<'a>,
    /// The data.
    pub carried: Carried<'a>,
}
