//! The candidates for the word at the cursor: what Tab inserts, and which of a list is chosen.

use std::ops::Range;
use std::rc::Rc;
use yew::AttrValue;

/// What the word at the cursor could become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The part of the text that a candidate replaces, in bytes.
    pub replaced: Range<usize>,
    /// Whole words, in the order in which they are offered.
    pub candidates: Rc<[AttrValue]>,
}

/// A list of candidates that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Popup {
    /// What is offered.
    pub completion: Completion,
    /// Which candidate is chosen; none at first.
    pub chosen: Option<usize>,
}

/// What Tab does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Nothing to complete: it leaves the field, as everywhere.
    Leave,
    /// A text in place of the word at the cursor.
    Insert(Range<usize>, String),
    /// What all candidates begin with, if that is more than was typed, and a list to choose from.
    Offer(Option<(Range<usize>, String)>, Popup),
}

impl Completion {
    /// What Tab does in a field that says `text`.
    pub fn tab(self, text: &str) -> Tab {
        match &*self.candidates {
            [] => Tab::Leave,
            [only] => Tab::Insert(self.replaced.clone(), finished(only)),
            _ => {
                let (common, replaced) = (self.common(), self.replaced.clone());
                let typed = text.get(replaced.clone()).unwrap_or("");
                let is_more = common.len() > typed.len();
                let end = replaced.start + if is_more { common.len() } else { typed.len() };
                let completion =
                    Self { replaced: replaced.start..end, candidates: self.candidates.clone() };
                let insert = is_more.then_some((replaced, common));
                Tab::Offer(insert, Popup { completion, chosen: None })
            }
        }
    }

    /// What all candidates begin with.
    fn common(&self) -> String {
        let mut candidates = self.candidates.iter();
        let mut common = candidates.next().map_or("", |first| first);
        for other in candidates {
            let same = common.chars().zip(other.chars()).take_while(|(a, b)| a == b);
            let length = same.map(|(letter, _)| letter.len_utf8()).sum();
            common = &common[..length];
        }
        common.to_owned()
    }
}

impl Popup {
    /// The next candidate, or the one before, round and round.
    pub fn choose(&mut self, step: Step) {
        let count = self.completion.candidates.len();
        self.chosen = Some(match (step, self.chosen) {
            (Step::Next, None) => 0,
            (Step::Next, Some(chosen)) => (chosen + 1) % count,
            (Step::Previous, None | Some(0)) => count - 1,
            (Step::Previous, Some(chosen)) => chosen - 1,
        });
    }

    /// What a candidate inserts where.
    pub fn accept(&self, place: usize) -> Option<(Range<usize>, String)> {
        let candidate = self.completion.candidates.get(place)?;
        Some((self.completion.replaced.clone(), finished(candidate)))
    }
}

/// A way through the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Down.
    Next,
    /// Up.
    Previous,
}

/// A word that is whole is followed by a space, one that wants more is not.
fn finished(word: &str) -> String {
    let wants_more = word.ends_with(['=', '/', ',']);
    if wants_more { word.to_owned() } else { format!("{word} ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completion(candidates: &[&str], replaced: Range<usize>) -> Completion {
        let candidates = candidates.iter().map(|word| AttrValue::from((*word).to_owned()));
        Completion { replaced, candidates: candidates.collect() }
    }

    #[test]
    fn one_candidate_is_inserted_and_none_lets_go() {
        assert_eq!(completion(&[], 4..4).tab("aws "), Tab::Leave);
        let only = completion(&["kinesis"], 4..6).tab("aws ki");
        assert_eq!(only, Tab::Insert(4..6, "kinesis ".into()));
        let more = completion(&["file://"], 0..1).tab("f");
        assert_eq!(more, Tab::Insert(0..1, "file://".into()));
    }

    #[test]
    fn several_candidates_give_what_they_share_and_then_a_list() {
        let tab = completion(&["put-record", "put-records"], 0..1).tab("p");
        let Tab::Offer(insert, mut popup) = tab else { panic!("{tab:?}") };
        assert_eq!(insert, Some((0..1, "put-record".into())));
        assert_eq!(popup.completion.replaced, 0..10);
        popup.choose(Step::Previous);
        assert_eq!(popup.accept(1), Some((0..10, "put-records ".into())));
        assert_eq!(popup.chosen, Some(1));
        popup.choose(Step::Next);
        assert_eq!(popup.chosen, Some(0));

        let tab = completion(&["가나", "가다"], 0..3).tab("가");
        assert!(matches!(tab, Tab::Offer(None, _)), "{tab:?}");
    }
}
