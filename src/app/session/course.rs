//! What was remarkable in a run, and where in it: the marks of the scrubber, in a fixed amount of
//! memory however long the run is.

use shardlab::engine::event::Event;
use shardlab::engine::time::{Instant, whole_micros};
use std::fmt::Write;
use std::time::Duration;

/// The marks of a run, in stretches of equal length that grow with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    begun: Instant,
    /// How long a stretch is.
    width_micros: u64,
    /// What happened in each: a bit for each [`Sign`].
    stretches: Vec<u8>,
}

/// What is worth a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A shard refused records or readers.
    Refusal,
    /// A shard was closed: it was split or merged.
    Reshard,
    /// Records passed their retention.
    Expiry,
    /// A consumer missed records.
    Loss,
    /// A status changed: of a stream, a shard or a registered consumer.
    Status,
}

/// The most stretches: one every few pixels.
const STRETCHES_MAX: u64 = 512;
/// How long stretches are at first.
const WIDTH_MICROS: u64 = 1_000;
/// Units across a drawn course.
pub const UNITS: u64 = 2_000;
/// The least width of a mark, in the same units.
const UNITS_MIN: u64 = 4;

impl Sign {
    /// What an event is a sign of, if it is worth a mark.
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::WritesThrottled { .. } | Event::ReadThrottled(_) => Some(Self::Refusal),
            Event::ShardClosed { .. } => Some(Self::Reshard),
            Event::RecordsExpired { .. } => Some(Self::Expiry),
            Event::RecordsLost { .. } => Some(Self::Loss),
            Event::StreamStatusChanged { .. }
            | Event::ConsumerStatusChanged { .. }
            | Event::ShardOpened { .. }
            | Event::ShardExpired { .. } => Some(Self::Status),
            _ => None,
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Course {
    /// A run without marks.
    pub fn of_run(begun: Instant) -> Self {
        Self { begun, width_micros: WIDTH_MICROS, stretches: Vec::new() }
    }

    /// Notes a sign.
    pub fn mark(&mut self, at: Instant, sign: Sign) {
        let micros = whole_micros(at.since(self.begun));
        while micros / self.width_micros >= STRETCHES_MAX {
            self.width_micros *= 2;
            self.stretches =
                self.stretches.chunks(2).map(|pair| pair.iter().fold(0, |a, b| a | b)).collect();
        }
        let place = usize::try_from(micros / self.width_micros).expect("it is below the most");
        if self.stretches.len() <= place {
            self.stretches.resize(place + 1, 0);
        }
        self.stretches[place] |= sign.bit();
    }

    /// Where a sign was seen in a run of some length, as the path of a drawing that is [`UNITS`]
    /// wide and one high.
    pub fn path(&self, sign: Sign, total: Duration) -> String {
        let marked = |place: &usize| self.stretches[*place] & sign.bit() != 0;
        let places = (0..self.stretches.len()).filter(marked).map(|place| place as u64);
        draw(places.map(|place| (place * self.width_micros, self.width_micros)), total)
    }
}

/// Spans of a run, given where they begin and how long they are in microseconds, in order.
pub fn draw(spans: impl Iterator<Item = (u64, u64)>, total: Duration) -> String {
    let total = whole_micros(total).max(1);
    let units = |micros: u64| {
        let units = u128::from(micros) * u128::from(UNITS) / u128::from(total);
        u64::try_from(units).unwrap_or(UNITS).min(UNITS)
    };
    let mut path = String::new();
    let mut open: Option<(u64, u64)> = None;
    let mut close = |span: Option<(u64, u64)>| {
        if let Some((from, until)) = span {
            // Writing to a text cannot fail.
            let _ = write!(path, "M{from} 0H{until}V1H{from}z");
        }
    };
    for (begin, length) in spans {
        let from = units(begin).min(UNITS - UNITS_MIN);
        let until = units(begin + length).max(from + UNITS_MIN);
        match &mut open {
            Some(span) if from <= span.1 => span.1 = span.1.max(until),
            _ => close(open.replace((from, until))),
        }
    }
    close(open);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGUN: Instant = Instant::DEFAULT_START;

    #[test]
    fn marks_stay_in_place_while_the_run_grows() {
        let mut course = Course::of_run(BEGUN);
        course.mark(BEGUN + Duration::from_mins(30), Sign::Loss);
        course.mark(BEGUN + Duration::from_hours(1), Sign::Refusal);
        let hour = Duration::from_hours(1);
        // A stretch is 8.192 seconds long by now.
        assert_eq!(course.path(Sign::Loss, hour), "M996 0H1001V1H996z");
        assert_eq!(course.path(Sign::Refusal, hour), "M1996 0H2000V1H1996z");
        course.mark(BEGUN + Duration::from_hours(1_000), Sign::Refusal);
        assert!(course.stretches.len() <= 512);
        assert_eq!(course.path(Sign::Loss, hour * 1_000), "M0 0H4V1H0z");
        assert_eq!(course.path(Sign::Expiry, hour), "");
    }

    #[test]
    fn neighbors_become_one_mark() {
        let spans = [(0, 10), (10, 10), (500, 10)];
        let drawn = draw(spans.into_iter(), Duration::from_millis(1));
        assert_eq!(drawn, "M0 0H40V1H0zM1000 0H1020V1H1000z");
    }
}
