//! Scenarios: text files of lines, as a person could type them.

use super::speed::Speed;
use crate::text::Language;

/// A scenario's file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// Its title, and two sentences on what it shows, per language in the order of
    /// [`Language::ALL`]; from comments that begin with `# en:` or `# ko:`.
    pub words: [Vec<String>; Language::ALL.len()],
    /// How fast it is worth watching, from a comment such as `# Speed: 3600`.
    pub speed: Option<Speed>,
    /// What is entered, in order; comments and empty lines are left out.
    pub lines: Vec<String>,
    /// Lines that are worth trying afterwards, from comments that begin with `# Try:`.
    pub tries: Vec<String>,
}

/// The scenario of a page whose address names none.
pub const DEFAULT: &str = "hot-shard";

/// The files in `scenarios/`, in the order in which they are best met.
pub const GALLERY: [&str; 15] = [
    DEFAULT,
    "first-stream",
    "even-keys",
    "split",
    "merge",
    "shared-or-fan-out",
    "five-readers",
    "ten-mib-read",
    "retention-cliff",
    "on-demand-spike",
    "retry-storm",
    "duplicates",
    "iterator-expiry",
    "earthquakes",
    "flights",
];

impl Scenario {
    /// Reads a scenario's file.
    pub fn parse(text: &str) -> Self {
        let mut scenario = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix('#') {
                None => scenario.lines.push(line.to_owned()),
                Some(comment) => scenario.note(comment.trim()),
            }
        }
        scenario
    }

    /// Reads a comment: `name: what`, or prose for whoever reads the file.
    fn note(&mut self, comment: &str) {
        let Some((name, what)) = comment.split_once(": ") else { return };
        match name {
            "Try" => self.tries.push(what.to_owned()),
            "Speed" => self.speed = what.parse().ok().map(|speed| Speed::new(speed, 1)),
            tag => {
                let place = Language::ALL.iter().position(|language| language.tag() == tag);
                if let Some(place) = place {
                    self.words[place].push(what.to_owned());
                }
            }
        }
    }

    /// The names of the data sets that its lines replay, each once.
    pub fn data_sets(&self) -> Vec<String> {
        let mut names = Vec::new();
        for line in &self.lines {
            let mut words = line.split_whitespace();
            let name = words.find(|word| *word == "--data").and_then(|_| words.next());
            if let Some(name) = name.filter(|name| !names.iter().any(|known| known == name)) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// Whether a text can be the name of one of the page's own files: no path leads out.
pub fn is_file_name(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&text.len()) && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_read_but_not_entered_and_data_is_found() {
        let text = "# A heading.\n# ko: 제목\n# Speed: 60\n# Try: lab help\n\n\
                    lab replay a --data earthquakes\nlab replay b --data earthquakes\n";
        let scenario = Scenario::parse(text);
        assert_eq!(scenario.lines.len(), 2);
        assert_eq!(scenario.words, [vec![], vec!["제목".to_owned()]]);
        assert_eq!(scenario.speed, Some(Speed::new(60, 1)));
        assert_eq!(scenario.tries, ["lab help"]);
        assert_eq!(scenario.data_sets(), ["earthquakes"]);
    }

    #[test]
    fn the_gallery_names_every_file() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/www/scenarios");
        let files = std::fs::read_dir(folder).expect("a folder").count();
        assert_eq!(files, GALLERY.len());
        for name in GALLERY {
            assert!(std::path::Path::new(folder).join(format!("{name}.txt")).exists(), "{name}");
        }
    }

    #[test]
    fn names_stay_in_their_folder() {
        assert!(is_file_name("hot-shard"));
        assert!(!is_file_name("../secret") && !is_file_name(""));
    }
}
