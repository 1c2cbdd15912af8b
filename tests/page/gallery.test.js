/** Every scenario of the gallery opens, runs and says nothing on the browser's console. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { enter, log, picture, site, skip, until } from "./page.js";

test("the gallery", { skip }, async (context) => {
  const { visit } = await site(context);
  const files = await readdir(new URL("../../www/scenarios/", import.meta.url));
  const names = files.map((file) => file.replace(".txt", "")).sort();

  await context.test("lists every scenario in both languages", async () => {
    for (const lang of ["en", "ko"]) {
      const { page, said, close } = await visit(`?lang=${lang}`);
      await page.click(".gallery__open");
      await until("the list is there", async () => (await page.locator(".gallery__link").count()) > 0);
      const links = await page.locator(".gallery__link").evaluateAll((all) => all.map((link) => link.search));
      assert.deepEqual(links.map((link) => new URLSearchParams(link).get("scenario")).sort(), names);
      assert.ok(links.every((link) => link.includes(`lang=${lang}`)), "a scenario keeps the language");
      assert.deepEqual(said, []);
      await close();
    }
  });

  for (const name of names) {
    await context.test(name, async () => {
      const { page, said, close } = await visit(`?lang=en&scenario=${name}`);
      await until("a stream is there", async () => (await page.locator(".stage__summary").innerText()).includes("Open shards: ") &&
        !(await page.locator(".stage__summary").innerText()).includes("Streams: 0"));
      await enter(page, "lab status");
      await until("the status is told", async () => /lab status[\s\S]*stream /.test(await log(page)));
      assert.equal(await page.locator(".failure").count(), 0);
      assert.deepEqual(said, []);
      await picture(page, `scenario-${name}`);
      await close();
    });
  }
});
