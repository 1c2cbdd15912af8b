//! The last things worth telling, for lists that people read.

use crate::engine::event::Event;
use crate::engine::time::Instant;
use std::collections::VecDeque;

/// The last [`KEPT`] events that are worth a line each.
///
/// What is stored, read and pushed is not: it happens with every call, and numbers tell it better.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent {
    events: VecDeque<Told>,
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

impl Recent {
    /// Takes the next event.
    pub fn record(&mut self, at: Instant, event: &Event) {
        if !is_told(event) {
            return;
        }
        if self.events.len() == KEPT {
            self.events.pop_front();
        }
        self.events.push_back(Told { number: self.count, at, event: *event });
        self.count += 1;
    }

    /// Those that are kept, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Told> {
        self.events.iter().rev()
    }

    /// Heap bytes that it takes.
    pub fn bytes(&self) -> u64 {
        (self.events.len() * size_of::<Told>()) as u64
    }

    /// The event of a number, unless it is forgotten or has not happened yet.
    pub fn numbered(&self, number: u64) -> Option<&Told> {
        let first = self.events.front()?.number;
        self.events.get(usize::try_from(number.checked_sub(first)?).ok()?)
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
