//! Checkpoints of a run: worlds to go back to, close enough together that going back is quick.

use crate::console::Console;
use crate::engine::service::Service;
use crate::engine::time::Instant;
use std::rc::Rc;

/// Tasks between two checkpoints, at first: some 20 milliseconds of work.
pub const TASKS: u64 = 8_192;
/// The most checkpoints of a branch; beyond, every second one is dropped and they get rarer.
const COUNT_MAX: usize = 128;
/// The most bytes of one kind of copies; see [`allowance`].
const BYTES_MAX: u64 = 64 << 20;
/// What they may take in any run.
const BYTES_FREE: u64 = 512 << 10;
/// In a world of many shards: so many copies, however much one takes.
const WORTH: u64 = 8;
/// The part of what the records of a run take that its copies may take beside them.
const RECORDS_PART: u64 = 4;

/// The most bytes that a branch's checkpoints may take that no later world keeps as well, and the
/// most that pasts beside them may take, given what one of them does.
///
/// Memory of a page never shrinks, and a run may last for days. So what grows with it is what it
/// retains, some ten bytes a record, and in copies at most a quarter of that beside a fixed amount.
/// A record a second for ten hours is 0.4 MB of records and 0.1 MB more of either copies.
pub fn allowance(service: &Service, one: u64) -> u64 {
    let fixed = BYTES_FREE.max(one.saturating_mul(WORTH));
    (fixed + service.record_bytes() / RECORDS_PART).min(BYTES_MAX)
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
    /// What the next checkpoint does not keep as well.
    bytes: u64,
    checkpoint: Rc<Checkpoint>,
}

/// The checkpoints of one branch, the first of them its beginning.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    kept: Vec<Kept>,
    /// How many tasks two checkpoints lie apart.
    tasks_apart: u64,
}

impl Checkpoints {
    /// The beginning alone.
    pub fn starting_with(world: Console) -> Self {
        let (at, tasks) = (world.simulation().now(), world.tasks_performed());
        let checkpoint = Rc::new(Checkpoint { at, tasks, seen: 0, world });
        Self { kept: vec![Kept { bytes: REST_BYTES, checkpoint }], tasks_apart: TASKS }
    }

    /// One world alone, whatever follows: nothing more is kept.
    pub fn only(world: &Console, seen: usize) -> Self {
        Self { kept: vec![kept(world, seen)], tasks_apart: u64::MAX }
    }

    /// Whether enough has happened since the last one to keep a world.
    pub fn is_due(&self, world: &Console) -> bool {
        let last = &self.kept.last().expect("the beginning is always kept").checkpoint;
        world.tasks_performed().saturating_sub(last.tasks) >= self.tasks_apart
    }

    /// Keeps a world.
    pub fn keep(&mut self, world: &Console, seen: usize) {
        let fresh = kept(world, seen);
        self.share_records(&fresh.checkpoint);
        self.kept.push(fresh);
        self.weigh(self.kept.len() - 2);
        while self.are_too_many() {
            self.thin();
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

    /// Bytes that are kept for these checkpoints alone.
    fn bytes(&self) -> u64 {
        self.kept.iter().map(|kept| kept.bytes).sum()
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

    /// Notes what the checkpoints from a place on take by themselves.
    fn weigh(&mut self, from: usize) {
        for place in from..self.kept.len() {
            let next = self.kept.get(place + 1).map(|next| &next.checkpoint.world);
            let bytes = bytes_beside(&self.kept[place].checkpoint.world, next);
            self.kept[place].bytes = bytes;
        }
    }

    fn are_too_many(&self) -> bool {
        let [_, .., last] = &self.kept[..] else { return false };
        let is_heavy = || self.bytes() > allowance(last.service(), last.bytes);
        self.kept.len() > COUNT_MAX || self.kept.len() > 2 && is_heavy()
    }

    /// Drops every second checkpoint, never the beginning.
    fn thin(&mut self) {
        let mut place = 0_usize;
        self.kept.retain(|_| {
            place += 1;
            place % 2 == 1
        });
        self.tasks_apart *= 2;
        self.weigh(0);
    }
}

impl Kept {
    fn service(&self) -> &Service {
        self.checkpoint.world.simulation().service()
    }
}

fn kept(world: &Console, seen: usize) -> Kept {
    let simulation = world.simulation();
    let (at, tasks) = (simulation.now(), world.tasks_performed());
    let bytes = bytes_beside(world, None);
    let world = world.without_events();
    Kept { bytes, checkpoint: Rc::new(Checkpoint { at, tasks, seen, world }) }
}

/// Bytes that are kept for a world alone, given the next one that is kept.
fn bytes_beside(world: &Console, next: Option<&Console>) -> u64 {
    let service = world.simulation().service();
    let of_service = next.map_or_else(
        || service.unshared_bytes(),
        |next| service.bytes_beside(next.simulation().service()),
    );
    of_service + world.simulation().clients().unshared_bytes() + REST_BYTES
}
