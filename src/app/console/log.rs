//! Lines and answers, the latest ones only.

use crate::app::session::Answer;
use std::collections::VecDeque;
use std::rc::Rc;
use yew::Reducible;

/// Lines and answers in the order in which they were entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    answers: VecDeque<Answer>,
    /// How many were ever entered.
    entered: u64,
    /// How many are no longer kept, though nobody cleared them away.
    forgotten: u64,
}

/// The most answers that are kept: more would slow the page down and be read by nobody.
const ANSWERS_MAX: usize = 200;

impl Log {
    /// How many lines were entered.
    pub fn entered(&self) -> u64 {
        self.entered
    }

    /// How many no longer fit.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// What is kept, with its number.
    pub fn answers(&self) -> impl Iterator<Item = (u64, &Answer)> {
        (self.entered - self.answers.len() as u64..).zip(&self.answers)
    }
}

/// What becomes of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A line was entered.
    Add(Answer),
    /// It is emptied; what was entered stays in the journal.
    Clear,
}

impl Reducible for Log {
    type Action = Change;

    fn reduce(mut self: Rc<Self>, change: Change) -> Rc<Self> {
        let log = Rc::make_mut(&mut self);
        match change {
            Change::Add(answer) => {
                if log.answers.len() == ANSWERS_MAX {
                    log.answers.pop_front();
                    log.forgotten += 1;
                }
                log.answers.push_back(answer);
                log.entered += 1;
            }
            Change::Clear => {
                log.answers.clear();
                log.forgotten = 0;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::engine::time::Instant;

    #[test]
    fn the_oldest_lines_are_forgotten() {
        let answer = |number: u64| {
            Change::Add(Answer {
                at: Instant::DEFAULT_START,
                line: number.to_string().into(),
                output: Rc::default(),
                branched: None,
                script: None,
                refusal: None,
            })
        };
        let log = (0..250).fold(Rc::new(Log::default()), |log, number| log.reduce(answer(number)));
        assert_eq!((log.entered(), log.forgotten()), (250, 50));
        assert_eq!(
            log.answers().next().map(|(number, answer)| (number, &*answer.line)),
            Some((50, "50"))
        );
        let log = log.reduce(Change::Clear).reduce(answer(250));
        assert_eq!((log.entered(), log.forgotten()), (251, 0));
        assert_eq!(log.answers().map(|(number, _)| number).collect::<Vec<_>>(), [250]);
    }
}
