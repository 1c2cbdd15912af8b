//! Keeps the run in the visitor's browser, so that a reload goes on where it was. A browser that
//! keeps nothing is no worse off.

use super::keeping;
use super::links::LINKS;
use super::listener::Listener;
use super::once::use_once;
use super::opening::Opening;
use super::opening::state::{Source, State};
use super::page;
use super::saved;
use super::session::Session;
use super::speed::Speed;
use super::store::Motion;
use super::travelling;
use gloo_timers::callback::Interval;
use shardlab::share::link::Clock;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds between two looks at whether lines were entered.
const LOOK_MILLIS: u32 = 2_000;

/// What is kept, and how it is shown.
struct Kept {
    clock: Clock,
    speed: Speed,
    state: State,
    /// The branch and the number of lines when it was kept.
    lines: (usize, usize),
}

/// Keeps the run whenever lines were entered, and when the page goes out of sight.
#[hook]
pub fn use_autosave(session: &Rc<RefCell<Session>>, opening: &Opening, controls: (Motion, Speed)) {
    let (clock, speed) = (clock_of(controls.0), controls.1);
    let kept =
        use_once(|| RefCell::new(Kept { clock, speed, state: State::Loading, lines: (0, 0) }));
    {
        let mut kept = kept.borrow_mut();
        (kept.clock, kept.speed, kept.state) = (clock, speed, opening.state.clone());
    }
    let session = Rc::clone(session);
    use_once(|| {
        if page::is_embedded() {
            // The way out of there is a link.
            load_links(&session);
        }
        let look = {
            let (session, kept) = (Rc::clone(&session), Rc::clone(&kept));
            let mut asked = None;
            Interval::new(LOOK_MILLIS, move || {
                let (now, mut kept) = (session.borrow(), kept.borrow_mut());
                let lines = (now.lines().0, now.lines().1.len());
                if lines != kept.lines && kept.save(&now) {
                    kept.lines = lines;
                } else if is_lacking(&session) && asked.replace(lines) != Some(lines) {
                    load_links(&session);
                }
            })
        };
        let leave = Listener::on(&page::document(), "visibilitychange", move |_| {
            if page::document().hidden() {
                kept.borrow().save(&session.borrow());
            }
        });
        (look, leave)
    });
}

impl Kept {
    /// Keeps a run as it is now; says whether there was one to keep.
    fn save(&self, session: &Session) -> bool {
        let is_begun = matches!(self.state, State::Ready(_) | State::Opened(_));
        if !is_begun || session.is_replaying() {
            return false;
        }
        let Some(links) = LINKS.get() else { return false };
        let link = (links.plain)(session, self.clock, self.speed);
        keeping::keep_link(&link);
        if self.is_own(session) {
            saved::keep(&link);
        }
        true
    }

    /// Whether the visitor has had a part in the run.
    fn is_own(&self, session: &Session) -> bool {
        let (branch, entries) = session.lines();
        match &self.state {
            State::Opened(opened) if opened.source == Source::Link => {
                branch > 0 || entries.len() > opened.lines
            }
            State::Opened(_) => true,
            State::Ready(scenario) => {
                let is_new = |line: &str| !scenario.lines.iter().any(|known| known == line);
                branch > 0 || entries.iter().any(|entry| is_new(&entry.line))
            }
            _ => false,
        }
    }
}

/// What cannot be loaded now is asked for again with the next line. With it comes what a run that
/// goes on needs to be gone back in, and the rest of its data.
fn load_links(session: &Rc<RefCell<Session>>) {
    let session = Rc::clone(session);
    yew::platform::spawn_local(async move {
        let _ = LINKS.load().await;
        let _ = travelling::load(&session).await;
    });
}

/// Whether there is something to load.
fn is_lacking(session: &RefCell<Session>) -> bool {
    LINKS.get().is_none() || travelling::here(session).is_none()
}

/// The clock as a link has it.
pub fn clock_of(motion: Motion) -> Clock {
    match motion {
        Motion::Playing => Clock::Playing,
        Motion::Paused => Clock::Paused,
    }
}
