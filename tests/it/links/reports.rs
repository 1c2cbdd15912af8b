//! What the link of an answer of the data lab says, one thing a line.

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use shardlab::insight::pricing::Prices;
use shardlab::share::link::{BYTES_MAX, BadLink, Codec};
use shardlab::sizing::{
    Advice, Count, KeyAdvice, KeyFindings, Load, Peak, Rate, Report, TimeFindings, Wishes,
};
use std::fmt::Write;

/// What the page does with a link.
pub fn opened(link: &str) -> Result<Report, BadLink> {
    let packed = Report::frame(link)?;
    let bytes = match packed.codec {
        Codec::Plain => packed.bytes,
        Codec::Deflate => {
            let bytes = decompress_to_vec_with_limit(&packed.bytes, BYTES_MAX);
            bytes.map_err(|_| BadLink::Senseless)?
        }
    };
    Report::unpack(&bytes)
}

/// All of an answer.
pub fn told(report: &Report) -> String {
    let mut text = String::new();
    let to = &mut text;
    let [major, minor, patch] = report.made_by;
    let (key, time) = (&report.key_column, &report.time_column);
    let kib = report.record_kib_max;
    writeln!(to, "made by {major}.{minor}.{patch}, key {key:?}, time {time:?}, up to {kib} KiB")
        .unwrap();
    let (bytes, lines, ends) =
        (report.facts.file_bytes, report.facts.lines, report.facts.line_ends);
    writeln!(to, "{bytes} bytes, {lines} lines, ends {ends:?}").unwrap();
    let (total, payload) = (load(report.facts.total), report.facts.payload);
    let (units, kib) = (payload.put_units, payload.kib);
    writeln!(to, "{total}, largest {}, {units} units, {kib} KiB", report.facts.largest).unwrap();
    for bad in &report.facts.bad {
        writeln!(to, "bad for {:?}: {} rows, lines {:?}", bad.reason, bad.rows, bad.lines).unwrap();
    }
    report.facts.keys.iter().for_each(|found| keys(found, to));
    report.facts.time.iter().for_each(|found| times(found, to));
    for slice in &report.slices {
        let most = [slice.bytes_max, slice.records_max, slice.keys_max];
        writeln!(to, "slice {} {} {most:?}", slice.at, load(slice.load)).unwrap();
    }
    advice(&report.advice, to);
    text
}

fn load(load: Load) -> String {
    format!("{}r/{}b", load.records, load.bytes)
}

fn loads(loads: &[Load]) -> String {
    loads.iter().map(|one| load(*one)).collect::<Vec<_>>().join(" ")
}

fn rate(rate: Rate) -> String {
    format!("{} {}", rate.at, load(rate.load))
}

fn keys(keys: &KeyFindings, to: &mut String) {
    match keys.distinct {
        Count::Exact(count) => writeln!(to, "{count} keys").unwrap(),
        Count::About { value, error_permille } => {
            writeln!(to, "about {value} keys, off by {error_permille}").unwrap();
        }
    }
    let ppm = [keys.hottest_ppm, keys.sixteenth_ppm];
    writeln!(to, "others up to {}, millionths {ppm:?}", keys.uncounted_max).unwrap();
    for key in &keys.hottest {
        let (load, missed) = (load(key.load), key.missed_max);
        writeln!(to, "key {:?} {:032x} {load}, missed {missed}", key.text, key.hash).unwrap();
    }
    writeln!(to, "space {}", loads(&keys.space)).unwrap();
}

fn times(time: &TimeFindings, to: &mut String) {
    writeln!(to, "times {} to {}", time.first, time.last).unwrap();
    let (steps, without) = (time.steps, time.steps_without_keys);
    writeln!(to, "{steps} steps of {} s, {without} without keys", time.step_secs).unwrap();
    for Peak { at, secs, load: of, keys, space } in [&time.peak_second, &time.peak_minute] {
        writeln!(to, "peak {at} {secs} s {} {keys} keys: {}", load(*of), loads(space)).unwrap();
    }
}

fn advice(advice: &Advice, to: &mut String) {
    let Wishes {
        shared,
        fan_out,
        retention_hours,
        speed_thousandths,
        headroom_permille,
        hours,
        prices: Prices(prices),
    } = advice.wishes;
    let wishes = (shared, fan_out, retention_hours, speed_thousandths, headroom_permille, hours);
    writeln!(to, "wishes {wishes:?} {prices:?}").unwrap();
    let rates = advice.rates;
    writeln!(to, "{} shards, {} us", advice.shards, rates.span_micros).unwrap();
    for one in [rates.bytes_peak, rates.records_peak, rates.minute, rates.mean] {
        writeln!(to, "rate {}", rate(one)).unwrap();
    }
    let needs = advice.needs;
    let [bytes, records, reads] = [needs.bytes, needs.records, needs.reads];
    let [even, tank, minute] = [needs.even, needs.tank, needs.minute];
    let millis = needs.poll_millis;
    writeln!(to, "needs {bytes} {records} {reads}, {even} {tank} {minute}, {millis} ms").unwrap();
    advice.keys.iter().for_each(|keys| key_advice(keys, to));
    for cost in &advice.costs {
        let items = cost.bill.items.iter().map(|item| item.map(|item| (item.quantity, item.nanos)));
        writeln!(to, "{:?} {:?}", cost.plan, items.collect::<Vec<_>>()).unwrap();
    }
}

fn key_advice(keys: &KeyAdvice, to: &mut String) {
    let (with, tried, full) = (keys.with_keys, keys.tried, keys.fullest_permille);
    writeln!(to, "with keys {with:?} of {tried}, full {full} at {}", keys.fullest_at).unwrap();
    if let Some(peak) = &keys.hottest {
        let (text, hash) = (&peak.text, peak.hash);
        writeln!(to, "hottest {text:?} {hash:016x} {} {}", rate(peak.rate), peak.permille).unwrap();
    }
    let counts = [keys.too_hot, keys.over_headroom, keys.unknown_steps];
    let salt = keys.salt.map(|salt| (salt.suffixes, salt.keys, salt.shards));
    writeln!(to, "too hot, over, unknown {counts:?}, salt {salt:?}").unwrap();
    let splits = &keys.splits;
    let full = [splits.fullest_permille, splits.even_permille];
    writeln!(to, "{} ranges, full {full:?}, from {:?}", splits.shards, splits.starts).unwrap();
}
