//! The run that the visitor's browser keeps: where it is, and as what. A browser that keeps nothing
//! is no worse off.

use super::linking;
use super::page;
use web_sys::Storage;

/// What the run is kept as.
const KEY: &str = "shardlab.run";

/// Where the run is kept, and as what.
struct Place {
    storage: Storage,
    key: String,
    /// Whether the address names what the page begins with.
    is_named: bool,
}

/// The link of the run that the visit goes on with.
///
/// A scenario or a link in the address is what the visitor asks for, so only a reload of the page,
/// or a way back to it, goes on there.
pub fn link() -> Option<String> {
    let place = place()?;
    if place.is_named && page::is_new_visit() {
        // Or the next reload would go on with it.
        forget();
        return None;
    }
    place.storage.get_item(&place.key).ok()?
}

/// Keeps the link of a run, in place of the one before.
pub fn keep(link: &str) {
    if let Some(place) = place() {
        // A browser may have no room; then the visit is as good as without.
        let _ = place.storage.set_item(&place.key, link);
    }
}

/// Forgets it.
pub fn forget() {
    if let Some(place) = place() {
        // What cannot be removed was not kept either.
        let _ = place.storage.remove_item(&place.key);
    }
}

/// With the browser where the address names nothing, else with the tab; nowhere inside of another
/// page.
fn place() -> Option<Place> {
    if page::is_embedded() {
        return None;
    }
    let window = page::window();
    match linking::of_page().or_else(|| page::parameter("scenario")) {
        None => {
            let storage = window.local_storage().ok()??;
            Some(Place { storage, key: KEY.to_owned(), is_named: false })
        }
        Some(name) => {
            let storage = window.session_storage().ok()??;
            Some(Place { storage, key: KEY.to_owned() + ":" + &name, is_named: true })
        }
    }
}
