//! What is looked at.

use crate::engine::Simulation;
use crate::insight::history::History;

/// What is looked at.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The state.
    pub simulation: &'a Simulation,
    /// How it came to be.
    pub history: &'a History,
}
