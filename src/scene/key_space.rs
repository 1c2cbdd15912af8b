//! Which part of the key space a shard owns.

use super::shape::Rect;
use crate::engine::service::hash_key::HashKeyRange;

/// The part of a bar that stands for a range of the key space, at least a pixel wide.
pub fn part_of(range: &HashKeyRange, bar: Rect) -> Rect {
    // The upper 32 bits are as fine as any screen.
    let at = |key: u128, width: i32| {
        let wide = ((key >> 96) * u128::from(width.unsigned_abs())) >> 32;
        i32::try_from(wide).unwrap_or(width)
    };
    let start = at(range.start.0, bar.width);
    let end = at(range.end.0, bar.width + 1).max(start + 1);
    Rect { x: bar.x + start, width: end - start, ..bar }
}

/// `25–50 %` of the key space.
pub fn percents(range: &HashKeyRange) -> String {
    let tenths = |key: u128| ((key >> 64) * 1_000 + (1 << 63)) >> 64;
    let text = |tenths: u128| match tenths % 10 {
        0 => format!("{}", tenths / 10),
        tenth => format!("{}.{tenth}", tenths / 10),
    };
    format!("{}–{} %", text(tenths(range.start.0)), text(tenths(range.end.0)))
}
