//! Bytes to UTF-8, in pieces that may be cut anywhere.

use crate::sizing::form::Encoding;

/// What is written for a unit that stands for no character: no row that holds it is UTF-8.
const BROKEN: u8 = 0xff;

/// Turns the bytes of a file into UTF-8 and takes the byte order mark off.
#[derive(Clone, Debug)]
pub struct Decoder {
    encoding: Encoding,
    /// Bytes of the mark that were seen, while it may still be one.
    mark: Option<usize>,
    /// The first byte of a unit of UTF-16.
    half: Option<u8>,
    /// The first unit of a pair.
    high: Option<u16>,
}

const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

impl Decoder {
    /// At the beginning of a file.
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, mark: Some(0), half: None, high: None }
    }

    /// Appends what the bytes say.
    pub fn decode(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        match self.encoding {
            Encoding::Utf8 => self.utf8(bytes, text),
            Encoding::Utf16Le => self.utf16(bytes, u16::from_le_bytes, text),
            Encoding::Utf16Be => self.utf16(bytes, u16::from_be_bytes, text),
        }
    }

    /// Appends what is left over at the end of a file.
    pub fn finish(&mut self, text: &mut Vec<u8>) {
        if let (Encoding::Utf8, Some(seen)) = (self.encoding, self.mark.take()) {
            text.extend_from_slice(&MARK[..seen]);
        }
        if self.half.take().is_some() || self.high.take().is_some() {
            text.push(BROKEN);
        }
    }

    fn utf8(&mut self, mut bytes: &[u8], text: &mut Vec<u8>) {
        while let Some(seen) = self.mark {
            let Some((byte, rest)) = bytes.split_first() else { return };
            if *byte == MARK[seen] {
                bytes = rest;
                self.mark = (seen < 2).then_some(seen + 1);
            } else {
                text.extend_from_slice(&MARK[..seen]);
                self.mark = None;
            }
        }
        text.extend_from_slice(bytes);
    }

    fn utf16(&mut self, mut bytes: &[u8], unit: fn([u8; 2]) -> u16, text: &mut Vec<u8>) {
        if let Some(half) = self.half
            && let Some((byte, rest)) = bytes.split_first()
        {
            self.half = None;
            self.unit(unit([half, *byte]), text);
            bytes = rest;
        }
        let (units, rest) = bytes.as_chunks::<2>();
        for pair in units {
            self.unit(unit(*pair), text);
        }
        if let [half] = rest {
            self.half = Some(*half);
        }
    }

    fn unit(&mut self, unit: u16, text: &mut Vec<u8>) {
        let begins = self.mark.take().is_some();
        if begins && unit == 0xfeff {
            return;
        }
        if self.high.is_none() && unit < 0x80 {
            text.push(unit.to_le_bytes()[0]);
            return;
        }
        let high = self.high.take();
        let is_low = (0xdc00..0xe000).contains(&unit);
        let code = match high {
            Some(high) if is_low => {
                0x1_0000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(unit) - 0xdc00)
            }
            _ => u32::from(unit),
        };
        if high.is_some() && !is_low {
            text.push(BROKEN);
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        match char::from_u32(code) {
            Some(character) => {
                text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None => text.push(BROKEN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(encoding: Encoding, bytes: &[u8], step: usize) -> Vec<u8> {
        let (mut decoder, mut text) = (Decoder::new(encoding), Vec::new());
        bytes.chunks(step).for_each(|chunk| decoder.decode(chunk, &mut text));
        decoder.finish(&mut text);
        text
    }

    #[test]
    fn all_encodings_say_the_same_wherever_they_are_cut() {
        let text = "\u{feff}a,가\r\n\u{1f600};é\u{feff}";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for step in 1..9 {
            let expected = &text.as_bytes()[3..];
            assert_eq!(decoded(Encoding::Utf8, text.as_bytes(), step), expected);
            assert_eq!(decoded(Encoding::Utf16Le, &little, step), expected);
            assert_eq!(decoded(Encoding::Utf16Be, &big, step), expected);
        }
    }

    #[test]
    fn what_is_no_character_is_no_utf8() {
        let alone = [0x3d, 0xd8, b'a', 0, 0x00, 0xde, b'b', 0, 0x3d, 0xd8];
        for step in 1..4 {
            let text = decoded(Encoding::Utf16Le, &alone, step);
            assert_eq!(text, [BROKEN, b'a', BROKEN, b'b', BROKEN]);
        }
        assert_eq!(decoded(Encoding::Utf8, &MARK[..2], 1), &MARK[..2]);
    }
}
