/** The real SDK in Node, against the package as it is built. */
import { test } from "node:test";
import * as kinesis from "@aws-sdk/client-kinesis";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { cases } from "./cases.js";

const { Shardlab } = await import(process.env.SHARDLAB ?? "../../dist/shardlab.js");

for (const [name, run] of Object.entries(cases)) {
  test(name, () => run({ Shardlab, sdk: { ...kinesis, ConfiguredRetryStrategy } }));
}
