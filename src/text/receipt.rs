//! A receipt: why a shard refused, and what helps.
//!
//! Whoever reads it may have never heard of a shard. Amounts come as texts of their own.

/// A receipt.
pub struct Receipt {
    /// Names it.
    pub title: &'static str,
    /// Nothing is chosen yet.
    pub choose: &'static str,
    /// It is being looked into.
    pub looking: &'static str,
    /// It cannot be found any more.
    pub lost: &'static str,
    /// Opens it.
    pub why: &'static str,
    /// Opens that of the last refusal of a shard: which one.
    pub why_shard: fn(&str) -> String,
    /// The person at the console.
    pub person: &'static str,
    /// Whoever called.
    pub anybody: &'static str,
    /// So many records, bytes, calls.
    pub amounts: [fn(&str) -> String; 3],
    /// When, shard, stream, whose, how much.
    pub lead: fn(&str, &str, &str, &str, &str) -> String,
    /// A producer, a consumer, by its name.
    pub clients: [fn(&str) -> String; 2],
    /// In short: too much of one key: how many times too much, percent, key.
    pub short_hot: fn(&str, &str, &str) -> String,
    /// Too much of many keys: how many times.
    pub short_even: fn(&str) -> String,
    /// No more than fits, but too much at once.
    pub short_burst: &'static str,
    /// Calls of readers, bytes read, calls for iterators.
    pub short_reads: [&'static str; 3],
    /// What each bucket allows a second, and holds at most: records written, bytes written, calls
    /// of readers, bytes read, calls for iterators.
    pub rules: [fn(&str, &str) -> String; 5],
    /// Above the arithmetic.
    pub arithmetic: &'static str,
    /// How much the bucket held, of how much.
    pub held: fn(&str, &str) -> String,
    /// How much it owed.
    pub owed: fn(&str) -> String,
    /// How much came, how much of it fitted, how much was refused.
    pub came: fn(&str, &str, &str) -> String,
    /// All that came was refused.
    pub came_in_vain: fn(&str) -> String,
    /// How much fits after which wait, and when.
    pub fits: fn(&str, &str, &str) -> String,
    /// The bucket is out of debt after which wait, and when.
    pub debt_paid: fn(&str, &str) -> String,
    /// Names the drawing.
    pub figure: &'static str,
    /// The drawing for whoever does not see it: level at first, lowest, just before.
    pub figure_twin: fn(&str, &str, &str) -> String,
    /// The most that the bucket holds.
    pub full: fn(&str) -> String,
    /// The line in time.
    pub refusal: &'static str,
    /// Above those who drank.
    pub drinkers: &'static str,
    /// Who, asked for, got, refused.
    pub drinker_columns: [&'static str; 4],
    /// How much came in within those seconds, how much was asked for, how many times that is.
    pub too_much: fn(&str, &str, &str) -> String,
    /// How much came in within those seconds, how much was asked for.
    pub enough: fn(&str, &str) -> String,
    /// Above the keys.
    pub keys: &'static str,
    /// What a key is for.
    pub key_rule: &'static str,
    /// All have one key: which.
    pub one_key: fn(&str) -> String,
    /// How many keys, the heaviest, its part in percent.
    pub hot_key: fn(&str, &str, &str) -> String,
    /// How many keys, the part of the heaviest in percent.
    pub even_keys: fn(&str, &str) -> String,
    /// Above what AWS says.
    pub aws: &'static str,
    /// Names the link to the documentation.
    pub documentation: &'static str,
    /// Above the remedies.
    pub remedies: &'static str,
    /// How they were tried: how long before the refusal, for how long.
    pub tried: fn(&str, &str) -> String,
    /// There are none.
    pub no_remedies: &'static str,
    /// One is being tried.
    pub trying: &'static str,
    /// Enters a remedy's lines.
    pub try_here: &'static str,
    /// That was done.
    pub entered: &'static str,
    /// Names and explanations, in the order of `insight::remedy::Fix`.
    pub fixes: [(&'static str, &'static str); 11],
    /// How well it helped: stops it, helps, does not, makes it worse.
    pub verdicts: [&'static str; 4],
    /// What was measured: refused, refused a second at the end, given up, behind, open shards,
    /// registered consumers, waiting to be sent again.
    pub measures: [&'static str; 7],
    /// So many a second.
    pub per_second: fn(&str) -> String,
    /// A line did not work: what it printed.
    pub failed: fn(&str) -> String,
}

/// In every language, in the order of `Language::ALL`.
pub static ALL: [Receipt; 2] = [ENGLISH, KOREAN];

/// The words that lead to a receipt, by themselves: the console has them before any panel is there.
pub static WHY: [&str; 2] = [ENGLISH.why, KOREAN.why];

const ENGLISH: Receipt = Receipt {
    title: "Why was this refused?",
    choose: "Choose a refusal: click a red mark in the picture, or “Why?” in the tables or below \
             an answer in the console.",
    looking: "Going back to look …",
    lost: "This refusal cannot be found again: the run has gone another way since.",
    why: "Why?",
    why_shard: |shard| format!("Why did {shard} refuse?"),
    person: "you",
    anybody: "calls that were answered",
    amounts: [
        |count| if count == "1" { "1 record".into() } else { format!("{count} records") },
        |bytes| bytes.into(),
        |count| if count == "1" { "1 call".into() } else { format!("{count} calls") },
    ],
    lead: |time, shard, stream, who, amount| {
        format!("At {time}, {shard} of the stream {stream} refused {amount} of {who}.")
    },
    clients: [|name| format!("the producer {name}"), |name| format!("the consumer {name}")],
    short_hot: |times, percent, key| {
        format!(
            "In short: {times} times as much came as one shard takes, and {percent} % of what it \
             stored has one partition key, {key}, which always leads to this shard."
        )
    },
    short_even: |times| {
        format!(
            "In short: {times} times as much came as one shard takes. No single key is to blame: \
             it needs more shards, or fewer records."
        )
    },
    short_burst: "In short: it came in a burst, more at once than the shard had left.",
    short_reads: [
        "In short: those who poll this shard ask more often, all together, than it answers.",
        "In short: those who poll this shard were given more, all together, than it hands out in \
         the time, and now wait until that is paid off.",
        "In short: iterators were asked for more often than a shard gives them.",
    ],
    rules: [
        |rate, full| {
            format!(
                "A shard is one lane of a stream, and it takes at most {rate} a second. Picture a \
                 bucket that holds {full}: each record that is stored takes one out, and {rate} \
                 flow back in every second. When the bucket is empty, the shard refuses."
            )
        },
        |rate, full| {
            format!(
                "A shard is one lane of a stream, and it takes at most {rate} a second. Picture a \
                 tank of {full}: each record that is stored takes its size out, and {rate} flow \
                 back in every second. A full tank lets a burst pass; then the shard refuses what \
                 the tank does not hold."
            )
        },
        |rate, full| {
            format!(
                "A shard answers at most {rate} of GetRecords a second, and everybody who polls \
                 shares them. Picture a bucket that holds {full}: each answer takes one out, and \
                 {rate} flow back in every second."
            )
        },
        |rate, _| {
            format!(
                "A shard hands out at most {rate} a second, and everybody who polls shares them. \
                 One answer may be larger, up to 10 MiB, and is paid for afterwards: until all of \
                 it has flowed back in, the shard refuses everybody who polls."
            )
        },
        |rate, _| {
            format!(
                "A shard answers at most {rate} of GetShardIterator a second. Ask once, and go on \
                 with the NextShardIterator of each answer."
            )
        },
    ],
    arithmetic: "The arithmetic",
    held: |level, full| format!("Just before, the bucket held {level} of {full}."),
    owed: |debt| format!("Just before, the bucket owed {debt}."),
    came: |all, taken, refused| {
        format!("Then {all} came at once: {taken} fitted, {refused} had to be refused.")
    },
    came_in_vain: |all| format!("Then {all} came, and did not fit."),
    fits: |asked, wait, time| {
        format!("There was room for {asked} again {wait} later, at {time}, if nobody came first.")
    },
    debt_paid: |wait, time| format!("The debt was paid {wait} later, at {time}."),
    figure: "How full the bucket was: 2 seconds before, half a second after",
    figure_twin: |first, lowest, before| {
        format!("At first {first}, at the lowest {lowest}, just before the refusal {before}.")
    },
    full: |amount| format!("full: {amount}"),
    refusal: "refused",
    drinkers: "Who drank from it in these 2 seconds",
    drinker_columns: ["Who", "Asked for", "Got", "Refused"],
    too_much: |room, asked, times| {
        format!(
            "In 2 seconds {room} flow in, but {asked} were asked for: {times} times as much as \
             there can be. Whatever was left from before is soon gone, and the rest is refused."
        )
    },
    enough: |room, asked| {
        format!(
            "In 2 seconds {room} flow in, and no more than {asked} were asked for: that would fit, \
             had it not come so much at once, or so soon after more."
        )
    },
    keys: "Which partition keys brought it",
    key_rule: "Each record carries a partition key, and the key alone decides which shard it goes \
               to: the same key, always the same shard.",
    one_key: |key| {
        format!("All of it has one key, {key}. So more shards do not help: only other keys do.")
    },
    hot_key: |count, key, percent| {
        format!(
            "Of {count} keys one alone, {key}, brings {percent} % of what this shard stored: a hot \
             key makes a hot shard. A split can part it from the others, but cannot divide it."
        )
    },
    even_keys: |count, percent| {
        format!(
            "{count} keys, none of them above {percent} %: no key is to blame, it is simply too \
             much for one shard. A split divides them."
        )
    },
    aws: "What AWS says",
    documentation: "Limits in the AWS documentation",
    remedies: "What helps?",
    tried: |before, lasted| {
        format!(
            "Each was tried on a copy of this run, from {before} before the refusal on, for \
             {lasted} of simulated time. Your own run goes on untouched."
        )
    },
    no_remedies: "There is nothing here that a line could change.",
    trying: "is being tried …",
    try_here: "Try it here",
    entered: "Entered into your run.",
    fixes: [
        ("As it is", "What the others are compared with."),
        (
            "Split the shard",
            "Two shards take its place, each with a limit of its own. The border lies where both \
             get as nearly as much as these 2 seconds allow.",
        ),
        (
            "Other keys",
            "The same records with keys of which none is popular: they spread over all shards. \
             Order is kept within a key only, so choose with care.",
        ),
        (
            "Twice the shards",
            "Every shard is divided in the middle of its keys. It costs twice as much, and a key \
             that is too hot for one shard stays so.",
        ),
        (
            "Wait, then send again",
            "Up to 10 attempts after ever longer waits. That carries a burst over to quieter \
             seconds; against a lasting overload it only adds attempts.",
        ),
        (
            "On-demand mode",
            "AWS chooses the number of shards by what was written. It takes minutes to see and to \
             grow, so a first minute shows little, and one hot key stays hot.",
        ),
        (
            "Enhanced fan-out for this reader",
            "It registers and is pushed its records through a pipe of its own, 2 MiB/s a shard. \
             Others share what it leaves. It costs extra.",
        ),
        (
            "Enhanced fan-out for all",
            "Every reader has a pipe of its own, 2 MiB/s a shard, and nobody polls. It costs \
             extra for each.",
        ),
        (
            "Poll less often",
            "Everybody shares the calls. Fewer of them with more records each read as much, a \
             little later.",
        ),
        (
            "Ask for fewer records",
            "Answers below what a second gives leave no debt behind, so others get their turn.",
        ),
        ("One reader less", "Whoever drank most besides this one is stopped."),
    ],
    verdicts: ["stops it", "helps", "does not help", "makes it worse"],
    measures: [
        "refused",
        "a second at the end",
        "given up for good",
        "farthest behind",
        "open shards",
        "registered consumers",
        "still waiting to be sent again",
    ],
    per_second: |count| format!("{count}/s"),
    failed: |words| format!("AWS answers: {words}"),
};

const KOREAN: Receipt = Receipt {
    title: "왜 거부되었나요?",
    choose: "거부를 하나 고르세요. 그림의 빨간 표시를 누르거나, 표와 콘솔 응답에 있는 ‘왜?’를 누르면 \
             됩니다.",
    looking: "그 순간으로 돌아가 살펴보는 중…",
    lost: "이 거부를 다시 찾을 수 없습니다. 그 뒤로 실행이 다르게 흘러갔습니다.",
    why: "왜?",
    why_shard: |shard| format!("{shard}가 왜 거부했나요?"),
    person: "나",
    anybody: "응답을 받은 호출",
    amounts: [
        |count| format!("레코드 {count}개"),
        |bytes| bytes.into(),
        |count| format!("호출 {count}번"),
    ],
    lead: |time, shard, stream, who, amount| {
        format!("{time}, {stream} 스트림의 {shard} 샤드가 {who}의 요청을 거부했습니다: {amount}.")
    },
    clients: [|name| format!("프로듀서 {name}"), |name| format!("컨슈머 {name}")],
    short_hot: |times, percent, key| {
        format!(
            "요약: 샤드 하나가 받을 수 있는 양의 {times}배가 왔고, 저장된 것의 {percent}%가 파티션 키 \
             {key} 하나에서 왔습니다. 이 키는 언제나 이 샤드로 갑니다."
        )
    },
    short_even: |times| {
        format!(
            "요약: 샤드 하나가 받을 수 있는 양의 {times}배가 왔습니다. 특정 키의 문제가 아니므로 샤드를 \
             늘리거나 레코드를 줄여야 합니다."
        )
    },
    short_burst: "요약: 샤드에 남아 있던 것보다 많은 양이 한꺼번에 몰려왔습니다.",
    short_reads: [
        "요약: 이 샤드를 폴링하는 모두를 합치면, 샤드가 응답할 수 있는 횟수보다 자주 요청했습니다.",
        "요약: 이 샤드를 폴링하는 모두가 주어진 시간에 내보낼 수 있는 것보다 많이 받아 갔고, 그만큼 다시 \
         채워질 때까지 기다려야 합니다.",
        "요약: 샤드가 내줄 수 있는 것보다 자주 이터레이터를 요청했습니다.",
    ],
    rules: [
        |rate, full| {
            format!(
                "샤드는 스트림의 한 차선이고, 1초에 {rate}까지만 받습니다. {full}가 담기는 양동이를 \
                 떠올려 보세요. 레코드 하나를 저장할 때마다 하나씩 줄고, 1초마다 {rate}만큼 다시 \
                 채워집니다. 양동이가 비면 샤드는 거부합니다."
            )
        },
        |rate, full| {
            format!(
                "샤드는 스트림의 한 차선이고, 1초에 {rate}까지만 받습니다. {full}짜리 물탱크를 떠올려 \
                 보세요. 레코드를 저장할 때마다 그 크기만큼 줄고, 1초마다 {rate}만큼 다시 채워집니다. \
                 가득 찬 탱크는 잠깐의 폭주를 받아 주지만, 그다음부터는 남은 양에 들어가지 않는 것을 \
                 거부합니다."
            )
        },
        |rate, full| {
            format!(
                "샤드는 1초에 GetRecords {rate}까지만 응답하고, 폴링하는 모두가 이를 나눠 씁니다. \
                 {full}이 담기는 양동이를 떠올려 보세요. 응답할 때마다 하나씩 줄고, 1초마다 {rate}만큼 \
                 다시 채워집니다."
            )
        },
        |rate, _| {
            format!(
                "샤드는 1초에 {rate}까지만 내보내고, 폴링하는 모두가 이를 나눠 씁니다. 응답 하나는 \
                 10 MiB까지 커질 수 있지만 나중에 갚아야 합니다. 그만큼 다시 채워질 때까지 샤드는 \
                 폴링하는 모두를 거부합니다."
            )
        },
        |rate, _| {
            format!(
                "샤드는 1초에 GetShardIterator {rate}까지만 응답합니다. 한 번만 요청하고, 그다음부터는 \
                 응답에 있는 NextShardIterator로 이어서 읽으세요."
            )
        },
    ],
    arithmetic: "계산해 보면",
    held: |level, full| format!("직전에 양동이에 남은 양: {level} (가득 차면 {full})."),
    owed: |debt| format!("직전에 양동이는 {debt}만큼 빚을 지고 있었습니다."),
    came: |all, taken, refused| {
        format!(
            "그때 한꺼번에 온 것은 {all}입니다. 들어간 것은 {taken}, 거부된 것은 {refused}입니다."
        )
    },
    came_in_vain: |all| format!("그때 온 것은 {all}인데, 들어갈 자리가 없었습니다."),
    fits: |asked, wait, time| {
        format!(
            "다른 요청이 먼저 오지 않는다면, {wait} 뒤인 {time}에는 다시 {asked}만큼 들어갈 수 있었습니다."
        )
    },
    debt_paid: |wait, time| format!("빚은 {wait} 뒤인 {time}에 모두 갚았습니다."),
    figure: "양동이가 얼마나 차 있었는지: 2초 전부터 0.5초 뒤까지",
    figure_twin: |first, lowest, before| {
        format!("처음 {first}, 가장 낮을 때 {lowest}, 거부 직전 {before}.")
    },
    full: |amount| format!("가득: {amount}"),
    refusal: "거부",
    drinkers: "이 2초 동안 누가 썼나요",
    drinker_columns: ["누가", "요청", "받음", "거부"],
    too_much: |room, asked, times| {
        format!(
            "2초 동안 채워지는 것은 {room}인데 요청은 {asked}, 가능한 양의 {times}배입니다. 남아 있던 \
             것도 곧 떨어지고 나머지는 거부됩니다."
        )
    },
    enough: |room, asked| {
        format!(
            "2초 동안 채워지는 것은 {room}, 요청은 {asked}입니다. 이렇게 한꺼번에, 또는 많이 쓴 직후에 \
             오지 않았다면 들어갔을 양입니다."
        )
    },
    keys: "어떤 파티션 키에서 왔나요",
    key_rule: "레코드마다 파티션 키가 있고, 어느 샤드로 갈지는 키만으로 정해집니다. 같은 키는 언제나 같은 \
               샤드로 갑니다.",
    one_key: |key| {
        format!(
            "모두 {key} 키 하나에서 왔습니다. 그래서 샤드를 늘려도 소용이 없고, 키를 바꿔야 합니다."
        )
    },
    hot_key: |count, key, percent| {
        format!(
            "키 {count}개 중 {key} 하나가 이 샤드에 저장된 양의 {percent}%를 차지합니다. \
             핫 키가 핫 샤드를 만듭니다. 분할하면 다른 키와 떼어 놓을 수는 있어도 키 하나를 나눌 수는 \
             없습니다."
        )
    },
    even_keys: |count, percent| {
        format!(
            "키가 {count}개이고 어느 것도 {percent}%를 넘지 않습니다. 특정 키의 문제가 아니라, 샤드 \
             하나에 너무 많이 온 것입니다. 분할하면 나뉩니다."
        )
    },
    aws: "AWS의 응답",
    documentation: "AWS 문서에서 한도 보기",
    remedies: "무엇이 도움이 될까요?",
    tried: |before, lasted| {
        format!(
            "이 실행의 사본에서 거부 {before} 전부터 시뮬레이션 시간으로 {lasted} 동안 하나씩 해 \
             보았습니다. 실제 실행은 그대로입니다."
        )
    },
    no_remedies: "여기서는 명령으로 바꿀 수 있는 것이 없습니다.",
    trying: "해 보는 중…",
    try_here: "여기서 해 보기",
    entered: "실행에 입력했습니다.",
    fixes: [
        ("그대로 두기", "다른 방법과 비교하는 기준입니다."),
        (
            "샤드 분할",
            "샤드 두 개가 대신하고, 각각 자기 한도를 가집니다. 최근 2초를 기준으로 양쪽이 가장 비슷하게 \
             받도록 경계를 정했습니다.",
        ),
        (
            "다른 키",
            "같은 레코드에 쏠림 없는 키를 붙여 모든 샤드로 퍼뜨립니다. 순서는 같은 키 안에서만 지켜지므로 \
             신중히 고르세요.",
        ),
        (
            "샤드 두 배로",
            "모든 샤드를 키 범위의 한가운데에서 나눕니다. 비용도 두 배이고, 샤드 하나로 감당할 수 없는 \
             키는 그대로 남습니다.",
        ),
        (
            "기다렸다 다시 보내기",
            "점점 더 오래 기다리며 최대 10번 시도합니다. 잠깐의 폭주는 한가한 때로 넘길 수 있지만, 계속되는 \
             과부하에는 시도만 늘어납니다.",
        ),
        (
            "온디맨드 모드",
            "AWS가 쓰기량을 보고 샤드 수를 정합니다. 알아차리고 늘리는 데 몇 분이 걸려 처음 1분에는 변화가 \
             거의 없고, 핫 키는 그대로 남습니다.",
        ),
        (
            "이 컨슈머만 향상된 팬아웃",
            "등록한 뒤 샤드마다 2 MiB/s의 전용 통로로 레코드를 받습니다. 나머지는 남은 몫을 나눠 씁니다. \
             추가 비용이 듭니다.",
        ),
        (
            "모두 향상된 팬아웃",
            "모든 컨슈머가 샤드마다 2 MiB/s의 전용 통로를 가지므로 아무도 폴링하지 않습니다. 컨슈머마다 \
             추가 비용이 듭니다.",
        ),
        (
            "덜 자주 폴링하기",
            "호출 수는 모두가 나눠 씁니다. 횟수를 줄이고 한 번에 더 읽으면, 조금 늦을 뿐 읽는 양은 같습니다.",
        ),
        (
            "한 번에 덜 요청하기",
            "1초에 채워지는 양보다 작은 응답은 빚을 남기지 않으므로 다른 컨슈머도 차례를 얻습니다.",
        ),
        ("컨슈머 하나 줄이기", "이 컨슈머 말고 가장 많이 쓴 컨슈머를 멈춥니다."),
    ],
    verdicts: ["해결됩니다", "도움이 됩니다", "도움이 되지 않습니다", "더 나빠집니다"],
    measures: [
        "거부",
        "마지막 1초당 거부",
        "영영 포기",
        "가장 큰 지연",
        "열린 샤드",
        "등록된 컨슈머",
        "아직 다시 보내려고 대기",
    ],
    per_second: |count| format!("초당 {count}"),
    failed: |words| format!("AWS의 응답: {words}"),
};
