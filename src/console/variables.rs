//! Variables, as a shell keeps them.

use std::rc::Rc;

/// Names with their values, in the order of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Variables(Vec<Variable>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Variable {
    name: Rc<str>,
    value: Rc<str>,
    scope: Scope,
}

/// Who sees a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The shell alone.
    Shell,
    /// The commands that it starts, too: `export`.
    Environment,
}

impl Variables {
    /// The value of a variable that is set.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.place(name).ok().map(|place| &*self.0[place].value)
    }

    /// The same, of a variable that commands see.
    pub fn exported(&self, name: &str) -> Option<&str> {
        let variable = &self.0[self.place(name).ok()?];
        (variable.scope == Scope::Environment).then_some(&*variable.value)
    }

    /// Whether no variable is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets a variable; who sees it stays as it was.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.place(name) {
            Ok(place) => self.0[place].value = value.into(),
            Err(place) => {
                let (name, value) = (name.into(), value.into());
                self.0.insert(place, Variable { name, value, scope: Scope::Shell });
            }
        }
    }

    /// Shows a variable to the commands, if it is set.
    pub fn export(&mut self, name: &str) {
        if let Ok(place) = self.place(name) {
            self.0[place].scope = Scope::Environment;
        }
    }

    /// Forgets a variable.
    pub fn unset(&mut self, name: &str) {
        if let Ok(place) = self.place(name) {
            self.0.remove(place);
        }
    }

    /// The names and values of what commands see.
    pub fn environment(&self) -> impl Iterator<Item = (&str, &str)> {
        let seen = self.0.iter().filter(|variable| variable.scope == Scope::Environment);
        seen.map(|variable| (&*variable.name, &*variable.value))
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|variable| (*variable.name).cmp(name))
    }
}

/// Whether a text can name a variable.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(|char: char| char.is_ascii_digit()) && {
        text.chars().all(is_name_part)
    }
}

/// Whether a sign can stand in such a name; a digit cannot begin it.
pub fn is_name_part(char: char) -> bool {
    char == '_' || char.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_see_what_was_exported_and_what_it_becomes_later() {
        let mut variables = Variables::default();
        variables.set("NAME", "one");
        assert_eq!((variables.value("NAME"), variables.exported("NAME")), (Some("one"), None));
        variables.export("NAME");
        variables.set("NAME", "two");
        variables.export("NOBODY");
        assert_eq!(variables.environment().collect::<Vec<_>>(), [("NAME", "two")]);
        variables.unset("NAME");
        assert_eq!(variables, Variables::default());
    }
}
