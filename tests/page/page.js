/** The built page in a browser: served below some path, watched for every word on the console. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const BASE = "/some/path/";
export const DIST = new URL("../../dist/", import.meta.url);
const PICTURES = new URL("../../target/pictures/", import.meta.url);
const MEDIA = {
  css: "text/css", csv: "text/csv", html: "text/html", js: "text/javascript", json: "application/json",
  png: "image/png", svg: "image/svg+xml", txt: "text/plain", wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};
const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const paths = browsers.map((name) => spawnSync("sh", ["-c", `command -v ${name}`]).stdout.toString().trim());

/** Milliseconds after which something is not going to happen: only a test that fails waits as long. */
const PATIENCE = 120_000;

export const executablePath = paths.find((path) => path !== "");
export const skip = executablePath ? false : "there is no browser on PATH";

/** Serves `dist/` or another folder, and starts a browser; `visit` opens the page there. */
export async function site(context, dist = DIST) {
  const asked = [];
  const server = createServer(async ({ url }, response) => {
    const path = new URL(url, "http://any").pathname;
    asked.push(path.slice(BASE.length));
    // Every site has an icon; which one is not ours to say.
    if (path === "/favicon.ico") return response.writeHead(204).end();
    const name = path.startsWith(BASE) && !path.includes("..") ? path.slice(BASE.length) || "index.html" : "";
    const body = name && (await readFile(new URL(name, dist)).catch(() => undefined));
    const media = MEDIA[name.split(".").at(-1)] ?? "application/octet-stream";
    // As hosts of static pages do; frames without an origin of their own need it.
    const headers = { "content-type": media, "access-control-allow-origin": "*" };
    response.writeHead(body ? 200 : 404, headers).end(body || "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const made = await newContext(options);
    made.setDefaultTimeout(PATIENCE);
    return made;
  };
  context.after(async () => {
    await browser.close();
    server.close();
  });
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin, browser, asked, stop, visit: (query, options) => visit(browser, origin, query, options) };
}

/** Opens the page in a context of its own. `said` fills with what should not have been said. */
async function visit(browser, origin, query = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => {
    // What a test asks for itself; the page comes to it after some seconds, so only a slow test hears of it.
    if (options.serviceWorkers === "block" && message.text() === "Service Worker registration blocked by Playwright") return;
    said.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) said.push(`request: ${request.url()}`);
  });
  await slowed(context, page);
  await page.goto(origin + BASE + query);
  await page.waitForSelector("[data-started]", { state: "attached" });
  return { page, said, close: () => context.close() };
}

/** Has a page run so many times slower: SHARDLAB_SLOW=4 shows which tests a busy machine would fail. */
async function slowed(context, page) {
  const rate = Number(process.env.SHARDLAB_SLOW ?? 1);
  if (rate > 1) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
}

/** Enters a line in the console and waits for its answer. */
export async function enter(page, line) {
  const answers = page.locator(".console__entry");
  const before = await answers.count();
  await page.fill("#console-prompt", line);
  await page.press("#console-prompt", "Enter");
  await page.waitForFunction((before) => document.querySelectorAll(".console__entry").length > before, before);
}

/** Waits until the page has drawn so many frames. */
export const frames = (page, count) => page.evaluate((count) => new Promise((done) => {
  const next = () => (count-- > 0 ? requestAnimationFrame(next) : done());
  next();
}), count);

/** What nothing shall change: asserts that it is the same after half a second's frames. */
export async function still(page, what, read) {
  const before = await read();
  await frames(page, 30);
  assert.deepEqual(await read(), before, what);
}

/** Lets time pass, or stops it, until the page says so and has drawn what that led to. */
async function turn(page, isPlaying) {
  await page.click(".player__toggle");
  await page.waitForSelector(`.player__toggle[data-playing="${isPlaying}"]`);
  await frames(page, 3);
}
/** Stops time, and waits for its counts, which are drawn five times a second. */
export async function pause(page) {
  await turn(page, false);
  let counts;
  await until("its counts stand still", async () => {
    const before = counts;
    await frames(page, 15);
    counts = await page.locator(".totals").textContent();
    return counts === before;
  });
}
export const play = (page) => turn(page, true);

/** The hash of the whole state. */
export async function digest(page) {
  const output = page.locator(".totals__digest output");
  await page.locator(".totals__digest button").click();
  await until("the state is hashed", async () => /^[0-9a-f]{16}$/.test(await output.innerText()));
  // An earlier one stands there until then: but the first has fetched what hashing needs, and what
  // is here hashes before the next frame.
  await frames(page, 2);
  return output.innerText();
}

/** Waits until the state has this hash: a run that is opened comes to where it was by and by. */
export async function comesTo(page, wanted) {
  let last;
  await until(`the state is ${wanted}`, async () => (last = await digest(page)) === wanted, () => `it is ${last}`);
}

/** Waits until the browser keeps a run with some words, for a reload. */
export const kept = (page, words) => until(`a run with ${words} is kept`, () => page.evaluate((words) => {
  const runs = [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)
    .filter((key) => key.startsWith("shardlab.run")).map((key) => storage.getItem(key)));
  const bytes = (run) => atob(run.split(":")[1].replace(/[.].*/, "").replaceAll("-", "+").replaceAll("_", "/"));
  return runs.some((run) => bytes(run).includes(words));
}, words));

/** Opens a panel and waits until it shows something. */
export async function open(page, panel) {
  await page.click(`#tab-${panel}`);
  await page.locator(`#panel-${panel} > *`).first().waitFor();
}

/** All that the console's log says, also what is not laid out because it is out of sight. */
export const log = (page) => page.locator(".console__log").evaluate((log) => log.textContent);

/** The number that the page shows for a count such as "throttled". */
export async function total(page, name) {
  const text = await page.locator(".totals__count", { has: page.locator(`dt:text-is("${name}")`) }).locator("dd").innerText();
  return Number(text.replaceAll(",", ""));
}

/** Waits until a condition holds, asked again and again; says what was waited for if it never does. */
export async function until(what, holds, told = () => "") {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `waited in vain until ${what} ${told()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What sticks out of the window at its sides and cannot be scrolled to where it stands, each in a line. */
export function cutOff(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      const isOut = own > 1 && (left < -0.5 || right > width + 0.5);
      return isOut && element.checkVisibility({ contentVisibilityAuto: true }) && !scrolls(element.parentElement);
    });
    const pageIsWider = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} px wide`] : [];
    return [...pageIsWider, ...out.map((element) => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`)];
  });
}

/** Keeps a picture of the page for whoever looks at the run. */
export async function picture(page, name) {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, PICTURES).pathname });
}

/** What axe-core finds wrong, each in a line. */
export async function violations(page) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  // Evaluated by the debugger: the page's own policy would not let it in.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(" ")}`));
}
