/** The real SDK in a headless browser, against the package as a site serves it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { test } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const MEDIA = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };
const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const paths = browsers.map((name) => spawnSync("sh", ["-c", `command -v ${name}`]).stdout.toString().trim());
const executablePath = paths.find((path) => path !== "");

const bundle = await build({
  stdin: {
    contents: `import * as kinesis from "@aws-sdk/client-kinesis";
      import { ConfiguredRetryStrategy } from "@smithy/core/retry";
      import { cases } from "./cases.js";
      import { Shardlab } from "/package/shardlab.js";
      window.names = Object.keys(cases);
      window.run = (name) => cases[name]({ Shardlab, sdk: { ...kinesis, ConfiguredRetryStrategy } });`,
    resolveDir: import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  },
  bundle: true, format: "esm", platform: "browser", external: ["/package/*"], write: false,
});

const server = createServer(async ({ url }, response) => {
  const found = url.startsWith("/package/") && /^[\w.]+$/.test(url.slice(9));
  const body = url === "/" ? '<script type="module" src="/bundle.js"></script>'
    : url === "/bundle.js" ? bundle.outputFiles[0].contents
    : found && (await readFile(new URL(`../../dist/${url.slice(9)}`, import.meta.url)).catch(() => undefined));
  response.writeHead(body ? 200 : 404, { "content-type": MEDIA[url.split(".").at(-1)] ?? MEDIA.html }).end(body || "");
});

test("in a browser", { skip: !executablePath && "there is no browser on PATH" }, async (context) => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  context.after(async () => {
    await browser.close();
    server.close();
  });
  const page = await browser.newPage();
  const elsewhere = [];
  const origin = `http://127.0.0.1:${server.address().port}`;
  page.on("request", (request) => request.url().startsWith(origin) || elsewhere.push(request.url()));
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => window.names, undefined, { timeout: 60_000 });
  for (const name of await page.evaluate(() => window.names)) {
    await context.test(name, () => page.evaluate((name) => window.run(name), name));
  }
  assert.deepEqual(elsewhere, [], "no request leaves the page");
});
