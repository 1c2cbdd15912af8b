//! The demand on an on-demand stream: metered by the minute, answered by splits every 15 minutes.
//!
//! That traffic which more than doubles within 15 minutes is throttled needs no rule of its own:
//! the shards that are there have their own limits, and new ones come only with the next round.

use crate::engine::schedule::Ticket;
use crate::engine::service::limits::{
    HOT_SHARD_BYTES, MIB, ON_DEMAND_WRITE_BYTES, SHARD_WRITE_RECORDS,
};
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::resharding::Step;
use crate::engine::service::shard::Shard;
use crate::engine::service::stream::{Stream, StreamStatus};
use crate::engine::service::{Service, Task};
use crate::engine::sorted::{SortedMap, sort};
use crate::engine::time::Instant;
use std::time::Duration;

/// How often the bytes of each shard are read off: CloudWatch's finest grain, too.
pub const SAMPLE_TIME: Duration = Duration::from_mins(1);
/// Samples between two rounds of splits: 15 minutes (AWS: a shard with more than 500 KB/s is split
/// "within 15 minutes").
pub const SAMPLES_A_ROUND: u32 = 15;
/// How long a peak counts, in days (AWS: "double its peak write throughput of the last 30 days").
///
/// When and how a stream shrinks after that is not published, so it never does here: an older peak
/// only stops to allow growth.
pub const PEAK_DAYS: u64 = 30;

/// What was asked of an on-demand stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Demand {
    /// MiB a second that it shall be ready for; 0 if nobody asked for that.
    pub warm_mibps: u32,
    /// Shards that it had when it became an on-demand stream.
    base_shards: u32,
    /// The busiest minute of a day, in bytes a second, by day: only days of which no later one was
    /// busier, so the first is the peak, and there are never more than 30.
    peaks: Vec<(u64, u64)>,
    meters: SortedMap<ShardId, Meter>,
    samples: u32,
    pub(super) sampling: Ticket,
}

/// What was read off a shard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Meter {
    bytes: u64,
    records: u64,
    /// The load of the busiest minute since the last round.
    load: u64,
}

impl Meter {
    fn of(shard: &Shard) -> Self {
        Self { bytes: shard.log.accepted_bytes(), records: shard.log.tip(), load: 0 }
    }
}

impl Demand {
    /// The busiest minute of the last 30 days, in bytes a second.
    pub fn peak_bytes_per_second(&self) -> u64 {
        self.peaks.first().map_or(0, |&(_, peak)| peak)
    }

    /// The most shards that it may grow to by itself: twice its peak, or twice what it began with
    /// or was warmed for. AWS names no second bound; without it a single hot key, which no split
    /// can help, would split its shard for ever.
    pub fn shards_max(&self) -> u32 {
        let doubled = (self.peak_bytes_per_second() * 2).div_ceil(MIB);
        let kept = u64::from(self.base_shards.max(self.warm_mibps)) * 2;
        let most = doubled.max(kept).min(ON_DEMAND_WRITE_BYTES.value / MIB);
        u32::try_from(most).expect("at most 10,240")
    }

    fn note_peak(&mut self, now: Instant, load: u64) {
        let day = now.secs() / 86_400;
        self.peaks.retain(|&(then, peak)| then + PEAK_DAYS > day && peak > load);
        if self.peaks.last().is_none_or(|&(then, _)| then < day) {
            self.peaks.push((day, load));
        }
    }

    /// The shards to split in this round, the busiest first.
    fn hot_shards(&mut self, open: u32) -> Vec<ShardId> {
        let room = self.shards_max().saturating_sub(open) as usize;
        let hot = self.meters.iter().filter(|(_, meter)| meter.load > HOT_SHARD_BYTES.value);
        let mut hot: Vec<_> = hot.map(|(shard, meter)| (u64::MAX - meter.load, shard.0)).collect();
        sort(&mut hot);
        for (_, meter) in self.meters.iter_mut() {
            meter.load = 0;
        }
        hot.into_iter().take(room).map(|(_, shard)| ShardId(shard)).collect()
    }
}

impl Service {
    /// Begins to meter a stream that begins with `base_shards`.
    pub(in crate::engine::service) fn begin_demand(
        &mut self,
        now: Instant,
        id: StreamId,
        base_shards: u32,
        warm_mibps: u32,
    ) {
        let sampling = self.agenda.plan(now + SAMPLE_TIME, Task::SampleDemand(id));
        let stream = self.stream_mut(id).expect("whoever meters a stream found it");
        let mut meters = SortedMap::default();
        for shard in stream.open_shards() {
            meters.insert(shard.id, Meter::of(shard));
        }
        stream.demand = Some(Demand {
            warm_mibps,
            base_shards,
            peaks: Vec::new(),
            meters,
            samples: 0,
            sampling,
        });
    }

    /// A minute is over: reads the meters, and every 15 minutes splits what was hot.
    pub(in crate::engine::service) fn sample_demand(&mut self, now: Instant, id: StreamId) {
        let Some(stream) = self.stream_mut(id) else { return };
        let Some(hot) = stream.sample(now) else { return };
        for shard in hot {
            let range =
                self.stream(id).expect("it was just found").shards()[shard.0 as usize].range;
            if range.width() > 1 {
                self.perform_step(now, id, Step::Split(range.midpoint()));
            }
        }
        let sampling = self.agenda.plan(now + SAMPLE_TIME, Task::SampleDemand(id));
        let stream = self.stream_mut(id).expect("it was just found");
        stream.demand.as_mut().expect("it was just metered").sampling = sampling;
    }
}

impl Stream {
    /// Reads the meters, and says which shards to split now; `None` if it is not metered.
    fn sample(&mut self, now: Instant) -> Option<Vec<ShardId>> {
        let mut demand = self.demand.take()?;
        for shard in self.open_shards() {
            // A shard that opened since the last sample has taken all its bytes since then.
            demand.meters.or_default(shard.id);
        }
        let (mut bytes, mut records) = (0, 0);
        for (id, meter) in demand.meters.iter_mut() {
            let read = Meter::of(&self.shards()[id.0 as usize]);
            let taken = (read.bytes - meter.bytes, read.records - meter.records);
            (bytes, records) = (bytes + taken.0, records + taken.1);
            *meter = Meter { load: meter.load.max(load(taken.0, taken.1)), ..read };
        }
        demand.meters.retain(|id, _| self.shards()[id.0 as usize].is_open());
        demand.note_peak(now, load(bytes, records));
        demand.samples += 1;
        let changeable = self.resharding.is_none() && self.status != StreamStatus::Deleting;
        let hot = if changeable && demand.samples.is_multiple_of(SAMPLES_A_ROUND) {
            demand.hot_shards(self.open_shard_count())
        } else {
            Vec::new()
        };
        self.demand = Some(demand);
        Some(hot)
    }
}

/// What a minute's bytes and records ask of a shard, in bytes a second. AWS speaks of bytes; a
/// record counts as its share of the 1,000 that fill a shard as a MiB does, or streams of small
/// records would never grow.
fn load(bytes: u64, records: u64) -> u64 {
    let seconds = SAMPLE_TIME.as_secs();
    (bytes / seconds).max(records * MIB / SHARD_WRITE_RECORDS.value / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::actor::ActorId;
    use crate::engine::refusal::Refusal;
    use crate::engine::service::capacity_mode::{CapacityMode, WarmThroughput};
    use crate::engine::service::lifecycle::NewStream;
    use crate::engine::service::names::StreamName;
    use crate::engine::service::record::{Carried, Put};
    use crate::engine::service::write::Outcome;

    const STREAM: StreamId = StreamId(0);
    const SECOND: Duration = Duration::from_secs(1);

    fn name() -> StreamName {
        StreamName::new("clicks").unwrap()
    }

    fn with_stream(mode: CapacityMode, shards: u32) -> Simulation {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let new = NewStream { name: name(), mode, shards, max_record_kib: 1_024 };
        sim.request(|service, now| service.create_stream(now, new)).unwrap();
        sim.advance(sim.now() + Duration::from_secs(30));
        sim
    }

    fn open(sim: &Simulation) -> u32 {
        sim.service().stream(STREAM).unwrap().open_shard_count()
    }

    /// Puts `kib` KiB a second, in records of 50 KiB of `key` or of many keys; says how many of a
    /// hundred records were refused in the last minute.
    fn flow(sim: &mut Simulation, minutes: u64, kib: u64, key: Option<&str>) -> u64 {
        let (mut outcomes, mut refused) = (Vec::new(), 0);
        let until = sim.now() + Duration::from_mins(minutes);
        let mut number = 0;
        while sim.now() < until {
            let last_minute = sim.now() + Duration::from_mins(1) >= until;
            let mut left = kib / 50;
            while left > 0 {
                let count = left.min(200);
                left -= count;
                let keys: Vec<String> = (0..count).map(|i| format!("k{}", number + i)).collect();
                number += count;
                let carried = Carried::Made { maker: ActorId::PERSON, number: 0 };
                let puts: Vec<Put> = keys
                    .iter()
                    .map(|each| Put::text(key.unwrap_or(each), carried, 51_200))
                    .collect();
                sim.request(|service, now| {
                    service.put_records(now, ActorId::PERSON, STREAM, &puts, &mut outcomes)
                })
                .unwrap();
                let thrown = outcomes.iter().filter(|o| matches!(o, Outcome::Throttled { .. }));
                refused += if last_minute { thrown.count() as u64 } else { 0 };
            }
            sim.advance(sim.now() + SECOND);
            sim.drop_events();
        }
        refused * 100 / (kib / 50 * 60)
    }

    #[test]
    fn traffic_that_doubles_within_15_minutes_is_throttled_and_later_is_not() {
        let mut sim = with_stream(CapacityMode::OnDemand, 0);
        sim.request(|service, now| service.set_write_burst_bytes(now, MIB));
        assert_eq!(open(&sim), 4);
        assert_eq!(flow(&mut sim, 16, 3_000, None), 0);
        assert_eq!(open(&sim), 8, "750 KiB a second on each of four shards is hot");
        assert!(flow(&mut sim, 10, 12_000, None) > 20);
        flow(&mut sim, 20, 12_000, None);
        assert!(open(&sim) > 12, "{}", open(&sim));
        let most = sim.service().stream(STREAM).unwrap().demand.as_ref().unwrap().shards_max();
        assert!(open(&sim) <= most);
    }

    #[test]
    fn a_hot_key_is_not_helped_and_does_not_grow_the_stream_for_ever() {
        let mut sim = with_stream(CapacityMode::OnDemand, 0);
        flow(&mut sim, 6 * 15, 1_500, Some("hot"));
        assert_eq!(open(&sim), 8, "twice what it began with");
        assert!(flow(&mut sim, 1, 1_500, Some("hot")) > 25);
    }

    #[test]
    fn peaks_are_forgotten_after_30_days() {
        let mut sim = with_stream(CapacityMode::OnDemand, 0);
        let mut demand =
            sim.request(|service, _| service.stream(STREAM).unwrap().demand.clone().unwrap());
        let day = |day: u64| Instant::from_secs(day * 86_400);
        for (at, load, peak) in
            [(1, 9, 9), (2, 5, 9), (3, 7, 9), (30, 1, 9), (31, 1, 7), (33, 1, 1)]
        {
            demand.note_peak(day(at), load);
            assert_eq!(demand.peak_bytes_per_second(), peak, "day {at}");
        }
    }

    #[test]
    fn a_switch_keeps_the_shards_and_a_day_has_two() {
        let mut sim = with_stream(CapacityMode::Provisioned, 6);
        let switch = |sim: &mut Simulation, mode| {
            let done =
                sim.request(|service, now| service.update_stream_mode(now, &name(), mode, 0));
            sim.advance(sim.now() + Duration::from_secs(30));
            done
        };
        switch(&mut sim, CapacityMode::OnDemand).unwrap();
        assert_eq!(open(&sim), 6);
        switch(&mut sim, CapacityMode::OnDemand).unwrap();
        switch(&mut sim, CapacityMode::Provisioned).unwrap();
        assert_eq!((open(&sim), sim.service().provisioned_shard_count()), (6, 6));
        let third = switch(&mut sim, CapacityMode::OnDemand);
        assert!(matches!(third, Err(Refusal::TooOftenADay { .. })));
    }

    #[test]
    fn warm_throughput_needs_advantage_and_opens_shards() {
        let mut sim = with_stream(CapacityMode::OnDemand, 0);
        let warm = |sim: &mut Simulation, mibps| {
            sim.request(|service, now| service.update_stream_warm_throughput(now, &name(), mibps))
        };
        assert_eq!(warm(&mut sim, 100), Err(Refusal::NeedsAdvantage));
        sim.request(Service::enable_commitment);
        assert!(matches!(warm(&mut sim, 10_241), Err(Refusal::InvalidArgument(_))));
        let cold = WarmThroughput { target_mibps: 100, current_mibps: 4 };
        assert_eq!(warm(&mut sim, 100), Ok(cold));
        sim.advance(sim.now() + Duration::from_mins(2));
        assert_eq!(open(&sim), 100);
        let ready = WarmThroughput { target_mibps: 100, current_mibps: 100 };
        assert_eq!(sim.service().stream(STREAM).unwrap().warm_throughput(), Some(ready));
    }
}
