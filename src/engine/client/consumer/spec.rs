//! What a consumer shall do, and what it says that it does.

use crate::engine::client::error::ClientError;
use crate::engine::client::position::Start;
use crate::engine::service::limits::GET_RECORDS_COUNT;
use crate::engine::service::names::StreamName;
use std::fmt;
use std::time::Duration;

/// What a consumer shall do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsumerSpec {
    /// What it reads. While the stream cannot be used, the consumer waits.
    pub stream: StreamName,
    /// How it gets at the records.
    pub mode: Mode,
    /// Where it begins, in shards of which it has read nothing yet. Shards that come later, by
    /// resharding, it reads from their oldest record on.
    pub from: Start,
    /// How long it works on each record. It does not read a shard again before it is done.
    pub processing: Duration,
}

/// How a consumer gets at the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// It polls; all who poll a shard share its five calls and 2 MiB a second.
    Shared {
        /// How long from one poll of a shard to the next.
        every: Duration,
        /// How many records a poll asks for at most; as many as there can be if not said.
        limit: Option<u32>,
    },
    /// It registers under its own name and subscribes: records are pushed to it through a pipe of
    /// its own. Stopping it hangs up, but leaves it registered.
    EnhancedFanOut,
}

/// How often a consumer polls unless something else was said: as AWS advises ("poll each shard once
/// a second per application"), so that five of them fit.
pub const POLL_INTERVAL: Duration = Duration::from_secs(1);

impl ConsumerSpec {
    /// A polling consumer with nothing else said.
    pub fn polling(stream: StreamName) -> Self {
        let mode = Mode::Shared { every: POLL_INTERVAL, limit: None };
        Self { stream, mode, from: Start::Latest, processing: Duration::ZERO }
    }

    /// A consumer with a pipe of its own, with nothing else said.
    pub fn enhanced(stream: StreamName) -> Self {
        Self { mode: Mode::EnhancedFanOut, ..Self::polling(stream) }
    }

    pub(in crate::engine::client) fn check(&self) -> Result<(), ClientError> {
        let hour = Duration::from_hours(1);
        if self.processing > hour {
            let most_secs = hour.as_secs();
            return Err(ClientError::TooLong { what: "the work on a record", most_secs });
        }
        let Mode::Shared { every, limit } = self.mode else { return Ok(()) };
        if !(Duration::from_millis(1)..=24 * hour).contains(&every) {
            return Err(ClientError::PollInterval);
        }
        let most = GET_RECORDS_COUNT.value;
        if limit.is_some_and(|limit| !(1..=most).contains(&limit.into())) {
            return Err(ClientError::PollLimit { most });
        }
        Ok(())
    }
}

/// What a consumer is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsumerStatus {
    /// It reads.
    Reading,
    /// Its stream does not exist or cannot be used; it looks again every second.
    WaitingForStream,
    /// It is not registered yet, and looks again every second.
    Registering,
    /// It was stopped, or somebody has deregistered it; it knows where it was.
    Stopped,
}

impl fmt::Display for ConsumerStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reading => "reading",
            Self::WaitingForStream => "waiting for its stream",
            Self::Registering => "registering",
            Self::Stopped => "stopped",
        })
    }
}
