//! What the stream costs.

/// What the stream costs.
pub struct Cost {
    /// Names the choice of a stream.
    pub stream: &'static str,
    /// Names the choice of a time.
    pub horizon: &'static str,
    /// This run so far, an hour and a month of the present.
    pub horizons: [&'static str; 3],
    /// There is no stream.
    pub no_stream: &'static str,
    /// No minute is over yet.
    pub no_minute: &'static str,
    /// Ways to be billed, in the order of `pricing::Plan`.
    pub plans: [&'static str; 3],
    /// So many shards.
    pub shards: fn(&str) -> String,
    /// So many shards would do in the busiest minute of the last day.
    pub needed: fn(&str) -> String,
    /// Marks the way in which the stream is billed.
    pub current: &'static str,
    /// Marks the cheapest way.
    pub cheapest: &'static str,
    /// The cheapest way, by how much, than what.
    pub verdict: fn(&str, &str, &str) -> String,
    /// Lines of a bill, in the order of `pricing::Line`.
    pub lines: [&'static str; 10],
    /// The last line.
    pub total: &'static str,
    /// What is counted, and what is not.
    pub notes: [&'static str; 3],
    /// Opens the prices: Region, day.
    pub prices: fn(&str, &str) -> String,
    /// Columns of the prices: way to be billed, line, dollars, for how much.
    pub price_columns: [&'static str; 4],
    /// Sets all prices back.
    pub reset: &'static str,
    /// Leads to AWS's page.
    pub page: &'static str,
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Cost; 2] = [ENGLISH, KOREAN];

const ENGLISH: Cost = Cost {
    stream: "Stream",
    horizon: "Time",
    horizons: ["This run so far", "An hour like the last minute", "A month like the last minute"],
    no_stream: "There is no stream yet.",
    no_minute: "No minute of the stream is over yet.",
    plans: ["Provisioned", "On-demand Standard", "On-demand Advantage"],
    shards: |count| format!("{}, as now", shards(count)),
    needed: |count| {
        format!("{}, enough for the busiest minute of the last day with even keys", shards(count))
    },
    current: "as it is",
    cheapest: "cheapest",
    verdict: |plan, less, other| format!("{plan} is the cheapest: {less} less than {other}."),
    lines: [
        "Shard hours",
        "Stream hours",
        "Data in",
        "Data out (GetRecords)",
        "Fan-out consumer-shard hours",
        "Fan-out data out",
        "Retention, 24 hours to 7 days",
        "Retention beyond 7 days",
        "GetRecords beyond 7 days",
        "Up to the minimum (25 MiB/s)",
    ],
    total: "Total",
    notes: [
        "Data in: provisioned by PUT payload units of 25 KB, on-demand by whole KB, each record \
         rounded up with its partition key. Parts of an hour count pro rata.",
        "So far, each way is reckoned for all that happened, with the shards there were. The \
         minimum is reckoned as if this were the account's only stream.",
        "Not priced: channels and queues (no published price was found), shard-level metrics, KMS, \
         data transfer.",
    ],
    prices: |region, day| format!("Prices of {region} as of {day}"),
    price_columns: ["Billed as", "Line", "US$", "for each"],
    reset: "Set all prices back",
    page: "Prices at AWS",
};

fn shards(count: &str) -> String {
    format!("{count} shard{}", if count == "1" { "" } else { "s" })
}

const KOREAN: Cost = Cost {
    stream: "스트림",
    horizon: "기간",
    horizons: ["이번 실행 전체", "최근 1분 기준 1시간", "최근 1분 기준 한 달"],
    no_stream: "아직 스트림이 없습니다.",
    no_minute: "스트림이 만들어진 뒤 아직 1분이 지나지 않았습니다.",
    plans: ["프로비저닝", "온디맨드 Standard", "온디맨드 Advantage"],
    shards: |count| format!("지금처럼 샤드 {count}개"),
    needed: |count| {
        format!("키가 고르게 퍼지면 최근 하루의 가장 바쁜 1분에도 충분한 샤드 {count}개")
    },
    current: "현재 방식",
    cheapest: "가장 저렴",
    verdict: |plan, less, other| format!("가장 저렴한 방식: {plan} ({other}보다 {less} 저렴)"),
    lines: [
        "샤드 시간",
        "스트림 시간",
        "수신 데이터",
        "송신 데이터(GetRecords)",
        "팬아웃 컨슈머-샤드 시간",
        "팬아웃 송신 데이터",
        "24시간~7일 보존",
        "7일 초과 보존",
        "7일이 지난 데이터의 GetRecords",
        "최소 요금까지의 차액(25 MiB/s)",
    ],
    total: "합계",
    notes: [
        "수신 데이터는 프로비저닝에서는 25 KB PUT 페이로드 단위로, 온디맨드에서는 1 KB 단위로 \
         계산합니다. 레코드마다 파티션 키를 포함해 올림하고, 1시간이 안 되는 시간은 비례해서 \
         계산합니다.",
        "이번 실행 전체는 실제로 일어난 모든 일을 각 방식으로 계산한 값이며, 샤드 수는 그때그때 \
         있던 수를 씁니다. 최소 요금은 계정에 이 스트림만 있다고 보고 계산합니다.",
        "채널과 큐(공개된 가격을 찾지 못했습니다), 샤드 수준 지표, KMS, 데이터 전송은 포함하지 \
         않습니다.",
    ],
    prices: |region, day| format!("{region} 가격, {day} 기준"),
    price_columns: ["과금 방식", "항목", "미국 달러", "단위"],
    reset: "모든 가격 되돌리기",
    page: "AWS 가격 안내",
};
