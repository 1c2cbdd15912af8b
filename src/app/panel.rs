//! The panels beside the picture, of which one is seen at a time.
//!
//! A panel is a component that is given the session and a `pulse`. When the pulse changes it looks
//! at the world again and shows what it finds; it keeps nothing of the world itself. Panels other
//! than the console are mounted only while they are seen, so a panel that is not costs nothing.

use super::linking;
use super::page;
use shardlab::insight::subject::Subject;

/// What stands beside the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// Lines and answers.
    #[default]
    Console,
    /// Controls that enter lines.
    Steer,
    /// CloudWatch's metrics, and the seconds behind them.
    Charts,
    /// What there is to know about a shard, a record, a producer, a consumer.
    Inspector,
    /// Shards, consumers and events as tables.
    Tables,
    /// Why a shard refused, and what helps.
    Receipt,
    /// What the stream costs.
    Cost,
    /// Two branches beside each other.
    Compare,
    /// A file of the visitor's own, and the stream that it needs.
    Data,
    /// Links, files, and snippets for other pages.
    Share,
    /// Keys, and the words of Kinesis.
    Help,
}

impl Panel {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 11] = [
        Self::Console,
        Self::Steer,
        Self::Charts,
        Self::Inspector,
        Self::Tables,
        Self::Receipt,
        Self::Cost,
        Self::Compare,
        Self::Data,
        Self::Share,
        Self::Help,
    ];

    /// Its name in the address and in the ids of its elements.
    pub fn name(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Steer => "steer",
            Self::Charts => "charts",
            Self::Inspector => "inspector",
            Self::Tables => "tables",
            Self::Receipt => "receipt",
            Self::Cost => "cost",
            Self::Compare => "compare",
            Self::Data => "data",
            Self::Share => "share",
            Self::Help => "help",
        }
    }

    /// The panel that tells about a subject.
    pub fn about(subject: Subject) -> Self {
        match subject {
            Subject::Refusal(_) => Self::Receipt,
            Subject::Stream(_)
            | Subject::Shard(..)
            | Subject::Record { .. }
            | Subject::Client(_) => Self::Inspector,
        }
    }

    /// The one that the address asks for, by what stands behind its `#` or as a parameter, else the
    /// console.
    pub fn of_page() -> Self {
        if linking::report_of_page().is_some() {
            return Self::Data;
        }
        let asked = page::parameter("panel").or_else(|| page::parameter("view"));
        let of_name = |name: &str| Self::ALL.into_iter().find(|panel| panel.name() == name);
        asked.unwrap_or_default().split(',').find_map(of_name).unwrap_or_default()
    }

    /// Whether a panel other than the console is seen: only then it is part of the page.
    pub fn is_open(self) -> bool {
        page::document().get_element_by_id(&self.id()).is_some()
    }

    /// The id of its tab.
    pub fn tab_id(self) -> String {
        format!("tab-{}", self.name())
    }

    /// The id of its element.
    pub fn id(self) -> String {
        format!("panel-{}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_s_first_script_knows_every_name() {
        let names: Vec<&str> =
            ["picture", "totals"].into_iter().chain(Panel::ALL.map(Panel::name)).collect();
        let script = include_str!("../../www/boot.js");
        assert!(script.contains(&format!("const VIEWS = \"{}\"", names.join(" "))), "{names:?}");
    }
}
