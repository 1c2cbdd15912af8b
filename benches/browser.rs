//! The README's table, measured in headless Chromium: `./dev bench`.
#![cfg(target_arch = "wasm32")]

#[path = "workloads.rs"]
mod workloads;

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{Criterion, console_log, wasm_bindgen_bench, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn milliseconds() -> f64;
}

#[wasm_bindgen_bench]
fn table(_: &mut Criterion) {
    let nanoseconds = || milliseconds() * 1e6;
    console_log!("| what | to reach | browser | floor |\n| --- | --- | --- | --- |");
    for (_, measure) in workloads::ROWS {
        let workloads::Row { what, goal, measured, floor } = measure(nanoseconds);
        console_log!("| {what} | {goal} | {measured} | {floor} |");
    }
}
