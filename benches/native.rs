//! The README's table, measured natively: `./dev bench`.
#![allow(missing_docs, clippy::cast_precision_loss, reason = "figures, printed rounded")]
#![allow(clippy::cast_possible_truncation, reason = "counts here are small")]

#[path = "workloads.rs"]
mod workloads;

use shardlab::engine::rng::Rng;
use std::hint::black_box;
use std::time::Duration;
use workloads::{Measure, Row, busy, log_of, long_lived, median};

/// The rows that only a native run measures.
const ROWS: [Measure; 3] =
    [("retained", |_| retained_record()), ("checkpoint", |_| checkpoint()), ("seek", |_| seek())];

/// Measures every row, or those named: `cargo bench --bench native -- hour many-shards`.
fn main() {
    let named: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let is_wanted = |row: &str| named.is_empty() || named.iter().any(|name| name == row);
    println!("| what | to reach | native | floor |\n| --- | --- | --- | --- |");
    for (name, measure) in workloads::ROWS.into_iter().chain(ROWS) {
        if is_wanted(name) {
            let Row { what, goal, measured, floor } = measure(nanoseconds);
            println!("| {what} | {goal} | {measured} | {floor} |");
        }
    }
}

fn retained_record() -> Row {
    let records = 1_000_000;
    let bytes = log_of(records, 116).heap_bytes() as f64 / records as f64;
    Row {
        what: "retained synthetic record",
        goal: "≤ 24 bytes",
        measured: format!("{bytes:.2} bytes"),
        floor: "24 bytes, a row before it is packed".into(),
    }
}

fn checkpoint() -> Row {
    let service = long_lived(nanoseconds);
    let took = median(|| {
        let started = nanoseconds();
        black_box(service.clone());
        nanoseconds() - started
    });
    let allocated = allocation_counter::measure(|| {
        black_box(service.clone());
    });
    Row {
        what: "checkpoint of a stream with 10 million records",
        goal: "≤ 1 ms, ≤ 64 KiB of new memory",
        measured: format!("{:.1} µs, {} bytes", took / 1e3, allocated.bytes_total),
        floor: "–".into(),
    }
}

fn seek() -> Row {
    let mut journal = busy();
    let start = journal.simulation().now();
    let started = nanoseconds();
    let hour = Duration::from_hours(1);
    journal.advance(start + hour);
    let run = nanoseconds() - started;
    journal.simulation_mut().drop_events();
    let mut luck = Rng::seeded(7);
    let mut took: Vec<f64> = (0..101)
        .map(|_| {
            let to = start + Duration::from_micros(luck.below(3_600_000_000));
            let started = nanoseconds();
            journal.seek(to);
            let took = (nanoseconds() - started) / 1e6;
            journal.seek(start + hour);
            took
        })
        .collect();
    took.sort_by(f64::total_cmp);
    Row {
        what: "seek to a random instant of a one-hour run",
        goal: "≤ 50 ms native",
        measured: format!("{:.0} ms, {:.0} ms at most", took[50], took[100]),
        floor: format!("{:.0} ms, the whole run with its checkpoints", run / 1e6),
    }
}

#[expect(clippy::disallowed_types, reason = "a benchmark looks at the real clock")]
fn nanoseconds() -> f64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    STARTED.elapsed().as_nanos() as f64
}
