//! Watches one bucket while time passes: every sip, and the level between them.

use super::{COLUMN, COLUMNS, Column, Drinker, Who};
use crate::engine::Simulation;
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::{Bucket, Throttle};
use crate::engine::service::limits::KIB;
use crate::engine::service::token_bucket::TokenBucket;
use crate::engine::sorted::SortedMap;
use crate::engine::time::Instant;
use std::time::Duration;

/// What was seen of one bucket.
#[derive(Clone, Debug)]
pub struct Watch {
    throttle: Throttle,
    since: Instant,
    /// The bucket at the beginning; `None` until there is one.
    first: Option<TokenBucket>,
    /// The bucket now.
    bucket: Option<TokenBucket>,
    sips: Vec<Sip>,
}

/// What one call took, or was refused.
#[derive(Clone, Copy, Debug)]
struct Sip {
    at: Instant,
    /// Who; `None` where no event tells.
    actor: Option<ActorId>,
    taken: u64,
    refused: u64,
    /// The level before, in tokens.
    before: i64,
    /// The bucket after.
    after: TokenBucket,
}

/// What came at one microsecond, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// The level before.
    pub before: i64,
    /// Tokens taken.
    pub taken: u64,
    /// Tokens refused.
    pub refused: u64,
}

/// Tokens in a bucket, below zero if it owes some.
pub fn level(bucket: &TokenBucket, at: Instant) -> i64 {
    let signed = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
    signed(bucket.level(at)) - signed(bucket.debt(at))
}

impl Watch {
    /// Begins to watch the bucket of a refusal that is still to come.
    pub fn begin(world: &Simulation, throttle: Throttle) -> Self {
        let bucket = bucket_of(world, &throttle);
        Self { throttle, since: world.now(), first: bucket, bucket, sips: Vec::new() }
    }

    /// Takes the next event.
    pub fn take(&mut self, at: Instant, event: &Event) {
        let place = (self.throttle.stream, self.throttle.shard);
        let bucket = self.throttle.bucket;
        let is_write = matches!(bucket, Bucket::WriteRecords | Bucket::WriteBytes);
        match *event {
            Event::RecordsAccepted { stream, shard, actor, records, bytes, .. }
                if (stream, shard) == place && is_write =>
            {
                let tokens = match bucket {
                    Bucket::WriteRecords => u64::from(records),
                    // Each call is rounded up to a KiB.
                    _ => u64::from(bytes).next_multiple_of(KIB),
                };
                self.drink(at, actor, tokens);
            }
            Event::RecordsRead { stream, shard, actor, bytes, .. } if (stream, shard) == place => {
                match bucket {
                    Bucket::ReadCalls => self.drink(at, actor, 1),
                    Bucket::ReadBytes => self.drink(at, actor, u64::from(bytes)),
                    Bucket::WriteRecords | Bucket::WriteBytes | Bucket::IteratorCalls => {}
                }
            }
            Event::WritesThrottled { throttle, records, bytes } if self.is_here(&throttle) => {
                let tokens = if bucket == Bucket::WriteRecords { records } else { bytes };
                self.refuse(at, throttle.actor, tokens.into());
            }
            Event::ReadThrottled(throttle) if self.is_here(&throttle) => {
                self.refuse(at, throttle.actor, 1);
            }
            _ => {}
        }
    }

    /// Looks at the bucket itself, after all events of a moment were taken.
    pub fn look(&mut self, world: &Simulation) {
        let now = world.now();
        let real = bucket_of(world, &self.throttle);
        if let (Some(seen), Some(real)) = (&self.bucket, real)
            && self.throttle.bucket == Bucket::IteratorCalls
        {
            // Of an iterator that was issued, no event tells.
            let taken = u64::try_from(level(seen, now) - level(&real, now)).unwrap_or(0);
            if taken > 0 {
                let before = level(seen, now);
                self.sips.push(Sip {
                    at: now,
                    actor: None,
                    taken,
                    refused: 0,
                    before,
                    after: real,
                });
            }
        }
        self.first = self.first.or(real);
        self.bucket = real.or(self.bucket);
    }

    /// What came at an instant, all calls of that microsecond together.
    pub fn call(&self, at: Instant) -> Call {
        let first = self.sips.partition_point(|sip| sip.at < at);
        let sips = self.sips[first..].iter().take_while(|sip| sip.at == at);
        let mut call =
            Call { before: self.sips.get(first).map_or(0, |sip| sip.before), ..Call::default() };
        for sip in sips {
            call.taken += sip.taken;
            call.refused += sip.refused;
        }
        call
    }

    /// Who drank until an instant; whoever asked for most is first.
    pub fn drinkers(&self, world: &Simulation, until: Instant) -> Vec<Drinker> {
        let mut sums = SortedMap::<Option<ActorId>, (u64, u64)>::default();
        for sip in self.sips.iter().filter(|sip| sip.at <= until) {
            let sum = sums.or_default(sip.actor);
            (sum.0, sum.1) = (sum.0 + sip.taken, sum.1 + sip.refused);
        }
        let mut drinkers: Vec<Drinker> = Vec::new();
        for (&actor, &(taken, refused)) in sums.iter() {
            let name = actor.and_then(|actor| world.clients().name(actor));
            let who = match (actor, name) {
                (Some(_), Some(name)) => Who::Client(name.to_string()),
                (Some(_), None) => Who::Person,
                (None, _) => Who::Anybody,
            };
            let asked = |drinker: &Drinker| drinker.taken + drinker.refused;
            let place = drinkers.partition_point(|other| asked(other) >= taken + refused);
            drinkers.insert(place, Drinker { who, taken, refused });
        }
        drinkers
    }

    /// The level in columns, from the beginning on.
    pub fn columns(&self) -> Vec<Column> {
        let Some(mut bucket) = self.first else { return Vec::new() };
        let (mut sips, mut start) = (self.sips.iter().peekable(), self.since);
        let mut columns = Vec::new();
        for _ in 0..COLUMNS {
            let end = start + COLUMN;
            let begins = level(&bucket, start);
            let mut column = Column { low: begins, high: begins };
            while let Some(sip) = sips.next_if(|sip| sip.at < end) {
                bucket = sip.after;
                column.high = column.high.max(sip.before);
                column.low = column.low.min(level(&bucket, sip.at));
            }
            column.high = column.high.max(level(&bucket, end.before(Duration::from_micros(1))));
            columns.push(column);
            start = end;
        }
        columns
    }

    fn is_here(&self, throttle: &Throttle) -> bool {
        let place = |throttle: &Throttle| (throttle.stream, throttle.shard, throttle.bucket);
        place(throttle) == place(&self.throttle)
    }

    fn drink(&mut self, at: Instant, actor: ActorId, tokens: u64) {
        let Some(bucket) = &mut self.bucket else { return };
        let before = level(bucket, at);
        bucket.overdraw(at, tokens);
        let after = *bucket;
        self.sips.push(Sip { at, actor: Some(actor), taken: tokens, refused: 0, before, after });
    }

    fn refuse(&mut self, at: Instant, actor: ActorId, tokens: u64) {
        let Some(bucket) = self.bucket else { return };
        let (before, actor) = (level(&bucket, at), Some(actor));
        self.sips.push(Sip { at, actor, taken: 0, refused: tokens, before, after: bucket });
    }
}

fn bucket_of(world: &Simulation, throttle: &Throttle) -> Option<TokenBucket> {
    let shard = world.service().shard(throttle.stream, throttle.shard)?;
    Some(*shard.buckets.of(throttle.bucket))
}
