//! Resharding: splits, merges, and plans of them.
//!
//! A parent closes and its children open in the same instant; until then the old shards are shown
//! and take records. Read first:
//! <https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-resharding.html>.

mod plan;

pub use plan::{Plan, Step};

use super::capacity_mode::CapacityMode;
use super::hash_key::{HashKey, HashKeyRange};
use super::limits::UPDATE_SHARD_COUNT_SHARDS;
use super::names::{ShardId, StreamId, StreamName};
use super::stream::{Stream, StreamStatus};
use super::{Service, Task};
use crate::engine::event::Event;
use crate::engine::refusal::{DailyCall, Refusal};
use crate::engine::time::Instant;
use std::time::Duration;

/// How long one split or merge takes, while the stream is `UPDATING`. AWS names no time; recorded
/// sessions see the stream `ACTIVE` again after "a few seconds".
pub const STEP_TIME: Duration = Duration::from_secs(5);

/// What `UpdateShardCount` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShardCounts {
    /// Open shards when it was asked.
    pub current: u32,
    /// Open shards once it is done.
    pub target: u32,
}

impl Service {
    /// Begins to split a shard in two; `at` is the first hash key of the upper one. It is done
    /// after [`STEP_TIME`].
    pub fn split_shard(
        &mut self,
        now: Instant,
        name: &StreamName,
        shard: ShardId,
        at: HashKey,
    ) -> Result<(), Refusal> {
        let stream = self.reshardable(name)?;
        let range = stream.open_shard_range(shard)?;
        self.must_fit_shards(1)?;
        // Stricter than AWS's text, which says "in the range": this is what its service checks.
        if at.0 <= range.start.0.saturating_add(1) || at >= range.end {
            return Err(Refusal::InvalidSplit { stream: name.clone(), shard, at, range });
        }
        let (id, target) = (stream.id, stream.open_shard_count() + 1);
        self.begin_plan(now, id, Plan::of(target, vec![Step::Split(at)]));
        Ok(())
    }

    /// Begins to merge two shards; `adjacent` is the one just above `shard`. It is done after
    /// [`STEP_TIME`].
    pub fn merge_shards(
        &mut self,
        now: Instant,
        name: &StreamName,
        shard: ShardId,
        adjacent: ShardId,
    ) -> Result<(), Refusal> {
        let stream = self.reshardable(name)?;
        let (lower, upper) = (stream.open_shard_range(shard)?, stream.open_shard_range(adjacent)?);
        if lower.end.0.checked_add(1) != Some(upper.start.0) {
            return Err(Refusal::NotAdjacent { stream: name.clone(), shard, adjacent });
        }
        let (id, target) = (stream.id, stream.open_shard_count() - 1);
        self.begin_plan(now, id, Plan::of(target, vec![Step::Merge(upper.start)]));
        Ok(())
    }

    /// Begins to bring a stream to `target` shards of even size (`UNIFORM_SCALING`), by splits and
    /// merges one after the other, each [`STEP_TIME`] long.
    pub fn update_shard_count(
        &mut self,
        now: Instant,
        name: &StreamName,
        target: u32,
    ) -> Result<ShardCounts, Refusal> {
        let stream = self.reshardable(name)?;
        let current = stream.open_shard_count();
        if target > current.saturating_mul(2) || target < current.div_ceil(2) {
            return Err(Refusal::ScalesTooFar { open: current, target });
        }
        if u64::from(target) > UPDATE_SHARD_COUNT_SHARDS.value {
            return Err(Refusal::TooManyShards { target });
        }
        stream.must_allow_today(now, DailyCall::UpdateShardCount, &self.settings)?;
        let plan = Plan::uniform(&stream.open_ranges(), target);
        // "These short-lived shards count towards your total shard limit" (AWS).
        self.must_fit_shards(plan.extra_shards())?;
        let id = stream.id;
        let stream = self.stream_named_mut(name)?;
        stream.count_today(now, DailyCall::UpdateShardCount);
        self.begin_plan(now, id, plan);
        Ok(ShardCounts { current, target })
    }

    /// Makes a stream `UPDATING` and performs the plan round by round.
    pub(super) fn begin_plan(&mut self, now: Instant, id: StreamId, plan: Plan) {
        let stream = self.stream_mut(id).expect("whoever plans found the stream");
        assert!(stream.resharding.is_none(), "a stream that is resharded is not ACTIVE");
        stream.resharding = Some(plan);
        self.agenda.plan(now + self.settings.takes(STEP_TIME), Task::Reshard(id));
        self.set_status(id, StreamStatus::Updating);
    }

    /// Performs the next round of a plan; after the last one the stream is `ACTIVE` again.
    pub(super) fn reshard(&mut self, now: Instant, id: StreamId) {
        let Some(stream) = self.stream_mut(id) else { return };
        let Some(plan) = &mut stream.resharding else { return };
        let count = plan.steps.len().min(plan.at_once as usize);
        let steps: Vec<Step> = plan.steps.drain(..count).collect();
        let done = plan.steps.is_empty();
        for step in steps {
            self.perform_step(now, id, step);
        }
        if done {
            self.stream_mut(id).expect("it was just changed").resharding = None;
            self.finish_update(id);
        } else {
            self.agenda.plan(now + self.settings.takes(STEP_TIME), Task::Reshard(id));
        }
    }

    /// Closes the parents of a step and opens its children, all in this instant.
    pub(super) fn perform_step(&mut self, now: Instant, id: StreamId, step: Step) {
        let found = self.streams.get_mut(id.0 as usize).and_then(Option::as_mut);
        let stream = found.expect("whoever reshards found the stream");
        let (parents, children) = match step {
            Step::Split(at) => {
                let (parent, children) = stream.split(now, at, &self.settings);
                (vec![parent], children.to_vec())
            }
            Step::Merge(at) => {
                let (parents, child) = stream.merge(now, at, &self.settings);
                (parents.to_vec(), vec![child])
            }
        };
        for shard in parents {
            self.events.push(Event::ShardClosed { stream: id, shard });
            self.plan_trim(now, id, shard);
            self.wake_subscriptions(now, id, shard);
        }
        let opened = children.into_iter().map(|shard| Event::ShardOpened { stream: id, shard });
        self.events.extend(opened);
    }

    /// A stream whose shards its customer may change, now.
    fn reshardable(&self, name: &StreamName) -> Result<&Stream, Refusal> {
        let stream = self.stream_named(name)?;
        if stream.mode == CapacityMode::OnDemand {
            return Err(Refusal::OnDemandOnly(name.clone()));
        }
        stream.must_be_active()?;
        Ok(stream)
    }
}

impl Stream {
    /// The ranges of the open shards, in their order.
    pub(super) fn open_ranges(&self) -> Vec<HashKeyRange> {
        self.open_shards().map(|shard| shard.range).collect()
    }

    fn open_shard_range(&self, id: ShardId) -> Result<HashKeyRange, Refusal> {
        let shard = self.shard(id)?;
        if shard.is_open() {
            return Ok(shard.range);
        }
        Err(Refusal::ShardNotOpen { stream: self.name.clone(), shard: id })
    }

    fn split(
        &mut self,
        now: Instant,
        at: HashKey,
        settings: &super::account::Settings,
    ) -> (ShardId, [ShardId; 2]) {
        let parent = self.owner(at);
        let HashKeyRange { start, end } = self.shards()[parent.0 as usize].range;
        assert!(start < at, "a split draws a border inside of a shard");
        let epoch_secs = self.close_for_children(&[parent], now);
        let lower = HashKeyRange { start, end: HashKey(at.0 - 1) };
        let upper = HashKeyRange { start: at, end };
        let children =
            [lower, upper].map(|range| self.open_shard(range, epoch_secs, now, settings));
        for child in children {
            self.shards_mut()[child.0 as usize].parent = Some(parent);
        }
        self.shards_mut()[parent.0 as usize].children = children.to_vec();
        (parent, children)
    }

    fn merge(
        &mut self,
        now: Instant,
        at: HashKey,
        settings: &super::account::Settings,
    ) -> ([ShardId; 2], ShardId) {
        let parents = [self.owner(HashKey(at.0 - 1)), self.owner(at)];
        let [lower, upper] = parents.map(|id| self.shards()[id.0 as usize].range);
        assert_eq!(upper.start, at, "a merge wipes out a border between two shards");
        let epoch_secs = self.close_for_children(&parents, now);
        let range = HashKeyRange { start: lower.start, end: upper.end };
        let child = self.open_shard(range, epoch_secs, now, settings);
        let opened = &mut self.shards_mut()[child.0 as usize];
        (opened.parent, opened.adjacent_parent) = (Some(parents[0]), Some(parents[1]));
        for parent in parents {
            self.shards_mut()[parent.0 as usize].children = vec![child];
        }
        (parents, child)
    }

    /// Closes shards and says when the epoch of their children begins: one second after the seconds
    /// in the parents' ending sequence numbers, as in all recorded traces.
    fn close_for_children(&mut self, parents: &[ShardId], now: Instant) -> u64 {
        let mut last_secs = 0;
        for &parent in parents {
            self.close_shard(parent, now);
            last_secs = last_secs.max(self.shards()[parent.0 as usize].sequence_secs(now));
        }
        last_secs + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::service::lifecycle::NewStream;
    use crate::engine::service::retention::TRIM_STEP;

    const DAY: Duration = Duration::from_hours(24);

    fn with_shards(shards: u32) -> (Simulation, StreamName) {
        let mut sim = Simulation::new(7, Instant::DEFAULT_START);
        let name = StreamName::new("clicks").unwrap();
        let mode = CapacityMode::Provisioned;
        let new = NewStream { name: name.clone(), mode, shards, max_record_kib: 1_024 };
        sim.request(|service, now| service.create_stream(now, new)).unwrap();
        wait(&mut sim, 10);
        (sim, name)
    }

    fn wait(sim: &mut Simulation, secs: u64) {
        sim.advance(sim.now() + Duration::from_secs(secs));
        sim.drop_events();
    }

    fn ids(sim: &Simulation, name: &StreamName) -> Vec<u32> {
        let stream = sim.service().stream_named(name).unwrap();
        stream.open_shards().map(|shard| shard.id.0).collect()
    }

    #[test]
    fn a_split_closes_its_parent_when_its_children_open() {
        let (mut sim, name) = with_shards(1);
        let at = HashKeyRange::ALL.midpoint();
        let split = |sim: &mut Simulation, at| {
            sim.request(|service, now| service.split_shard(now, &name, ShardId(0), at))
        };
        for bad in [HashKey(0), HashKey(1), HashKey::MAX] {
            assert!(matches!(split(&mut sim, bad), Err(Refusal::InvalidSplit { .. })));
        }
        split(&mut sim, at).unwrap();
        assert!(matches!(split(&mut sim, at), Err(Refusal::StreamNotActive { .. })));
        assert_eq!(ids(&sim, &name), [0]);
        wait(&mut sim, 5);
        assert_eq!(ids(&sim, &name), [1, 2]);
        assert!(matches!(split(&mut sim, at), Err(Refusal::ShardNotOpen { .. })));
        let shards = sim.service().stream_named(&name).unwrap().shards();
        assert_eq!(shards[0].children, [ShardId(1), ShardId(2)]);
        assert_eq!(shards[2].parent, Some(ShardId(0)));
        let ending = shards[0].ending_sequence_number().unwrap();
        assert_eq!(shards[1].epoch_secs, ending.time_secs + 1);
    }

    #[test]
    fn a_merge_wants_its_shards_in_their_order_and_an_empty_parent_expires() {
        let (mut sim, name) = with_shards(2);
        let (low, high) = (ShardId(0), ShardId(1));
        let merge = |sim: &mut Simulation, shard, adjacent| {
            sim.request(|service, now| service.merge_shards(now, &name, shard, adjacent))
        };
        assert!(matches!(merge(&mut sim, high, low), Err(Refusal::NotAdjacent { .. })));
        merge(&mut sim, low, high).unwrap();
        wait(&mut sim, 5);
        assert_eq!(ids(&sim, &name), [2]);
        let child = &sim.service().stream_named(&name).unwrap().shards()[2];
        assert_eq!((child.parent, child.adjacent_parent), (Some(low), Some(high)));
        sim.advance(sim.now() + DAY + TRIM_STEP);
        let stream = sim.service().stream_named(&name).unwrap();
        assert!(stream.shards()[..2].iter().all(crate::engine::service::shard::Shard::is_expired));
    }

    #[test]
    fn ten_calls_a_day_are_allowed_and_the_day_rolls() {
        let (mut sim, name) = with_shards(2);
        let update = |sim: &mut Simulation, target| {
            let answer = sim.request(|service, now| service.update_shard_count(now, &name, target));
            wait(sim, 60);
            answer
        };
        for (target, current) in [(4, 2), (5, 4), (3, 5), (6, 3), (3, 6)] {
            assert_eq!(update(&mut sim, target), Ok(ShardCounts { current, target }));
            assert_eq!(ids(&sim, &name).len(), target as usize);
        }
        for target in [7, 1] {
            assert!(matches!(update(&mut sim, target), Err(Refusal::ScalesTooFar { .. })));
        }
        for target in [6, 3, 6, 3, 6] {
            update(&mut sim, target).unwrap();
        }
        assert!(matches!(update(&mut sim, 3), Err(Refusal::TooOftenADay { .. })));
        // The first call was twelve minutes before the one that was refused.
        wait(&mut sim, 86_400 - 13 * 60 - 30);
        assert!(matches!(update(&mut sim, 3), Err(Refusal::TooOftenADay { .. })));
        assert_eq!(update(&mut sim, 3), Ok(ShardCounts { current: 6, target: 3 }));
    }
}
