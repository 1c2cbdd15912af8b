//! What goes on at the moment, as the usage of an hour: the last full minute, taken sixty times;
//! and how many shards are enough for it.

use super::HOUR;
use crate::engine::service::Service;
use crate::engine::service::limits::{SHARD_READ_BYTES, SHARD_WRITE_BYTES, SHARD_WRITE_RECORDS};
use crate::engine::service::metrics::{Metric, Scope, Statistic};
use crate::engine::service::stream::Stream;
use crate::engine::service::usage::{LONG_TERM_HOURS, Meter, Metered, RETENTION_INCLUDED_HOURS};
use crate::engine::time::Instant;
use crate::insight::seconds::Seconds;
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
///
/// The minute in which traffic begins counts for as long as that went on, to the second, and until
/// it is over, as the seconds have it: twenty seconds of a stream are not a third of what it needs.
pub fn shards_needed(service: &Service, seconds: &Seconds, stream: &Stream, now: Instant) -> u64 {
    let (from, scope) = (now.before(Duration::from_hours(24)), Scope::Stream(stream.id));
    let series = |metric| service.metric_series(now, from, scope, metric).into_iter().peekable();
    let (mut records, mut bytes) = (series(Metric::IncomingRecords), series(Metric::IncomingBytes));
    let mut writes = series(Metric::WriteProvisionedThroughputExceeded);
    let Some(first) = writes.peek().map(|(minute, _)| *minute) else {
        return needed_since_begun(seconds, scope, now);
    };
    let begun = begun(seconds, scope, now, first);
    let idle = begun.map_or(0, |begun| begun.since(first).as_secs());
    let secs = |minute| if minute == first && idle < MINUTE { MINUTE - idle } else { MINUTE };
    let mut needed = 1;
    for (minute, refused) in writes {
        let (stored, bytes) = (sum_at(&mut records, minute), sum_at(&mut bytes, minute));
        needed = needed.max(needed_to_write(stored, bytes, refused.sum, secs(minute)));
    }
    for (minute, read) in series(Metric::GetRecordsBytes) {
        needed = needed.max(needed_to_read(read.sum, secs(minute)));
    }
    needed
}

/// The same while no minute is over.
fn needed_since_begun(seconds: &Seconds, scope: Scope, now: Instant) -> u64 {
    let from = Instant::from_secs(now.secs() / MINUTE * MINUTE);
    let Some(begun) = begun(seconds, scope, now, from) else { return 1 };
    let secs = (now.secs() - begun.secs()).max(1);
    let sum = |metric| -> u64 {
        let series = seconds.series(now, from, scope, metric);
        series.into_iter().map(|(_, statistic)| statistic.sum).sum()
    };
    let (stored, bytes) = (sum(Metric::IncomingRecords), sum(Metric::IncomingBytes));
    let refused = sum(Metric::WriteProvisionedThroughputExceeded);
    let to_write = needed_to_write(stored, bytes, refused, secs);
    to_write.max(needed_to_read(sum(Metric::GetRecordsBytes), secs))
}

/// The first second from then on in which something was stored, if it is still known.
fn begun(seconds: &Seconds, scope: Scope, now: Instant, from: Instant) -> Option<Instant> {
    let stored = seconds.series(now, from, scope, Metric::IncomingRecords);
    stored.first().map(|(second, _)| *second)
}

/// How many shards take what was stored and refused in so many seconds; at least one.
fn needed_to_write(stored: u64, bytes: u64, refused: u64, secs: u64) -> u64 {
    let offered = stored + refused;
    let offered_bytes = u128::from(bytes) * u128::from(offered) / u128::from(stored.max(1));
    let offered_bytes = u64::try_from(offered_bytes).unwrap_or(u64::MAX);
    let by_records = offered.div_ceil(SHARD_WRITE_RECORDS.value * secs);
    by_records.max(offered_bytes.div_ceil(SHARD_WRITE_BYTES.value * secs)).max(1)
}

/// How many shards give that many bytes to shared consumers in so many seconds.
fn needed_to_read(bytes: u64, secs: u64) -> u64 {
    bytes.div_ceil(SHARD_READ_BYTES.value * secs)
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

    fn needed_by(journal: &mut Journal) -> u64 {
        let mut seconds = Seconds::default();
        while let Some((at, event)) = journal.simulation_mut().poll_event() {
            seconds.record(at, &event);
        }
        let (service, now) = (journal.simulation().service(), journal.simulation().now());
        shards_needed(service, &seconds, service.streams().next().expect("it was created"), now)
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
        assert_eq!(needed_by(&mut run(&lines, 300)), 4);
    }

    #[test]
    fn the_minute_in_which_traffic_begins_counts_as_long_as_that_went_on() {
        // 2,500 records a second, which three shards take, from the 50th second of a minute on.
        let lines = [
            CREATE,
            "lab wait 50s",
            "lab producer web --stream clicks --rate 2500/s --record-size 100B --keys uniform:999 \
             --api put-records",
        ];
        for secs in [2, 9, 20, 130] {
            assert_eq!(needed_by(&mut run(&lines, secs)), 3, "after {secs} s");
        }
        // Six readers of 600 KB/s: two shards give them that, where one takes the records.
        let mut read = lines.map(str::to_owned).to_vec();
        read[2] = "lab producer web --stream clicks --rate 60/s --record-size 10000B \
                   --keys uniform:999 --api put-records"
            .to_owned();
        read.extend((0..6).map(|reader| {
            format!("lab consumer r{reader} --stream clicks --mode shared --every 1s --from LATEST")
        }));
        let read: Vec<&str> = read.iter().map(String::as_str).collect();
        for secs in [9, 20, 130] {
            assert_eq!(needed_by(&mut run(&read, secs)), 2, "after {secs} s");
        }
        // What came at once is spread over what has passed since.
        let mut burst = run(&lines, 1);
        assert_eq!(burst.run("lab producer web --stop").status, 0);
        burst.advance(burst.simulation().now() + Duration::from_secs(8));
        assert_eq!(needed_by(&mut burst), 1);
    }
}
