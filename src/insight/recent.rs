//! The last things worth telling, for lists that people read.

use crate::engine::event::Event;
use crate::engine::time::Instant;
use std::collections::VecDeque;
use std::rc::Rc;

/// The last [`KEPT`] events that are worth a line each.
///
/// What is stored, read and pushed is not: it happens with every call, and numbers tell it better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    /// Oldest first, [`BLOCK`] in each but the last; clones share them.
    blocks: VecDeque<Rc<Vec<Told>>>,
    /// How many there have been, those forgotten included.
    count: u64,
}

/// An event in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its place in the run's list, from 0 on; the same after going back and forth.
    pub number: u64,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub event: Event,
}

/// Events kept, 80 bytes each.
pub const KEPT: usize = 256;
/// Events of a block.
const BLOCK: usize = 32;

impl Recent {
    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        if !is_told(event) {
            return;
        }
        let is_full = |block: &Rc<Vec<Told>>| block.len() == BLOCK;
        if self.blocks.back().is_none_or(is_full) {
            if self.blocks.len() > KEPT / BLOCK {
                self.blocks.pop_front();
            }
            self.blocks.push_back(Rc::default());
        }
        if let Some(last) = self.blocks.back_mut() {
            Rc::make_mut(last).push(Told { number: self.count, at, event: *event });
        }
        self.count += 1;
    }

    /// Those that are kept, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Told> {
        self.blocks.iter().rev().flat_map(|block| block.iter().rev()).take(KEPT)
    }

    /// Heap bytes that it takes.
    pub fn bytes(&self) -> u64 {
        self.len() * size_of::<Told>() as u64
    }

    /// Heap bytes of these that `later`, which they have become, does not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        let first = |blocks: &Self| blocks.count - blocks.len();
        let gone = first(later).saturating_sub(first(self));
        let last = self.blocks.back().map_or(0, |block| block.len() as u64);
        (gone + last).min(self.len()) * size_of::<Told>() as u64
    }

    /// The event of a number, unless it is forgotten or has not happened yet.
    pub fn numbered(&self, number: u64) -> Option<&Told> {
        let back = self.count.checked_sub(number)?.checked_sub(1)?;
        self.newest_first().nth(usize::try_from(back).ok()?)
    }

    fn len(&self) -> u64 {
        self.blocks.iter().map(|block| block.len() as u64).sum()
    }
}

fn is_told(event: &Event) -> bool {
    !matches!(
        event,
        Event::RecordsAccepted { .. } | Event::RecordsRead { .. } | Event::RecordsPushed { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::actor::ActorId;

    const START: Instant = Instant::DEFAULT_START;

    fn given_up(records: u32) -> Event {
        Event::RecordsGivenUp { actor: ActorId(1), records }
    }

    #[test]
    fn the_newest_are_kept_and_keep_their_numbers() {
        let mut recent = Recent::default();
        for records in 0..300 {
            recent.record(START, &given_up(records));
        }
        assert_eq!(recent.newest_first().count(), KEPT);
        assert_eq!(recent.newest_first().next().map(|told| told.number), Some(299));
        assert_eq!(recent.numbered(299).map(|told| told.event), Some(given_up(299)));
        assert_eq!((recent.numbered(43), recent.numbered(300)), (None, None));
    }
}
