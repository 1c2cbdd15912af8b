//! The data sets that can be replayed.

use super::dataset::Dataset;
use super::name::ClientName;
use crate::engine::sorted::SortedMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// Data sets by name. What could be replayed is no part of the state of the world: only what is
/// replayed is, and that a replay keeps for itself.
#[derive(Clone, Debug, Default)]
pub struct Library {
    sets: SortedMap<ClientName, Rc<Dataset>>,
}

impl Library {
    /// Puts a data set in, in place of one of the same name.
    pub fn add(&mut self, name: ClientName, data: Rc<Dataset>) {
        self.sets.insert(name, data);
    }

    /// The data set of a name.
    pub fn get(&self, name: &ClientName) -> Option<&Rc<Dataset>> {
        self.sets.get(name)
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = (&ClientName, &Rc<Dataset>)> {
        self.sets.iter()
    }
}

impl PartialEq for Library {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Library {}

impl Hash for Library {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}
