//! The README's table, measured natively: `./dev bench`.
#![allow(missing_docs, clippy::cast_precision_loss, reason = "figures, printed rounded")]
#![allow(clippy::cast_possible_truncation, reason = "counts here are small")]

#[path = "workloads.rs"]
mod workloads;

use std::hint::black_box;
use workloads::{Row, log_of, long_lived, median};

fn main() {
    let mut rows = workloads::rows(nanoseconds);
    rows.push(retained_record());
    rows.push(checkpoint());
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

#[expect(clippy::disallowed_types, reason = "a benchmark looks at the real clock")]
fn nanoseconds() -> f64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    STARTED.elapsed().as_nanos() as f64
}
