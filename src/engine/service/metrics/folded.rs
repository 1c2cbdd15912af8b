//! Bytes in which much repeats, folded: what stood there before is told by how far back.
//!
//! What happens in one minute is much like what happened in the last, and an idle shard's row is
//! the same for hours. Libraries for LZ4 fold as well, but look for repetitions by words of the
//! machine, and so give other bytes in a page than natively. These are the same everywhere, as the
//! hash of a world needs.
//!
//! Folded bytes are pieces: how many bytes to take as they are, and these; then how many to repeat
//! beyond [`LEAST`], and how many bytes back the first of them stands. The last piece repeats
//! nothing. Numbers are written as [`packed`](super::packed) writes them.

use super::packed::{Reader, write};

/// The shortest repetition that is told as one: telling takes two bytes or three.
const LEAST: usize = 5;
/// As many kinds of beginnings are told apart, to find what began alike.
const KINDS: usize = 1 << KIND_BITS;
const KIND_BITS: u32 = 11;

/// Folds bytes, in some 3 nanoseconds each.
pub fn fold(bytes: &[u8]) -> Vec<u8> {
    // Where each kind was met last, plus one.
    let mut met = [0; KINDS];
    let mut folded = Vec::new();
    let (mut place, mut told) = (0, 0);
    while let Some((start, _)) = bytes[place..].split_first_chunk() {
        let mixed = u32::from_le_bytes(*start).wrapping_mul(0x9e37_79b1);
        let before =
            std::mem::replace(&mut met[(mixed >> (u32::BITS - KIND_BITS)) as usize], place + 1);
        let from = before.wrapping_sub(1);
        let alike = bytes.get(from..).unwrap_or_default().iter().zip(&bytes[place..]);
        let length = alike.take_while(|(one, other)| one == other).count();
        if length < LEAST {
            place += 1;
            continue;
        }
        write_piece(&mut folded, &bytes[told..place]);
        write(&mut folded, (length - LEAST) as u64);
        write(&mut folded, (place - from) as u64);
        place += length;
        told = place;
    }
    write_piece(&mut folded, &bytes[told..]);
    folded.shrink_to_fit();
    folded
}

fn write_piece(folded: &mut Vec<u8>, plain: &[u8]) {
    write(folded, plain.len() as u64);
    folded.extend_from_slice(plain);
}

/// The bytes that were [folded](fold).
pub fn unfold(folded: &[u8]) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), Reader(folded));
    while let Some(plain) = rest.part() {
        bytes.extend_from_slice(plain.0);
        let Some((length, back)) = rest.length().zip(rest.length()) else { break };
        for _ in 0..length + LEAST {
            bytes.push(bytes[bytes.len() - back]);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::Rng;

    #[test]
    fn what_was_folded_unfolds() {
        let mut luck = Rng::seeded(3);
        for length in (0..40).chain([4_096, 5_000, 70_000]) {
            for values in [1, 2, 5, 256] {
                let byte = |luck: &mut Rng| luck.below(values).to_le_bytes()[0];
                let bytes: Vec<u8> = (0..length).map(|_| byte(&mut luck)).collect();
                assert_eq!(unfold(&fold(&bytes)), bytes);
            }
        }
    }

    #[test]
    fn what_repeats_takes_little() {
        let rows: Vec<u8> = (0..100_u8).flat_map(|row| [row, 7, 6, 5, 4, 3, 2, 1, 0]).collect();
        assert!(fold(&rows).len() < rows.len() / 2);
        assert!(fold(&[9; 4_096]).len() < 10);
    }
}
