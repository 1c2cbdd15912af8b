//! What the page remembers: small, changed by clicks and keys.

use super::page;
use super::panel::Panel;
use super::speed::Speed;
use super::theme::Theme;
use crate::text::Language;
use shardlab::insight::pricing::Prices;
use shardlab::insight::subject::Subject;
use std::rc::Rc;
use yew::Reducible;

/// What the page remembers of its viewer's choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// The language of its words.
    pub language: Language,
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// Whether time passes.
    pub clock: Motion,
    /// How fast.
    pub speed: Speed,
    /// Which panel stands beside the picture.
    pub panel: Panel,
    /// What the viewer pointed at last.
    pub subject: Option<Subject>,
    /// What AWS charges.
    pub prices: Prices,
}

/// Whether time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// It does.
    Playing,
    /// It stands.
    Paused,
}

/// A choice of the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Words of another language.
    Speak(Language),
    /// Another theme.
    Dress(Theme),
    /// Play if paused, pause if playing.
    Toggle,
    /// Pause.
    Pause,
    /// Another speed.
    Pace(Speed),
    /// Another panel.
    Open(Panel),
    /// Something to know more about.
    Choose(Subject),
    /// Other prices.
    Price(Prices),
}

impl Store {
    /// What the page's address and the browser ask for.
    pub fn of_page() -> Self {
        let (language, theme) = (page::language(), Theme::of_page());
        let (clock, speed, panel) = (Motion::Playing, Speed::REAL_TIME, Panel::of_page());
        let prices = Prices::default();
        Self { language, theme, clock, speed, panel, subject: None, prices }
    }
}

impl Reducible for Store {
    type Action = Action;

    fn reduce(mut self: Rc<Self>, action: Action) -> Rc<Self> {
        let store = Rc::make_mut(&mut self);
        match action {
            Action::Speak(language) => store.language = language,
            Action::Dress(theme) => store.theme = theme,
            Action::Pause => store.clock = Motion::Paused,
            Action::Pace(speed) => store.speed = speed,
            Action::Open(panel) => store.panel = panel,
            Action::Choose(subject) => {
                store.subject = Some(subject);
                store.panel = Panel::about(subject);
            }
            Action::Price(prices) => store.prices = prices,
            Action::Toggle => {
                store.clock = match store.clock {
                    Motion::Playing => Motion::Paused,
                    Motion::Paused => Motion::Playing,
                };
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggling_twice_changes_nothing() {
        let store = Store {
            language: Language::English,
            theme: Theme::Dark,
            clock: Motion::Playing,
            speed: Speed::REAL_TIME,
            panel: Panel::Console,
            subject: None,
            prices: Prices::default(),
        };
        let once = Rc::new(store.clone()).reduce(Action::Toggle);
        assert_eq!(once.clock, Motion::Paused);
        assert_eq!(*once.reduce(Action::Toggle), store);
    }
}
