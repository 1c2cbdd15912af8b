/** How the page begins: with what its first view needs, and the rest soon after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comesTo, digest, enter, frames, log, open, pause, picture, site, skip, still, total, until, violations } from "./page.js";

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

test("the page's address", { skip }, async (context) => {
  const { visit } = await site(context);

  for (const [lang, lines] of [
    ["en", ["The page does not know view=lanes, which its address asks for. It knows: picture, totals, console, ", "speed=fast", "Hide"]],
    ["ko", ["주소에 있는 view=lanes 값은 알 수 없습니다. 쓸 수 있는 값: picture, totals, console, ", "speed=fast", "숨기기"]],
  ]) {
    await context.test(`a view that nobody knows shows the picture, and says so in ${lang}`, async () => {
      const { page, said, close } = await visit(`?embed=1&lang=${lang}&view=lanes&speed=fast&scenario=split`);
      const told = page.locator(".foot [role=status]");
      await until("both are told", async () => (await told.locator("p").count()) === 2);
      assert.equal(await page.locator(".stage__canvas").isVisible(), true);
      assert.equal(await page.locator(".console").isVisible(), false);
      const text = (await told.allInnerTexts()).join("\n");
      for (const words of lines) assert.ok(text.includes(words), text);
      // The heading of a frame is that of the page around.
      assert.deepEqual((await violations(page)).filter((line) => !line.startsWith("page-has-heading-one")), []);
      await picture(page, `unknown-${lang}`);
      for (let left = 2; left > 0; left -= 1) await told.getByRole("button").first().click();
      await until("it is hidden", async () => (await told.count()) === 0);
      assert.deepEqual(said, []);
      await close();
    });
  }

  await context.test("each value that nobody knows is told, and those beside it are used", async () => {
    const query = "?lang=fr&theme=blue&panel=cots&speed=0&t=soon&scenario=Hot%20Shard&controls=<b>&view=tables,lanes";
    const { page, close } = await visit(query);
    const told = page.locator(".foot [role=status]");
    await until("all are told", async () => (await told.locator("p").count()) === 8);
    const text = (await told.allInnerTexts()).join("\n");
    for (const value of ["lang=fr", "theme=blue", "panel=cots", "speed=0", "t=soon", "controls=<b>", "view=tables,lanes"]) {
      assert.ok(text.includes(`does not know ${value}, `), text);
    }
    assert.ok(text.includes("There is no scenario named “Hot Shard”, "), text);
    assert.equal(await page.locator(".foot b").count(), 0);
    await close();
  });

  await context.test("of several views those that are known are seen, and what is known is not told of", async () => {
    const { page, said, close } = await visit("?embed=1&lang=en&view=lanes,totals");
    await until("it is told", async () => (await page.locator(".unknown-view p").count()) === 1);
    assert.equal(await page.locator(".totals").isVisible(), true);
    assert.equal(await page.locator(".stage__canvas").isVisible(), false);
    await page.goto(page.url().replace(/\?.*/, "?embed=1&lang=ko-KR&view=picture,tables,console&theme=auto&controls=full&speed=60&t=42.5&scenario=split&panel=tables"));
    await page.locator("#panel-tables > *").first().waitFor();
    await until("the address was looked at", () => page.evaluate(() =>
      performance.getEntriesByType("resource").some(({ name, responseEnd }) => name.endsWith("/address.js") && responseEnd > 0)));
    await frames(page, 30);
    assert.equal(await page.locator(".foot").count(), 0);
    assert.deepEqual(said, []);
    await close();
  });
});

/** What is said but for the answer that a test is about, which a browser tells of by itself. */
const besides = (said, status) => said.filter((line) => !line.includes(`a status of ${status} `));

/** The buttons and links that something lies above, where they are scrolled into view. */
const covered = (page, selector) => page.locator(selector).evaluateAll((all) => all
  .filter((element) => element.checkVisibility())
  .filter((element) => {
    element.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return !element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  })
  .map((element) => element.textContent));

test("a scenario that does not exist", { skip }, async (context) => {
  const { visit } = await site(context);

  for (const [lang, words, choose, options] of [
    ["en", "There is no scenario named “nope”, ", "Choose a scenario", { viewport: { width: 1440, height: 900 } }],
    ["ko", "주소에 있는 “nope” 시나리오는 없습니다. ", "시나리오 고르기",
      { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
  ]) {
    await context.test(`is told of beside the first one, and leads to the gallery, in ${lang}`, async () => {
      const { page, said, close } = await visit(`?lang=${lang}&scenario=nope`, options);
      await page.locator(".unknown-scenario p").waitFor();
      const told = await page.locator(".foot").innerText();
      assert.ok(told.includes(words), told);
      await until("records come", async () => Number((await page.locator(".totals dd").first().innerText()).replaceAll(",", "")) > 0);
      assert.ok((await log(page)).includes("lab replay quakes --data earthquakes"), "it is the first one");
      assert.equal(await page.locator(".failure").count(), 0);
      assert.deepEqual(await violations(page), []);
      await picture(page, `no-scenario-${lang}`);
      assert.deepEqual(await covered(page, ".console :is(button, textarea), .player :is(button, input)"), []);
      await page.evaluate(() => scrollTo(0, 0));
      await page.locator(".unknown-scenario").getByRole("button", { name: choose }).click();
      await page.locator(".gallery__link").first().waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.className), "gallery__open");
      assert.equal(await page.locator(".unknown-scenario").count(), 0);
      const others = page.locator(".gallery__link[href*='scenario=split']");
      assert.equal(await others.getAttribute("href"), `?scenario=split&lang=${lang}`);
      assert.deepEqual(besides(said, 404), []);
      await close();
    });
  }

  await context.test("in a low frame covers nothing, and leads to a page of its own", async () => {
    const { page, said, close } = await visit("?embed=1&lang=en&view=picture,totals&controls=full&scenario=nope&speed=fast",
      { viewport: { width: 600, height: 260 } });
    await until("both are told", async () => (await page.locator(".foot p").count()) === 2);
    assert.ok((await page.locator(".foot").innerText()).includes("There is no scenario named “nope”; "));
    assert.equal(await page.locator(".embed > *").count(), 2);
    assert.deepEqual(await covered(page, ".embed > *, .player *:is(button, input), .foot *:is(button, a)"), []);
    await page.evaluate(() => scrollTo(0, 0));
    await picture(page, "no-scenario-frame");
    const link = page.locator(".unknown-scenario a");
    assert.equal(await link.innerText(), "Open in Shardlab");
    assert.equal(await link.getAttribute("target"), "_blank");
    await page.goto(await link.getAttribute("href"));
    await page.locator(".unknown-scenario").getByRole("button", { name: "Choose a scenario" }).waitFor();
    assert.equal(await page.locator(".console").isVisible(), true);
    assert.equal(new URL(page.url()).search, "?lang=en&scenario=nope&speed=fast");
    assert.deepEqual(besides(said, 404), []);
    await close();
  });

  await context.test("is told of where the host sends its first page for what it lacks", async () => {
    const { page, said, close } = await visit("?lang=en", { serviceWorkers: "block" });
    await page.route(/nope\.txt$/, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: "<title>One</title>" }));
    await page.goto(page.url().replace(/\?.*/, "?lang=en&scenario=nope"));
    await page.locator(".unknown-scenario p").waitFor();
    await until("the first one is there", async () => (await log(page)).includes("lab replay quakes --data earthquakes"));
    assert.ok(!(await log(page)).includes("<title>"));
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("is not said of one that the server has no answer for: it can be tried again", async () => {
    const { page, said, close } = await visit("?lang=en", { serviceWorkers: "block" });
    await page.route(/split\.txt$/, (route) => route.fulfill({ status: 503, body: "" }));
    await page.goto(page.url().replace(/\?.*/, "?lang=en&scenario=split"));
    await page.locator(".failure__what").waitFor();
    const told = await page.locator(".failure__what").innerText();
    assert.ok(told.startsWith("scenarios/split.txt could not be loaded: 503"), told);
    await page.unroute(/split\.txt$/);
    await page.locator(".failure button").click();
    await until("it is there", async () => (await log(page)).includes("lab producer"));
    assert.equal(await page.locator(".failure").count(), 0);
    assert.equal(await page.locator(".foot").count(), 0);
    assert.deepEqual(besides(said, 503), []);
    await close();
  });
});
