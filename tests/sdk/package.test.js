/** The package's own interface, in Node: what it promises, and that nothing wrong gets in. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const { Shardlab } = await import("../../dist/shardlab.js");
const target = (name) => `Kinesis_20131202.${name}`;

test("the README's examples run as they stand", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((found) => found[1]);
  assert.equal(examples.length, 2);
  const here = { "./shardlab.js": new URL("../../dist/shardlab.js", import.meta.url).href };
  const code = examples.join("").replace(/from "([^"]+)"/g, (_, name) => {
    return `from "${here[name] ?? import.meta.resolve(name)}"`;
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(`${code}\nexport { lab, listed, names };`)}`);
  assert.deepEqual(module.names, ["orders"]);
  assert.deepEqual(module.listed, ["orders"]);
});

test("text is answered by text, and bytes by bytes", async () => {
  const lab = await Shardlab.create();
  const text = lab.request(target("ListStreams"), "{}");
  assert.equal(text.status, 200);
  assert.equal(text.headers["content-type"], "application/x-amz-json-1.1");
  assert.deepEqual(JSON.parse(text.body).StreamNames, []);
  for (const body of [new Uint8Array([123, 125]), new Uint8Array([123, 125]).buffer, Buffer.from("{}")]) {
    const answer = lab.request(target("ListStreams"), body);
    assert.ok(answer.body instanceof Uint8Array);
    assert.equal(new TextDecoder().decode(answer.body), text.body);
  }
  const cbor = lab.request(target("ListStreams"), new Uint8Array([0xa0]), { contentType: "application/x-amz-cbor-1.1" });
  assert.equal(cbor.headers["content-type"], "application/x-amz-cbor-1.1");
});

test("what is wrong says what would be right, and changes nothing", async () => {
  const lab = await Shardlab.create();
  const before = lab.digest();
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  for (const [call, words] of [
    [() => lab.advance(NaN), /0 or more/],
    [() => lab.advance(-1), /0 or more/],
    [() => lab.advance("5"), /0 or more/],
    [() => lab.advance(Infinity), /from 1970 to 9999/],
    [() => lab.advanceTo(0), /time runs forward/],
    [() => lab.advanceTo("soon"), /is no date/],
    [() => lab.request(7, "{}"), /the target is text/],
    [() => lab.request(target("ListStreams"), { a: 1 }), /JSON.stringify/],
    [() => lab.request(target("ListStreams"), "{}", { contentType: 1 }), /contentType is text/],
    [() => lab.enter(undefined), /the line is text/],
    [() => lab.addData("a b", "x"), /the name of data/],
    [() => lab.addData("a", 5), /text or bytes/],
    [() => lab.journal(), /journal: true/],
    [() => lab.seek(0), /journal: true/],
    [() => lab.requestHandler({ autoadvance: true }), /there is no option/],
    [() => lab.requestHandler({ latencyMillis: NaN }), /latencyMillis/],
    [() => new Shardlab(), /Shardlab.create/],
  ]) {
    assert.throws(call, words);
  }
  assert.throws(() => lab.request(target("ListStreams"), detached), /transferred elsewhere/);
  assert.equal(lab.digest(), before);
  assert.equal(lab.request("nonsense", "\ud800").status, 400);
  for (const options of [
    { seed: -1 }, { seed: 1.5 }, { seed: 1n << 64n }, { startTime: "noon" }, { startTime: -1 }, { region: "Frankfurt" },
    { region: "a b" }, { accountId: 123 }, { accountId: "12" }, { shardQuota: 0 }, { shardQuota: NaN },
    { transitionMillis: -1 }, { transitionMillis: 1e15 }, { limits: "some" }, { journal: 1 }, { regoin: "us-east-1" },
  ]) {
    await assert.rejects(Shardlab.create(options), (error) => error instanceof Error && error.message.length > 20);
  }
  assert.equal((await Shardlab.create()).digest(), before);
});

test("a journal goes back in time, requests included", async () => {
  const lab = await Shardlab.create({ journal: true, startTime: "2026-01-01T00:00:00Z", transitionMillis: 300 });
  const created = lab.request(target("CreateStream"), '{"StreamName":"it\'s","ShardCount":1}');
  assert.equal(created.status, 400);
  lab.request(target("CreateStream"), '{"StreamName":"orders","ShardCount":1}');
  lab.advance(1_000);
  const later = lab.now;
  const listed = lab.request(target("ListStreams"), "{}");
  assert.deepEqual(JSON.parse(listed.body).StreamNames, ["orders"]);
  const [digest, end] = [lab.digest(), lab.now];
  assert.match(lab.journal().at(-1).line, /^lab request ListStreams/);
  lab.seek("2026-01-01T00:00:00.100Z");
  assert.equal(lab.snapshot().streams[0].status, "CREATING");
  lab.seek(end);
  assert.equal(lab.digest(), digest);
  assert.ok(end >= later);
});

test("a journal keeps requests in CBOR as their equals in JSON, and subscriptions", async () => {
  const lab = await Shardlab.create({ journal: true, transitionMillis: 300 });
  const plain = await Shardlab.create({ transitionMillis: 300 });
  const CBOR = { contentType: "application/x-amz-cbor-1.1" };
  const pair = (key, value) => [0x60 + key.length, ...encoder.encode(key), ...value];
  const word = (value) => [0x60 + value.length, ...encoder.encode(value)];
  const encoder = new TextEncoder();
  const create = new Uint8Array([0xa2, ...pair("StreamName", word("orders")), ...pair("ShardCount", [1])]);
  const put = new Uint8Array([
    0xa3, ...pair("StreamName", word("orders")), ...pair("PartitionKey", word("a")), ...pair("Data", [0x42, 0xff, 0]),
  ]);
  const both = (call) => assert.deepEqual(call(lab), call(plain));
  both((lab) => lab.request(target("CreateStream"), create, CBOR));
  both((lab) => lab.advance(1_000));
  both((lab) => lab.request(target("PutRecord"), put, CBOR));
  both((lab) => lab.request(target("PutRecord"), put.subarray(3), CBOR).status);
  assert.deepEqual(lab.journal().map(({ line }) => line).slice(1), [
    `lab request CreateStream '{"StreamName":"orders","ShardCount":1}'`,
    `lab request PutRecord '{"StreamName":"orders","PartitionKey":"a","Data":"/wA="}'`,
  ]);
  const arn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
  both((lab) => lab.request(target("RegisterStreamConsumer"), JSON.stringify({ StreamARN: arn, ConsumerName: "search" })).status);
  both((lab) => lab.advance(1_000));
  const consumer = lab.snapshot().streams[0].consumers[0].arn;
  const subscribe = encoder.encode(JSON.stringify({
    ConsumerARN: consumer, ShardId: "shardId-000000000000", StartingPosition: { Type: "TRIM_HORIZON" },
  }));
  const streams = [lab, plain].map((lab) => lab.requestStream(target("SubscribeToShard"), subscribe, "application/x-amz-json-1.1", ""));
  assert.match(lab.journal().at(-1).line, /^lab request SubscribeToShard /);
  both((lab) => lab.advance(7_000));
  assert.deepEqual(lab.frames(streams[0].stream), plain.frames(streams[1].stream));
  lab.hangUp(streams[0].stream);
  plain.hangUp(streams[1].stream);
  assert.equal(lab.journal().at(-1).line, "lab hang-up search --stream orders --shard shardId-000000000000");
  both((lab) => lab.advance(1_000));
  both((lab) => lab.digest());
  const [digest, end] = [lab.digest(), lab.now];
  for (const back of [500, 3_000, 7_500]) {
    lab.seek(end - back);
    lab.seek(end);
    assert.equal(lab.digest(), digest);
  }
  lab.seek(0);
  lab.seek(end);
  assert.equal(lab.digest(), digest);
});

test("data that is replayed is there after going back", async () => {
  const lab = await Shardlab.create({ journal: true, startTime: "2026-01-01T00:00:00Z", transitionMillis: 0 });
  lab.addData("rows", "time,key\n2026-01-01T00:00:00Z,a\n2026-01-01T00:00:01Z,b\n");
  lab.addData("more", "time,key\n2026-01-01T00:00:00Z,a\n");
  lab.enter("aws kinesis create-stream --stream-name s --shard-count 1");
  lab.advance(1_000);
  assert.equal(lab.enter("lab replay r --data rows --stream s --key key --time time").stderr, "");
  lab.advance(10_000);
  const [digest, end] = [lab.digest(), lab.now];
  assert.equal(lab.snapshot().streams[0].shards[0].put, 2);
  lab.seek("2026-01-01T00:00:00Z");
  lab.seek(end);
  assert.equal(lab.digest(), digest);
  assert.match(lab.journal()[0].line, /^lab start /);
  assert.throws(() => lab.addData("late", "time,key\n2026-01-01T00:00:00Z,a\n"), /before anything happens/);
});

test("the same seed and requests make the same world", async () => {
  const world = async () => {
    const lab = await Shardlab.create({ seed: 2n ** 63n });
    lab.enter("aws kinesis create-stream --stream-name a --shard-count 1");
    lab.advance(10_000.5);
    return [lab.request(target("ListShards"), '{"StreamName":"a"}'), lab.digest(), lab.now];
  };
  assert.deepEqual(await world(), await world());
});

test("events are bounded, however many requests come", async () => {
  const lab = await Shardlab.create({ limits: "none" });
  lab.request(target("CreateStream"), '{"StreamName":"a","ShardCount":1}');
  lab.advance(10_000);
  lab.events();
  const put = '{"StreamName":"a","PartitionKey":"k","Data":"YQ=="}';
  for (let calls = 0; calls < 10_100; calls += 1) assert.equal(lab.request(target("PutRecord"), put).status, 200);
  const events = lab.events();
  assert.equal(events.length, 10_000);
  assert.deepEqual([events[0].type, events[0].stream, events[0].actor], ["RecordsAccepted", "a", "person"]);
  assert.deepEqual(lab.events(), []);
  assert.equal(lab.snapshot().streams[0].shards[0].records, 10_100);
});

test("a lab that was freed says so", async () => {
  const lab = await Shardlab.create();
  lab.free();
  lab.free();
  assert.throws(() => lab.now, /was freed/);
});
