//! What clients count.

/// What became of a producer's records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProducerCounters {
    /// Records that it made and sent for the first time.
    pub offered: u64,
    /// Records of which it knows that they were stored.
    pub accepted: u64,
    /// Refusals, one a record and attempt.
    pub refused: u64,
    /// Records sent again, one a record and attempt.
    pub retried: u64,
    /// Records that it gave up.
    pub given_up: u64,
    /// Copies stored beyond the first, because an answer was lost.
    pub duplicated: u64,
    /// Bytes of data and partition keys of accepted records.
    pub accepted_bytes: u64,
    /// Calls.
    pub calls: u64,
}

impl ProducerCounters {
    /// Records that were sent and wait for an answer or for another attempt.
    pub fn pending(&self) -> u64 {
        self.offered - self.accepted - self.given_up
    }
}

/// What a consumer has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConsumerCounters {
    /// Records that it was given.
    pub records: u64,
    /// Bytes of data and partition keys of these.
    pub bytes: u64,
    /// Calls that were answered, empty answers too.
    pub polls: u64,
    /// Calls that a bucket refused.
    pub throttled: u64,
    /// Pushes that it received.
    pub pushes: u64,
    /// Records that expired before it had read them.
    pub lost: u64,
}
