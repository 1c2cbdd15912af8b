/**
 * The README's comparison: `lab.request` in Node beside kinesalite over loopback HTTP, in one run.
 *
 * Each runs in a process of its own. Records are 100 bytes with unique keys, 500 a call, over 64
 * shards, put one call after the other and then read back shard by shard.
 */
import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const SHARDS = 64;
const BATCH = 500;
const BATCHES = { shardlab: 1_000, kinesalite: 60 };
const STREAM = "bench";
const DATA = Buffer.alloc(100, "x").toString("base64");

const { Shardlab } = process.env.KINESALITE ? {} : await import("../../dist/shardlab.js");

/** Calls, and answers with the parsed body; a refusal ends the benchmark. */
const clients = {
  async shardlab() {
    const lab = await Shardlab.create({ limits: "none" });
    const call = async (name, body) => lab.request(`Kinesis_20131202.${name}`, body);
    return { call, settle: async () => lab.settle(), memory: () => process.resourceUsage().maxRSS };
  },

  async kinesalite() {
    const server = fork(fileURLToPath(import.meta.url), ["serve"], { env: { ...process.env, KINESALITE: "1" } });
    const port = await new Promise((resolve) => server.once("message", resolve));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const call = (name, body) => new Promise((resolve, reject) => {
      const headers = {
        "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": `Kinesis_20131202.${name}`, "X-Amz-Date": "20261121T000000Z",
        Authorization: "AWS4-HMAC-SHA256 Credential=a/20261121/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=b",
        "Content-Length": Buffer.byteLength(body),
      };
      const sent = request({ host: "127.0.0.1", port, agent, method: "POST", headers }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }));
      });
      sent.on("error", reject).end(body);
    });
    const settle = async () => {
      const ask = () => call("DescribeStreamSummary", JSON.stringify({ StreamName: STREAM }));
      while (!(await ask()).body.includes('"ACTIVE"')) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const memory = () => new Promise((resolve) => {
      server.once("message", (kilobytes) => {
        agent.destroy();
        server.kill();
        resolve(kilobytes);
      });
      server.send("memory");
    });
    return { call, settle, memory };
  },
};

/** Puts and reads back, and tells how fast. */
async function measure(name) {
  const { call, settle, memory } = await clients[name]();
  const done = async (operation, input) => {
    const answer = await call(operation, typeof input === "string" ? input : JSON.stringify(input));
    if (answer.status !== 200) throw new Error(`${name}: ${operation}: ${answer.status} ${answer.body}`);
    return answer.body;
  };
  await done("CreateStream", { StreamName: STREAM, ShardCount: SHARDS });
  await settle();
  const bodies = Array.from({ length: 20 }, (_, batch) => JSON.stringify({
    StreamName: STREAM,
    Records: Array.from({ length: BATCH }, (_, n) => ({ Data: DATA, PartitionKey: `key-${batch}-${n}` })),
  }));
  const records = BATCHES[name] * BATCH;
  let started = performance.now();
  for (let batch = 0; batch < BATCHES[name]; batch += 1) {
    const body = await done("PutRecords", bodies[batch % bodies.length]);
    if (!body.includes('"FailedRecordCount":0')) throw new Error(`${name}: a record was refused`);
  }
  const put = records / (performance.now() - started) * 1e3;
  started = performance.now();
  let read = 0;
  for (let shard = 0; shard < SHARDS; shard += 1) {
    const ShardId = `shardId-${String(shard).padStart(12, "0")}`;
    let { ShardIterator } = JSON.parse(await done("GetShardIterator", { StreamName: STREAM, ShardId, ShardIteratorType: "TRIM_HORIZON" }));
    for (let last = 1; last > 0;) {
      const page = JSON.parse(await done("GetRecords", { ShardIterator }));
      last = page.Records.length;
      read += last;
      ShardIterator = page.NextShardIterator;
    }
  }
  const got = read / (performance.now() - started) * 1e3;
  if (read !== records) throw new Error(`${name}: put ${records} records and read ${read}`);
  return { put, got, mebibytes: await memory() / 1_024, records };
}

async function serve() {
  const kinesalite = createRequire(import.meta.url)("kinesalite");
  const server = kinesalite({ createStreamMs: 10, deleteStreamMs: 10, updateStreamMs: 10, shardLimit: 1_000 });
  process.on("message", () => process.send(process.resourceUsage().maxRSS));
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
}

if (process.argv[2] === "serve") {
  await serve();
} else {
  const round = (number) => Math.round(number).toLocaleString("en");
  const [theirs, ours] = [await measure("kinesalite"), await measure("shardlab")];
  console.log("| what | to reach | lab.request in Node | kinesalite over loopback HTTP |\n| --- | --- | --- | --- |");
  console.log(`| put, 500 × 100 B a call | ≥ 40× | ${round(ours.put)} records/s, ${round(ours.put / theirs.put)}× | ${round(theirs.put)} records/s |`);
  console.log(`| read back | ≥ 20× | ${round(ours.got)} records/s, ${round(ours.got / theirs.got)}× | ${round(theirs.got)} records/s |`);
  console.log(`| peak memory | | ${round(ours.mebibytes)} MiB with ${round(ours.records)} records | ${round(theirs.mebibytes)} MiB with ${round(theirs.records)} records |`);
}
