//! What has happened so far, counted.

use crate::engine::event::Event;

/// Records and calls since the run began, folded from its events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Records that shards stored.
    pub accepted: u64,
    /// Records that shards refused; one that is sent again counts again.
    pub throttled: u64,
    /// Records that `GetRecords` returned or subscriptions pushed, to all consumers together.
    pub read: u64,
    /// Calls of readers that were refused.
    pub reads_throttled: u64,
    /// Records that a consumer missed, because they expired first.
    pub lost: u64,
    /// Records past their retention.
    pub expired: u64,
    /// Records that producers sent once more after a refusal.
    pub retried: u64,
    /// Records that producers gave up.
    pub given_up: u64,
    /// Records that were stored twice.
    pub duplicated: u64,
    /// Rows of data sets that could not be read.
    pub rows_skipped: u64,
}

impl Totals {
    /// Counts one event.
    pub fn count(&mut self, event: &Event) {
        match *event {
            Event::RecordsAccepted { records, .. } => self.accepted += u64::from(records),
            Event::WritesThrottled { records, .. } => self.throttled += u64::from(records),
            Event::RecordsRead { records, .. } | Event::RecordsPushed { records, .. } => {
                self.read += u64::from(records);
            }
            Event::ReadThrottled(_) => self.reads_throttled += 1,
            Event::RecordsLost { records, .. } => self.lost += records,
            Event::RecordsExpired { records, .. } => self.expired += records,
            Event::RecordsRetried { records, .. } => self.retried += u64::from(records),
            Event::RecordsGivenUp { records, .. } => self.given_up += u64::from(records),
            Event::RecordsDuplicated { records, .. } => self.duplicated += u64::from(records),
            Event::RowSkipped { .. } => self.rows_skipped += 1,
            _ => {}
        }
    }

    /// Records that were offered to shards, whatever became of them.
    pub fn offered(&self) -> u64 {
        self.accepted + self.throttled
    }
}
