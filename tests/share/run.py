# A run of Shardlab. On a real account it creates streams, which cost money until they are deleted.
# Put your own account in place of 123456789012, and your Region.
import time
import boto3

kinesis = boto3.client("kinesis")

time.sleep(1)
kinesis.create_stream(StreamName="clicks", ShardCount=2)
try:
    print(kinesis.put_record(StreamName="clicks", Data=b"a", PartitionKey="early"))
except kinesis.exceptions.ClientError as error:
    print(error)
time.sleep(12)
NAME = "clicks"
print(kinesis.put_record(StreamName=NAME, Data=b"hello", PartitionKey="user-1"))
IT = kinesis.get_shard_iterator(
    StreamName=NAME,
    ShardId="shardId-000000000001",
    ShardIteratorType="TRIM_HORIZON",
)["ShardIterator"]
print(kinesis.get_records(ShardIterator=IT))
time.sleep(0.25)
# for i in 1 2 3; do aws kinesis put-record --stream-name clicks --partition-key $i --data YQ==; sleep 2; done
time.sleep(6)
kinesis.increase_stream_retention_period(StreamName="clicks", RetentionPeriodHours=48)
time.sleep(20)
kinesis.start_stream_encryption(
    StreamName="clicks",
    EncryptionType="KMS",
    KeyId="alias/aws/kinesis",
)
time.sleep(30)
kinesis.enable_enhanced_monitoring(StreamName="clicks", ShardLevelMetrics=["ALL"])
time.sleep(5)
print(kinesis.register_stream_consumer(
    StreamARN="arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
    ConsumerName="search",
))
kinesis.split_shard(
    StreamName="clicks",
    ShardToSplit="shardId-000000000000",
    NewStartingHashKey="85070591730234615865843651857942052864",
)
time.sleep(60)
kinesis.merge_shards(
    StreamName="clicks",
    ShardToMerge="shardId-000000000003",
    AdjacentShardToMerge="shardId-000000000001",
)
try:
    kinesis.delete_stream(StreamName="nobody")
except kinesis.exceptions.ClientError as error:
    print(error)
time.sleep(1)
