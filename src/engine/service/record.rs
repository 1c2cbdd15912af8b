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

/// A record's partition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key<'a> {
    /// A key of the table of known keys.
    Known(KeyId),
    /// A key that is stored beside its record: 1 to 256 characters.
    Text(&'a str),
    /// A key that is made again with its record.
    Made,
}

/// Under what a record is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncryptionType {
    /// As it is.
    None,
    /// Encrypted under a KMS key.
    Kms,
}

impl EncryptionType {
    /// Whether it is encrypted.
    pub fn is_kms(self) -> bool {
        self == Self::Kms
    }
}

/// A record to put.
#[derive(Clone, Copy, Debug)]
pub struct Put<'a> {
    /// The partition key.
    pub key: Key<'a>,
    /// Where it falls: the hash of the partition key, or an explicit hash key in its place.
    pub hash: HashKey,
    /// The data.
    pub carried: Carried<'a>,
    /// Bytes of data and partition key together.
    pub size: u32,
}

impl<'a> Put<'a> {
    /// A record whose key is stored beside it; hashes the key.
    #[inline]
    pub fn text(key: &'a str, carried: Carried<'a>, size: u32) -> Self {
        Self { key: Key::Text(key), hash: HashKey::of(key), carried, size }
    }
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
    /// Under what it was stored.
    pub encryption: EncryptionType,
    /// The partition key.
    pub key: Key<'a>,
    /// The data.
    pub carried: Carried<'a>,
}
