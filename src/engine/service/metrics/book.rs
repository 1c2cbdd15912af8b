//! Statistics by time: bins of one width, each with the rows of what happened in it.
//!
//! The bin that is open is a table; those before it are packed bytes in chunks that clones share,
//! folded once a chunk is full. So a value costs a look into a short table, and a clone costs the
//! same whatever was kept.

#[cfg(test)]
mod tests;

use super::folded::{fold, unfold};
use super::metric::{Metric, Scope};
use super::packed::{Cell, Reader, Row, write_bin};
use super::statistic::Statistic;
use crate::engine::sorted::sort_shared;
use crate::engine::time::{Instant, whole_micros};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

/// How wide bins are, and how many are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grain {
    /// Not zero; bins lie on whole multiples of it since the epoch.
    pub width: Duration,
    /// How long a finished bin is kept, at least until another one is finished.
    pub kept: Duration,
    /// Bytes of finished bins, folded; beyond, the oldest go early.
    pub bytes_max: u64,
}

/// Statistics by scope, metric and bin. Time never goes back.
///
/// ```
/// use shardlab::engine::service::metrics::{Book, Grain, Metric, Scope, Statistic};
/// use shardlab::engine::service::names::StreamId;
/// use shardlab::engine::time::Instant;
///
/// let (scope, metric) = (Scope::Stream(StreamId(0)), Metric::IncomingRecords);
/// let mut book = Book::new(Grain::MINUTE);
/// book.add(Instant::from_secs(61), scope, &[(metric, Some(3))]);
/// book.add(Instant::from_secs(119), scope, &[(metric, Some(5))]);
///
/// let points = |now| book.series(Instant::from_secs(now), scope, metric);
/// assert_eq!(points(119), [], "the minute is not over");
/// let both = Statistic { count: 2, sum: 8, min: 3, max: 5 };
/// assert_eq!(points(120), [(Instant::from_secs(60), both)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Book {
    grain: Grain,
    /// When the open bin is over; the first moment there is before the first value.
    open_until: Instant,
    /// By scope.
    open: Rc<Vec<Row>>,
    /// Bins that are over, oldest first.
    tail: Rc<Chunk>,
    /// Chunks that are full, oldest first, each folded.
    full: Rc<VecDeque<Rc<Chunk>>>,
    /// Bytes of the full chunks, folded.
    bytes: u64,
    /// By scope.
    known: Rc<Vec<Known>>,
}

/// Some bins that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Chunk {
    /// The number of the first bin since the epoch; the others are numbered from it.
    first: u64,
    /// The number of the last bin.
    last: u64,
    packed: Vec<u8>,
}

/// What was ever seen of a scope that is still kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Known {
    scope: Scope,
    /// A bit for each metric.
    metrics: u32,
    /// The last bin with a value.
    last: u64,
}

/// Bytes of a full chunk, or those of one bin if they are more.
const CHUNK_BYTES: usize = 4 << 10;

impl Grain {
    /// CloudWatch's: points of a minute are kept for 15 days, and then only coarser ones, which are
    /// not kept here at all. A stream that is put to and read from by two consumers takes some 21
    /// bytes a minute, 0.5 MB in 15 days.
    pub const MINUTE: Self = Self {
        width: Duration::from_mins(1),
        kept: Duration::from_hours(15 * 24),
        bytes_max: 32 << 20,
    };
}

impl Book {
    /// A book without values.
    pub fn new(grain: Grain) -> Self {
        assert!(!grain.width.is_zero(), "a bin has a width");
        Self {
            grain,
            open_until: Instant::default(),
            open: Rc::default(),
            tail: Rc::default(),
            full: Rc::default(),
            bytes: 0,
            known: Rc::default(),
        }
    }

    /// Takes values of a scope: one for each metric, by rising metric; `None` is no value.
    pub fn add(&mut self, now: Instant, scope: Scope, values: &[(Metric, Option<u64>)]) {
        if values.iter().all(|(_, value)| value.is_none()) {
            return;
        }
        if now >= self.open_until {
            self.turn_over(now);
        }
        let open = Rc::make_mut(&mut self.open);
        let row = match open.binary_search_by_key(&scope, |row| row.scope) {
            Ok(found) => &mut open[found],
            Err(place) => {
                open.insert(place, Row { scope, cells: Vec::new() });
                &mut open[place]
            }
        };
        row.add(values);
    }

    /// The statistics of a metric, oldest first: when each bin begins, and what is in it. Bins
    /// without a value are left out, and the one that is not over at `now`.
    pub fn series(&self, now: Instant, scope: Scope, metric: Metric) -> Vec<(Instant, Statistic)> {
        self.series_from(now, Instant::default(), scope, metric)
    }

    /// The same, of the bins that begin at `from` or later.
    pub fn series_from(
        &self,
        now: Instant,
        from: Instant,
        scope: Scope,
        metric: Metric,
    ) -> Vec<(Instant, Statistic)> {
        let width = whole_micros(self.grain.width);
        let mut found = Vec::new();
        let mut add = |number: u64, statistic| {
            let at = Instant::from_micros(number * width);
            if at >= from {
                found.push((at, statistic));
            }
        };
        for chunk in self.full.iter().filter(|chunk| chunk.last * width >= from.micros()) {
            each_point(chunk.first, &unfold(&chunk.packed), (scope, metric), &mut add);
        }
        each_point(self.tail.first, &self.tail.packed, (scope, metric), &mut add);
        for row in self.finished_rows(now).iter().filter(|row| row.scope == scope) {
            for cell in row.cells.iter().filter(|cell| cell.metric == metric) {
                add(self.open_number(), cell.statistic);
            }
        }
        found
    }

    /// Every metric that had a value in a bin that is over at `now` and begins at `from` or later,
    /// by scope. A metric that fell silent is listed as long as its scope is heard of.
    pub fn known(&self, now: Instant, from: Instant) -> Vec<(Scope, Metric)> {
        let from = from.micros().div_ceil(whole_micros(self.grain.width));
        let recent = self.known.iter().filter(|known| known.last >= from);
        let mut found: Vec<_> = recent.flat_map(Known::metrics).collect();
        if self.open_number() >= from {
            let rows = self.finished_rows(now).iter();
            found
                .extend(rows.flat_map(|row| row.cells.iter().map(|cell| (row.scope, cell.metric))));
        }
        sort_shared(&mut found);
        found.dedup();
        found
    }

    /// Heap bytes that it takes.
    pub fn bytes(&self) -> u64 {
        self.unshared_bytes() + self.bytes
    }

    /// Heap bytes that a clone will no longer share once this is written again.
    fn unshared_bytes(&self) -> u64 {
        let cells: usize = self.open.iter().map(|row| row.cells.len()).sum();
        let tables = self.open.len() * size_of::<Row>()
            + cells * size_of::<Cell>()
            + self.known.len() * size_of::<Known>()
            + self.full.len() * size_of::<Rc<Chunk>>();
        (tables + self.tail.packed.len()) as u64
    }

    /// Heap bytes of this book that `later`, which it has become, does not keep as well.
    pub fn bytes_beside(&self, later: &Self) -> u64 {
        let oldest = later.full.front().unwrap_or(&later.tail).first;
        let gone = self.full.iter().take_while(|chunk| chunk.first < oldest);
        self.unshared_bytes() + gone.map(|chunk| chunk.packed.len() as u64).sum::<u64>()
    }

    /// The rows of the open bin if it is over, though nothing has turned it over yet.
    fn finished_rows(&self, now: Instant) -> &[Row] {
        if now >= self.open_until { &self.open } else { &[] }
    }

    fn open_number(&self) -> u64 {
        (self.open_until.micros() / whole_micros(self.grain.width)).saturating_sub(1)
    }

    /// Packs the open bin, and opens the one of `now`.
    #[cold]
    fn turn_over(&mut self, now: Instant) {
        let width = whole_micros(self.grain.width);
        let rows = std::mem::take(&mut self.open);
        if !rows.is_empty() {
            let number = self.open_number();
            self.learn(number, &rows);
            let tail = Rc::make_mut(&mut self.tail);
            if tail.packed.is_empty() {
                tail.first = number;
            }
            tail.last = number;
            write_bin(&mut tail.packed, number - tail.first, &rows);
        }
        if self.tail.packed.len() >= CHUNK_BYTES {
            let mut chunk = std::mem::take(&mut self.tail);
            let full = Rc::make_mut(&mut chunk);
            full.packed = fold(&full.packed);
            self.bytes += full.packed.len() as u64;
            Rc::make_mut(&mut self.full).push_back(chunk);
        }
        let number = now.micros() / width;
        self.open_until = Instant::from_micros((number + 1).saturating_mul(width));
        self.forget(number.saturating_sub(whole_micros(self.grain.kept) / width));
    }

    /// Notes which metrics have been seen.
    fn learn(&mut self, number: u64, rows: &[Row]) {
        let known = Rc::make_mut(&mut self.known);
        for row in rows {
            let seen = row.cells.iter().fold(0, |seen, cell| seen | 1 << cell.metric as u32);
            match known.binary_search_by_key(&row.scope, |known| known.scope) {
                Ok(place) => {
                    known[place].metrics |= seen;
                    known[place].last = number;
                }
                Err(place) => {
                    known.insert(place, Known { scope: row.scope, metrics: seen, last: number });
                }
            }
        }
    }

    /// Gives back chunks that lie before a bin, and those that are too many.
    fn forget(&mut self, before: u64) {
        let is_old = |chunk: &Rc<Chunk>| chunk.last < before;
        while self.bytes > self.grain.bytes_max || self.full.front().is_some_and(is_old) {
            let Some(gone) = Rc::make_mut(&mut self.full).pop_front() else { return };
            self.bytes -= gone.packed.len() as u64;
            let kept = self.full.front().unwrap_or(&self.tail).first;
            Rc::make_mut(&mut self.known).retain(|known| known.last >= kept);
        }
    }
}

impl Row {
    /// Takes one value for each metric. Both sides are sorted, so it is one walk.
    fn add(&mut self, values: &[(Metric, Option<u64>)]) {
        let mut place = 0;
        for &(metric, value) in values {
            let Some(value) = value else { continue };
            while self.cells.get(place).is_some_and(|cell| cell.metric < metric) {
                place += 1;
            }
            if self.cells.get(place).is_none_or(|cell| cell.metric != metric) {
                self.cells.insert(place, Cell { metric, statistic: Statistic::default() });
            }
            self.cells[place].statistic.add(value);
        }
    }
}

impl Known {
    fn metrics(&self) -> impl Iterator<Item = (Scope, Metric)> + use<> {
        let Self { scope, metrics, .. } = *self;
        let has = move |metric: &Metric| metrics & 1 << *metric as u32 != 0;
        Metric::all().filter(has).map(move |metric| (scope, metric))
    }
}

/// Calls back with the bins of a chunk that has a metric, by number, and what they hold of it.
fn each_point(
    first: u64,
    packed: &[u8],
    (scope, metric): (Scope, Metric),
    add: &mut dyn FnMut(u64, Statistic),
) {
    let mut bins = Reader(packed);
    while let Some((number, mut rows)) = bins.bin() {
        while let Some((found, mut cells)) = rows.row() {
            while let (true, Some(cell)) = (found == scope, cells.cell()) {
                if cell.metric == metric {
                    add(first + number, cell.statistic);
                }
            }
        }
    }
}
