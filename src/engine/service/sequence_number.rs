//! Sequence numbers in the layout of the real service (version 2).
//!
//! Written as hexadecimal, the decimal string has 47 digits: `2`, the shard's epoch in seconds (9),
//! the low digit of the shard's number (1), the index (16), `00`, the record's time in seconds (9),
//! the shard's number (8), and the version `2`. The layout was decoded from public real records.

use std::fmt;

/// The place of a record in its shard, unique in its stream, rising within its shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SequenceNumber {
    /// When the shard's epoch began, in seconds since the Unix epoch (36 bits).
    pub epoch_secs: u64,
    /// The place within the epoch; below 2^63, all ones in the number that ends a closed shard.
    pub index: u64,
    /// About when the record was stored, in seconds since the Unix epoch (36 bits).
    pub time_secs: u64,
    /// The shard's number.
    pub shard: u32,
}

/// The index of the number that ends a closed shard.
pub const LAST_INDEX: u64 = 0x7fff_ffff_ffff_ffff;

const VERSION: u64 = 2;

impl SequenceNumber {
    /// Reads a decimal; `None` if it is not a number of this layout.
    pub fn parse(decimal: &str) -> Option<Self> {
        if decimal.is_empty() || decimal.starts_with('0') {
            return None;
        }
        let mut limbs = [0_u64; 3];
        for byte in decimal.bytes() {
            let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
            times_ten_plus(&mut limbs, digit)?;
        }
        Self::from_limbs(limbs)
    }

    fn from_limbs([low, middle, high]: [u64; 3]) -> Option<Self> {
        // From the low end: version 4 bits, shard 32, time 36 | 8 zero, index 64 |
        // nibble 4, epoch 36.
        let bits = |from: u32, count: u32| -> u64 {
            let wide = (u128::from(middle) << 64) | u128::from(low);
            let window = if from < 64 { wide >> from } else { 0 };
            #[expect(clippy::cast_possible_truncation, reason = "masked to fewer than 64 bits")]
            let window = window as u64;
            window & ((1 << count) - 1)
        };
        let above = (u128::from(high) << 64) | u128::from(middle);
        let shard = u32::try_from(bits(4, 32)).expect("32 bits");
        let time_secs = bits(36, 36);
        let index = u64::try_from((above >> 16) & u128::from(u64::MAX)).expect("64 bits");
        let nibble = (above >> 80) & 0xf;
        let epoch_secs = u64::try_from((above >> 84) & ((1 << 36) - 1)).expect("36 bits");
        let fixed = (above >> 120 == u128::from(VERSION))
            && low & 0xf == VERSION
            && (above >> 8).trailing_zeros() >= 8
            && nibble == u128::from(shard & 0xf)
            && index <= LAST_INDEX;
        fixed.then_some(Self { epoch_secs, index, time_secs, shard })
    }

    fn limbs(self) -> [u64; 3] {
        let low = u128::from(VERSION)
            | (u128::from(self.shard) << 4)
            | (u128::from(self.time_secs) << 36);
        let above = (u128::from(VERSION) << 120)
            | (u128::from(self.epoch_secs) << 84)
            | (u128::from(self.shard & 0xf) << 80)
            | (u128::from(self.index) << 16)
            | (low >> 64);
        let word = |wide: u128| u64::try_from(wide & u128::from(u64::MAX)).expect("64 bits");
        [word(low), word(above), word(above >> 64)]
    }
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; DIGITS];
        self.write(&mut text);
        f.write_str(std::str::from_utf8(&text).expect("digits"))
    }
}

/// Digits of every sequence number: the first of its 47 hexadecimal ones is 2.
pub const DIGITS: usize = 56;
/// What eight digits are less than.
const BASE: u64 = 100_000_000;
/// The powers of 2^32 in that base, the lowest place first.
const POWERS: [[u64; DIGITS / 8]; 6] = powers();

const fn powers() -> [[u64; DIGITS / 8]; 6] {
    let mut powers = [[0; DIGITS / 8]; 6];
    powers[0][0] = 1;
    let mut at = 1;
    while at < powers.len() {
        let (mut place, mut carry) = (0, 0);
        while place < powers[at].len() {
            let wide = (powers[at - 1][place] << 32) + carry;
            (powers[at][place], carry) = (wide % BASE, wide / BASE);
            place += 1;
        }
        at += 1;
    }
    powers
}

impl SequenceNumber {
    /// Writes the number in decimal, eight digits at a time: each place is a sum of products below
    /// 2^59, so it takes one division, and none of 128 bits, which wasm has in software.
    pub fn write(self, text: &mut [u8; DIGITS]) {
        let limbs = self.limbs().map(|limb| [limb & u64::from(u32::MAX), limb >> 32]);
        let mut carry = 0;
        let (places, _) = text.as_chunks_mut();
        for (place, digits) in places.iter_mut().rev().enumerate() {
            let parts = limbs.as_flattened().iter().zip(&POWERS);
            let sum = carry + parts.map(|(limb, power)| limb * power[place]).sum::<u64>();
            carry = sum / BASE;
            *digits = eight_digits(sum - carry * BASE);
        }
    }
}

/// The digits of a number below 10^8. The halves of a word are divided at once: into fours of
/// digits, then into twos, then each by itself; the factors are quotients of a power of two, exact
/// for numbers so small.
fn eight_digits(number: u64) -> [u8; 8] {
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x7f_0000_007f;
    let twos = hundreds | ((fours - hundreds * 100) << 16);
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    let ones = tens | ((twos - tens * 10) << 8);
    (ones | u64::from_le_bytes([b'0'; 8])).to_le_bytes()
}

/// Fills `text` with the last digits of a number, and zeros before them.
pub fn write_decimal(text: &mut [u8], mut number: u32) {
    let digit = |number: u32| b"0123456789"[(number % 10) as usize];
    for pair in text.rchunks_mut(2) {
        let last = number % 100;
        number /= 100;
        match pair {
            [tens, ones] => (*tens, *ones) = (digit(last / 10), digit(last)),
            ones => ones.fill(digit(last)),
        }
    }
}

/// Appends a decimal digit; `None` when the number outgrows 192 bits.
fn times_ten_plus(limbs: &mut [u64; 3], digit: u64) -> Option<()> {
    let mut carry = u128::from(digit);
    for limb in limbs.iter_mut() {
        let wide = u128::from(*limb) * 10 + carry;
        *limb = u64::try_from(wide & u128::from(u64::MAX)).expect("64 bits");
        carry = wide >> 64;
    }
    (carry == 0).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(epoch_secs: u64, shard: u32, index: u64, time_secs: u64) -> SequenceNumber {
        SequenceNumber { epoch_secs, index, time_secs, shard }
    }

    #[test]
    fn numbers_are_written_as_the_service_writes_them() {
        let create = 1_700_000_000;
        for (sequence, text) in [
            (
                number(create, 0, 0, create),
                "49646437577108476416916876405825929425585429676275269634",
            ),
            (
                number(create, 0, 1, create + 100),
                "49646437577108476416916876405827138351405051177397649410",
            ),
            (
                number(create, 1, 2, create + 100),
                "49646437577130777162115407028969882995497314168078336018",
            ),
            (
                number(create, 0, LAST_INDEX, create + 3_600),
                "49646437577119626789516141717395488358902386617969803266",
            ),
            (
                number(create + 3_601, 2, 0, create + 3_601),
                "49646438862032813265854320574830944859038970386690605090",
            ),
        ] {
            assert_eq!(sequence.to_string(), text);
            assert_eq!(SequenceNumber::parse(text), Some(sequence));
        }
    }

    #[test]
    fn eight_digits_are_those_of_the_standard_library() {
        let fours = (0..10_000).map(|four| four * 10_001);
        for number in fours.chain((0..BASE).step_by(9_973)).chain([BASE - 1]) {
            assert_eq!(eight_digits(number).as_slice(), format!("{number:08}").as_bytes());
        }
    }

    #[test]
    fn a_real_number_is_taken_apart() {
        let text = "49655025671936332063224864712602408900080021025432010802";
        let sequence = SequenceNumber::parse(text).unwrap();
        assert_eq!((sequence.shard, sequence.epoch_secs), (3, 1_724_068_968));
        assert_eq!(sequence.to_string(), text);
    }

    #[test]
    fn what_has_another_layout_is_refused() {
        for text in
            ["", "0", "1", "-1", "21269319989900637946712965403778482371", "4964643757710847x"]
        {
            assert_eq!(SequenceNumber::parse(text), None, "{text}");
        }
        assert_eq!(SequenceNumber::parse(&"9".repeat(129)), None);
    }
}
