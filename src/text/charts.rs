//! CloudWatch's metrics as charts.

/// CloudWatch's metrics as charts.
pub struct Charts {
    /// Names the choice of a stream, shard or consumer.
    pub subject: &'static str,
    /// A shard of a stream: stream, shard.
    pub shard: fn(&str, &str) -> String,
    /// A registered consumer of a stream: stream, consumer.
    pub consumer: fn(&str, &str) -> String,
    /// Explains the curve of seconds.
    pub seconds: &'static str,
    /// Explains the bars of minutes.
    pub minutes: &'static str,
    /// Explains the dashed line.
    pub limit: &'static str,
    /// The last finished minute, as CloudWatch tells it.
    pub last_minute: fn(&str) -> String,
    /// No minute is over yet, or CloudWatch is told nothing.
    pub no_minute: &'static str,
    /// The second with most: how much, when.
    pub peak: fn(&str, &str) -> String,
    /// How much is allowed in a second.
    pub allowed: fn(&str) -> String,
    /// A shard without enhanced monitoring: the line that turns it on.
    pub unmonitored: fn(&str) -> String,
    /// No stream yet.
    pub none: &'static str,
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Charts; 2] = [ENGLISH, KOREAN];

const ENGLISH: Charts = Charts {
    subject: "Of",
    shard: |stream, shard| format!("{stream}: {shard}"),
    consumer: |stream, consumer| format!("{stream}: consumer {consumer}"),
    seconds: "each second",
    minutes: "CloudWatch's minute, spread over its 60 seconds",
    limit: "limit",
    last_minute: |value| format!("CloudWatch's last minute: {value}"),
    no_minute: "CloudWatch has no minute yet",
    peak: |value, when| format!("most in a second: {value} at {when}"),
    allowed: |value| format!("limit: {value} a second"),
    unmonitored: |line| {
        format!("CloudWatch is told of shards only under enhanced monitoring. Turn it on: {line}")
    },
    none: "No stream yet.",
};

const KOREAN: Charts = Charts {
    subject: "대상",
    shard: |stream, shard| format!("{stream}: {shard}"),
    consumer: |stream, consumer| format!("{stream}: 컨슈머 {consumer}"),
    seconds: "초 단위",
    minutes: "CloudWatch의 1분 값을 60초로 나눈 것",
    limit: "한도",
    last_minute: |value| format!("CloudWatch 최근 1분: {value}"),
    no_minute: "아직 CloudWatch의 1분 값이 없습니다",
    peak: |value, when| format!("1초 최댓값: {when}에 {value}"),
    allowed: |value| format!("한도: 초당 {value}"),
    unmonitored: |line| {
        format!("CloudWatch는 향상된 모니터링을 켜야 샤드별 지표를 받습니다. 켜는 명령: {line}")
    },
    none: "아직 스트림이 없습니다.",
};
