//! How a session that was begun gets what it still needs, and takes the place of the one that is
//! seen.

use crate::app::linking::Trouble;
use crate::app::session::Session;
use shardlab::console::Console;
use shardlab::journal;
use std::cell::RefCell;
use std::time::Duration;

/// Loads the rest of the console, if lines need it.
pub async fn load<'a>(
    mut lines: impl Iterator<Item = &'a str>,
    console: &Console,
) -> Result<(), Trouble> {
    if lines.all(|line| console.can_enter(line)) {
        return Ok(());
    }
    journal::load().await.map_err(Trouble::of_chunk)
}

/// The session becomes another one, at an instant after its beginning if one is asked for.
pub fn take_over(session: &RefCell<Session>, mut begun: Session, after: Option<Duration>) {
    if let Some(after) = after {
        begun.go_to(after);
    }
    session.borrow_mut().take_over(begun);
}
