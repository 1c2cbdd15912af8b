//! Polling: `GetShardIterator` once, then `GetRecords` again and again.

use super::{Consumer, ConsumerStatus, Mode, POLL_INTERVAL};
use crate::engine::client::position::Resume;
use crate::engine::client::turn::{Task, Turn};
use crate::engine::refusal::Refusal;
use crate::engine::service::Service;
use crate::engine::service::iterator::ShardIterator;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::read::Got;
use crate::engine::service::sequence_number::SequenceNumber;
use crate::engine::time::{Instant, whole_micros};
use std::time::Duration;

/// How long an answer is on its way. AWS tells of about 200 ms from put to get with one consumer
/// (<https://docs.aws.amazon.com/streams/latest/dev/building-consumers.html>); one that polls as
/// often as a shard allows waits 100 ms for its next poll on average, and this is the rest.
pub const POLL_ROUND_TRIP: Duration = Duration::from_millis(100);

impl Consumer {
    /// Polls a shard, and plans the next poll.
    pub(in crate::engine::client) fn poll(&mut self, run: u32, shard: ShardId, turn: &mut Turn) {
        let Some(stream) = self.stream.filter(|_| run == self.run) else { return };
        match self.read(stream, shard, turn) {
            Ok(got) => self.take(stream, shard, &got, turn),
            Err(refusal) => self.refused(stream, shard, &refusal, turn),
        }
    }

    /// Plans a poll.
    pub(super) fn plan_poll(&mut self, shard: ShardId, due: Instant, turn: &mut Turn) {
        let task = Task::Poll { actor: self.id, run: self.run, shard };
        turn.agenda.plan(due, task);
    }

    fn read(&mut self, stream: StreamId, shard: ShardId, turn: &mut Turn) -> Result<Got, Refusal> {
        let limit = match self.spec.mode {
            Mode::Shared { limit, .. } => limit.map(u64::from),
            Mode::EnhancedFanOut => None,
        };
        let iterator = self.positions.get(&shard).and_then(|position| position.iterator);
        if let Some(iterator) = iterator {
            match turn.service.get_records(turn.now, self.id, iterator, limit) {
                Err(Refusal::ExpiredIterator { .. }) => {}
                answer => return answer,
            }
        }
        let iterator = self.fresh_iterator(stream, shard, turn)?;
        turn.service.get_records(turn.now, self.id, iterator, limit)
    }

    fn fresh_iterator(
        &mut self,
        stream: StreamId,
        shard: ShardId,
        turn: &mut Turn,
    ) -> Result<ShardIterator, Refusal> {
        let position = self.positions.get_mut(&shard).expect("a shard that is polled is known");
        position.iterator = None;
        if turn.service.stream(stream).is_none() {
            return Err(Refusal::StreamNotFound(self.spec.stream.clone()));
        }
        let from = position.resume.position();
        let iterator = turn.service.shard_iterator(turn.now, self.id, stream, shard, &from)?;
        position.begin_at(iterator);
        Ok(iterator)
    }

    fn take(&mut self, stream: StreamId, shard: ShardId, got: &Got, turn: &mut Turn) {
        let every = self.poll_interval();
        self.counters.polls += 1;
        let received = turn.now + POLL_ROUND_TRIP;
        self.counters.bytes += got.span.bytes;
        self.receive_records(stream, shard, &got.span.ordinals, received, turn);
        let position = self.positions.get_mut(&shard).expect("it has just been read");
        if let Some(last) = last_number(turn.service, got) {
            position.resume = Resume::After(last);
        }
        position.iterator = got.next;
        // Networks vary; else consumers that meet at a full shard once would meet there for ever.
        let every = whole_micros(every);
        let every = Duration::from_micros(every - every / 20 + self.luck.below(every / 10 + 1));
        let due = (turn.now + every).max(position.done()).max(received);
        if got.next.is_none() {
            self.end_shard(stream, shard, turn);
        } else {
            self.plan_poll(shard, due, turn);
        }
    }

    fn refused(&mut self, stream: StreamId, shard: ShardId, refusal: &Refusal, turn: &mut Turn) {
        let every = self.poll_interval();
        match refusal {
            Refusal::StreamNotFound(_) | Refusal::InvalidIterator => {
                self.wait(ConsumerStatus::WaitingForStream, turn);
            }
            Refusal::ShardNotFound { .. } => self.end_shard(stream, shard, turn),
            Refusal::TimestampInFuture { timestamp, .. } => self.plan_poll(shard, *timestamp, turn),
            _ => {
                self.counters.throttled += 1;
                // About one interval, but not the same for all who were refused together.
                let every = whole_micros(every);
                let wait = Duration::from_micros(every / 2 + self.luck.below(every + 1));
                self.plan_poll(shard, turn.now + wait, turn);
            }
        }
    }

    fn poll_interval(&self) -> Duration {
        match self.spec.mode {
            Mode::Shared { every, .. } => every,
            Mode::EnhancedFanOut => POLL_INTERVAL,
        }
    }
}

/// The sequence number of the last record of an answer.
fn last_number(service: &Service, got: &Got) -> Option<SequenceNumber> {
    let last = got.span.ordinals.clone().next_back()?;
    let shard = service.shard(got.stream, got.shard)?;
    let (index, arrival) = shard.log.index_and_arrival(last)?;
    Some(shard.sequence_number(index, arrival))
}

#[cfg(test)]
mod tests {
    use crate::engine::client::consumer::ConsumerSpec;
    use crate::engine::client::fixture::{clicks, consume, pass, produce, steady, world};
    use crate::engine::client::keys::Keys;
    use crate::engine::client::producer::ProducerSpec;
    use crate::engine::client::record_size::RecordSize;
    use crate::engine::service::limits;

    #[test]
    fn six_consumers_share_five_calls_and_take_turns() {
        let mut world = world(1);
        pass(&mut world, 20);
        for number in 0..6 {
            consume(&mut world, &format!("c{number}"), ConsumerSpec::polling(clicks()));
        }
        pass(&mut world, 600);
        let throttled: Vec<u64> =
            world.clients().consumers().map(|consumer| consumer.counters().throttled).collect();
        assert!(throttled.iter().sum::<u64>() > 300, "{throttled:?}");
        assert!(throttled.iter().all(|&throttled| throttled > 20), "{throttled:?}");
    }

    #[test]
    fn three_consumers_share_two_mebibytes_and_none_starves() {
        let mut world = world(1);
        pass(&mut world, 20);
        let record_size = RecordSize::constant(10_000);
        produce(&mut world, &ProducerSpec { record_size, ..steady(100, Keys::Unique) });
        for name in ["a", "b", "c"] {
            consume(&mut world, name, ConsumerSpec::polling(clicks()));
        }
        pass(&mut world, 600);
        let read: Vec<u64> =
            world.clients().consumers().map(|consumer| consumer.counters().bytes).collect();
        let most = 600 * limits::SHARD_READ_BYTES.value + limits::GET_RECORDS_BYTES.value;
        assert!(read.iter().sum::<u64>() <= most, "{read:?}");
        assert!(read.iter().sum::<u64>() > most / 10 * 8, "what there is is used: {read:?}");
        assert!(read.iter().all(|&bytes| bytes > most / 6), "{read:?}");
        assert!(world.clients().consumers().all(|consumer| consumer.counters().throttled > 0));
    }
}
