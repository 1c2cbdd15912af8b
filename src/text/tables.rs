//! Shards, consumers and events as tables.

/// Shards, consumers and events as tables.
pub struct Tables {
    /// Above the shards.
    pub shards: &'static str,
    /// Columns of the shards: stream, shard, share of the keys, retained records, refused ones.
    pub shard_columns: [&'static str; 5],
    /// A shard that takes no more records.
    pub closed: &'static str,
    /// Above the consumers.
    pub consumers: &'static str,
    /// Columns of the consumers: name, stream, way of reading, records behind, time behind, lost.
    pub consumer_columns: [&'static str; 6],
    /// Reads through the pipe that all share.
    pub shared: &'static str,
    /// Reads through one of its own.
    pub enhanced: &'static str,
    /// Above the events.
    pub events: &'static str,
    /// Columns of the events: when, what, where, who, how many.
    pub event_columns: [&'static str; 5],
    /// What happened, in the order of `app::tables::kind`.
    pub kinds: [&'static str; 15],
    /// The person at the console.
    pub person: &'static str,
    /// So many more are not listed.
    pub more: fn(&str) -> String,
    /// Nothing to list.
    pub none: &'static str,
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Tables; 2] = [ENGLISH, KOREAN];

const ENGLISH: Tables = Tables {
    shards: "Shards",
    shard_columns: ["Stream", "Shard", "Keys", "Retained", "Refused (30 s)"],
    closed: "closed",
    consumers: "Consumers",
    consumer_columns: ["Name", "Stream", "Reads", "Records behind", "Time behind", "Lost"],
    shared: "shared",
    enhanced: "enhanced fan-out",
    events: "Last events",
    event_columns: ["When", "What", "Where", "Who", "Records"],
    kinds: [
        "stream status",
        "consumer status",
        "write refused",
        "read refused",
        "subscribed",
        "subscription ended",
        "expired",
        "shard opened",
        "shard closed",
        "shard expired",
        "will be sent again",
        "given up",
        "sent twice",
        "lost",
        "row skipped",
    ],
    person: "you",
    more: |count| format!("{count} more are not listed."),
    none: "None yet.",
};

const KOREAN: Tables = Tables {
    shards: "샤드",
    shard_columns: ["스트림", "샤드", "키 범위", "보존 중", "거부(30초)"],
    closed: "닫힘",
    consumers: "컨슈머",
    consumer_columns: ["이름", "스트림", "읽는 방식", "밀린 레코드", "지연 시간", "유실"],
    shared: "공유",
    enhanced: "향상된 팬아웃",
    events: "최근 일어난 일",
    event_columns: ["시각", "일어난 일", "위치", "주체", "레코드"],
    kinds: [
        "스트림 상태",
        "컨슈머 상태",
        "쓰기 거부",
        "읽기 거부",
        "구독 시작",
        "구독 종료",
        "만료",
        "샤드 열림",
        "샤드 닫힘",
        "샤드 만료",
        "재전송 예정",
        "전송 포기",
        "중복 전송",
        "유실",
        "건너뛴 행",
    ],
    person: "나",
    more: |count| format!("그 밖의 {count}개는 표시하지 않습니다."),
    none: "아직 없습니다.",
};
