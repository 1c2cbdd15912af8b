/** What visitors do: with the mouse, with the keyboard alone, forward and back in time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cutOff, enter, frames, log, pause, picture, site, skip, total, until, violations } from "./page.js";

const focused = (page) => page.evaluate(() => `${document.activeElement.id} ${document.activeElement.className}`.trim());
/** The panel that was chosen is there, drawn to the end. */
const shown = async (page) => {
  await page.locator("[role=tabpanel]:visible > *").first().waitFor();
  await frames(page, 3);
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
};

test("journeys", { skip }, async (context) => {
  const { visit } = await site(context);

  await context.test("a hot shard throttles within ten seconds", async () => {
    const { page, said, close } = await visit("?lang=en");
    await until("records are refused", async () => (await total(page, "throttled")) > 0);
    await picture(page, "hot-shard");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("back in time and onto a branch", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=hot-shard");
    await until("records are refused", async () => (await total(page, "throttled")) > 0);
    const accepted = await total(page, "accepted");
    await pause(page);
    await page.focus(".player__scrubber");
    await page.keyboard.press("Home");
    await until("the run is at its beginning", async () => (await total(page, "accepted")) === 0);
    await page.keyboard.press("End");
    await until("the run is at its end again", async () => (await total(page, "accepted")) >= accepted);
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press("ArrowLeft");
    await until("the run is a little back", async () => (await total(page, "accepted")) < accepted);
    await enter(page, "lab producer web --stop");
    await until("there is a second branch", async () => (await page.locator(".player__branches option").count()) === 2);
    await picture(page, "branch");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("what is entered before the prompt's own code is here waits for it", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=first-stream");
    let release;
    const held = new Promise((done) => { release = done; });
    await page.route(/split_prompt/, async (route) => {
      await held;
      await route.continue();
    });
    await page.focus("#console-prompt");
    for (const line of ["lab help wait", "echo 'one"]) {
      await page.keyboard.type(line);
      await page.keyboard.press("Enter");
    }
    await page.keyboard.type("two'");
    assert.equal(await page.inputValue("#console-prompt"), "two'");
    release();
    await until("the first line is entered", async () => (await log(page)).includes("lab help wait"));
    await until("the second goes on", async () => (await page.inputValue("#console-prompt")) === "echo 'one\ntwo'");
    await page.press("#console-prompt", "Enter");
    await until("it is entered", async () => (await page.locator(".console__stdout").last().innerText()).includes("two"));
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("by keyboard alone", async () => {
    const { page, said, close } = await visit("?lang=en&scenario=first-stream");
    await page.keyboard.press("/");
    assert.match(await focused(page), /^console-prompt/);
    await page.keyboard.type("aws kinesis create-stream --stream-name typed --shard-count 2");
    await page.keyboard.press("Enter");
    await page.keyboard.type("aws kinesis describe-stream-summary --stream-name typed");
    await page.keyboard.press("Enter");
    await until("the answer is there", async () => (await log(page)).includes('"OpenShardCount"'));
    await page.keyboard.press("Escape");
    const seen = new Set();
    await page.evaluate(() => document.activeElement.blur());
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      seen.add(await focused(page));
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      const where = await focused(page);
      assert.ok(outline !== "none" || where === "", `${where} shows that it has the focus`);
    }
    await page.keyboard.press("?");
    assert.match(await focused(page), /^tab-help/);
    await until("the keys are listed", async () => (await page.locator(".help kbd").count()) > 10);
    await page.fill(".help input", "트림");
    await until("no word is found", async () => (await page.locator(".help dfn").count()) === 0);
    await page.focus(".stage__spot[tabindex='0']");
    await page.keyboard.press("ArrowDown");
    assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /shardId-000000000000$/);
    await page.keyboard.press("Enter");
    await until("the shard is told about", async () => (await page.locator(".inspector__title").innerText()).includes("shardId-000000000000"));
    for (const part of ["gallery__open", "player__toggle", "player__scrubber", "stage__scroller", "stage__spot", "console__log", "console-prompt"]) {
      assert.ok([...seen].some((name) => name.includes(part)), `Tab comes to ${part}: ${[...seen].join(" | ")}`);
    }
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a note's lab, pasted whole", async () => {
    const { page, said, close } = await visit("?lang=ko&scenario=first-stream");
    await until("the scenario is done", async () => (await page.locator(".stage__summary").innerText()).length > 0);
    await enter(page, "aws kinesis create-stream --stream-name test --shard-count 1; aws kinesis wait stream-exists --stream-name test");
    await enter(page, "aws kinesis put-record --stream-name test --partition-key user1 --data 'user signup' --cli-binary-format raw-in-base64-out");
    await until("the record is stored", async () => (await log(page)).includes('"SequenceNumber"'));
    assert.deepEqual(said, []);
    await close();
  });

  for (const [lang, colorScheme] of [["en", "light"], ["en", "dark"], ["ko", "light"], ["ko", "dark"]]) {
    await context.test(`everyone: ${lang}, ${colorScheme}`, async () => {
      const { page, said, close } = await visit(`?lang=${lang}`, { colorScheme, reducedMotion: "reduce" });
      await until("the picture is there", async () => (await page.locator(".console__entry").count()) > 4);
      const found = [];
      for (const tab of await page.locator("[role=tab]").all()) {
        await tab.click();
        await shown(page);
        const id = await tab.getAttribute("id");
        found.push(...(await violations(page)).map((line) => `${id}: ${line}`));
        await picture(page, `${id}-${lang}-${colorScheme}`);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(said, []);
      await close();
    });
  }

  await context.test("colors that a system forces", async () => {
    const { page, said, close } = await visit("?lang=en", { forcedColors: "active" });
    await until("the picture is there", async () => (await page.locator(".console__entry").count()) > 4);
    const drawn = await page.evaluate(() => {
      const [canvas, body] = [document.querySelector("canvas"), getComputedStyle(document.body)];
      const [red, green, blue] = canvas.getContext("2d").getImageData(2, 2, 1, 1).data;
      return { ground: `rgb(${red}, ${green}, ${blue})`, page: body.backgroundColor };
    });
    assert.equal(drawn.ground, drawn.page);
    await picture(page, "forced-colors");
    assert.deepEqual(said, []);
    await close();
  });

  // 640 × 400 is a window of 1280 × 800 at 200 %.
  for (const [width, height, deviceScaleFactor] of [[320, 640, 1], [390, 844, 2], [640, 400, 2], [720, 450, 1], [1024, 768, 1]]) {
    for (const lang of ["en", "ko"]) {
      await context.test(`nothing is cut off at ${width} × ${height} in ${lang}`, async () => {
        const { page, said, close } = await visit(`?lang=${lang}`, { viewport: { width, height }, deviceScaleFactor, colorScheme: "dark" });
        await until("the picture is there", async () => (await page.locator(".console__entry").count()) > 4);
        for (const tab of await page.locator("[role=tab]").all()) {
          await tab.click();
          await shown(page);
          assert.deepEqual(await cutOff(page), [], `${await tab.innerText()}`);
        }
        await page.click(".gallery summary");
        await page.locator(".gallery__link").first().waitFor();
        assert.deepEqual(await cutOff(page), [], "the gallery");
        await picture(page, `size-${width}-${lang}`);
        assert.deepEqual(said, []);
        await close();
      });
    }
  }
});

test("the policy of the page", { skip }, async (context) => {
  const { visit } = await site(context);
  const { page } = await visit("?lang=en");
  const outcome = await page.evaluate(async () => {
    const seen = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => seen.push(violatedDirective));
    const script = document.createElement("script");
    script.textContent = "globalThis.intruder = true";
    document.body.append(script);
    await fetch("https://example.com/").catch(() => {});
    for (let left = 300; left > 0 && seen.length < 2; left -= 1) await new Promise((done) => requestAnimationFrame(done));
    return { seen, intruder: "intruder" in globalThis };
  });
  assert.equal(outcome.intruder, false);
  assert.ok(outcome.seen.some((rule) => rule.startsWith("script-src")), "inline scripts do not run");
  assert.ok(outcome.seen.some((rule) => rule.startsWith("connect-src")), "nothing is sent anywhere");
});
