// A run of Shardlab. On a real account it creates streams, which cost money until they are deleted.
// Put your own account in place of 123456789012, and your Region.
import { setTimeout as sleep } from "node:timers/promises";
import { CreateStreamCommand, DeleteStreamCommand, EnableEnhancedMonitoringCommand, GetRecordsCommand, GetShardIteratorCommand, IncreaseStreamRetentionPeriodCommand, KinesisClient, MergeShardsCommand, PutRecordCommand, RegisterStreamConsumerCommand, SplitShardCommand, StartStreamEncryptionCommand } from "@aws-sdk/client-kinesis";

const kinesis = new KinesisClient({});

await sleep(1000);
await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 2 }));
try {
  console.log(await kinesis.send(new PutRecordCommand({
    StreamName: "clicks",
    Data: new TextEncoder().encode("a"),
    PartitionKey: "early",
  })));
} catch (error) {
  console.error(error);
}
await sleep(12000);
var NAME = "clicks";
console.log(await kinesis.send(new PutRecordCommand({
  StreamName: NAME,
  Data: new TextEncoder().encode("hello"),
  PartitionKey: "user-1",
})));
var IT = (await kinesis.send(new GetShardIteratorCommand({
  StreamName: NAME,
  ShardId: "shardId-000000000001",
  ShardIteratorType: "TRIM_HORIZON",
}))).ShardIterator;
console.log(await kinesis.send(new GetRecordsCommand({ ShardIterator: IT })));
await sleep(250);
// for i in 1 2 3; do aws kinesis put-record --stream-name clicks --partition-key $i --data YQ==; sleep 2; done
await sleep(6000);
await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: "clicks", RetentionPeriodHours: 48 }));
await sleep(20000);
await kinesis.send(new StartStreamEncryptionCommand({
  StreamName: "clicks",
  EncryptionType: "KMS",
  KeyId: "alias/aws/kinesis",
}));
await sleep(30000);
await kinesis.send(new EnableEnhancedMonitoringCommand({ StreamName: "clicks", ShardLevelMetrics: ["ALL"] }));
await sleep(5000);
console.log(await kinesis.send(new RegisterStreamConsumerCommand({
  StreamARN: "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
  ConsumerName: "search",
})));
await kinesis.send(new SplitShardCommand({
  StreamName: "clicks",
  ShardToSplit: "shardId-000000000000",
  NewStartingHashKey: "85070591730234615865843651857942052864",
}));
await sleep(60000);
await kinesis.send(new MergeShardsCommand({
  StreamName: "clicks",
  ShardToMerge: "shardId-000000000003",
  AdjacentShardToMerge: "shardId-000000000001",
}));
try {
  await kinesis.send(new DeleteStreamCommand({ StreamName: "nobody" }));
} catch (error) {
  console.error(error);
}
await sleep(1000);
