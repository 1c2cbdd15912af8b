//! The lines that were entered, and the walk through them: arrow keys and search.

/// The lines that were entered here, oldest first, and which of them is being looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    entered: Vec<String>,
    /// What was typed before an earlier line was recalled.
    draft: String,
    /// Which earlier line is shown; `None` for the draft.
    shown: Option<usize>,
}

impl Recall {
    /// Notes a line that was entered.
    pub fn enter(&mut self, line: &str) {
        if self.entered.last().is_none_or(|last| last != line) {
            self.entered.push(line.to_owned());
        }
        self.typed();
    }

    /// Something was typed: the next walk begins at the latest line again.
    pub fn typed(&mut self) {
        self.shown = None;
        self.draft.clear();
    }

    /// One line back from what the field says; nothing if there is none.
    pub fn earlier(&mut self, field: &str) -> Option<&str> {
        let place = self.shown.unwrap_or(self.entered.len()).checked_sub(1)?;
        if self.shown.is_none() {
            field.clone_into(&mut self.draft);
        }
        self.shown = Some(place);
        self.entered.get(place).map(String::as_str)
    }

    /// One line forward, at last to what was being typed; nothing if that is what is shown.
    pub fn later(&mut self) -> Option<&str> {
        let next = self.shown? + 1;
        self.shown = Some(next).filter(|next| *next < self.entered.len());
        Some(self.shown.map_or(&*self.draft, |place| &*self.entered[place]))
    }

    /// The place of the latest line before `before` that contains a text, whatever its case: of
    /// English letters alone, since commands have no others.
    pub fn find(&self, text: &str, before: usize) -> Option<usize> {
        let text = text.to_ascii_lowercase();
        let lines = &self.entered[..before.min(self.entered.len())];
        lines.iter().rposition(|line| line.to_ascii_lowercase().contains(&text))
    }

    /// The line at a place.
    pub fn line(&self, place: usize) -> &str {
        self.entered.get(place).map_or("", String::as_str)
    }

    /// How many lines were entered.
    pub fn len(&self) -> usize {
        self.entered.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recall(lines: &[&str]) -> Recall {
        let mut recall = Recall::default();
        for line in lines {
            recall.enter(line);
        }
        recall
    }

    #[test]
    fn arrows_walk_through_the_lines_and_back_to_the_draft() {
        let mut recall = recall(&["one", "two", "two"]);
        assert_eq!(recall.earlier("dra"), Some("two"));
        assert_eq!(recall.earlier("two"), Some("one"));
        assert_eq!(recall.earlier("one"), None);
        assert_eq!(recall.later(), Some("two"));
        assert_eq!(recall.later(), Some("dra"));
        assert_eq!(recall.later(), None);
        assert_eq!(Recall::default().earlier(""), None);
    }

    #[test]
    fn a_search_goes_from_the_latest_line_to_the_first() {
        let recall = recall(&["aws kinesis put-record", "lab status", "aws kinesis list-streams"]);
        let latest = recall.find("KINESIS", recall.len());
        assert_eq!(latest, Some(2));
        assert_eq!(recall.find("kinesis", 2), Some(0));
        assert_eq!(recall.find("kinesis", 0), None);
        assert_eq!(recall.line(0), "aws kinesis put-record");
    }
}
