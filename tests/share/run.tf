# A run of Shardlab. On a real account it creates streams, which cost money until they are deleted.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

resource "aws_kinesis_stream" "clicks" {
  name                = "clicks"
  shard_count         = 2
  retention_period    = 48
  encryption_type     = "KMS"
  kms_key_id          = "alias/aws/kinesis"
  shard_level_metrics = [
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
  ]
}

resource "aws_kinesis_stream_consumer" "clicks_search" {
  name       = "search"
  stream_arn = aws_kinesis_stream.clicks.arn
}

# What Terraform does not do:
# NAME=clicks
# aws kinesis put-record --stream-name $NAME --partition-key user-1 --data aGVsbG8=
# IT=$(aws kinesis get-shard-iterator --stream-name $NAME --shard-id shardId-000000000001 --shard-iterator-type TRIM_HORIZON --query ShardIterator --output text)
# aws kinesis get-records --shard-iterator "$IT"
# for i in 1 2 3; do aws kinesis put-record --stream-name clicks --partition-key $i --data YQ==; sleep 2; done
# aws kinesis split-shard --stream-name clicks --shard-to-split shardId-000000000000 --new-starting-hash-key 85070591730234615865843651857942052864
# aws kinesis merge-shards --stream-name clicks --shard-to-merge shardId-000000000003 --adjacent-shard-to-merge shardId-000000000001
