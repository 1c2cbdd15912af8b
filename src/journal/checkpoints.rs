//! Checkpoints of a run: worlds to go back to, close enough together that going back is quick.

use crate::console::Console;
use crate::engine::time::Instant;
use std::rc::Rc;

/// Tasks between two checkpoints, at first: some 20 milliseconds of work.
pub const TASKS: u64 = 8_192;
/// The most checkpoints of a branch; beyond, every second one is dropped and they get rarer.
const COUNT_MAX: usize = 128;
/// The most bytes that the checkpoints of a branch may keep from being shared, by their own
/// estimate.
const BYTES_MAX: u64 = 64 << 20;

/// A world, and how many entries it has seen.
#[derive(Debug)]
struct Checkpoint {
    at: Instant,
    /// Tasks performed until then.
    tasks: u64,
    seen: usize,
    bytes: u64,
    world: Console,
}

/// The checkpoints of one branch, the first of them its beginning.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    kept: Vec<Rc<Checkpoint>>,
    /// How many tasks two checkpoints lie apart.
    tasks_apart: u64,
}

impl Checkpoints {
    /// The beginning alone.
    pub fn starting_with(world: &Console) -> Self {
        Self { kept: vec![checkpoint(world, 0)], tasks_apart: TASKS }
    }

    /// One world alone, whatever follows: nothing more is kept.
    pub fn only(world: &Console, seen: usize) -> Self {
        Self { kept: vec![checkpoint(world, seen)], tasks_apart: u64::MAX }
    }

    /// Keeps a world if enough has happened since the last one.
    pub fn offer(&mut self, world: &Console, seen: usize) {
        let last = self.kept.last().expect("the beginning is always kept");
        let since = world.tasks_performed().saturating_sub(last.tasks);
        if since < self.tasks_apart {
            return;
        }
        self.kept.push(checkpoint(world, seen));
        let bytes: u64 = self.kept.iter().map(|checkpoint| checkpoint.bytes).sum();
        if self.kept.len() > COUNT_MAX || (bytes > BYTES_MAX && self.kept.len() > 2) {
            self.thin();
        }
    }

    /// The last world at `to` or before, and how many entries it has seen.
    pub fn last_until(&self, to: Instant) -> (Console, usize) {
        let last = self.last(to);
        (last.world.clone(), last.seen)
    }

    /// When that was.
    pub fn last_instant(&self, to: Instant) -> Instant {
        self.last(to).at
    }

    fn last(&self, to: Instant) -> &Checkpoint {
        let after = self.kept.partition_point(|checkpoint| checkpoint.at <= to);
        &self.kept[after.saturating_sub(1)]
    }

    /// The checkpoints that a branch shares which leaves at `at` having seen so many entries.
    pub fn until(&self, at: Instant, seen: usize) -> Self {
        let shared = |checkpoint: &&Rc<Checkpoint>| checkpoint.at <= at && checkpoint.seen <= seen;
        let kept = self.kept.iter().filter(shared).cloned().collect();
        Self { kept, ..self.clone() }
    }

    /// Drops every second checkpoint, never the beginning.
    fn thin(&mut self) {
        let mut place = 0_usize;
        self.kept.retain(|_| {
            place += 1;
            place % 2 == 1
        });
        self.tasks_apart *= 2;
    }
}

fn checkpoint(world: &Console, seen: usize) -> Rc<Checkpoint> {
    let simulation = world.simulation();
    let (at, tasks) = (simulation.now(), world.tasks_performed());
    let bytes = simulation.service().unshared_bytes();
    Rc::new(Checkpoint { at, tasks, seen, bytes, world: world.without_events() })
}
