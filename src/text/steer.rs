//! The panel that steers.

/// The panel that steers.
pub struct Steer {
    /// What the panel is for, in a sentence.
    pub note: &'static str,
    /// Names the two buttons.
    pub undo_label: &'static str,
    /// Takes back a line: what it is about, or nothing.
    pub undo: fn(&str) -> String,
    /// Brings back a line: the same.
    pub redo: fn(&str) -> String,
    /// Names the choice of a stream.
    pub stream: &'static str,
    /// The sections: stream, shards, producers, consumers, faults, export.
    pub sections: [&'static str; 6],
    /// The forms with what each does, in the order of `app::steer::form::FORMS`.
    pub forms: [(&'static str, &'static str); 13],
    /// The fields, in the order of `app::steer::field::Field`.
    pub fields: [&'static str; 25],
    /// Names the line before it is entered.
    pub preview: &'static str,
    /// Enters it.
    pub enter: &'static str,
    /// The last line was taken.
    pub done: &'static str,
    /// Names the choice of a language.
    pub copy_as: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// It could not be copied, but it is selected.
    pub select: &'static str,
    /// There must be a stream first.
    pub no_stream: &'static str,
    /// A value must be a whole number between two.
    pub range: fn(&str, &str) -> String,
    /// There is nobody to choose.
    pub nobody: &'static str,
    /// What the key space shows, and what to do with it.
    pub shards_note: &'static str,
    /// Names the key space.
    pub key_space: &'static str,
    /// A shard that takes no more records.
    pub closed: &'static str,
    /// Names the choice of a shard.
    pub shard: &'static str,
    /// Names the choice of its neighbour.
    pub neighbour: &'static str,
    /// Makes two shards of one.
    pub split: &'static str,
    /// Makes one shard of two.
    pub merge: &'static str,
    /// Names the border of a split.
    pub border: &'static str,
    /// How the last records would be parted, in percent of their bytes.
    pub parted: fn(&str, &str) -> String,
    /// There are no records to part.
    pub no_records: &'static str,
    /// The border in the middle of the range.
    pub middle: &'static str,
    /// The border where records are parted evenly.
    pub best: &'static str,
    /// Says how that is found.
    pub best_hint: &'static str,
}

fn about(verb: &str, line: &str) -> String {
    if line.is_empty() { verb.to_owned() } else { format!("{verb}: {line}") }
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Steer; 2] = [ENGLISH, KOREAN];

const ENGLISH: Steer = Steer {
    note: "Every control writes a line. Read it, then enter it: it is what you would type in the \
           console, and in a real account.",
    undo_label: "Undo and redo",
    undo: |line| about("Undo", line),
    redo: |line| about("Redo", line),
    stream: "Stream",
    sections: ["Stream", "Shards", "Producers", "Consumers", "Faults", "Export this run"],
    forms: [
        (
            "Create a stream",
            "It takes 10 seconds until it is ACTIVE. More shards take more records.",
        ),
        ("Change the shard count", "To between half and twice as many, spread evenly."),
        ("Change the retention", "How many hours records can be read again."),
        ("Change the capacity mode", "Provisioned: you choose the shards. On demand: AWS does."),
        ("Encrypt or stop encrypting", "Records that come from then on, with a key of KMS."),
        ("Watch each shard", "CloudWatch metrics of each shard, not only of the stream."),
        ("Delete the stream", "With its records and its registered consumers."),
        (
            "Start or change a producer",
            "An application that puts records. The name of one that is there changes it.",
        ),
        ("Stop a producer", "It puts no more records."),
        (
            "Start or change a consumer",
            "An application that reads records: shared consumers poll and share 2 MB/s a shard, \
             those with enhanced fan-out have 2 MB/s each.",
        ),
        ("Stop a consumer", "It remembers where it was."),
        (
            "Lose answers",
            "The stream stores the records, but the producer does not hear of it and sends them \
             again: duplicates.",
        ),
        ("End all faults", "No answers get lost any more."),
    ],
    fields: [
        "Name",
        "Capacity mode",
        "Shards",
        "Shards",
        "Hours",
        "Start or stop",
        "KMS key",
        "Metrics",
        "Name",
        "Rate",
        "Record size",
        "Partition keys",
        "How many keys",
        "Skew (zipf exponent)",
        "The only key",
        "Call",
        "Records a call",
        "After a refusal",
        "Producer",
        "Name",
        "Reads",
        "Polls every",
        "Begins at",
        "Consumer",
        "Share of answers",
    ],
    preview: "The line",
    enter: "Enter this line",
    done: "Done",
    copy_as: "Copy as",
    copied: "Copied.",
    select: "Select it and press Ctrl+C to copy.",
    no_stream: "There is no stream that is ready yet. Create one first.",
    range: |min, max| format!("a whole number from {min} to {max}"),
    nobody: "there is none yet",
    shards_note: "A record goes to the shard that owns the hash of its partition key. Choose a \
                  shard to split it, or two neighbours to merge them.",
    key_space: "Key space: who owns which hash keys",
    closed: "closed",
    shard: "Shard",
    neighbour: "With",
    split: "Split the shard",
    merge: "Merge two neighbours",
    border: "Border of the split",
    parted: |below, above| format!("Bytes of its last records: {below} % below, {above} % above."),
    no_records: "It has no records to go by.",
    middle: "In the middle",
    best: "At the best point",
    best_hint: "Where its last 2,000 records are parted most evenly",
};

const KOREAN: Steer = Steer {
    note: "조작할 때마다 명령이 한 줄씩 만들어집니다. 읽어 보고 실행하세요. 콘솔이나 실제 계정에서 입력할 \
           명령과 같습니다.",
    undo_label: "실행 취소와 다시 실행",
    undo: |line| about("실행 취소", line),
    redo: |line| about("다시 실행", line),
    stream: "스트림",
    sections: ["스트림", "샤드", "프로듀서", "컨슈머", "장애", "이 실행 내보내기"],
    forms: [
        (
            "스트림 만들기",
            "ACTIVE가 되기까지 10초 걸립니다. 샤드가 많을수록 레코드를 더 많이 받습니다.",
        ),
        ("샤드 수 바꾸기", "지금의 절반에서 두 배 사이로, 균등하게 나눕니다."),
        ("보존 기간 바꾸기", "레코드를 다시 읽을 수 있는 시간입니다."),
        ("용량 모드 바꾸기", "PROVISIONED는 샤드 수를 직접 정하고, ON_DEMAND는 AWS가 정합니다."),
        ("암호화 시작 또는 중지", "그때부터 들어오는 레코드를 KMS 키로 암호화합니다."),
        ("샤드별 지표 보기", "스트림 전체뿐 아니라 샤드마다 CloudWatch 지표를 냅니다."),
        ("스트림 삭제", "레코드와 등록된 컨슈머도 함께 삭제합니다."),
        (
            "프로듀서 시작 또는 변경",
            "레코드를 넣는 애플리케이션입니다. 이미 있는 이름을 쓰면 그 프로듀서를 바꿉니다.",
        ),
        ("프로듀서 중지", "레코드를 더 넣지 않습니다."),
        (
            "컨슈머 시작 또는 변경",
            "레코드를 읽는 애플리케이션입니다. 공유 컨슈머는 폴링하며 샤드당 2MB/s를 나누어 쓰고, \
             향상된 팬아웃 컨슈머는 각자 2MB/s를 씁니다.",
        ),
        ("컨슈머 중지", "어디까지 읽었는지는 기억합니다."),
        (
            "응답 유실",
            "스트림은 레코드를 저장했지만 프로듀서가 응답을 받지 못해 다시 보냅니다. 그래서 중복이 생깁니다.",
        ),
        ("장애 모두 끝내기", "응답이 더는 유실되지 않습니다."),
    ],
    fields: [
        "이름",
        "용량 모드",
        "샤드 수",
        "샤드 수",
        "시간",
        "시작 또는 중지",
        "KMS 키",
        "지표",
        "이름",
        "속도",
        "레코드 크기",
        "파티션 키",
        "키 개수",
        "쏠림(zipf 지수)",
        "하나뿐인 키",
        "호출",
        "호출당 레코드",
        "거부된 뒤",
        "프로듀서",
        "이름",
        "읽는 방식",
        "폴링 간격",
        "시작 위치",
        "컨슈머",
        "응답 비율",
    ],
    preview: "명령",
    enter: "이 명령 실행",
    done: "완료",
    copy_as: "복사 형식",
    copied: "복사했습니다.",
    select: "선택한 뒤 Ctrl+C를 눌러 복사하세요.",
    no_stream: "준비된 스트림이 아직 없습니다. 먼저 스트림을 만드세요.",
    range: |min, max| format!("{min}에서 {max} 사이의 정수를 쓰세요"),
    nobody: "아직 없습니다",
    shards_note: "레코드는 파티션 키의 해시를 맡은 샤드로 갑니다. 샤드를 골라 분할하거나, 이웃한 두 샤드를 \
                  골라 병합하세요.",
    key_space: "키 공간: 어느 샤드가 어느 해시 키를 맡는지",
    closed: "닫힘",
    shard: "샤드",
    neighbour: "함께 병합할 샤드",
    split: "샤드 분할",
    merge: "이웃한 샤드 병합",
    border: "분할 경계",
    parted: |below, above| format!("최근 레코드의 바이트: 경계 아래 {below} %, 위 {above} %."),
    no_records: "참고할 레코드가 없습니다.",
    middle: "가운데에서",
    best: "가장 좋은 지점에서",
    best_hint: "최근 레코드 2,000개가 가장 고르게 나뉘는 지점",
};
