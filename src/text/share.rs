//! Links, files and embeddings of a run.

/// Runs that were made elsewhere, and the page inside of others.
pub struct Share {
    /// Why a link opens nothing: of a newer version, cut or altered, too long, without sense.
    pub bad: [&'static str; 4],
    /// Begins with the scenario instead.
    pub afresh: &'static str,
    /// A run lacks files that were dropped where it was made.
    pub lacks: &'static str,
    /// One of them: its name, its bytes, the digest.
    pub lacking: fn(&str, &str, &str) -> String,
    /// What to do about it.
    pub lacks_advice: &'static str,
    /// The run of the last visit goes on.
    pub goes_on: &'static str,
    /// A run was made by another version: which, and which this is.
    pub other_version: fn(&str, &str) -> String,
    /// How far its time came, in percent.
    pub opening: fn(&str) -> String,
    /// Hides a notice.
    pub hide: &'static str,
    /// Begins once more, inside of another page.
    pub reset: &'static str,
    /// Opens the page by itself, with the run as it is.
    pub open: &'static str,
}

/// The panel that hands a run on.
pub struct Panel {
    /// Says what a link holds.
    pub link_note: &'static str,
    /// Names the field with the link.
    pub link: &'static str,
    /// So many characters.
    pub length: fn(&str) -> String,
    /// It has more than messengers take.
    pub too_long: &'static str,
    /// It needs files that do not travel with it: their names.
    pub files: fn(&str) -> String,
    /// Copies it.
    pub copy: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// Makes it of the run as it is now.
    pub renew: &'static str,
    /// Downloads the run.
    pub download: &'static str,
    /// Above the snippets.
    pub embed: &'static str,
    /// Names the choice of a host.
    pub host: &'static str,
    /// Names the field with the snippet.
    pub snippet: &'static str,
    /// Shows what it will look like.
    pub preview: &'static str,
}

/// English.
pub const ENGLISH: Share = Share {
    bad: [
        "This link was made by a newer Shardlab. Reload the page to get that, or ask for a link \
         that this one can read.",
        "This link was cut or altered on its way. Ask for the whole link, or for the run as a \
         file.",
        "This is longer than any link of a run. Ask for the run as a file.",
        "This link is whole, but holds no run that can be replayed. Ask whoever made it for \
         another one.",
    ],
    afresh: "Start afresh",
    lacks: "This run uses files that were dropped where it was made. They do not travel with it:",
    lacking: |name, bytes, digest| format!("{name}, {bytes} bytes, MD5 {digest}…"),
    lacks_advice: "Drop them on this page. They stay on your computer.",
    goes_on: "This goes on where you left it.",
    other_version: |theirs, ours| {
        format!(
            "This run was made by Shardlab {theirs} and is replayed by {ours}. Where the two \
             differ, it may take another course."
        )
    },
    opening: |percent| format!("Replaying the run: {percent} %"),
    hide: "Hide",
    reset: "Reset",
    open: "Open in Shardlab",
};

/// Korean.
pub const KOREAN: Share = Share {
    bad: [
        "더 새로운 Shardlab에서 만든 링크입니다. 페이지를 새로 고쳐 최신 버전으로 열거나, 이 버전에서 읽을 수 \
         있는 링크를 요청하세요.",
        "링크가 전달되는 도중에 잘리거나 바뀌었습니다. 링크 전체를 다시 받거나 실행 파일을 받으세요.",
        "실행을 담은 링크라고 보기에는 너무 깁니다. 실행을 파일로 받으세요.",
        "링크는 온전하지만 다시 재생할 수 있는 실행이 들어 있지 않습니다. 만든 사람에게 다른 링크를 요청하세요.",
    ],
    afresh: "처음부터 시작",
    lacks: "이 실행은 만든 사람이 끌어다 놓은 파일을 사용합니다. 파일은 링크에 들어 있지 않습니다.",
    lacking: |name, bytes, digest| format!("{name}, {bytes}바이트, MD5 {digest}…"),
    lacks_advice: "이 페이지에 파일을 끌어다 놓으세요. 파일은 이 컴퓨터 밖으로 나가지 않습니다.",
    goes_on: "지난번에 하던 곳에서 이어집니다.",
    other_version: |theirs, ours| {
        format!(
            "Shardlab {theirs}에서 만든 실행을 {ours}에서 재생합니다. 두 버전이 다른 부분에서는 결과가 달라질 \
             수 있습니다."
        )
    },
    opening: |percent| format!("실행을 재생하는 중: {percent}%"),
    hide: "숨기기",
    reset: "처음으로",
    open: "Shardlab에서 열기",
};

/// A run was made under earlier rules, and under later ones; in the order of the languages.
pub static RULES_CHANGED: [[&str; 2]; 2] = [
    [
        "This run was made by an earlier Shardlab. Since then the rules by which streams and \
         their clients act have changed, so the same lines may take another course here.",
        "This run was made by a later Shardlab, by whose rules streams and their clients act \
         otherwise. The same lines may take another course here: reload the page to get it.",
    ],
    [
        "이전 Shardlab에서 만든 실행입니다. 그 뒤로 스트림과 클라이언트의 동작 규칙이 바뀌었기 때문에, 같은 명령이라도 \
         여기서는 결과가 다를 수 있습니다.",
        "더 새로운 Shardlab에서 만든 실행입니다. 스트림과 클라이언트의 동작 규칙이 달라서 같은 명령이라도 결과가 다를 \
         수 있습니다. 페이지를 새로 고치면 최신 버전으로 열립니다.",
    ],
];

/// The panel's words, in the order of the languages.
pub static ALL: [Panel; 2] = [
    Panel {
        link_note: "The link holds this whole run: its lines with their instants, the seed, and \
                    where you are in it. Of several branches the current one travels. Nothing is \
                    uploaded: a server never sees what stands after the #.",
        link: "Link to this run",
        length: |signs| format!("{signs} characters"),
        too_long: "Too long for many messengers. Download the run instead: whoever drops the file \
                   on Shardlab sees the same.",
        files: |names| {
            format!("Dropped files do not travel. Whoever opens the link is asked for: {names}")
        },
        copy: "Copy",
        copied: "Copied",
        renew: "Renew",
        download: "Download the run",
        embed: "Put it into your notes",
        host: "Where",
        snippet: "Text to paste",
        preview: "Preview",
    },
    Panel {
        link_note: "링크에는 이 실행 전체가 들어 있습니다. 명령과 입력한 시각, 시드, 지금 보고 있는 시점까지입니다. \
                    분기가 여럿이면 현재 분기만 담깁니다. 아무것도 업로드하지 않으며, # 뒤의 내용은 서버로 전송되지 \
                    않습니다.",
        link: "이 실행의 링크",
        length: |signs| format!("{signs}자"),
        too_long: "많은 메신저에서 잘릴 만큼 깁니다. 대신 실행을 내려받으세요. 그 파일을 Shardlab에 끌어다 놓으면 \
                   똑같은 실행을 볼 수 있습니다.",
        files: |names| {
            format!(
                "끌어다 놓은 파일은 링크에 담기지 않습니다. 링크를 여는 사람에게 필요한 파일: {names}"
            )
        },
        copy: "복사",
        copied: "복사했습니다",
        renew: "새로 만들기",
        download: "실행 내려받기",
        embed: "노트에 넣기",
        host: "넣을 곳",
        snippet: "붙여 넣을 내용",
        preview: "미리 보기",
    },
];
