//! Keeps the run in the visitor's browser, so that a reload goes on where it was. A browser that
//! keeps nothing is no worse off.

use super::keeping;
use super::linking;
use super::listener::Listener;
use super::opening::{Opening, Source, State};
use super::page;
use super::session::Session;
use super::speed::Speed;
use super::store::Motion;
use gloo_timers::callback::Interval;
use shardlab::share::link::Clock;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Storage;
use yew::prelude::*;

/// Where the run is kept.
const KEY: &str = "shardlab.run";
/// Milliseconds between two looks at whether lines were entered.
const LOOK_MILLIS: u32 = 2_000;

/// The run of the last visit, unless the address of the page asks for something else.
pub fn saved() -> Option<String> {
    is_own_page().then(storage)??.get_item(KEY).ok()?
}

/// Forgets it.
pub fn forget() {
    if let Some(storage) = storage() {
        // What cannot be removed was not kept either.
        let _ = storage.remove_item(KEY);
    }
}

fn storage() -> Option<Storage> {
    page::window().local_storage().ok()?
}

/// Whether the address names nothing that a reload would begin with.
fn is_own_page() -> bool {
    !page::is_embedded() && page::parameter("scenario").is_none() && linking::of_page().is_none()
}

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
    let kept = use_mut_ref(|| Kept { clock, speed, state: State::Loading, lines: (0, 0) });
    {
        let mut kept = kept.borrow_mut();
        (kept.clock, kept.speed, kept.state) = (clock, speed, opening.state.clone());
    }
    let session = Rc::clone(session);
    use_effect_with((), move |()| {
        let look = {
            let (session, kept) = (Rc::clone(&session), Rc::clone(&kept));
            Interval::new(LOOK_MILLIS, move || {
                let (session, mut kept) = (session.borrow(), kept.borrow_mut());
                let lines = (session.lines().0, session.lines().1.len());
                if lines != kept.lines && kept.save(&session) {
                    kept.lines = lines;
                }
            })
        };
        let leave = Listener::on(&page::document(), "visibilitychange", move |_| {
            if page::document().hidden() {
                kept.borrow().save(&session.borrow());
            }
        });
        move || drop((look, leave))
    });
}

impl Kept {
    /// Keeps a run as it is now; says whether there was one to keep.
    fn save(&self, session: &Session) -> bool {
        let is_begun = matches!(self.state, State::Ready(_) | State::Opened(_));
        if !is_begun || session.is_replaying() {
            return false;
        }
        let link = linking::plain(&session.as_run(self.clock, self.speed));
        keeping::keep_link(&link);
        if is_own_page()
            && self.is_own(session)
            && let Some(storage) = storage()
        {
            // A browser may have no room; then the visit is as good as without.
            let _ = storage.set_item(KEY, &link);
        }
        true
    }

    /// Whether the visitor has had a part in the run.
    fn is_own(&self, session: &Session) -> bool {
        let (branch, entries) = session.lines();
        match &self.state {
            State::Opened(opened) => opened.source != Source::Link,
            State::Ready(scenario) => {
                let is_new = |line: &str| !scenario.lines.iter().any(|known| known == line);
                branch > 0 || entries.iter().any(|entry| is_new(&entry.line))
            }
            _ => false,
        }
    }
}

/// The clock as a link has it.
pub fn clock_of(motion: Motion) -> Clock {
    match motion {
        Motion::Playing => Clock::Playing,
        Motion::Paused => Clock::Paused,
    }
}
