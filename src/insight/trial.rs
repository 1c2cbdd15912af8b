//! A trial: some lines entered into a copy of a run, and what happens there in the next minute.

use crate::engine::actor::ActorId;
use crate::engine::client::producer::Producer;
use crate::engine::event::Event;
use crate::engine::service::names::StreamId;
use crate::engine::service::stream::Stream;
use crate::engine::time::{Instant, whole_micros};
use crate::journal::Journal;
use std::time::Duration;

/// How long a trial lasts, unless the run does too much in it.
pub const HORIZON: Duration = Duration::from_mins(1);
/// The part of it that is called its end.
pub const END: Duration = Duration::from_secs(10);
/// Tasks after which the first trial ends, and with it all others: half a second of work or so.
const TASKS_MAX: u64 = 400_000;
/// Tasks between two looks at the viewer's clock.
const CHUNK: u64 = 128;

/// A trial on its way.
#[derive(Debug)]
pub struct Trial {
    journal: Journal,
    /// Whose numbers are counted.
    stream: StreamId,
    /// The producers that send there.
    producers: Vec<ActorId>,
    begun: Instant,
    until: Instant,
    /// Tasks that it may perform; `None` for as many as it takes.
    tasks_until: Option<u64>,
    /// Why the first line that did not work did not.
    error: Option<String>,
    /// The first script that its lines have become: one that is throttled asks again.
    first_job: u32,
    sums: Sums,
    /// What each second was refused: records and calls of readers.
    seconds: Vec<(u64, u64)>,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Records stored.
    pub accepted: u64,
    /// Records refused, one more time with each attempt.
    pub refused: u64,
    /// Records that producers sent again.
    pub retried: u64,
    /// Records that producers gave up.
    pub given_up: u64,
    /// Records that consumers received.
    pub read: u64,
    /// Calls of readers that were refused.
    pub reads_refused: u64,
}

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In how much simulated time.
    pub lasted: Duration,
    /// What was counted.
    pub sums: Sums,
    /// Records refused a second, and calls of readers, at its [`END`]; rounded up.
    pub refused_at_end: (u64, u64),
    /// Records that wait for an answer or to be sent again at the end.
    pub waiting: u64,
    /// How far the farthest consumer was behind at the end, in milliseconds.
    pub behind_millis: u64,
    /// Shards that were open at the end.
    pub shards: u32,
    /// Registered consumers at the end.
    pub registered: u64,
    /// What a line that did not work printed.
    pub error: Option<String>,
}

impl Trial {
    /// Enters lines into a copy of a run, and counts what happens to a stream then.
    pub fn begin(
        run: &Journal,
        stream: StreamId,
        lines: &[String],
        horizon: Option<Duration>,
    ) -> Self {
        let mut journal = run.clone();
        let (mut error, mut first_job) = (None, u32::MAX);
        for line in lines {
            let output = journal.enter(line);
            first_job = output.job.map_or(first_job, |job| job.min(first_job));
            if output.status != 0 && error.is_none() {
                error = Some(output.stderr.trim().to_owned());
            }
        }
        journal.drop_news();
        let begun = journal.simulation().now();
        let performed = journal.console().tasks_performed();
        let world = journal.simulation();
        let name = world.service().stream(stream).map(|found| &found.name);
        let producers = world.clients().producers();
        let sends_there = |one: &&Producer| Some(&one.work().sending().stream) == name;
        let producers = producers.filter(sends_there).map(Producer::id).collect();
        Self {
            stream,
            producers,
            begun,
            until: begun + horizon.unwrap_or(HORIZON),
            tasks_until: horizon.is_none().then_some(performed + TASKS_MAX),
            journal,
            error,
            first_job,
            sums: Sums::default(),
            seconds: Vec::new(),
        }
    }

    /// Goes on as long as there is time; says what was measured when it is over.
    pub fn work(&mut self, has_time: &mut impl FnMut() -> bool) -> Option<Outcome> {
        loop {
            let arrived = self.journal.advance_within(self.until, CHUNK);
            while let Some((at, event)) = self.journal.simulation_mut().poll_event() {
                self.count(at, &event);
            }
            while let Some(printed) = self.journal.take_printed() {
                let has_failed = printed.is_over && printed.output.status != 0;
                if has_failed && printed.job >= self.first_job && self.error.is_none() {
                    self.error = Some(printed.output.stderr.trim().to_owned());
                }
            }
            let performed = self.journal.console().tasks_performed();
            if arrived || self.tasks_until.is_some_and(|most| performed >= most) {
                return Some(self.outcome());
            }
            if !has_time() {
                return None;
            }
        }
    }

    fn count(&mut self, at: Instant, event: &Event) {
        let sums = &mut self.sums;
        let (mut records, mut calls) = (0, 0);
        match *event {
            Event::RecordsAccepted { stream, records, .. } if stream == self.stream => {
                sums.accepted += u64::from(records);
            }
            Event::WritesThrottled { throttle, records: refused, .. }
                if throttle.stream == self.stream =>
            {
                records = u64::from(refused);
            }
            Event::ReadThrottled(throttle) if throttle.stream == self.stream => calls = 1,
            Event::RecordsRead { stream, records, .. }
            | Event::RecordsPushed { stream, records, .. }
                if stream == self.stream =>
            {
                sums.read += u64::from(records);
            }
            Event::RecordsRetried { actor, records, .. } if self.producers.contains(&actor) => {
                sums.retried += u64::from(records);
            }
            Event::RecordsGivenUp { actor, records } if self.producers.contains(&actor) => {
                sums.given_up += u64::from(records);
            }
            _ => {}
        }
        sums.refused += records;
        sums.reads_refused += calls;
        if records + calls > 0 {
            let second = usize::try_from(at.since(self.begun).as_secs()).unwrap_or(0);
            if self.seconds.len() <= second {
                self.seconds.resize(second + 1, (0, 0));
            }
            let sum = &mut self.seconds[second];
            (sum.0, sum.1) = (sum.0 + records, sum.1 + calls);
        }
    }

    fn outcome(&mut self) -> Outcome {
        let world = self.journal.simulation();
        let (service, now) = (world.service(), world.now());
        let lasted = now - self.begun;
        // Whole seconds: the one that has just begun says too little, unless it is all there is.
        let end = usize::try_from(whole_micros(lasted).div_ceil(1_000_000)).unwrap_or(0).max(1);
        let secs = usize::try_from(END.as_secs()).unwrap_or(1).min(end);
        let last = (end - secs..end).filter_map(|second| self.seconds.get(second));
        let (mut records, mut calls) = (0, 0);
        for (of_records, of_calls) in last {
            (records, calls) = (records + of_records, calls + of_calls);
        }
        let readers = world.clients().consumers();
        let readers = readers.filter(|one| one.stream() == Some(self.stream));
        let lags = readers.flat_map(|consumer| consumer.lags(service, now));
        let stream = service.stream(self.stream);
        let producers = self.producers.iter().filter_map(|&id| world.clients().producer(id));
        let waiting = producers.map(|producer| producer.counters().pending());
        Outcome {
            lasted,
            sums: self.sums,
            refused_at_end: (records.div_ceil(secs as u64), calls.div_ceil(secs as u64)),
            waiting: waiting.sum(),
            behind_millis: lags.map(|lag| lag.millis).max().unwrap_or(0),
            shards: stream.map_or(0, Stream::open_shard_count),
            registered: stream.map_or(0, |stream| stream.consumers.iter().count() as u64),
            error: self.error.take(),
        }
    }
}
