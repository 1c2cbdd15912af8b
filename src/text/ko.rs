//! Korean.

use super::panel;
use super::share;
use super::{Clock, Console, Failure, Gallery, Header, Legend, Player, Stage, Text, Totals};

/// Korean.
pub const TEXT: Text = Text {
    tag: "ko",
    name: "한국어",
    title: "Shardlab: 직접 실행해 보는 Kinesis 스트림",
    header: Header {
        claim: "직접 실행해 보는 Kinesis 스트림",
        language: "언어",
        theme: "테마",
        theme_system: "시스템",
        theme_light: "밝게",
        theme_dark: "어둡게",
    },
    gallery: Gallery {
        open: "시나리오",
        note: "고르면 새 실행이 시작됩니다. 브라우저의 뒤로 가기를 누르면 지금 실행으로 돌아옵니다.",
    },
    player: Player {
        label: "재생",
        play: "재생",
        pause: "일시 정지",
        step: "한 단계",
        step_hint: "다음에 일어날 일까지 진행합니다",
        speed: "속도",
        back: "이전",
        back_hint: "바로 전에 일어난 일로 돌아갑니다",
        scrubber: "실행 구간에서의 위치",
        marks: ["명령", "거부", "리샤딩", "만료", "유실"],
        skip: "다음으로 건너뛰기",
        refusal: "거부",
        expiry: "만료",
        status_change: "상태 변경",
        stop: "중단",
        branches: "분기",
        branch_name: "이 분기의 이름",
        branch: "여기서 분기",
        branch_hint: "여기서부터 다르게 해 봅니다. 이후의 일은 원래 분기에 그대로 남습니다",
    },
    clock: Clock {
        label: "시뮬레이션 시각",
        elapsed: |time| format!("{time} 경과"),
        true_speed: |speed| format!("실제 {speed}"),
        skipping: "건너뛰는 중",
    },
    stage: Stage {
        label: "스트림과 샤드",
        summary: |streams, shards, refused| {
            format!("스트림 {streams}개, 열린 샤드 {shards}개. 지금까지 거부된 레코드 {refused}개.")
        },
        hottest: |stream, shard, records, window| {
            format!("최근 {window} 동안 가장 많이 거부한 샤드: {stream}의 {shard}, {records}개.")
        },
        empty: "아직 스트림이 없습니다. 콘솔에 명령을 입력하거나 시나리오가 시작되기를 기다리세요.",
        refused: |records| format!("레코드 {records}개가 거부되었습니다."),
        lost: |records| format!("레코드 {records}개가 유실되었습니다."),
        legend: Legend {
            label: "범례",
            records: "레코드, 색과 모양은 파티션 키",
            height: "막대 최대 높이: 샤드의 쓰기 한도",
            refused: "거부 또는 유실",
            fading: "이 속도라면 읽히기 전에 만료",
            shared: "공유 컨슈머: 2MiB/s 통로 하나를 함께 사용",
            enhanced: "향상된 팬아웃: 컨슈머마다 전용 통로",
            locked: "KMS로 암호화됨",
            twice: "두 번 보냄",
            hatched: "읽을 것이 없는 구간",
        },
    },
    totals: Totals {
        label: "지금까지의 레코드",
        offered: "전송",
        accepted: "저장",
        throttled: "거부",
        read: "읽음",
        lost: "유실",
        expired: "만료",
        digest: "다이제스트",
        digest_hint: "전체 상태의 해시. 같은 명령이면 어느 컴퓨터에서나 같습니다",
    },
    console: Console {
        label: "콘솔",
        log: "명령과 응답",
        prompt: "명령",
        placeholder: "aws kinesis list-streams",
        enter: "실행",
        hint: "lab help로 명령 목록을 봅니다. 입력 중: Tab 자동 완성, ↑ 이전 명령, Ctrl+R 검색. \
               그 밖에서: / 입력, Space 재생·정지, . 다음 단계, , 이전 단계.",
        more: |characters| format!("… {characters}자 더 있음"),
        forgotten: |lines| format!("이전 명령 {lines}개는 표시하지 않음"),
        tries: "해 보기",
        popup: "후보",
        candidates: |count| format!("후보 {count}개, 화살표 키로 고릅니다"),
        search: "이전 명령 검색",
        not_found: "없음",
        in_progress: "진행 중:",
        waiting: |lines| format!("대기 중인 명령 {lines}개"),
        stop: "중단",
        branched: |name| format!("과거 시점에서 실행하여 여기서 {name} 분기가 시작됩니다."),
        unloaded: "이어서 진행하는 데 필요한 콘솔이나 데이터의 일부를 불러오지 못했습니다. 시간과 입력한 줄은 \
                   그대로 기다리며, 5초마다 다시 불러옵니다.",
        file: |name| format!("이제 file://{name} 또는 fileb://{name}(으)로 쓸 수 있습니다."),
        file_too_large: |name, most| {
            format!("{name}: file://로 쓰기에는 너무 큽니다. 레코드는 최대 {most} MiB입니다.")
        },
        survey: "“내 데이터”에서는 크기와 상관없이 파일을 분석해 알맞은 스트림을 알려 줍니다.",
        survey_yes: "분석하기",
        file_unreadable: |name| {
            format!("{name}: 읽을 수 없습니다. 폴더가 아닌 파일을 다시 끌어다 놓으세요.")
        },
    },
    failure: Failure {
        fetch: |file, reason| format!("{file} 파일을 불러오지 못했습니다: {reason}."),
        advice: "Shardlab은 페이지와 함께 배포된 파일이 필요합니다. 웹 서버에 파일이 있는지, 인터넷에 \
                 연결되어 있는지 확인한 뒤 다시 시도하세요. 시나리오 없이도 콘솔은 쓸 수 있습니다.",
        retry: "다시 시도",
        little_room: |retained, most| {
            format!(
                "일시 정지: 보존 중인 레코드가 {retained}개입니다. 최대 {most}개까지 담을 수 있습니다."
            )
        },
        no_room: |most| format!("레코드 {most}개로 메모리가 가득 차 시간이 멈췄습니다."),
        room_advice: "프로듀서를 멈추거나(lab producer NAME --stop) 스트림을 삭제한 뒤 계속하세요. 페이지를 \
                      새로 고치면 처음부터 시작합니다.",
    },
    panel: panel::KOREAN,
    share: share::KOREAN,
};
