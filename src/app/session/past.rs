//! What has happened until an instant, and snapshots of it to go back to.

use super::course::{Course, Sign};
use shardlab::engine::event::Event;
use shardlab::engine::time::Instant;
use shardlab::insight::history::History;
use shardlab::journal::{self, Journal};
use std::rc::Rc;

/// The events of a run until some instant, folded.
#[derive(Clone, Debug)]
pub struct Past {
    /// For the picture and the counts.
    pub history: History,
    /// For the scrubber.
    pub course: Course,
    /// The instant of the last event.
    pub until: Instant,
}

/// The pasts of one branch that can be gone back to, oldest first. Each of them is whole: it has
/// every event of its last instant.
#[derive(Clone, Debug, Default)]
pub struct Snapshots(Vec<Snapshot>);

#[derive(Clone, Debug)]
struct Snapshot {
    past: Rc<Past>,
    /// Tasks performed until about then.
    tasks: u64,
}

/// The most snapshots of a branch: as many as a journal has checkpoints.
const COUNT_MAX: usize = 128;

impl Past {
    /// Nothing has happened.
    pub fn before(begun: Instant) -> Self {
        Self { history: History::default(), course: Course::of_run(begun), until: begun }
    }

    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        self.until = at;
        self.history.record(at, event);
        if let Some(sign) = Sign::of(event) {
            self.course.mark(at, sign);
        }
    }
}

impl Snapshots {
    /// The last one whose events all happened by `to`.
    pub fn last_until(&self, to: Instant) -> Option<&Rc<Past>> {
        let after = self.0.partition_point(|kept| kept.past.until <= to);
        after.checked_sub(1).and_then(|last| self.0.get(last)).map(|kept| &kept.past)
    }

    /// Whether there is none since an instant.
    pub fn lacks_one_since(&self, instant: Instant) -> bool {
        self.0.last().is_none_or(|last| last.past.until < instant)
    }

    /// Keeps a whole past of a journal's world, and no more of them than its
    /// [allowance](journal::allowance) leaves room for.
    pub fn keep(&mut self, past: &Past, journal: &Journal) {
        let (service, tasks) =
            (journal.simulation().service(), journal.console().tasks_performed());
        self.0.push(Snapshot { past: Rc::new(past.clone()), tasks });
        let bytes_max = journal::allowance(service, past.history.bytes());
        let are_too_many = |kept: &Self| kept.0.len() > COUNT_MAX || kept.bytes() > bytes_max;
        if are_too_many(self) {
            // Of several snapshots after one checkpoint, the first is enough.
            self.0.dedup_by_key(|kept| journal.last_checkpoint(kept.past.until));
        }
        while self.0.len() > 1 && are_too_many(self) {
            self.drop_one();
        }
    }

    /// Those that a branch shares which leaves at an instant.
    pub fn before(&self, left: Instant) -> Self {
        Self(self.0.iter().filter(|kept| kept.past.until < left).cloned().collect())
    }

    /// About how many bytes they take beside the past that goes on.
    fn bytes(&self) -> u64 {
        let histories = || self.0.iter().map(|kept| &kept.past.history);
        let beside = histories().zip(histories().skip(1));
        let beside: u64 = beside.map(|(one, next)| one.bytes_beside(next)).sum();
        beside + histories().next_back().map_or(0, History::bytes)
    }

    /// Drops that one, but not the last, without which the way between its neighbors is shortest.
    fn drop_one(&mut self) {
        let tasks = |place: usize| self.0[place].tasks;
        let way = |place: usize| tasks(place + 1) - place.checked_sub(1).map_or(0, tasks);
        if let Some(place) = (0..self.0.len() - 1).min_by_key(|place| way(*place)) {
            self.0.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::session::{Session, Turn};
    use shardlab::engine::service::stream::Stream;
    use std::time::Duration;

    const KIB: u64 = 1 << 10;
    /// What CloudWatch's minutes of an hour take in this run.
    const MINUTES_OF_AN_HOUR: u64 = 60 * 21;
    /// What the page works on at 600x with 60 frames a second.
    const FRAME: Duration = Duration::from_secs(10);

    /// A record a second and two readers: little happens, but for long.
    fn begun() -> Session {
        let mut session = Session::default();
        for line in [
            "aws kinesis create-stream --stream-name bench --shard-count 4",
            "lab wait 30s",
            "lab consumer shared --stream bench --mode shared --every 1s --from LATEST",
            "lab consumer own --stream bench --mode enhanced-fan-out --from LATEST",
            "lab producer web --stream bench --rate 1/s --record-size 100B --keys uniform:100",
        ] {
            session.queue(line, Turn::After);
        }
        session.work(Duration::ZERO, || true, |_| ());
        session
    }

    /// Bytes that all logs ask for, to the byte.
    fn log_bytes(session: &Session) -> u64 {
        let shards = session.simulation().service().streams().flat_map(Stream::shards);
        shards.map(|shard| shard.log.heap_bytes() as u64).sum()
    }

    /// A run of 60 hours: beside the records, all that grows after its first hour are CloudWatch's
    /// minutes, which it keeps for 15 days, and once records expire, those that a way back needs.
    #[test]
    fn nothing_grows_with_time_but_what_is_retained() {
        let mut session = None;
        let mut held = allocation_counter::measure(|| session = Some(begun())).bytes_current;
        let session = session.as_mut().expect("it has begun");
        let (mut seen, mut after_first) = (Vec::new(), 0);
        for hour in 1..=60 {
            let work = || {
                for _ in 0..360 {
                    session.work(FRAME, || true, |_| ());
                }
            };
            held += allocation_counter::measure(work).bytes_current;
            if [1, 5, 10, 59].contains(&hour) {
                let (digest, totals) = (session.simulation().digest(), session.history().totals);
                seen.push((session.now(), digest, totals));
            }
            let held = u64::try_from(held).expect("more is taken than given back");
            let expired =
                if hour > 24 { session.simulation().service().record_bytes() / 4 } else { 0 };
            let beside = held - log_bytes(session) - hour * MINUTES_OF_AN_HOUR - expired;
            if hour == 1 {
                after_first = beside;
            }
            assert!(beside <= 608 * KIB, "{beside} bytes after {hour} hours");
            // A copy of the open segments comes and goes.
            let more = if hour <= 11 { 64 } else { 352 };
            let grown = beside.saturating_sub(after_first);
            assert!(grown <= more * KIB, "{grown} bytes more after {hour} hours than after one");
        }
        assert_eq!(session.history().totals.accepted, 216_000);
        for (at, digest, totals) in seen {
            session.seek(at);
            while session.is_travelling() {
                session.work(Duration::ZERO, || true, |_| ());
            }
            let found = (session.now(), session.simulation().digest(), session.history().totals);
            assert_eq!(found, (at, digest, totals));
        }
    }
}
