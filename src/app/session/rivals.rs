//! Two branches on their way to the same instant, to be compared there. They run beside the world
//! that is seen, in pieces, and leave it as it is.

use super::Session;
use super::past::Past;
use crate::app::room::Room;
use shardlab::engine::event::Event;
use shardlab::engine::time::Instant;
use shardlab::insight::compare::{Standing, first_difference};
use shardlab::insight::pricing::Prices;
use shardlab::journal::{Entry, Journal};
use std::collections::VecDeque;
use std::rc::Rc;

/// Two branches, and where they part.
#[derive(Debug)]
pub struct Rivals {
    sides: [Side; 2],
    to: Instant,
    /// The first lines that differ until then.
    lines: Option<[Option<Entry>; 2]>,
    /// The first events that differ until then.
    events: Option<[Option<Happened>; 2]>,
    /// From when on events are looked at, until two differ.
    looks_from: Option<Instant>,
}

/// An event and its instant.
pub type Happened = (Instant, Event);

/// What came of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How far each branch was run: to the instant asked for, unless memory was short.
    pub at: [Instant; 2],
    /// How each of them stands there.
    pub standings: [Standing; 2],
    /// The first lines that differ.
    pub lines: Option<[Option<Entry>; 2]>,
    /// The first events that differ.
    pub events: Option<[Option<Happened>; 2]>,
}

/// One branch on its way.
#[derive(Debug)]
struct Side {
    journal: Journal,
    past: Past,
    /// Events until then are part of the past already.
    known_until: Option<Instant>,
    /// A later past, to go on from when nobody looks at the events in between.
    shortcut: Option<Rc<Past>>,
    /// Events whose like the other one has not come to.
    unmatched: VecDeque<Happened>,
    has_arrived: bool,
}

/// Tasks between two looks at the viewer's clock.
const CHUNK: u64 = 128;

impl Session {
    /// Two branches, to be compared at an instant; a branch that was not run so far goes on until
    /// then.
    ///
    /// # Panics
    ///
    /// If there are no such branches.
    pub fn rivals(&self, branches: [usize; 2], to: Instant) -> Rivals {
        let to = to.max(self.begun);
        let entries = branches.map(|branch| {
            let entries = &self.journal.branches()[branch].entries;
            &entries[..entries.partition_point(|entry| entry.at <= to)]
        });
        let lines = first_difference(entries[0], entries[1]);
        let parted = lines.and_then(|pair| pair.iter().flatten().map(|entry| entry.at).min());
        let sides = branches.map(|branch| {
            let near = self.snapshots[branch].last_until(to);
            let before =
                parted.map_or(to, |parted| parted.before(std::time::Duration::from_micros(1)));
            let start = self.snapshots[branch].last_until(before);
            let shortcut = near.filter(|_| parted.is_some()).cloned();
            Side::starting(self, branch, start.map(|past| (**past).clone()), shortcut)
        });
        let lines = lines.map(|pair| pair.map(Option::<&Entry>::cloned));
        Rivals { sides, to, lines, events: None, looks_from: parted }
    }

    /// The earlier of two branches' ends.
    ///
    /// # Panics
    ///
    /// If there are no such branches.
    pub fn earlier_end(&self, branches: [usize; 2]) -> Instant {
        let [a, b] = branches.map(|branch| self.journal.branches()[branch].reached);
        a.min(b)
    }
}

impl Rivals {
    /// Goes on; says whether both have arrived.
    pub fn work(&mut self, mut has_time: impl FnMut() -> bool) -> bool {
        loop {
            let [a, b] = self.sides.each_ref().map(|side| (side.has_arrived, side.now()));
            if a.0 && b.0 {
                self.part_at_the_end();
                return true;
            }
            // The one that is behind, so that few events wait for their like.
            let behind = &mut self.sides[usize::from(b < a)];
            behind.go_on(self.to, self.looks_from);
            if self.looks_from.is_some() && self.have_parted() {
                self.looks_from = None;
                self.sides.iter_mut().for_each(Side::take_shortcut);
            }
            if !has_time() {
                return false;
            }
        }
    }

    /// What came of it, at these prices.
    pub fn verdict(&self, prices: &Prices) -> Verdict {
        let standing = |side: &Side| {
            Standing::of(side.journal.simulation(), &side.past.history.totals, prices)
        };
        Verdict {
            at: self.sides.each_ref().map(Side::now),
            standings: self.sides.each_ref().map(standing),
            lines: self.lines.clone(),
            events: self.events,
        }
    }

    /// Matches events; says whether two differ.
    fn have_parted(&mut self) -> bool {
        let [a, b] = &mut self.sides;
        while let (Some(one), Some(other)) = (a.unmatched.front(), b.unmatched.front()) {
            if one != other {
                self.events = Some([Some(*one), Some(*other)]);
                return true;
            }
            a.unmatched.pop_front();
            b.unmatched.pop_front();
        }
        false
    }

    /// An event without its like, when nothing more will happen.
    fn part_at_the_end(&mut self) {
        let left = self.sides.each_ref().map(|side| side.unmatched.front().copied());
        if self.events.is_none() && left.iter().any(Option::is_some) {
            self.events = Some(left);
        }
    }
}

impl Side {
    fn starting(
        session: &Session,
        branch: usize,
        past: Option<Past>,
        shortcut: Option<Rc<Past>>,
    ) -> Self {
        let known_until = past.as_ref().map(|past| past.until);
        let past = past.unwrap_or_else(|| Past::before(session.begun));
        let mut journal = session.journal.clone();
        journal.rewind(branch, past.until);
        Self {
            journal,
            past,
            known_until,
            shortcut,
            unmatched: VecDeque::new(),
            has_arrived: false,
        }
    }

    fn now(&self) -> Instant {
        self.journal.simulation().now()
    }

    fn go_on(&mut self, to: Instant, looks_from: Option<Instant>) {
        self.has_arrived = self.journal.advance_within(to, CHUNK)
            || Room::left_by(self.journal.simulation().service()) == Room::None;
        while let Some((at, event)) = self.journal.simulation_mut().poll_event() {
            if self.known_until.is_some_and(|known| at <= known) {
                continue;
            }
            self.past.record(at, &event);
            if looks_from.is_some_and(|from| at >= from) {
                self.unmatched.push_back((at, event));
            }
        }
        self.journal.drop_news();
    }

    /// Goes on from a later past, if there is one.
    fn take_shortcut(&mut self) {
        self.unmatched = VecDeque::new();
        if let Some(past) = self.shortcut.take().filter(|past| past.until > self.now()) {
            self.past = (*past).clone();
            self.known_until = Some(past.until);
            self.journal.rewind(self.journal.current(), past.until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Turn;
    use shardlab::engine::service::stream::StreamStatus;
    use shardlab::insight::compare::Measure;
    use std::time::Duration;

    const MINUTE: Duration = Duration::from_mins(1);

    fn enter(session: &mut Session, line: &str) {
        session.queue(line, Turn::After);
        session.work(Duration::ZERO, || true, |_| ());
    }

    fn run(session: &mut Session, minutes: u32) {
        session.work(MINUTE * minutes, || true, |_| ());
    }

    /// One shard with two shards' worth of records, and a branch in which it is split after a
    /// minute; both run for ten minutes.
    fn hot_and_split() -> (Session, Instant) {
        let mut session = Session::default();
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 1",
            "lab wait 10s",
            "lab producer web --stream clicks --rate 1800/s --record-size 100B --keys uniform:999 \
             --api put-records",
            "lab consumer billing --stream clicks --mode shared --every 1s --from TRIM_HORIZON",
        ] {
            enter(&mut session, line);
        }
        run(&mut session, 1);
        let fork = session.now();
        run(&mut session, 9);
        session.seek(fork);
        run(&mut session, 0);
        enter(
            &mut session,
            "aws kinesis split-shard --stream-name clicks --shard-to-split shardId-000000000000 \
             --new-starting-hash-key 170141183460469231731687303715884105728",
        );
        run(&mut session, 9);
        assert_eq!(session.run().branches.len(), 2);
        (session, fork)
    }

    fn arrive(rivals: &mut Rivals) -> Verdict {
        while !rivals.work(|| false) {}
        rivals.verdict(&Prices::default())
    }

    #[test]
    fn a_split_is_told_from_its_lack() {
        let (session, fork) = hot_and_split();
        let digest = session.simulation().digest();
        let to = session.earlier_end([0, 1]);
        let verdict = arrive(&mut session.rivals([0, 1], to));
        assert_eq!(verdict.at, [to; 2]);
        assert_eq!(session.simulation().digest(), digest, "the world that is seen stays");

        let value =
            |side: usize, measure: Measure| verdict.standings[side].values[measure as usize];
        assert_eq!((value(0, Measure::Shards), value(1, Measure::Shards)), (1, 2));
        assert!(value(0, Measure::Throttled) > 2 * value(1, Measure::Throttled));
        assert!(value(0, Measure::Accepted) < value(1, Measure::Accepted));
        assert!(value(0, Measure::Cost) < value(1, Measure::Cost), "a shard more costs more");
        let end = session.history().totals;
        assert_eq!(value(1, Measure::Accepted), end.accepted, "the branch that is seen");
        assert!(verdict.standings.iter().all(|standing| standing.lag("billing").is_some()));

        let [without, with] = verdict.lines.expect("one has a line that the other has not");
        assert_eq!(without, None);
        let line = with.expect("the branch has a line more");
        assert!(line.line.contains("split-shard") && line.at >= fork);
        let [_, happened] = verdict.events.expect("they part");
        let (at, event) = happened.expect("something happens in the branch");
        let updating = Some(StreamStatus::Updating);
        assert!(matches!(event, Event::StreamStatusChanged { status, .. } if status == updating));
        assert_eq!(at, line.at, "at the very line");
    }

    #[test]
    fn the_other_way_round_and_however_it_is_run_it_is_the_same() {
        let (session, fork) = hot_and_split();
        let to = fork + MINUTE * 4;
        let one = arrive(&mut session.rivals([0, 1], to));
        let mut rivals = session.rivals([1, 0], to);
        assert!(rivals.work(|| true));
        let other = rivals.verdict(&Prices::default());
        assert_eq!(one.standings[0], other.standings[1]);
        assert_eq!(one.standings[1], other.standings[0]);
        assert_eq!(one.events.map(|[a, b]| [b, a]), other.events);
    }

    #[test]
    fn a_branch_is_like_itself_and_like_another_before_they_part() {
        let (session, fork) = hot_and_split();
        let same = arrive(&mut session.rivals([1, 1], session.now()));
        assert_eq!((&same.lines, &same.events), (&None, &None));
        assert_eq!(same.standings[0], same.standings[1]);
        let early = arrive(&mut session.rivals([0, 1], fork.before(MINUTE / 2)));
        assert_eq!((&early.lines, &early.events), (&None, &None));
        assert_eq!(early.standings[0], early.standings[1]);
    }

    #[test]
    fn a_branch_that_was_not_run_so_far_goes_on() {
        let (mut session, _) = hot_and_split();
        run(&mut session, 5);
        let verdict = arrive(&mut session.rivals([0, 1], session.now()));
        assert_eq!(verdict.at, [session.now(); 2]);
    }
}
