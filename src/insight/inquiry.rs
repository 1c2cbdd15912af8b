//! An inquiry into a refusal: goes back and looks, writes the receipt, then tries each remedy.
//!
//! It works on copies of the run, so nothing has to be remembered while a run goes on, and nothing
//! that it does is seen there. Same run, same refusal: same numbers.

use super::receipt::keys::KeyShare;
use super::receipt::watch::Watch;
use super::receipt::{AFTER, BEFORE, Receipt};
use super::remedy::{Remedy, remedies};
use super::subject::Sought;
use super::trial::{Outcome, Trial};
use crate::api::throttled;
use crate::engine::event::Event;
use crate::engine::refusal::Throttle;
use crate::engine::time::Instant;
use crate::journal::Journal;
use std::collections::VecDeque;
use std::time::Duration;

/// An inquiry into a refusal.
#[derive(Debug)]
pub struct Inquiry {
    sought: Sought,
    stage: Stage,
    receipt: Option<Receipt>,
    tried: Vec<Tried>,
}

/// A remedy and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The remedy.
    pub remedy: Remedy,
    /// What was measured; `None` while it is not known yet.
    pub outcome: Option<Outcome>,
}

#[derive(Debug)]
enum Stage {
    /// On its way to the refusal, and the beginning of that way.
    Find(Journal, Journal),
    /// On its way to what came before it.
    Approach(Journal, Finding),
    /// There.
    Watch(Box<Watching>),
    /// Trying one remedy after the other.
    Try(Journal, Option<Trial>, VecDeque<usize>),
    /// Everything is known.
    Done,
    /// There is no such refusal any more.
    Lost,
}

/// The refusal.
#[derive(Clone, Copy, Debug)]
struct Finding {
    at: Instant,
    throttle: Throttle,
    /// Where remedies begin.
    fork: Instant,
}

#[derive(Debug)]
struct Watching {
    journal: Journal,
    finding: Finding,
    watch: Watch,
    /// The run where remedies begin.
    fork: Option<Journal>,
}

/// What came of some work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Something new is known.
    More,
    /// Nothing is yet.
    Same,
    /// Nothing more will be.
    Over,
}

/// How long before the refusal remedies begin, unless a line was entered in between.
pub const HEAD_START: Duration = Duration::from_secs(1);
/// Tasks between two looks at the viewer's clock.
const CHUNK: u64 = 128;

impl Inquiry {
    /// Begins to look into a refusal of the current branch.
    pub fn begin(journal: &Journal, sought: Sought) -> Self {
        let past = journal.excursion(sought.from.before(BEFORE), sought.until + AFTER);
        let stage = Stage::Find(past.clone(), past);
        Self { sought, stage, receipt: None, tried: Vec::new() }
    }

    /// The receipt, once it is known.
    pub fn receipt(&self) -> Option<&Receipt> {
        self.receipt.as_ref()
    }

    /// The run as it is and each remedy, with what is known of them.
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }

    /// Whether the refusal cannot be found.
    pub fn is_lost(&self) -> bool {
        matches!(self.stage, Stage::Lost)
    }

    /// What is looked into.
    pub fn sought(&self) -> &Sought {
        &self.sought
    }

    /// Goes on as long as there is time.
    pub fn work(&mut self, mut has_time: impl FnMut() -> bool) -> Progress {
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Find(past, beginning) => self.find(past, beginning, &mut has_time),
            Stage::Approach(journal, finding) => self.approach(journal, finding, &mut has_time),
            Stage::Watch(watching) => self.watch(watching, &mut has_time),
            Stage::Try(fork, trial, waiting) => self.try_out(fork, trial, waiting, &mut has_time),
            over @ (Stage::Done | Stage::Lost) => {
                self.stage = over;
                Progress::Over
            }
        }
    }

    fn find(
        &mut self,
        mut past: Journal,
        beginning: Journal,
        has_time: &mut impl FnMut() -> bool,
    ) -> Progress {
        loop {
            let arrived = past.advance_within(self.sought.until, CHUNK);
            while let Some((at, event)) = past.simulation_mut().poll_event() {
                if let Some(throttle) = self.sought.found(at, &event) {
                    let line = past.entries().iter().rfind(|entry| entry.at <= at);
                    let line = line.map_or(Instant::default(), |entry| entry.at);
                    let fork = at.before(HEAD_START).max(line);
                    self.stage = Stage::Approach(beginning, Finding { at, throttle, fork });
                    return Progress::Same;
                }
            }
            past.drop_news();
            if arrived {
                self.stage = Stage::Lost;
                return Progress::More;
            }
            if !has_time() {
                self.stage = Stage::Find(past, beginning);
                return Progress::Same;
            }
        }
    }

    fn approach(
        &mut self,
        mut journal: Journal,
        finding: Finding,
        has_time: &mut impl FnMut() -> bool,
    ) -> Progress {
        let start = finding.at.before(BEFORE);
        loop {
            // A run that is younger than that is watched from its beginning.
            let arrived =
                journal.simulation().now() > start || journal.advance_within(start, CHUNK);
            journal.drop_news();
            if arrived {
                let watch = Watch::begin(journal.simulation(), finding.throttle);
                let watching = Watching { journal, finding, watch, fork: None };
                self.stage = Stage::Watch(Box::new(watching));
                return Progress::Same;
            }
            if !has_time() {
                self.stage = Stage::Approach(journal, finding);
                return Progress::Same;
            }
        }
    }

    fn watch(
        &mut self,
        mut watching: Box<Watching>,
        has_time: &mut impl FnMut() -> bool,
    ) -> Progress {
        loop {
            for _ in 0..CHUNK {
                if let Some(receipt) = watching.step() {
                    self.receipt = self.receipt.take().or(Some(receipt));
                }
                if watching.is_over() {
                    return self.judge(*watching);
                }
            }
            if !has_time() {
                self.stage = Stage::Watch(watching);
                return Progress::Same;
            }
        }
    }

    /// Everything was seen: completes the receipt, and lists what could be done.
    fn judge(&mut self, watching: Watching) -> Progress {
        let Watching { watch, fork, .. } = watching;
        let (Some(receipt), Some(fork)) = (&mut self.receipt, fork) else {
            self.stage = Stage::Lost;
            return Progress::More;
        };
        receipt.columns = watch.columns();
        let remedies = remedies(fork.simulation(), receipt);
        self.tried = remedies.into_iter().map(|remedy| Tried { remedy, outcome: None }).collect();
        self.stage = Stage::Try(fork, None, (0..self.tried.len()).collect());
        Progress::More
    }

    fn try_out(
        &mut self,
        fork: Journal,
        trial: Option<Trial>,
        mut waiting: VecDeque<usize>,
        has_time: &mut impl FnMut() -> bool,
    ) -> Progress {
        let Some(&place) = waiting.front() else {
            self.stage = Stage::Done;
            return Progress::Over;
        };
        let horizon = self.tried[0].outcome.as_ref().map(|outcome| outcome.lasted);
        let lines = &self.tried[place].remedy.lines;
        if trial.is_none() && !lines.iter().all(|line| fork.console().can_enter(line)) {
            // What the lines need is still being loaded.
            self.stage = Stage::Try(fork, None, waiting);
            return Progress::Same;
        }
        let begin = || Trial::begin(&fork, self.sought.stream, lines, horizon);
        let mut trial = trial.unwrap_or_else(begin);
        let outcome = trial.work(has_time);
        let is_known = outcome.is_some();
        if is_known {
            waiting.pop_front();
            self.tried[place].outcome = outcome;
        }
        self.stage = Stage::Try(fork, (!is_known).then_some(trial), waiting);
        if is_known { Progress::More } else { Progress::Same }
    }
}

impl Watching {
    /// Performs one task; returns the receipt when the refusal comes by.
    fn step(&mut self) -> Option<Receipt> {
        let Self { journal, finding, watch, fork } = self;
        let until = if fork.is_some() { finding.at + AFTER } else { finding.fork };
        // A run that has just begun may be beyond; one that is right there may have more to do.
        let is_beyond = journal.simulation().now() > until;
        let arrived = is_beyond || journal.advance_within(until, 1);
        let mut is_found = false;
        while let Some((at, event)) = journal.simulation_mut().poll_event() {
            watch.take(at, &event);
            is_found |= at == finding.at && throttle_of(&event) == Some(finding.throttle);
        }
        watch.look(journal.simulation());
        journal.drop_news();
        if arrived && fork.is_none() {
            let mut tried = journal.clone();
            tried.branch("tried");
            *fork = Some(tried);
        }
        is_found.then(|| self.receipt())
    }

    fn is_over(&self) -> bool {
        self.fork.is_some() && self.journal.simulation().now() >= self.finding.at + AFTER
    }

    /// The receipt at the moment of the refusal, but for the level after it.
    fn receipt(&self) -> Receipt {
        let Self { finding: Finding { at, throttle, .. }, ref watch, ref journal, .. } = *self;
        let world = journal.simulation();
        let call = watch.call(at);
        let stream = world.service().stream(throttle.stream).expect("it has just refused");
        let bucket = stream.shards()[throttle.shard.0 as usize].buckets.of(throttle.bucket);
        let error = throttled(world, &stream.name, throttle.shard);
        Receipt {
            at,
            throttle,
            stream: stream.name.to_string(),
            name: world.clients().name(throttle.actor).map(ToString::to_string),
            capacity: bucket.capacity(),
            rate: bucket.rate(),
            before: call.before,
            taken: call.taken,
            refused: call.refused,
            columns: Vec::new(),
            drinkers: watch.drinkers(world, at),
            keys: KeyShare::of(world, &throttle, at, BEFORE),
            code: error.code,
            message: error.message,
        }
    }
}

fn throttle_of(event: &Event) -> Option<Throttle> {
    match *event {
        Event::WritesThrottled { throttle, .. } | Event::ReadThrottled(throttle) => Some(throttle),
        _ => None,
    }
}
