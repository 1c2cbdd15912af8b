//! One hash of a whole state, equal on every machine.

use std::hash::{Hash, Hasher};

/// The hash of a state: equal for equal states, native and in the browser.
///
/// ```
/// use shardlab::engine::digest::digest;
///
/// assert_eq!(digest(&(1_u32, "a")), digest(&(1_u32, "a")));
/// assert_ne!(digest(&(1_u32, "a")), digest(&(2_u32, "a")));
/// ```
pub fn digest(state: &impl Hash) -> u64 {
    let mut hasher = Digest { state: 0xcbf2_9ce4_8422_2325 };
    state.hash(&mut hasher);
    hasher.finish()
}

/// A hasher whose result depends on nothing but the values: the standard one is seeded anew in
/// every process, and lengths have other widths in the browser.
struct Digest {
    state: u64,
}

impl Digest {
    // Out of line: a state has hundreds of fields, and a digest is asked for by people.
    #[inline(never)]
    fn mix(&mut self, word: u64) {
        let wide =
            u128::from(self.state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are mixed into 64 bits")]
        let (high, low) = ((wide >> 64) as u64, wide as u64);
        self.state = (high ^ low).wrapping_add(word.rotate_left(32));
    }
}

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        self.state
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        self.mix(bytes.len() as u64);
    }

    fn write_u8(&mut self, word: u8) {
        self.mix(word.into());
    }

    fn write_u16(&mut self, word: u16) {
        self.mix(word.into());
    }

    fn write_u32(&mut self, word: u32) {
        self.mix(word.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    fn write_u128(&mut self, word: u128) {
        self.write(&word.to_le_bytes());
    }

    fn write_usize(&mut self, word: usize) {
        self.mix(word as u64);
    }

    fn write_i64(&mut self, word: i64) {
        self.mix(word.cast_unsigned());
    }

    fn write_isize(&mut self, word: isize) {
        self.mix((word as i64).cast_unsigned());
    }
}
