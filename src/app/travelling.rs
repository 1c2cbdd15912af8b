//! What the player does with the session: goes back and forth in its run.

use super::player::travel::Travel;
use super::session::Session;
use super::store::Action;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Joins a player to a session, which stays the same one for ever. Whoever travels wants to look
/// around there, so time stands still; whoever takes a line back wants to go on without it.
#[hook]
pub fn use_travelling(
    session: &Rc<RefCell<Session>>,
    on_action: &Callback<Action>,
) -> Callback<Travel> {
    let (session, on_action) = (Rc::clone(session), on_action.clone());
    use_callback((), move |travel: Travel, ()| {
        if !goes_on(&travel) {
            on_action.emit(Action::Pause);
        }
        go(&mut session.borrow_mut(), travel);
    })
}

/// Whether time goes on afterwards as it did before.
fn goes_on(travel: &Travel) -> bool {
    use Travel::{Branch, Redo, Rename, Stay, Undo};
    matches!(travel, Stay | Branch | Rename(_) | Undo | Redo)
}

fn go(session: &mut Session, travel: Travel) {
    match travel {
        Travel::Seek(millis) => session.seek_millis(millis),
        Travel::Step => session.step(),
        Travel::Back => session.step_back(),
        Travel::Skip(sign) => session.skip(sign),
        Travel::Stay => session.stop_looking(),
        Travel::Branch => session.branch(),
        Travel::Switch(branch) => session.switch(branch),
        Travel::Rename(name) => session.rename(name.trim()),
        Travel::Undo => session.undo(),
        Travel::Redo => session.redo(),
    }
}
