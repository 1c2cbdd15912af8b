//! Checkpoints of a run: worlds to go back to, close enough together that going back is quick.

use crate::console::Console;
use crate::engine::service::Service;
use crate::engine::time::Instant;
use std::rc::Rc;

/// Tasks between two checkpoints, at least: some 3 milliseconds of work.
pub const TASKS: u64 = 1_024;
/// The most checkpoints of a branch.
const COUNT_MAX: usize = 128;
/// The most bytes of one kind of copies; see [`allowance`].
const BYTES_MAX: u64 = 64 << 20;
/// In any world: so many copies, however much one takes.
const WORTH: u64 = 4;
/// In any world: so many bytes, which copies of a small one fill within its first hour.
const ROOM: u64 = 128 << 10;
/// The part of what the records of a run take that its copies may take, if that is more.
const RECORDS_PART: u64 = 4;

/// The most bytes that copies of one kind may take by themselves, given what one of them does: a
/// branch's checkpoints, the expired records that those keep, the pasts beside them.
///
/// Memory of a page never shrinks, and a run may last for days. So copies take what they may within
/// its first hour, and beyond grow only where its records do, which then take four times as much.
pub fn allowance(service: &Service, one: u64) -> u64 {
    let by_records = service.record_bytes() / RECORDS_PART;
    one.saturating_mul(WORTH).max(by_records).clamp(ROOM, BYTES_MAX)
}

/// What a world takes beside its records, metrics, shards and clients: agendas, the shell, the
/// account. Measured with a stream and three clients, where all of it is 14 KB.
const REST_BYTES: u64 = 10 << 10;

/// A world, and how many entries it has seen.
#[derive(Debug)]
struct Checkpoint {
    at: Instant,
    /// Tasks performed until then.
    tasks: u64,
    seen: usize,
    /// Its logs keep what they have grown to in later checkpoints: it is cut before it is used.
    world: Console,
}

#[derive(Clone, Debug)]
struct Kept {
    /// Bytes that the next checkpoint does not keep as well, records left out.
    own: u64,
    /// Bytes of records that have expired by the next checkpoint.
    expired: u64,
    checkpoint: Rc<Checkpoint>,
}

/// The checkpoints of one branch, the first of them its beginning.
///
/// They lie about equally far apart, as close together as [`allowance`] lets them. Where records
/// expire, a checkpoint is dear that keeps them: then only the latest ones stay, and whoever goes
/// back further starts at the beginning.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    kept: Vec<Kept>,
    /// How many tasks two checkpoints lie apart, at least.
    tasks_apart: u64,
}

impl Checkpoints {
    /// The beginning alone.
    pub fn starting_with(world: Console) -> Self {
        let (at, tasks) = (world.simulation().now(), world.tasks_performed());
        let checkpoint = Rc::new(Checkpoint { at, tasks, seen: 0, world });
        let beginning = Kept { own: REST_BYTES, expired: 0, checkpoint };
        Self { kept: vec![beginning], tasks_apart: TASKS }
    }

    /// One world alone, whatever follows: nothing more is kept.
    pub fn only(world: &Console, seen: usize) -> Self {
        Self { kept: vec![kept(world, seen)], tasks_apart: u64::MAX }
    }

    /// Whether enough has happened since the last one to keep a world.
    pub fn is_due(&self, world: &Console) -> bool {
        let last = &self.kept.last().expect("the beginning is always kept").checkpoint;
        world.tasks_performed().saturating_sub(last.tasks) >= self.tasks_apart()
    }

    /// How many tasks the next one lies behind the last: as many as the others do.
    fn tasks_apart(&self) -> u64 {
        let [_, first, .., last] = &self.kept[..] else { return self.tasks_apart };
        let between = self.kept.len() as u64 - 2;
        self.tasks_apart.max((last.checkpoint.tasks - first.checkpoint.tasks) / between)
    }

    /// Keeps a world.
    pub fn keep(&mut self, world: &Console, seen: usize) {
        let fresh = kept(world, seen);
        self.share_records(&fresh.checkpoint);
        self.kept.push(fresh);
        self.weigh(self.kept.len() - 2);
        while let Some(place) = self.too_many() {
            self.kept.remove(place);
            self.weigh(place - 1);
        }
    }

    /// The last world at `to` or before, and how many entries it has seen.
    pub fn last_until(&self, to: Instant) -> (Console, usize) {
        let last = self.last(to);
        let mut world = last.world.clone();
        world.simulation_mut().cut_records();
        (world, last.seen)
    }

    /// When that was.
    pub fn last_instant(&self, to: Instant) -> Instant {
        self.last(to).at
    }

    fn last(&self, to: Instant) -> &Checkpoint {
        let after = self.kept.partition_point(|kept| kept.checkpoint.at <= to);
        &self.kept[after.saturating_sub(1)].checkpoint
    }

    /// The checkpoints that a branch shares which leaves at `at` having seen so many entries.
    pub fn until(&self, at: Instant, seen: usize) -> Self {
        let is_shared = |kept: &&Kept| kept.checkpoint.at <= at && kept.checkpoint.seen <= seen;
        let kept = self.kept.iter().filter(is_shared).cloned().collect();
        Self { kept, ..self.clone() }
    }

    /// Lets go of what the next checkpoint keeps as well: with few records between them, all share
    /// the segments that are still open.
    fn share_records(&mut self, next: &Checkpoint) {
        let mut later = next;
        for kept in self.kept.iter_mut().rev() {
            // One that other branches have as well stays as it is.
            let Some(earlier) = Rc::get_mut(&mut kept.checkpoint) else { return };
            if !earlier.world.simulation_mut().share_records(later.world.simulation()) {
                return;
            }
            later = earlier;
        }
    }

    /// Notes what a checkpoint keeps that the next one does not.
    fn weigh(&mut self, place: usize) {
        let Some(next) = self.kept.get(place + 1) else { return };
        let next = Rc::clone(&next.checkpoint);
        let kept = &mut self.kept[place];
        let beside = bytes_beside(&kept.checkpoint.world, &next.world);
        kept.expired = beside.saturating_sub(kept.own);
    }

    /// The place of one to drop, if they are too many or too heavy: never the beginning, or the
    /// last.
    fn too_many(&self) -> Option<usize> {
        let [_, _, .., last] = &self.kept[..] else { return None };
        let service = last.checkpoint.world.simulation().service();
        let most = allowance(service, last.own);
        let sum = |bytes: fn(&Kept) -> u64| self.kept.iter().map(bytes).sum::<u64>();
        // What has expired is given back once the first ones are gone, which all keep it.
        if sum(|kept| kept.expired) > most {
            return Some(1);
        }
        if self.kept.len() <= COUNT_MAX && sum(|kept| kept.own) <= most {
            return None;
        }
        // That without which the way between its neighbors is shortest.
        let tasks = |place: usize| self.kept[place].checkpoint.tasks;
        (1..self.kept.len() - 1).min_by_key(|place| tasks(place + 1) - tasks(place - 1))
    }
}

fn kept(world: &Console, seen: usize) -> Kept {
    let simulation = world.simulation();
    let (at, tasks) = (simulation.now(), world.tasks_performed());
    let own = bytes_beside(world, world);
    let world = world.without_events();
    Kept { own, expired: 0, checkpoint: Rc::new(Checkpoint { at, tasks, seen, world }) }
}

/// Bytes that are kept for a world alone, given the next one that is kept.
fn bytes_beside(world: &Console, next: &Console) -> u64 {
    let of_service = world.simulation().service().bytes_beside(next.simulation().service());
    of_service + world.simulation().clients().unshared_bytes() + REST_BYTES
}
