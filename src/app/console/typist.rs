//! What the keys of the prompt do, without a browser: the field's text in, a deed out.

use super::completion::{Completion, Popup, Step, Tab};
use super::edit::{Edit, Field};
use super::recall::Recall;
use super::script;
use std::ops::Range;

/// Whoever types at the prompt.
#[derive(Clone, Debug, Default)]
pub struct Typist {
    recall: Recall,
    /// The candidates that are offered.
    pub popup: Option<Popup>,
    /// The search that is going on.
    pub search: Option<Search>,
    /// Whether the next Tab leaves the field, whatever there is to complete.
    lets_go: bool,
}

/// A search through the lines that were entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// What is looked for.
    pub text: String,
    /// Where it was found.
    pub found: Option<usize>,
    /// What the field said before.
    draft: String,
}

/// A key, and what else is held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'a> {
    /// The key as the browser names it: `Enter`, `a`.
    pub key: &'a str,
    /// What else is held down.
    pub with: With,
}

/// What is held down beside a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// Nothing.
    Nothing,
    /// Shift alone.
    Shift,
    /// Ctrl alone.
    Control,
    /// Anything else.
    Other,
}

/// What is to be done after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// What the browser does with the key.
    Leave,
    /// Nothing: the key has had its effect.
    Stay,
    /// A text in place of a part of the field's.
    Replace(Range<usize>, String),
    /// The cursor goes there.
    Go(usize),
    /// Another text for the field.
    Show(String),
    /// Commands are entered.
    Enter(Vec<String>),
    /// The log is emptied.
    Clear,
    /// What is in progress is stopped.
    Interrupt,
}

/// Answers what a field's word could become.
pub type Complete<'a> = &'a dyn Fn(&Field) -> Completion;

impl Typist {
    /// A key is pressed in the field.
    pub fn press(&mut self, press: Press, field: &Field, complete: Complete) -> Deed {
        if let Some(deed) = self.press_in_popup(press) {
            return deed;
        }
        match (press.key, press.with) {
            ("Tab", With::Nothing) => self.tab(field, complete),
            ("Escape", With::Nothing) => {
                self.lets_go = true;
                Deed::Stay
            }
            ("Enter", With::Nothing) => {
                let (commands, is_open) = script::commands(&field.text);
                if is_open { Deed::Leave } else { self.enter(commands) }
            }
            ("Enter", With::Control) => self.enter(script::commands(&field.text).0),
            ("ArrowUp", With::Nothing) if field.is_in_first_line() => {
                self.recall.earlier(&field.text).map_or(Deed::Leave, shown)
            }
            ("ArrowDown", With::Nothing) if field.is_in_last_line() => {
                self.recall.later().map_or(Deed::Leave, shown)
            }
            (key, With::Control) => self.press_with_control(key, field),
            _ => Deed::Leave,
        }
    }

    /// Something was typed, pasted or cut.
    pub fn typed(&mut self, field: &Field, complete: Complete) {
        self.recall.typed();
        self.lets_go = false;
        if self.popup.take().is_some() {
            let completion = complete(field);
            let is_offered = !completion.candidates.is_empty();
            self.popup = is_offered.then_some(Popup { completion, chosen: None });
        }
    }

    /// Enters what the field says, whole or not.
    pub fn submit(&mut self, field: &Field) -> Deed {
        self.enter(script::commands(&field.text).0)
    }

    /// A candidate was pointed at.
    pub fn pick(&mut self, place: usize) -> Deed {
        let insert = self.popup.take().and_then(|popup| popup.accept(place));
        insert.map_or(Deed::Stay, |(range, text)| Deed::Replace(range, text))
    }

    /// Looks for a text in the lines that were entered.
    pub fn look_for(&mut self, text: &str) -> Deed {
        let Some(search) = &mut self.search else { return Deed::Stay };
        search.found = self.recall.find(text, self.recall.len());
        text.clone_into(&mut search.text);
        self.show_found()
    }

    /// A key is pressed while searching.
    pub fn press_in_search(&mut self, press: Press) -> Deed {
        let Some(search) = &mut self.search else { return Deed::Leave };
        match (press.key, press.with) {
            ("r", With::Control) | ("ArrowUp", With::Nothing) => {
                let before = search.found.unwrap_or(self.recall.len());
                search.found = self.recall.find(&search.text, before).or(search.found);
                self.show_found()
            }
            ("Enter", With::Nothing) => match self.show_found() {
                Deed::Show(line) => {
                    self.search = None;
                    self.enter(script::commands(&line).0)
                }
                _ => Deed::Stay,
            },
            ("Escape" | "Tab" | "ArrowRight", With::Nothing) => {
                let deed = self.show_found();
                self.search = None;
                deed
            }
            ("g" | "c", With::Control) => self.stop_search(),
            _ => Deed::Leave,
        }
    }

    /// Ends a search as if it had not been begun.
    pub fn stop_search(&mut self) -> Deed {
        self.search.take().map_or(Deed::Stay, |search| Deed::Show(search.draft))
    }

    fn press_in_popup(&mut self, press: Press) -> Option<Deed> {
        let popup = self.popup.as_mut()?;
        match (press.key, press.with) {
            ("ArrowDown" | "Tab", With::Nothing) => popup.choose(Step::Next),
            ("ArrowUp", With::Nothing) | ("Tab", With::Shift) => popup.choose(Step::Previous),
            ("Enter", With::Nothing) => {
                let chosen = popup.chosen?;
                return Some(self.pick(chosen));
            }
            ("Escape", With::Nothing) => {
                self.popup = None;
                self.lets_go = true;
            }
            _ => return None,
        }
        Some(Deed::Stay)
    }

    fn press_with_control(&mut self, key: &str, field: &Field) -> Deed {
        match key {
            "l" => Deed::Clear,
            "c" if !field.selected.is_empty() => Deed::Leave,
            "c" if field.text.is_empty() => Deed::Interrupt,
            "c" => {
                self.popup = None;
                self.recall.typed();
                Deed::Show(String::new())
            }
            "r" => {
                self.popup = None;
                let draft = field.text.clone();
                self.search = Some(Search { draft, ..Search::default() });
                Deed::Stay
            }
            key => match field.with_control(key) {
                Some(Edit::Cut(range)) => Deed::Replace(range, String::new()),
                Some(Edit::Go(place)) => Deed::Go(place),
                None => Deed::Leave,
            },
        }
    }

    fn tab(&mut self, field: &Field, complete: Complete) -> Deed {
        if self.lets_go || field.text.trim().is_empty() {
            return Deed::Leave;
        }
        match complete(field).tab(&field.text) {
            Tab::Leave => Deed::Leave,
            Tab::Insert(range, text) => Deed::Replace(range, text),
            Tab::Offer(insert, popup) => {
                self.popup = Some(popup);
                insert.map_or(Deed::Stay, |(range, text)| Deed::Replace(range, text))
            }
        }
    }

    fn enter(&mut self, commands: Vec<String>) -> Deed {
        self.popup = None;
        for command in &commands {
            self.recall.enter(command);
        }
        if commands.is_empty() { Deed::Stay } else { Deed::Enter(commands) }
    }

    fn show_found(&self) -> Deed {
        let found = self.search.as_ref().and_then(|search| search.found);
        found.map_or(Deed::Stay, |place| shown(self.recall.line(place)))
    }
}

fn shown(line: &str) -> Deed {
    Deed::Show(line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Complete = &|_| Completion::default();

    fn field(text: &str) -> Field {
        Field { text: text.to_owned(), selected: text.len()..text.len() }
    }

    fn press(typist: &mut Typist, key: &str, with: With, text: &str) -> Deed {
        typist.press(Press { key, with }, &field(text), NOTHING)
    }

    fn typist(lines: &[&str]) -> Typist {
        let mut typist = Typist::default();
        for line in lines {
            typist.submit(&field(line));
        }
        typist
    }

    #[test]
    fn enter_enters_what_is_whole_and_goes_on_with_what_is_not() {
        let mut typist = Typist::default();
        let deed = press(&mut typist, "Enter", With::Nothing, "lab a\nlab b");
        assert_eq!(deed, Deed::Enter(vec!["lab a".into(), "lab b".into()]));
        assert_eq!(press(&mut typist, "ArrowUp", With::Nothing, ""), Deed::Show("lab b".into()));
        assert_eq!(press(&mut typist, "Enter", With::Nothing, "lab 'a"), Deed::Leave);
        let deed = press(&mut typist, "Enter", With::Control, "lab 'a");
        assert_eq!(deed, Deed::Enter(vec!["lab 'a\n".into()]));
        assert_eq!(press(&mut typist, "Enter", With::Shift, "lab a"), Deed::Leave);
        assert_eq!(press(&mut typist, "Enter", With::Nothing, " "), Deed::Stay);
    }

    #[test]
    fn tab_leaves_the_field_unless_there_is_something_to_complete() {
        let complete = |field: &Field| Completion {
            replaced: 0..field.text.len(),
            candidates: ["aws", "awk"].map(yew::AttrValue::from).into_iter().collect(),
        };
        let mut typist = Typist::default();
        let mut press = |key: &str, text: &str| {
            typist.press(Press { key, with: With::Nothing }, &field(text), &complete)
        };
        assert_eq!(press("Tab", ""), Deed::Leave);
        assert_eq!(press("Tab", "a"), Deed::Replace(0..1, "aw".into()));
        assert_eq!(press("ArrowDown", "aw"), Deed::Stay);
        assert_eq!(press("Enter", "aw"), Deed::Replace(0..2, "aws ".into()));
        assert_eq!(press("Escape", "aw"), Deed::Stay);
        assert_eq!(press("Tab", "aw"), Deed::Leave);
        typist.typed(&field("a"), &complete);
        let tab = Press { key: "Tab", with: With::Nothing };
        assert!(matches!(typist.press(tab, &field("a"), &complete), Deed::Replace(..)));
    }

    #[test]
    fn control_c_copies_clears_or_stops() {
        let mut typist = Typist::default();
        let mut selected = field("lab");
        selected.selected = 0..3;
        let copy = Press { key: "c", with: With::Control };
        assert_eq!(typist.press(copy, &selected, NOTHING), Deed::Leave);
        let deed = press(&mut typist, "c", With::Control, "lab");
        assert_eq!(deed, Deed::Show(String::new()));
        assert_eq!(press(&mut typist, "c", With::Control, ""), Deed::Interrupt);
    }

    #[test]
    fn a_search_walks_back_and_can_be_given_up() {
        let mut typist = typist(&["lab one", "aws two", "lab three"]);
        press(&mut typist, "r", With::Control, "draft");
        assert_eq!(typist.look_for("lab"), Deed::Show("lab three".into()));
        let again = Press { key: "r", with: With::Control };
        assert_eq!(typist.press_in_search(again), Deed::Show("lab one".into()));
        assert_eq!(typist.press_in_search(again), Deed::Show("lab one".into()), "no older one");
        let stop = Press { key: "g", with: With::Control };
        assert_eq!(typist.press_in_search(stop), Deed::Show("draft".into()));
        assert!(typist.search.is_none());
        press(&mut typist, "r", With::Control, "");
        typist.look_for("TWO");
        let enter = Press { key: "Enter", with: With::Nothing };
        assert_eq!(typist.press_in_search(enter), Deed::Enter(vec!["aws two".into()]));
    }
}
