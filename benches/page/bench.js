/**
 * How fast the page is: script time per frame with a busy and with a wide stream, what it keeps
 * over ten simulated hours, how soon the first picture is there on a slow machine, how long a
 * link takes to make and to read, how soon a line's answer is there, and how fast the data lab
 * reads a file.
 *
 * The page is what dist/ holds (another folder: the first argument). Each case is a scenario that
 * takes the place of the page's first one.
 */
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const DIST = resolve(process.argv[2] ?? new URL("../../dist", import.meta.url).pathname);
const MEDIA = { html: "text/html", js: "text/javascript", wasm: "application/wasm", css: "text/css", svg: "image/svg+xml" };
const SHARED = (name) => `lab consumer ${name} --stream bench --mode shared --every 1s --from LATEST`;
const ENHANCED = (name) => `lab consumer ${name} --stream bench --mode enhanced-fan-out --from LATEST`;
const stream = (shards) => [`aws kinesis create-stream --stream-name bench --shard-count ${shards}`, "lab wait 30s"];

const BUSY = [
  ...stream(16),
  ...[1, 2, 3, 4, 5].flatMap((number) => [SHARED(`shared-${number}`), ENHANCED(`own-${number}`)]),
  "lab wait 10s",
  "lab producer web --stream bench --rate 16000/s --record-size 100B --keys uniform:1000 --api put-records --batch 500",
];
const WIDE = [
  ...stream(500),
  "lab producer web --stream bench --rate 16000/s --record-size 100B --keys uniform:10000 --api put-records --batch 500",
];
const LONG = (speed) => [
  `# Speed: ${speed}`,
  ...stream(4),
  SHARED("shared"), ENHANCED("own"),
  "lab producer web --stream bench --rate 1/s --record-size 100B --keys uniform:100",
];
/** What a retained record of these takes by the log's own count: a second apart, they pack less well than those of a
 * busy stream (README.md). */
const RECORD_BYTES = 10.7;
/** How long records are retained by default. */
const RETENTION_HOURS = 24;

/** What the page is asked for in place of its first scenario; `undefined` for the one it has. */
let lines;

const server = createServer(async ({ url }, response) => {
  const path = new URL(url, "http://local/").pathname.slice(1) || "index.html";
  const isFirst = path === "scenarios/hot-shard.txt" && lines;
  const body = isFirst ? lines.join("\n") : await readFile(`${DIST}/${path}`).catch(() => undefined);
  const type = MEDIA[path.split(".").at(-1)] ?? "text/plain; charset=utf-8";
  response.writeHead(body === undefined ? 404 : 200, { "content-type": type }).end(body ?? "");
});

/** Runs in the page before its own scripts. */
function watch() {
  const bench = { picture: undefined, memory: undefined };
  window.bench = bench;
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (text === "clicks") bench.picture ??= performance.now();
    write.call(this, text, x, y);
  };
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...what) => {
    const made = await instantiate(...what);
    bench.memory ??= (made.instance ?? made).exports.memory;
    return made;
  };
}

async function open(browser, scenario) {
  lines = scenario;
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => { throw error; });
  await page.addInitScript(watch);
  return page;
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** CPU time of the page's thread, so that whatever else the machine does costs nothing. */
async function frames(browser, name, scenario, goal) {
  const page = await open(browser, scenario);
  await page.goto(origin);
  await page.waitForTimeout(12_000);
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  await page.waitForTimeout(8_000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const times = frameTimes(traceEvents).sort((a, b) => a - b);
  const figures = [0.5, 0.95, 0.99].map((part) => at(times, part).toFixed(1));
  console.log(`${name}: ${times.length} frames in 8 s; script ms p50 ${figures[0]}, p95 ${figures[1]} (goal ${goal}), p99 ${figures[2]}`);
  await page.close();
}

/** A frame's callback, and the microtasks that it leaves to do, the panels among them. */
function frameTimes(events) {
  const times = [];
  let end = -1;
  for (const { name, ts, dur, tdur } of events.sort((a, b) => a.ts - b.ts)) {
    if (name === "FireAnimationFrame") {
      times.push(tdur / 1_000);
      end = ts + dur;
    } else if (name === "RunMicrotasks" && times.length > 0 && ts >= end && ts < end + 1_000) {
      times[times.length - 1] += tdur / 1_000;
    }
  }
  return times;
}

/** What the page takes when so many hours have passed. */
async function memory(browser, speed, hours) {
  const page = await open(browser, LONG(speed));
  const session = await page.context().newCDPSession(page);
  await page.goto(origin);
  const measured = [];
  for (const hour of hours) {
    await page.waitForFunction((hour) => {
      const [, days, hours] = /(?:(\d+) d )?(\d+):\d\d:\d\d/.exec(document.querySelector(".clock__elapsed")?.textContent ?? "") ?? [];
      return 24 * Number(days ?? 0) + Number(hours ?? 0) >= hour;
    }, hour, { timeout: 300_000 });
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const wasm = await page.evaluate(() => window.bench.memory?.buffer.byteLength ?? 0);
    measured.push({ usedSize, wasm, records: Math.min(hour, RETENTION_HOURS) * 3_600 * RECORD_BYTES });
  }
  await page.close();
  return measured;
}

async function growth(browser) {
  const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
  for (const [speed, hours] of [[600, [1, 11]], [10_000, [26, 46]]]) {
    const [before, after] = await memory(browser, speed, hours);
    const [wasm, records] = [after.wasm - before.wasm, after.records - before.records];
    console.log(`one record a second at ${speed}×, hour ${hours[0]} to ${hours[1]}: wasm ${mib(before.wasm)} to ${mib(after.wasm)}, ` +
      `${mib(wasm - records)} beyond what its records take, ${mib(records)} (goal none); JavaScript ${mib(before.usedSize)} to ${mib(after.usedSize)}`);
  }
}

async function start(browser) {
  const pictures = [];
  for (let run = 0; run < 5; run += 1) {
    const page = await open(browser, undefined);
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(origin);
    await page.waitForFunction(() => window.bench.picture, undefined, { timeout: 60_000 });
    pictures.push(await page.evaluate(() => window.bench.picture));
    await page.close();
  }
  pictures.sort((a, b) => a - b);
  console.log(`first picture with a CPU four times slower: ${Math.round(at(pictures, 0.5))} ms in the middle of five (goal 1000), ${Math.round(pictures[0])} at best`);
}

/** Thirty lines that a visitor adds. */
const MORE = Array.from({ length: 30 }, (_, number) =>
  `lab producer more-${number} --stream clicks --rate ${number + 1}/s --record-size 100B --keys uniform:${number + 10}`);

/** In the page: how long the panel takes from a click to a new link, in ms. */
async function makeLink() {
  const button = document.querySelector(".share__row button");
  const area = document.querySelector(".share textarea");
  const before = area.value;
  const { port1, port2 } = new MessageChannel();
  // Timers would wait for milliseconds.
  const turn = () => new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  const start = performance.now();
  button.click();
  while (area.value === before) await turn();
  return { millis: performance.now() - start, link: area.value };
}

/** Runs in the page before its own scripts: from the bytes of a link to the data that it names. */
function watchLink() {
  let start;
  const ask = window.fetch;
  window.fetch = (...what) => {
    if (start !== undefined && String(what[0]).includes("data/")) window.readMillis ??= performance.now() - start;
    return ask(...what);
  };
  let inflate;
  Object.defineProperty(window, "shardlabInflate", {
    get: () => inflate,
    set: (real) => {
      inflate = (...what) => {
        start ??= performance.now();
        return real(...what);
      };
    },
  });
}

async function links(browser, name, more) {
  const page = await open(browser, undefined);
  await page.goto(`${origin}?lang=en`);
  await page.waitForTimeout(12_000);
  for (const line of more) {
    await page.fill("#console-prompt", line);
    await page.press("#console-prompt", "Enter");
  }
  await page.click("#tab-share");
  await page.locator(".share__row button").waitFor();
  await page.waitForTimeout(1_000);
  const made = [];
  for (let run = 0; run < 9; run += 1) {
    await page.waitForTimeout(100);
    made.push(await page.evaluate(makeLink));
  }
  const { link } = made.at(-1);
  await page.close();
  const read = [];
  for (let run = 0; run < 5; run += 1) {
    const other = await open(browser, undefined);
    await other.addInitScript(watchLink);
    await other.goto(link);
    await other.waitForFunction(() => window.readMillis !== undefined, undefined, { timeout: 60_000 });
    read.push(await other.evaluate(() => window.readMillis));
    await other.close();
  }
  const middle = (times) => at(times.sort((a, b) => a - b), 0.5).toFixed(1);
  console.log(`link of ${name}, ${new URL(link).hash.length - 1} characters: made and shown in ${middle(made.map(({ millis }) => millis))} ms, read in ${middle(read)} ms, each in the middle (goal 5)`);
}

/** In the page: notes how long it takes from a key to a new answer in the log, laid out, in ms. */
function watchEcho() {
  const log = document.querySelector(".console__log");
  window.echoes = [];
  let pressed;
  addEventListener("keydown", ({ key }) => { if (key === "Enter") pressed = performance.now(); }, true);
  new MutationObserver(() => {
    if (pressed === undefined) return;
    log.querySelector(".console__block:last-of-type > :last-child").getBoundingClientRect();
    window.echoes.push(performance.now() - pressed);
    pressed = undefined;
  }).observe(log, { childList: true, subtree: true });
}

/** Answers that the log has before the line, and the lines that are entered. */
async function echo(browser, name, before) {
  const page = await open(browser, undefined);
  await page.goto(`${origin}?lang=en`);
  await page.waitForTimeout(10_000);
  const enter = async (line) => {
    await page.fill("#console-prompt", line);
    await page.press("#console-prompt", "Enter");
  };
  await enter("aws kinesis list-streams");
  await page.locator(".console__stdout").first().waitFor();
  for (let count = 1; count < before; count += 1) await enter("aws kinesis describe-stream --stream-name clicks");
  await page.waitForTimeout(1_000);
  await page.evaluate(watchEcho);
  for (let count = 0; count < 40; count += 1) {
    await enter(count % 2 === 0 ? "aws kinesis list-streams" : "aws kinesis describe-stream-summary --stream-name clicks");
    await page.waitForTimeout(50);
  }
  const times = (await page.evaluate(() => window.echoes)).sort((a, b) => a - b);
  console.log(`a line in ${name}: ${times.length} answers are in the page, laid out, after ${at(times, 0.5).toFixed(1)} ms in the middle, p95 ${at(times, 0.95).toFixed(1)} ms (goal 5)`);
  await page.close();
}

/** In the page: 200 MB of CSV in a file, so many rows a second; a third of them may be of three keys. */
function fillFile({ keys, rows, hot }) {
  let seed = 1;
  const draw = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff);
  const parts = ["user,at,action,rest\n"];
  for (let size = 0, row = 0; size < 200e6;) {
    let text = "";
    for (const end = row + 20_000; row < end; row += 1) {
      const key = hot && draw() % 3 === 0 ? `hot-${draw() % 3}` : `user-${draw() % keys}`;
      text += `${key},${1700000000 + Math.floor(row / rows)},click,${"x".repeat(60)}\n`;
    }
    // The browser keeps them elsewhere, as those of a file on a disk.
    parts.push(new Blob([text]));
    size += text.length;
  }
  window.file = new File(parts, "big.csv");
}

/** In the page: notes the longest time between two frames in each phase of a survey, in ms. */
function watchFrames() {
  const phase = () => {
    if (document.querySelector(".data__answer")) return "drawing";
    const bar = document.querySelector(".data__progress progress");
    if (!bar) return "opening";
    return bar.value < bar.max ? "reading" : "finishing";
  };
  window.longest = { opening: 0, reading: 0, finishing: 0, drawing: 0 };
  let last = performance.now();
  requestAnimationFrame(function tick() {
    const now = performance.now();
    window.longest[phase()] = Math.max(window.longest[phase()], now - last);
    last = now;
    requestAnimationFrame(tick);
  });
}

/** In the page: has the file surveyed, until its answer is there. */
async function surveyFile() {
  const transfer = new DataTransfer();
  transfer.items.add(window.file);
  const field = document.querySelector(".data__file input");
  const isDone = () => document.querySelector(".data__verdict") && !document.querySelector('.data [aria-busy="true"]');
  for (const phase of Object.keys(window.longest)) window.longest[phase] = 0;
  const start = performance.now();
  field.files = transfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  while (!isDone()) await new Promise((done) => setTimeout(done, 20));
  const millis = performance.now() - start;
  await new Promise((done) => setTimeout(done, 100));
  return { size: window.file.size, millis, longest: window.longest };
}

/** In the page: asks for more headroom or for another key column, until the page is at rest with the
 * answer to that; the longest time between two frames by then, in ms. */
async function changeChoice(what) {
  document.querySelector(".data__wishes").open = true;
  const labelled = (kind, words, field) => [...document.querySelectorAll(`.data ${kind}`)]
    .find((label) => label.textContent.includes(words)).querySelector(field);
  const field = what === "headroom" ? labelled(".data__number", "Headroom", "input") : labelled(".choice", "Partition key", "select");
  for (const phase of Object.keys(window.longest)) window.longest[phase] = 0;
  let changed = performance.now();
  const observer = new MutationObserver(() => { changed = performance.now(); });
  observer.observe(document.querySelector(".data"), { subtree: true, childList: true, attributes: true, characterData: true });
  if (what === "headroom") field.value = "60";
  else field.selectedIndex = [...field.options].findIndex(({ text }) => text.includes("action"));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  const isThere = () => document.querySelector(".data__verdict") && !document.querySelector('.data [aria-busy="true"]');
  while (!isThere() || performance.now() - changed < 2_000) await new Promise((done) => setTimeout(done, 50));
  observer.disconnect();
  return Math.max(...Object.values(window.longest));
}

/** 200 MB of CSV through the data lab, and the longest time that the page did not answer. */
async function survey(browser, name, { keys, rows = 800, hot = false }) {
  const page = await open(browser, ["lab wait 1s"]);
  await page.goto(`${origin}?lang=en&panel=data`);
  await page.waitForSelector(".data__door");
  await page.waitForTimeout(2_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value;
  };
  await page.evaluate(fillFile, { keys, rows, hot });
  // What the file was written of.
  await session.send("HeapProfiler.collectGarbage");
  await page.evaluate(watchFrames);
  await page.waitForTimeout(1_000);
  const before = await busy();
  const { size, millis, longest } = await page.evaluate(surveyFile);
  const cpu = (await busy()) - before;
  const rate = (secs) => (size / 1e6 / secs).toFixed(0);
  const phases = Object.entries(longest).map(([phase, gap]) => `${phase} ${gap.toFixed(0)}`).join(", ");
  const [phase, gap] = Object.entries(longest).sort(([, one], [, other]) => other - one)[0];
  console.log(`data lab, 200 MB of CSV, ${name}: ${rate(millis / 1_000)} MB/s (goal 60), ${rate(cpu)} MB in a second of CPU; ` +
    `longest frame ${gap.toFixed(0)} ms, while ${phase} (goal 50; ${phases})`);
  const [headroom, column] = [await page.evaluate(changeChoice, "headroom"), await page.evaluate(changeChoice, "column")];
  console.log(`the same, another choice: longest frame ${headroom.toFixed(0)} ms for another headroom, ${column.toFixed(0)} ms for another key (goal 50)`);
  await page.close();
}

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const found = browsers.map((name) => spawnSync("sh", ["-c", `command -v ${name}`]).stdout.toString().trim());
const executablePath = found.find((path) => path !== "");
if (!executablePath) throw new Error("there is no browser on PATH");
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const only = process.argv[3];
const cases = {
  busy: () => frames(browser, "16 shards, 16,000 records/s, 10 consumers", BUSY, 6),
  wide: () => frames(browser, "500 shards, 16,000 records/s", WIDE, 8),
  start: () => start(browser),
  "data-few": () => survey(browser, "50,000 keys", { keys: 50_000 }),
  "data-many": () => survey(browser, "3,000,000 keys", { keys: 3_000_000 }),
  "data-hot": () => survey(browser, "3,000,000 keys and three hot ones", { keys: 3_000_000, rows: 8_000, hot: true }),
  links: async () => {
    await links(browser, "the first scenario", []);
    await links(browser, "the same with 30 more lines", MORE);
  },
  echo: async () => {
    await echo(browser, "a short log", 1);
    await echo(browser, "a log of 200 answers", 200);
  },
  memory: () => growth(browser),
};
for (const [name, run] of Object.entries(cases)) {
  if (!only || only === name) await run();
}
await browser.close();
server.close();
