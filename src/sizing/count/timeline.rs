//! Records, bytes and keys by the seconds of the data's own time, in whatever order they come.
//!
//! Seconds lie in pages of 256, which are there once something falls into them. When there are too
//! many pages, seconds are folded into longer steps: after 16,384 pages, which are 48 days without
//! a gap. What each key had in each step is kept for two million pairs of step and key; beyond
//! that, the least busy steps keep their sums only, since none of them can be a peak.

use super::pairs::{Novelty, Pair, Pairs};
use super::weight;
use crate::engine::time::Instant;
use crate::sizing::turns::{Alone, Pause, STRIDE, at_once, each, sort};

/// Seconds of a step, one after the other as files span more. Each is a whole number of the ones
/// before.
pub const STEPS: [u32; 6] = [1, 10, 60, 600, 3_600, 86_400];
/// Steps of a page.
const PAGE: u64 = 256;
/// The most pages: 64 MiB.
pub const PAGES: usize = 1 << 14;
/// Pages beyond the most that may come before there is time to fold them.
const PAGES_AHEAD: usize = 1 << 11;
/// The most pairs of step and key: 48 MiB, and 16 MiB of places.
pub const PAIRS: usize = 2_000_000;

/// What fell into one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Bytes of the records, keys included.
    pub bytes: u64,
    /// Records.
    pub records: u32,
    /// Distinct keys, and in the top bit whether pairs are kept no longer.
    keys: u32,
}

const CLOSED: u32 = 1 << 31;

impl Cell {
    /// Distinct keys; once pairs are kept no longer, as many as there were then.
    pub fn keys(&self) -> u32 {
        self.keys & !CLOSED
    }

    /// Whether its pairs are kept.
    pub fn has_pairs(&self) -> bool {
        self.keys & CLOSED == 0
    }

    /// How much of a shard it takes.
    pub fn weight(&self) -> u64 {
        weight(self.records.into(), self.bytes)
    }
}

/// How much a timeline holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The most pages.
    pub pages: usize,
    /// The most pairs.
    pub pairs: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { pages: PAGES, pairs: PAIRS }
    }
}

/// All steps that something fell into.
#[derive(Clone, Debug)]
pub struct Timeline {
    bounds: Bounds,
    /// Which of [`STEPS`] it goes by.
    step: usize,
    /// Numbers of pages, rising, and where their cells begin.
    pages: Vec<(u64, u32)>,
    cells: Vec<Cell>,
    pairs: Pairs,
    /// The page that was last in use, and the cell.
    last: usize,
    in_use: u32,
    /// The heaviest pairs by records and by bytes among those that are kept no longer, with the
    /// seconds since the epoch at which they were.
    dropped: [Option<(u64, Pair)>; 2],
}

impl Timeline {
    /// Without anything.
    pub fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            step: 0,
            pages: Vec::new(),
            cells: Vec::new(),
            pairs: Pairs::default(),
            last: 0,
            in_use: 0,
            dropped: [None; 2],
        }
    }

    /// Adds a record; with the first half of its key's hash, if it has one.
    pub fn count(&mut self, at: Instant, hash: Option<u64>, bytes: u64) {
        let cell = self.cell(at.secs() / u64::from(STEPS[self.step]));
        self.in_use = cell;
        let found = &mut self.cells[cell as usize];
        found.records = found.records.saturating_add(1);
        found.bytes += bytes;
        if let Some(hash) = hash.filter(|_| found.has_pairs()) {
            let new = self.pairs.add(Pair { cell, records: 1, hash, bytes });
            if new == Novelty::New {
                found.keys += 1;
                self.pairs.widen(found.keys);
            }
        }
    }

    /// Does what had better be done before more comes: folds if there are too many pages, gives up
    /// pairs if there are too many, and makes room.
    pub async fn prepare(&mut self, pause: &impl Pause) {
        while self.pages.len() > self.bounds.pages && self.step + 1 < STEPS.len() {
            self.fold(pause).await;
        }
        if self.pairs.all().len() > self.bounds.pairs {
            self.close_quiet(pause).await;
        }
        self.pairs.prepare(pause).await;
    }

    /// Seconds of a step.
    pub fn step_secs(&self) -> u32 {
        STEPS[self.step]
    }

    /// All steps that something fell into, in the order of time: the second since the epoch at
    /// which each begins, its cell and the number of that.
    pub fn steps(&self) -> impl Iterator<Item = (u64, u32, &Cell)> {
        let length = u64::from(self.step_secs());
        let pages = self.pages.iter();
        pages
            .flat_map(move |(page, start)| {
                let cells = &self.cells[*start as usize..][..256];
                (0..).zip(cells).map(move |(place, cell)| {
                    ((page * PAGE + u64::from(place)) * length, start + place, cell)
                })
            })
            .filter(|(.., cell)| cell.records > 0)
    }

    /// The pairs that are kept.
    pub fn pairs(&self) -> &[Pair] {
        self.pairs.all()
    }

    /// The heaviest pairs by records and by bytes among those that are kept no longer, with their
    /// seconds since the epoch.
    pub fn dropped(&self) -> [Option<(u64, Pair)>; 2] {
        self.dropped
    }

    /// How many cells there may be.
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    fn cell(&mut self, step: u64) -> u32 {
        let page = step / PAGE;
        let place = u32::try_from(step % PAGE).expect("less than a page");
        match self.pages.get(self.last) {
            Some((last, start)) if *last == page => start + place,
            _ => match self.pages.binary_search_by_key(&page, |(page, _)| *page) {
                Ok(found) => {
                    self.last = found;
                    self.pages[found].1 + place
                }
                Err(_)
                    if self.pages.len() >= self.bounds.pages + PAGES_AHEAD
                        && self.step + 1 < STEPS.len() =>
                {
                    let secs = step * u64::from(self.step_secs());
                    at_once(self.fold(&Alone));
                    self.cell(secs / u64::from(self.step_secs()))
                }
                Err(at) => {
                    let start = u32::try_from(self.cells.len()).expect("fewer than 2^32 cells");
                    self.cells.resize(self.cells.len() + 256, Cell::default());
                    self.pages.insert(at, (page, start));
                    self.last = at;
                    start + place
                }
            },
        }
    }

    /// Goes on in the next longer step.
    async fn fold(&mut self, pause: &impl Pause) {
        let mut folded = Self::new(self.bounds);
        folded.step = self.step + 1;
        folded.dropped = self.dropped;
        let length = u64::from(folded.step_secs());
        let mut moved = vec![0; self.cells.len()];
        each(self.steps(), pause, |(secs, number, cell)| {
            let new = folded.cell(secs / length);
            moved[number as usize] = new;
            let sum = &mut folded.cells[new as usize];
            sum.bytes += cell.bytes;
            sum.records = sum.records.saturating_add(cell.records);
            if !cell.has_pairs() {
                sum.keys = sum.keys().max(cell.keys()) | CLOSED;
            }
        })
        .await;
        folded.in_use = moved.get(self.in_use as usize).copied().unwrap_or_default();
        for part in self.pairs.all().chunks(STRIDE) {
            for pair in part {
                let cell = moved[pair.cell as usize];
                let found = &mut folded.cells[cell as usize];
                if found.has_pairs() && folded.pairs.add(Pair { cell, ..*pair }) == Novelty::New {
                    found.keys += 1;
                    folded.pairs.widen(found.keys);
                }
            }
            folded.pairs.prepare(pause).await;
            pause.after(part.len()).await;
        }
        *self = folded;
    }

    /// Gives up the pairs of the least busy steps, with half of all pairs, and not of the step that
    /// is in use.
    async fn close_quiet(&mut self, pause: &impl Pause) {
        let mut order = Vec::new();
        each(self.steps(), pause, |(_, number, cell)| {
            if cell.has_pairs() && number != self.in_use {
                order.push((cell.weight(), number, cell.keys()));
            }
        })
        .await;
        sort(&mut order, |step| *step, pause).await;
        let (goal, mut gone) = (self.pairs.all().len() as u64 / 2, 0);
        for (_, number, keys) in order {
            if gone >= goal {
                break;
            }
            gone += u64::from(keys);
            self.cells[number as usize].keys |= CLOSED;
        }
        self.note_dropped(pause).await;
        let cells = &self.cells;
        self.pairs.retain(|pair| cells[pair.cell as usize].has_pairs(), pause).await;
    }

    async fn note_dropped(&mut self, pause: &impl Pause) {
        let mut most = [None::<Pair>; 2];
        let measure = |pair: &Pair| [u64::from(pair.records), pair.bytes];
        each(self.pairs.all().iter(), pause, |pair| {
            if self.cells[pair.cell as usize].has_pairs() {
                return;
            }
            for (place, most) in most.iter_mut().enumerate() {
                if most.is_none_or(|most| measure(pair)[place] > measure(&most)[place]) {
                    *most = Some(*pair);
                }
            }
        })
        .await;
        for (place, new) in most.into_iter().enumerate() {
            let Some(new) = new else { continue };
            let old = self.dropped[place];
            if old.is_none_or(|(_, old)| measure(&new)[place] > measure(&old)[place]) {
                let secs = self.steps().find(|(_, number, _)| *number == new.cell);
                self.dropped[place] = secs.map(|(secs, ..)| (secs, new));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;
    use std::collections::BTreeMap;

    type Sums = BTreeMap<u64, (u64, u64)>;

    /// Sums by step, counted plainly, beside those of a timeline.
    fn both(bounds: Bounds, span: u64, records: u64) -> (Timeline, Sums, Sums) {
        let (mut luck, mut timeline) = (Rng::seeded(3), Timeline::new(bounds));
        let mut seen = Vec::new();
        for _ in 0..records {
            let secs = 1_700_000_000 + luck.below(span);
            let (hash, bytes) = (luck.below(20) << 60, luck.below(1_000));
            timeline.count(Instant::from_secs(secs), Some(hash), bytes);
            at_once(timeline.prepare(&Alone));
            seen.push((secs, bytes));
        }
        let mut plain = Sums::new();
        let step = u64::from(timeline.step_secs());
        for (secs, bytes) in seen {
            let sum = plain.entry(secs / step * step).or_default();
            *sum = (sum.0 + 1, sum.1 + bytes);
        }
        let steps =
            timeline.steps().map(|(secs, _, cell)| (secs, (cell.records.into(), cell.bytes)));
        let steps = steps.collect();
        (timeline, steps, plain)
    }

    #[test]
    fn rows_may_come_in_any_order() {
        let (timeline, steps, plain) = both(Bounds::default(), 3_000, 20_000);
        assert_eq!(timeline.step_secs(), 1);
        assert_eq!(steps, plain);
        let records: u32 = timeline.pairs().iter().map(|pair| pair.records).sum();
        assert_eq!(records, 20_000);
    }

    #[test]
    fn long_spans_are_folded_and_lose_nothing() {
        let bounds = Bounds { pages: 4, ..Bounds::default() };
        for (span, step) in [(6_000, 10), (40_000, 60), (400_000, 600), (2_400_000, 3_600)] {
            let (timeline, steps, plain) = both(bounds, span, 5_000);
            assert_eq!(timeline.step_secs(), step);
            assert_eq!(steps, plain);
            let keys: usize = timeline.steps().map(|(.., cell)| cell.keys() as usize).sum();
            assert_eq!(keys, timeline.pairs().len());
        }
    }

    #[test]
    fn only_quiet_steps_lose_their_pairs() {
        let bounds = Bounds { pairs: 500, ..Bounds::default() };
        let mut timeline = Timeline::new(bounds);
        let mut luck = Rng::seeded(3);
        for second in 0..400 {
            let records = if second == 70 { 200 } else { 4 + second % 3 };
            for _ in 0..records {
                let hash = luck.next_u64();
                timeline.count(Instant::from_secs(second), Some(hash), 100);
                at_once(timeline.prepare(&Alone));
            }
        }
        assert!(timeline.pairs().len() <= 500);
        let (_, peak, cell) = timeline.steps().find(|(secs, ..)| *secs == 70).unwrap();
        assert!(cell.has_pairs() && cell.keys() == 200);
        assert_eq!(timeline.pairs().iter().filter(|pair| pair.cell == peak).count(), 200);
        assert!(
            timeline.steps().all(|(_, _, cell)| u64::from(cell.keys()) == u64::from(cell.records))
        );
        assert!(timeline.steps().any(|(.., cell)| !cell.has_pairs()));
        assert_eq!(timeline.dropped()[0].unwrap().1.records, 1);
    }
}
