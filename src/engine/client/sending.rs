//! How a producer's records get to the service: which stream, which call, what after a refusal.

use super::error::ClientError;
use super::retry::{self, Retry};
use crate::engine::service::limits::PUT_RECORDS_COUNT;
use crate::engine::service::names::StreamName;
use std::time::Duration;

/// How records are sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sending {
    /// Where to. While it does not exist or cannot be used, the producer waits.
    pub stream: StreamName,
    /// By which call.
    pub api: PutApi,
    /// How long the first record of a batch waits for others; a single one does not wait.
    pub linger: Duration,
    /// What happens after a refusal, or when no answer came.
    pub retry: Retry,
    /// How long to wait for an answer.
    pub timeout: Duration,
}

/// The call by which records are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PutApi {
    /// One record a call.
    PutRecord,
    /// Up to `batch` records a call, 1 to 500.
    PutRecords {
        /// How many at most.
        batch: u32,
    },
}

/// How long records collect unless something else was said (the KPL's `RecordMaxBufferedTime`).
pub const LINGER: Duration = Duration::from_millis(100);
/// Records of a call unless something else was said: all that it takes.
pub const BATCH: u32 = 500;

const LONGEST: Duration = Duration::from_mins(10);

impl Sending {
    /// Full batches, retried as the SDKs do it.
    pub fn to(stream: StreamName) -> Self {
        let api = PutApi::PutRecords { batch: BATCH };
        Self { stream, api, linger: LINGER, retry: Retry::STANDARD, timeout: retry::TIMEOUT }
    }

    /// The most records of a call.
    pub(super) fn batch(&self) -> u32 {
        match self.api {
            PutApi::PutRecord => 1,
            PutApi::PutRecords { batch } => batch,
        }
    }

    pub(super) fn check(&self) -> Result<(), ClientError> {
        let most = PUT_RECORDS_COUNT.value;
        if !(1..=most).contains(&self.batch().into()) {
            return Err(ClientError::Batch { most });
        }
        for (what, duration) in [("a linger", self.linger), ("a timeout", self.timeout)] {
            if duration > LONGEST {
                return Err(ClientError::TooLong { what, most_secs: LONGEST.as_secs() });
            }
        }
        self.retry.check()
    }
}
