//! Producers: they make records and collect them into calls.

mod call;

use super::arrivals::Arrivals;
use super::counters::ProducerCounters;
use super::error::ClientError;
use super::keys::{Drawn, Keys, unique_key};
use super::name::ClientName;
use super::origin::Origins;
use super::rate::Rate;
use super::record_size::RecordSize;
use super::replay::ReplaySpec;
use super::sending::Sending;
use super::source::{Rows, Source};
use super::turn::{LOOK_AGAIN, Task, Turn};
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::rng::Rng;
use crate::engine::service::Service;
use crate::engine::service::limits::PUT_RECORDS_BYTES;
use crate::engine::service::names::StreamId;
use crate::engine::service::record::{Carried, Put};
use crate::engine::time::Instant;
use std::fmt;

/// What a producer of synthetic records shall do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProducerSpec {
    /// How the records are sent, and where to.
    pub sending: Sending,
    /// When they come.
    pub arrivals: Arrivals,
    /// How large they are.
    pub record_size: RecordSize,
    /// Which keys they have.
    pub keys: Keys,
}

impl ProducerSpec {
    pub(super) fn check(&self) -> Result<(), ClientError> {
        self.sending.check()?;
        self.record_size.check()?;
        self.keys.check()?;
        if self.arrivals.is_sound() { Ok(()) } else { Err(ClientError::Arrivals) }
    }
}

/// What makes a producer's records.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// Synthetic records.
    Synthetic(ProducerSpec),
    /// Rows of a data set.
    Replay(ReplaySpec),
}

impl Work {
    /// How the records are sent.
    pub fn sending(&self) -> &Sending {
        match self {
            Self::Synthetic(spec) => &spec.sending,
            Self::Replay(spec) => &spec.sending,
        }
    }
}

/// What a producer is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProducerStatus {
    /// It sends.
    Sending,
    /// Its stream does not exist or cannot be used; it looks again every second.
    WaitingForStream,
    /// No more records will come.
    Finished,
    /// It was stopped.
    Stopped,
}

impl fmt::Display for ProducerStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sending => "sending",
            Self::WaitingForStream => "waiting for its stream",
            Self::Finished => "finished",
            Self::Stopped => "stopped",
        })
    }
}

/// How far a replay has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows that were sent.
    pub sent: u32,
    /// Rows in all.
    pub rows: u32,
}

/// As many skipped rows are told as events; all of them are in `skipped_lines`.
const SKIPPED_TOLD_MAX: usize = 100;

/// A producer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Producer {
    id: ActorId,
    name: ClientName,
    work: Work,
    status: ProducerStatus,
    counters: ProducerCounters,
    /// Millionths of answers that get lost on their way.
    lost_answers: u32,
    /// Rises whenever what was planned no longer holds.
    run: u32,
    luck: Rng,
    /// What its records are made from, besides their numbers.
    salt: u64,
    source: Source,
    stream: Option<StreamId>,
    /// When the first record comes that is in no planned call.
    upcoming: Option<Instant>,
    next_number: u32,
    origins: Origins,
}

impl Producer {
    /// A producer that does nothing until it is [put to work](Self::work_on).
    pub(super) fn new(
        id: ActorId,
        name: ClientName,
        work: Work,
        source: Source,
        root: &Rng,
    ) -> Self {
        let mut luck = root.fork(&format!("producer/{name}"));
        let salt = luck.next_u64();
        Self {
            id,
            name,
            work,
            status: ProducerStatus::Stopped,
            counters: ProducerCounters::default(),
            lost_answers: 0,
            run: 0,
            luck,
            salt,
            source,
            stream: None,
            upcoming: None,
            next_number: 0,
            origins: Origins::default(),
        }
    }

    /// Its number.
    pub fn id(&self) -> ActorId {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &ClientName {
        &self.name
    }

    /// What it was asked to do.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// What it is doing.
    pub fn status(&self) -> ProducerStatus {
        self.status
    }

    /// What became of its records.
    pub fn counters(&self) -> &ProducerCounters {
        &self.counters
    }

    /// Millionths of answers that get lost on their way to it.
    pub fn lost_answers(&self) -> u32 {
        self.lost_answers
    }

    /// Millionths of records that it makes a second at a moment; zero unless it sends
    /// synthetic ones.
    pub fn millionths_per_second(&self, at: Instant) -> u64 {
        let rate = self.source.rate(at).filter(|_| self.status == ProducerStatus::Sending);
        rate.map_or(0, Rate::millionths_per_second)
    }

    /// How far a replay has come; `None` for a producer of synthetic records.
    pub fn progress(&self) -> Option<Progress> {
        let rows = self.source.as_rows()?;
        Some(Progress { sent: rows.sent(), rows: rows.list().len() })
    }

    /// When the last row of a replay comes, if its stream is there; `None` for a producer of
    /// synthetic records.
    pub fn last_row_due(&self) -> Option<Instant> {
        self.source.as_rows().map(Rows::last_arrival)
    }

    /// Lines of its data set that are no rows, or have no usable key or time; counted from 1.
    pub fn skipped_lines(&self) -> &[u32] {
        self.source.as_rows().map_or(&[], |rows| &rows.list().skipped)
    }

    /// The data of one of its records; `None` for a number that it has not given.
    pub(super) fn data(&self, number: u32) -> Option<Vec<u8>> {
        if number >= self.next_number {
            return None;
        }
        let (origin, place) = self.origins.of(number)?;
        origin.data(self.name.as_str(), self.salt, number, place)
    }

    /// The unique key of one of its records.
    pub(super) fn key_text(&self, number: u32) -> String {
        let key = unique_key(self.salt, number);
        String::from_utf8(key.to_vec()).expect("hexadecimal digits are ASCII")
    }

    /// Begins something else, now. What it was collecting is dropped: nobody was promised it.
    pub(super) fn work_on(&mut self, work: Work, source: Source, turn: &mut Turn) {
        let source = self.source.going_on_in(source);
        (self.work, self.source, self.stream) = (work, source, None);
        if let Some(rows) = self.source.as_rows().filter(|rows| rows.sent() == 0) {
            let (actor, skipped) = (self.id, &rows.list().skipped);
            let told = skipped.iter().take(SKIPPED_TOLD_MAX);
            turn.events.extend(told.map(|&line| Event::RowSkipped { actor, line }));
        }
        self.begin(turn);
    }

    /// Sends no more. Records that wait to be sent again are given up when their time comes.
    pub(super) fn stop(&mut self) {
        self.run += 1;
        self.status = ProducerStatus::Stopped;
    }

    /// Loses the answers of some calls from now on.
    pub(super) fn lose_answers(&mut self, millionths: u32) {
        self.lost_answers = millionths;
    }

    /// Looks whether the stream can be used by now.
    pub(super) fn look_again(&mut self, run: u32, turn: &mut Turn) {
        if run == self.run {
            self.begin(turn);
        }
    }

    /// Sends the records of a planned call, and plans the next one.
    pub(super) fn send(&mut self, run: u32, records: u32, turn: &mut Turn) {
        if run != self.run {
            return;
        }
        let Some(stream) = self.usable_stream(turn.service) else { return self.wait(turn) };
        self.counters.offered += u64::from(records);
        let mut bytes = 0;
        turn.scratch.puts.clear();
        let mut drawn = std::mem::take(&mut turn.scratch.drawn);
        self.source.draw_keys(&mut self.luck, records, &mut drawn);
        for place in 0..records as usize {
            let put = self.next_put(&drawn, place);
            // Large records fill a call before the batch is full.
            if bytes + u64::from(put.size) > PUT_RECORDS_BYTES.value {
                self.call(stream, 1, &[], turn);
                turn.scratch.puts.clear();
                bytes = 0;
            }
            bytes += u64::from(put.size);
            turn.scratch.puts.push(put);
        }
        turn.scratch.drawn = drawn;
        self.call(stream, 1, &[], turn);
        if self.status == ProducerStatus::Sending {
            self.plan_call(turn);
        }
    }

    fn begin(&mut self, turn: &mut Turn) {
        self.run += 1;
        if self.usable_stream(turn.service).is_none() {
            return self.wait(turn);
        }
        self.status = ProducerStatus::Sending;
        self.source.start(turn.now);
        if let Some(origin) = self.source.origin() {
            self.origins.begin(origin, self.next_number);
        }
        self.upcoming = self.source.next_arrival(&mut self.luck);
        self.plan_call(turn);
    }

    fn wait(&mut self, turn: &mut Turn) {
        self.run += 1;
        self.status = ProducerStatus::WaitingForStream;
        let task = Task::LookAgain { actor: self.id, run: self.run };
        turn.agenda.plan(turn.now + LOOK_AGAIN, task);
    }

    fn usable_stream(&mut self, service: &Service) -> Option<StreamId> {
        if self.stream.is_none_or(|id| service.stream(id).is_none()) {
            self.stream = service.stream_id(&self.work.sending().stream).ok();
        }
        let found = self.stream.and_then(|id| service.stream(id));
        found.filter(|stream| stream.open_shard_count() > 0).and(self.stream)
    }

    /// Collects the records of the next call, up to the batch or the linger, and plans it.
    fn plan_call(&mut self, turn: &mut Turn) {
        let Some(first) = self.upcoming else {
            self.status = ProducerStatus::Finished;
            return;
        };
        let sending = self.work.sending();
        let (batch, deadline) = (sending.batch(), first + sending.linger);
        let (mut records, mut due) = (1, first);
        if let Some(last) = self.source.leap(batch - 1, deadline) {
            (records, due) = (batch, last);
        }
        loop {
            self.upcoming = self.source.next_arrival(&mut self.luck);
            if records == batch {
                break;
            }
            let Some(arrival) = self.upcoming.filter(|arrival| *arrival <= deadline) else {
                due = deadline;
                break;
            };
            (records, due) = (records + 1, arrival);
        }
        let task = Task::Send { actor: self.id, run: self.run, records };
        turn.agenda.plan(due.max(turn.now), task);
    }

    #[inline]
    fn next_put(&mut self, drawn: &Drawn, place: usize) -> Put<'static> {
        let number = self.next_number;
        self.next_number = number.wrapping_add(1);
        if self.next_number == 0 {
            self.origins.start_over();
        }
        let (key, size) = self.source.next_record((drawn, place), self.salt, number);
        let carried = Carried::Made { maker: self.id, number };
        Put { key: key.key, hash: key.hash, carried, size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::client::fixture::{name, steady, world};
    use crate::engine::client::retry::Retry;
    use crate::engine::client::sending::PutApi;
    use std::time::Duration;

    #[test]
    fn what_cannot_be_is_refused_and_changes_nothing() {
        let mut world = world(1);
        let before = world.clone();
        let mut ask = |change: &dyn Fn(&mut ProducerSpec)| {
            let mut spec = steady(10, Keys::Unique);
            change(&mut spec);
            let set = world.command(|clients, service, now| {
                clients.set_producer(now, service, &name("web"), spec)
            });
            set.unwrap_err().to_string()
        };
        let errors = [
            ask(&|spec| spec.sending.api = PutApi::PutRecords { batch: 501 }),
            ask(&|spec| spec.sending.linger = Duration::from_hours(1)),
            ask(&|spec| spec.record_size.min = 0),
            ask(&|spec| spec.keys = Keys::Uniform(0)),
            ask(&|spec| spec.sending.retry = Retry::Immediate { attempts: 0 }),
        ];
        assert!(errors[0].contains("1 to 500"), "{errors:?}");
        assert!(errors.iter().all(|error| !error.is_empty()));
        let stop = world.command(|clients, _, _| clients.stop_producer(&name("web")));
        let words = stop.unwrap_err().to_string();
        assert_eq!(words, "there is no producer or replay named web; there is none yet");
        assert_eq!(world, before);
    }
}
