//! Two courses of the same run beside each other: how each of them stands, and which stands better.

use super::pricing::{Prices, so_far};
use super::totals::Totals;
use crate::engine::Simulation;
use crate::engine::service::stream::Stream;
use crate::journal::Entry;
use std::cmp::Ordering;

/// What is compared, as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Records that were sent, those sent again included.
    Offered,
    /// Records that were stored.
    Accepted,
    /// Records that were refused.
    Throttled,
    /// Records that were sent again.
    Retried,
    /// Records that producers gave up.
    GivenUp,
    /// Records that consumers received.
    Read,
    /// Calls of readers that were refused.
    ReadsThrottled,
    /// Records that a consumer missed.
    Lost,
    /// Records past their retention.
    Expired,
    /// Open shards of all streams.
    Shards,
    /// Nano-dollars since the run began.
    Cost,
}

/// How many measures there are.
pub const MEASURES: usize = Measure::Cost as usize + 1;

/// How a course stands at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// By [`Measure`].
    pub values: [u64; MEASURES],
    /// How far each consumer is behind.
    pub lags: Vec<Behind>,
}

/// How far a consumer is behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Its name.
    pub name: String,
    /// Records that it has not processed, of all shards.
    pub records: u64,
    /// How old the oldest of them is, in milliseconds.
    pub millis: u64,
}

impl Standing {
    /// How a world stands in which so much has happened.
    pub fn of(simulation: &Simulation, totals: &Totals, prices: &Prices) -> Self {
        let (service, now) = (simulation.service(), simulation.now());
        let shards = service.streams().map(Stream::open_shard_count);
        let lags = simulation.clients().consumers().map(|consumer| {
            let mut behind = Behind { name: consumer.name().to_string(), records: 0, millis: 0 };
            for lag in consumer.lags(service, now) {
                behind.records += lag.records;
                behind.millis = behind.millis.max(lag.millis);
            }
            behind
        });
        Self {
            values: [
                totals.offered(),
                totals.accepted,
                totals.throttled,
                totals.retried,
                totals.given_up,
                totals.read,
                totals.reads_throttled,
                totals.lost,
                totals.expired,
                shards.map(u64::from).sum(),
                so_far(service, now, prices),
            ],
            lags: lags.collect(),
        }
    }

    /// How far a consumer is behind; `None` if it is not there.
    pub fn lag(&self, name: &str) -> Option<&Behind> {
        self.lags.iter().find(|behind| behind.name == name)
    }
}

/// Which of two values of a measure is the better one: `Less` is the first. `None` if they are
/// equal, or neither is better for being more.
pub fn better(measure: usize, values: [u64; 2]) -> Option<Ordering> {
    // In the order of the measures: 1 if more is better, -1 if less is.
    const MORE: [i8; MEASURES] = [0, 1, -1, -1, -1, 0, -1, -1, 0, 0, -1];
    let order = match MORE[measure] {
        1 => values[1].cmp(&values[0]),
        -1 => values[0].cmp(&values[1]),
        _ => Ordering::Equal,
    };
    (order != Ordering::Equal).then_some(order)
}

/// The first lines in which two courses differ; `None` if they have the same lines.
pub fn first_difference<'a>(a: &'a [Entry], b: &'a [Entry]) -> Option<[Option<&'a Entry>; 2]> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let pair = [a.get(same), b.get(same)];
    pair.iter().any(Option::is_some).then_some(pair)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::time::Instant;

    #[test]
    fn less_refused_and_more_stored_is_better() {
        let better = |measure: Measure, values| better(measure as usize, values);
        assert_eq!(better(Measure::Throttled, [1, 2]), Some(Ordering::Less));
        assert_eq!(better(Measure::Accepted, [1, 2]), Some(Ordering::Greater));
        assert_eq!(better(Measure::Cost, [2, 1]), Some(Ordering::Greater));
        assert_eq!(better(Measure::Lost, [3, 3]), None);
        assert_eq!(better(Measure::Shards, [1, 2]), None);
    }

    #[test]
    fn courses_part_at_the_first_line_that_only_one_has() {
        let entry =
            |secs, line: &str| Entry { at: Instant::from_secs(secs), line: line.into(), status: 0 };
        let a = [entry(1, "x"), entry(2, "y")];
        let b = [entry(1, "x"), entry(3, "y")];
        assert_eq!(first_difference(&a, &a), None);
        assert_eq!(first_difference(&a, &b), Some([Some(&a[1]), Some(&b[1])]));
        assert_eq!(first_difference(&a, &a[..1]), Some([Some(&a[1]), None]));
    }
}
