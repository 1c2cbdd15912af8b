//! Lines and answers, the latest ones only.

use crate::app::session::Answer;
use std::collections::VecDeque;
use std::rc::Rc;
use yew::Reducible;

/// Lines and answers in the order in which they were entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    answers: VecDeque<Answer>,
    /// How many were entered, the forgotten ones included.
    entered: u64,
}

/// The most answers that are kept: more would slow the page down and be read by nobody.
const ANSWERS_MAX: usize = 200;

impl Log {
    /// How many lines were entered.
    pub fn entered(&self) -> u64 {
        self.entered
    }

    /// How many of them are no longer kept.
    pub fn forgotten(&self) -> u64 {
        self.entered - self.answers.len() as u64
    }

    /// What is kept, with its number.
    pub fn answers(&self) -> impl Iterator<Item = (u64, &Answer)> {
        (self.forgotten()..).zip(&self.answers)
    }
}

impl Reducible for Log {
    type Action = Answer;

    fn reduce(mut self: Rc<Self>, answer: Answer) -> Rc<Self> {
        let log = Rc::make_mut(&mut self);
        if log.answers.len() == ANSWERS_MAX {
            log.answers.pop_front();
        }
        log.answers.push_back(answer);
        log.entered += 1;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::engine::time::Instant;

    #[test]
    fn the_oldest_lines_are_forgotten() {
        let answer = |number: u64| Answer {
            at: Instant::DEFAULT_START,
            line: number.to_string().into(),
            output: Rc::default(),
        };
        let log = (0..250).fold(Rc::new(Log::default()), |log, number| log.reduce(answer(number)));
        assert_eq!((log.entered(), log.forgotten()), (250, 50));
        assert_eq!(
            log.answers().next().map(|(number, answer)| (number, &*answer.line)),
            Some((50, "50"))
        );
    }
}
