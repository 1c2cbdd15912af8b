//! Which records of a lane are stored under a KMS key: a line above them that ends in a lock.

use super::picture::Picture;
use super::place::Place;
use super::records::for_each_bin;
use super::shape::{Ink, rect};

/// Stretches of a lane that are looked at.
const BIN: u32 = 8;

/// Lays out the lines above encrypted records.
pub fn lay_out(place: &Place, picture: &mut Picture) {
    let (stream, log) = (place.stream, &place.shard.log);
    let is_kms = |ordinal| log.record(ordinal).is_some_and(|record| record.encryption.is_kms());
    let first = log.ordinal_at(place.axis.start());
    let never = stream.encryption.key_id.is_none() && stream.daily_calls.is_empty();
    if never && !is_kms(first) && !is_kms(log.tip().saturating_sub(1)) {
        return;
    }
    let mut end = None;
    for_each_bin(place, BIN, |bin, records| {
        if is_kms(records.start.midpoint(records.end)) {
            picture.fill(rect(bin.x, place.top - 3, bin.width, 2), Ink::Text);
            end = Some(bin.x + bin.width);
        }
    });
    let Some(x) = end.map(|end| end - 7) else { return };
    let y = place.top - 8;
    picture.fill(rect(x, y + 3, 7, 5), Ink::Text);
    for (across, down, width, height) in [(1, 0, 5, 1), (1, 1, 1, 2), (5, 1, 1, 2)] {
        picture.fill(rect(x + across, y + down, width, height), Ink::Text);
    }
}
