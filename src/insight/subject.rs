//! What a viewer can point at.

use super::history::{History, Mark};
use super::recent::Told;
use crate::engine::actor::ActorId;
use crate::engine::event::Event;
use crate::engine::refusal::Throttle;
use crate::engine::service::names::{ShardId, StreamId};
use crate::engine::time::Instant;
use std::time::Duration;

/// What a viewer can point at, in the picture, a table or the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A stream.
    Stream(StreamId),
    /// A shard.
    Shard(StreamId, ShardId),
    /// A record, by its place in a shard's log.
    Record {
        /// Which stream.
        stream: StreamId,
        /// Which shard.
        shard: ShardId,
        /// Its place, counted from 0.
        ordinal: u64,
    },
    /// A producer or consumer.
    Client(ActorId),
    /// A refusal.
    Refusal(Sought),
}

/// A refusal by where and when it was: the first of a shard within a stretch of time.
///
/// A run has millions of refusals and keeps none of them; this finds one again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sought {
    /// Which stream.
    pub stream: StreamId,
    /// Which shard.
    pub shard: ShardId,
    /// Of records or of readers.
    pub mark: Mark,
    /// Whose request, if that is known.
    pub actor: Option<ActorId>,
    /// Not before.
    pub from: Instant,
    /// Not after.
    pub until: Instant,
}

impl Sought {
    /// The refusal that an event tells of; `None` if it tells of something else.
    pub fn of(told: &Told) -> Option<Self> {
        let (throttle, mark) = refusal(&told.event)?;
        let Throttle { stream, shard, actor, .. } = *throttle;
        Some(Self { stream, shard, mark, actor: Some(actor), from: told.at, until: told.at })
    }

    /// The last refusal of a shard within the last `window`, as exactly as the history knows it.
    pub fn last(
        history: &History,
        place: (StreamId, ShardId),
        now: Instant,
        window: Duration,
    ) -> Option<Self> {
        Self::nearest(history, place, (now, window), now)
    }

    /// The last refusal within the last `window` of each of the shards that refused most, `most` of
    /// them; by stream and shard.
    pub fn last_of_each(
        history: &History,
        now: Instant,
        window: Duration,
        most: usize,
    ) -> Vec<Self> {
        let mut offered = Vec::with_capacity(most + 1);
        for found in history.refusing(now, window) {
            offered.push(found);
            if offered.len() > most {
                // Of those that refused as often, the first ones stay.
                let least = (0..offered.len()).rev().min_by_key(|&at| offered[at].2);
                offered.remove(least.unwrap_or(most));
            }
        }
        let places = offered.into_iter().map(|(stream, shard, _)| (stream, shard));
        places.filter_map(|place| Self::last(history, place, now, window)).collect()
    }

    /// The refusal of a shard nearest to an instant, of those within the last window before now.
    pub fn nearest(
        history: &History,
        (stream, shard): (StreamId, ShardId),
        times: (Instant, Duration),
        instant: Instant,
    ) -> Option<Self> {
        let marks = [Mark::WriteRefused, Mark::ReadRefused];
        let places = marks.map(|mark| (stream, shard, mark));
        Self::nearest_of(history, places, times, instant)
    }

    /// The refusal nearest to an instant in any of some places, of those within the last window
    /// before now; of several as near, that of the first place.
    pub fn nearest_of(
        history: &History,
        places: impl IntoIterator<Item = (StreamId, ShardId, Mark)>,
        (now, window): (Instant, Duration),
        instant: Instant,
    ) -> Option<Self> {
        let found = places.into_iter().filter_map(|(stream, shard, mark)| {
            let line = history.timeline(stream, shard, mark)?;
            let nearest = line
                .bins(now, window)
                .min_by_key(|bin| instant.since(bin.until).max(bin.from.since(instant)))?;
            let (from, until) = (nearest.from, nearest.until.before(Duration::from_micros(1)));
            let sought = Self { stream, shard, mark, actor: None, from, until };
            Some((instant.since(until).max(from.since(instant)), sought))
        });
        found.min_by_key(|(away, _)| *away).map(|(_, sought)| sought)
    }

    /// What the bucket looked like, if this is the event.
    pub fn found(&self, at: Instant, event: &Event) -> Option<Throttle> {
        let (throttle, mark) = refusal(event)?;
        let is_this = (throttle.stream, throttle.shard, mark)
            == (self.stream, self.shard, self.mark)
            && (self.from..=self.until).contains(&at)
            && self.actor.is_none_or(|actor| actor == throttle.actor);
        is_this.then_some(*throttle)
    }
}

/// What a bucket looked like when it refused.
fn refusal(event: &Event) -> Option<(&Throttle, Mark)> {
    match event {
        Event::WritesThrottled { throttle, .. } => Some((throttle, Mark::WriteRefused)),
        Event::ReadThrottled(throttle) => Some((throttle, Mark::ReadRefused)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::refusal::Bucket;

    const START: Instant = Instant::DEFAULT_START;
    const PLACE: (StreamId, ShardId) = (StreamId(0), ShardId(3));

    fn refused(at: Instant, actor: u16) -> Told {
        let throttle = Throttle {
            stream: PLACE.0,
            shard: PLACE.1,
            actor: ActorId(actor),
            bucket: Bucket::WriteRecords,
            asked: 1,
            level: 0,
            debt: 0,
            fits_at: at,
        };
        Told { number: 0, at, event: Event::WritesThrottled { throttle, records: 2, bytes: 20 } }
    }

    #[test]
    fn a_refusal_is_found_again_by_its_event() {
        let told = refused(START, 1);
        let sought = Sought::of(&told).unwrap();
        assert!(sought.found(START, &told.event).is_some());
        assert_eq!(sought.found(START, &refused(START, 2).event), None, "somebody else's");
        assert_eq!(sought.found(START + Duration::from_micros(1), &told.event), None);
    }

    #[test]
    fn the_shards_that_refused_most_are_offered_in_their_order() {
        let mut history = History::default();
        for (secs, shard, times) in [(1, 9, 3), (2, 4, 1), (3, 2, 2), (4, 9, 1), (90, 7, 1)] {
            for _ in 0..times {
                let mut told = refused(START + Duration::from_secs(secs), 1);
                if let Event::WritesThrottled { throttle, .. } = &mut told.event {
                    throttle.shard = ShardId(shard);
                }
                history.record(told.at, &told.event);
            }
        }
        let offered = |secs: u64, window: u64, most| {
            let (now, window) = (START + Duration::from_secs(secs), Duration::from_secs(window));
            let found = Sought::last_of_each(&history, now, window, most);
            found.iter().map(|sought| sought.shard.0).collect::<Vec<_>>()
        };
        assert_eq!(offered(100, 100, 9), [2, 4, 7, 9]);
        assert_eq!(offered(100, 100, 2), [2, 9]);
        assert_eq!(offered(100, 30, 9), [7]);
        assert!(offered(200, 30, 9).is_empty());
    }

    #[test]
    fn the_nearest_of_several_is_pointed_at() {
        let mut history = History::default();
        for secs in [1, 10, 20] {
            let told = refused(START + Duration::from_secs(secs), 1);
            history.record(told.at, &told.event);
        }
        let now = START + Duration::from_secs(25);
        let window = Duration::from_secs(30);
        let leads_to = |near: u64, secs: u64| {
            let at = START + Duration::from_secs(near);
            let sought = Sought::nearest(&history, PLACE, (now, window), at).unwrap();
            let event = refused(START, 1).event;
            sought.found(START + Duration::from_secs(secs), &event).is_some()
        };
        assert!(leads_to(8, 10) && leads_to(2, 1) && leads_to(25, 20));
        assert!(!leads_to(8, 1) && !leads_to(2, 10));
        let last = Sought::last(&history, PLACE, now, window).unwrap();
        assert!(last.found(START + Duration::from_secs(20), &refused(START, 7).event).is_some());
        assert_eq!(Sought::last(&history, (StreamId(0), ShardId(0)), now, window), None);
    }
}
