//! The panels to choose from.

/// The panels to choose from.
pub struct Panel {
    /// Names the choice.
    pub label: &'static str,
    /// Each panel's name, in the order of `app::panel::Panel::ALL`.
    pub names: [&'static str; 11],
}

/// English.
pub const ENGLISH: Panel = Panel {
    label: "Panels",
    names: [
        "Console",
        "Steer",
        "Charts",
        "Inspector",
        "Tables",
        "Why refused?",
        "Cost",
        "Compare",
        "Your data",
        "Share",
        "Help",
    ],
};

/// Korean.
pub const KOREAN: Panel = Panel {
    label: "패널",
    names: [
        "콘솔",
        "조작",
        "차트",
        "살펴보기",
        "표",
        "거부 이유",
        "비용",
        "비교",
        "내 데이터",
        "공유",
        "도움말",
    ],
};
