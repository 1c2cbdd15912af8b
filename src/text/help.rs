//! The keys of the page, and the words of Kinesis.

use super::Language;

/// The panel that helps.
pub struct Help {
    /// Above the keys.
    pub keys: &'static str,
    /// What each key does: the keys as they are written on a keyboard, and what they do.
    pub bindings: [(&'static [&'static str], &'static str); 15],
    /// Above the words.
    pub terms: &'static str,
    /// Names the field that looks for a word.
    pub seek: &'static str,
    /// No word is like the one looked for.
    pub none: &'static str,
    /// Names AWS's own guide.
    pub guide: &'static str,
}

/// A word that AWS uses and that stays English, in commands, metrics or names.
pub struct Term {
    /// As AWS writes it.
    pub name: &'static str,
    /// How it is read and written in Korean.
    reading: &'static str,
    /// What it means, in the order of [`Language::ALL`].
    meaning: [&'static str; Language::ALL.len()],
}

impl Term {
    /// The term of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TERMS.iter().find(|term| term.name == name)
    }

    /// How it is said in a language whose own words are not AWS's.
    pub fn reading(&self, language: Language) -> Option<&'static str> {
        match language {
            Language::English => None,
            Language::Korean => Some(self.reading),
        }
    }

    /// What it means.
    pub fn meaning(&self, language: Language) -> &'static str {
        let [english, korean] = self.meaning;
        match language {
            Language::English => english,
            Language::Korean => korean,
        }
    }

    /// Reading and meaning, for a tooltip.
    pub fn hint(&self, language: Language) -> String {
        let meaning = self.meaning(language);
        self.reading(language)
            .map_or_else(|| meaning.to_owned(), |reading| format!("{reading}: {meaning}"))
    }

    /// Whether somebody who looks for this may mean it.
    pub fn is_like(&self, sought: &str, language: Language) -> bool {
        let sought = sought.trim().to_lowercase();
        let reading = self.reading(language).unwrap_or("");
        [self.name, reading, self.meaning(language)]
            .into_iter()
            .any(|text| text.to_lowercase().contains(&sought))
    }
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Help; 2] = [ENGLISH, KOREAN];

const ENGLISH: Help = Help {
    keys: "Keys",
    bindings: [
        (&["Space"], "play, pause"),
        (&[".", ","], "to the next thing that happens, to the last one"),
        (&["/"], "to the console"),
        (&["?"], "this list"),
        (&["Ctrl+Z", "Ctrl+Shift+Z"], "take back the last line, bring it again"),
        (&["←", "→", "PgUp", "PgDn", "Home", "End"], "on the bar of the run: through time"),
        (&["←", "→", "Home", "End"], "on the tabs: another panel"),
        (&["↑", "↓", "PgUp", "PgDn", "Enter"], "in the picture: from shard to shard, look closer"),
        (&["Enter", "Shift+Enter"], "in the console: run the line, begin another one"),
        (&["Tab"], "in the console: complete; again: all candidates"),
        (&["↑", "↓", "Ctrl+R"], "in the console: earlier lines, search them"),
        (&["Ctrl+C"], "in the console: drop the line, or stop what runs"),
        (&["Ctrl+L"], "in the console: clear"),
        (&["Ctrl+A", "Ctrl+E"], "in the console: begin and end of the line"),
        (&["Ctrl+U", "Ctrl+K", "Ctrl+W"], "in the console: cut to the begin, to the end, a word"),
    ],
    terms: "Words of Kinesis",
    seek: "Look for a word",
    none: "No such word here. Try a shorter part of it.",
    guide: "AWS's developer guide",
};

const KOREAN: Help = Help {
    keys: "단축키",
    bindings: [
        (&["Space"], "재생, 일시 정지"),
        (&[".", ","], "다음에 일어날 일로, 바로 전에 일어난 일로"),
        (&["/"], "콘솔로 이동"),
        (&["?"], "이 목록"),
        (&["Ctrl+Z", "Ctrl+Shift+Z"], "마지막 명령 취소, 다시 실행"),
        (&["←", "→", "PgUp", "PgDn", "Home", "End"], "실행 막대에서: 시간 이동"),
        (&["←", "→", "Home", "End"], "탭에서: 다른 패널"),
        (&["↑", "↓", "PgUp", "PgDn", "Enter"], "그림에서: 샤드 사이 이동, 자세히 보기"),
        (&["Enter", "Shift+Enter"], "콘솔에서: 실행, 줄바꿈"),
        (&["Tab"], "콘솔에서: 자동 완성. 한 번 더 누르면 모든 후보"),
        (&["↑", "↓", "Ctrl+R"], "콘솔에서: 이전 명령, 이전 명령 검색"),
        (&["Ctrl+C"], "콘솔에서: 입력을 지우거나 실행 중인 명령을 중단"),
        (&["Ctrl+L"], "콘솔에서: 화면 지우기"),
        (&["Ctrl+A", "Ctrl+E"], "콘솔에서: 줄의 처음, 줄의 끝"),
        (&["Ctrl+U", "Ctrl+K", "Ctrl+W"], "콘솔에서: 줄의 처음까지, 끝까지, 단어 하나 지우기"),
    ],
    terms: "Kinesis 용어",
    seek: "용어 찾기",
    none: "그런 용어가 없습니다. 더 짧게 입력해 보세요.",
    guide: "AWS 개발자 안내서",
};

const fn term(
    name: &'static str,
    reading: &'static str,
    meaning: [&'static str; Language::ALL.len()],
) -> Term {
    Term { name, reading, meaning }
}

/// The words, concepts before metrics.
pub static TERMS: [Term; 30] = [
    term(
        "Stream",
        "스트림",
        [
            "Shards that together take records and keep them until their retention ends.",
            "레코드를 받아 보존 기간이 끝날 때까지 보관하는 샤드의 모음입니다.",
        ],
    ),
    term(
        "Shard",
        "샤드",
        [
            "A part of a stream with a range of hash keys, an order, and limits of its own: \
             1 MiB/s and 1,000 records/s in, 2 MiB/s and 5 calls/s out.",
            "스트림의 한 부분입니다. 해시 키 범위와 순서, 그리고 자기만의 한도(쓰기 1MiB/s와 \
             레코드 1,000개/s, 읽기 2MiB/s와 호출 5번/s)가 있습니다.",
        ],
    ),
    term(
        "Partition key",
        "파티션 키",
        [
            "A text of 1 to 256 characters in every record. Its MD5 decides the shard.",
            "모든 레코드에 붙는 1~256자의 문자열입니다. 이 값의 MD5가 샤드를 정합니다.",
        ],
    ),
    term(
        "Hash key",
        "해시 키",
        [
            "The MD5 of the partition key as a number from 0 to 2^128 − 1.",
            "파티션 키의 MD5를 0부터 2^128 − 1까지의 수로 나타낸 것입니다.",
        ],
    ),
    term(
        "Sequence number",
        "시퀀스 번호",
        [
            "A record's number in its shard. It only rises, and holds when and where it was put.",
            "샤드 안에서 레코드에 붙는 번호입니다. 항상 커지며, 저장된 시각과 샤드가 들어 있습니다.",
        ],
    ),
    term(
        "Producer",
        "프로듀서",
        [
            "Whoever puts records: PutRecord, PutRecords.",
            "PutRecord나 PutRecords로 레코드를 넣는 쪽입니다.",
        ],
    ),
    term(
        "Consumer",
        "컨슈머",
        [
            "Whoever reads records: shared by GetRecords, or with enhanced fan-out.",
            "레코드를 읽는 쪽입니다. GetRecords로 함께 나눠 읽거나 향상된 팬아웃으로 읽습니다.",
        ],
    ),
    term(
        "Shard iterator",
        "샤드 이터레이터",
        [
            "A token for a place in a shard. GetRecords takes it and gives the next. It lives \
             5 minutes.",
            "샤드 안의 위치를 가리키는 토큰입니다. GetRecords에 주면 다음 토큰을 돌려줍니다. \
             5분 동안 쓸 수 있습니다.",
        ],
    ),
    term(
        "TRIM_HORIZON",
        "트림 호라이즌",
        [
            "The oldest record that is still there: where reading from the beginning begins.",
            "아직 남아 있는 가장 오래된 레코드, 즉 처음부터 읽을 때의 시작 위치입니다.",
        ],
    ),
    term(
        "LATEST",
        "레이티스트",
        [
            "Just after the newest record: only what is put from now on is read.",
            "가장 최근 레코드의 바로 다음입니다. 지금부터 들어오는 것만 읽습니다.",
        ],
    ),
    term(
        "Retention period",
        "보존 기간",
        [
            "How long a record is kept, 24 hours to 365 days. Then it is gone, read or not.",
            "레코드를 보관하는 시간으로 24시간~365일입니다. 지나면 읽지 않았어도 사라집니다.",
        ],
    ),
    term(
        "Throttling",
        "스로틀링",
        [
            "A refusal because a limit is used up: ProvisionedThroughputExceededException.",
            "한도를 다 써서 거부되는 것입니다. 오류는 ProvisionedThroughputExceededException입니다.",
        ],
    ),
    term(
        "Hot shard",
        "핫 샤드",
        [
            "A shard that gets more than its share, mostly by one key, and throttles while others \
             idle.",
            "키 하나가 몰리는 등의 이유로 혼자 많이 받아, 다른 샤드가 한가해도 거부되는 샤드입니다.",
        ],
    ),
    term(
        "Resharding",
        "리샤딩",
        [
            "Changing the number of shards: SplitShard, MergeShards, UpdateShardCount. Parents \
             close, children open.",
            "SplitShard, MergeShards, UpdateShardCount로 샤드 수를 바꾸는 것입니다. 부모 샤드가 닫히고 \
             자식 샤드가 열립니다.",
        ],
    ),
    term(
        "Provisioned",
        "프로비저닝",
        [
            "You say how many shards there are, and pay for each by the hour.",
            "샤드 수를 직접 정하고 샤드마다 시간당 요금을 냅니다.",
        ],
    ),
    term(
        "On-demand",
        "온디맨드",
        [
            "AWS adds shards as traffic grows, up to twice the peak of 30 days; you pay by the \
             GB.",
            "트래픽이 늘면 AWS가 샤드를 늘립니다(30일 최고치의 두 배까지). 요금은 GB 단위입니다.",
        ],
    ),
    term(
        "Enhanced fan-out",
        "향상된 팬아웃",
        [
            "A registered consumer gets 2 MiB/s of each shard for itself, pushed within about \
             70 ms.",
            "등록된 컨슈머가 샤드마다 2MiB/s를 혼자 쓰며, 약 70ms 만에 레코드를 밀어 받습니다.",
        ],
    ),
    term(
        "SubscribeToShard",
        "서브스크라이브 투 샤드",
        [
            "How enhanced fan-out reads: a connection of 5 minutes on which records are pushed.",
            "향상된 팬아웃이 읽는 방법입니다. 5분 동안 이어지는 연결로 레코드가 전달됩니다.",
        ],
    ),
    term(
        "MillisBehindLatest",
        "밀리스 비하인드 레이티스트",
        [
            "How far a reader is behind the tip of the shard, in milliseconds.",
            "읽는 위치가 샤드의 끝보다 몇 밀리초 뒤에 있는지 나타냅니다.",
        ],
    ),
    term(
        "Idempotence",
        "멱등성",
        [
            "That doing it twice changes nothing more: a retry may store a record twice.",
            "두 번 처리해도 결과가 같은 성질입니다. 재시도하면 같은 레코드가 두 번 저장될 수 있습니다.",
        ],
    ),
    term(
        "IncomingRecords",
        "인커밍 레코드",
        ["Records stored in a minute.", "1분 동안 저장된 레코드 수입니다."],
    ),
    term(
        "IncomingBytes",
        "인커밍 바이트",
        ["Bytes stored in a minute.", "1분 동안 저장된 바이트 수입니다."],
    ),
    term(
        "WriteProvisionedThroughputExceeded",
        "쓰기 처리량 초과",
        ["Records that were throttled.", "스로틀링으로 거부된 레코드 수입니다."],
    ),
    term(
        "GetRecords.Records",
        "겟레코즈 레코드",
        ["Records that GetRecords gave.", "GetRecords가 돌려준 레코드 수입니다."],
    ),
    term(
        "GetRecords.Bytes",
        "겟레코즈 바이트",
        ["Bytes that GetRecords gave.", "GetRecords가 돌려준 바이트 수입니다."],
    ),
    term(
        "ReadProvisionedThroughputExceeded",
        "읽기 처리량 초과",
        ["GetRecords calls that were throttled.", "거부된 GetRecords 호출 수입니다."],
    ),
    term(
        "GetRecords.IteratorAgeMilliseconds",
        "이터레이터 에이지",
        [
            "The age of the last record of each GetRecords answer: how late the slowest reads.",
            "GetRecords 응답마다 마지막 레코드의 나이입니다. 가장 느린 컨슈머가 얼마나 늦는지 알려 줍니다.",
        ],
    ),
    term(
        "SubscribeToShardEvent.Records",
        "구독 이벤트 레코드",
        ["Records pushed to the consumer.", "컨슈머에게 전달된 레코드 수입니다."],
    ),
    term(
        "SubscribeToShardEvent.Bytes",
        "구독 이벤트 바이트",
        ["Bytes pushed to the consumer.", "컨슈머에게 전달된 바이트 수입니다."],
    ),
    term(
        "SubscribeToShardEvent.MillisBehindLatest",
        "구독 이벤트 지연",
        [
            "How far the consumer is behind the tip, in milliseconds.",
            "컨슈머가 샤드의 끝보다 몇 밀리초 뒤에 있는지 나타냅니다.",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use shardlab::engine::service::metrics::Metric;

    #[test]
    fn what_charts_name_is_told_in_both_languages() {
        for metric in [
            Metric::IncomingRecords,
            Metric::IncomingBytes,
            Metric::WriteProvisionedThroughputExceeded,
            Metric::GetRecordsRecords,
            Metric::GetRecordsBytes,
            Metric::ReadProvisionedThroughputExceeded,
            Metric::GetRecordsIteratorAgeMilliseconds,
            Metric::SubscribeToShardEventRecords,
            Metric::SubscribeToShardEventBytes,
            Metric::SubscribeToShardEventMillisBehindLatest,
        ] {
            let term = Term::named(metric.name()).unwrap_or_else(|| panic!("{}", metric.name()));
            assert!(term.hint(Language::Korean).starts_with(term.reading));
            assert_eq!(term.hint(Language::English), term.meaning[0]);
        }
    }

    #[test]
    fn a_word_is_found_by_any_of_its_names() {
        let named = |sought, language| {
            TERMS.iter().filter(|term| term.is_like(sought, language)).map(|term| term.name).next()
        };
        assert_eq!(named("호라이즌", Language::Korean), Some("TRIM_HORIZON"));
        assert_eq!(named("trim", Language::English), Some("TRIM_HORIZON"));
        assert_eq!(named(" MD5 ", Language::English), Some("Partition key"));
        assert_eq!(named("호라이즌", Language::English), None);
    }
}
