//! Refusals and losses: the only red in the picture.

use super::key_space::percents;
use super::picture::{Picture, Style};
use super::place::Place;
use super::shape::{Anchor, Ink, rect};
use super::view::Columns;
use super::words::{brief, short};
use super::world::World;
use crate::insight::history::Mark;
use crate::insight::timeline::Bin;

/// How far a mark hangs into the lane, at least and at most, in parts of the lane's height.
const DRIP_PARTS: i32 = 10;
/// How wide a character is, small and strong, and a gap between texts: tenths of a pixel.
const SMALL: i32 = 63;
const STRONG: i32 = 84;
const GAP: i32 = 100;

/// Lets refused records drip from the top of the lane where they came, and counts them.
pub fn lay_out(world: &World, place: &Place, picture: &mut Picture) {
    let refused = drips(world, place, Mark::WriteRefused, |bin, x, width| {
        let depth = place.body * drip_parts(bin) / DRIP_PARTS;
        picture.fill(rect(x, place.top, width, depth.max(3)), Ink::Refused);
    });
    if refused > 0 {
        count(refused, place, picture);
    }
    drips(world, place, Mark::ReadRefused, |_, x, width| {
        picture.fill(rect(x, place.top + place.body - 3, width, 3), Ink::Refused);
    });
    drips(world, place, Mark::Lost, |_, x, width| {
        picture.fill(rect(x, place.top + place.body - 6, width, 6), Ink::Refused);
    });
}

/// Writes how many records were refused beside the range of keys, as exactly as there is room, or
/// below it.
fn count(refused: u64, place: &Place, picture: &mut Picture) {
    let style = Style::NAME.inked(Ink::Refused);
    let Columns { label, label_width, is_roomy, .. } = *place.columns;
    if !is_roomy {
        picture.write((label, place.top + 48), format!("−{}", short(refused)), style);
        return;
    }
    let characters = |text: &str| i32::try_from(text.chars().count()).unwrap_or(0);
    let range = SMALL * characters(&percents(&place.shard.range));
    let fits = |text: &str| range + GAP + STRONG * characters(text) <= 10 * label_width;
    let [exact, brief] = [short(refused), brief(refused)].map(|number| format!("−{number}"));
    let text = if fits(&exact) { exact } else { brief };
    let at = (label + label_width, place.top + 36);
    picture.write(at, text, style.anchored(Anchor::End));
}

/// Marks refused records of one lane among hundreds.
pub fn lay_out_thin(world: &World, place: &Place, picture: &mut Picture) {
    drips(world, place, Mark::WriteRefused, |_, x, width| {
        picture.fill(rect(x, place.top, width, (place.body / 2).max(1)), Ink::Refused);
    });
}

/// How many tenths of the lane a bin's drip is long: the refused part of ten times the limit.
fn drip_parts(bin: &Bin) -> i32 {
    let micros = (bin.until - bin.from).as_micros().max(1);
    let per_second = u128::from(bin.count) * 1_000_000 / micros;
    i32::try_from(per_second / 250).unwrap_or(DRIP_PARTS).clamp(1, DRIP_PARTS - 4)
}

/// Calls with every bin of a kind that lies in the lane, and sums them up.
fn drips(world: &World, place: &Place, mark: Mark, mut call: impl FnMut(&Bin, i32, i32)) -> u64 {
    let timeline = world.history.timeline(place.stream.id, place.shard.id, mark);
    let Some(timeline) = timeline else { return 0 };
    let mut sum = 0;
    for bin in timeline.bins(place.axis.now, place.axis.window) {
        sum += u64::from(bin.count);
        let x = place.axis.x(bin.from);
        let end = place.axis.x(bin.until.min(place.axis.now));
        call(&bin, x, (end - x - 1).max(1));
    }
    sum
}
