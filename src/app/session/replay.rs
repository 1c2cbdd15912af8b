//! A run that was made elsewhere, from a link, a file or an earlier visit: its time passes first,
//! in pieces, so that no frame waits for it.

use super::travel::HasTime;
use super::{Answer, Data, Session};
use crate::app::room::Room;
use crate::app::speed::Speed;
use shardlab::journal::OutOfPlace;
use shardlab::share::link::{Clock, Run};
use std::rc::Rc;
use std::time::Duration;

impl Session {
    /// A visit that takes up a run, with the data sets and files that it uses.
    ///
    /// # Errors
    ///
    /// [`OutOfPlace`] if no journal has come to its lines.
    pub fn of_run(
        run: &Run,
        datasets: Vec<Data>,
        files: &[(String, Rc<[u8]>)],
    ) -> Result<Self, OutOfPlace> {
        let mut session = Self::of_worlds([run.world(), run.world()], datasets);
        for named in &run.files {
            if let Some((_, bytes)) = files.iter().find(|(_, bytes)| named.is(bytes)) {
                session.journal.add_file(&named.name, Rc::clone(bytes));
            }
        }
        let before = session.now();
        session.journal.take_over(&run.entries, run.begun)?;
        if session.now() != before {
            session.begin_anew();
        }
        session.replays = Some((run.reached, run.now));
        Ok(session)
    }

    /// The current branch as others can take it up.
    pub fn as_run(&self, clock: Clock, speed: Speed) -> Run {
        let (data, speed) = (self.data.clone(), (speed.simulated, speed.viewed));
        Run { clock, speed, data, ..Run::of(&self.journal) }
    }

    /// Goes to an instant after the beginning, once no line waits any more.
    pub fn go_to(&mut self, after: Duration) {
        self.sought = Some(self.begun + after);
    }

    /// Whether the time of another visit passes here.
    pub fn is_replaying(&self) -> bool {
        self.replays.is_some() || self.sought.is_some()
    }

    /// How far the run of another visit came, in percent; `None` if there is none on its way.
    pub fn replayed_percent(&self) -> Option<u64> {
        let (until, _) = self.replays?;
        let (done, all) = (self.elapsed().as_millis(), (until - self.begun).as_millis());
        u64::try_from(done * 100 / all.max(1)).ok()
    }

    /// Stays where the run of another visit has come to, without what is left of it.
    pub(super) fn stop_replaying(&mut self) {
        self.sought = None;
        if self.replays.take().is_some() {
            self.journal.forget_rest();
        }
    }

    /// Lets the time of another visit pass as long as there is time; says whether it is over.
    pub(super) fn replay(&mut self, has_time: HasTime, answered: &mut dyn FnMut(Answer)) -> bool {
        let Some((until, then)) = self.replays else { return true };
        let arrived = self.advance(until, has_time);
        self.tell_heard(answered);
        if arrived {
            self.replays = None;
            if then < until {
                self.seek(then);
            }
        } else if Room::left_by(self.simulation().service()) == Room::None {
            self.stop_replaying();
        }
        self.revision += 1;
        arrived
    }

    /// Goes where somebody asked to go first; says whether it is there.
    pub(super) fn go_where_sought(&mut self, has_time: HasTime) -> bool {
        let Some(to) = self.sought else { return true };
        if to < self.now() {
            self.sought = None;
            self.seek(to);
            return false;
        }
        let is_full = Room::left_by(self.simulation().service()) == Room::None;
        let arrived = self.advance(to, has_time);
        if arrived || is_full {
            self.sought = None;
        }
        arrived
    }

    /// Tells what replayed lines printed, and the scripts among them, in the order of time.
    fn tell_heard(&mut self, answered: &mut dyn FnMut(Answer)) {
        let mut answers: Vec<Answer> = Vec::new();
        for (entry, output) in self.journal.take_heard() {
            if let Some(number) = output.job {
                self.script = Some((Rc::clone(&entry.line), number));
            }
            let (at, line, output) = (entry.at, entry.line, Rc::new(output));
            let refusal = self.refusal_at(at);
            answers.push(Answer { at, line, output, branched: None, script: None, refusal });
        }
        answers.append(&mut self.printed);
        answers.sort_by_key(|answer: &Answer| answer.at);
        answers.into_iter().for_each(answered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Turn;

    fn worked(session: &mut Session, elapsed: Duration) -> Vec<Answer> {
        let mut answers = Vec::new();
        // Little time at once, as in a frame.
        for _ in 0..10_000 {
            let mut left = 3;
            let has_time = || {
                left -= 1;
                left > 0
            };
            session.work(Duration::ZERO, has_time, |answer| answers.push(answer));
            if !session.is_skipping() && !session.is_travelling() {
                break;
            }
        }
        session.work(elapsed, || true, |answer| answers.push(answer));
        answers
    }

    fn visited() -> Session {
        let mut session = Session::default();
        for line in [
            "lab start --seed 9 --at 2019-02-03",
            "aws kinesis create-stream --stream-name clicks --shard-count 1",
            "lab wait 10s",
            "lab producer web --stream clicks --rate 100/s --keys uniform:9",
            "for i in 1 2 3; do echo $i; sleep 5; done",
            "aws kinesis list-streams",
        ] {
            session.queue(line, Turn::Now);
        }
        worked(&mut session, Duration::from_millis(12_345));
        session
    }

    #[test]
    fn a_run_goes_on_where_it_was_and_says_what_it_said() {
        let session = visited();
        let run = session.as_run(Clock::Paused, Speed::REAL_TIME);
        let mut other = Session::of_run(&run, Vec::new(), &[]).expect("a run");
        other.queue("lab status", Turn::Now);
        assert_eq!(other.replayed_percent(), Some(0));
        let told = worked(&mut other, Duration::ZERO);
        assert_eq!(other.simulation().digest(), session.simulation().digest());
        assert_eq!((other.begun(), other.now()), (session.begun(), session.now()));
        assert_eq!(other.history().totals, session.history().totals);
        let lines: Vec<&str> = told.iter().map(|answer| &*answer.line).collect();
        assert_eq!(lines.last(), Some(&"lab status"), "{lines:?}");
        assert_eq!(told.iter().filter(|answer| answer.script.is_some()).count(), 2);
        assert!(other.replayed_percent().is_none() && !other.is_replaying());
    }

    #[test]
    fn a_visitor_who_went_back_is_back_there() {
        let mut session = visited();
        let there = session.begun() + Duration::from_secs(11);
        session.seek(there);
        worked(&mut session, Duration::ZERO);
        let run = session.as_run(Clock::Paused, Speed::REAL_TIME);
        let mut other = Session::of_run(&run, Vec::new(), &[]).expect("a run");
        worked(&mut other, Duration::ZERO);
        assert_eq!((other.now(), other.run().total_millis), (there, session.run().total_millis));
        assert_eq!(other.simulation().digest(), session.simulation().digest());
    }

    #[test]
    fn a_replay_can_be_given_up_and_then_goes_on_from_there() {
        let mut session = visited();
        worked(&mut session, Duration::from_hours(1));
        let run = session.as_run(Clock::Paused, Speed::REAL_TIME);
        let mut other = Session::of_run(&run, Vec::new(), &[]).expect("a run");
        other.work(Duration::ZERO, || false, |_| ());
        other.stop();
        assert!(other.now() < run.reached && !other.is_replaying());
        other.queue("aws kinesis create-stream --stream-name b --shard-count 1", Turn::Now);
        worked(&mut other, Duration::from_mins(1));
        let last = other.lines().1.last().expect("a line");
        assert!(last.line.contains("--stream-name b"), "{}", last.line);
    }

    #[test]
    fn an_instant_can_be_asked_for_before_or_after_the_last_line() {
        for secs in [3, 25] {
            let mut session = Session::default();
            for line in
                ["aws kinesis create-stream --stream-name a --shard-count 1", "lab wait 10s"]
            {
                session.queue(line, Turn::After);
            }
            session.go_to(Duration::from_secs(secs));
            worked(&mut session, Duration::ZERO);
            assert_eq!(session.elapsed(), Duration::from_secs(secs));
        }
    }
}
