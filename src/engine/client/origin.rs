//! What a producer's records were made from, number by number, so that they can be made again.

use super::record_size::RecordSize;
use super::replay::Playlist;
use super::synthetic;
use std::rc::Rc;

/// What some of a producer's records were made from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// Nothing but their numbers, in a size.
    Synthetic(RecordSize),
    /// Rows, the first number being the first of them.
    Rows(Rc<Playlist>),
}

/// The origins of all numbers that a producer has given, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Origins {
    /// Each with the first number that it holds for; at least one once there are records.
    since: Vec<(u32, Origin)>,
}

impl Origins {
    /// Records from `next_number` on have another origin, unless it is the same. Rows count from
    /// their first number, so they are always another.
    pub fn begin(&mut self, origin: Origin, next_number: u32) {
        let same = self.since.last().is_some_and(|(_, last)| *last == origin);
        if same && matches!(origin, Origin::Synthetic(_)) {
            return;
        }
        // An origin that made no record is forgotten.
        self.since.retain(|(first, _)| *first < next_number);
        self.since.push((next_number, origin));
    }

    /// Numbers begin again at 0, after four billion records: their first ones, which would now be
    /// told by the newest origin, have long expired.
    pub fn start_over(&mut self) {
        let last = self.since.pop();
        self.since.clear();
        self.since.extend(last.map(|(_, origin)| (0, origin)));
    }

    /// The origin of a number, with how manieth of its records it is.
    pub fn of(&self, number: u32) -> Option<(&Origin, u32)> {
        let after = self.since.partition_point(|(first, _)| *first <= number);
        let (first, origin) = self.since.get(after.checked_sub(1)?)?;
        Some((origin, number - first))
    }
}

impl Origin {
    /// The data of its record of a number, its `place`-th one.
    pub fn data(&self, producer: &str, salt: u64, number: u32, place: u32) -> Option<Vec<u8>> {
        match self {
            Self::Synthetic(size) => {
                Some(synthetic::data(producer, number, salt, size.of(salt, number)))
            }
            Self::Rows(rows) => rows.text(place).map(|text| text.as_bytes().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_keeps_the_origin_that_it_was_made_from() {
        let origin = |bytes| Origin::Synthetic(RecordSize::constant(bytes));
        let mut origins = Origins::default();
        for (from, bytes) in [(0, 100), (10, 100), (10, 200), (10, 300)] {
            origins.begin(origin(bytes), from);
        }
        assert_eq!(origins.of(9), Some((&origin(100), 9)));
        assert_eq!(origins.of(10), Some((&origin(300), 0)));
        assert_eq!(origins.of(11), Some((&origin(300), 1)));
        origins.start_over();
        assert_eq!(origins.of(9), Some((&origin(300), 9)));
    }
}
