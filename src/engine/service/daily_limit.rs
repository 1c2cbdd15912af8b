//! Calls that a stream allows only so often in any 24 hours.

use super::account::Settings;
use super::limits::{ENCRYPTION_CALLS, Limit, MODE_SWITCHES, UPDATE_SHARD_COUNT_CALLS};
use super::stream::Stream;
use crate::engine::refusal::{DailyCall, Refusal};
use crate::engine::time::Instant;
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

impl DailyCall {
    /// How often it is allowed.
    pub fn limit(self) -> Limit {
        match self {
            Self::UpdateShardCount => UPDATE_SHARD_COUNT_CALLS,
            Self::UpdateStreamMode => MODE_SWITCHES,
            Self::StartStreamEncryption | Self::StopStreamEncryption => ENCRYPTION_CALLS,
        }
    }
}

impl Stream {
    /// Refuses a call that came too often in the last 24 hours. The day rolls: each call counts for
    /// 24 hours from its own instant.
    pub(super) fn must_allow_today(
        &self,
        now: Instant,
        call: DailyCall,
        settings: &Settings,
    ) -> Result<(), Refusal> {
        let calls = self.daily_calls.get(&call).map_or(&[][..], Vec::as_slice);
        let recent = calls.iter().filter(|&&at| now < at + DAY).count();
        if recent as u64 >= call.limit().value && settings.enforces_rates() {
            return Err(Refusal::TooOftenADay { stream: self.name.clone(), call });
        }
        Ok(())
    }

    /// Counts a call that was accepted, and forgets those that count no more.
    pub(super) fn count_today(&mut self, now: Instant, call: DailyCall) {
        let calls = self.daily_calls.or_default(call);
        calls.retain(|&at| now < at + DAY);
        calls.push(now);
    }
}
