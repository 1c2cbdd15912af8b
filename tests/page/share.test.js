/** Runs that are handed on: links, files, reloads, and the page inside of others. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { test } from "node:test";
import {
  comesTo, digest, enter, frames, kept, log, open as openPanel, pause, picture, site, skip, still, total, until, violations,
} from "./page.js";

const shared = async (page) => {
  await openPanel(page, "share");
  await until("there is a link", async () => /#1:[\w-]{20}/.test(await page.locator(".share textarea").first().inputValue()));
  return page.locator(".share textarea").first().inputValue();
};

test("links and files", { skip }, async (context) => {
  const { visit } = await site(context);
  const first = await visit("?lang=en&scenario=first-stream");
  await until("the stream is there", async () => (await log(first.page)).includes("SequenceNumber"));
  await enter(first.page, "lab producer web --stream AWSCookbook701 --rate 1500/s --keys uniform:99");
  await until("records come", async () => (await total(first.page, "accepted")) > 500);
  await pause(first.page);
  const made = await digest(first.page);
  const link = await shared(first.page);
  assert.ok(link.length <= 2_000, `${link.length} characters`);
  const file = decodeURIComponent(await first.page.locator(".share a[download]").getAttribute("href")).split(",")[1];
  assert.deepEqual(await violations(first.page), []);
  await picture(first.page, "share");
  assert.deepEqual(first.said, []);
  await first.close();
  const hash = new URL(link).hash;

  await context.test("a link opens the same run, paused where it was", async () => {
    const { page, said, close } = await visit(`?lang=en${hash}`);
    await until("the run is there", async () => (await log(page)).includes("lab producer web"));
    await comesTo(page, made);
    assert.ok((await log(page)).includes("SequenceNumber"), "lines say what they said");
    await still(page, "time stands still", () => digest(page));
    assert.equal(await page.locator(".notice, .failure").count(), 0);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a file that is dropped opens the same run", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=split");
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "run.shardlab"));
      document.dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
    }, file);
    await until("the run is there", async () => (await log(page)).includes("lab producer web --stream AWSCookbook701"));
    await comesTo(page, made);
    assert.deepEqual(said, []);
    await close();
  });

  for (const [name, broken] of [
    ["cut", hash.slice(0, -30)],
    ["altered", hash.replace(/.{4}$/, "AAAA")],
    ["newer", hash.replace("#1:", "#7:")],
  ]) {
    await context.test(`a ${name} link says so and loads nothing`, async () => {
      const { page, said, close } = await visit(`?lang=en${broken}`);
      await until("it says so", async () => (await page.locator("[role=alert]").count()) === 1);
      assert.match(await page.locator("[role=alert]").innerText(), name === "newer" ? /newer/ : /cut or altered/);
      assert.match(await page.locator(".stage__summary").innerText(), /Streams: 0/);
      await page.getByRole("button", { name: "Start afresh" }).click();
      await until("the scenario is there", async () => (await log(page)).includes("lab producer web"));
      assert.deepEqual(said, []);
      await close();
    });
  }

  await context.test("a link of earlier rules says so, and opens all the same", async () => {
    const links = await readFile(new URL("../links.txt", import.meta.url), "utf8");
    const { page, said, close } = await visit(`?lang=en#${links.match(/^1:.*$/m)[0]}`);
    const notice = page.locator("[role=status].failure", { hasText: "made by an earlier Shardlab" });
    await notice.waitFor();
    await until("its lines are there", async () => (await log(page)).includes("--stream-name flights"));
    await notice.getByRole("button", { name: "Hide" }).click();
    await until("it is hidden", async () => (await notice.count()) === 0);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a reload goes on where it was", async () => {
    const { page, said, close } = await visit("?lang=en");
    await until("the scenario is there", async () => (await log(page)).includes("lab producer web"));
    await enter(page, "aws kinesis create-stream --stream-name mine --shard-count 1");
    await pause(page);
    await kept(page, "mine");
    const before = await digest(page);
    await page.reload();
    await until("it says that it goes on", async () => (await page.getByRole("button", { name: "Start afresh" }).count()) === 1);
    await until("it is where it was", async () => (await log(page)).includes("--stream-name mine"));
    await comesTo(page, before);
    await picture(page, "goes-on");
    await page.getByRole("button", { name: "Start afresh" }).click();
    await until("it begins", async () => (await page.locator("[role=status].failure").count()) === 0);
    // Those of the other run are not.
    await until("its own lines are there", async () => /^(?!.*--stream-name mine).*lab producer web/s.test(await log(page)));
    assert.deepEqual(said, []);
    await close();
  });
});

test("a reload goes on, and an address begins", { skip }, async (context) => {
  const { origin, visit } = await site(context);
  const has = (page, line) => until(`${line} was entered`, async () => (await log(page)).includes(line));
  const goesOn = (page) => page.getByRole("button", { name: "Start afresh" }).count();
  const { page, said, close } = await visit("?lang=en&scenario=split&t=20");
  const address = page.url();
  await has(page, "lab producer");
  await enter(page, "aws kinesis create-stream --stream-name seven --shard-count 1");
  await pause(page);
  await kept(page, "seven");
  const before = await digest(page);

  await context.test("where a scenario was", async () => {
    await page.reload();
    await has(page, "--stream-name seven");
    await until("it says so", async () => (await goesOn(page)) === 1);
    await comesTo(page, before);
  });

  await context.test("not in another scenario, nor in a link", async () => {
    const link = await shared(page);
    await page.goto(address.replace("split", "merge"));
    await has(page, "merge-shards");
    assert.ok(!(await log(page)).includes("--stream-name seven"));
    await enter(page, "aws kinesis create-stream --stream-name three --shard-count 1");
    await kept(page, "three");

    await page.goto(`${origin}/some/path/?lang=en${new URL(link).hash}`);
    await has(page, "--stream-name seven");
    await comesTo(page, before);
    assert.equal(await goesOn(page), 0);
    await enter(page, "aws kinesis create-stream --stream-name eleven --shard-count 1");
    await kept(page, "eleven");
    await page.reload();
    await has(page, "--stream-name eleven");
    await until("the link goes on", async () => (await goesOn(page)) === 1);
    await page.getByRole("button", { name: "Start afresh" }).click();
    await until("the link begins", async () => (await goesOn(page)) === 0);
    await comesTo(page, before);
  });

  await context.test("going back comes back, and asking again begins", async () => {
    await page.goBack();
    await has(page, "--stream-name three");
    await page.goto(address.replace("split", "merge"));
    await has(page, "merge-shards");
    // Its lines come one after the other.
    await frames(page, 30);
    assert.ok(!(await log(page)).includes("--stream-name three"));
    await page.reload();
    await has(page, "merge-shards");
    assert.ok(!(await log(page)).includes("--stream-name three"), "what was left is forgotten");
    assert.equal(await goesOn(page), 0);
  });
  assert.deepEqual(said, []);
  await close();
});

test("inside of other pages", { skip }, async (context) => {
  const { origin, browser } = await site(context);
  const open = async (path, options = {}) => {
    const inside = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    const page = await inside.newPage();
    const said = [];
    const fetched = [];
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`error: ${error.message}`));
    page.on("request", (request) => fetched.push(request.url()));
    await page.goto(`${origin}/some/path/${path}`);
    return { page, said, fetched, close: () => inside.close() };
  };
  const wasm = (fetched) => fetched.filter((url) => url.endsWith(".wasm")).length;

  await context.test("a poster loads nothing, then the stream, and takes no focus", async () => {
    const { page, said, fetched, close } = await open("examples/jekyll.html");
    await page.locator("shardlab-play button").waitFor();
    await frames(page, 30);
    assert.equal(wasm(fetched), 0);
    assert.equal(await page.evaluate(() => document.activeElement === document.body && scrollY === 0), true);
    await page.locator("shardlab-play button").click();
    const frame = page.frameLocator("shardlab-play iframe");
    await frame.locator("[data-started]").waitFor({ state: "attached" });
    assert.equal(await frame.locator("html").getAttribute("data-theme"), "dark", "as the page around");
    assert.equal(await frame.locator("html").getAttribute("lang"), "ko");
    assert.equal(await frame.locator(".header").isVisible(), false);
    assert.equal(await frame.locator(".player__toggle").isVisible(), true);
    await until("records come", async () => !/: 0\b/.test(await frame.locator(".totals").textContent()));
    const away = frame.locator(".embed a");
    await away.evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
    await away.click();
    assert.match(await away.getAttribute("href"), /\/some\/path\/\?lang=ko#1:\w+/, "with the state");
    await picture(page, "embed-jekyll");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("ten posters load nothing until asked, then one module for all", async () => {
    const { page, said, fetched, close } = await open("examples/jekyll.html");
    await page.evaluate(() => {
      const posters = Array.from({ length: 10 }, () => document.createElement("shardlab-play"));
      posters.forEach((poster) => poster.setAttribute("scenario", "split"));
      document.body.replaceChildren(...posters);
    });
    await until("they are posters", async () => (await page.locator("shardlab-play button").count()) === 10);
    await frames(page, 30);
    assert.equal(wasm(fetched), 0);
    for (let left = 10; left > 0; left -= 1) await page.locator("shardlab-play button").first().click();
    const posted = () => page.frames().filter((frame) => frame !== page.mainFrame());
    await until("ten frames are there", async () => posted().length === 10);
    for (const frame of posted()) await frame.waitForSelector("[data-started]", { state: "attached" });
    const compiled = () => page.evaluate(async () => {
      const modules = new Set();
      for (let place = 0; place < 10; place += 1) modules.add(await window[place].shardlabModule);
      modules.delete(undefined);
      return modules.size;
    });
    assert.equal(await compiled(), 1);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("the commands of a note run where they stand, and its slip is told", async () => {
    const { page, said, fetched, close } = await open("examples/jekyll.html");
    await page.locator("shardlab-run").nth(1).getByRole("button").nth(1).click();
    const output = (at) => page.locator("shardlab-run").nth(at).locator("pre");
    await until("the first has run", async () => (await output(0).innerText()).includes('"SequenceNumber"'));
    await until("the second has", async () => (await output(1).innerText()).includes("null"));
    assert.match(await output(1).innerText(), /ShardIterator/);
    const modules = fetched.filter((url) => url.endsWith(".wasm")).map((url) => url.split("/").at(-1)).sort();
    assert.deepEqual(modules, ["shardlab.console.wasm", "shardlab.wasm"], "each once, for all blocks");
    await picture(page, "run-jekyll");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("the theme follows the page around", async () => {
    const { page, said, close } = await open("examples/mdbook.html");
    await page.locator("shardlab-run").getByRole("button").first().click();
    await until("it has run", async () => (await page.locator("shardlab-run pre").innerText()).includes("clicks"));
    await page.locator("shardlab-play button").click();
    const frame = page.frameLocator("shardlab-play iframe");
    await frame.locator("[data-started]").waitFor({ state: "attached" });
    assert.equal(await frame.locator("html").getAttribute("data-theme"), "dark");
    await page.selectOption("#theme", "light");
    await until("it is light", async () => (await frame.locator("html").getAttribute("data-theme")) === "light");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a frame stands still out of view, needs no storage and keeps its address", async () => {
    const { page, said, close } = await open("examples/plain.html");
    await page.setContent(`<div style="height: 3000px"></div>
      <iframe id="one" src="${origin}/some/path/?embed=1&scenario=even-keys&view=picture,totals" width="800" height="420"
        sandbox="allow-scripts allow-same-origin"></iframe>`);
    const frame = page.frameLocator("#one");
    const count = async () => frame.locator(".totals").textContent();
    await frame.locator("[data-started]").waitFor({ state: "attached" });
    await until("it knows that it is out of view", async () => {
      const before = await count();
      await frames(page, 30);
      return (await count()) === before;
    });
    const before = await count();
    await still(page, "out of view", count);
    await page.locator("#one").scrollIntoViewIfNeeded();
    await until("it goes on in view", async () => (await count()) !== before);
    assert.equal(page.frames()[1].url(), `${origin}/some/path/?embed=1&scenario=even-keys&view=picture,totals`);
    assert.deepEqual(said.filter((line) => !line.includes("sandbox")), []);
    await close();
  });

  await context.test("without storage everything works but keeping", async () => {
    const { page, said, close } = await open("", {});
    await page.addInitScript(() => Object.defineProperty(globalThis, "localStorage", {
      get() {
        globalThis.denied = (globalThis.denied ?? 0) + 1;
        throw new DOMException("denied", "SecurityError");
      },
    }));
    await page.reload();
    await until("the scenario is there", async () => (await log(page)).includes("lab producer web"));
    const looks = () => page.evaluate(() => globalThis.denied);
    const before = await looks();
    await enter(page, "aws kinesis create-stream --stream-name kept --shard-count 1");
    await until("it tried to keep it", async () => (await looks()) > before);
    await frames(page, 3);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a host's strict policy is no obstacle", async () => {
    const { page, said, close } = await open("");
    await page.route("**/strict.html", (route) => route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; frame-src 'self'; connect-src 'self'; img-src 'self'" },
      body: `<html lang="en"><script type="module" src="embed.js"></script>
        <pre><code>aws kinesis list-streams</code></pre><shardlab-run></shardlab-run>`,
    }));
    await page.goto(`${origin}/some/path/strict.html`);
    await page.locator("shardlab-run").getByRole("button").first().click();
    await until("it has run", async () => (await page.locator("shardlab-run pre").innerText()).includes("StreamNames"));
    assert.deepEqual(said, []);
    await close();
  });
});

/** What the software of a host makes of a snippet, in as few words as this test needs. */
const RENDERED = {
  markdown: (text) => text.replace(/\[!\[(.*?)\]\((.*?)\)\]\((.*?)\)/, '<a href="$3"><img src="$2" alt="$1"></a>'),
  template: (text) => {
    const [saved, written] = text.split(/\n\n(?=\{)/);
    const run = written.match(/run="(.*?)"/)[1];
    return saved.replaceAll(/\{\{ (include\.run|\.Get "run") \}\}/g, run).replaceAll(/\{\{.*?\}\}/g, "ko");
  },
  mdx: (text) => text.replace("style={{border: 0}} />", 'style="border: 0"></iframe>'),
  address: (text) => `<iframe src="${text}" title="Shardlab" width="100%" height="420"></iframe>`,
};
const HOSTS = { Markdown: "markdown", Jekyll: "template", Hugo: "template", Docusaurus: "mdx", Notion: "address" };

test("the snippet of every host, pasted into a page elsewhere", { skip }, async (context) => {
  const { browser, visit } = await site(context);
  const made = await visit("?lang=ko&scenario=split");
  await until("records are stored", async () => /[1-9]/.test(await made.page.locator(".totals").innerText()));
  await pause(made.page);
  const totals = (place) => place.locator(".totals dd").evaluateAll((all) => all.map((one) => one.textContent).join(" "));
  const wanted = await totals(made.page);
  await shared(made.page);
  const field = made.page.locator(".copied textarea").nth(1);
  const snippets = [];
  for (const name of await made.page.locator(".share select option").allInnerTexts()) {
    await made.page.locator(".share select").selectOption({ label: name });
    snippets.push([name, await field.inputValue()]);
  }
  await made.close();
  assert.equal(snippets.length, 9);
  let note = "";
  const notes = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end(note));
  await new Promise((resolve) => notes.listen(0, "127.0.0.1", resolve));
  context.after(() => notes.close());

  for (const [name, snippet] of snippets) {
    await context.test(name, async () => {
      const kind = Object.entries(HOSTS).find(([host]) => name.startsWith(host))?.[1];
      const body = kind ? RENDERED[kind](snippet) : snippet;
      note = `<!doctype html><html lang="ko"><title>A note</title><body>${body}</body></html>`;
      const inside = await browser.newContext();
      const page = await inside.newPage();
      await page.goto(`http://127.0.0.1:${notes.address().port}/`);
      let run = page;
      if (await page.locator("img").count()) {
        await until("the picture is there", () => page.evaluate(() => document.querySelector("img").naturalWidth > 0));
        await page.click("a");
      } else {
        if (await page.locator("shardlab-play").count()) await page.locator("shardlab-play button").click();
        run = page.frameLocator("iframe");
      }
      await run.locator("[data-started]").waitFor({ state: "attached" });
      await until(`${wanted} is there`, async () => (await totals(run)) === wanted);
      assert.equal(await run.locator("html").getAttribute("lang"), "ko");
      await inside.close();
    });
  }
});

test("blocks are taken apart into commands", async () => {
  Object.assign(globalThis, { HTMLElement: class {}, customElements: { get: () => true, define() {} } });
  const source = await readFile(new URL("../../www/embed.js", import.meta.url), "utf8");
  const { commands } = await import(`data:text/javascript,${encodeURIComponent(source.replace("import.meta.url", '"http://any/"'))}`);
  assert.deepEqual(commands("# a note\naws a \\\n  --b\n\nlab c 'x\ny'\n"), ["aws a \\\n  --b", "lab c 'x\ny'"]);
  assert.deepEqual(commands("$ aws a\n{ \"printed\": 1 }\n$ aws b \\\n  --c"), ["aws a", "aws b \\\n  --c"]);
  assert.deepEqual(commands("for i in 1 2; do\n  echo $i\ndone\nlab d"), ["for i in 1 2; do\n  echo $i\ndone", "lab d"]);
});
