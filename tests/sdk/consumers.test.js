/** The types of the package in the hands of others: a strict compiler takes them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

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
