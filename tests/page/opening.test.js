/** How the page begins: with what its first view needs, and the rest soon after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comesTo, digest, enter, frames, log, open, pause, picture, site, skip, still, total, until } from "./page.js";

const WHOLE = "data/earthquakes.csv";
const HEAD = "data/earthquakes.head.csv";

const elapsed = async (page) => {
  const [, hours, minutes, seconds] = (await page.locator(".clock__elapsed").innerText()).match(/(\d+):(\d\d):(\d\d)/).map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
};

/** Opens the page, which gets no answer when it asks for its whole data, until `release` is called. */
async function begun(visit, query) {
  const opened = await visit("?lang=en&scenario=first-stream", { serviceWorkers: "block" });
  const held = [];
  let isFree = false;
  await opened.page.route(new RegExp(`${WHOLE}$`), (route) => (isFree ? route.continue() : held.push(route)));
  const release = async () => {
    isFree = true;
    for (const route of held.splice(0)) await route.continue();
  };
  await opened.page.goto(opened.page.url().replace(/\?.*/, query));
  await until("the scenario is there", async () => (await log(opened.page)).includes("lab producer web"));
  return { ...opened, held, release };
}

test("the first view's data", { skip }, async (context) => {
  const { visit, asked } = await site(context);

  await context.test("its first rows come first, the others when the page has begun", async () => {
    asked.length = 0;
    const { page, said, close } = await visit("?lang=en", { serviceWorkers: "block" });
    await until("records come", async () => (await total(page, "accepted")) > 0);
    assert.ok(asked.includes(HEAD), asked.join(" "));
    assert.ok(!asked.includes(WHOLE), asked.join(" "));
    await until("the others are asked for", async () => asked.includes(WHOLE));
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("time and lines wait for rows on their way, and it is the same run", async () => {
    const { page, said, held, release, close } = await begun(visit, "?lang=en&speed=60");
    await until("the others are asked for", () => held.length > 0);
    let end = 0;
    await until("the first rows are used up", async () => {
      const before = end;
      await frames(page, 20);
      end = await elapsed(page);
      return end > 20 && end === before;
    });
    await page.fill("#console-prompt", "lab status");
    await page.press("#console-prompt", "Enter");
    await until("the line waits", async () => (await page.locator(".console").innerText()).includes("In progress"));
    await pause(page);
    await page.focus(".player__scrubber");
    await page.keyboard.press("Home");
    await still(page, "nothing happens", () => elapsed(page));
    assert.equal(await elapsed(page), end);
    await picture(page, "rows-on-their-way");
    await release();
    await until("somebody is at the beginning", async () => (await elapsed(page)) === 0);
    await page.focus(".player__scrubber");
    await page.keyboard.press("End");
    await until("and back", async () => (await elapsed(page)) === end);
    assert.deepEqual(said, []);

    const made = await digest(page);
    await open(page, "share");
    await until("there is a link", async () => /#1:/.test(await page.locator(".share textarea").first().inputValue()));
    const { hash } = new URL(await page.locator(".share textarea").first().inputValue());
    const other = await visit(`?lang=en${hash}`);
    await until("it is there again", async () => (await elapsed(other.page)) === end);
    // All rows from the beginning lead to the same.
    await comesTo(other.page, made);
    assert.deepEqual(other.said, []);
    await other.close();
    await close();
  });

  await context.test("a line sees all rows, however early it comes", async () => {
    const { page, said, held, release, close } = await begun(visit, "?lang=en");
    await pause(page);
    await page.fill("#console-prompt", "lab replay all --data earthquakes --stream quakes --rate 500/s --key id");
    await page.press("#console-prompt", "Enter");
    await until("the others are asked for", () => held.length > 0);
    await release();
    await until("the line is entered", async () => (await log(page)).includes("lab replay all"));
    await enter(page, "lab wait 30s");
    await enter(page, "lab status");
    await until("all rows came", async () => /all: finished, offered 1707, accepted 1707/.test(await log(page)));
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("what a button tells of the state is true of all rows", async () => {
    const { page, held, release, close } = await begun(visit, "?lang=en");
    await pause(page);
    const hash = digest(page);
    await until("the others are asked for", () => held.length > 0);
    await release();
    await hash;
    await still(page, "it was of all rows", () => digest(page));
    await close();
  });

  await context.test("rows that cannot be fetched are told of and asked for again", async () => {
    const { page, held, release, close } = await begun(visit, "?lang=en&speed=60");
    await until("the others are asked for", () => held.length > 0);
    const failing = setInterval(() => held.splice(0).forEach((route) => route.abort()), 50);
    await until("it is told", async () => (await log(page)).includes("could not be loaded"));
    const [accepted, end] = [await total(page, "accepted"), await elapsed(page)];
    assert.ok(accepted > 0, "what was shown stays");
    await picture(page, "rows-missing");
    clearInterval(failing);
    await release();
    await until("time goes on", async () => (await elapsed(page)) > end + 60);
    assert.ok((await total(page, "accepted")) > accepted);
    await close();
  });
});
