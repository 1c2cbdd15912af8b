/**
 * What the real SDK does against the package, in Node and in a browser: one function a case, which
 * throws if something is not as on AWS.
 */

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" };

function same(actual, expected) {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`found ${found}, expected ${wanted}`);
}

async function refused(promise, kind) {
  const error = await promise.then(
    () => { throw new Error(`expected ${kind.name}`); },
    (error) => error,
  );
  if (!(error instanceof kind)) throw new Error(`expected ${kind.name}, found ${error.stack}`);
  return error;
}

/** A lab, and a client whose retries follow each other at once: their waiting is on the lab's clock. */
async function begin({ Shardlab, sdk }, options = {}, handler = { autoAdvance: true }) {
  const lab = await Shardlab.create({ seed: 7, ...options });
  const client = new sdk.KinesisClient({
    region: "us-east-1",
    credentials,
    requestHandler: lab.requestHandler(handler),
    retryStrategy: new sdk.ConfiguredRetryStrategy(4, () => 1),
  });
  return { lab, client, send: (name, input) => client.send(new sdk[`${name}Command`](input)) };
}

async function stream(context, shards = 1, options) {
  const world = await begin(context, options);
  await world.send("CreateStream", { StreamName: "orders", ShardCount: shards });
  await context.sdk.waitUntilStreamExists(
    { client: world.client, maxWaitTime: 60, minDelay: 0.001, maxDelay: 0.002 },
    { StreamName: "orders" },
  );
  return world;
}

const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);

async function readAll(world, sdk, shard = "shardId-000000000000") {
  const start = { StreamName: "orders", ShardId: shard, ShardIteratorType: "TRIM_HORIZON" };
  let { ShardIterator } = await world.send("GetShardIterator", start);
  const records = [];
  while (ShardIterator) {
    const page = await world.send("GetRecords", { ShardIterator });
    records.push(...page.Records);
    if (page.MillisBehindLatest === 0) break;
    ShardIterator = page.NextShardIterator;
  }
  return records;
}

export const cases = {
  async "creates a stream, waits for it, puts and reads"(context) {
    const world = await stream(context);
    const put = await world.send("PutRecord", { StreamName: "orders", PartitionKey: "주문", Data: bytes("hello") });
    same(put.ShardId, "shardId-000000000000");
    const [record] = await readAll(world, context.sdk);
    same([record.PartitionKey, text(record.Data), record.SequenceNumber], ["주문", "hello", put.SequenceNumber]);
    same(record.ApproximateArrivalTimestamp instanceof Date, true);
    same(Math.abs(record.ApproximateArrivalTimestamp.getTime() - world.lab.now) < 60_000, true);
    same("EncryptionType" in record, false);
  },

  async "puts many records over several shards"(context) {
    const world = await stream(context, 4);
    const Records = Array.from({ length: 500 }, (_, n) => ({ PartitionKey: `k${n}`, Data: bytes(`${n}`) }));
    const answer = await world.send("PutRecords", { StreamName: "orders", Records });
    same([answer.FailedRecordCount, answer.Records.length], [0, 500]);
    same(new Set(answer.Records.map((record) => record.ShardId)).size, 4);
    const found = [];
    for (const shard of [0, 1, 2, 3]) found.push(...await readAll(world, context.sdk, `shardId-00000000000${shard}`));
    same(found.map((record) => Number(text(record.Data))).sort((a, b) => a - b), Array.from({ length: 500 }, (_, n) => n));
  },

  async "errors are the SDK's classes with AWS's words"(context) {
    const { sdk } = context;
    const world = await begin(context, { accountId: "111122223333" });
    const missing = await refused(world.send("DescribeStreamSummary", { StreamName: "nowhere" }), sdk.ResourceNotFoundException);
    same(missing.message, "Stream nowhere under account 111122223333 not found.");
    same(missing.$metadata.httpStatusCode, 400);
    await world.send("CreateStream", { StreamName: "orders", ShardCount: 1 });
    await refused(world.send("CreateStream", { StreamName: "orders", ShardCount: 1 }), sdk.ResourceInUseException);
    await refused(world.send("GetRecords", { ShardIterator: "nonsense" }), sdk.InvalidArgumentException);
    await refused(world.send("CreateStream", { StreamName: "b", ShardCount: 30_000 }), sdk.LimitExceededException);
  },

  async "a put that is throttled succeeds by the SDK's own retries"(context) {
    const { sdk } = context;
    const Records = Array.from({ length: 500 }, () => ({ PartitionKey: "hot", Data: bytes("x") }));
    const patient = await stream(context);
    for (const failed of [0, 0, 500]) {
      const answer = await patient.send("PutRecords", { StreamName: "orders", Records });
      same(answer.FailedRecordCount, failed);
    }
    const put = await patient.send("PutRecord", { StreamName: "orders", PartitionKey: "hot", Data: bytes("y") });
    same(put.$metadata.attempts, 2);
    const hasty = await begin(context, {}, {});
    await hasty.send("CreateStream", { StreamName: "orders", ShardCount: 1 });
    hasty.lab.advance(10_000);
    for (let calls = 0; calls < 2; calls += 1) await hasty.send("PutRecords", { StreamName: "orders", Records });
    const error = await refused(
      hasty.send("PutRecord", { StreamName: "orders", PartitionKey: "hot", Data: bytes("y") }),
      sdk.ProvisionedThroughputExceededException,
    );
    same(error.$metadata.attempts, 4);
  },

  async "nothing is throttled without limits"(context) {
    const world = await stream(context, 1, { limits: "none" });
    const Records = Array.from({ length: 500 }, () => ({ PartitionKey: "hot", Data: bytes("x") }));
    for (let calls = 0; calls < 10; calls += 1) {
      const answer = await world.send("PutRecords", { StreamName: "orders", Records });
      same(answer.FailedRecordCount, 0);
    }
    same((await readAll(world, context.sdk)).length, 5_000);
  },

  async "a shard is split, and its children are listed page by page"(context) {
    const { sdk } = context;
    const world = await stream(context, 2);
    await world.send("SplitShard", {
      StreamName: "orders", ShardToSplit: "shardId-000000000000", NewStartingHashKey: "85070591730234615865843651857942052864",
    });
    await world.send("DescribeStreamSummary", { StreamName: "orders" });
    const ids = [];
    let request = { StreamName: "orders", MaxResults: 1 };
    do {
      const page = await world.send("ListShards", request);
      ids.push(...page.Shards.map((shard) => [shard.ShardId.slice(-1), shard.ParentShardId?.slice(-1) ?? null]));
      request = page.NextToken && { NextToken: page.NextToken, MaxResults: 1 };
    } while (request);
    same(ids, [["0", null], ["1", null], ["2", "0"], ["3", "0"]]);
    await world.send("UpdateShardCount", { StreamName: "orders", TargetShardCount: 2, ScalingType: "UNIFORM_SCALING" });
    const summary = await world.send("DescribeStreamSummary", { StreamName: "orders" });
    same(summary.StreamDescriptionSummary.OpenShardCount, 2);
    for (const name of ["a", "b", "c"]) await world.send("CreateStream", { StreamName: name, ShardCount: 1 });
    const names = [];
    for await (const page of sdk.paginateListStreams({ client: world.client, pageSize: 2 }, {})) names.push(...page.StreamNames);
    same(names, ["a", "b", "c", "orders"]);
  },

  async "a subscription is pushed records until its five minutes are over"(context) {
    const world = await stream(context);
    const consumer = await register(world);
    const { EventStream } = await subscribe(world, consumer);
    const began = world.lab.now;
    await world.send("PutRecord", { StreamName: "orders", PartitionKey: "a", Data: bytes("pushed") });
    const events = [];
    for await (const event of EventStream) events.push(event.SubscribeToShardEvent);
    const records = events.flatMap((event) => event.Records);
    same(records.map((record) => text(record.Data)), ["pushed"]);
    same(typeof events[0].ContinuationSequenceNumber, "string");
    same(world.lab.now - began >= 300_000, true);
  },

  async "a subscription on a clock of one's own waits for it, and ends when it is left"(context) {
    const world = await begin(context, {}, {});
    await world.send("CreateStream", { StreamName: "orders", ShardCount: 1 });
    world.lab.advance(10_000);
    const consumer = await register(world);
    world.lab.advance(5_000);
    const { EventStream } = await subscribe(world, consumer);
    const seen = [];
    const reading = (async () => {
      for await (const event of EventStream) {
        seen.push(...event.SubscribeToShardEvent.Records.map((record) => text(record.Data)));
        if (seen.length === 2) break;
      }
    })();
    for (const data of ["one", "two"]) {
      await world.send("PutRecord", { StreamName: "orders", PartitionKey: "a", Data: bytes(data) });
      world.lab.advance(1_000);
    }
    await reading;
    same(seen, ["one", "two"]);
    world.client.destroy();
    const ends = world.lab.events().filter((event) => event.type === "SubscriptionEnded");
    same(ends.map((event) => event.end), ["HungUp"]);
  },

  async "an abort is honoured"(context) {
    const { sdk } = context;
    const world = await stream(context);
    const before = world.lab.digest();
    const controller = new AbortController();
    controller.abort();
    const error = await world.client
      .send(new sdk.DeleteStreamCommand({ StreamName: "orders" }), { abortSignal: controller.signal })
      .then(() => undefined, (error) => error);
    same([error?.name, world.lab.digest()], ["AbortError", before]);
    const consumer = await register(world);
    await world.send("DescribeStreamConsumer", { ConsumerARN: consumer.ConsumerARN });
    const leaving = new AbortController();
    const { EventStream } = await world.client.send(new sdk.SubscribeToShardCommand({
      ConsumerARN: consumer.ConsumerARN, ShardId: "shardId-000000000000", StartingPosition: { Type: "LATEST" },
    }), { abortSignal: leaving.signal });
    leaving.abort();
    const left = await (async () => { for await (const event of EventStream) same(event, null); })().catch((error) => error);
    same(left?.name, "AbortError");
    same(world.lab.events().filter((event) => event.type === "SubscriptionEnded").map((event) => event.end), ["HungUp"]);
  },
};

async function register(world) {
  const { StreamDescriptionSummary } = await world.send("DescribeStreamSummary", { StreamName: "orders" });
  const { Consumer } = await world.send("RegisterStreamConsumer", {
    StreamARN: StreamDescriptionSummary.StreamARN, ConsumerName: "search",
  });
  return Consumer;
}

async function subscribe(world, consumer) {
  await world.send("DescribeStreamConsumer", { ConsumerARN: consumer.ConsumerARN });
  return world.send("SubscribeToShard", {
    ConsumerARN: consumer.ConsumerARN, ShardId: "shardId-000000000000", StartingPosition: { Type: "LATEST" },
  });
}
