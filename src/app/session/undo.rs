//! Undo and redo of lines. Nothing is lost by either: a line is taken back on a branch of its own,
//! and the branch with it stays where it was.

use super::Session;
use super::travel::Journey;
use shardlab::engine::time::Instant;
use std::rc::Rc;

/// A line that was taken back.
#[derive(Clone, Copy, Debug)]
pub struct Undone {
    /// The branch without it.
    branch: usize,
    /// How many lines that branch had then: with another one, there is nothing to go back to.
    lines: usize,
    /// The branch with it, and the instant that was left there.
    from: (usize, Instant),
}

impl Session {
    /// The line that [`undo`](Self::undo) takes back: the last one that was entered by now and is
    /// not part of the opening. The line that begins a world cannot be taken back.
    pub fn undoable(&self) -> Option<&Rc<str>> {
        let entries = self.journal.entries();
        let last = entries.last().filter(|_| entries.len() > self.opening.1)?;
        let begins = entries.len() == 1 && last.line.starts_with("lab start");
        Some(&last.line).filter(|_| !begins && !self.is_travelling())
    }

    /// Goes back to just before the last line, on a branch without it.
    pub fn undo(&mut self) {
        let Some(line) = self.undoable().cloned() else { return };
        let from = (self.journal.current(), self.now());
        self.interrupt();
        self.remember_course();
        let name = format!("without {}", gist(&line));
        let Some(at) = self.journal.branch_without_last(&name) else { return };
        let branch = self.journal.current();
        let lines = self.journal.branches()[branch].entries.len();
        self.follow_branches();
        self.undone.push(Undone { branch, lines, from });
        self.return_to(branch, at);
    }

    /// The line that [`redo`](Self::redo) brings back, if nothing was entered since it was taken
    /// back.
    pub fn redoable(&self) -> Option<&Rc<str>> {
        let undone = self.undone.last().filter(|_| !self.is_travelling())?;
        let branch = &self.journal.branches()[undone.branch];
        let is_here = self.journal.current() == undone.branch;
        let taken = self.journal.branches()[undone.from.0].entries.get(undone.lines)?;
        Some(&taken.line).filter(|_| is_here && branch.entries.len() == undone.lines)
    }

    /// Returns to the branch and the instant that the last undo left.
    pub fn redo(&mut self) {
        if self.redoable().is_none() {
            return;
        }
        let Some(Undone { from: (branch, at), .. }) = self.undone.pop() else { return };
        self.interrupt();
        self.remember_course();
        self.return_to(branch, at);
    }

    fn return_to(&mut self, branch: usize, at: Instant) {
        self.restore(branch, at);
        self.journey = Some(Journey::To(at));
    }
}

/// What a line is about, in few letters: `split-shard`, `lab producer web`.
pub fn gist(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let gist = match words[..] {
        ["aws", "kinesis", operation, ..] => operation.to_owned(),
        ["lab", verb, name, ..] if !name.starts_with('-') => format!("lab {verb} {name}"),
        _ => words.iter().take(3).copied().collect::<Vec<_>>().join(" "),
    };
    gist.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::session::Turn;
    use shardlab::insight::history::History;
    use std::time::Duration;

    const MINUTE: Duration = Duration::from_mins(1);

    fn enter(session: &mut Session, line: &str) {
        session.queue(line, Turn::After);
        session.work(Duration::ZERO, || true, |_| ());
    }

    fn arrive(session: &mut Session) {
        while session.is_travelling() {
            session.work(Duration::ZERO, || false, |_| ());
        }
    }

    fn undo(session: &mut Session) {
        session.undo();
        arrive(session);
    }

    fn redo(session: &mut Session) {
        session.redo();
        arrive(session);
    }

    fn state(session: &Session) -> (Instant, u64, History) {
        (session.now(), session.simulation().digest(), session.history().clone())
    }

    fn busy() -> Session {
        let mut session = Session::default();
        enter(&mut session, "aws kinesis create-stream --stream-name clicks --shard-count 2");
        session.work(MINUTE, || true, |_| ());
        enter(
            &mut session,
            "lab producer web --stream clicks --rate 900/s --keys zipf:9 --api put-records",
        );
        session.work(MINUTE, || true, |_| ());
        session
    }

    #[test]
    fn a_line_is_taken_back_and_brought_back() {
        let mut session = busy();
        let before = state(&session);
        enter(&mut session, "lab producer web --rate 2000/s");
        session.work(MINUTE, || true, |_| ());
        let after = state(&session);
        assert_eq!(session.redoable(), None);

        undo(&mut session);
        assert_eq!(state(&session), before, "just before the line");
        session.work(MINUTE, || true, |_| ());
        assert_ne!(session.simulation().digest(), after.1, "another future");
        assert_eq!(session.redoable().map(|line| &**line), Some("lab producer web --rate 2000/s"));
        redo(&mut session);
        assert_eq!(state(&session), after);
        assert_eq!(session.redoable(), None);
    }

    #[test]
    fn of_two_lines_of_one_instant_only_the_last_is_taken_back() {
        let mut session = Session::default();
        for name in ["a", "b"] {
            let line = format!("aws kinesis create-stream --stream-name {name} --shard-count 1");
            enter(&mut session, &line);
        }
        let streams = |session: &Session| session.simulation().service().streams().count();
        assert_eq!(streams(&session), 2);
        undo(&mut session);
        assert_eq!(streams(&session), 1);
        undo(&mut session);
        assert_eq!((streams(&session), session.undoable()), (0, None));
        undo(&mut session);
        redo(&mut session);
        redo(&mut session);
        assert_eq!((streams(&session), session.redoable()), (2, None));
        let names: Vec<String> = session.run().branches.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["main", "without create-stream", "without create-stream"]);
    }

    #[test]
    fn a_new_line_after_an_undo_has_nothing_to_redo() {
        let mut session = busy();
        undo(&mut session);
        assert!(session.redoable().is_some());
        enter(&mut session, "aws kinesis create-stream --stream-name other --shard-count 1");
        assert_eq!(session.redoable(), None);
        undo(&mut session);
        redo(&mut session);
        assert_eq!(session.simulation().service().streams().count(), 2);
    }

    #[test]
    fn what_the_opening_entered_stays() {
        let mut begun = Session::default();
        begun.queue("aws kinesis create-stream --stream-name a --shard-count 1", Turn::After);
        begun.queue("lab wait 10s", Turn::After);
        let mut session = Session::default();
        session.take_over(begun);
        session.work(Duration::ZERO, || true, |_| ());
        assert_eq!(session.undoable(), None);
        enter(&mut session, "aws kinesis create-stream --stream-name b --shard-count 1");
        undo(&mut session);
        assert_eq!(session.simulation().service().streams().count(), 1);
        assert_eq!(session.undoable(), None);
    }

    #[test]
    fn the_line_that_begins_the_world_stays() {
        let mut session = Session::default();
        enter(&mut session, "lab start --at 2018-01-31");
        assert_eq!(session.undoable(), None);
        enter(&mut session, "aws kinesis create-stream --stream-name a --shard-count 1");
        undo(&mut session);
        assert_eq!(session.undoable(), None);
        assert_eq!(session.now().to_string(), "2018-01-31T00:00:00+00:00");
    }
}
