//! Retention: how long records live, and how they expire.

use super::limits::{RETENTION_HOURS_MAX, RETENTION_HOURS_MIN};
use super::names::{ShardId, StreamId, StreamName};
use super::shard::Phase;
use super::{Service, Task};
use crate::engine::event::Event;
use crate::engine::refusal::Refusal;
use crate::engine::time::Instant;
use std::time::Duration;

/// Planned trims come on whole multiples of this, so that one trim takes what expires around it.
/// Readers do not wait for them: whoever reads a shard trims it to the microsecond first.
pub const TRIM_STEP: Duration = Duration::from_secs(1);

impl Service {
    /// Lets records live longer. Those that have expired do not come back.
    pub fn increase_retention(
        &mut self,
        now: Instant,
        name: &StreamName,
        hours: i64,
    ) -> Result<(), Refusal> {
        let current = self.stream_named(name)?.retention_hours;
        let hours = checked_hours(hours)?;
        if hours < current {
            let stream = name.clone();
            return Err(Refusal::RetentionNotLonger { stream, hours: hours.into(), current });
        }
        self.set_retention(now, name, hours)
    }

    /// Lets records live shorter. Older ones expire at once.
    pub fn decrease_retention(
        &mut self,
        now: Instant,
        name: &StreamName,
        hours: i64,
    ) -> Result<(), Refusal> {
        let current = self.stream_named(name)?.retention_hours;
        let hours = checked_hours(hours)?;
        if hours > current {
            let stream = name.clone();
            return Err(Refusal::RetentionNotShorter { stream, hours: hours.into(), current });
        }
        self.set_retention(now, name, hours)
    }

    /// Drops what has expired, to the microsecond, before a shard is read.
    pub(super) fn trim(&mut self, now: Instant, stream: StreamId, shard: ShardId) {
        let Some(found) = self.streams.get_mut(stream.0 as usize).and_then(Option::as_mut) else {
            return;
        };
        if found.usage.is_due(now, found.retention_hours) {
            found.settle(now);
        }
        let retention = found.retention();
        let found = &mut found.shards_mut()[shard.0 as usize];
        let gone = found.log.trim(now.before(retention));
        if gone.count() > 0 {
            let (first, records, bytes) = (gone.ordinals.start, gone.count(), gone.bytes);
            self.events.push(Event::RecordsExpired { stream, shard, first, records, bytes });
        }
        let empty = found.log.horizon() == found.log.tip();
        if let Phase::Closed { at: closed } = found.phase
            && empty
            && now >= closed + retention
        {
            found.phase = Phase::Expired { closed };
            self.events.push(Event::ShardExpired { stream, shard });
        }
    }

    /// A trim that was planned is due: trims, and plans the next one if anything is left.
    pub(super) fn trim_planned(&mut self, now: Instant, stream: StreamId, shard: ShardId) {
        self.trim(now, stream, shard);
        if let Some(found) = self.stream_mut(stream) {
            found.shards_mut()[shard.0 as usize].trim_ticket = None;
            self.plan_trim(now, stream, shard);
        }
    }

    /// Plans the trim of a shard unless one is planned or nothing in it can expire.
    pub(super) fn plan_trim(&mut self, now: Instant, stream: StreamId, shard: ShardId) {
        let Some(found) = self.streams.get_mut(stream.0 as usize).and_then(Option::as_mut) else {
            return;
        };
        let retention = found.retention();
        let found = &mut found.shards_mut()[shard.0 as usize];
        let oldest = match found.phase {
            _ if found.log.has_expired_segments() => Some(now.before(retention)),
            Phase::Expired { .. } => None,
            Phase::Closed { at } => Some(found.log.arrival(found.log.horizon()).unwrap_or(at)),
            Phase::Open => found.log.arrival(found.log.horizon()),
        };
        if let (Some(oldest), None) = (oldest, found.trim_ticket) {
            let due = (oldest + retention).max(now + TRIM_STEP).round_up(TRIM_STEP);
            found.trim_ticket = Some(self.agenda.plan(due, Task::TrimShard(stream, shard)));
        }
    }

    fn set_retention(
        &mut self,
        now: Instant,
        name: &StreamName,
        hours: u32,
    ) -> Result<(), Refusal> {
        let stream = self.stream_named_mut(name)?;
        stream.must_be_active()?;
        // What the old retention has taken is gone, even where no trim has come by yet.
        stream.settle(now);
        let id = stream.id;
        let shards: Vec<ShardId> = stream.shards().iter().map(|shard| shard.id).collect();
        for &shard in &shards {
            self.trim(now, id, shard);
        }
        self.stream_named_mut(name)?.retention_hours = hours;
        for &shard in &shards {
            self.trim(now, id, shard);
            self.replan_trim(now, id, shard);
        }
        self.begin_update(now, id);
        Ok(())
    }

    fn replan_trim(&mut self, now: Instant, stream: StreamId, shard: ShardId) {
        let found = self.stream_mut(stream).expect("its retention was just set");
        if let Some(ticket) = found.shards_mut()[shard.0 as usize].trim_ticket.take() {
            self.agenda.cancel(ticket);
        }
        self.plan_trim(now, stream, shard);
    }
}

fn checked_hours(hours: i64) -> Result<u32, Refusal> {
    let (min, max) = (RETENTION_HOURS_MIN.value, RETENTION_HOURS_MAX.value);
    match u64::try_from(hours) {
        Ok(whole) if whole > max => Err(Refusal::RetentionTooLong { hours }),
        Ok(whole) if whole >= min => Ok(u32::try_from(whole).expect("at most 8,760")),
        _ => Err(Refusal::RetentionTooShort { hours }),
    }
}
