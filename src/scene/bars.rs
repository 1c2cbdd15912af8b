//! Bars of several colors.

use super::picture::Picture;
use super::shape::{HUES, Ink, Rect};

/// Bars, sorted by color: the painter changes its color eight times, however many they are.
pub struct Bars {
    of_hue: [Vec<Rect>; HUES as usize],
}

/// Bars of a color that have room from the beginning.
const ROOM: usize = 64;

impl Default for Bars {
    fn default() -> Self {
        Self { of_hue: std::array::from_fn(|_| Vec::with_capacity(ROOM)) }
    }
}

impl Bars {
    /// Cuts a bar into parts as high as each color's share.
    pub fn stack(&mut self, counts: &[i32; HUES as usize], place: Rect) {
        let (total, mut below, mut seen) = (counts.iter().sum::<i32>().max(1), 0, 0);
        let bottom = place.y + place.height;
        for (bars, count) in self.of_hue.iter_mut().zip(counts).filter(|(_, count)| **count > 0) {
            seen += count;
            let above = place.height * seen / total;
            bars.push(Rect { y: bottom - above, height: above - below, ..place });
            below = above;
        }
    }

    /// Adds them to a picture.
    pub fn paint(self, picture: &mut Picture) {
        for (hue, bars) in (0..HUES).zip(self.of_hue) {
            for bar in bars {
                picture.fill(bar, Ink::Hue(hue));
            }
        }
    }
}
