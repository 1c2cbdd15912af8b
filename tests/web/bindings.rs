//! The raw half of the JavaScript face; its other half is tested with Node, in `tests/sdk`.

use js_sys::Reflect;
use shardlab::bindings::Engine;
use wasm_bindgen_test::wasm_bindgen_test;

/// The digest of the first scenario, which the native tests compute.
const DIGEST: &str = include_str!("../scenario/digest.txt");
const START_MILLIS: f64 = 1_795_132_800_000.0;

fn answer(lab: &mut Engine, line: &str, member: &str) -> String {
    let printed = lab.enter(line).expect("an answer");
    let member = Reflect::get(&printed, &member.into()).expect("an object");
    member.as_string().unwrap_or_else(|| format!("{member:?}"))
}

#[wasm_bindgen_test]
fn a_line_is_answered_as_the_console_prints_it() {
    let mut lab = Engine::new(0);
    let create = "aws kinesis create-stream --stream-name clicks --shard-count 2";
    assert_eq!(answer(&mut lab, create, "stdout"), "");
    lab.advance_to(START_MILLIS + 10_000.0);
    assert!(answer(&mut lab, "aws kinesis list-streams", "stdout").contains("\"clicks\""));
    assert!(answer(&mut lab, create, "stderr").contains("ResourceInUseException"));
    assert_eq!(lab.now().to_bits(), (START_MILLIS + 10_000.0).to_bits());
}

#[wasm_bindgen_test]
fn a_request_is_answered_as_http_has_it() {
    let mut lab = Engine::new(0);
    let target = "Kinesis_20131202.ListStreams";
    let status = lab.request(target, "application/x-amz-json-1.1", "", b"{}");
    assert_eq!(status, 200);
    assert!(lab.headers().contains("Content-Type: application/x-amz-json-1.1\n"));
    assert!(lab.body().starts_with(b"{\"StreamNames\":[]"));
    assert_eq!((lab.open_stream(), lab.body()), (None, Vec::new()));
}

#[wasm_bindgen_test]
fn the_same_lines_make_the_same_world_as_they_do_natively() {
    let mut lab = Engine::new(1);
    let data = include_str!("../../www/data/earthquakes.csv");
    lab.add_data("earthquakes", data).expect("a data set");
    let scenario = include_str!("../../www/scenarios/hot-shard.txt");
    for line in scenario.lines().filter(|line| !line.starts_with('#')) {
        lab.enter(line).expect("an answer");
    }
    let end = lab.now() + 20_000.0;
    lab.advance_to(end);
    assert_eq!(lab.digest(), DIGEST.trim());
    lab.seek(end - 10_000.0);
    lab.seek(end);
    assert_eq!(lab.digest(), DIGEST.trim());
}
