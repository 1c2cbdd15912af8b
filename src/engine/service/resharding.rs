//! Resharding: splits, merges, and plans of them.

/// What is left to do of a resharding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {}
