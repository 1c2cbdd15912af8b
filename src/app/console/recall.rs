//! The line that is being typed, and the earlier ones that the arrow keys bring back.

/// The line in the field, among the lines that were entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recall {
    entered: Vec<String>,
    /// What was typed before an earlier line was recalled.
    draft: String,
    /// Which earlier line is shown; `None` for the draft.
    shown: Option<usize>,
}

impl Recall {
    /// The line in the field.
    pub fn line(&self) -> &str {
        self.shown.and_then(|place| self.entered.get(place)).unwrap_or(&self.draft)
    }

    /// After something was typed.
    pub fn typed(&self, line: &str) -> Self {
        Self { entered: self.entered.clone(), draft: line.to_owned(), shown: None }
    }

    /// After the line was entered.
    pub fn entered(&self) -> Self {
        let mut entered = self.entered.clone();
        if entered.last().map(String::as_str) != Some(self.line()) {
            entered.push(self.line().to_owned());
        }
        Self { entered, ..Self::default() }
    }

    /// One line back.
    pub fn earlier(&self) -> Self {
        let last = self.entered.len().checked_sub(1);
        let shown = self.shown.map_or(last, |place| Some(place.saturating_sub(1)));
        Self { shown, ..self.clone() }
    }

    /// One line forward, at last to what was being typed.
    pub fn later(&self) -> Self {
        let next = self.shown.map(|place| place + 1);
        Self { shown: next.filter(|place| *place < self.entered.len()), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_walk_through_the_lines_and_back_to_the_draft() {
        let recall = Recall::default().typed("one").entered().typed("two").entered().typed("dra");
        let back = recall.earlier();
        assert_eq!((back.line(), back.earlier().line()), ("two", "one"));
        assert_eq!(back.earlier().earlier().later().line(), "two");
        assert_eq!(back.later().line(), "dra");
        assert_eq!(Recall::default().earlier().line(), "");
    }
}
