/** The page without a network, and its newer versions. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, enter, frames, log, open, picture, site, skip, total, until, violations } from "./page.js";

const keep = (dist) => execFileSync(new URL("../../dev", import.meta.url).pathname, ["keep"], { env: { ...process.env, DIST: dist } });
const kept = (page) => page.evaluate(async () => (await navigator.serviceWorker.ready) && true);
const controlled = (page) => until("a worker answers", () => page.evaluate(() => navigator.serviceWorker.controller !== null));

/** A copy of `dist/` with its list. */
async function copy(context) {
  const folder = await mkdtemp(`${tmpdir()}/shardlab-`);
  context.after(() => rm(folder, { recursive: true }));
  await cp(DIST, folder, { recursive: true });
  keep(folder);
  return { folder, url: pathToFileURL(`${folder}/`) };
}

test("after the first visit the page needs no network", { skip }, async (context) => {
  const { url } = await copy(context);
  const { visit, stop } = await site(context, url);
  const { page, said, close } = await visit("?lang=en&scenario=split");
  await controlled(page);
  await kept(page);
  await stop();
  await page.reload();
  await until("the scenario is there", async () => (await log(page)).includes("lab producer"));
  await until("records come", async () => (await total(page, "accepted")) > 0);
  await enter(page, "aws kinesis list-streams");
  await until("the rest of the console is there", async () => (await log(page)).includes("StreamNames"));
  await open(page, "charts");
  await page.locator(".charts").first().waitFor();
  await page.goto(page.url().replace("split", "flights"));
  await until("another scenario is there, with its data", async () => (await log(page)).includes("--data flights"));
  await until("its records come", async () => (await total(page, "accepted")) > 0);
  assert.deepEqual(said, []);
  await close();
});

/** Makes a version with other code of a copy. */
async function renew({ folder, url }) {
  const names = await readdir(url);
  const hash = names.find((name) => name.startsWith("shardlab-app-")).match(/[0-9a-f]{12,}/)[0];
  const other = hash.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  for (const name of names.filter((name) => /\.(js|html|wasm)$/.test(name))) {
    const text = (await readFile(new URL(name, url), "latin1")).replaceAll(hash, other);
    await writeFile(new URL(name, url), text.replace("<html", "<html data-newer"), "latin1");
  }
  for (const name of names.filter((name) => name.includes(hash))) {
    await rename(new URL(name, url), new URL(name.replace(hash, other), url));
  }
  keep(folder);
}

test("a newer version is told and interrupts nothing", { skip }, async (context) => {
  const dist = await copy(context);
  const { visit, asked } = await site(context, dist.url);
  const { page, said, close } = await visit("?lang=ko");
  const isFirst = () => page.evaluate(() => globalThis.isFirst);
  await controlled(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  for (const one of [page, other]) {
    await until("it runs", async () => (await log(one)).includes("lab producer web"));
    await one.evaluate(() => { globalThis.isFirst = true; });
  }

  await renew(dist);
  asked.length = 0;
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const told = page.locator(".update[role=status]");
  await until("it is told", async () => (await told.count()) === 1 && (await told.innerText()).includes("새 버전"));
  assert.ok(asked.includes("index.html") || asked.includes(""), asked.join(" "));
  assert.ok(!asked.includes("data/flights.csv"), "what is the same is not fetched again");
  assert.deepEqual(await violations(page), []);
  await picture(page, "update");
  await frames(page, 60);
  assert.equal(await isFirst(), true, "nothing is interrupted");
  await page.reload();
  await page.waitForSelector("[data-started]", { state: "attached" });
  assert.equal(await page.locator("html[data-newer]").count(), 0, "until somebody asks for it");

  await until("it is told again", async () => (await told.count()) === 1);
  await told.getByRole("button").first().click();
  await page.locator("html[data-newer][data-started]").waitFor({ state: "attached" });
  await until("nothing is told any more", async () => (await told.count()) === 0);
  assert.equal(await other.evaluate(() => globalThis.isFirst), true, "other pages go on");
  await open(other, "charts");
  await other.locator(".charts").first().waitFor();
  await other.close();
  await open(page, "charts");
  await page.locator(".charts").first().waitFor();
  assert.deepEqual(said, []);
  await close();
});

/** In the page: what it puts off for three seconds it does at once, and says that it has. */
function hurry() {
  const wait = globalThis.setTimeout;
  globalThis.hurried = 0;
  globalThis.setTimeout = (what, millis, ...rest) => wait(millis === 3000 ? () => {
    what();
    globalThis.hurried += 1;
  } : what, millis === 3000 ? 0 : millis, ...rest);
}

test("where nothing can be kept", { skip }, async (context) => {
  const { url } = await copy(context);
  const { visit, origin, browser } = await site(context, url);
  const spoiled = {
    "storage is denied": () => Object.defineProperty(CacheStorage.prototype, "open", {
      value: () => Promise.reject(new DOMException("denied", "SecurityError")),
    }),
    "workers are denied": () => Object.defineProperty(ServiceWorkerContainer.prototype, "register", {
      value: () => Promise.reject(new DOMException("denied", "SecurityError")),
    }),
    "there are no workers": () => { delete Navigator.prototype.serviceWorker; },
  };
  for (const [name, spoil] of Object.entries(spoiled)) {
    await context.test(name, async () => {
      const { page, said, close } = await visit("?lang=en");
      await page.addInitScript(spoil);
      await page.addInitScript(hurry);
      await page.reload();
      await until("the scenario is there", async () => (await log(page)).includes("lab producer web"));
      await until("it has tried", () => page.evaluate(async () => {
        const entries = performance.getEntriesByType("resource");
        return globalThis.hurried === 2 && entries.some(({ name }) => name.endsWith("/offline.js"));
      }));
      if (name === "storage is denied") await controlled(page);
      await frames(page, 10);
      assert.deepEqual(said, []);
      await close();
    });
  }

  await context.test("frames are not kept", async () => {
    const inside = await browser.newContext();
    await inside.addInitScript(hurry);
    const page = await inside.newPage();
    const said = [];
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`error: ${error.message}`));
    await page.goto(`${origin}/some/path/examples/plain.html`);
    for (const sandbox of ["allow-scripts", "allow-scripts allow-same-origin"]) {
      await page.setContent(`<iframe sandbox="${sandbox}" src="${origin}/some/path/?embed=1" width="600" height="400"></iframe>`);
      await page.frameLocator("iframe").locator("[data-started]").waitFor({ state: "attached" });
      // A page of its own has the worker come right after this one.
      const frame = page.frames().at(-1);
      await until("it has done what it puts off", () => frame.evaluate(() => globalThis.hurried === 1));
      await frames(frame, 10);
      assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    }
    assert.deepEqual(said.filter((line) => !line.includes("sandbox")), []);
    await inside.close();
  });
});

test("the page can be installed", { skip }, async (context) => {
  const { visit } = await site(context);
  const { page, said, close } = await visit("?lang=en");
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.equal(JSON.parse(data).start_url, ".");
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  assert.deepEqual(said, []);
  await close();
});
