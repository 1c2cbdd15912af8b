//! The page, mounted and used as a visitor would.

use crate::mounted::{Page, document};
use shardlab::journal::Journal;
use shardlab::share::link::{Codec, Packed, Run};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_clock_moves_until_paused() {
    let page = Page::mounted().await;
    let early = page.text(".clock__now");
    page.wait(700).await;
    let late = page.text(".clock__now");
    assert_ne!(early, late);
    page.find(".player__toggle").click();
    page.wait(300).await;
    let paused = page.text(".clock__now");
    page.wait(500).await;
    assert_eq!(page.text(".clock__now"), paused);
}

#[wasm_bindgen_test]
async fn a_typed_line_is_answered_and_seen() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 3").await;
    page.enter("aws kinesis list-streams").await;
    assert!(page.text(".console__stdout").contains("orders"));
    page.enter("lab wait 10s").await;
    assert!(page.text(".stage__summary").contains('3'), "{}", page.text(".stage__summary"));
    page.enter("aws kinesis no-such-operation").await;
    assert!(page.text(".console__stderr").contains("argument operation"));
    page.enter("aws kinesis no-such-operation; echo \"ended with $?\"").await;
    assert_eq!(page.text(".console__stderr + .console__stdout"), "ended with 252");
}

#[wasm_bindgen_test]
async fn a_block_of_lines_is_entered_line_by_line_and_recalled() {
    let page = Page::mounted().await;
    page.set("#console-prompt", "# a note\nlab help \\\n  producer\n\nlab status");
    assert!(page.press("Enter").await);
    assert_eq!((page.count(".console__entry"), page.prompt().value()), (2, String::new()));
    assert!(page.text(".console__entry").contains("lab help \\\n  producer"), "as it was typed");
    page.press("ArrowUp").await;
    assert_eq!(page.prompt().value(), "lab status");
    page.press("^c").await;
    assert_eq!(page.prompt().value(), "");
    page.set("#console-prompt", "lab 'open");
    assert!(!page.press("Enter").await, "a new line is the browser's to make");
    page.press("^l").await;
    assert_eq!(page.count(".console__entry"), 0);
}

#[wasm_bindgen_test]
async fn tab_leaves_an_empty_prompt() {
    let page = Page::mounted().await;
    assert!(!page.press("Tab").await);
    page.set("#console-prompt", "lab nothing-like-this");
    assert!(page.press("Escape").await);
    assert!(!page.press("Tab").await);
}

#[wasm_bindgen_test]
async fn tab_completes_one_candidate_and_lists_several() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 1").await;
    page.set("#console-prompt", "aws kinesis describe-stream --stream-name o");
    assert!(page.press("Tab").await);
    assert_eq!(page.prompt().value(), "aws kinesis describe-stream --stream-name orders ");
    page.set("#console-prompt", "aws kinesis put-rec");
    page.press("Tab").await;
    assert!(page.prompt().value().starts_with("aws kinesis put-record"));
    assert!(page.count("[role=option]") >= 2);
    page.press("ArrowDown").await;
    let chosen = page.prompt().get_attribute("aria-activedescendant").expect("one is chosen");
    assert_eq!(page.text(&format!("#{chosen}")), "put-record");
    page.press("Enter").await;
    assert_eq!(page.prompt().value(), "aws kinesis put-record ");
    assert_eq!(page.count("[role=option]"), 0);
}

#[wasm_bindgen_test]
async fn a_search_finds_an_earlier_line() {
    let page = Page::mounted().await;
    page.enter("lab status").await;
    page.enter("lab help").await;
    page.press("^r").await;
    page.set(".console__query", "stat");
    page.wait(50).await;
    assert_eq!(page.prompt().value(), "lab status");
}

#[wasm_bindgen_test]
async fn a_wait_is_seen_and_can_be_stopped() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name busy --shard-count 9").await;
    page.enter("lab wait 10s").await;
    page.enter("lab producer web --stream busy --rate 9000/s --keys uniform:999").await;
    page.enter("lab wait 360d").await;
    assert!(page.text(".console__progress").contains("lab wait 360d"));
    page.press("^c").await;
    page.wait(300).await;
    assert_eq!(page.count(".console__progress"), 0);
}

#[wasm_bindgen_test]
async fn the_run_can_be_sought_and_branched() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 3").await;
    page.enter("lab wait 60s").await;
    page.set(".player__scrubber", "5000");
    page.wait(400).await;
    assert!(page.text(".clock__elapsed").contains("00:00:05"), "{}", page.text(".clock"));
    page.wait(300).await;
    assert!(page.text(".clock__elapsed").contains("00:00:05"), "time stands still there");
    page.enter("lab status").await;
    page.enter("aws kinesis create-stream --stream-name other --shard-count 1").await;
    assert_eq!(page.count(".player__branches option"), 2);
    assert!(page.text(".console__log").contains("branch 1"));
    page.find(".player__back").click();
    page.wait(400).await;
    assert!(page.text(".clock__elapsed").contains("00:00:00"), "{}", page.text(".clock"));
}

/// Tests are not served with the page's files, so they see what a visitor sees without them.
#[wasm_bindgen_test]
async fn a_missing_scenario_says_what_to_do() {
    let page = Page::mounted().await;
    page.wait(300).await;
    assert!(page.text("[role=alert]").contains("scenarios/hot-shard.txt"));
}

/// A link whose codec needs nothing of `boot.js`, which is not there either.
fn link_of(lines: &[&str]) -> String {
    let mut journal = Journal::default();
    for line in lines {
        journal.run(line);
    }
    Packed { codec: Codec::Plain, bytes: Run::of(&journal).pack() }.write()
}

#[wasm_bindgen_test]
async fn a_link_opens_its_run_and_stays_where_it_was() {
    let create = "aws kinesis create-stream --stream-name linked --shard-count 2";
    page_hash(&link_of(&[create, "lab wait 42s", "aws kinesis list-streams"]));
    let page = Page::mounted().await;
    page.wait(500).await;
    assert!(page.text(".console__log").contains("linked"), "{}", page.text(".console__log"));
    assert!(page.text(".clock__elapsed").contains("00:00:42"), "{}", page.text(".clock"));
    assert_eq!(page.count("[role=alert]"), 0);
    page_hash("");
}

#[wasm_bindgen_test]
async fn a_cut_link_says_so_and_opens_nothing() {
    let link = link_of(&["aws kinesis create-stream --stream-name linked --shard-count 2"]);
    page_hash(&link[..link.len() - 9]);
    let page = Page::mounted().await;
    assert!(page.text("[role=alert]").contains("cut"), "{}", page.text("[role=alert]"));
    assert_eq!(page.count(".console__entry"), 0);
    page_hash("");
}

fn page_hash(link: &str) {
    let window = web_sys::window().expect("a window");
    window.location().set_hash(link).expect("an address");
}

#[wasm_bindgen_test]
async fn the_canvas_has_a_name_and_a_description() {
    let page = Page::mounted().await;
    let canvas = page.find("canvas");
    assert!(canvas.get_attribute("aria-label").is_some_and(|label| !label.is_empty()));
    let description = canvas.get_attribute("aria-describedby").expect("a description");
    assert!(!page.text(&format!("#{description}")).is_empty());
}

#[wasm_bindgen_test]
async fn a_page_that_is_gone_leaves_nothing_behind() {
    for _ in 0..5 {
        drop(Page::mounted().await);
    }
    assert_eq!(document().query_selector_all("canvas").expect("a valid selector").length(), 0);
}

#[wasm_bindgen_test]
async fn two_pages_beside_each_other_have_a_world_each() {
    let (one, other) = (Page::mounted().await, Page::mounted().await);
    one.enter("aws kinesis create-stream --stream-name mine --shard-count 1").await;
    other.enter("aws kinesis list-streams").await;
    one.enter("aws kinesis list-streams").await;
    assert!(one.text(".console__log").contains("\"mine\""));
    assert!(!other.text(".console__log").contains("mine"), "{}", other.text(".console__log"));
    drop(one);
    other.enter("aws kinesis create-stream --stream-name ours --shard-count 1").await;
    other.enter("aws kinesis list-streams").await;
    assert!(other.text(".console__log").contains("\"ours\""), "it goes on without the first");
}
