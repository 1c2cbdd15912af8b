//! The page's words, one struct per language: a word left out does not compile.
//!
//! A panel's words stand in a file of its own, both languages beside each other.
//!
//! What AWS says (errors, field names, what commands print) is protocol and stays English. Numbers
//! come as texts, written alike in every language.

pub mod charts;
pub mod compare;
pub mod cost;
pub mod data;
mod en;
pub mod help;
pub mod inspector;
mod ko;
pub mod panel;
pub mod receipt;
pub mod share;
pub mod steer;
pub mod tables;

/// The languages of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Korean];

    /// The language of a tag such as `ko` or `ko-KR`, if the page speaks it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// Its tag in HTML and in links.
    pub fn tag(self) -> &'static str {
        self.text().tag
    }

    /// Its own of the words of a panel that is fetched when it is first shown.
    pub fn of<T>(self, words: &'static [T; Self::ALL.len()]) -> &'static T {
        let [english, korean] = words;
        match self {
            Self::English => english,
            Self::Korean => korean,
        }
    }

    /// Its words.
    pub fn text(self) -> &'static Text {
        match self {
            Self::English => &en::TEXT,
            Self::Korean => &ko::TEXT,
        }
    }
}

/// One language's words, by panel.
pub struct Text {
    /// The language's tag.
    pub tag: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// The title of the page in the browser's tab.
    pub title: &'static str,
    /// The head of the page.
    pub header: Header,
    /// The scenarios to choose from.
    pub gallery: Gallery,
    /// Play, pause, step, speed.
    pub player: Player,
    /// The simulated clock.
    pub clock: Clock,
    /// The picture.
    pub stage: Stage,
    /// The counts.
    pub totals: Totals,
    /// The console.
    pub console: Console,
    /// What went wrong.
    pub failure: Failure,
    /// The panels to choose from.
    pub panel: panel::Panel,
    /// Links and runs made elsewhere.
    pub share: share::Share,
}

/// The head of the page.
pub struct Header {
    /// What this is, in a few words.
    pub claim: &'static str,
    /// Names the choice of a language.
    pub language: &'static str,
    /// Names the switch between light and dark.
    pub theme: &'static str,
    /// The theme of the system.
    pub theme_system: &'static str,
    /// The light theme.
    pub theme_light: &'static str,
    /// The dark theme.
    pub theme_dark: &'static str,
}

/// The scenarios to choose from.
pub struct Gallery {
    /// Opens and closes the list.
    pub open: &'static str,
    /// Says what choosing one does.
    pub note: &'static str,
}

/// Play, pause, step, speed.
pub struct Player {
    /// Names the group of controls.
    pub label: &'static str,
    /// Lets time pass.
    pub play: &'static str,
    /// Stops time.
    pub pause: &'static str,
    /// Goes to the next thing that happens.
    pub step: &'static str,
    /// Says what a step does.
    pub step_hint: &'static str,
    /// Names the slider.
    pub speed: &'static str,
    /// Goes back to the last thing that happened.
    pub back: &'static str,
    /// Says what that does.
    pub back_hint: &'static str,
    /// Names the slider over the whole run.
    pub scrubber: &'static str,
    /// Explains its marks: lines, refusals, reshards, expiries, losses.
    pub marks: [&'static str; 5],
    /// Names what can be skipped to.
    pub skip: &'static str,
    /// A shard refuses records or readers.
    pub refusal: &'static str,
    /// Records pass their retention.
    pub expiry: &'static str,
    /// A stream, shard or consumer has another status.
    pub status_change: &'static str,
    /// Stops looking ahead.
    pub stop: &'static str,
    /// Names the choice of a branch.
    pub branches: &'static str,
    /// Names the field with a branch's name.
    pub branch_name: &'static str,
    /// Begins a branch.
    pub branch: &'static str,
    /// Says what that does.
    pub branch_hint: &'static str,
}

/// The simulated clock.
pub struct Clock {
    /// Names it.
    pub label: &'static str,
    /// Simulated time since the run began, such as `1 d 02:00:00`.
    pub elapsed: fn(&str) -> String,
    /// The speed that is reached when it is below the one asked for, such as `12×`.
    pub true_speed: fn(&str) -> String,
    /// Time is being skipped, because a line waits.
    pub skipping: &'static str,
}

/// The picture.
pub struct Stage {
    /// Names it.
    pub label: &'static str,
    /// What it shows, for whoever does not see it: how many streams, open shards, records refused.
    pub summary: fn(&str, &str, &str) -> String,
    /// The shard that refused most: stream, shard, records, within which time.
    pub hottest: fn(&str, &str, &str, &str) -> String,
    /// Shown while there is no stream yet.
    pub empty: &'static str,
    /// Said aloud when records were refused.
    pub refused: fn(&str) -> String,
    /// Said aloud when a consumer missed records.
    pub lost: fn(&str) -> String,
    /// Explains the marks below the picture.
    pub legend: Legend,
}

/// Explains the marks of the picture.
pub struct Legend {
    /// What all of it is.
    pub label: &'static str,
    /// Records, colored by key.
    pub records: &'static str,
    /// How high bars are.
    pub height: &'static str,
    /// Red marks.
    pub refused: &'static str,
    /// Red slanted lines.
    pub fading: &'static str,
    /// Triangles of polling consumers, and their pipe.
    pub shared: &'static str,
    /// Triangles of consumers with enhanced fan-out, and their pipes.
    pub enhanced: &'static str,
    /// A lock above records.
    pub locked: &'static str,
    /// A record that was stored is sent again.
    pub twice: &'static str,
    /// Slanted lines.
    pub hatched: &'static str,
}

/// The counts.
pub struct Totals {
    /// Names them.
    pub label: &'static str,
    /// Records that producers sent, those sent again included.
    pub offered: &'static str,
    /// Records that shards stored.
    pub accepted: &'static str,
    /// Records that shards refused.
    pub throttled: &'static str,
    /// Records that consumers received.
    pub read: &'static str,
    /// Records that a consumer missed.
    pub lost: &'static str,
    /// Records past their retention.
    pub expired: &'static str,
    /// Asks for the hash of the whole state.
    pub digest: &'static str,
    /// Says what the hash is for.
    pub digest_hint: &'static str,
}

/// The console.
pub struct Console {
    /// Names it.
    pub label: &'static str,
    /// Names the list of lines and answers.
    pub log: &'static str,
    /// Names the field to type in.
    pub prompt: &'static str,
    /// Shown in the empty field.
    pub placeholder: &'static str,
    /// The button beside the field.
    pub enter: &'static str,
    /// Says which keys do what.
    pub hint: &'static str,
    /// An answer that is not shown whole: how many characters are left out.
    pub more: fn(&str) -> String,
    /// Lines that no longer fit the list.
    pub forgotten: fn(&str) -> String,
    /// Names the lines to try.
    pub tries: &'static str,
    /// Names the list of candidates for a word.
    pub popup: &'static str,
    /// How many candidates there are.
    pub candidates: fn(&str) -> String,
    /// Names the field that searches earlier lines.
    pub search: &'static str,
    /// No earlier line contains what is looked for.
    pub not_found: &'static str,
    /// Stands before a line that lets time pass.
    pub in_progress: &'static str,
    /// How many lines wait behind it.
    pub waiting: fn(&str) -> String,
    /// Stops it.
    pub stop: &'static str,
    /// A line that was entered in the past began this branch.
    pub branched: fn(&str) -> String,
    /// What the next line or the run needs could not be loaded.
    pub unloaded: &'static str,
    /// A file that was dropped can be used under this name.
    pub file: fn(&str) -> String,
    /// A file that was dropped has too many bytes: its name, the most MiB.
    pub file_too_large: fn(&str, &str) -> String,
    /// A large file can be surveyed instead: asks whether it shall be.
    pub survey: &'static str,
    /// Does so.
    pub survey_yes: &'static str,
    /// A file that was dropped cannot be read.
    pub file_unreadable: fn(&str) -> String,
}

/// What went wrong, and what to do about it.
pub struct Failure {
    /// A file could not be fetched: which one, and what the browser said.
    pub fetch: fn(&str, &str) -> String,
    /// What to do about it.
    pub advice: &'static str,
    /// Tries once more.
    pub retry: &'static str,
    /// Memory is short: so many records are retained, and so many may be.
    pub little_room: fn(&str, &str) -> String,
    /// Memory is used up: so many records are retained.
    pub no_room: fn(&str) -> String,
    /// What to do about it.
    pub room_advice: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_a_region_is_its_language() {
        assert_eq!(Language::of_tag("ko-KR"), Some(Language::Korean));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("fr"), None);
    }
}
