//! The rest of the data: a session that began with the first rows gets all of them.

use super::{Data, Session};
use std::rc::Rc;
use std::time::Duration;

impl Session {
    /// Goes on with the whole of its data, if it began with the first rows: the same lines, entered
    /// at the same instants in a world that has all rows, lead to where it is, in as long as it
    /// takes to come so far once more.
    pub(super) fn complete(&mut self, datasets: Vec<Data>) {
        if !self.lacks_rows {
            return;
        }
        // Between lines of one instant nothing else has its turn, so they are entered first.
        let mut answers = Vec::new();
        self.work(Duration::ZERO, || true, |answer| answers.push(answer));
        let mut whole = Self::with_data(datasets);
        for (name, bytes) in self.journal.files() {
            whole.journal.add_file(name, Rc::clone(bytes));
        }
        let before = whole.now();
        let lines = whole.journal.take_over(self.journal.entries(), self.begun);
        lines.expect("lines of a journal are in place");
        if whole.now() != before {
            whole.begin_anew();
        }
        whole.advance(self.now(), &mut || true);
        // They were told when they were entered first.
        whole.journal.take_heard();
        self.journal = whole.journal;
        self.begun = whole.begun;
        self.past = whole.past;
        self.snapshots = whole.snapshots;
        self.courses = whole.courses;
        self.lacks_rows = false;
        self.printed.append(&mut answers);
        self.revision += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::scenario::{DEFAULT, Scenario};
    use crate::app::session::travel::Travel;
    use crate::app::session::{Lack, Turn};
    use shardlab::engine::client::dataset::Dataset;
    use shardlab::engine::client::name::ClientName;
    use shardlab::engine::time::Instant;
    use shardlab::insight::history::History;
    use shardlab::scene::lay_out;
    use shardlab::scene::view::{Motion, View};

    const QUAKES: &str = include_str!("../../../www/data/earthquakes.csv");
    const FRAME: Duration = Duration::from_millis(100);

    /// The page's own scenario, with so many lines of its data.
    fn begun(lines: usize, with: fn(Vec<Data>) -> Session) -> Session {
        let path = format!("{}/www/scenarios/{DEFAULT}.txt", env!("CARGO_MANIFEST_DIR"));
        let scenario = Scenario::parse(&std::fs::read_to_string(path).expect("a scenario"));
        assert_eq!(scenario.data_sets(), ["earthquakes"]);
        let mut begun = with(data(lines));
        for line in &scenario.lines {
            begun.queue(line, Turn::After);
        }
        let mut session = Session::default();
        session.take_over(begun);
        session.work(Duration::ZERO, || true, |_| ());
        session
    }

    fn data(lines: usize) -> Vec<Data> {
        let text: Vec<&str> = QUAKES.lines().take(lines).collect();
        let data = Dataset::read_csv(&text.join("\n")).expect("rows");
        vec![(ClientName::new("earthquakes").expect("a name"), Rc::new(data))]
    }

    fn pass(session: &mut Session, time: Duration) {
        session.work(time, || true, |_| ());
    }

    /// Everything that is shown of an instant.
    fn shown(session: &Session) -> (Instant, History, String) {
        let view =
            View { width: 800, height: 600, top: 0, window: FRAME * 300, motion: Motion::Steps };
        let picture = lay_out(session.simulation(), session.history(), &view);
        (session.now(), session.history().clone(), format!("{picture:?}"))
    }

    #[test]
    fn what_the_first_rows_show_is_what_all_of_them_show() {
        for lines in [3, 20, 151] {
            let mut head = begun(lines, Session::with_heads);
            let mut whole = begun(usize::MAX, Session::with_data);
            loop {
                let before = head.now();
                pass(&mut head, FRAME);
                pass(&mut whole, head.now() - before);
                assert!(shown(&head) == shown(&whole), "{lines} lines, at {}", head.now());
                if head.lack().is_some() {
                    break;
                }
            }
            assert_eq!(head.lack(), Some(Lack::Rows));
            let at = shown(&head);
            pass(&mut head, FRAME);
            assert!(shown(&head) == at, "time stands still");
            head.complete(data(usize::MAX));
            for _ in 0..20 {
                assert!(shown(&head) == shown(&whole), "{lines} lines, at {}", head.now());
                assert_eq!(head.simulation().digest(), whole.simulation().digest());
                pass(&mut head, FRAME * 7);
                pass(&mut whole, FRAME * 7);
            }
            assert_eq!((head.lack(), head.lacking().len()), (None, 0));
        }
    }

    #[test]
    fn lines_and_ways_back_wait_for_all_rows_and_nothing_is_lost() {
        let mut head = begun(100, Session::with_heads);
        let mut whole = begun(usize::MAX, Session::with_data);
        for session in [&mut head, &mut whole] {
            pass(session, FRAME * 16);
            assert_eq!(session.add_file("one.txt", (*b"hello").into()), "one.txt");
        }
        let line = "lab replay again --data earthquakes --stream quakes --rate 500/s --key id; \
                    aws kinesis put-record --stream-name quakes --partition-key 1 --data \
                    fileb://one.txt";
        let mut answers = Vec::new();
        for session in [&mut head, &mut whole] {
            session.queue(line, Turn::Now);
            session.work(FRAME, || true, |answer| answers.push(answer.output));
        }
        assert_eq!((head.lack(), answers.len()), (Some(Lack::Rows), 1));
        assert_eq!(head.progress().map(|progress| progress.line), Some(line.into()));
        head.complete(data(usize::MAX));
        head.work(FRAME, || true, |answer| answers.push(answer.output));
        assert_eq!((answers.len(), &answers[0]), (2, &answers[1]));
        for time in [FRAME, Duration::from_secs(1_000)] {
            pass(&mut head, time);
            pass(&mut whole, time);
            assert!(shown(&head) == shown(&whole));
            assert_eq!(head.simulation().digest(), whole.simulation().digest());
        }
        assert_eq!(head.lines(), whole.lines());
        for session in [&mut head, &mut whole] {
            (crate::app::session::travel::here().expect("natively it is").go)(
                session,
                Travel::Seek(11_000),
            );
            while session.is_travelling() {
                pass(session, Duration::ZERO);
            }
        }
        assert_eq!(head.elapsed(), Duration::from_secs(11));
        assert!(shown(&head) == shown(&whole));
    }

    #[test]
    fn an_opening_in_progress_is_told_once() {
        let mut session = Session::default();
        let mut beginning = Session::with_heads(data(100));
        beginning.queue("lab wait 10s", Turn::After);
        beginning.queue("lab help", Turn::After);
        session.take_over(beginning);
        let mut answers = Vec::new();
        session.work(Duration::ZERO, || false, |answer| answers.push(answer.line));
        session.complete(data(usize::MAX));
        session.work(Duration::ZERO, || true, |answer| answers.push(answer.line));
        assert_eq!((answers.len(), session.elapsed()), (2, Duration::from_secs(10)));
    }

    #[test]
    fn where_there_is_no_data_nothing_is_lacking() {
        let mut session = Session::with_heads(Vec::new());
        session.queue("lab wait 10s", Turn::Now);
        pass(&mut session, FRAME);
        session.queue("lab help", Turn::Now);
        let mut answers = 0;
        session.work(Duration::from_secs(10), || true, |_| answers += 1);
        assert_eq!((session.lack(), answers), (None, 1));
    }

    #[test]
    fn nobody_goes_anywhere_with_the_first_rows() {
        let mut session = begun(100, Session::with_heads);
        let now = session.now();
        let travels = crate::app::session::travel::here().expect("natively it is");
        for travel in [Travel::Step, Travel::Back, Travel::Seek(0)] {
            (travels.go)(&mut session, travel);
            pass(&mut session, Duration::ZERO);
        }
        assert_eq!(session.now(), now);
    }
}
