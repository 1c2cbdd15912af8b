//! The theme: what the address asks for, and what the style sheets are told.

use super::page;

/// Light, dark, or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in the address and in style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one that the address asks for, else the system's.
    pub fn of_page() -> Self {
        let asked = page::parameter("theme");
        let is_asked = |theme: &Self| asked.as_deref() == Some(theme.name());
        Self::ALL.into_iter().find(is_asked).unwrap_or_default()
    }

    /// Tells the style sheets to show it.
    pub fn dress(self) {
        let outcome = match self {
            Self::System => page::root().remove_attribute("data-theme"),
            theme => page::root().set_attribute("data-theme", theme.name()),
        };
        outcome.expect("data-theme is the name of an attribute");
    }
}
