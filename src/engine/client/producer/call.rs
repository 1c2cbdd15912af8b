//! A producer's calls: what became of each record, and another attempt for those not stored.

use super::{Producer, ProducerStatus};
use crate::engine::client::keys::unique_key_hash;
use crate::engine::client::retry::ANSWER_TIME;
use crate::engine::client::sending::PutApi;
use crate::engine::client::turn::{Pending, Task, Turn};
use crate::engine::event::Event;
use crate::engine::refusal::Refusal;
use crate::engine::service::metrics::PutOperation;
use crate::engine::service::names::StreamId;
use crate::engine::service::record::{Carried, Key, Put};
use crate::engine::service::write::Outcome;

/// Whether the producer learns what became of its call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Arrived,
    Lost,
}

impl Producer {
    /// Sends records again, unless there is nowhere to send them any more.
    pub(in crate::engine::client) fn resend(
        &mut self,
        pending: &[Pending],
        attempt: u32,
        turn: &mut Turn,
    ) {
        let stream = self.usable_stream(turn.service);
        let stopped = self.status == ProducerStatus::Stopped;
        let Some(stream) = stream.filter(|_| !stopped) else {
            return self.give_up(pending.len(), turn);
        };
        self.counters.retried += pending.len() as u64;
        turn.scratch.puts.clear();
        for record in pending {
            let &Pending { number, size, key, .. } = record;
            let (key, hash) = match key {
                Some(id) => (Key::Known(id), turn.service.known_keys().hash(id)),
                None => (Key::Made, unique_key_hash(self.salt, number)),
            };
            let carried = Carried::Made { maker: self.id, number };
            turn.scratch.puts.push(Put { key, hash, carried, size });
        }
        self.call(stream, attempt, pending, turn);
    }

    /// Makes a call with the records in the scratch; `sent_before` are those of an earlier attempt.
    pub(super) fn call(
        &mut self,
        stream: StreamId,
        attempt: u32,
        sent_before: &[Pending],
        turn: &mut Turn,
    ) {
        let Turn { now, scratch, .. } = turn;
        let (puts, outcomes) = (&scratch.puts, &mut scratch.outcomes);
        self.counters.calls += 1;
        // What was sent as a list before goes out again as one, whatever the producer does now.
        let operation = match self.work.sending().api {
            PutApi::PutRecord if puts.len() == 1 => PutOperation::PutRecord,
            PutApi::PutRecord | PutApi::PutRecords { .. } => PutOperation::PutRecords,
        };
        let answer = turn.service.put(*now, self.id, stream, operation, puts, outcomes);
        if let Err(refusal) = answer {
            return self.refused(&refusal, turn);
        }
        let lost = self.lost_answers > 0 && self.luck.one_in_a_million(self.lost_answers);
        let answer = if lost { Answer::Lost } else { Answer::Arrived };
        self.settle(attempt, sent_before, answer, turn);
    }

    /// The call as a whole was refused: again would not help.
    fn refused(&mut self, refusal: &Refusal, turn: &mut Turn) {
        let records = turn.scratch.puts.len();
        self.counters.refused += records as u64;
        self.give_up(records, turn);
        if matches!(refusal, Refusal::StreamNotFound(_)) && self.status == ProducerStatus::Sending {
            self.wait(turn);
        }
    }

    /// Counts what became of a call's records, and plans another attempt for the others.
    fn settle(&mut self, attempt: u32, sent_before: &[Pending], answer: Answer, turn: &mut Turn) {
        let (mut accepted, mut bytes, mut duplicated) = (0_u64, 0_u64, 0_u32);
        let mut again = Vec::new();
        let scratch = &*turn.scratch;
        for (place, (put, outcome)) in scratch.puts.iter().zip(&scratch.outcomes).enumerate() {
            let stored = matches!(outcome, Outcome::Accepted { .. });
            let before = sent_before.get(place).is_some_and(|record| record.stored);
            duplicated += u32::from(stored && before);
            if stored && answer == Answer::Arrived {
                accepted += 1;
                bytes += u64::from(put.size);
            } else {
                again.push(Pending { stored: stored || before, ..pending(put) });
            }
        }
        self.counters.accepted += accepted;
        self.counters.accepted_bytes += bytes;
        if duplicated > 0 {
            self.counters.duplicated += u64::from(duplicated);
            let actor = self.id;
            turn.events.push(Event::RecordsDuplicated { actor, records: duplicated });
        }
        if !again.is_empty() {
            self.plan_attempt(attempt, again, answer, turn);
        }
    }

    fn plan_attempt(&mut self, attempt: u32, again: Vec<Pending>, answer: Answer, turn: &mut Turn) {
        let sending = self.work.sending();
        let known = match answer {
            Answer::Arrived => {
                self.counters.refused += again.len() as u64;
                turn.now + ANSWER_TIME
            }
            Answer::Lost => turn.now + sending.timeout,
        };
        let Some(wait) = sending.retry.wait(attempt, &mut self.luck) else {
            return self.give_up(again.len(), turn);
        };
        let due = known + wait;
        let records = u32::try_from(again.len()).expect("a call has at most 500 records");
        turn.events.push(Event::RecordsRetried { actor: self.id, records, due });
        let task = Task::Resend { actor: self.id, pending: again, attempt: attempt + 1 };
        turn.agenda.plan(due, task);
    }

    fn give_up(&mut self, records: usize, turn: &mut Turn) {
        let records = u32::try_from(records).expect("a call has at most 500 records");
        self.counters.given_up += u64::from(records);
        turn.events.push(Event::RecordsGivenUp { actor: self.id, records });
    }
}

/// What is needed to send a record again.
fn pending(put: &Put) -> Pending {
    let Carried::Made { number, .. } = put.carried else {
        unreachable!("a producer makes its records again");
    };
    let key = match put.key {
        Key::Known(id) => Some(id),
        Key::Made | Key::Text(_) => None,
    };
    Pending { number, size: put.size, key, stored: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Simulation;
    use crate::engine::client::Fault;
    use crate::engine::client::fixture::{name, pass, produce, steady, world};
    use crate::engine::client::keys::Keys;
    use crate::engine::client::producer::ProducerSpec;
    use crate::engine::client::record_size::RecordSize;
    use crate::engine::client::retry::Retry;
    use crate::engine::service::partition_key::PartitionKey;

    fn web(world: &Simulation) -> &Producer {
        world.clients().producer_named(&name("web")).unwrap()
    }

    fn one_key() -> Keys {
        Keys::One(PartitionKey::new("all").unwrap())
    }

    #[test]
    fn every_record_is_accepted_or_given_up_or_pending() {
        for retry in [Retry::None, Retry::Immediate { attempts: 2 }, Retry::STANDARD] {
            let mut world = world(1);
            pass(&mut world, 20);
            let mut spec = steady(1_500, one_key());
            spec.sending.retry = retry;
            produce(&mut world, &spec);
            pass(&mut world, 60);
            world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
            pass(&mut world, 60);
            let counters = *web(&world).counters();
            assert!((89_000..=90_100).contains(&counters.offered), "{counters:?}");
            assert!((60_000..62_000).contains(&counters.accepted), "{counters:?}");
            assert_eq!(counters.pending(), 0, "{counters:?}");
            assert!(counters.refused >= counters.given_up, "{counters:?}");
            assert_eq!(retry == Retry::None, counters.retried == 0, "{counters:?}");
            assert_eq!(counters.duplicated, 0, "{counters:?}");
            let shard = &world.service().streams().next().unwrap().shards()[0];
            assert_eq!(shard.log.tip(), counters.accepted);
        }
    }

    #[test]
    fn lost_answers_make_duplicates() {
        let mut world = world(1);
        pass(&mut world, 20);
        produce(&mut world, &ProducerSpec { ..steady(100, Keys::Unique) });
        let fault = Fault::LostAnswers { millionths: 100_000 };
        world.command(|clients, _, _| clients.set_fault(&name("web"), fault)).unwrap();
        let events = pass(&mut world, 100);
        world.command(|clients, _, _| clients.stop_producer(&name("web"))).unwrap();
        pass(&mut world, 100);
        let counters = web(&world).counters();
        assert!((700..1_600).contains(&counters.duplicated), "{counters:?}");
        let shard = &world.service().streams().next().unwrap().shards()[0];
        assert!(shard.log.tip() >= counters.accepted + counters.duplicated);
        let told = events.iter().map(|event| match event {
            Event::RecordsDuplicated { records, .. } => u64::from(*records),
            _ => 0,
        });
        assert_eq!(told.sum::<u64>(), counters.duplicated);
    }

    #[test]
    fn records_too_large_for_the_stream_are_given_up() {
        let mut world = world(1);
        pass(&mut world, 20);
        let record_size = RecordSize::constant(1_048_576);
        produce(&mut world, &ProducerSpec { record_size, ..steady(1, Keys::Unique) });
        pass(&mut world, 10);
        let counters = web(&world).counters();
        assert!(counters.offered > 5 && counters.given_up == counters.offered, "{counters:?}");
    }

    #[test]
    fn large_records_share_calls_of_at_most_ten_mebibytes() {
        let mut world = world(16);
        pass(&mut world, 20);
        let record_size = RecordSize::constant(1_000_000);
        let mut spec = ProducerSpec { record_size, ..steady(8, Keys::Unique) };
        spec.sending.linger = std::time::Duration::from_secs(10);
        produce(&mut world, &spec);
        pass(&mut world, 30);
        let counters = web(&world).counters();
        assert!(counters.accepted > 150, "{counters:?}");
        assert!(counters.calls >= 16, "{counters:?}");
    }
}
