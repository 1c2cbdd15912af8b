//! Scenarios: text files of lines, as a person could type them.

/// The lines of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    /// What is entered, in order; comments and empty lines are left out.
    pub lines: Vec<String>,
    /// Lines that are worth trying afterwards, from comments that begin with `# Try:`.
    pub tries: Vec<String>,
}

/// The scenario of a page whose address names none.
pub const DEFAULT: &str = "hot-shard";

impl Scenario {
    /// Reads a scenario's file.
    pub fn parse(text: &str) -> Self {
        let mut scenario = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix('#') {
                None => scenario.lines.push(line.to_owned()),
                Some(comment) => scenario.tries.extend(suggested(comment)),
            }
        }
        scenario
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

fn suggested(comment: &str) -> Option<String> {
    comment.trim().strip_prefix("Try:").map(|line| line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_not_entered_and_data_is_found() {
        let text = "# A heading.\n# Try: lab help\n\nlab replay a --data earthquakes\n\
                    lab replay b --data earthquakes\nlab wait 10s\n";
        let scenario = Scenario::parse(text);
        assert_eq!(scenario.lines.len(), 3);
        assert_eq!(scenario.tries, ["lab help"]);
        assert_eq!(scenario.data_sets(), ["earthquakes"]);
    }

    #[test]
    fn names_stay_in_their_folder() {
        assert!(is_file_name("hot-shard"));
        assert!(!is_file_name("../secret") && !is_file_name(""));
    }
}
