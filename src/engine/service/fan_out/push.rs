//! Pushes: records on their way to a subscription, a few dozen milliseconds after they arrived.
//!
//! AWS publishes one number, about 70 ms on average. Our reading: what arrives is pushed 70 ms
//! later, together with what arrived up to 50 ms before that push. So dense traffic comes in pushes
//! at least 20 ms apart, and every record is 50 to 70 ms old.

use super::ConsumerId;
use super::subscription::{Pipe, PipeId, SubscriptionEnd};
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::service::limits::FAN_OUT_BYTES;
use crate::engine::service::log::Span;
use crate::engine::service::metrics::Load;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::service::sequence_number::SequenceNumber;
use crate::engine::service::shard::Shard;
use crate::engine::service::{Service, Task, tokens_of};
use crate::engine::time::Instant;
use std::time::Duration;

/// From a record's arrival to its push, when nothing else is on the way (AWS: about 70 ms).
pub const PUSH_LATENCY: Duration = Duration::from_millis(70);
/// How old a record is at least when it is pushed.
pub const PUSH_LATENCY_MIN: Duration = Duration::from_millis(50);
/// How far two pushes of a pipe lie apart at least.
pub const PUSH_GAP: Duration = Duration::from_millis(20);
/// Records of one push. AWS names none; as many as an answer of `GetRecords`. Its bytes are what
/// the pipe's bucket holds, 2 MiB at most, except that a record larger than that comes alone.
pub const PUSH_RECORDS: u64 = 10_000;

/// One event of a subscription: what `SubscribeToShard` pushes to its consumer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Push {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// Which consumer.
    pub consumer: ConsumerId,
    /// Who subscribed.
    pub actor: ActorId,
    /// The records, and what they weigh. If its start lies beyond the end of the push before, the
    /// records between have expired.
    pub span: Span,
    /// Where to subscribe again from.
    pub continuation: SequenceNumber,
    /// Milliseconds from the tip of the shard; 0 when caught up.
    pub millis_behind_latest: u64,
    /// The shards to read next, at the end of a closed shard.
    pub child_shards: Vec<ShardId>,
    /// Whether this is the last push of the subscription, and why.
    pub ending: Option<SubscriptionEnd>,
}

/// What comes after a push.
#[derive(Clone, Copy)]
enum Next {
    /// Another one.
    Push(Instant),
    /// Nothing until records arrive.
    Wait,
    /// Nothing: the shard is closed and read to its end.
    End,
}

impl Service {
    /// Records have arrived in a shard, or it has closed: plans a push for every subscription that
    /// waits at its tip.
    pub(in crate::engine::service) fn wake_subscriptions(
        &mut self,
        now: Instant,
        stream: StreamId,
        shard: ShardId,
    ) {
        let found = self.streams.get_mut(stream.0 as usize).and_then(Option::as_mut);
        let found = found.expect("whoever wakes subscriptions found the stream");
        if std::mem::take(&mut found.shards_mut()[shard.0 as usize].subscriptions) == 0 {
            return;
        }
        let pipes = found.consumers.pipes.iter_mut_from(&(shard, ConsumerId(0)));
        for (&(_, consumer), pipe) in pipes.take_while(|((of, _), _)| *of == shard) {
            if let Some(waiting) = &mut pipe.subscription
                && waiting.is_waiting()
            {
                let task = Task::Push(PipeId { stream, shard, consumer });
                waiting.push = Some(self.agenda.plan(now + PUSH_LATENCY, task));
            }
        }
    }

    /// A push that was planned is due.
    pub(in crate::engine::service) fn push(&mut self, now: Instant, id: PipeId) {
        self.trim(now, id.stream, id.shard);
        let found = self.streams.get_mut(id.stream.0 as usize).and_then(Option::as_mut);
        let stream = found.expect("the pushes of a stream are cancelled before it goes");
        let (shard, consumers) = stream.shard_and_consumers(id.shard);
        let pipe = consumers.pipes.get_mut(&(id.shard, id.consumer));
        let pipe = pipe.expect("the pushes of a consumer are cancelled before it goes");
        let (span, next) = pipe.fill(now, shard);
        let subscription = pipe.subscription.as_mut().expect("its end cancels its push");
        let actor = subscription.actor;
        subscription.push = match next {
            Next::Push(due) => Some(self.agenda.plan(due, Task::Push(id))),
            Next::Wait => {
                shard.subscriptions += 1;
                None
            }
            Next::End => {
                self.agenda.cancel(subscription.expiry);
                pipe.subscription = None;
                let end = Some(SubscriptionEnd::ShardEnd);
                let push = stream.push_of(now, id, actor, span, end);
                return self.deliver(now, push);
            }
        };
        if span.count() > 0 {
            let push = stream.push_of(now, id, actor, span, None);
            self.deliver(now, push);
        }
    }

    /// Hands a push over, and says so.
    pub(super) fn deliver(&mut self, now: Instant, push: Push) {
        let Push { stream, shard, consumer, actor, ref span, ending, .. } = push;
        // The end of a shard is told by an event without records, any other end by none.
        if span.count() > 0 || ending == Some(SubscriptionEnd::ShardEnd) {
            let (records, behind_millis) = (span.count(), push.millis_behind_latest);
            let load = Load { records, bytes: span.bytes, behind_millis };
            let found = self.streams[stream.0 as usize].as_mut();
            let found = found.expect("the pushes of a stream are cancelled before it goes");
            found.usage.pushed(found.mode, span.bytes);
            self.metrics.pushed(now, (stream, shard), consumer, &found.monitoring, load);
        }
        if span.count() > 0 {
            self.events.push(Event::RecordsPushed {
                stream,
                shard,
                actor,
                consumer,
                first: span.ordinals.start,
                records: u32::try_from(span.count()).expect("at most 10,000"),
                bytes: tokens_of(span.bytes),
                behind_millis: push.millis_behind_latest,
            });
        }
        if let Some(end) = ending {
            let event = Event::SubscriptionEnded { stream, shard, actor, consumer, end };
            self.events.push(event);
        }
        self.pushes.push_back(push);
    }
}

impl Pipe {
    /// Takes out of the shard what this push holds, and says what comes next.
    fn fill(&mut self, now: Instant, shard: &Shard) -> (Span, Next) {
        let subscription = self.subscription.as_mut().expect("its end cancels its push");
        let log = &shard.log;
        let ripe = log.ordinal_at(now.before(PUSH_LATENCY_MIN) + Duration::from_micros(1));
        let level = self.bytes.level(now).min(FAN_OUT_BYTES.value);
        let span = log.read(subscription.next, PUSH_RECORDS, level, ripe);
        let wait = self.bytes.wait(now, span.bytes);
        if !wait.is_zero() {
            let (start, due) = (span.ordinals.start, now + wait);
            return (Span { ordinals: start..start, bytes: 0 }, Next::Push(due));
        }
        if span.bytes > 0 {
            self.bytes.overdraw(now, span.bytes);
        }
        let next = span.ordinals.end;
        subscription.next = next;
        let then = match log.arrival(next) {
            Some(arrival) => Next::Push((arrival + PUSH_LATENCY).max(now + PUSH_GAP)),
            None if shard.is_open() => Next::Wait,
            None => Next::End,
        };
        (span, then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::service::fan_out::world::*;
    use crate::engine::service::limits::MIB;

    #[test]
    fn a_lone_record_is_pushed_after_the_published_latency() {
        let mut sim = with_consumer();
        subscribe(&mut sim, ALICE).unwrap();
        wait(&mut sim, 1_000);
        put(&mut sim, 100);
        let arrival = sim.now();
        wait(&mut sim, 1_000);
        assert_eq!(pushes(&mut sim), [(arrival + PUSH_LATENCY, 0, 1, 100)]);
    }

    #[test]
    fn dense_records_come_together_and_none_is_late() {
        let mut sim = with_consumer();
        subscribe(&mut sim, ALICE).unwrap();
        wait(&mut sim, 1_000);
        let start = sim.now();
        for _ in 0..500 {
            put(&mut sim, 100);
            wait(&mut sim, 1);
        }
        wait(&mut sim, 100);
        let pushed = pushes(&mut sim);
        assert!(pushed.windows(2).all(|pair| pair[1].0 - pair[0].0 >= PUSH_GAP), "{pushed:?}");
        let mut next = 0;
        for (at, first, records, _) in pushed {
            assert_eq!(first, next);
            for number in first..first + u64::from(records) {
                let age = at - (start + Duration::from_millis(number));
                assert!((PUSH_LATENCY_MIN..=PUSH_LATENCY).contains(&age), "{number}: {age:?}");
            }
            next += u64::from(records);
        }
        assert_eq!(next, 500);
    }

    #[test]
    fn a_backlog_flows_at_two_mebibytes_a_second() {
        let mut sim = with_consumer();
        for _ in 0..10 {
            put(&mut sim, 1_000_000);
        }
        let start = sim.now();
        subscribe(&mut sim, ALICE).unwrap();
        wait(&mut sim, 60_000);
        let (mut total, mut last) = (0, start);
        for (at, _, _, bytes) in pushes(&mut sim) {
            total += u64::from(bytes);
            let allowed =
                2 * MIB + u64::try_from((at - start).as_micros()).unwrap() * 2 * MIB / 1_000_000;
            assert!(total <= allowed, "{total} of {allowed} at {at}");
            last = at;
        }
        assert_eq!(total, 10_000_000);
        assert!((3_700..3_900).contains(&(last - start).as_millis()), "{:?}", last - start);
    }

    #[test]
    fn a_record_larger_than_the_pipe_comes_alone_and_is_paid_afterwards() {
        let mut sim = with_consumer();
        put(&mut sim, 6 << 20);
        put(&mut sim, 100);
        let start = sim.now();
        subscribe(&mut sim, ALICE).unwrap();
        wait(&mut sim, 60_000);
        let pushed = pushes(&mut sim);
        assert_eq!((pushed.len(), pushed[0].3, pushed[1].3), (2, 6 << 20, 100));
        assert_eq!((pushed[0].0 - start, (pushed[1].0 - pushed[0].0).as_secs()), (PUSH_LATENCY, 3));
    }
}
