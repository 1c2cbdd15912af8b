//! What a stream has used of what AWS bills, metered to the microsecond and the byte.
//!
//! Nothing is counted a record: what records are billed as is read from the log when somebody asks,
//! or before it is given back. Times are settled whenever what they are multiplied with changes.
//!
//! AWS does not publish how it meters parts of an hour. Here times are pro rata, and stored bytes
//! are taken at every full hour (UTC) and count for that hour.

use super::Service;
use super::capacity_mode::CapacityMode;
use super::names::StreamId;
use super::payload::Payload;
use super::stream::Stream;
use crate::engine::time::{Instant, whole_micros};
use std::hash::{Hash, Hasher};
use std::time::Duration;

/// Retention that is in the price, in hours.
pub const RETENTION_INCLUDED_HOURS: u32 = 24;
/// From this age on, in hours, records are in long-term retention: seven days.
pub const LONG_TERM_HOURS: u32 = 7 * 24;

/// What is metered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meter {
    /// Microseconds that the stream had shards.
    StreamTime,
    /// Microseconds of open shards, added up.
    ShardTime,
    /// Those of them under a retention of more than 24 hours.
    ExtendedTime,
    /// Microseconds of open shards, times the consumers registered.
    ConsumerTime,
    /// PUT payload units.
    PutUnits,
    /// KiB put, each record rounded up.
    KibIn,
    /// Bytes of `GetRecords` answers.
    BytesOut,
    /// Those of answers that were more than seven days behind.
    OldBytesOut,
    /// Bytes pushed to registered consumers.
    BytesPushed,
    /// Bytes that were 24 hours to 7 days old at a full hour, added up over the hours.
    ExtendedStorage,
    /// The same of bytes older than that.
    LongStorage,
}

/// How many meters there are.
pub const METERS: usize = Meter::LongStorage as usize + 1;

/// A reading of all meters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metered(pub [u64; METERS]);

/// The meters of one stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    metered: [Metered; 2],
    /// Until when times are settled.
    since: Instant,
    /// The last full hour since the epoch at which stored bytes were taken.
    hour: u64,
    /// What of the records was taken.
    records: Payload,
}

/// It decides nothing: a digest is the same without it.
impl Hash for Usage {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

const HOUR_SECS: u64 = 3_600;

impl Metered {
    /// What one meter shows.
    pub fn of(&self, meter: Meter) -> u64 {
        self.0[meter as usize]
    }

    /// Sets what one meter shows.
    pub fn set(&mut self, meter: Meter, value: u64) {
        self.0[meter as usize] = value;
    }

    /// Adds up two readings.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += other;
        }
        self
    }

    /// The same, so many times.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.map(|value| value.saturating_mul(count)))
    }

    fn add(&mut self, meter: Meter, value: u64) {
        self.0[meter as usize] += value;
    }
}

impl Usage {
    /// The meters of a stream that is made now.
    pub fn starting(now: Instant) -> Self {
        Self { since: now, hour: now.secs() / HOUR_SECS, ..Self::default() }
    }

    /// The readings while the stream was provisioned, and while it was on demand.
    pub fn metered(&self) -> &[Metered; 2] {
        &self.metered
    }

    /// Whether stored bytes are to be taken before records go.
    #[inline]
    pub(super) fn is_due(&self, now: Instant, retention_hours: u32) -> bool {
        retention_hours > RETENTION_INCLUDED_HOURS && now.secs() / HOUR_SECS > self.hour
    }

    /// A call was answered with so many bytes, the last of them so old.
    pub(super) fn got(&mut self, mode: CapacityMode, bytes: u64, behind: Duration) {
        let metered = &mut self.metered[place(mode)];
        metered.add(Meter::BytesOut, bytes);
        if behind > Duration::from_hours(u64::from(LONG_TERM_HOURS)) {
            metered.add(Meter::OldBytesOut, bytes);
        }
    }

    /// So many bytes were pushed.
    pub(super) fn pushed(&mut self, mode: CapacityMode, bytes: u64) {
        self.metered[place(mode)].add(Meter::BytesPushed, bytes);
    }

    /// Adds those of a stream that is gone.
    pub(super) fn absorb(&mut self, gone: &[Metered; 2]) {
        for (own, gone) in self.metered.iter_mut().zip(gone) {
            *own = own.plus(gone);
        }
    }

    fn settle(&mut self, stream: &Stream, now: Instant) {
        let micros = whole_micros(now.since(self.since));
        let shards = u64::from(stream.open_shard_count());
        let consumers = stream.consumers.iter().count() as u64;
        let is_extended = stream.retention_hours > RETENTION_INCLUDED_HOURS;
        let metered = &mut self.metered[place(stream.mode)];
        metered.add(Meter::StreamTime, if shards > 0 { micros } else { 0 });
        metered.add(Meter::ShardTime, micros * shards);
        metered.add(Meter::ExtendedTime, if is_extended { micros * shards } else { 0 });
        metered.add(Meter::ConsumerTime, micros * shards * consumers);
        self.since = now;
        let hour = now.secs() / HOUR_SECS;
        if is_extended {
            for hour in self.hour + 1..=hour {
                let (extended, long) = stored(stream, Instant::from_secs(hour * HOUR_SECS));
                metered.add(Meter::ExtendedStorage, extended);
                metered.add(Meter::LongStorage, long);
            }
        }
        self.hour = hour;
    }

    /// Takes the records since the last time.
    fn settle_records(&mut self, stream: &Stream) {
        let mut all = Payload::default();
        for shard in stream.shards() {
            all += shard.log.payload();
        }
        let metered = &mut self.metered[place(stream.mode)];
        metered.add(Meter::PutUnits, all.put_units - self.records.put_units);
        metered.add(Meter::KibIn, all.kib - self.records.kib);
        self.records = all;
    }
}

impl Stream {
    /// What was used until now: while it was provisioned, and while it was on demand.
    pub fn usage(&self, now: Instant) -> [Metered; 2] {
        let mut usage = self.usage.clone();
        usage.settle(self, now);
        usage.settle_records(self);
        usage.metered
    }

    /// Settles times and stored bytes, before anything changes that they depend on.
    pub(super) fn settle(&mut self, now: Instant) {
        let mut usage = std::mem::take(&mut self.usage);
        usage.settle(self, now);
        self.usage = usage;
    }

    /// Settles everything, before the stream gets another mode or goes.
    pub(super) fn settle_all(&mut self, now: Instant) {
        let mut usage = std::mem::take(&mut self.usage);
        usage.settle(self, now);
        usage.settle_records(self);
        self.usage = usage;
    }
}

impl Service {
    /// What one stream, or all that ever were, has used until now: while provisioned, and while on
    /// demand.
    pub fn usage(&self, now: Instant, stream: Option<StreamId>) -> [Metered; 2] {
        if let Some(id) = stream {
            return self.stream(id).map(|stream| stream.usage(now)).unwrap_or_default();
        }
        let mut sum = self.departed.clone();
        for stream in self.streams() {
            sum.absorb(&stream.usage(now));
        }
        sum.metered
    }
}

/// Bytes that are between 24 hours and 7 days old, and older ones, at an instant.
fn stored(stream: &Stream, at: Instant) -> (u64, u64) {
    let hours = |hours: u32| at.before(Duration::from_hours(u64::from(hours)));
    let ages = [RETENTION_INCLUDED_HOURS, LONG_TERM_HOURS, stream.retention_hours];
    let (mut extended, mut long) = (0, 0);
    for shard in stream.shards().iter().filter(|shard| shard.log.horizon() < shard.log.tip()) {
        let [young, week, old] =
            ages.map(|age| shard.log.bytes_before(shard.log.ordinal_at(hours(age))));
        extended += young - week.max(old).min(young);
        long += week.saturating_sub(old);
    }
    (extended, long)
}

fn place(mode: CapacityMode) -> usize {
    usize::from(mode == CapacityMode::OnDemand)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::actor::ActorId;
    use crate::engine::service::fan_out::ConsumerId;
    use crate::engine::service::hash_key::HashKey;
    use crate::engine::service::lifecycle::{NewStream, RegisteredConsumers};
    use crate::engine::service::names::{ConsumerName, ShardId, StreamName};
    use crate::engine::service::record::{Carried, Put};
    use crate::engine::service::tags::Tags;

    const STREAM: StreamId = StreamId(0);
    const HOUR_MICROS: u64 = HOUR_SECS * 1_000_000;

    fn name() -> StreamName {
        StreamName::new("clicks").unwrap()
    }

    /// A stream of two shards that begins at a full hour.
    fn with_stream() -> Simulation {
        let start = Instant::DEFAULT_START.before(Duration::from_secs(10));
        let mut sim = Simulation::new(7, start);
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name: name(), mode, shards: 2, max_record_kib: 1_024 };
        sim.request(|service, now| service.create_stream(now, new)).unwrap();
        wait(&mut sim, 10);
        sim
    }

    fn wait(sim: &mut Simulation, secs: u64) {
        sim.advance(sim.now() + Duration::from_secs(secs));
    }

    fn put(sim: &mut Simulation, size: u32) {
        let carried = Carried::Made { maker: ActorId(1), number: 0 };
        let put = Put::text("k", carried, size);
        sim.request(|service, now| service.put_record(now, ActorId(1), STREAM, &put)).unwrap();
    }

    fn read(sim: &Simulation, meter: Meter) -> [u64; 2] {
        sim.service().usage(sim.now(), None).map(|metered| metered.of(meter))
    }

    #[test]
    fn times_count_what_was_there_and_while_it_was() {
        let mut sim = with_stream();
        wait(&mut sim, 1_800);
        let splits = HashKey(1 << 126);
        sim.request(|service, now| service.split_shard(now, &name(), ShardId(0), splits)).unwrap();
        // Half an hour of two shards, and then of three, which are there a while after they were
        // asked for.
        let opens = std::iter::from_fn(|| sim.poll_event()).count();
        assert!(opens > 0);
        wait(&mut sim, 1_800);
        let shard = sim.service().stream(STREAM).unwrap().shards()[2].opened;
        let three = whole_micros(sim.now() - shard);
        assert_eq!(read(&sim, Meter::StreamTime), [HOUR_MICROS, 0]);
        assert_eq!(read(&sim, Meter::ShardTime), [2 * HOUR_MICROS + three, 0]);
        assert_eq!(read(&sim, Meter::ConsumerTime), [0, 0]);

        let consumer = ConsumerName::new("search").unwrap();
        let register = |service: &mut Service, now| {
            service.register_stream_consumer(now, &name(), consumer, Tags::default())
        };
        assert_eq!(sim.request(register).unwrap(), ConsumerId(0));
        wait(&mut sim, 3_600);
        assert_eq!(read(&sim, Meter::ConsumerTime), [3 * HOUR_MICROS, 0]);
        assert_eq!(read(&sim, Meter::ExtendedTime), [0, 0]);
        sim.request(|service, now| service.increase_retention(now, &name(), 48)).unwrap();
        wait(&mut sim, 3_600);
        assert_eq!(read(&sim, Meter::ExtendedTime), [3 * HOUR_MICROS, 0]);
    }

    #[test]
    fn another_mode_and_the_end_of_a_stream_keep_what_was_metered() {
        let mut sim = with_stream();
        put(&mut sim, 26_000);
        let on_demand = CapacityMode::OnDemand;
        sim.request(|service, now| service.update_stream_mode(now, &name(), on_demand, 0)).unwrap();
        wait(&mut sim, 3_600);
        put(&mut sim, 1_500);
        assert_eq!(read(&sim, Meter::PutUnits), [2, 1]);
        assert_eq!(read(&sim, Meter::KibIn), [26, 2]);
        assert_eq!(read(&sim, Meter::StreamTime), [0, HOUR_MICROS]);
        let keep = RegisteredConsumers::Keep;
        sim.request(|service, now| service.delete_stream(now, &name(), keep)).unwrap();
        wait(&mut sim, 3_600);
        assert!(sim.service().stream(STREAM).is_none());
        assert_eq!(read(&sim, Meter::KibIn), [26, 2]);
        let [_, until_gone] = read(&sim, Meter::StreamTime);
        assert!((HOUR_MICROS..2 * HOUR_MICROS).contains(&until_gone));
    }

    #[test]
    fn stored_bytes_count_for_each_full_hour_by_their_age() {
        let mut sim = with_stream();
        sim.request(|service, now| service.increase_retention(now, &name(), 200)).unwrap();
        wait(&mut sim, 60);
        put(&mut sim, 1_000);
        // It is 24 hours old a minute after an hour; 23 more and it has been so at 24 full hours.
        wait(&mut sim, 48 * 3_600);
        assert_eq!(read(&sim, Meter::ExtendedStorage), [24 * 1_000, 0]);
        // Until it is 7 days old that are 6 days, then 32 hours until the retention takes it,
        // whoever asks, and however late.
        wait(&mut sim, 400 * 3_600);
        assert_eq!(read(&sim, Meter::ExtendedStorage), [144 * 1_000, 0]);
        assert_eq!(read(&sim, Meter::LongStorage), [32 * 1_000, 0]);
    }
}
