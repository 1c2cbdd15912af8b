//! What `PutRecord` and the entries of `PutRecords` have in common.

use std::rc::Rc;

use crate::api::ApiError;
use crate::api::validation;
use crate::api::value::Fields;
use crate::api::words;
use crate::engine::Simulation;
use crate::engine::refusal::Refusal;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::record::{Carried, Key, Put};
use crate::engine::service::sequence_number::SequenceNumber;
use crate::engine::service::stream::Stream;

/// One record of a request.
pub struct Entry<'a> {
    /// What decides its shard; empty where the service does.
    pub partition_key: &'a str,
    /// Where it falls whatever its key.
    pub explicit_hash_key: Option<HashKey>,
    /// Its bytes, as the log will hold them.
    pub data: Rc<[u8]>,
}

impl<'a> Entry<'a> {
    /// Reads an entry that validation has let through.
    pub fn read(input: &'a Fields) -> Result<Self, ApiError> {
        let explicit_hash_key = match input.text("ExplicitHashKey") {
            None => None,
            Some(text) => Some(HashKey::parse(text).ok_or_else(|| out_of_range(text))?),
        };
        Ok(Self {
            partition_key: input.text("PartitionKey").unwrap_or_default(),
            explicit_hash_key,
            data: input.blob("Data").unwrap_or_default().into(),
        })
    }

    /// The record as the engine takes it.
    pub fn put(&self) -> Put<'_> {
        let size = self.data.len() + self.partition_key.len();
        let size = u32::try_from(size).expect("data are at most 10 MiB, keys 1 KiB");
        let key = self.partition_key;
        Put {
            key: Key::Text(key),
            hash: self.explicit_hash_key.unwrap_or_else(|| HashKey::of(key)),
            carried: Carried::Stored(&self.data),
            size,
        }
    }
}

/// Refuses records without a partition key, unless the service chooses their shards. `entries` are
/// counted from 1 in a list, and 0 is a request that is a record itself.
///
/// The words are those of the validator from before 2026-09, when the model still required the
/// key; today's are not recorded.
pub fn check_keys<'a>(
    stream: &Stream,
    entries: impl IntoIterator<Item = (&'a Fields, u32)>,
) -> Result<(), ApiError> {
    if stream.distribution.is_auto() {
        return Ok(());
    }
    let without = entries.into_iter().filter(|(entry, _)| entry.text("PartitionKey").is_none());
    validation::absent(without.map(|(_, place)| match place {
        0 => "partitionKey".to_owned(),
        place => format!("records.{place}.member.partitionKey"),
    }))
}

/// Checks `SequenceNumberForOrdering`: it must be a number that this stream can have given out.
/// Numbers of a shard rise anyway, so it orders nothing further.
pub fn check_ordering(sim: &Simulation, stream: &Stream, input: &Fields) -> Result<(), ApiError> {
    let Some(text) = input.text("SequenceNumberForOrdering") else { return Ok(()) };
    if stream.distribution.is_auto() {
        return Err(words::invalid_argument(
            "SequenceNumberForOrdering cannot be specified for a stream whose \
             RecordDistributionStrategy is AUTO.",
        ));
    }
    let is_ours = |number: &SequenceNumber| {
        let shard = stream.shards().get(number.shard as usize);
        number.time_secs <= sim.now().secs()
            && shard.is_some_and(|shard| shard.epoch_secs == number.epoch_secs)
    };
    if SequenceNumber::parse(text).as_ref().is_some_and(is_ours) {
        return Ok(());
    }
    let (number, stream) = (text.to_owned(), stream.name.clone());
    let refusal = Refusal::InvalidSequenceNumber { number, stream, shard: None, foreign: false };
    Err(words::refused(sim, refusal))
}

fn out_of_range(text: &str) -> ApiError {
    words::invalid_argument(format!(
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified \
         value was {text}"
    ))
}
