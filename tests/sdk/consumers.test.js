/** The package in the hands of others: a strict compiler, a bundler, and a bug of its own. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("a strict compiler takes the types", () => {
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess",
    "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable", "--types", "", "--skipLibCheck"];
  const compiler = here("node_modules/typescript/bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, ...options, here("consumer.ts")], { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
});

test("the types alone are sound, too", () => {
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", "--types", ""];
  const compiler = here("node_modules/typescript/bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, ...options, here("../../dist/shardlab.d.ts")], { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
});

test("a bundler makes one file of it, which finds its engine beside it or is handed it", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "shardlab-"));
  context.after(() => rm(folder, { recursive: true }));
  const entry = `import { Shardlab } from ${JSON.stringify(here("../../dist/shardlab.js"))};
    export const digest = async (options) => (await Shardlab.create(options)).digest();`;
  await build({
    stdin: { contents: entry, resolveDir: folder }, bundle: true, format: "esm", minify: true,
    outfile: join(folder, "bundle.mjs"),
  });
  const [wasm, consoleWasm] = [here("../../dist/shardlab.wasm"), here("../../dist/shardlab.console.wasm")];
  await cp(wasm, join(folder, "shardlab.wasm"));
  await cp(consoleWasm, join(folder, "shardlab.console.wasm"));
  await writeFile(join(folder, "run.mjs"), `import { digest } from "./bundle.mjs";
    import { readFileSync } from "node:fs";
    const options = JSON.parse(process.argv[2] ?? "{}");
    for (const name of ["wasm", "consoleWasm"]) if (options[name]) options[name] = readFileSync(options[name]);
    console.log(await digest(options));`);
  const run = (options = {}) => spawnSync(process.execPath, [join(folder, "run.mjs"), JSON.stringify(options)], { encoding: "utf8" });
  const { Shardlab } = await import(pathToFileURL(here("../../dist/shardlab.js")));
  const digest = (await Shardlab.create()).digest();
  assert.equal(run().stdout.trim(), digest);
  await rm(join(folder, "shardlab.console.wasm"));
  assert.match(run().stderr, /could not load its console.*pass its bytes.*console: false/);
  assert.equal(run({ console: false }).stdout.trim(), digest);
  await rm(join(folder, "shardlab.wasm"));
  assert.match(run({ console: false }).stderr, /could not load its engine.*pass its bytes/);
  assert.equal(run({ wasm, consoleWasm }).stdout.trim(), digest);
  assert.match(run({ wasm, consoleWasm: wasm }).stderr, /its file belongs to another engine/);
});

test("a lab without a console loads none, and another one beside it has one", async () => {
  const code = `
    import assert from "node:assert/strict";
    const { Shardlab } = await import(${JSON.stringify(pathToFileURL(here("../../dist/shardlab.js")).href)});
    const options = { seed: 9, limits: "none", transitionMillis: 300, startTime: "2026-01-01T00:00:00Z" };
    const create = (lab) => lab.request("Kinesis_20131202.CreateStream", '{"StreamName":"orders","ShardCount":2}').status;
    const bare = await Shardlab.create({ ...options, console: false, consoleWasm: new URL("file:///nowhere") });
    assert.equal(create(bare), 200);
    bare.settle();
    assert.throws(() => bare.enter("lab status"), /has no console.*Shardlab\\.create\\(\\)/);
    const whole = await Shardlab.create(options);
    assert.equal(create(whole), 200);
    whole.settle();
    assert.equal(whole.digest(), bare.digest());
    assert.equal(whole.enter("aws kinesis list-streams --query 'StreamNames[0]'").stdout.trim(), '"orders"');
    assert.throws(() => bare.addData("rows", "time,key\\n1,a\\n"), /has no console/);
    whole.addData("rows", "time,key\\n1,a\\n");
    await assert.rejects(Shardlab.create({ console: false, journal: true }), /a journal is made of lines/);
    await assert.rejects(Shardlab.create({ console: "no" }), /neither true nor false/);
    await assert.rejects(Shardlab.create({ console: false, seed: 1, accountId: "12" }), /--account/);`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

test("a bug in the engine is an error that says what to do, and the next lab works", async () => {
  // No call is known that panics, so one is made to trap, as a panic does where it ends.
  const { Shardlab } = await import("../../dist/shardlab.js");
  const lab = await Shardlab.create();
  const other = await Shardlab.create();
  const digest = lab.digest();
  const { Engine } = await import("../../dist/shardlab.glue.js");
  const whole = Engine.prototype.enter;
  Engine.prototype.enter = function (line) {
    whole.call(this, line);
    throw new WebAssembly.RuntimeError("unreachable");
  };
  try {
    assert.throws(() => lab.enter("lab status"), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /a bug of its own.*cannot be used any more.*Shardlab\.create\(\)/s);
      return true;
    });
  } finally {
    Engine.prototype.enter = whole;
  }
  assert.throws(() => lab.digest(), /a bug of its own/);
  assert.throws(() => other.digest(), /A bug in another lab has taken this one along/);
  const next = await Shardlab.create();
  assert.equal(next.digest(), digest);
  assert.equal(next.enter("aws kinesis list-streams").status, 0);
});
