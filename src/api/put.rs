//! What `PutRecord` and the entries of `PutRecords` have in common.

use std::rc::Rc;

use crate::api::ApiError;
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
    partition_key: &'a str,
    explicit_hash_key: Option<HashKey>,
    data: Rc<[u8]>,
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

/// Checks `SequenceNumberForOrdering`: it must be a number that this stream can have given out.
/// Numbers of a shard rise anyway, so it orders nothing further.
pub fn check_ordering(sim: &Simulation, stream: &Stream, input: &Fields) -> Result<(), ApiError> {
    let Some(text) = input.text("SequenceNumberForOrdering") else { return Ok(()) };
    let number = SequenceNumber::parse(text);
    if number.is_some_and(|number| number.time_secs <= sim.now().secs()) {
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
