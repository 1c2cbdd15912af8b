//! The statistics of dropped files against exact counts made in a second, plain way.

mod advice;
mod bad_files;
mod cuts;

use shardlab::engine::client::dataset::timestamp;
use shardlab::engine::rng::Rng;
use shardlab::engine::service::hash_key::HashKey;
use shardlab::engine::service::payload::Payload;
use shardlab::engine::time::Instant;
use shardlab::sizing::{BUCKETS, Choice, Count, Findings, Form, Load, Survey, TimeFindings, sniff};
use std::collections::BTreeMap;

/// A record as it was meant.
pub struct Record {
    pub key: String,
    pub at: Instant,
    /// Bytes of its row.
    pub size: u64,
}

/// What a survey of a file finds.
pub fn survey(file: &[u8], form: &Form, choice: Choice, step: usize) -> Findings {
    let mut survey = Survey::new(form, choice);
    file.chunks(step).for_each(|chunk| survey.feed(chunk));
    survey.finish()
}

fn place(form: &Form, name: &str) -> Option<u32> {
    let place = form.columns.iter().position(|column| column.name == name)?;
    Some(u32::try_from(place).unwrap())
}

/// A survey by the names of the columns.
pub fn survey_by(file: &[u8], key: &str, time: &str, step: usize) -> Findings {
    let form = sniff(file).unwrap();
    let (key, time) = (place(&form, key), place(&form, time));
    assert!(key.is_some() && time.is_some(), "{:?}", form.columns);
    survey(file, &form, Choice { key, time, ..Choice::of(&form) }, step)
}

/// Counts everything again, row by row.
pub fn assert_found(findings: &Findings, records: &[Record]) {
    let mut total = Load::default();
    let mut payload = Payload::default();
    let mut keys = BTreeMap::<&str, Load>::new();
    let mut seconds = BTreeMap::<u64, BTreeMap<&str, Load>>::new();
    let mut space = vec![Load::default(); BUCKETS];
    for record in records {
        let bytes = record.size + record.key.len() as u64;
        let hash = HashKey::of(&record.key).0;
        let bucket = usize::try_from(hash / (u128::MAX / BUCKETS as u128 + 1)).unwrap();
        let by_second = seconds.entry(record.at.secs()).or_default();
        let second = by_second.entry(record.key.as_str()).or_default();
        let key = keys.entry(record.key.as_str()).or_default();
        for load in [&mut total, key, second, &mut space[bucket]] {
            load.records += 1;
            load.bytes += bytes;
        }
        payload += Payload::of(u32::try_from(bytes).unwrap());
    }
    assert_eq!((findings.facts.total, findings.facts.payload), (total, payload));

    let found = findings.facts.keys.as_ref().unwrap();
    assert_eq!(found.distinct, Count::Exact(keys.len() as u64));
    assert_eq!((found.uncounted_max, &found.space), (0, &space));
    let weight = |load: &Load| load.records * 1_049 + load.bytes;
    let mut order: Vec<_> = keys.iter().map(|(key, load)| (weight(load), *load, *key)).collect();
    order.sort_by_key(|(weight, _, key)| (u64::MAX - weight, HashKey::of(key).0));
    order.truncate(100);
    let named = found.hottest.iter().map(|key| (key.text.as_deref().unwrap(), key.load));
    let expected: Vec<_> = order.iter().map(|(_, load, key)| (*key, *load)).collect();
    assert_eq!(named.collect::<Vec<_>>(), expected);
    let all: u64 = keys.values().map(weight).sum();
    assert_eq!(u64::from(found.hottest_ppm), order[0].0 * 1_000_000 / all);

    let time = findings.facts.time.as_ref().unwrap();
    let times = || records.iter().map(|record| record.at);
    assert_eq!((Some(time.first), Some(time.last)), (times().min(), times().max()));
    assert_eq!(time.step_secs, 1);
    let sum = |by_key: &BTreeMap<&str, Load>| {
        by_key.values().fold(Load::default(), |sum, load| Load {
            records: sum.records + load.records,
            bytes: sum.bytes + load.bytes,
        })
    };
    let steps: Vec<_> = seconds
        .iter()
        .map(|(secs, by_key)| (Instant::from_secs(*secs), sum(by_key), by_key.len() as u64))
        .collect();
    assert_eq!(findings.steps().collect::<Vec<_>>(), steps);
    let peak = steps.iter().rev().max_by_key(|(_, load, _)| pressure(*load)).unwrap();
    let second = &time.peak_second;
    assert_eq!((second.at, second.load, second.keys), *peak);
    assert_minute(time, &steps, records);
}

fn pressure(load: Load) -> u64 {
    (load.records * 1_049).max(load.bytes)
}

/// Counts the busiest minute again.
fn assert_minute(time: &TimeFindings, steps: &[(Instant, Load, u64)], records: &[Record]) {
    let mut minutes = BTreeMap::<u64, Load>::new();
    for (at, load, _) in steps {
        let minute = minutes.entry(at.secs() / 60 * 60).or_default();
        (minute.records, minute.bytes) = (minute.records + load.records, minute.bytes + load.bytes);
    }
    let minute = minutes.iter().rev().max_by_key(|(_, load)| pressure(**load)).unwrap();
    let found = &time.peak_minute;
    assert_eq!((found.at.secs(), found.load), (*minute.0, *minute.1));
    let within = |at: Instant| at.secs() / 60 * 60 == *minute.0;
    let in_minute = records.iter().filter(|record| within(record.at));
    let mut in_minute: Vec<&str> = in_minute.map(|record| record.key.as_str()).collect();
    in_minute.sort_unstable();
    in_minute.dedup();
    assert_eq!(found.keys, in_minute.len() as u64);
    assert_eq!(found.space.iter().map(|load| load.bytes).sum::<u64>(), minute.1.bytes);
}

/// Reads a CSV file without any quoted line break by another library.
fn read(file: &str, key: &str, time: &str) -> Vec<Record> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (key, time) = (place(key), place(time));
    let rows = reader.records().zip(file.lines().skip(1));
    let record = |(cells, line): (csv::Result<csv::StringRecord>, &str)| {
        let cells = cells.unwrap();
        let at = timestamp(&cells[time]).unwrap();
        Record { key: cells[key].to_owned(), at, size: line.len() as u64 }
    };
    rows.map(record).collect()
}

#[test]
fn the_shipped_files_are_counted_exactly() {
    let quakes = include_str!("../../www/data/earthquakes.csv");
    for key in ["network", "id", "place", "magnitude_type"] {
        let findings = survey_by(quakes.as_bytes(), key, "time_ms", 4_096);
        assert_found(&findings, &read(quakes, key, "time_ms"));
        assert_eq!((findings.facts.bad.len(), findings.facts.lines), (0, 1_708));
    }
    let flights = include_str!("../../www/data/flights.csv");
    for key in ["origin", "destination"] {
        let findings = survey_by(flights.as_bytes(), key, "date", 77);
        assert_found(&findings, &read(flights, key, "date"));
    }
}

#[test]
fn the_shipped_files_are_seen_for_what_they_are() {
    let named = |file: &str| {
        let form = sniff(file.as_bytes()).unwrap();
        let name = |place: Option<u32>| form.columns[place.unwrap() as usize].name.clone();
        (name(form.key), name(form.time), form.columns.len())
    };
    let quakes = named(include_str!("../../www/data/earthquakes.csv"));
    assert_eq!(quakes, ("id".to_owned(), "time_ms".to_owned(), 9));
    let flights = named(include_str!("../../www/data/flights.csv"));
    assert_eq!(flights, ("origin".to_owned(), "date".to_owned(), 5));
}

/// Rows with known skew in a random order: of `keys` keys, the one of rank `n` has `most / n` rows,
/// which lie anywhere in ten minutes.
pub fn skewed(keys: u64, most: u64) -> Vec<(String, Instant, String)> {
    let mut luck = Rng::seeded(11);
    let mut rows = Vec::new();
    for rank in 1..=keys {
        for _ in 0..most / rank {
            let at = 1_780_000_000_000_000 + luck.below(600_000_000);
            let note = match luck.below(5) {
                0 => "say \"hi\", twice".to_owned(),
                1 => "über 서울".to_owned(),
                length => "x".repeat(usize::try_from(length * 20).unwrap()),
            };
            rows.push((luck.next_u64(), (format!("user {rank}"), Instant::from_micros(at), note)));
        }
    }
    rows.sort_unstable_by_key(|(order, _)| *order);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Rows as a text with its records; `write` makes the row of a key, a time and a note.
pub fn written(
    rows: &[(String, Instant, String)],
    header: &str,
    ends: &[&str],
    write: impl Fn(&str, Instant, &str) -> String,
) -> (String, Vec<Record>) {
    let mut text = header.to_owned();
    let mut records = Vec::new();
    for (place, (key, at, note)) in rows.iter().enumerate() {
        let row = write(key, *at, note);
        let at = Instant::from_micros(at.micros() / 1_000 * 1_000);
        records.push(Record { key: key.clone(), at, size: row.len() as u64 });
        text += &row;
        text += ends[place % ends.len()];
    }
    (text, records)
}

/// A cell of CSV, quoted if it must be.
pub fn cell(text: &str) -> String {
    if text.contains(['"', ',', ';', '\t', '|', '\n']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[test]
fn known_skew_is_found_in_every_shape() {
    let rows = skewed(300, 2_000);
    for delimiter in [",", ";", "\t", "|"] {
        let header = ["user", "note", "at\n"].join(delimiter);
        let (text, records) = written(&rows, &header, &["\n", "\r\n", "\r"], |key, at, note| {
            [cell(key), cell(&format!("{note}\r\n{note}")), at.millis().to_string()].join(delimiter)
        });
        let findings = survey_by(text.as_bytes(), "user", "at", 10_007);
        assert_found(&findings, &records);
        assert_eq!(findings.facts.bad.len(), 0);
        let third = rows.len() as u64 / 3;
        assert!(findings.facts.line_ends.iter().all(|count| *count >= third));
    }
    let (text, records) = written(&rows, "", &["\n", "\r\n"], |key, at, note| {
        let at = at.to_string();
        serde_json::json!({"at": at, "n": [1, {"user": 2}], "user": key, "note": note}).to_string()
    });
    let exact: Vec<Record> =
        rows.iter().zip(records).map(|((_, at, _), record)| Record { at: *at, ..record }).collect();
    assert_found(&survey_by(text.as_bytes(), "user", "at", 65_536), &exact);
}

#[test]
fn logs_are_counted() {
    let rows = skewed(50, 300);
    let write = |key: &str, at: Instant, note: &str| {
        let text = at.to_string();
        let (date, clock) = (&text[..10], &text[11..19]);
        let (year, rest) = date.split_once('-').unwrap();
        let (month, day) = rest.split_once('-').unwrap();
        assert_eq!(month, "05", "{at}");
        let user = key.replace(' ', "-");
        let note = note.replace('"', "'");
        format!("10.0.0.1 - {user} [{day}/May/{year}:{clock} +0000] \"GET /{note}\" 200 5")
    };
    let (text, records) = written(&rows, "", &["\n"], write);
    let records: Vec<Record> = records
        .into_iter()
        .map(|Record { key, at, size }| Record {
            key: key.replace(' ', "-"),
            at: Instant::from_secs(at.secs()),
            size,
        })
        .collect();
    assert_found(&survey_by(text.as_bytes(), "user", "time", 1_000), &records);
}

#[test]
fn utf_16_is_put_as_utf_8() {
    let rows = skewed(30, 200);
    let (text, records) = written(&rows, "user;note;at\n", &["\r\n"], |key, at, note| {
        [cell(key), cell(note), at.millis().to_string()].join(";")
    });
    let marked = format!("\u{feff}{text}");
    let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for file in [&little, &big, &marked.clone().into_bytes()] {
        assert_found(&survey_by(file, "user", "at", 997), &records);
    }
}
