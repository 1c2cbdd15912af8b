/** A visitor who knows nothing: sees a hot shard, asks why, tries what helps, looks closer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, pause, picture, play, site, skip, total, until, violations } from "./page.js";

test("answers", { skip }, async (context) => {
  const { visit } = await site(context);

  await context.test("why a shard refuses, in Korean, and what helps", async () => {
    const { page, said, close } = await visit("?lang=ko&scenario=hot-shard");
    await until("records are refused", async () => (await total(page, "거부")) > 100);
    await pause(page);
    await open(page, "tables");
    await page.locator(".sheet__why").first().click();
    await until("the receipt is there", async () => (await page.locator(".receipt__short").count()) > 0);
    assert.ok((await page.locator(".receipt__aws").innerText()).includes("Rate exceeded for shard shardId-"));
    assert.ok((await page.locator("#panel-receipt a").first().getAttribute("href")).startsWith("https://docs.aws.amazon.com/"));
    await until("every remedy is measured", async () => {
      const remedies = await page.locator(".receipt__remedy").count();
      return remedies > 1 && (await page.locator(".receipt__verdict").count()) >= remedies - 1;
    });
    await picture(page, "receipt-ko");
    const shards = await page.locator(".stage__summary").innerText();
    await page.locator(".receipt__try").first().click();
    await play(page);
    await until("the line shows its effect", async () => (await page.locator(".stage__summary").innerText()) !== shards);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("whoever asks why and has chosen no refusal is offered those of the run", async () => {
    const { page, said, close } = await visit("?lang=ko&scenario=hot-shard", { viewport: { width: 390, height: 844 } });
    await open(page, "receipt");
    const offers = page.locator(".receipt__offers button");
    await offers.first().waitFor();
    await pause(page);
    assert.match(await offers.first().innerText(), /^clicks shardId-\d{12}가 왜 거부했나요\?$/);
    assert.deepEqual(await violations(page), []);
    await picture(page, "receipt-offers-ko");
    await offers.first().click();
    await page.locator(".receipt__short").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.className), "receipt__title");
    assert.equal(await offers.count(), 0);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("where nothing was refused, it is said how refusals are chosen", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=even-keys");
    await until("records are stored", async () => (await total(page, "accepted")) > 1_000);
    await open(page, "receipt");
    assert.ok((await page.locator(".receipt .sheet__note").innerText()).startsWith("Choose a refusal: "));
    assert.equal(await page.locator(".receipt__offers").count(), 0);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a beginner makes a hot shard, learns why, fixes it two ways and compares their cost, in Korean", async () => {
    const { page, said, close } = await visit("?lang=ko&scenario=even-keys");
    await until("records are stored", async () => (await total(page, "저장")) > 1_000);
    assert.equal(await total(page, "거부"), 0);

    await open(page, "steer");
    await page.locator(".steer__form summary", { hasText: "프로듀서 시작 또는 변경" }).click();
    const form = page.locator(".steer__form[open]");
    await form.locator("input[data-field='8']").fill("burst");
    await form.locator("input[data-field='9']").fill("1500/s");
    await form.locator("select:has(option[value=one])").selectOption("one");
    await until("the line is written", async () =>
      /^lab producer burst --stream clicks --rate 1500\/s.*--keys one/.test(await form.locator(".steer__preview").innerText()));
    await form.locator(".steer__enter").click();
    await until("a shard is hot", async () => (await total(page, "거부")) > 500);
    await pause(page);

    await open(page, "tables");
    await page.locator(".sheet__why").first().click();
    await until("two remedies help", async () => (await page.locator("[data-verdict=stops], [data-verdict=helps]").count()) >= 2);
    const helping = page.locator("[data-verdict=stops], [data-verdict=helps]");
    const lines = await helping.locator(".receipt__lines").allInnerTexts();
    assert.notEqual(lines[0], lines[1]);

    await helping.nth(0).locator(".receipt__try").click();
    await play(page);
    const then = await total(page, "저장");
    await until("time goes on with the first", async () => (await total(page, "저장")) > then + 5_000);
    await pause(page);

    await page.focus(".player__scrubber");
    while ((await total(page, "저장")) > then) {
      const before = await total(page, "저장");
      await page.keyboard.press("ArrowLeft");
      await until("the run is a little back", async () => (await total(page, "저장")) < before);
    }
    await helping.nth(1).locator(".receipt__try").click();
    await until("there is a second branch", async () => (await page.locator(".player__branches option").count()) === 2);
    await play(page);
    await until("time goes on with the second", async () => (await total(page, "저장")) > then + 5_000);
    await pause(page);

    await open(page, "compare");
    await page.click(".compare__go");
    await until("both are compared", async () => (await page.locator(".compare td", { hasText: "$" }).count()) >= 2);
    const told = await page.locator(".compare").innerText();
    for (const word of ["지금까지의 비용", "거부됨", "처음 달라지는 명령"]) assert.ok(told.includes(word), told);
    await picture(page, "compare-ko");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a click in the picture tells about the shard, and from there about its records", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=even-keys");
    await until("records are stored", async () => (await total(page, "accepted")) > 1_000);
    await pause(page);
    await page.click(".stage__canvas", { position: { x: 60, y: 120 } });
    await until("the inspector is there", async () => (await page.locator(".inspector__title").count()) > 0);
    const facts = await page.locator(".inspector__facts").innerText();
    assert.ok(facts.includes("Hash key range"), facts);
    await page.locator(".inspector__related button", { hasText: /^49/ }).first().click();
    await until("a record is told about", async () => (await page.locator(".inspector__data").count()) > 0);
    await page.fill(".inspector__paste input", "user-1");
    await until("its key is hashed", async () => (await page.locator(".inspector__facts").innerText())
      .includes("285573413173782752570879317399258818820"));
    await picture(page, "inspector");
    await page.click(".stage__canvas", { position: { x: 60, y: 120 } });
    await until("the click counts, not what was pasted", async () => (await page.inputValue(".inspector__paste input")) === "");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("charts tell the minute and the seconds behind it", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=hot-shard&panel=charts");
    await until("the charts are there", async () => (await page.locator(".charts__chart").count()) >= 7);
    const names = await page.locator(".charts__name").allInnerTexts();
    assert.ok(names.includes("WriteProvisionedThroughputExceeded"), names.join());
    await until("a second with refusals is told", async () => (await page.locator(".charts__chart[data-kind=refused]").first().innerText())
      .includes("most in a second"));
    await picture(page, "charts");
    await pause(page);
    await page.locator(".charts__chart[data-kind=refused] .sheet__why").first().click();
    await until("the receipt is there", async () => (await page.locator(".receipt__short").count()) > 0);
    assert.deepEqual(said, []);
    await close();
  });
});
