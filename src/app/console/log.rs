//! Lines and answers, the latest ones only.

use crate::app::session::Answer;
use std::collections::VecDeque;
use std::rc::Rc;
use yew::Reducible;

/// Lines and answers in the order in which they were entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    blocks: VecDeque<Rc<Block>>,
    /// How many were ever entered.
    entered: u64,
    /// How many are no longer kept, though nobody cleared them away.
    forgotten: u64,
}

/// Answers that follow each other. Only the last block of a log changes, so that a line that is
/// entered has the page look at a few answers, however long the log is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The number of its first answer.
    pub first: u64,
    /// The answers, one at least.
    pub answers: Vec<Answer>,
}

/// The most answers of a block.
const BLOCK: usize = 20;
/// The most blocks that are kept, which are 200 answers at least: more would slow the page down and
/// be read by nobody.
const BLOCKS_MAX: usize = 11;

impl Log {
    /// How many lines were entered.
    pub fn entered(&self) -> u64 {
        self.entered
    }

    /// How many no longer fit.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// What is kept.
    pub fn blocks(&self) -> impl Iterator<Item = &Rc<Block>> {
        self.blocks.iter()
    }

    /// What was entered last, unless it was cleared away.
    pub fn last(&self) -> Option<&Answer> {
        self.blocks.back()?.answers.last()
    }

    fn add(&mut self, answer: Answer) {
        let last = self.blocks.back_mut().filter(|block| block.answers.len() < BLOCK);
        if let Some(block) = last {
            Rc::make_mut(block).answers.push(answer);
        } else {
            let block = Block { first: self.entered, answers: vec![answer] };
            self.blocks.push_back(Rc::new(block));
        }
        self.entered += 1;
        if self.blocks.len() > BLOCKS_MAX {
            let oldest = self.blocks.pop_front();
            self.forgotten += oldest.map_or(0, |block| block.answers.len() as u64);
        }
    }
}

impl Block {
    /// The answers with their numbers.
    pub fn numbered(&self) -> impl Iterator<Item = (u64, &Answer)> {
        (self.first..).zip(&self.answers)
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
            Change::Add(answer) => log.add(answer),
            Change::Clear => {
                log.blocks.clear();
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
        let numbers = |log: &Log| -> Vec<u64> {
            let answers = log.blocks().flat_map(|block| block.numbered());
            answers
                .inspect(|(number, answer)| assert_eq!(*answer.line, number.to_string()))
                .map(|(number, _)| number)
                .collect()
        };
        assert_eq!((log.entered(), log.forgotten()), (250, 40));
        assert_eq!(numbers(&log), (40..250).collect::<Vec<_>>());
        assert_eq!(log.last().map(|answer| &*answer.line), Some("249"));
        let log = log.reduce(Change::Clear).reduce(answer(250));
        assert_eq!((log.entered(), log.forgotten()), (251, 0));
        assert_eq!(numbers(&log), [250]);
    }

    #[test]
    fn full_blocks_stay_what_they_are() {
        let answer = || {
            Change::Add(Answer {
                at: Instant::DEFAULT_START,
                line: "lab help".into(),
                output: Rc::default(),
                branched: None,
                script: None,
                refusal: None,
            })
        };
        let log = (0..BLOCK * 2).fold(Rc::new(Log::default()), |log, _| log.reduce(answer()));
        let before: Vec<_> = log.blocks().cloned().collect();
        let log = log.reduce(answer());
        let after: Vec<_> = log.blocks().cloned().collect();
        assert_eq!((before.len(), after.len()), (2, 3));
        assert!(before.iter().zip(&after).all(|(before, after)| Rc::ptr_eq(before, after)));
    }
}
