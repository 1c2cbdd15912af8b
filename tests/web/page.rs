//! The page, mounted and used as a visitor would.

use crate::app;
use shardlab::journal::Journal;
use shardlab::share::link::{Codec, Packed, Run};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Document, Element, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement,
    KeyboardEvent, KeyboardEventInit,
};
use yew::AppHandle;
use yew::platform::time::sleep;

/// A mounted page; gone when dropped.
struct Page {
    place: Element,
    handle: Option<AppHandle<app::App>>,
}

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

impl Page {
    async fn mounted() -> Self {
        let place = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&place).expect("a parent");
        let handle = Some(app::mount(&place));
        let page = Self { place, handle };
        page.wait(300).await;
        page
    }

    async fn wait(&self, millis: u64) {
        sleep(Duration::from_millis(millis)).await;
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.place.query_selector(selector).expect("a valid selector");
        found.unwrap_or_else(|| panic!("{selector} is on the page")).unchecked_into()
    }

    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    fn prompt(&self) -> HtmlTextAreaElement {
        self.find("#console-prompt").unchecked_into()
    }

    /// Sets what a field says, as typing does.
    fn set(&self, selector: &str, value: &str) {
        let field = self.find(selector);
        match field.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.set_value(value),
            None => self.prompt().set_value(value),
        }
        let init = EventInit::new();
        init.set_bubbles(true);
        let typed = web_sys::Event::new_with_event_init_dict("input", &init).expect("an event");
        field.dispatch_event(&typed).expect("somebody listens");
    }

    /// Presses a key in the prompt, with Ctrl if it is written `^c`; says whether the page keeps it
    /// from the browser.
    async fn press(&self, key: &str) -> bool {
        let init = KeyboardEventInit::new();
        let letter = key.strip_prefix('^');
        init.set_key(letter.unwrap_or(key));
        init.set_ctrl_key(letter.is_some());
        init.set_bubbles(true);
        init.set_cancelable(true);
        let press = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
        let is_left = self.prompt().dispatch_event(&press.expect("an event"));
        self.wait(50).await;
        !is_left.expect("somebody listens")
    }

    /// Types a line and enters it.
    async fn enter(&self, line: &str) {
        self.set("#console-prompt", line);
        self.find(".console__enter").click();
        self.wait(300).await;
    }

    fn count(&self, selector: &str) -> u32 {
        self.place.query_selector_all(selector).expect("a valid selector").length()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.place.remove();
    }
}

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
    let entered = page.text(".console__entry:last-of-type .console__line");
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
