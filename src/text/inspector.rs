//! What there is to know about a thing.

use shardlab::engine::refusal::Bucket;
use shardlab::insight::inspection::{Label, Read};

/// What there is to know about a thing.
pub struct Inspector {
    /// Names the choice of a thing.
    pub choose: &'static str,
    /// Nothing is chosen yet.
    pub prompt: &'static str,
    /// The thing is gone.
    pub gone: &'static str,
    /// Names the field for a shard iterator, a sequence number or a key.
    pub paste: &'static str,
    /// What a pasted text turned out to be.
    pub read: fn(Read) -> &'static str,
    /// What a fact is about.
    pub label: fn(Label) -> String,
    /// Above the heaviest keys.
    pub keys: &'static str,
    /// Above the data.
    pub data: &'static str,
    /// Above what can be looked at next.
    pub related: &'static str,
    /// So many of so many.
    pub of: fn(&str, &str) -> String,
    /// So many records behind, the oldest of them that old.
    pub lag: fn(&str, &str) -> String,
    /// So many a second.
    pub per_second: fn(&str) -> String,
    /// The pipe that all share, and one of its own.
    pub pipes: [&'static str; 2],
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Inspector; 2] = [ENGLISH, KOREAN];

const ENGLISH: Inspector = Inspector {
    choose: "Look at",
    prompt: "Click a shard in the picture, or choose something here.",
    gone: "It is not there at this time.",
    paste: "Shard iterator, sequence number or partition key",
    read: |read| match read {
        Read::Iterator => "A shard iterator",
        Read::SequenceNumber => "A sequence number",
        Read::PartitionKey => "A partition key",
    },
    label: |label| {
        let plain = match label {
            Label::Arn => "ARN",
            Label::Status => "Status",
            Label::Mode => "Capacity mode",
            Label::Retention => "Retention",
            Label::Encryption => "Encryption",
            Label::OpenShards => "Open shards",
            Label::KeyRange => "Hash key range",
            Label::PartOfKeys => "Part of the key space",
            Label::Opened => "Opened",
            Label::Closed => "Closed",
            Label::Parents => "Parents",
            Label::Children => "Children",
            Label::Retained => "Records retained",
            Label::RetainedBytes => "Bytes retained",
            Label::FirstNumber => "Oldest sequence number",
            Label::LastNumber => "Newest sequence number",
            Label::Level(bucket) => return format!("Left of {}", bucket_name(bucket)),
            Label::IncomingRecords => "Records in the last second",
            Label::IncomingBytes => "Bytes in the last second",
            Label::Refused => "Refused in the last 30 s",
            Label::PartitionKey => "Partition key",
            Label::HashKey => "MD5 of the key = hash key",
            Label::ExplicitHashKey => "Put with an ExplicitHashKey into",
            Label::PlaceInShard => "Place in the shard",
            Label::SequenceNumber => "Sequence number",
            Label::NumberVersion => "… its version",
            Label::NumberEpoch => "… epoch of the shard",
            Label::NumberIndex => "… index",
            Label::NumberTime => "… time of the record",
            Label::NumberShard => "… shard",
            Label::Arrived => "Arrived",
            Label::Size => "Size with its key",
            Label::Expires => "Expires",
            Label::ReadBy => "Processed by",
            Label::UnreadBy => "Not yet processed by",
            Label::Stream => "Stream",
            Label::Rate => "Rate",
            Label::Offered => "Records sent",
            Label::Accepted => "Accepted",
            Label::RefusedOfIt => "Refusals",
            Label::Retried => "Sent again",
            Label::GivenUp => "Given up",
            Label::Duplicated => "Stored twice",
            Label::Calls => "Calls",
            Label::WayOfReading => "Reads through",
            Label::Read => "Records read",
            Label::Throttled => "Calls refused",
            Label::Lost => "Lost",
            Label::Behind(shard) => return format!("Behind in {shard}"),
            Label::Issued => "Issued",
            Label::NextRecord => "Next record's place",
        };
        plain.to_owned()
    },
    keys: "Heaviest keys of the last 30 s",
    data: "Data",
    related: "Look at next",
    of: |some, all| format!("{some} of {all}"),
    lag: |records, time| format!("{records} records, {time}"),
    per_second: |rate| format!("{rate} a second"),
    pipes: ["the 2 MiB/s that all share", "2 MiB/s of its own"],
};

fn bucket_name(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::WriteRecords => "1,000 records/s to write",
        Bucket::WriteBytes => "1 MiB/s to write",
        Bucket::ReadCalls => "5 reads/s",
        Bucket::ReadBytes => "2 MiB/s to read",
        Bucket::IteratorCalls => "5 GetShardIterator/s",
    }
}

const KOREAN: Inspector = Inspector {
    choose: "볼 대상",
    prompt: "그림에서 샤드를 누르거나 여기에서 고르세요.",
    gone: "이 시각에는 없습니다.",
    paste: "샤드 이터레이터, 시퀀스 번호 또는 파티션 키",
    read: |read| match read {
        Read::Iterator => "샤드 이터레이터",
        Read::SequenceNumber => "시퀀스 번호",
        Read::PartitionKey => "파티션 키",
    },
    label: |label| {
        let plain = match label {
            Label::Arn => "ARN",
            Label::Status => "상태",
            Label::Mode => "용량 모드",
            Label::Retention => "보존 기간",
            Label::Encryption => "암호화",
            Label::OpenShards => "열린 샤드",
            Label::KeyRange => "해시 키 범위",
            Label::PartOfKeys => "키 공간에서의 비율",
            Label::Opened => "열린 시각",
            Label::Closed => "닫힌 시각",
            Label::Parents => "부모",
            Label::Children => "자식",
            Label::Retained => "보존 중인 레코드",
            Label::RetainedBytes => "보존 중인 바이트",
            Label::FirstNumber => "가장 오래된 시퀀스 번호",
            Label::LastNumber => "가장 새로운 시퀀스 번호",
            Label::Level(bucket) => return format!("{}의 남은 양", bucket_name_ko(bucket)),
            Label::IncomingRecords => "최근 1초 레코드",
            Label::IncomingBytes => "최근 1초 바이트",
            Label::Refused => "최근 30초 거부",
            Label::PartitionKey => "파티션 키",
            Label::HashKey => "키의 MD5 = 해시 키",
            Label::ExplicitHashKey => "ExplicitHashKey로 넣은 샤드",
            Label::PlaceInShard => "샤드 안의 순서",
            Label::SequenceNumber => "시퀀스 번호",
            Label::NumberVersion => "… 버전",
            Label::NumberEpoch => "… 샤드의 기준 시각",
            Label::NumberIndex => "… 인덱스",
            Label::NumberTime => "… 레코드의 시각",
            Label::NumberShard => "… 샤드",
            Label::Arrived => "도착",
            Label::Size => "키를 포함한 크기",
            Label::Expires => "만료",
            Label::ReadBy => "처리한 컨슈머",
            Label::UnreadBy => "아직 처리하지 않은 컨슈머",
            Label::Stream => "스트림",
            Label::Rate => "속도",
            Label::Offered => "보낸 레코드",
            Label::Accepted => "저장됨",
            Label::RefusedOfIt => "거부",
            Label::Retried => "재전송",
            Label::GivenUp => "포기",
            Label::Duplicated => "중복 저장",
            Label::Calls => "호출",
            Label::WayOfReading => "읽는 통로",
            Label::Read => "읽은 레코드",
            Label::Throttled => "거부된 호출",
            Label::Lost => "유실",
            Label::Behind(shard) => return format!("{shard}에서 밀린 양"),
            Label::Issued => "발급",
            Label::NextRecord => "다음 레코드의 순서",
        };
        plain.to_owned()
    },
    keys: "최근 30초 동안 가장 많이 쓴 키",
    data: "데이터",
    related: "이어서 보기",
    of: |some, all| format!("{all} 중 {some}"),
    lag: |records, time| format!("레코드 {records}개, {time}"),
    per_second: |rate| format!("초당 {rate}"),
    pipes: ["모두가 나눠 쓰는 2 MiB/s", "전용 2 MiB/s"],
};

fn bucket_name_ko(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::WriteRecords => "쓰기 초당 1,000레코드",
        Bucket::WriteBytes => "쓰기 1 MiB/s",
        Bucket::ReadCalls => "읽기 초당 5회",
        Bucket::ReadBytes => "읽기 2 MiB/s",
        Bucket::IteratorCalls => "GetShardIterator 초당 5회",
    }
}
