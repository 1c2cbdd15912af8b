//! Travel through a run: back and forth, to another branch, to the next thing of a kind. It takes
//! its time in pieces, so that no frame waits for it.

use super::course::Sign;
use super::past::{Past, Snapshots};
use super::{Answer, Data, Session};
use crate::app::room::Room;
use shardlab::chunk::Unloaded;
use shardlab::engine::time::Instant;
use shardlab::insight::inquiry::Inquiry;
use shardlab::insight::subject::Sought;
use shardlab::journal::{self, Journal};
use std::time::Duration;

/// Where a session is on its way to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journey {
    /// An instant.
    To(Instant),
    /// The last thing that happened before or at an instant.
    Back(Instant),
    /// The next thing of a kind, but not beyond an instant.
    Next(Sign, Instant),
}

/// Where the viewer wants to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Travel {
    /// So many milliseconds after the beginning.
    Seek(u64),
    /// To the next thing that happens.
    Step,
    /// To the last thing that happened.
    Back,
    /// To the next thing of a kind.
    Skip(Sign),
    /// Nowhere: stop looking ahead.
    Stay,
    /// Onto a branch that begins here.
    Branch,
    /// To the end of a branch.
    Switch(usize),
    /// Nowhere, but this branch gets another name.
    Rename(String),
    /// To just before the last line, onto a branch without it.
    Undo,
    /// To where the last undo came from.
    Redo,
}

/// What goes back and forth. A page that begins has nowhere to go, so it does without it.
pub struct Travels {
    /// Sets out.
    pub go: fn(&mut Session, Travel),
    /// Goes on with the whole of its data; see [`Session::complete`].
    pub complete: fn(&mut Session, Vec<Data>),
    /// Goes on with the journey.
    pub travel: fn(&mut Session, HasTime),
    /// Lets the time of another visit pass; says whether it is over.
    pub replay: fn(&mut Session, HasTime, &mut dyn FnMut(Answer)) -> bool,
    /// Goes where somebody asked to go first; says whether it is there.
    pub go_where_sought: fn(&mut Session, HasTime) -> bool,
    /// Keeps a past to go back to.
    pub keep: fn(&mut Snapshots, &Past, &Journal),
    /// Begins to look into a refusal of the current branch.
    pub inquire: fn(&Session, Sought) -> Inquiry,
}

/// Says whether the viewer can wait longer.
pub type HasTime<'a> = &'a mut dyn FnMut() -> bool;

shardlab::chunk! {
    /// Fetched soon after the page has begun, or when somebody sets out; see [`load`].
    static TRAVELS(travel): Travels = Travels {
        go: Session::go,
        complete: Session::complete,
        travel: Session::travel,
        replay: Session::replay,
        go_where_sought: Session::go_where_sought,
        keep: Snapshots::keep,
        inquire: |session, sought| Inquiry::begin(&session.journal, sought),
    };
}

/// What goes back and forth, if it is here.
pub fn here() -> Option<&'static Travels> {
    TRAVELS.get()
}

/// Loads it, and what keeps checkpoints to go back to.
pub async fn load() -> Result<&'static Travels, Unloaded> {
    journal::load_copies().await?;
    TRAVELS.load().await
}

/// How far ahead the next thing of a kind is looked for: a year.
const HORIZON: Duration = Duration::from_hours(366 * 24);
/// Tasks between two looks at the viewer's clock.
const CHUNK: u64 = 128;
/// Instants at which something happens between two looks at the viewer's clock.
const INSTANTS: u32 = 16;

impl Session {
    /// Sets out, unless it could come to where rows are missing.
    fn go(&mut self, travel: Travel) {
        if self.lacks_rows {
            return;
        }
        match travel {
            Travel::Seek(millis) => self.seek_millis(millis),
            Travel::Step => self.step(),
            Travel::Back => self.step_back(),
            Travel::Skip(sign) => self.skip(sign),
            Travel::Stay => self.stop_looking(),
            Travel::Branch => self.branch(),
            Travel::Switch(branch) => self.switch(branch),
            Travel::Rename(name) => self.rename(name.trim()),
            Travel::Undo => self.undo(),
            Travel::Redo => self.redo(),
        }
    }

    /// Goes to an instant of the current branch, or as near as it was run.
    pub fn seek(&mut self, to: Instant) {
        let to = to.clamp(self.begun, self.reached());
        let branch = self.journal.current();
        let nearest = self.snapshots[branch].last_until(to).map(|past| past.until);
        self.interrupt();
        self.remember_course();
        if to < self.now() || nearest.is_some_and(|nearest| nearest > self.now()) {
            self.restore(branch, to);
        }
        self.journey = Some(Journey::To(to));
    }

    /// Goes so far from the beginning of the run.
    pub fn seek_millis(&mut self, millis: u64) {
        self.seek(self.begun + Duration::from_millis(millis));
    }

    /// Goes to the next thing that happens, if anything will.
    pub fn step(&mut self) {
        if self.is_travelling() {
            return;
        }
        self.interrupt();
        if let Some(due) = self.journal.next_due() {
            self.journal.advance(due);
            self.drain();
        }
    }

    /// Goes back to the last thing that happened before now, if anything did.
    pub fn step_back(&mut self) {
        if self.is_travelling() || self.now() <= self.begun {
            return;
        }
        let before = self.now().before(Duration::from_micros(1));
        self.interrupt();
        self.remember_course();
        self.restore(self.journal.current(), before);
        self.journey = Some(Journey::Back(before));
    }

    /// Goes to the next thing of a kind.
    pub fn skip(&mut self, sign: Sign) {
        if !self.is_travelling() {
            self.interrupt();
            self.journey = Some(Journey::Next(sign, self.now() + HORIZON));
        }
    }

    /// Goes to the end of another branch.
    pub fn switch(&mut self, branch: usize) {
        let Some(reached) = self.journal.branches().get(branch).map(|branch| branch.reached) else {
            return;
        };
        self.interrupt();
        self.remember_course();
        self.restore(branch, reached);
        self.journey = Some(Journey::To(reached));
    }

    /// Begins a branch here, in which what was entered later has not happened.
    pub fn branch(&mut self) {
        if !self.is_travelling() {
            self.remember_course();
            let name = format!("branch {}", self.journal.branches().len());
            self.journal.branch(&name);
            self.follow_branches();
            self.revision += 1;
        }
    }

    /// Gives the current branch another name, unless that is empty.
    pub fn rename(&mut self, name: &str) {
        if !name.is_empty() {
            let branch = self.journal.current();
            self.journal.rename(branch, name);
        }
    }

    /// Goes on with the journey.
    fn travel(&mut self, has_time: HasTime) {
        while let Some(journey) = self.journey {
            let is_done = match journey {
                Journey::To(to) | Journey::Back(to) => self.travel_to(to, has_time),
                Journey::Next(sign, until) => self.look_ahead(sign, until, has_time),
            };
            if !is_done {
                return;
            }
            self.journey = match journey {
                Journey::Back(_) => Some(Journey::To(self.turn_back())),
                Journey::To(_) | Journey::Next(..) => None,
            };
            self.revision += 1;
        }
        self.known_until = None;
    }

    fn travel_to(&mut self, to: Instant, has_time: HasTime) -> bool {
        loop {
            let arrived = self.journal.advance_within(to, CHUNK);
            self.drain();
            if arrived || !has_time() {
                return arrived;
            }
        }
    }

    /// Having seen what came before an instant, begins to go to the last of it.
    fn turn_back(&mut self) -> Instant {
        let line = self.journal.entries().last().map_or(self.begun, |entry| entry.at);
        let last = self.past.until.max(line);
        self.restore(self.journal.current(), last);
        last
    }

    fn look_ahead(&mut self, sign: Sign, until: Instant, has_time: HasTime) -> bool {
        if Room::left_by(self.simulation().service()) == Room::None {
            return true;
        }
        loop {
            for _ in 0..INSTANTS {
                let Some(due) = self.journal.next_due().filter(|due| *due <= until) else {
                    return true;
                };
                self.journal.advance(due);
                self.revision += 1;
                if self.drain_for(Some(sign)) {
                    return true;
                }
            }
            if !has_time() {
                return false;
            }
        }
    }

    /// Goes to a state before an instant from which the journey to it is short.
    pub(super) fn restore(&mut self, branch: usize, to: Instant) {
        let snapshot = self.snapshots[branch].last_until(to);
        self.known_until = snapshot.map(|past| past.until);
        self.past = snapshot.map_or_else(|| Past::before(self.begun), |past| (**past).clone());
        self.journal.rewind(branch, self.past.until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Turn;
    use shardlab::insight::history::History;

    const MINUTE: Duration = Duration::from_mins(1);

    /// A shard that refuses, and a consumer.
    fn busy() -> Session {
        let mut session = Session::default();
        for line in [
            "aws kinesis create-stream --stream-name clicks --shard-count 2",
            "lab wait 10s",
            "lab producer web --stream clicks --rate 2500/s --keys zipf:9:1.5 --api put-records",
            "lab consumer billing --stream clicks --mode shared --every 1s --from TRIM_HORIZON",
        ] {
            session.queue(line, Turn::After);
        }
        session.work(MINUTE, || true, |_| ());
        session
    }

    /// Everything that is shown of an instant.
    fn state(session: &Session) -> (Instant, u64, History) {
        (session.now(), session.simulation().digest(), session.history().clone())
    }

    /// Arrives, however small the pieces are.
    fn arrive(session: &mut Session) {
        while session.journey.is_some() {
            session.work(MINUTE, || false, |_| ());
        }
    }

    #[test]
    fn a_past_instant_is_seen_as_it_was() {
        let mut session = busy();
        let early = state(&session);
        session.work(MINUTE * 10, || true, |_| ());
        let late = state(&session);
        assert!(session.snapshots[0].last_until(late.0).is_some(), "there is something to use");
        for (to, seen) in [(early.0, &early), (late.0, &late), (early.0, &early)] {
            session.seek(to);
            arrive(&mut session);
            assert_eq!(&state(&session), seen);
        }
        session.work(late.0 - early.0, || true, |_| ());
        assert_eq!(state(&session), late, "time leads where it led before");
        session.seek(Instant::default());
        arrive(&mut session);
        assert_eq!((session.elapsed(), session.history().totals.offered()), (Duration::ZERO, 0));
    }

    #[test]
    fn a_step_back_undoes_a_step() {
        let mut session = busy();
        session.step();
        let before = state(&session);
        session.step();
        session.step_back();
        arrive(&mut session);
        assert_eq!(state(&session), before);
    }

    #[test]
    fn a_skip_stops_at_the_very_instant() {
        let mut session = busy();
        session.queue(
            "aws kinesis split-shard --stream-name clicks --new-starting-hash-key 7 \
                       --shard-to-split shardId-000000000000",
            Turn::After,
        );
        session.work(Duration::ZERO, || true, |_| ());
        let now = session.now();
        session.skip(Sign::Status);
        arrive(&mut session);
        assert_eq!(session.simulation().service().streams().next().unwrap().open_shard_count(), 3);
        assert!(session.now() - now <= MINUTE);
        let marked = session.run().paths;
        assert!(!marked[1].is_empty() && !marked[2].is_empty(), "{marked:?}");

        session.skip(Sign::Loss);
        session.work(Duration::ZERO, || false, |_| ());
        assert!(session.is_looking_ahead());
        session.queue("lab status", Turn::After);
        assert!(!session.is_looking_ahead());
    }

    #[test]
    fn a_line_in_the_past_begins_a_branch_with_a_past_of_its_own() {
        let mut session = busy();
        let (begun, fork) = (session.begun, session.now());
        session.work(MINUTE, || true, |_| ());
        let end = state(&session);
        session.seek(fork);
        session.queue("lab producer web --stop", Turn::After);
        let mut answers = Vec::new();
        while session.is_skipping() || session.journey.is_some() {
            session.work(Duration::ZERO, || true, |answer| answers.push(answer));
        }
        assert_eq!(answers[0].branched.as_deref(), Some("branch 1"));
        session.work(MINUTE, || true, |_| ());
        assert_ne!(session.history(), &end.2);
        session.rename("quiet");
        let names: Vec<String> = session.run().branches.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["main", "quiet"]);

        session.switch(0);
        arrive(&mut session);
        assert_eq!(state(&session), end);
        session.seek(begun);
        arrive(&mut session);
        session.branch();
        session.work(MINUTE, || true, |_| ());
        let [lines, refusals, ..] = session.run().paths;
        assert_eq!((&*lines, &*refusals), ("M0 0H4V1H0z", ""), "nobody puts anything here");
        assert_eq!(session.history().totals.offered(), 0);
    }
}
