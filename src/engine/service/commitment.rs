//! On-demand Advantage: the account commits to a minimum of throughput, and may warm its streams.
//!
//! Read first: <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateAccountSettings.html>.

use super::limits::COMMITMENT_HOURS;
use super::{Service, Task};
use crate::engine::schedule::Ticket;
use crate::engine::time::Instant;
use std::time::Duration;

/// The account's `MinimumThroughputBillingCommitment`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Commitment {
    /// When it last began.
    pub started: Option<Instant>,
    /// When it last ended.
    pub ended: Option<Instant>,
    is_on: bool,
    /// Its end, once it was asked to end earlier than it may.
    ending: Option<Ticket>,
}

/// Whether the account is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitmentStatus {
    /// It is not.
    Disabled,
    /// It is.
    Enabled,
    /// It is until its first 24 hours are over.
    EnabledUntilEarliestAllowedEnd,
}

impl Commitment {
    /// Whether the account is committed now.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Its status.
    pub fn status(&self) -> CommitmentStatus {
        match (self.is_on, self.ending) {
            (false, _) => CommitmentStatus::Disabled,
            (true, None) => CommitmentStatus::Enabled,
            (true, Some(_)) => CommitmentStatus::EnabledUntilEarliestAllowedEnd,
        }
    }

    /// When it may end at the earliest; `None` while the account is not committed.
    pub fn earliest_allowed_end(&self) -> Option<Instant> {
        let started = self.started.filter(|_| self.is_on)?;
        Some(started + Duration::from_hours(COMMITMENT_HOURS.value))
    }
}

impl Service {
    /// Commits the account, or takes back that the commitment shall end.
    pub fn enable_commitment(&mut self, now: Instant) {
        let commitment = &mut self.settings.commitment;
        if let Some(ending) = commitment.ending.take() {
            self.agenda.cancel(ending);
        }
        if !commitment.is_on {
            (commitment.is_on, commitment.started, commitment.ended) = (true, Some(now), None);
        }
    }

    /// Ends the commitment, at its earliest allowed end if that is still to come.
    pub fn disable_commitment(&mut self, now: Instant) {
        let commitment = &mut self.settings.commitment;
        match commitment.earliest_allowed_end() {
            None => {}
            Some(end) if end <= now => self.end_commitment(now),
            Some(_) if commitment.ending.is_some() => {}
            Some(end) => commitment.ending = Some(self.agenda.plan(end, Task::EndCommitment)),
        }
    }

    pub(super) fn end_commitment(&mut self, now: Instant) {
        let commitment = &mut self.settings.commitment;
        (commitment.is_on, commitment.ended, commitment.ending) = (false, Some(now), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::account::Settings;

    #[test]
    fn a_commitment_lasts_a_day_and_ends_by_itself_once_asked_to() {
        let (mut service, start) = (Service::new(7, Settings::default()), Instant::DEFAULT_START);
        let status = |service: &Service| service.settings().commitment.status();
        service.enable_commitment(start);
        service.disable_commitment(start + Duration::from_hours(1));
        assert_eq!(status(&service), CommitmentStatus::EnabledUntilEarliestAllowedEnd);
        service.enable_commitment(start + Duration::from_hours(2));
        assert_eq!(status(&service), CommitmentStatus::Enabled);
        assert_eq!(service.perform_next(Instant::FAR_FUTURE), None, "its end was taken back");
        service.disable_commitment(start + Duration::from_hours(3));
        let end = start + Duration::from_hours(24);
        assert_eq!(service.perform_next(Instant::FAR_FUTURE), Some(end));
        assert_eq!(status(&service), CommitmentStatus::Disabled);
        assert_eq!(service.settings().commitment.ended, Some(end));
    }
}
