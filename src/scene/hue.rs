//! Which color and form a partition key has: the same key looks the same everywhere.

use super::World;
use super::shape::{Form, HUES, Ink};
use crate::engine::Simulation;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::record::{Carried, Key, StoredRecord};

/// The color of a key. The low bits of its hash choose it: the high bits choose the shard, and the
/// keys of one shard would all look alike.
pub fn hue(key: HashKey) -> Ink {
    let hue = key.0 % u128::from(HUES);
    Ink::Hue(u8::try_from(hue).expect("a remainder is below the number of hues"))
}

/// The form of a key, which does not follow from its color.
pub fn form(key: HashKey) -> Form {
    let number = key.0 / u128::from(HUES) % Form::OF_KEYS.len() as u128;
    Form::OF_KEYS[usize::try_from(number).unwrap_or(0)]
}

/// The color of a stored record's key.
pub fn hue_of(world: &World, record: &StoredRecord) -> Ink {
    hue(hash_of(world.simulation, record))
}

/// Where a stored record's partition key falls.
pub fn hash_of(simulation: &Simulation, record: &StoredRecord) -> HashKey {
    match (record.key, record.carried) {
        (Key::Known(id), _) => simulation.service().known_keys().hash(id),
        (Key::Text(text), _) => HashKey::of(text),
        (Key::Made, Carried::Made { maker, number }) => {
            let text = simulation.clients().key_text(maker, number);
            HashKey::of(&text.unwrap_or_default())
        }
        (Key::Made, Carried::Stored(_)) => unreachable!("a key is made again with its record"),
    }
}
