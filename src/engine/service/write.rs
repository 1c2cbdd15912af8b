//! Puts: from a partition key to a place in a shard, or a refusal.
//!
//! This is the hot path, in three rounds over a call: whose is each hash key; what do the two
//! buckets of each of these shards hold now; and then each record is charged and stored into its
//! shard's log. Rounds, because among thousands of shards the first two wait for memory, and do so
//! side by side as long as little else stands between. Buckets are refilled and events made once a
//! call and shard.

use super::limits::{KIB, PUT_RECORDS_BYTES, PUT_RECORDS_COUNT};
use super::metrics::{PutOperation, Tally};
use super::names::{ShardId, StreamId};
use super::record::{EncryptionType, Put};
use super::sequence_number::SequenceNumber;
use super::shard::{Buckets, UNTOUCHED};
use super::stream::Stream;
use super::{Ask, Service, tokens_of};
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::{Bucket, Refusal, Throttle};
use crate::engine::time::Instant;

/// Records that go through the rounds together: the shards of so many stay near the processor.
const AT_ONCE: usize = 64;

/// What became of one record of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was stored.
    Accepted {
        /// Which shard.
        shard: ShardId,
        /// The index of its sequence number.
        index: u64,
    },
    /// A bucket did not hold what it needed.
    Throttled {
        /// Which shard.
        shard: ShardId,
        /// Which bucket.
        bucket: Bucket,
    },
}

/// Where a record was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Accepted {
    /// Which shard.
    pub shard: ShardId,
    /// Its place there.
    pub sequence_number: SequenceNumber,
    /// Under what it was stored.
    pub encryption: EncryptionType,
}

/// What a call has done to one shard so far.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Touched {
    shard: ShardId,
    records: u32,
    first: u64,
    bytes: u64,
    refused: Option<Box<Refused>>,
    /// Whether anything waits for records of this shard, looked up while the shard is at hand.
    awaited: bool,
}

/// What a call was refused by one shard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Refused {
    records: u32,
    bytes: u32,
    first: Throttle,
}

/// Who writes what, when and how.
#[derive(Clone, Copy)]
struct Call {
    now: Instant,
    actor: ActorId,
    operation: PutOperation,
    under: EncryptionType,
}

impl Service {
    /// Puts one record.
    ///
    /// `after` is `SequenceNumberForOrdering`: numbers here rise over all earlier ones of the shard
    /// anyway, so it is only checked to be a number of this stream's past.
    pub fn put_record(
        &mut self,
        now: Instant,
        actor: ActorId,
        stream: StreamId,
        put: &Put,
    ) -> Result<Accepted, Refusal> {
        let mut outcomes = Vec::with_capacity(1);
        let (operation, puts) = (PutOperation::PutRecord, std::slice::from_ref(put));
        self.put(now, actor, stream, operation, puts, &mut outcomes)?;
        let found = self.stream(stream).expect("it has just been written");
        match outcomes[..] {
            [Outcome::Accepted { shard, index }] => Ok(Accepted {
                shard,
                sequence_number: found.shards()[shard.0 as usize].sequence_number(index, now),
                encryption: found.encryption.of_new_records(),
            }),
            _ => match self.events.last() {
                Some(Event::WritesThrottled { throttle, .. }) => Err(Refusal::Throttled(*throttle)),
                _ => unreachable!("a record that was not stored was refused by a bucket"),
            },
        }
    }

    /// Puts up to 500 records and 10 MiB, one after the other; one that is refused does not stop
    /// the next. `outcomes` is cleared and filled with one outcome a record, in order.
    ///
    /// A call that is refused as a whole stores nothing.
    ///
    /// # Panics
    ///
    /// If there are more than 500 records: whoever takes requests from outside has counted them.
    pub fn put_records(
        &mut self,
        now: Instant,
        actor: ActorId,
        stream: StreamId,
        puts: &[Put],
        outcomes: &mut Vec<Outcome>,
    ) -> Result<(), Refusal> {
        self.put(now, actor, stream, PutOperation::PutRecords, puts, outcomes)
    }

    /// Puts records as [`Self::put_records`] does, counted as calls of an operation.
    pub fn put(
        &mut self,
        now: Instant,
        actor: ActorId,
        stream: StreamId,
        operation: PutOperation,
        puts: &[Put],
        outcomes: &mut Vec<Outcome>,
    ) -> Result<(), Refusal> {
        assert!(puts.len() as u64 <= PUT_RECORDS_COUNT.value, "validated where it came in");
        outcomes.clear();
        let Some(found) = self.streams.get_mut(stream.0 as usize).and_then(Option::as_mut) else {
            panic!("whoever puts has just looked the stream up");
        };
        found.must_be_usable()?;
        must_have_size(found, puts)?;
        let call = Call { now, actor, operation, under: found.encryption.of_new_records() };
        for puts in puts.chunks(AT_ONCE) {
            let from = outcomes.len();
            let owned = |put: &Put| Outcome::Accepted { shard: found.place(put.hash), index: 0 };
            outcomes.extend(puts.iter().map(owned));
            for outcome in &mut outcomes[from..] {
                // Until it is known, an index is the place of the shard among the touched.
                let Outcome::Accepted { shard, index } = outcome else {
                    unreachable!("as just made")
                };
                *index = touch(&mut self.touched, found, *shard, now);
            }
            for (put, outcome) in puts.iter().zip(&mut outcomes[from..]) {
                let Outcome::Accepted { shard, index } = outcome else {
                    unreachable!("as just made")
                };
                let touched = &mut self.touched[usize::try_from(*index).expect("at most 500")];
                match found.write(call, put, touched) {
                    Ok(given) => *index = given,
                    Err(bucket) => *outcome = Outcome::Throttled { shard: *shard, bucket },
                }
            }
        }
        for touched in &self.touched {
            found.shards_mut()[touched.shard.0 as usize].touched = UNTOUCHED;
        }
        self.finish_put(call, stream);
        Ok(())
    }

    /// Makes the events of a call, wakes who waits for its records, and plans their expiry.
    fn finish_put(&mut self, call: Call, stream: StreamId) {
        let mut touched = std::mem::take(&mut self.touched);
        let found = self.streams[stream.0 as usize].as_ref();
        let kept = &found.expect("it has just been written").monitoring;
        if !kept.shard_metrics.is_empty() {
            self.metrics.put_in_shards(call.now, stream, kept, &touched);
        }
        let mut tally = Tally { records: 0, stored: 0, bytes: 0 };
        for Touched { shard, records, first, bytes, refused, awaited, .. } in touched.drain(..) {
            tally.stored += u64::from(records);
            tally.bytes += bytes;
            if records > 0 {
                let actor = call.actor;
                let bytes = tokens_of(bytes);
                let event = Event::RecordsAccepted { stream, shard, actor, first, records, bytes };
                self.events.push(event);
                if awaited {
                    self.records_arrived(call.now, stream, shard);
                }
            }
            if let Some(refused) = refused {
                let Refused { records, bytes, first: throttle } = *refused;
                tally.records += u64::from(records);
                self.events.push(Event::WritesThrottled { throttle, records, bytes });
            }
        }
        self.touched = touched;
        tally.records += tally.stored;
        self.metrics.put(call.now, stream, call.operation, tally);
    }

    /// Plans what has to follow the first records after a while.
    fn records_arrived(&mut self, now: Instant, stream: StreamId, shard: ShardId) {
        self.plan_trim(now, stream, shard);
        self.wake_subscriptions(now, stream, shard);
    }
}

impl Stream {
    /// Puts one record into its shard: asks both buckets before it charges either. Answers with the
    /// index that it got, in a register: outcomes made here would go through memory twice.
    #[inline]
    fn write(&mut self, call: Call, put: &Put, touched: &mut Touched) -> Result<u64, Bucket> {
        let charge = touched.charge(put);
        let index = self.last_index(touched.shard) + 1;
        let shard = &mut self.shards_mut()[touched.shard.0 as usize];
        let Buckets { write_records, write_bytes, .. } = &mut shard.buckets;
        if !(write_records.holds(1) && write_bytes.holds(charge)) {
            return Err(self.refuse(call, put, touched));
        }
        write_records.take(1);
        write_bytes.take(charge);
        touched.records += 1;
        touched.bytes += u64::from(put.size);
        shard.log.append(call.now, index, put, call.under);
        self.give_index(touched.shard, index);
        Ok(index)
    }

    /// Notes a refusal, by whichever of the two buckets takes longer to fit.
    #[cold]
    fn refuse(&mut self, call: Call, put: &Put, touched: &mut Touched) -> Bucket {
        let Call { now, actor, .. } = call;
        let charge = touched.charge(put);
        let shard = &self.shards()[touched.shard.0 as usize];
        let records_wait = shard.buckets.write_records.wait(now, 1);
        let bytes_wait = shard.buckets.write_bytes.wait(now, charge);
        let (bucket, tokens, wait) = if records_wait >= bytes_wait {
            (Bucket::WriteRecords, 1, records_wait)
        } else {
            (Bucket::WriteBytes, tokens_of(charge), bytes_wait)
        };
        let refused = touched.refused.get_or_insert_with(|| {
            let first = shard.throttle(self.id, Ask { now, actor, tokens, wait }, bucket);
            Box::new(Refused { records: 0, bytes: 0, first })
        });
        refused.records += 1;
        refused.bytes += put.size;
        bucket
    }
}

impl Touched {
    /// What became of this shard's records.
    pub(super) fn tally(&self) -> (ShardId, Tally) {
        let stored = u64::from(self.records);
        let refused = self.refused.as_ref().map_or(0, |refused| u64::from(refused.records));
        (self.shard, Tally { records: stored + refused, stored, bytes: self.bytes })
    }

    /// Bytes that a record costs: AWS rounds each `PutRecord` up to a KiB, and `PutRecords` on the
    /// sum of the call's records.
    #[inline]
    fn charge(&self, put: &Put) -> u64 {
        let sum = self.bytes + u64::from(put.size);
        sum.next_multiple_of(KIB) - self.bytes.next_multiple_of(KIB)
    }
}

/// The place of a shard among those that this call has touched.
#[inline]
fn touch(touched: &mut Vec<Touched>, stream: &mut Stream, shard: ShardId, now: Instant) -> u64 {
    let found = &mut stream.shards_mut()[shard.0 as usize];
    if found.touched != UNTOUCHED {
        return found.touched.into();
    }
    found.touched = u32::try_from(touched.len()).expect("a call touches at most 500 shards");
    found.buckets.write_records.refill(now);
    found.buckets.write_bytes.refill(now);
    touched.push(Touched {
        shard,
        records: 0,
        first: found.log.tip(),
        bytes: 0,
        refused: None,
        awaited: found.trim_ticket.is_none() || found.subscriptions > 0,
    });
    found.touched.into()
}

/// Refuses a call with a record larger than the stream allows, or larger than a call may be.
fn must_have_size(stream: &Stream, puts: &[Put]) -> Result<(), Refusal> {
    let max = stream.max_record_bytes();
    let mut total = 0;
    for put in puts {
        let size = u64::from(put.size);
        if size > max {
            return Err(Refusal::RecordTooLarge { size, max });
        }
        total += size;
    }
    if total > PUT_RECORDS_BYTES.value {
        return Err(Refusal::RecordsTooLarge);
    }
    Ok(())
}
