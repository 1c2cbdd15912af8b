/** A visitor with data: drops it, reads which stream it needs, hands the answer on and replays it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { enter, log, open, picture, site, skip, until, violations } from "./page.js";

const shipped = (name) => new URL(`../../www/data/${name}`, import.meta.url).pathname;

/** Chooses a file of some text or bytes, as with the field. */
async function choose(page, name, content) {
  await page.setInputFiles(".data__file input", { name, mimeType: "text/plain", buffer: Buffer.from(content) });
}

/** Drops files made of parts on the page: each a name and a text. */
async function drop(page, files, target = "body") {
  await page.evaluate(({ files, target }) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of files) dataTransfer.items.add(new File([text], name));
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector(target).dispatchEvent(event);
  }, { files, target });
}

/** The whole answer is there: it is drawn part by part. */
const answered = (page) => page.waitForSelector('.data__answer[aria-busy="false"]');
const answer = async (page) => {
  await answered(page);
  return page.locator(".data__answer").innerText();
};
const alert = async (page) => {
  await page.waitForSelector(".data__failed");
  return page.locator(".data__failed").innerText();
};

/** Rows of a key that nobody has and of one that everybody has. */
function clicks(rows, hot) {
  const lines = ["user,at"];
  for (let row = 0; row < rows; row += 1) {
    lines.push(`${row % 10 < hot ? "celebrity" : `user-${row}`},${1700000000 + Math.floor(row / 4000)}`);
  }
  return `${lines.join("\n")}\n`;
}

test("the data lab", { skip }, async (context) => {
  const { visit } = await site(context);
  const lab = async (query = "", options = {}) => {
    const visited = await visit(`?lang=en&panel=data${query}`, options);
    await visited.page.waitForSelector(".data__door");
    return visited;
  };

  for (const [name, records] of [["earthquakes.csv", "1,707"], ["flights.csv", "5,000"]]) {
    await context.test(`surveys ${name}, chosen with the keyboard's field`, async () => {
      const { page, said, close } = await lab();
      await page.setInputFiles(".data__file input", shipped(name));
      await answered(page);
      const text = await answer(page);
      assert.ok(text.includes(records), text);
      assert.match(text, /Bytes in\s/);
      assert.match(text, /Provisioned/);
      assert.deepEqual(said, []);
      await close();
    });
  }

  await context.test("a hot key: the verdict, the salt, the distribution, the commands", async () => {
    const { page, said, close } = await lab();
    await choose(page, "clicks.csv", clicks(20_000, 5));
    await answered(page);
    const verdict = await page.locator(".data__verdict").innerText();
    assert.match(verdict, /^The key user cannot fit: 1 of its values takes more in one second than a shard/);
    assert.equal(await page.locator(".data__verdict").getAttribute("data-fits"), "false");
    const text = await answer(page);
    assert.match(text, /Hottest in one second: celebrity takes 200 % of a shard \(2,000 records\/s/);
    assert.match(text, /Salt: give that key \d+ suffixes/);
    assert.match(text, /celebrity\s+49\.97 %\s+10,000/);
    assert.equal(await page.locator(".data__figure svg").count(), 3);
    const code = page.locator(".data__build textarea");
    await until("commands are written", async () => (await code.count()) > 0);
    assert.match(await code.inputValue(), /aws kinesis create-stream --stream-name clicks --shard-count \d+/);
    await page.locator(".data__forms button", { hasText: "Terraform" }).click();
    await until("they are Terraform's", async () => /resource "aws_kinesis_stream"/.test(await code.inputValue()));
    await page.locator(".data__forms button", { hasText: "boto3" }).click();
    await until("they are Python's", async () => /import boto3/.test(await code.inputValue()));
    await page.locator(".data__build select").selectOption({ label: "on-demand" });
    await until("they are on demand", async () => /ON_DEMAND/.test(await code.inputValue()));
    await picture(page, "data-hot-key");

    // Another key, another answer: by itself.
    await page.locator(".data__fields .choice", { hasText: "Partition key" }).locator("select").selectOption({ index: 0 });
    await until("without a key it fits", async () => (await page.locator(".data__verdict").innerText()) === "5 shards are enough.");
    await page.locator(".data__wishes summary").click();
    const headroom = page.locator(".data__number", { hasText: "Headroom" }).locator("input");
    await headroom.fill("60");
    await headroom.press("Tab");
    await until("more headroom asks for more", async () => (await page.locator(".data__verdict").innerText()) === "10 shards are enough.");
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("bad files say what they are, and what can be read is used", async () => {
    const { page, said, close } = await lab();
    for (const [name, content, told] of [
      ["empty.csv", "", /^empty\.csv is empty\./],
      ["header.csv", "user,at\n", /line of column names and no row/],
      ["packed.csv.gz", [0x1f, 0x8b, 8, 0, 0, 0], /packed \(gzip\)/],
      ["table.parquet", "PAR1xxxx", /Parquet/],
      ["noise.bin", [1, 0, 2, 0, 0, 0, 9, 9, 0, 0, 1, 2, 3, 4], /no text.*line 1/],
      ["all.json", "[\n  {\n    \"user\": \"a\"\n  }\n]\n", /jq -c/],
    ]) {
      await choose(page, name, Buffer.from(content));
      assert.match(await alert(page), told, name);
    }
    const rows = [
      ["wrong.csv", "user,at\na,1700000000\nb;1700000000\na,1700000001\n", [/Rows that were left out: 1/, /not as many cells as columns\s+1\s+3/]],
      ["times.csv", "user,at\na,2023-11-14T00:00:00Z\nb,yesterday\nc,2023-11-14T00:00:01Z\nd,2023-11-14T00:00:02Z\n" +
        "e,2023-11-14T00:00:02Z\nf,2023-11-14T00:00:02Z\ng,2023-11-14T00:00:02Z\nh,2023-11-14T00:00:02Z\n" +
        "i,2023-11-14T00:00:02Z\nj,2023-11-14T00:00:02Z\nk,2023-11-14T00:00:02Z\n", [/no time that can be read\s+1\s+3/]],
      ["mixed.csv", "user,at\r\na,1700000000\nb,1700000000\ra,1700000001\n", [/Lines end in several ways/, /Records\s+3/]],
      ["objects.ndjson", '{"user":"a","at":1700000000}\n{"user":\n{"user":"a","at":1700000001}\n', [/no JSON object\s+1\s+2/]],
    ];
    for (const [name, content, told] of rows) {
      await choose(page, name, content);
      await until(`${name} is answered`, async () => (await page.locator(".data__answer h2").allInnerTexts()).join().startsWith(name));
      for (const words of told) assert.match(await answer(page), words, name);
    }
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("user,at\r\n가,1700000000\r\n나,1700000000\r\n", "utf16le")]);
    await choose(page, "wide.csv", wide);
    await until("UTF-16 is answered", async () => /가\s/.test(await page.locator(".data").innerText()) && (await page.locator(".data__answer").count()) > 0);
    assert.match(await page.locator(".data__form").innerText(), /UTF-16 LE/);
    await choose(page, "log.txt", '10.0.0.1 - - [20/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 5\n10.0.0.1 - - [20/Nov/2026:12:00:01 +0000] "GET / HTTP/1.1" 200 5\n');
    await until("a log is answered", async () => (await page.locator(".data__answer h2").innerText()).startsWith("log.txt"));
    assert.match(await answer(page), /10\.0\.0\.1/);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("a gigabyte can be stopped, and one that breaks off is used as far as it went", async () => {
    const { page, said, close } = await lab();
    await page.evaluate(() => {
      // A file of a gigabyte that holds the same slice again and again, and breaks if it is told to.
      const row = `ann,1700000000,${"x".repeat(80)}\n`;
      const bytes = new TextEncoder().encode(row.repeat(20_000));
      globalThis.huge = (name, until) => {
        const file = new File(["user,at,rest\n"], name);
        Object.defineProperty(file, "size", { value: 1e9 });
        file.slice = (from, to) => ({
          arrayBuffer: async () => {
            if (from >= until) throw new DOMException("the file was moved", "NotReadableError");
            const head = from === 0 ? new TextEncoder().encode("user,at,rest\n") : new Uint8Array();
            return new Blob([head, bytes]).slice(0, to - from).arrayBuffer();
          },
        });
        const field = document.querySelector(".data__file input");
        Object.defineProperty(field, "files", { configurable: true, value: { 0: file, length: 1, item: () => file } });
        field.dispatchEvent(new Event("change", { bubbles: true }));
      };
      globalThis.huge("huge.csv", Infinity);
    });
    await page.waitForSelector(".data__progress progress");
    await until("some of it is read", async () => /[1-9]\d* %/.test(await page.locator(".data__progress").innerText()));
    await page.locator(".data__progress button").click();
    await answered(page);
    assert.match(await page.locator(".data__note").innerText(), /^Stopped at .* of 953 MiB\. This is of what was read\./);
    assert.match(await answer(page), /ann/);
    await page.evaluate(() => globalThis.huge("broken.csv", 20e6));
    await until("it broke off", async () => /could read only .* \(the file was moved\)/.test(await page.locator(".data").innerText()));
    assert.match(await answer(page), /ann/);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("the answer travels without the data, as a link and as a file", async () => {
    const { page, said, close } = await lab();
    await choose(page, "clicks.csv", clicks(20_000, 5));
    await answered(page);
    const field = page.locator(".data__give textarea");
    await until("there is a link", async () => /#sizing=1:\w{100}/.test(await field.inputValue()));
    const [, hash] = (await field.inputValue()).split("#");
    await page.locator(".data__give input").check();
    await until("it tells the keys", async () => !(await field.inputValue()).includes(hash));
    const [, telling] = (await field.inputValue()).split("#");
    const verdict = await page.locator(".data__verdict").innerText();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".data__give a").click()]);
    const file = await readFile(await download.path(), "utf8");
    assert.ok(file.startsWith("shardlab-answer sizing=1:"), file.slice(0, 60));
    await close();

    for (const [link, key] of [[hash, "(not told)"], [telling, "celebrity"]]) {
      const other = await visit(`?lang=en#${link}`);
      await answered(other.page);
      assert.equal(await other.page.locator(".data__verdict").innerText(), verdict);
      const text = await answer(other.page);
      assert.ok(text.includes(`Hottest in one second: ${key} takes 200 %`), text);
      assert.match(text, /made elsewhere, by Shardlab 0\.1\.0/);
      assert.equal(await other.page.locator(".data__form, .data__replay").count(), 0, "there is no data");
      assert.deepEqual(other.said, []);
      await other.close();
    }

    const third = await visit("?lang=en");
    await drop(third.page, [{ name: "clicks.answer", text: file }]);
    await answered(third.page);
    assert.equal(await third.page.locator(".data__verdict").innerText(), verdict);
    assert.deepEqual(third.said, []);
    await third.close();

    const flipped = `${hash.slice(0, 60)}${hash[60] === "A" ? "B" : "A"}${hash.slice(61)}`;
    for (const [bad, told] of [
      [hash.slice(0, -9), /cut or altered/],
      [flipped, /cut or altered/],
      [hash.replace("=1:", "=7:"), /newer Shardlab/],
      ["sizing=1:<img src=x onerror=alert(1)>", /cut or altered/],
      [`sizing=1:${"A".repeat(100_000)}`, /cut or altered/],
    ]) {
      const victim = await visit(`?lang=en#${bad}`);
      assert.match(await alert(victim.page), told, bad.slice(0, 80));
      assert.equal(await victim.page.locator(".data__answer").count(), 0);
      assert.deepEqual(victim.said, []);
      await victim.close();
    }
    assert.deepEqual(said, []);
  });

  await context.test("the data is replayed into the stream that is advised", async () => {
    const { page, said, close } = await lab();
    await page.locator(".data__door button", { hasText: "earthquakes.csv" }).click();
    await answered(page);
    await page.locator(".data__wishes summary").click();
    const speed = page.locator(".data__number", { hasText: "Times as fast" }).locator("input");
    await speed.fill("36000");
    await speed.press("Tab");
    await page.locator(".data__go").click();
    await until("its lines are entered", async () => (await log(page)).includes("lab replay earthquakes --data earthquakes.csv"));
    assert.equal(await page.locator(".data__replay [role=status]").innerText(), "Entered: the stream earthquakes and its replay.");
    await open(page, "console");
    await enter(page, "lab wait 30s");
    await enter(page, "lab status");
    await until("all rows are stored", async () =>
      /producer earthquakes: finished, offered 1707, accepted 1707/.test(await log(page)));
    await open(page, "data");
    assert.equal(await page.locator(".data__verdict").count(), 1, "the answer is still there");
    assert.deepEqual(said, []);
    await close();
  });

  const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  const times = Array.from({ length: 40 }, (_, row) => 1700000000 + Math.floor(row / 4));
  for (const [name, content, rows] of [
    ["wide.csv", utf16(`user,at\r\n${times.map((at, row) => `가-${row % 5},${at}\r\n`).join("")}`), 40],
    ["piped.txt", utf16(`user|at|note\n${times.map((at, row) => `u${row % 5}|${at}|"a|b"\n`).join("")}`), 40],
    ["tabs.tsv", `user\tat\n${times.map((at, row) => `u${row % 5}\t${at}\n`).join("")}`, 40],
    ["semi.csv", `user;at\n${times.map((at, row) => `u${row % 5};${at}\n`).join("")}`, 40],
    ["web.log", times.map((at, row) => `10.0.0.${row % 5} - - [${new Date(at * 1000).toISOString().replace(
      /(\d+)-\d+-(\d+)T([\d:]+).*/, "$2/Nov/$1:$3")} +0000] "GET /${row}, HTTP/1.1" 200 5\n`).join(""), 40],
  ]) {
    await context.test(`${name} is replayed, and so it is from a link and the file that it names`, async () => {
      const { page, said, close } = await lab();
      await choose(page, name, content);
      await answered(page);
      // The scenario has a producer web.
      const stem = name === "web.log" ? "web-2" : name.split(".")[0];
      await page.locator(".data__go").click();
      await until("its lines are entered", async () => (await log(page)).includes(`lab replay ${stem} `));
      await page.locator(".data__replay [role=status]").waitFor();
      const saving = page.locator(".data__replay a");
      const isOwn = ["tabs.tsv", "semi.csv"].includes(name);
      assert.equal(await saving.count(), isOwn ? 0 : 1, "a file that the visitor has needs no other");
      let file = Buffer.from(content);
      if (!isOwn) {
        const [download] = await Promise.all([page.waitForEvent("download"), saving.click()]);
        assert.equal(download.suggestedFilename(), name);
        file = await readFile(await download.path());
      }
      await open(page, "console");
      const sent = async (page) => {
        await until("nothing is in progress", async () => (await page.locator(".console__progress").count()) === 0);
        await enter(page, "lab wait 40s");
        await enter(page, "lab status");
        await until("all rows are stored", async () =>
          (await log(page)).includes(`producer ${stem}: finished, offered ${rows}, accepted ${rows}`));
      };
      await sent(page);
      await open(page, "share");
      const link = page.locator(".share textarea").first();
      await until("there is a link", async () => (await link.inputValue()).includes("#1:"));
      const address = await link.inputValue();
      assert.deepEqual(said, []);
      await close();

      const other = await visit(`?lang=en#${address.split("#")[1]}`);
      await until("it asks for the file", async () => (await other.page.locator("[role=alert], .failure").allInnerTexts()).join().includes(name));
      await other.page.evaluate(({ bytes, name }) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(bytes)], `copy of ${name}`));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      }, { bytes: [...file], name });
      await until("its lines are there", async () => (await log(other.page)).includes(`lab replay ${stem} `));
      assert.deepEqual(other.said, []);
      await other.close();
    });
  }

  await context.test("of several files the visitor chooses", async () => {
    const { page, said, close } = await lab();
    const file = (key) => `user,at\n${key},1700000000\n${key},1700000001\n`;
    await drop(page, ["one", "two", "three"].map((key) => ({ name: `${key}.csv`, text: file(key) })));
    await answered(page);
    const title = () => page.locator(".data__answer h2").innerText();
    await until("the first is answered", async () => (await title()).startsWith("one.csv"));
    const choice = page.locator(".choice", { hasText: "One file at a time" }).locator("select");
    assert.deepEqual(await choice.locator("option").allInnerTexts(), ["one.csv", "two.csv", "three.csv"]);
    await choice.selectOption({ index: 2 });
    await until("the third is answered", async () => (await page.locator(".data__answer").count()) === 1 && (await title()).startsWith("three.csv"));
    assert.match(await answer(page), /three/);
    assert.equal(await choice.inputValue(), "three.csv");
    assert.deepEqual(await violations(page), []);
    await picture(page, "data-several");
    await choose(page, "alone.csv", file("alone"));
    await until("one alone is answered", async () => (await title()).startsWith("alone.csv"));
    assert.equal(await choice.count(), 0);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("of a large file the part around its peak is replayed", async () => {
    const { page, said, close } = await lab();
    await page.evaluate(() => {
      const lines = ["user,at,rest"];
      for (let second = 0; second < 3_000; second += 1) {
        for (let row = 0; row < (second === 2_000 ? 500 : 60); row += 1) {
          lines.push(`user-${row},${1700000000 + second},${"x".repeat(60)}`);
        }
      }
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([lines.join("\n")], "large.csv"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    await answered(page);
    await page.locator(".data__go").click();
    await until("it is entered", async () => (await log(page)).includes("lab replay large --data large.csv"));
    const told = await page.locator(".data__replay [role=status]").innerText();
    assert.match(told, /more than 10 MiB, so [\d,]+ rows around the peak are replayed: from 2023-11-14 22:\d\d:\d\d to 2023-11-14 23:/);
    await open(page, "console");
    await enter(page, "lab wait 30s");
    await enter(page, "lab status");
    await until("it is sent", async () => /producer large: sending/.test(await log(page)));
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("files dropped elsewhere: small ones for lines as ever, large ones are offered", async () => {
    const { page, said, close } = await visit("?lang=en");
    await drop(page, [{ name: "hello.txt", text: "hello" }]);
    await until("it is a file for lines", async () => (await log(page)).includes("file://hello.txt"));
    await drop(page, [{ name: "large.csv", text: clicks(600_000, 0) }]);
    await until("it is offered", async () => (await page.locator(".failure").count()) > 0);
    assert.match(await log(page), /large\.csv is too large for file:/);
    await page.locator(".failure button", { hasText: "Survey it" }).click();
    await answered(page);
    assert.equal(await page.locator(".failure").count(), 0);
    assert.match(await answer(page), /600,000/);
    assert.deepEqual(said, []);
    await close();
  });

  await context.test("on paper there is the answer alone", async () => {
    const { page, said, close } = await lab();
    await choose(page, "clicks.csv", clicks(20_000, 5));
    await answered(page);
    await page.waitForSelector(".data__build textarea");
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".header", ".layout__stage", ".data__door", ".data__form", ".data__replay", ".data__give", "[role=tablist]", ".totals"]) {
      assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    }
    for (const seen of [".data__verdict", ".data__figure", ".data__costs", ".copied__printed"]) {
      assert.equal(await page.locator(seen).first().isVisible(), true, seen);
    }
    await picture(page, "data-print");
    assert.deepEqual(said, []);
    await close();
  });

  for (const lang of ["en", "ko"]) {
    await context.test(`axe finds nothing wrong in ${lang}, nor is anything cut off at 320 px`, async () => {
      const { page, said, close } = await visit(`?lang=${lang}&panel=data`, { viewport: { width: 320, height: 700 } });
      await page.waitForSelector(".data__door");
      assert.deepEqual(await violations(page), []);
      await choose(page, "clicks.csv", clicks(20_000, 5));
      await answered(page);
      for (const details of await page.locator(".data details").all()) await details.locator("summary").click();
      assert.deepEqual(await violations(page), []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${width} px wide`);
      await picture(page, `data-320-${lang}`);
      assert.deepEqual(said, []);
      await close();
    });
  }
});
