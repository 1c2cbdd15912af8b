//! The README's table, measured natively: `./dev bench`.
#![allow(missing_docs, clippy::cast_precision_loss, reason = "figures, printed rounded")]
#![allow(clippy::cast_possible_truncation, reason = "counts here are small")]

#[path = "workloads.rs"]
mod workloads;

use shardlab::engine::rng::Rng;
use std::hint::black_box;
use std::time::Duration;
use workloads::{Row, busy, log_of, long_lived, median};

fn main() {
    let mut rows = workloads::rows(nanoseconds);
    rows.push(retained_record());
    rows.push(checkpoint());
    rows.push(seek());
    println!("| what | to reach | native | floor |\n| --- | --- | --- | --- |");
    for Row { what, goal, measured, floor } in rows {
        println!("| {what} | {goal} | {measured} | {floor} |");
    }
}

fn retained_record() -> Row {
    let records = 1_000_000;
    let bytes = log_of(records, 116).heap_bytes() as f64 / records as f64;
    Row {
        what: "retained synthetic record",
        goal: "≤ 24 bytes",
        measured: format!("{bytes:.2} bytes"),
        floor: "22 bytes, a row".into(),
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
