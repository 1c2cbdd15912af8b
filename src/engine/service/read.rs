//! Gets: iterators, and the records behind them.

use super::iterator::{ShardIterator, StartingPosition};
use super::limits::{GET_RECORDS_BYTES, GET_RECORDS_COUNT};
use super::log::Span;
use super::metrics::Load;
use super::names::{ShardId, StreamId};
use super::sequence_number::SequenceNumber;
use super::shard::Shard;
use super::stream::Stream;
use super::{Ask, Service, tokens_of};
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::{Bucket, Refusal, Throttle};
use crate::engine::time::Instant;
use std::time::Duration;

/// The answer of `GetRecords`. The records stay in the log: read them by their ordinals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// The records, and what they weigh.
    pub span: Span,
    /// Where to go on; `None` at the end of a closed shard.
    pub next: Option<ShardIterator>,
    /// Milliseconds from the tip of the shard; 0 when caught up.
    pub millis_behind_latest: u64,
    /// The shards to read next, at the end of a closed shard.
    pub child_shards: Vec<ShardId>,
}

impl Service {
    /// Issues an iterator at a position of a shard.
    pub fn shard_iterator(
        &mut self,
        now: Instant,
        actor: ActorId,
        stream: StreamId,
        shard: ShardId,
        position: &StartingPosition,
    ) -> Result<ShardIterator, Refusal> {
        let found = self.stream(stream).expect("whoever asks has just looked the stream up");
        found.must_be_usable()?;
        found.shard(shard)?;
        self.trim(now, stream, shard);
        let found = self.stream(stream).expect("trimming removes no stream");
        let next = found.ordinal_of(now, found.shard(shard)?, position)?;
        let buckets = &found.shard(shard)?.buckets;
        let Some(charged) = buckets.iterator_calls.charged(now, 1) else {
            let wait = buckets.iterator_calls.wait(now, 1);
            let ask = Ask { now, actor, tokens: 1, wait };
            let throttle = found.shard(shard)?.throttle(stream, ask, Bucket::IteratorCalls);
            self.events.push(Event::ReadThrottled(throttle));
            return Err(Refusal::Throttled(throttle));
        };
        self.shard_mut(stream, shard).buckets.iterator_calls = charged;
        Ok(self.issue_iterator(now, stream, shard, next))
    }

    /// Reads on from an iterator: up to `limit` records (10,000 at most) and 10 MiB.
    pub fn get_records(
        &mut self,
        now: Instant,
        actor: ActorId,
        iterator: ShardIterator,
        limit: Option<u64>,
    ) -> Result<Got, Refusal> {
        if iterator.is_expired(now) {
            return Err(Refusal::ExpiredIterator { created: iterator.issued, now });
        }
        let ShardIterator { stream, shard, .. } = iterator;
        let Some(found) = self.stream(stream) else { return Err(Refusal::InvalidIterator) };
        found.must_be_usable()?;
        found.shard(shard)?;
        self.trim(now, stream, shard);
        if let Err(throttle) = self.charge_read_call(now, actor, stream, shard) {
            self.note_get(now, iterator, None);
            self.events.push(Event::ReadThrottled(throttle));
            return Err(Refusal::Throttled(throttle));
        }
        let limit = limit.unwrap_or(GET_RECORDS_COUNT.value).min(GET_RECORDS_COUNT.value);
        let found = self.shard_mut(stream, shard);
        let span = found.log.read(iterator.next, limit, GET_RECORDS_BYTES.value, u64::MAX);
        found.buckets.read_bytes.overdraw(now, span.bytes);
        let drained = span.ordinals.end == found.log.tip() && !found.is_open();
        let child_shards = if drained { found.children.clone() } else { Vec::new() };
        let millis_behind_latest = found.millis_behind(now, span.ordinals.end);
        let next = (!drained).then(|| self.issue_iterator(now, stream, shard, span.ordinals.end));
        let (records, bytes) = (span.count(), span.bytes);
        self.note_get(
            now,
            iterator,
            Some(Load { records, bytes, behind_millis: millis_behind_latest }),
        );
        self.events.push(Event::RecordsRead {
            stream,
            shard,
            actor,
            first: span.ordinals.start,
            records: u32::try_from(span.count()).expect("at most 10,000"),
            bytes: tokens_of(span.bytes),
            behind_millis: millis_behind_latest,
        });
        Ok(Got { stream, shard, span, next, millis_behind_latest, child_shards })
    }

    /// Charges a call to a shard that can answer one, or refuses; an answer's bytes come later.
    fn charge_read_call(
        &mut self,
        now: Instant,
        actor: ActorId,
        stream: StreamId,
        shard: ShardId,
    ) -> Result<(), Throttle> {
        let found = self.shard_mut(stream, shard);
        let bytes_wait = found.buckets.read_bytes.wait_for_debt(now);
        if let (Some(charged), true) =
            (found.buckets.read_calls.charged(now, 1), bytes_wait.is_zero())
        {
            found.buckets.read_calls = charged;
            return Ok(());
        }
        let calls_wait = found.buckets.read_calls.wait(now, 1);
        let (bucket, wait) = if calls_wait >= bytes_wait {
            (Bucket::ReadCalls, calls_wait)
        } else {
            (Bucket::ReadBytes, bytes_wait)
        };
        Err(found.throttle(stream, Ask { now, actor, tokens: 1, wait }, bucket))
    }

    /// Counts a call that was answered, or throttled if it carries nothing.
    fn note_get(&mut self, now: Instant, iterator: ShardIterator, load: Option<Load>) {
        let ShardIterator { stream, shard, .. } = iterator;
        let found = self.streams[stream.0 as usize].as_mut();
        let found = found.expect("whoever reads a stream found it");
        if let Some(Load { bytes, behind_millis, .. }) = load {
            found.usage.got(found.mode, bytes, Duration::from_millis(behind_millis));
        }
        self.metrics.got(now, (stream, shard), &found.monitoring, load);
    }

    fn issue_iterator(
        &mut self,
        now: Instant,
        stream: StreamId,
        shard: ShardId,
        next: u64,
    ) -> ShardIterator {
        self.iterators_issued += 1;
        ShardIterator { stream, shard, next, issued: now, serial: self.iterators_issued }
    }

    pub(super) fn shard_mut(&mut self, stream: StreamId, shard: ShardId) -> &mut Shard {
        let stream = self.stream_mut(stream).expect("whoever changes a shard found its stream");
        &mut stream.shards_mut()[shard.0 as usize]
    }
}

impl Shard {
    /// Milliseconds between now and the record before `next`, unless `next` is the tip.
    pub fn millis_behind(&self, now: Instant, next: u64) -> u64 {
        if next >= self.log.tip() {
            return 0;
        }
        let last_read = next.saturating_sub(1).max(self.log.horizon());
        let arrival = self.log.arrival(last_read).expect("it lies between the horizon and the tip");
        (now.millis()).saturating_sub(arrival.millis())
    }
}

impl Stream {
    /// The ordinal where a position lies in a shard that has just been trimmed.
    pub(super) fn ordinal_of(
        &self,
        now: Instant,
        shard: &Shard,
        position: &StartingPosition,
    ) -> Result<u64, Refusal> {
        match position {
            StartingPosition::TrimHorizon => Ok(shard.log.horizon()),
            StartingPosition::Latest => Ok(shard.log.tip()),
            StartingPosition::AtTimestamp(timestamp) if *timestamp > now => {
                Err(Refusal::TimestampInFuture { timestamp: *timestamp, now })
            }
            StartingPosition::AtTimestamp(timestamp) => Ok(shard.log.ordinal_at(*timestamp)),
            StartingPosition::AtSequenceNumber(number) if number == "0" => {
                Err(Refusal::SequenceNumberZero)
            }
            StartingPosition::AtSequenceNumber(number) => {
                let index = self.index_in(shard, number)?;
                Ok(shard.log.ordinal_of_index(index))
            }
            StartingPosition::AfterSequenceNumber(number) => {
                let index = self.index_in(shard, number)?;
                Ok(shard.log.ordinal_of_index(index.saturating_add(1)))
            }
        }
    }

    /// The index of a sequence number, which must be one of this shard.
    fn index_in(&self, shard: &Shard, number: &str) -> Result<u64, Refusal> {
        let invalid = |foreign| Refusal::InvalidSequenceNumber {
            number: number.to_owned(),
            stream: self.name.clone(),
            shard: Some(shard.id),
            foreign,
        };
        let sequence = SequenceNumber::parse(number).ok_or_else(|| invalid(false))?;
        if sequence.shard != shard.id.0 {
            let encoded = ShardId(sequence.shard);
            return Err(Refusal::WrongShardOfSequenceNumber { encoded, asked: shard.id });
        }
        if sequence.epoch_secs != shard.epoch_secs {
            return Err(invalid(true));
        }
        Ok(sequence.index)
    }
}
