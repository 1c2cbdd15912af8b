//! The panels beside the picture, used as a visitor would.

use crate::mounted::Page;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

#[wasm_bindgen_test]
async fn tabs_choose_what_stands_beside_the_picture() {
    let page = Page::mounted().await;
    page.find("#tab-tables").click();
    page.wait(300).await;
    assert!(page.find("#panel-console").has_attribute("hidden"));
    assert_eq!(page.find("#tab-tables").get_attribute("aria-selected").as_deref(), Some("true"));
    assert_eq!(page.find("#panel-tables h2").text_content().as_deref(), Some("Shards"));
    page.find("#tab-console").click();
    page.wait(50).await;
    assert!(!page.find("#panel-console").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn a_refusal_in_the_tables_leads_to_its_receipt_and_remedies() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name clicks --shard-count 1").await;
    page.enter("lab wait 10s").await;
    page.enter(
        "lab producer web --stream clicks --rate 1500/s --record-size 100B --keys uniform:1000 \
         --api put-records --batch 50 --retry none",
    )
    .await;
    page.enter("lab wait 5s").await;
    page.find("#tab-receipt").click();
    page.wait(100).await;
    assert_eq!(page.count(".receipt__lead"), 0, "nothing is chosen yet");
    page.find("#tab-tables").click();
    page.wait(300).await;
    page.find(".sheet__why").click();
    for _ in 0..100 {
        page.wait(100).await;
        if page.count(".receipt[aria-busy=false] .receipt__lead") == 1 {
            break;
        }
    }
    assert!(page.text(".receipt__lead").contains("shardId-000000000000"));
    assert!(page.text(".receipt__steps").contains("1,000"));
    assert!(page.text(".receipt__aws").starts_with("ProvisionedThroughputExceededException: Rate"));
    assert!(page.count(".receipt__remedy[data-verdict=stops]") >= 1, "a split helps");
    page.find(".receipt__try").click();
    page.wait(300).await;
    let last = ".console__block:last-of-type .console__entry:last-of-type .console__line";
    let entered = page.text(last);
    assert!(entered.contains("split-shard"), "{entered}");
}

#[wasm_bindgen_test]
async fn an_answer_that_was_throttled_can_be_asked_why() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name clicks --shard-count 1").await;
    page.enter("lab wait 10s").await;
    page.enter(
        "for i in 1 2 3 4 5 6; do aws kinesis get-shard-iterator --stream-name clicks --shard-id \
         shardId-000000000000 --shard-iterator-type LATEST > /dev/null; done",
    )
    .await;
    page.find(".console__why").click();
    page.wait(600).await;
    assert!(page.text(".receipt__lead").contains("1 call of you"), "{}", page.text(".receipt"));
}

#[wasm_bindgen_test]
async fn the_cost_of_a_stream_follows_its_prices() {
    let page = Page::mounted().await;
    page.find("#tab-cost").click();
    page.wait(300).await;
    assert_eq!(page.text(".cost"), "There is no stream yet.");
    page.find("#tab-console").click();
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 3").await;
    page.enter("lab wait 2h").await;
    page.find(".player__toggle").click();
    page.find("#tab-cost").click();
    page.wait(400).await;
    // Three shards for two hours less the ten seconds until they were there: $0.09.
    let total = page.text(".cost__total td");
    assert!(total.starts_with("$0.089") || total.starts_with("$0.090"), "{total}");
    assert!(page.text(".cost__verdict").contains("cheapest"), "{}", page.text(".cost__verdict"));
    let field: HtmlInputElement = page.find(".cost__price").unchecked_into();
    assert_eq!(field.value(), "0.015");
    for (typed, expected) in
        [("100", ["$599.", "$600."]), ("x", ["$599.", "$600."]), ("0", ["$0"; 2])]
    {
        field.set_value(typed);
        field.dispatch_event(&web_sys::Event::new("change").expect("an event")).expect("heard");
        page.wait(300).await;
        let first = page.text(".cost__total td");
        let starts = expected.iter().any(|start| first.starts_with(start));
        assert!(starts && (typed != "0" || first == "$0"), "{typed}: {first}");
    }
    page.find(".cost__prices button").click();
    page.wait(300).await;
    assert_eq!(field.value(), "0.015");
    assert_eq!(page.text(".cost__total td"), total);
}

#[wasm_bindgen_test]
async fn two_branches_are_compared_when_asked() {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 1").await;
    page.find("#tab-compare").click();
    page.wait(300).await;
    assert_eq!(page.count(".compare__go"), 0, "there is one branch");
    page.enter("lab wait 60s").await;
    page.set(".player__scrubber", "30000");
    page.wait(400).await;
    page.enter("lab producer web --stream orders --rate 10/s --keys uniform:9").await;
    page.wait(300).await;
    page.find(".compare__go").click();
    page.wait(800).await;
    assert_eq!(page.count(".compare .sheet__table"), 2);
    let heads = page.text(".compare .sheet__table thead");
    assert!(heads.contains("main") && heads.contains("branch 1"), "{heads}");
    assert!(page.text(".compare").contains("lab producer web"), "{}", page.text(".compare"));
}

/// A page with a stream and a producer, on its panel that steers.
async fn steered() -> Page {
    let page = Page::mounted().await;
    page.enter("aws kinesis create-stream --stream-name orders --shard-count 2").await;
    page.enter("lab wait 10s").await;
    page.find("#tab-steer").click();
    page.wait(300).await;
    page
}

#[wasm_bindgen_test]
async fn a_control_shows_its_line_and_enters_it() {
    let page = steered().await;
    page.find(".steer__section:nth-of-type(1) details:nth-of-type(3) summary").click();
    page.wait(300).await;
    let form = ".steer__form[open]";
    let preview = format!("{form} .steer__preview");
    page.set(&format!("{form} input"), "12");
    page.wait(100).await;
    assert!(page.text(&format!("{form} .steer__reason")).contains("8,760"), "the range is said");
    assert!(page.find(&format!("{form} .steer__enter")).has_attribute("disabled"));
    page.set(&format!("{form} input"), "72");
    page.wait(100).await;
    let line = "aws kinesis increase-stream-retention-period --stream-name orders \
                --retention-period-hours 72";
    assert_eq!(page.text(&preview), line);
    page.find(&format!("{form} .steer__enter")).click();
    page.wait(300).await;
    assert!(page.text(".steer__outcome").contains(line));
    page.find(&format!("{form} .steer__forms button:nth-of-type(2)")).click();
    page.wait(300).await;
    let code: HtmlTextAreaElement = page.find(".steer__code").unchecked_into();
    assert!(code.value().contains("kinesis.increase_stream_retention_period("));
}

#[wasm_bindgen_test]
async fn a_shard_is_split_on_the_key_space_and_the_split_undone() {
    let page = steered().await;
    assert_eq!(page.count(".key-space__open"), 2);
    let preview = ".steer__group .steer__preview";
    assert!(page.text(preview).contains("--shard-to-split shardId-000000000000"));
    let middle = page.text(preview);
    page.set(".key-space__handle", "250");
    page.wait(100).await;
    assert_ne!(page.text(preview), middle, "the border has moved");
    page.find(".steer__group .steer__enter").click();
    page.wait(200).await;
    page.find("#tab-console").click();
    page.enter("lab wait 60s").await;
    page.find("#tab-steer").click();
    page.wait(300).await;
    assert_eq!((page.count(".key-space__open"), page.count(".key-space__closed")), (3, 1));
    let undo: HtmlElement = page.find(".steer__undo button");
    assert!(page.text(".steer__undo button").contains("split-shard"));
    undo.click();
    page.wait(600).await;
    assert_eq!((page.count(".key-space__open"), page.count(".key-space__closed")), (2, 0));
    page.find(".steer__undo button:nth-of-type(2)").click();
    page.wait(600).await;
    assert_eq!(page.count(".key-space__open"), 3);
}
