//! What the player does with the session: goes back and forth in its run.

use super::datasets::{Extent, datasets};
use super::fetch::Unfetched;
use super::once::use_once;
use super::session::Session;
use super::session::travel::{self, Travel, Travels};
use super::store::Action;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Joins a player to a session, which stays the same one for ever. Whoever travels wants to look
/// around there, so time stands still; whoever takes a line back wants to go on without it.
///
/// What travels may have to be fetched first; where it cannot be, nothing happens, and the next
/// press tries again.
#[hook]
pub fn use_travelling(
    session: &Rc<RefCell<Session>>,
    on_action: &Callback<Action>,
) -> Callback<Travel> {
    let (session, on_action) = (Rc::clone(session), on_action.clone());
    let on_travel = use_once(|| {
        Callback::from(move |travel: Travel| {
            if !goes_on(&travel) {
                on_action.emit(Action::Pause);
            }
            if let Some(travels) = here(&session) {
                return (travels.go)(&mut session.borrow_mut(), travel);
            }
            let session = Rc::clone(&session);
            yew::platform::spawn_local(async move {
                if let Ok(travels) = load(&session).await {
                    (travels.go)(&mut session.borrow_mut(), travel);
                }
            });
        })
    });
    (*on_travel).clone()
}

/// What goes back and forth, if it is here with all that the session needs for it.
pub fn here(session: &RefCell<Session>) -> Option<&'static Travels> {
    travel::here().filter(|_| session.borrow().lacking().is_empty())
}

/// Loads it, and the rest of the data of a session that began with the first rows.
pub async fn load(session: &RefCell<Session>) -> Result<&'static Travels, Unfetched> {
    let travels = travel::load().await.map_err(Unfetched::of_chunk)?;
    let lacking = session.borrow().lacking().to_vec();
    if !lacking.is_empty() {
        let datasets = datasets(&lacking, Extent::Whole).await?;
        (travels.complete)(&mut session.borrow_mut(), datasets);
    }
    Ok(travels)
}

/// Whether time goes on afterwards as it did before.
fn goes_on(travel: &Travel) -> bool {
    use Travel::{Branch, Redo, Rename, Stay, Undo};
    matches!(travel, Stay | Branch | Rename(_) | Undo | Redo)
}
