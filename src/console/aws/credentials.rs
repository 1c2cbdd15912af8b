//! Whose key signs a request.

use super::globals::Globals;
use crate::api::caller::Caller;
use crate::console::surroundings::Surroundings;
use crate::engine::Simulation;

/// Who signs: the user that a profile is named after, or whose key the environment has, or root. A
/// profile that names nobody is taken too: notes are full of them.
pub fn caller(sim: &Simulation, globals: &Globals, around: &Surroundings<'_>) -> Caller {
    let profile = globals.profile.as_deref().or_else(|| around.variable("AWS_PROFILE"));
    match (profile, around.variable("AWS_ACCESS_KEY_ID")) {
        (None, Some(id)) => Caller::of_access_key(sim, id),
        (profile, _) => Caller::of_profile(sim, profile),
    }
}

/// Whether the environment takes the key away that every console has by itself.
pub fn has_no_credentials(globals: &Globals, around: &Surroundings<'_>) -> bool {
    !globals.is_unsigned && around.variable("AWS_ACCESS_KEY_ID") == Some("")
}
