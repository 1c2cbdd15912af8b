//! Numbers and texts as bytes.

use super::words;

/// Writes one after the other.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

/// Reads them again; `None` wherever something else stands there.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl Writer {
    /// A number, seven bits a byte, the lowest first.
    pub fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    /// How far a number lies from another one, in either direction.
    pub fn distance(&mut self, from: u64, to: u64) {
        let distance = to.wrapping_sub(from).cast_signed();
        self.number(((distance << 1) ^ (distance >> 63)).cast_unsigned());
    }

    /// Bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Texts.
    pub fn texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        words::squeeze(texts, &mut self.0);
    }

    /// All that was written.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

impl<'a> Reader<'a> {
    /// Reads from the beginning.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for place in 0..10 {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7f);
            if place == 9 && bits > 1 {
                return None;
            }
            number |= bits << (7 * place);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number that is some distance from another one.
    pub fn distance(&mut self, from: u64) -> Option<u64> {
        let number = self.number()?;
        let distance = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
        from.checked_add_signed(distance)
    }

    /// Eight bytes.
    pub fn eight(&mut self) -> Option<[u8; 8]> {
        let (eight, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*eight)
    }

    /// So many bytes.
    pub fn some(&mut self, count: u64) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }

    /// So many texts.
    pub fn texts(&mut self, count: u64) -> Option<Vec<String>> {
        let (texts, rest) = words::expand(self.0, count)?;
        self.0 = rest;
        Some(texts)
    }
}
