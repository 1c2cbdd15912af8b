//! Korean.

use super::{Answer, Bad, Build, Data, Form, Give, Progress, Reasons, Wishes};

pub(super) const DATA: Data = Data {
    title: "내 데이터로 스트림 크기 정하기",
    intro: "CSV, NDJSON, 로그 파일을 여기에 끌어다 놓거나 선택하세요. 파일은 이 브라우저 안에서만 읽으며 \
            밖으로 나가지 않습니다.",
    choose: "파일 선택",
    several: "한 번에 한 파일씩 분석합니다",
    samples: "예제로 해 보기",
    opening: |name| format!("{name} 파일을 여는 중…"),
    broken: |name, why| format!("{name} 파일을 읽을 수 없습니다. 브라우저 메시지: {why}"),
    unreadable: [
        |name| format!("{name}: 빈 파일입니다."),
        |name| format!("{name}: 열 이름만 있고 그 아래에 행이 없습니다."),
        |how| format!("압축된 파일({how})입니다. 압축을 푼 파일을 끌어다 놓으세요."),
        |what| format!("텍스트가 아닌 {what} 파일입니다. CSV나 NDJSON으로 내보내세요."),
        |name| {
            format!(
                "{name}: 한 줄에 객체 하나가 아니라 전체가 하나의 JSON 문서입니다. 배열이라면 이렇게 바꿀 수 \
                 있습니다. jq -c '.[]' {name} > rows.ndjson"
            )
        },
        |name| {
            format!(
                "{name}: 텍스트가 아닙니다(1번째 줄부터 0 바이트나 제어 문자가 있습니다). CSV, NDJSON, 로그 \
                 파일을 끌어다 놓으세요."
            )
        },
    ],
    form: Form {
        title: "파일",
        shape: "행 형식",
        shapes: [
            "CSV(쉼표)",
            "CSV(세미콜론)",
            "CSV(탭)",
            "CSV(세로줄 |)",
            "CSV(다른 구분자)",
            "NDJSON: 한 줄에 객체 하나",
            "로그 줄",
        ],
        header: "첫 행은 열 이름",
        key: "파티션 키",
        no_key: "없음: 레코드마다 다른 키",
        time: "시각",
        no_time: "없음: 정해진 시간에 고르게",
        columns: "열과 처음 나오는 값",
        heads: ["열", "내용", "처음 나오는 값"],
        kinds: ["시각", "숫자", "텍스트", "비어 있음"],
    },
    wishes: Wishes {
        title: "스트림 조건",
        fields: [
            "폴링 컨슈머 수",
            "팬아웃 컨슈머 수",
            "보존 기간(시간)",
            "배속",
            "여유(%)",
            "최대 레코드(KiB)",
            "파일 전체 길이(시간)",
        ],
    },
    progress: Progress {
        label: "파일 읽기",
        told: |percent, read, all, records, keys| {
            format!("{percent}%: {all} 중 {read}, 레코드 {records}개, 키 {keys}개")
        },
        stop: "여기서 멈추기",
        stopped: |read, all| {
            format!("{all} 중 {read}까지 읽고 멈췄습니다. 읽은 부분에 대한 결과입니다.")
        },
        broke: |read, all, why| {
            format!(
                "브라우저가 {all} 중 {read}까지만 읽었습니다({why}). 파일이 옮겨졌거나 바뀌었는지 \
                 확인하세요. 읽은 부분에 대한 결과입니다."
            )
        },
    },
    answer: Answer {
        nothing: "레코드로 보낼 수 있는 행이 없습니다. 아래에서 이유를 확인하고 열이나 행 형식을 바꿔 보세요.",
        shards: |shards| format!("샤드 {shards}개면 충분합니다."),
        uneven: |shards, even| {
            format!(
                "샤드 {shards}개가 필요합니다. 키가 고르게 퍼지면 {even}개면 되지만 그렇지 않습니다."
            )
        },
        too_hot: |column, keys, shards| {
            format!(
                "{column} 키는 샤드에 들어가지 않습니다. 값 {keys}개가 1초 동안 샤드 하나의 한도보다 많은 양을 \
                 보내므로 샤드를 아무리 늘려도 소용없습니다. 솔트를 붙이면 샤드 {shards}개면 충분합니다."
            )
        },
        no_headroom: |column, keys, shards| {
            format!(
                "{column} 키를 쓰면 여유가 없습니다. 값 {keys}개가 1초 동안 샤드 하나를 거의 다 씁니다. 솔트를 \
                 붙이면 샤드 {shards}개면 충분합니다."
            )
        },
        not_enough: |tried| format!("키가 이렇게 몰리면 샤드 {tried}개로도 부족합니다."),
        without_key: "키 열이 없으면 레코드마다 다른 키를 쓰므로 부하가 고르게 퍼집니다.",
        without_time: |hours| {
            format!("시각 열이 없어 파일 전체가 {hours}시간에 걸쳐 고르게 들어온다고 보았습니다.")
        },
        total: "읽은 내용",
        totals: [
            "레코드",
            "바이트(키 포함)",
            "평균 레코드",
            "가장 큰 레코드",
            "서로 다른 키",
            "시작",
            "끝",
            "가장 바쁜 1초",
            "가장 바쁜 1분의 초당 평균",
            "전체 초당 평균",
        ],
        rate: |records, bytes| format!("초당 레코드 {records}개, {bytes}"),
        about: |number, percent| format!("약 {number}(±{percent}%)"),
        space: "키 공간에 퍼진 부하",
        space_of: ["가장 바쁜 1초", "파일 전체"],
        space_twin: |percent, shards| {
            format!("똑같이 나눈 샤드 {shards}개 중 가장 바쁜 샤드는 {percent}%까지 찹니다.")
        },
        limit: "샤드 한도",
        skew: |key, sixteenth| {
            format!(
                "가장 뜨거운 키가 전체 부하의 {key}%를 차지합니다. 키 공간을 16등분했을 때 가장 바쁜 부분은 \
                 {sixteenth}%입니다(고르면 6.25%)."
            )
        },
        time: "시간에 따른 부하",
        series: ["초당 바이트", "초당 레코드"],
        step: |secs| format!("막대는 각 구간에서 가장 바쁜 {secs}초를 나타냅니다."),
        time_twin: |most, from, to| format!("{from}부터 {to}까지 최대 {most}"),
        hottest: "가장 뜨거운 키",
        hot_heads: ["키", "비중", "레코드", "바이트"],
        withheld: "(공개 안 함)",
        sketched: |most| {
            format!(
                "키가 너무 많아 하나하나 세지 못했습니다. 숫자는 최대 {most}만큼 적을 수 있고, 목록에 없는 키도 \
                 그보다 많지 않습니다."
            )
        },
        more: |count| format!("가장 뜨거운 키 {count}개"),
        costs: "한 달 비용",
        costs_note: "데이터가 730시간 동안 이대로 계속된다고 보았습니다.",
        total_cost: ["한 달", "가장 저렴"],
    },
    reasons: Reasons {
        title: "이유",
        heads: ["한도", "필요한 양", "샤드"],
        names: ["쓰기 바이트", "쓰기 레코드", "읽기", "고른 키", "내 키"],
        at: |time| format!("{time}에"),
        evenly: "고르게",
        bytes: |rate, when, headroom| {
            format!("{when} 초당 {rate}. 샤드 하나는 초당 1 MiB이고 {headroom}%는 비워 둡니다")
        },
        records: |rate, when, headroom| {
            format!("{when} 초당 {rate}개. 샤드 하나는 초당 1,000개이고 {headroom}%는 비워 둡니다")
        },
        reads: |rate, consumers| {
            format!(
                "가장 바쁜 1분에 초당 {rate}, 이를 폴링 컨슈머 {consumers}개가 각각 읽습니다. 샤드 하나에서 모두 \
                 합쳐 초당 2 MiB까지 읽습니다"
            )
        },
        no_reads: "폴링하는 컨슈머가 없습니다",
        even: "위 셋 중 가장 큰 수",
        fullest: |even, percent, when| {
            format!("똑같이 나눈 샤드 {even}개 중 하나가 {when} {percent}%까지 찹니다")
        },
        no_key: "레코드마다 다른 키",
        none: "몇 개여도 부족",
        hottest: |key, percent, rate, when| {
            format!("1초 동안 가장 뜨거운 키: {key}. {when} 샤드의 {percent}%를 씁니다({rate}).")
        },
        salt: |suffixes, keys, shards| {
            format!(
                "솔트: 뜨거운 키 {keys}개에 접미사 {suffixes}개를 번갈아 붙이세요(key-0, key-1, …). 그러면 샤드 \
                 {shards}개면 충분합니다. 솔트를 붙인 키의 레코드는 같은 접미사 안에서만 순서가 지켜집니다."
            )
        },
        splits: |split, even| {
            format!(
                "분할 지점: 무거운 키 사이에 경계를 두면 가장 바쁜 샤드가 피크에 {split}%, 똑같이 나누면 {even}%까지 \
                 찹니다."
            )
        },
        starts: "샤드가 시작하는 해시 키",
        bursts: |tank, minute| {
            format!(
                "쉬던 샤드는 버스트용으로 10 MiB까지 모아 둡니다. 이를 쓰면 바이트만 볼 때 샤드 {tank}개로도 됩니다. \
                 가장 바쁜 1분을 고르게 펴면 {minute}개면 됩니다."
            )
        },
        polls: |millis| {
            format!(
                "샤드 하나는 초당 5번까지 응답하므로 컨슈머마다 {millis} ms에 한 번 폴링할 수 있습니다."
            )
        },
        unknown: |steps| {
            format!("한산한 구간 {steps}개는 합계만 남겼으며, 키가 고르게 퍼졌다고 보았습니다.")
        },
    },
    bad: Bad {
        title: |rows| format!("제외한 행: {rows}개"),
        heads: ["이유", "행", "줄 번호"],
        reasons: [
            "칸 수가 열 수와 다름",
            "따옴표가 닫히지 않았거나 닫힌 뒤에 글자가 있음",
            "JSON 객체가 아님",
            "문자로 읽을 수 없는 바이트",
            "키 없음",
            "256자보다 긴 키",
            "읽을 수 없는 시각",
            "레코드 최대 크기 초과",
        ],
        ends: |ends| format!("줄 끝이 여러 가지지만 문제는 없습니다: {ends}."),
        most: "행 대부분이 제외되었습니다. 위에서 고른 행 형식, 키, 시각이 맞는지 확인하세요.",
    },
    build: Build {
        title: "만들기",
        how: "방식",
        ways: ["똑같이 나눈 샤드", "균형 잡힌 샤드", "온디맨드"],
        copy: "복사",
        copied: "복사했습니다",
        code: "명령",
    },
    give: Give {
        replay: "여기에서 스트림으로 재생",
        replay_note: "화면에 스트림을 만들고 행을 원래 시각에 맞춰 보냅니다.",
        reading: "읽는 중…",
        entered: |stream| format!("{stream} 스트림과 재생 명령을 입력했습니다."),
        part: |from, to, rows| {
            format!(
                "파일이 10 MiB보다 커서 피크 전후의 {rows}개 행만 재생합니다. {from}부터 {to}까지입니다."
            )
        },
        first: |rows| format!("파일이 10 MiB보다 커서 처음 {rows}개 행만 재생합니다."),
        rewritten: "행을 키, 시각, 원래 행으로 된 CSV로 바꾸므로 레코드가 조금 커집니다.",
        excerpt: |file| format!("재생하는 {file} 내려받기"),
        excerpt_note: "이 실행의 링크를 여는 사람에게 필요한 파일입니다.",
        no_part: "재생할 수 있는 행이 없습니다.",
        title: "공유하기",
        note: "링크나 파일에는 데이터가 아니라 이 결과만 담깁니다.",
        keys: "키 이름도 담기",
        link: "이 결과의 링크",
        file: "결과 내려받기",
        print: "인쇄",
        shared: |version| {
            format!(
                "다른 곳에서 Shardlab {version}으로 만든 결과입니다. 데이터는 들어 있지 않습니다."
            )
        },
        no_report: [
            "더 새로운 Shardlab에서 만든 결과입니다. 페이지를 새로 고쳐 최신 버전으로 여세요.",
            "결과 링크가 전달되는 도중에 잘리거나 바뀌었습니다. 링크 전체를 다시 받거나 파일로 받으세요.",
            "결과 링크라고 보기에는 너무 깁니다. 다른 링크를 받으세요.",
            "링크는 온전하지만 알아볼 수 있는 결과가 들어 있지 않습니다.",
            "이 브라우저에서는 링크의 압축을 풀 수 없습니다.",
        ],
    },
};
