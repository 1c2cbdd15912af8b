//! Where a producer's records come from, one after the other.

use super::flow::Flow;
use super::keys::{Drawn, DrawnKey, KeyDraw};
use super::origin::Origin;
use super::producer::ProducerSpec;
use super::rate::Rate;
use super::record_size::RecordSize;
use super::replay::{Pace, Playlist};
use crate::engine::rng::Rng;
use crate::engine::service::Service;
use crate::engine::time::Instant;
use std::rc::Rc;

/// Where a producer's records come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Source {
    /// Records that are made up.
    Synthetic { flow: Flow, keys: KeyDraw, size: RecordSize },
    /// Rows of a data set.
    Rows(Rows),
}

/// Rows of a data set on their way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rows {
    list: Rc<Playlist>,
    pace: Pace,
    /// The row that came, or comes, at `start`.
    from: u32,
    start: Instant,
    /// The next row to come.
    upcoming: u32,
    /// The next row to be put.
    next: u32,
}

impl Source {
    /// Synthetic records as they were asked for; the service learns their keys.
    pub fn synthetic(now: Instant, spec: &ProducerSpec, service: &mut Service) -> Self {
        let flow = Flow::starting_at(now, spec.arrivals);
        Self::Synthetic { flow, keys: KeyDraw::of(&spec.keys, service), size: spec.record_size }
    }

    /// Rows from the first one on.
    pub fn rows(now: Instant, list: Rc<Playlist>, pace: Pace) -> Self {
        Self::Rows(Rows { list, pace, from: 0, start: now, upcoming: 0, next: 0 })
    }

    /// The source after `self`: rows that were not all sent go on, at the new pace.
    pub fn going_on_in(&self, next: Self) -> Self {
        match (self, next) {
            (Self::Rows(old), Self::Rows(new)) if old.list == new.list && !old.is_over() => {
                Self::Rows(Rows { next: old.next, ..new })
            }
            (_, next) => next,
        }
    }

    /// The records begin to come, or come again after a pause.
    pub fn start(&mut self, now: Instant) {
        match self {
            Self::Synthetic { flow, .. } => flow.restart(now),
            Self::Rows(rows) => {
                (rows.start, rows.from, rows.upcoming) = (now, rows.next, rows.next);
            }
        }
    }

    /// When the next record comes; `None` if none ever will.
    #[inline]
    pub fn next_arrival(&mut self, luck: &mut Rng) -> Option<Instant> {
        match self {
            Self::Synthetic { flow, .. } => flow.next_arrival(luck),
            Self::Rows(rows) => rows.next_arrival(),
        }
    }

    /// Passes so many arrivals at once, if they come evenly and the last one at `deadline` or
    /// before; says when that is.
    pub fn leap(&mut self, records: u32, deadline: Instant) -> Option<Instant> {
        match self {
            Self::Synthetic { flow, .. } => flow.leap(records, deadline),
            Self::Rows(_) => None,
        }
    }

    /// Draws the keys of the next records, for [`Self::next_record`].
    pub fn draw_keys(&mut self, luck: &mut Rng, records: u32, drawn: &mut Drawn) {
        match self {
            Self::Synthetic { keys, .. } => keys.draw(luck, records, drawn),
            Self::Rows(_) => drawn.clear(),
        }
    }

    /// The key of the next record, for which one was drawn at a place, and the bytes of its data
    /// and key together.
    #[inline]
    pub fn next_record(
        &mut self,
        (drawn, place): (&Drawn, usize),
        salt: u64,
        number: u32,
    ) -> (DrawnKey, u32) {
        match self {
            Self::Synthetic { size, .. } => {
                let key = drawn.key(place, salt, number);
                (key, size.of(salt, number) + key.bytes)
            }
            Self::Rows(rows) => {
                rows.next += 1;
                rows.list.record(rows.next - 1, salt, number)
            }
        }
    }

    /// What the records are made from; `None` for rows that go on where they had stopped.
    pub fn origin(&self) -> Option<Origin> {
        match self {
            Self::Synthetic { size, .. } => Some(Origin::Synthetic(*size)),
            Self::Rows(rows) => (rows.next == 0).then(|| Origin::Rows(Rc::clone(&rows.list))),
        }
    }

    /// The rate at a moment; `None` for rows, which come when they come.
    pub fn rate(&self, at: Instant) -> Option<Rate> {
        match self {
            Self::Synthetic { flow, .. } => Some(flow.rate(at)),
            Self::Rows(_) => None,
        }
    }

    /// The rows, if it is a replay.
    pub fn as_rows(&self) -> Option<&Rows> {
        match self {
            Self::Synthetic { .. } => None,
            Self::Rows(rows) => Some(rows),
        }
    }
}

impl Rows {
    fn next_arrival(&mut self) -> Option<Instant> {
        if self.upcoming == self.list.len() {
            return None;
        }
        let delay = self.list.delay(&self.pace, self.from, self.upcoming);
        self.upcoming += 1;
        Some(self.start + delay)
    }

    /// When the last row comes.
    pub fn last_arrival(&self) -> Instant {
        self.start + self.list.delay(&self.pace, self.from, self.list.len() - 1)
    }

    fn is_over(&self) -> bool {
        self.next == self.list.len()
    }

    /// Rows that were sent.
    pub fn sent(&self) -> u32 {
        self.next
    }

    /// The rows, in their order.
    pub fn list(&self) -> &Playlist {
        &self.list
    }
}
