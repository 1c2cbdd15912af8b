//! Which color and form a partition key has: the same key looks the same everywhere.

use super::shape::{Form, HUES, Ink};
use crate::engine::Simulation;
use crate::engine::service::hash_key::HashKey;
use crate::engine::service::log::Log;
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

/// Where a stored record's partition key falls.
pub fn hash_of(simulation: &Simulation, record: &StoredRecord) -> HashKey {
    match (record.key, record.carried) {
        (Key::Made, Carried::Made { maker, number }) => {
            let text = simulation.clients().key_text(maker, number);
            HashKey::of(&text.unwrap_or_default())
        }
        (Key::Made, Carried::Stored(_)) => unreachable!("a key is made again with its record"),
        (key, _) => hash_of_key(simulation, key),
    }
}

/// The same for a record of a log, if it is retained. Of most no more than the key is looked up.
pub fn hash_at(simulation: &Simulation, log: &Log, ordinal: u64) -> Option<HashKey> {
    match log.key(ordinal)? {
        Key::Made => log.record(ordinal).map(|record| hash_of(simulation, &record)),
        key => Some(hash_of_key(simulation, key)),
    }
}

fn hash_of_key(simulation: &Simulation, key: Key) -> HashKey {
    match key {
        Key::Known(id) => simulation.service().known_keys().hash(id),
        Key::Text(text) => HashKey::of(text),
        Key::Made => unreachable!("it takes more than the key"),
    }
}
