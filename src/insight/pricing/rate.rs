//! What goes on at the moment, as the usage of an hour: the last full minute, taken sixty times.

use super::HOUR;
use crate::engine::service::Service;
use crate::engine::service::limits::{SHARD_READ_BYTES, SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS};
use crate::engine::service::metrics::{Metric, Scope, Statistic};
use crate::engine::service::stream::Stream;
use crate::engine::service::usage::{LONG_TERM_HOURS, Meter, Metered, RETENTION_INCLUDED_HOURS};
use crate::engine::time::Instant;
use std::iter::Peekable;
use std::time::Duration;

/// A minute, in seconds.
const MINUTE: u64 = 60;

/// What an hour of the present uses: shards, consumers and retention as they are, traffic as in the
/// last full minute by the clock, and as many stored bytes as that comes to in the end. Whether
/// answers are older than seven days is not foretold.
///
/// `None` while no minute by the clock is over since the stream was made.
pub fn hourly(service: &Service, stream: &Stream, now: Instant) -> Option<Metered> {
    let until = Instant::from_secs(now.secs() / MINUTE * MINUTE);
    let from = until.before(Duration::from_mins(1));
    if until <= stream.created {
        return None;
    }
    let mut used = Metered::default();
    let shards = u64::from(stream.open_shard_count());
    used.set(Meter::StreamTime, HOUR);
    used.set(Meter::ShardTime, HOUR * shards);
    used.set(Meter::ConsumerTime, HOUR * shards * stream.consumers.iter().count() as u64);
    let mut bytes = 0;
    let (mut put_units, mut kib) = (0, 0);
    for shard in stream.shards() {
        let (first, end) = (shard.log.ordinal_at(from), shard.log.ordinal_at(until));
        let payload = shard.log.payload_of(first..end);
        put_units += payload.put_units;
        kib += payload.kib;
        bytes += shard.log.bytes_before(end) - shard.log.bytes_before(first);
    }
    let minute = |scope, metric| {
        let series = service.metric_series(now, from, scope, metric);
        series.into_iter().find(|(at, _)| *at == from).map_or(0, |(_, statistic)| statistic.sum)
    };
    let out = minute(Scope::Stream(stream.id), Metric::GetRecordsBytes);
    let consumers = stream.consumers.iter();
    let pushed = consumers.map(|consumer| {
        minute(Scope::Consumer(stream.id, consumer.id), Metric::SubscribeToShardEventBytes)
    });
    used.set(Meter::PutUnits, put_units * MINUTE);
    used.set(Meter::KibIn, kib * MINUTE);
    used.set(Meter::BytesOut, out * MINUTE);
    used.set(Meter::BytesPushed, pushed.sum::<u64>() * MINUTE);
    let retention = stream.retention_hours;
    if retention > RETENTION_INCLUDED_HOURS {
        used.set(Meter::ExtendedTime, HOUR * shards);
        let extended = retention.min(LONG_TERM_HOURS) - RETENTION_INCLUDED_HOURS;
        let long = retention.saturating_sub(LONG_TERM_HOURS);
        used.set(Meter::ExtendedStorage, bytes * MINUTE * u64::from(extended));
        used.set(Meter::LongStorage, bytes * MINUTE * u64::from(long));
    }
    Some(used)
}

/// So many shards would have been enough for the busiest minute of the last day, if its records had
/// come evenly by time and key: what was offered, refused records included (as large as those
/// that were stored), and what shared consumers read. At least one.
pub fn shards_needed(service: &Service, stream: &Stream, now: Instant) -> u64 {
    let from = now.before(Duration::from_hours(24));
    let series = |metric| service.metric_series(now, from, Scope::Stream(stream.id), metric);
    let mut most = [0; 3];
    let mut records = series(Metric::IncomingRecords).into_iter().peekable();
    let mut bytes = series(Metric::IncomingBytes).into_iter().peekable();
    for (at, refused) in series(Metric::WriteProvisionedThroughputExceeded) {
        let (stored, bytes) = (sum_at(&mut records, at), sum_at(&mut bytes, at));
        let offered = stored + refused.sum;
        let offered_bytes = u128::from(bytes) * u128::from(offered) / u128::from(stored.max(1));
        most[0] = most[0].max(offered);
        most[1] = most[1].max(u64::try_from(offered_bytes).unwrap_or(u64::MAX));
    }
    let read = series(Metric::GetRecordsBytes);
    most[2] = read.into_iter().map(|(_, statistic)| statistic.sum).max().unwrap_or(0);
    let limits = [SHARD_WRITE_RECORDS, SHARD_WRITE_BYTES, SHARD_READ_BYTES];
    let needed = most.iter().zip(limits).map(|(most, limit)| most.div_ceil(limit.value * MINUTE));
    needed.max().unwrap_or(0).max(1)
}

/// The sum of a minute; 0 if it has none. Minutes are asked for in order.
fn sum_at(points: &mut Peekable<impl Iterator<Item = (Instant, Statistic)>>, at: Instant) -> u64 {
    while points.next_if(|(minute, _)| *minute < at).is_some() {}
    points.next_if(|(minute, _)| *minute == at).map_or(0, |(_, statistic)| statistic.sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::pricing::{Bill, Line, Plan, Prices};
    use crate::journal::Journal;

    /// A stream that is put to and read from, some whole minutes later.
    fn run(lines: &[&str], secs: u64) -> Journal {
        let mut journal = Journal::default();
        for line in lines {
            assert_eq!(journal.run(line).status, 0, "{line}");
        }
        journal.advance(journal.simulation().now() + Duration::from_secs(secs));
        journal
    }

    fn hourly_of(journal: &Journal) -> Option<Metered> {
        let simulation = journal.simulation();
        let stream = simulation.service().streams().next().expect("it was created");
        hourly(simulation.service(), stream, simulation.now())
    }

    const CREATE: &str = "aws kinesis create-stream --stream-name clicks --shard-count 4";

    #[test]
    fn the_last_full_minute_stands_for_an_hour() {
        // 100 records a second of 1,000 bytes and 1 more for their keys: each is a unit and a KiB.
        // One consumer reads everything once, another one is pushed it.
        let mut journal = run(
            &[
                CREATE,
                "lab wait 10s",
                "lab producer web --stream clicks --rate 100/s --record-size 1000B \
                 --keys uniform:9",
                "lab consumer one --stream clicks --mode shared --every 1s --from LATEST",
                "lab consumer two --stream clicks --mode enhanced-fan-out",
            ],
            40,
        );
        assert_eq!(hourly_of(&journal), None, "no minute is over");
        journal.advance(journal.simulation().now() + Duration::from_mins(2));
        let used = hourly_of(&journal).expect("two minutes are over");
        let records = used.of(Meter::PutUnits);
        assert!((355_000..=365_000).contains(&records), "{records} are put in an hour");
        assert_eq!(used.of(Meter::KibIn), records);
        for meter in [Meter::BytesOut, Meter::BytesPushed] {
            let bytes = used.of(meter);
            assert!((350_000_000..370_000_000).contains(&bytes), "{meter:?} {bytes}");
        }
        assert_eq!(used.of(Meter::ShardTime), 4 * HOUR);
        assert_eq!(used.of(Meter::ConsumerTime), 4 * HOUR);
        // 4 shards for $0.015 make $0.06.
        let bill = Bill::of(Plan::Provisioned, &used, &Prices::default());
        assert_eq!(bill.items[Line::Shards as usize].map(|item| item.nanos), Some(60_000_000));
    }

    #[test]
    fn what_was_refused_needs_shards_too() {
        // 3,500 records a second with one key: three and a half shards' worth, all for one of four.
        let lines = [
            CREATE,
            "lab wait 10s",
            "lab producer web --stream clicks --rate 3500/s --record-size 100B --keys uniform:1 \
             --api put-records --retry none",
        ];
        let journal = run(&lines, 300);
        let (service, now) = (journal.simulation().service(), journal.simulation().now());
        let stream = service.streams().next().expect("it was created");
        assert_eq!(shards_needed(service, stream, now), 4);
    }
}
