/** A visitor who knows nothing: sees a hot shard, asks why, tries what helps, looks closer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, site, skip, total, until } from "./page.js";

test("answers", { skip }, async (context) => {
  const { visit } = await site(context);

  await context.test("why a shard refuses, in Korean, and what helps", async () => {
    const { page, said, close } = await visit("?lang=ko&scenario=hot-shard");
    await until("records are refused", async () => (await total(page, "거부")) > 100);
    await page.click(".player__toggle");
    await page.click("#tab-tables");
    await page.locator(".sheet__why").first().click();
    await until("the receipt is there", async () => (await page.locator(".receipt__short").count()) > 0);
    assert.ok((await page.locator(".receipt__aws").innerText()).includes("Rate exceeded for shard shardId-"));
    assert.ok((await page.locator("#panel-receipt a").first().getAttribute("href")).startsWith("https://docs.aws.amazon.com/"));
    await until("every remedy is measured", async () => {
      const remedies = await page.locator(".receipt__remedy").count();
      return remedies > 1 && (await page.locator(".receipt__verdict").count()) >= remedies - 1;
    }, 90_000);
    await picture(page, "receipt-ko");
    const shards = await page.locator(".stage__summary").innerText();
    await page.locator(".receipt__try").first().click();
    await page.click(".player__toggle");
    await until("the line shows its effect", async () => (await page.locator(".stage__summary").innerText()) !== shards);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a click in the picture tells about the shard, and from there about its records", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=even-keys");
    await until("records are stored", async () => (await total(page, "accepted")) > 1_000);
    await page.click(".player__toggle");
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
    await page.click(".player__toggle");
    await page.locator(".charts__chart[data-kind=refused] .sheet__why").first().click();
    await until("the receipt is there", async () => (await page.locator(".receipt__short").count()) > 0);
    assert.deepEqual(said, []);
    await close();
  });
});
