//! The JavaScript face, called as scripts call it.

use js_sys::Reflect;
use shardlab::bindings::Shardlab;
use wasm_bindgen_test::wasm_bindgen_test;

/// The digest of the first scenario, which the native tests compute.
const DIGEST: &str = include_str!("../scenario/digest.txt");

fn answer(lab: &mut Shardlab, line: &str, member: &str) -> String {
    let printed = lab.enter(line).expect("an answer");
    let member = Reflect::get(&printed, &member.into()).expect("an object");
    member.as_string().unwrap_or_else(|| format!("{member:?}"))
}

#[wasm_bindgen_test]
fn a_line_is_answered_as_the_console_prints_it() {
    let mut lab = Shardlab::new();
    let create = "aws kinesis create-stream --stream-name clicks --shard-count 2";
    assert_eq!(answer(&mut lab, create, "stdout"), "");
    lab.advance(10_000);
    assert!(answer(&mut lab, "aws kinesis list-streams", "stdout").contains("\"clicks\""));
    assert!(answer(&mut lab, create, "stderr").contains("ResourceInUseException"));
    assert_eq!(lab.now().to_iso_string(), "2026-11-20T00:00:10.000Z");
}

#[wasm_bindgen_test]
fn the_same_lines_make_the_same_world_as_they_do_natively() {
    let mut lab = Shardlab::new();
    let data = include_str!("../../www/data/earthquakes.csv");
    lab.add_data("earthquakes", data).expect("a data set");
    let scenario = include_str!("../../www/scenarios/hot-shard.txt");
    for line in scenario.lines().filter(|line| !line.starts_with('#')) {
        lab.enter(line).expect("an answer");
    }
    lab.advance(20_000);
    assert_eq!(lab.digest(), DIGEST.trim());
}
