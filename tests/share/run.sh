#!/usr/bin/env bash
# A run of Shardlab. On a real account it creates streams, which cost money until they are deleted.
# Put your own account in place of 123456789012, and your Region.
set -euo pipefail

sleep 1
aws kinesis create-stream --stream-name clicks --shard-count 2
aws kinesis put-record --stream-name clicks --partition-key early --data YQ== || true
sleep 12
NAME=clicks
aws kinesis put-record --stream-name $NAME --partition-key user-1 --data aGVsbG8=
IT=$(aws kinesis get-shard-iterator --stream-name $NAME --shard-id shardId-000000000001 --shard-iterator-type TRIM_HORIZON --query ShardIterator --output text)
aws kinesis get-records --shard-iterator "$IT"
sleep 0.25
for i in 1 2 3; do aws kinesis put-record --stream-name clicks --partition-key $i --data YQ==; sleep 2; done
aws kinesis increase-stream-retention-period --stream-name clicks --retention-period-hours 48
sleep 20
aws kinesis start-stream-encryption --stream-name clicks --encryption-type KMS --key-id alias/aws/kinesis
sleep 30
aws kinesis enable-enhanced-monitoring --stream-name clicks --shard-level-metrics ALL
sleep 5
aws kinesis register-stream-consumer --stream-arn arn:aws:kinesis:us-east-1:123456789012:stream/clicks --consumer-name search
aws kinesis split-shard --stream-name clicks --shard-to-split shardId-000000000000 --new-starting-hash-key 85070591730234615865843651857942052864
sleep 60
aws kinesis merge-shards --stream-name clicks --shard-to-merge shardId-000000000003 --adjacent-shard-to-merge shardId-000000000001
aws kinesis delete-stream --stream-name nobody || true
sleep 1
