//! Two branches beside each other.

/// Two branches beside each other.
pub struct Compare {
    /// There is only one branch: how to get another.
    pub one_branch: &'static str,
    /// Names the choices of the two branches.
    pub branches: [&'static str; 2],
    /// Names the choice of an instant.
    pub instant: &'static str,
    /// The instants: now, and the earlier of both ends.
    pub instants: [&'static str; 2],
    /// Begins to compare.
    pub begin: &'static str,
    /// The branches are being run to the instant.
    pub running: &'static str,
    /// Above the numbers: at which time.
    pub at: fn(&str) -> String,
    /// What is compared, in the order of `compare::Measure`.
    pub measures: [&'static str; 11],
    /// How far a consumer is behind.
    pub behind: fn(&str) -> String,
    /// A consumer that a branch does not have.
    pub absent: &'static str,
    /// Marks the better value.
    pub better: &'static str,
    /// Names the column of differences.
    pub difference: &'static str,
    /// Above the first moments in which they differ.
    pub parts: &'static str,
    /// They do not differ until then.
    pub same: &'static str,
    /// The first lines that differ, and the first events.
    pub firsts: [&'static str; 2],
    /// One of them has none.
    pub none: &'static str,
    /// Events that the tables do not list: stored, read, pushed.
    pub kinds: [&'static str; 3],
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Compare; 2] = [ENGLISH, KOREAN];

const ENGLISH: Compare = Compare {
    one_branch: "There is one branch so far. Go back in time and enter a line, or press Branch in \
                 the player: that begins another, and both can be compared here.",
    branches: ["Branch A", "Branch B"],
    instant: "At",
    instants: ["now", "the earlier of both ends"],
    begin: "Compare",
    running: "Running both branches to that time …",
    at: |time| format!("After {time}"),
    measures: [
        "Records offered",
        "Stored",
        "Refused",
        "Sent again",
        "Given up",
        "Received by consumers",
        "Reader calls refused",
        "Lost to a consumer",
        "Expired",
        "Open shards",
        "Cost so far",
    ],
    behind: |name| format!("{name} is behind"),
    absent: "not there",
    better: "better",
    difference: "B − A",
    parts: "Where they part",
    same: "They are the same until then.",
    firsts: ["First line that differs", "First event that differs"],
    none: "none",
    kinds: ["stored", "read", "pushed"],
};

const KOREAN: Compare = Compare {
    one_branch: "아직 분기가 하나뿐입니다. 과거로 돌아가 명령을 입력하거나 플레이어에서 “여기서 분기”를 \
                 누르면 새 분기가 생기고, 여기에서 둘을 비교할 수 있습니다.",
    branches: ["분기 A", "분기 B"],
    instant: "시점",
    instants: ["지금", "둘 중 먼저 끝나는 때"],
    begin: "비교하기",
    running: "두 분기를 그 시점까지 실행하고 있습니다…",
    at: |time| format!("시작 후 {time}"),
    measures: [
        "보낸 레코드",
        "저장됨",
        "거부됨",
        "다시 보냄",
        "전송 포기",
        "컨슈머가 받음",
        "거부된 읽기 호출",
        "컨슈머가 놓침",
        "만료됨",
        "열린 샤드",
        "지금까지의 비용",
    ],
    behind: |name| format!("{name}의 지연"),
    absent: "없음",
    better: "더 나음",
    difference: "B − A",
    parts: "갈라지는 곳",
    same: "그때까지는 서로 같습니다.",
    firsts: ["처음 달라지는 명령", "처음 달라지는 사건"],
    none: "없음",
    kinds: ["저장", "읽음", "푸시"],
};
