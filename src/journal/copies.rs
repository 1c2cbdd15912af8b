//! What copies worlds: it keeps checkpoints and goes back to them.
//!
//! It is much code for a page whose first view has nothing to go back to, so there it is a chunk.
//! Until that is loaded a journal keeps its beginning alone, from which everything follows.

use super::Journal;
use super::checkpoints::Checkpoints;
use crate::chunk::Unloaded;
use crate::console::{self, Console};

/// What needs copies of worlds.
pub struct Copies {
    /// Keeps a checkpoint.
    pub keep: fn(&mut Checkpoints, &Console, usize),
    /// A first line has set the date.
    pub begin_anew: fn(&mut Journal, &str, u8),
}

#[cfg(feature = "app")]
crate::chunk! {
    /// In a page, what copies worlds.
    static COPIES(travel): Copies =
        Copies { keep: Checkpoints::keep, begin_anew: Journal::begin_anew };
}

/// What copies worlds, if it is here.
#[cfg(feature = "app")]
pub fn here() -> Option<&'static Copies> {
    COPIES.get()
}

/// What copies worlds.
#[cfg(not(feature = "app"))]
pub fn here() -> Option<&'static Copies> {
    Some(&Copies { keep: Checkpoints::keep, begin_anew: Journal::begin_anew })
}

/// Loads what keeps checkpoints, if a build has it in a file of its own.
pub async fn load_copies() -> Result<(), Unloaded> {
    #[cfg(feature = "app")]
    COPIES.load().await?;
    Ok(())
}

/// Loads what lines may need. Whoever enters lines waits for it before the first one of which
/// [`Journal::can_enter`] says no.
pub async fn load() -> Result<(), Unloaded> {
    load_copies().await?;
    console::load().await
}
