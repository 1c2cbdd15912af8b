//! Draws by weight in constant time: Walker's alias method, in whole numbers.
//!
//! Read first: <https://en.wikipedia.org/wiki/Alias_method>.

use crate::engine::rng::Rng;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// A table that draws one of its places with chances in proportion to their weights: one number of
/// the generator and one look a draw, however many places there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasTable {
    slots: Rc<[Slot]>,
}

/// A place, and the other one that shares its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Slot {
    /// The share of the slot, in 2^−32, that is the place's own.
    own: u32,
    other: u32,
}

impl AliasTable {
    /// The table of some weights: at least one, fewer than 2^32, not all zero.
    pub fn of(weights: &[u64]) -> Self {
        let count = u32::try_from(weights.len()).expect("fewer than 2^32 weights");
        let total: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        assert!(total > 0, "some place has to be drawn");
        // Measured in shares of a slot: a weight times the count, of which `total` fill a slot.
        let mut left: Vec<u128> =
            weights.iter().map(|&weight| u128::from(weight) * u128::from(count)).collect();
        let mut slots: Vec<Slot> = (0..count).map(|other| Slot { own: 0, other }).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) =
            (0..count).partition(|&place| left[place as usize] < total);
        while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
            let own = left[poor as usize];
            slots[poor as usize] = Slot { own: share(own, total), other: rich };
            let rest = &mut left[rich as usize];
            *rest -= total - own;
            if *rest < total {
                large.pop();
                small.push(rich);
            }
        }
        Self { slots: slots.into() }
    }

    /// Draws a place.
    #[inline]
    pub fn draw(&self, luck: &mut Rng) -> u32 {
        let word = luck.next_u64();
        let place = ((word >> 32) * self.slots.len() as u64) >> 32;
        let slot = self.slots[place as usize];
        let own = (word & u64::from(u32::MAX)) < u64::from(slot.own);
        if own { place as u32 } else { slot.other }
    }
}

/// A whole table says little more than its ends and its length, and costs a thousand times as much.
impl Hash for AliasTable {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.slots.len() as u64, self.slots.first(), self.slots.last()).hash(state);
    }
}

fn share(part: u128, whole: u128) -> u32 {
    u32::try_from((part << 32) / whole).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_drawn_by_their_weights() {
        let weights = [1_u64, 0, 5, 2, 0, 8];
        let (table, mut luck) = (AliasTable::of(&weights), Rng::seeded(3));
        let mut drawn = [0_u64; 6];
        for _ in 0..160_000 {
            drawn[table.draw(&mut luck) as usize] += 1;
        }
        for (drawn, weight) in drawn.into_iter().zip(weights) {
            assert!(drawn.abs_diff(weight * 10_000) <= weight * 400, "{drawn} of {weight}");
        }
    }

    #[test]
    fn one_place_is_always_drawn() {
        let (table, mut luck) = (AliasTable::of(&[7]), Rng::seeded(3));
        assert!((0..100).all(|_| table.draw(&mut luck) == 0));
    }
}
