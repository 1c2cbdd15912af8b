//! The life of a stream: creating, changing, deleting.

use super::capacity_mode::CapacityMode;
use super::limits::{ON_DEMAND_STREAMS, STREAMS_CREATING};
use super::names::{StreamId, StreamName};
use super::stream::{Stream, StreamStatus};
use super::{Service, Task};
use crate::engine::event::Event;
use crate::engine::refusal::Refusal;
use crate::engine::time::Instant;
use std::time::Duration;

/// How long a stream is `CREATING`. AWS names no time; study notes see 10 to 30 seconds, and the
/// CLI's waiter looks every 10 seconds, so a wait of one round is what a learner meets.
pub const CREATE_TIME: Duration = Duration::from_secs(10);
/// How long a stream is `DELETING`. AWS names no time; like creating.
pub const DELETE_TIME: Duration = Duration::from_secs(10);
/// How long a stream is `UPDATING` after a change that moves no records (AWS: "a few seconds").
pub const UPDATE_TIME: Duration = Duration::from_secs(5);
/// Shards of a new on-demand stream.
pub const ON_DEMAND_FIRST_SHARDS: u32 = 4;

/// What a new stream shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStream {
    /// Its name.
    pub name: StreamName,
    /// Its capacity mode.
    pub mode: CapacityMode,
    /// Shards of a provisioned stream, 1 or more; an on-demand stream starts with 4.
    pub shards: u32,
    /// The most KiB of a record, 1,024 to 10,240.
    pub max_record_kib: u32,
}

/// What happens to the registered consumers of a stream that shall be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisteredConsumers {
    /// They keep it from being deleted.
    Keep,
    /// They go with it (`EnforceConsumerDeletion`).
    Remove,
}

impl Service {
    /// Begins to create a stream; it becomes `ACTIVE` after [`CREATE_TIME`].
    pub fn create_stream(&mut self, now: Instant, new: NewStream) -> Result<StreamId, Refusal> {
        self.create_warm_stream(now, new, 0)
    }

    /// Begins to create a stream that shall be ready for a warm throughput in MiB a second at once;
    /// 0 is none, and all that a provisioned stream can have.
    pub fn create_warm_stream(
        &mut self,
        now: Instant,
        new: NewStream,
        warm_mibps: u32,
    ) -> Result<StreamId, Refusal> {
        let shards = self.first_shards(&new, warm_mibps)?;
        let id = StreamId(u32::try_from(self.streams.len()).expect("fewer than 2^32 streams"));
        let mut stream = Stream::creating(id, new.name.clone(), new.mode, now);
        stream.max_record_kib = new.max_record_kib;
        stream.first_shards = shards;
        self.streams.push(Some(stream));
        self.names.insert(new.name, id);
        self.agenda.plan(now + self.settings.takes(CREATE_TIME), Task::ActivateStream(id));
        if new.mode == CapacityMode::OnDemand {
            self.begin_demand(now, id, shards, warm_mibps);
        }
        self.status_changed(id);
        Ok(id)
    }

    /// How many shards a new stream would begin with, or why it would be refused.
    pub fn first_shards(&self, new: &NewStream, warm_mibps: u32) -> Result<u32, Refusal> {
        if self.names.contains_key(&new.name) {
            return Err(Refusal::StreamExists(new.name.clone()));
        }
        self.must_allow_warm(&new.name, new.mode, warm_mibps)?;
        let creating = self.streams().filter(|stream| stream.status == StreamStatus::Creating);
        if creating.count() as u64 >= STREAMS_CREATING.value {
            return Err(Refusal::TooManyCreating);
        }
        match new.mode {
            CapacityMode::Provisioned => {
                self.must_fit_shards(new.shards.into())?;
                Ok(new.shards)
            }
            CapacityMode::OnDemand => {
                self.must_fit_on_demand_stream()?;
                Ok(ON_DEMAND_FIRST_SHARDS.max(warm_mibps))
            }
        }
    }

    /// Begins to delete a stream, whatever its records; it is gone after [`DELETE_TIME`].
    ///
    /// Registered consumers keep it from being deleted, or go with it.
    pub fn delete_stream(
        &mut self,
        now: Instant,
        name: &StreamName,
        registered: RegisteredConsumers,
    ) -> Result<(), Refusal> {
        let stream = self.stream_named_mut(name)?;
        if registered == RegisteredConsumers::Keep && !stream.consumers.is_empty() {
            return Err(Refusal::ConsumersRegistered(name.clone()));
        }
        if stream.status == StreamStatus::Deleting {
            return Ok(());
        }
        let id = stream.id;
        self.agenda.plan(now + self.settings.takes(DELETE_TIME), Task::RemoveStream(id));
        self.set_status(id, StreamStatus::Deleting);
        self.end_subscriptions(now, id, |_| true);
        Ok(())
    }

    /// Allows records of another size. The stream is `UPDATING` for [`UPDATE_TIME`].
    pub fn update_max_record_size(
        &mut self,
        now: Instant,
        name: &StreamName,
        kib: u32,
    ) -> Result<(), Refusal> {
        let stream = self.stream_named_mut(name)?;
        stream.must_be_active()?;
        stream.max_record_kib = kib;
        let id = stream.id;
        self.begin_update(now, id);
        Ok(())
    }

    /// Open shards of provisioned streams, those included that are being created.
    pub fn provisioned_shard_count(&self) -> u64 {
        let provisioned = self.streams().filter(|stream| stream.mode == CapacityMode::Provisioned);
        provisioned
            .map(|stream| {
                let coming = stream.resharding.as_ref().map_or(0, |plan| plan.target);
                let shards = stream.open_shard_count().max(stream.first_shards).max(coming);
                u64::from(shards)
            })
            .sum()
    }

    /// Refuses if the account would have more provisioned shards than its limit.
    pub(super) fn must_fit_shards(&self, additional: u64) -> Result<(), Refusal> {
        let (current, limit) = (self.provisioned_shard_count(), self.settings.shard_quota.into());
        if current + additional > limit {
            return Err(Refusal::ShardLimit { current, limit, additional });
        }
        Ok(())
    }

    /// Refuses if the account has as many on-demand streams as it may.
    pub(super) fn must_fit_on_demand_stream(&self) -> Result<(), Refusal> {
        let on_demand = self.streams().filter(|stream| stream.mode != CapacityMode::Provisioned);
        if on_demand.count() as u64 >= ON_DEMAND_STREAMS.value {
            return Err(Refusal::TooManyOnDemand);
        }
        Ok(())
    }

    /// Makes a stream `UPDATING`, and `ACTIVE` again after [`UPDATE_TIME`].
    pub(super) fn begin_update(&mut self, now: Instant, id: StreamId) {
        self.agenda.plan(now + self.settings.takes(UPDATE_TIME), Task::FinishUpdate(id));
        self.set_status(id, StreamStatus::Updating);
    }

    pub(super) fn finish_update(&mut self, id: StreamId) {
        if let Some(stream) = self.stream_mut(id)
            && stream.status == StreamStatus::Updating
        {
            stream.encryption.settle();
            self.set_status(id, StreamStatus::Active);
        }
    }

    pub(super) fn activate_stream(&mut self, now: Instant, id: StreamId) {
        let Some(stream) = self.streams.get_mut(id.0 as usize).and_then(Option::as_mut) else {
            return;
        };
        let count = std::mem::take(&mut stream.first_shards);
        stream.open_first_shards(count, now, &self.settings);
        let opened = (0..count).map(super::names::ShardId);
        self.events.extend(opened.map(|shard| Event::ShardOpened { stream: id, shard }));
        if stream.status == StreamStatus::Creating {
            self.set_status(id, StreamStatus::Active);
        }
    }

    pub(super) fn remove_stream(&mut self, now: Instant, id: StreamId) {
        let mut gone = self.streams[id.0 as usize].take().expect("a stream is removed once");
        gone.settle_all(now);
        self.departed.absorb(gone.usage.metered());
        self.names.remove(&gone.name);
        for consumer in gone.consumers.iter() {
            self.metrics.consumer_gone(now, id, consumer.id, consumer.name.clone());
        }
        self.metrics.stream_gone(now, id, gone.name);
        self.control_buckets.forget(id);
        self.resource_policies.forget(id);
        self.status_changed(id);
    }

    pub(super) fn set_status(&mut self, id: StreamId, status: StreamStatus) {
        self.stream_mut(id).expect("whoever sets a status found the stream").status = status;
        self.status_changed(id);
    }

    fn status_changed(&mut self, stream: StreamId) {
        let status = self.stream(stream).map(|stream| stream.status);
        self.events.push(Event::StreamStatusChanged { stream, status });
    }
}
